"""Whether those can read who are to read what is public."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def unreadable(public: Path, top: Path) -> str | None:
    """What to tell where nobody but the user can open the edition in the folder `public` below `top`, as a umask of 077
    makes it; None where others can, and on a system whose permissions are not in the mode of a file."""
    if os.name == "nt":
        return None
    folders = (public, *(folder for folder in public.parents if folder.is_relative_to(top)))
    needed = dict.fromkeys(folders, stat.S_IXGRP | stat.S_IXOTH)
    needed.update(dict.fromkeys(public.iterdir(), stat.S_IRGRP | stat.S_IROTH))
    shut = [path for path, bits in needed.items() if not path.stat().st_mode & bits]
    if not shut:
        return None
    return (
        f"Nobody but you can read {public}: {shut[-1]} is shut to all others, as your umask has it. "
        "If others are to read it: umask 022, and chmod -R a+rX on what is there."
    )
