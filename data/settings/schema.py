"""The JSON Schema of project.toml and brand.toml, from which editors know every setting while one types."""

from __future__ import annotations

import ast
import inspect
import itertools
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, cast

from pydantic import BaseModel

from data.settings.kinds import Settings
from data.settings.words import DESCRIPTIONS, EXAMPLES, TITLES

Schema = dict[str, Any]

_DIALECT = "http://json-schema.org/draft-07/schema#"
"""The one that editors of TOML know best."""


def schema_of(
    model: type[BaseModel],
    choices: Mapping[str, Iterable[str]],
    options: Mapping[str, Iterable[type[BaseModel]]],
) -> Schema:
    """The schema of one file's model in `data.settings`.

    `choices` names the words of settings that a registry knows, "ChartSettings.kind": they become its enum. `options`
    are the models of what else may stand in a section, by its model: "OutputSettings".
    """
    made = model.model_json_schema(by_alias=True)
    parts = made.pop("$defs", {})
    models = {one.__name__: one for one in _models(Settings)}
    described = {name: _described(models[name], part, choices) for name, part in parts.items()}
    for name in options.keys() & described.keys():
        for one in (one for one in options[name] if one.model_fields):
            own = _described(one, one.model_json_schema(by_alias=True), choices)
            described[name]["properties"] |= own["properties"]
        described[name]["additionalProperties"] = False
    return {"$schema": _DIALECT, **_described(model, made, choices), "definitions": described}


def described_settings(model: type[BaseModel]) -> dict[str, str]:
    """What is said of each setting of a model, by its name in Python; "" where nothing is."""
    said = _doc_strings()
    return {
        name: next((found for key in _keys(model, name) if (found := said.get(key) or DESCRIPTIONS.get(key))), "")
        for name in model.model_fields
    }


def _described(model: type[BaseModel], part: Schema, choices: Mapping[str, Iterable[str]]) -> Schema:
    """One model's part of the schema, with what there is to say of it and its settings."""
    made = _plain(part)
    made["title"] = TITLES[model.__name__]
    made["description"] = " ".join((inspect.getdoc(model) or "").split())
    for name, words in described_settings(model).items():
        info = model.model_fields[name]
        key = info.alias or name
        keys = _keys(model, name)
        setting: Schema = made["properties"][key]
        if "$ref" in setting:
            setting = {"allOf": [setting]}
        setting = {"title": key.replace("_", " ").capitalize(), "description": words} | setting
        for examples in (EXAMPLES[one] for one in keys if one in EXAMPLES):
            setting["examples"] = list(examples)
        if isinstance(info.default, Decimal):
            setting["default"] = int(info.default)
        for known in (choices[one] for one in keys if one in choices):
            setting["enum"] = sorted(known)
        made["properties"][key] = setting
    return made


def _keys(model: type[BaseModel], name: str) -> list[str]:
    """The setting by its model, and by those that the model has it from."""
    return [f"{one.__name__}.{name}" for one in model.__mro__]


def _models(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """All models that are made from one."""
    for model in base.__subclasses__():
        yield model
        yield from _models(model)


@cache
def _doc_strings() -> dict[str, str]:
    """The words that stand below settings in the source of their models."""
    said: dict[str, str] = {}
    for model in set(_models(Settings)):
        statements = cast(ast.ClassDef, ast.parse(inspect.getsource(model)).body[0]).body
        for setting, words in itertools.pairwise(statements):
            match setting, words:
                case ast.AnnAssign(ast.Name(name)), ast.Expr(ast.Constant(str(text))):
                    said[f"{model.__name__}.{name}"] = " ".join(text.split())
                case _:
                    pass
    return said


def _plain(node: Schema) -> Schema:
    """A part of pydantic's schema as editors of TOML need it.

    TOML has no null; what pydantic calls a setting is told otherwise; a default that is no word or number would be
    typed into the file; in this dialect nothing may stand beside a $ref.
    """
    made: Schema = {}
    for key, value in node.items():
        if key in ("title", "description") and isinstance(value, str):
            continue
        if key == "default" and (value in (None, "") or isinstance(value, dict | list)):
            continue
        if key == "anyOf":
            branches = [_plain(one) for one in value if one != {"type": "null"}]
            made.update(branches[0] if len(branches) == 1 else {"anyOf": branches})
        elif key in ("properties", "patternProperties"):
            made[key] = {name: _plain(one) for name, one in value.items()}
            made.setdefault("additionalProperties", False)
        elif key == "$ref":
            made[key] = str(value).replace("#/$defs/", "#/definitions/")
        else:
            made[key] = _plain(cast(Schema, value)) if isinstance(value, dict) else value
    return made
