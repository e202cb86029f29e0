"""A story without its comments, each line where it was."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def without_comments(story: str) -> str:
    """The text of a story in which comments leave their line ends alone."""
    return _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), story)
