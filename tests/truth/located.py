"""Where the words of a sentence stand in a project's own files."""

from __future__ import annotations

import re
from pathlib import Path

from tests.truth.shown import plain

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|holds=\"[^\"]*\"")


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = [word.casefold() for word in _WORD.findall(text)]
    return {tuple(words[n : n + 3]) for n in range(len(words) - 2)} | {(w,) for w in words if len(w) > 9}


def located(root: Path, sentence: str) -> str:
    """`story/report.md:12`: the line that shares the most words in a row with it; empty where none shares any."""
    wanted = _shingles(sentence)
    best, where = 0, ""
    for path in (*sorted(root.glob("story/*.md")), root / "project.toml"):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            shared = len(wanted & _shingles(plain(_CODE.sub(" ¤ ", line))))
            if shared > best:
                best, where = shared, f"{path.relative_to(root).as_posix()}:{number}"
    return where
