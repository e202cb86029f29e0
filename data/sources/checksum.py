"""Checksums of files, and those that a project declares."""

from __future__ import annotations

from pathlib import Path

from data.errors import ProjectError
from data.files.world import sha256
from data.sources.request import Request


def file_checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    return sha256(path)


def hold_checksum(request: Request) -> None:
    """ProjectError where the request's file is not what its sha256 says."""
    if request.settings.sha256 is None:
        return
    found = file_checksum(request.needed_path)
    if found != request.settings.sha256:
        raise ProjectError.at(
            request.at("sha256"),
            f"{request.file} has other content than this checksum says.",
            f'If the change is right, write sha256 = "{found}".',
        )
