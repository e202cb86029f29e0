"""Editors know every setting: the JSON Schemas of project.toml and brand.toml."""

from __future__ import annotations

import datetime
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from pydantic import BaseModel

from charts.kinds.registry import KINDS
from data.project_folder import built_in_projects
from data.settings.kinds import Settings
from data.settings.schema import described_settings
from data.settings.words import DESCRIPTIONS, EXAMPLES, TITLES
from reports.runs.schema import SETTINGS_FILES, schema
from tests.conftest import PROJECT, ROOT
from tests.test_runs import run


def models(base: type[BaseModel] = Settings) -> Iterator[type[BaseModel]]:
    for model in base.__subclasses__():
        yield model
        yield from models(model)


MODELS = [model for model in dict.fromkeys(models()) if model.model_fields]


def as_json(value: Any) -> Any:
    """TOML's values as an editor's validator has them: dates are texts."""
    if isinstance(value, dict):
        return {key: as_json(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_json(one) for one in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def faults(which: str, text: str) -> list[str]:
    return [error.message for error in Draft7Validator(schema(which)).iter_errors(as_json(tomllib.loads(text)))]


def parts(which: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object of a schema, and every setting of it."""
    made = schema(which)
    for name, part in [(which, made), *made["definitions"].items()]:
        yield name, part
        for key, setting in part["properties"].items():
            yield f"{name}.{key}", setting


@pytest.mark.parametrize("which", SETTINGS_FILES)
def test_a_schema_is_one_and_says_of_everything_what_it_is(which: str) -> None:
    Draft7Validator.check_schema(schema(which))
    for name, part in parts(which):
        assert part["title"].strip(), name
        assert part["description"].endswith((".", '".', "1,")) or ":" in part["description"], name
        assert len(part["description"]) > 8, name


@pytest.mark.parametrize("which", SETTINGS_FILES)
@pytest.mark.parametrize(
    "root",
    [*(ROOT / "data" / name for name in built_in_projects()), ROOT / "data/beginnings/empty"],
    ids=lambda root: root.name,
)
def test_the_projects_that_come_with_fairsheet_are_what_the_schema_says(root: Path, which: str) -> None:
    assert faults(which, (root / f"{which}.toml").read_text("utf-8")) == []


def test_what_a_project_file_takes_the_schema_takes_too() -> None:
    for date in ("2024", "2024-05-31", '"2024-05"', '"2020/2022"'):
        assert faults("project", PROJECT.replace('as_of = "2024"', f"as_of = {date}")) == []
    assert faults("brand", 'fonts.heading = { name = "Own", regular = "own.ttf" }\ncolours.accent = "#7A1F3D"') == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('type = "money"', 'type = "monney"'),
        ('writer = "deck"', 'writer = "slides"'),
        ("key = true", 'key = "yes"'),
        ("minimum = 0", "minimun = 0"),
        ("[charts.pay]", '[charts.pay]\nkind = "pie"'),
        ("[charts.pay]", '[charts."the pay"]'),
        ('title = "Two jobs"', ""),
    ],
)
def test_a_mistake_is_seen_while_one_types(right: str, wrong: str) -> None:
    assert right in PROJECT
    assert faults("project", PROJECT.replace(right, wrong, 1))


def test_an_unknown_paper_or_colour_is_seen_while_one_types() -> None:
    assert faults("brand", 'paper = "a3"')
    assert faults("brand", 'colours.accent = "red"')


def test_words_that_a_registry_knows_are_offered() -> None:
    made = schema("project")["definitions"]
    assert made["ChartSettings"]["properties"]["kind"]["enum"] == sorted(KINDS)
    assert "deck" in made["OutputSettings"]["properties"]["writer"]["enum"]
    assert "xlsx" in made["ReadSettings"]["properties"]["format"]["enum"]


def test_examples_are_right() -> None:
    shown = 0
    for which in SETTINGS_FILES:
        definitions = schema(which)["definitions"]
        for name, part in parts(which):
            for example in part.get("examples", ()):
                shown += 1
                Draft7Validator({**part, "definitions": definitions}).validate(json.loads(json.dumps(example)))
                assert example != part.get("default") or len(part["examples"]) > 1 or name.endswith("heading"), name
    assert shown > 40


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_setting_is_described_once(model: type[BaseModel]) -> None:
    assert [name for name, words in described_settings(model).items() if not words] == []
    assert model.__name__ in TITLES or any(model in one.__mro__[1:] for one in MODELS)


def test_nothing_is_described_that_is_no_setting() -> None:
    known = {f"{model.__name__}.{name}" for model in MODELS for name in model.model_fields}
    assert (set(DESCRIPTIONS) | set(EXAMPLES)) - known == set()
    assert set(TITLES) <= {model.__name__ for model in MODELS}


def test_a_schema_is_printed_as_json() -> None:
    code, said = run("schema", "brand")
    assert code == 0
    assert json.loads(said) == schema("brand")


def test_schemas_are_written_where_they_are_asked_for_and_replace_only_their_like(tmp_path: Path) -> None:
    assert run("schema", "--out", tmp_path / "editor")[0] == 0
    assert run("schema", "brand", "--out", tmp_path / "editor")[0] == 0
    for which in SETTINGS_FILES:
        assert json.loads((tmp_path / f"editor/{which}.schema.json").read_text("utf-8")) == schema(which)
    (tmp_path / "editor/brand.schema.json").write_text("{}")
    code, said = run("schema", "--out", tmp_path / "editor")
    assert code == 2
    assert "brand.schema.json: is no schema of Fairsheet's." in said
    assert (tmp_path / "editor/brand.schema.json").read_text() == "{}"


def test_whose_schema_is_asked_for_must_be_said() -> None:
    code, said = run("schema")
    assert code == 2
    assert "Write project or brand, or --out DIR for both." in said


def test_the_comment_that_names_a_schema_is_none_of_a_projects_words(small_project: Path) -> None:
    for name in ("project", "brand"):
        file = small_project / f"{name}.toml"
        file.write_text(f"#:schema ./{name}.schema.json\n" + file.read_text("utf-8"), "utf-8")
    run("schema", "--out", small_project)
    assert run("check", small_project, "--strict")[0] == 0
