"""Where Fairsheet keeps what is the user's and no project's: copies of downloads, what she allowed, what ran."""

from __future__ import annotations

from pathlib import Path

from platformdirs import PlatformDirs

from data.errors import OutputError

_DIRS = PlatformDirs("fairsheet", appauthor=False)


def cache_folder() -> Path:
    """The user's folder for what can be made again, such as ~/.cache/fairsheet; it may be deleted at any time.

    Raises OutputError where the system says of no home.
    """
    return _absolute(_DIRS.user_cache_path)


def config_folder() -> Path:
    """The user's folder for what she decided, such as ~/.config/fairsheet.

    Raises OutputError where the system says of no home.
    """
    return _absolute(_DIRS.user_config_path)


def state_folder() -> Path:
    """The user's folder for what happened, such as ~/.local/state/fairsheet: logs, and how runs ended.

    Raises OutputError where the system says of no home.
    """
    return _absolute(_DIRS.user_state_path)


def _absolute(path: Path) -> Path:
    if not path.is_absolute():
        raise OutputError(
            f"{path}: there is no home folder. Set HOME, or XDG_CACHE_HOME, XDG_CONFIG_HOME and XDG_STATE_HOME."
        )
    return path
