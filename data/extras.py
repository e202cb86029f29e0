"""Packages that only some need: they are installed as extras, and looked for when they are asked for."""

from __future__ import annotations

from importlib import import_module

from msgspec import Struct

from data.program import INSTALLED


class Lacking(Struct, frozen=True):
    """A package that cannot be used."""

    why: str
    """Such as "fsspec, which is not installed"."""
    remedy: str


def lacking(package: str, extra: str) -> Lacking | None:
    """What there is to say of a package that is not here or does not run; None for one that does."""
    try:
        import_module(package)
    except ImportError as error:
        absent = isinstance(error, ModuleNotFoundError) and error.name == package
        why = "which is not installed" if absent else f"which does not run here ({error})"
        return Lacking(f"{package}, {why}", f'Install it: pip install "{INSTALLED}[{extra}]"')
    return None
