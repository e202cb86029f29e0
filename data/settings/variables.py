"""What a run sets of a project's variables: `--set campus=North`."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from data.errors import Place, ProjectError, nearest
from data.settings.kinds import LONGEST_WORD
from data.settings.project import ProjectSettings
from data.variables import Variable


def with_variables(settings: ProjectSettings, said: Sequence[tuple[str, str]]) -> ProjectSettings:
    """The settings with the variables that a run sets; a number stays a number, and a list of words admits no other.

    Raises ProjectError for a variable that the project does not name, one that is set twice, or to what it cannot be.
    """
    found = dict(settings.variables)
    for index, (name, value) in enumerate(said):
        place = Place(f"--set {name}={value}")
        if name not in found:
            remedy = nearest(name, found) if found else f'Declare it in project.toml: [variables] {name} = "…".'
            raise ProjectError.at(place, f"the project has no variable '{name}'.", remedy)
        if name in [known for known, _ in said[:index]]:
            raise ProjectError.at(place, f"'{name}' is set twice.", "Set it once.")
        declared = settings.variables[name]
        options = declared if isinstance(declared, tuple) else ()
        found[name] = _as(value, options[0] if options else declared, place)  # pyright: ignore[reportArgumentType]  # a tuple has options
        if options and found[name] not in options:
            listed = ", ".join(map(str, options))
            raise ProjectError.at(
                place, f"'{name}' is one of {listed}.", nearest(value, list(map(str, options))) or "Set one of them."
            )
    return settings.model_copy(update={"variables": found})


def _as(value: str, default: Variable, place: Place) -> Variable:
    """A word or a number, as the project's own is one."""
    if isinstance(default, str):
        if not value.strip() or len(value) > LONGEST_WORD:
            raise ProjectError.at(
                place, f"a word of 1 to {LONGEST_WORD} characters is wanted.", "Write one behind the =."
            )
        return value
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite() or (isinstance(default, int) and number != number.to_integral_value()):
        wanted = "a whole number" if isinstance(default, int) else "a number"
        raise ProjectError.at(place, f"'{value}' is not {wanted}, as in project.toml.", "Write such as 2026 or 0.5.")
    return int(number) if isinstance(default, int) else float(number)
