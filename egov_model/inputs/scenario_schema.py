"""JSON Schema of a data pack's scenario files, made from the records: what an editor completes, explains and underlines."""

from __future__ import annotations

import json
import re
import types
import typing
from collections.abc import Iterable, Mapping
from datetime import date
from textwrap import shorten
from typing import Any

from egov_model.inputs.catalogue import TABLES, Table
from egov_model.inputs.chain import KNOWN_KEY, PARTS, ScenarioFile
from egov_model.inputs.parameters import FIELD_TITLES, OWN, Parameter, Rows, of_row
from egov_model.inputs.record import Record
from egov_model.inputs.rules import Settings

FILE = "scenario.schema.json"  # beside the tables of a data pack
MODELINE = f"# yaml-language-server: $schema=../{FILE}"  # the first line of a scenario file
NUMBER, TEXT = {"type": "number"}, {"type": "string"}
DAY = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$", "patternErrorMessage": "a date such as 2027-02-15"}
FLAG = {"enum": ["y", "n", True, False]}
LIST = {"anyOf": [TEXT, {"type": "array", "items": TEXT}]}
SOURCE = 120  # characters of a source that a hover shows
MOST_NAMED = 100  # keys of a table that an editor offers as values of a field naming its rows


def scenario_schema(rows: Rows, names: Iterable[str]) -> dict[str, Any]:
    """The schema (draft 7) of scenario files over these rows (the pack's, by table and key); `names` are the scenarios there are.

    Fields a person sets are properties, with title, unit, range and source; every other field of every row is a pattern.
    """
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Scenario: differences from a data pack",
        "type": "object",
        "required": [name for name, info in ScenarioFile.model_fields.items() if name != "name" and info.is_required()],
        "properties": {**_head(names), **{part: _part(part, rows) for part in PARTS}},
        "additionalProperties": False,
    }


def _head(names: Iterable[str]) -> dict[str, Any]:
    fields = {name: info for name, info in ScenarioFile.model_fields.items() if name not in ("name", "extends")}
    made: dict[str, Any] = {name: {**TEXT, **_bounds(info.metadata)} for name, info in fields.items()}
    named = {"type": "string", "enum": sorted(names)}
    return {**made, "extends": {"anyOf": [named, {"type": "array", "items": named}]}}


def _part(part: str, rows: Rows) -> dict[str, Any]:
    if part == "set":
        return _set(rows)
    keys = {name: list(rows[name]) for name in TABLES}
    if part == "drop":
        items = {name: {"type": "array", "items": {"enum": known} if known else TEXT} for name, known in keys.items()}
    else:
        items = {name: {"type": "array", "items": _row(TABLES[name])} for name in TABLES}
    return {"type": "object", "properties": items, "additionalProperties": False}


def _row(table: Table) -> dict[str, Any]:
    fields = table.record.model_fields
    needed = [name for name, info in fields.items() if info.is_required()]
    return {"type": "object", "properties": {name: {} for name in fields}, "required": needed, "additionalProperties": False}


def _set(rows: Rows) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    patterns: dict[str, Any] = {}
    for name, table in TABLES.items():
        if not rows[name]:
            continue
        fields = [field for field in table.record.model_fields if field not in table.key]
        told = [field for field in fields if field in (*OWN, *FIELD_TITLES) and field not in ("low", "high")]
        for key in rows[name]:
            for field in told:
                p = of_row(rows, name, key, field)
                properties[p.key] = {**_typed(table, field, rows, key), "description": described(p)}
        alternatives = "|".join(re.escape(key) for key in rows[name])
        groups: dict[str, tuple[dict[str, Any], list[str]]] = {}
        for field in fields:
            kind = _typed(table, field, rows, "")
            groups.setdefault(repr(kind), (kind, []))[1].append(field)
        for kind, members in groups.values():
            patterns[rf"^{name}\.(?:{alternatives})\.(?:{'|'.join(members)})$"] = kind
    return {
        "type": "object",
        "properties": properties,
        "patternProperties": patterns,
        "additionalProperties": False,
        "errorMessage": f"allowed: {KNOWN_KEY}",
    }


def schema_text(rows: Rows, names: Iterable[str]) -> str:
    """The file `scenario.schema.json` of a data pack."""
    return json.dumps(scenario_schema(rows, names), ensure_ascii=False, indent=1) + "\n"


def described(p: Parameter) -> str:
    """What an editor shows of a parameter: title, value, unit, range, evidence and source."""
    inside = filter(None, (p.unit, f"nilai {p.value or 'kosong'}", f"rentang {p.low} sampai {p.high}" if p.low else "", p.evidence))
    return f"{p.title_id} ({'; '.join(inside)})" + (f". Sumber: {shorten(p.source, SOURCE, placeholder=' ...')}" if p.source else "")


def _typed(table: Table, field: str, rows: Rows, key: str) -> dict[str, Any]:
    """The schema of a field of a table, of a setting by its own name."""
    if table.name == "settings" and field in ("low", "high"):
        return {}
    if table.name == "settings" and field == "value":
        return _value(Settings, key, {}, rows) if key in Settings.model_fields else {}
    return _value(table.record, field, dict(table.references()), rows)


def _value(record: type[Record], field: str, refers: Mapping[str, str], rows: Rows) -> dict[str, Any]:
    info = record.model_fields[field]
    kind, empty = info.annotation, False
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        empty = type(None) in typing.get_args(kind)
        kind = next(one for one in typing.get_args(kind) if one is not type(None))
    if typing.get_origin(kind) is typing.Annotated:
        kind = typing.get_args(kind)[0]
    if typing.get_origin(kind) is typing.Literal:
        made: dict[str, Any] = {"enum": list(typing.get_args(kind))}
    elif kind is bool:
        made = FLAG
    elif kind in (int, float):
        made = {**NUMBER, **_bounds(info.metadata)}
    elif kind is date:
        made = DAY
    elif kind is tuple or typing.get_origin(kind) is tuple:
        made = LIST
    else:
        known = list(rows[refers[field]]) if field in refers else []
        made = {"type": "string", "enum": [*known, ""]} if 0 < len(known) <= MOST_NAMED else {**TEXT, **_bounds(info.metadata)}
    return {"anyOf": [made, {"enum": ["", None]}]} if empty else made


def _bounds(metadata: Iterable[object]) -> dict[str, float]:
    names = {"ge": "minimum", "le": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum", "max_length": "maxLength"}
    return {theirs: getattr(bound, ours) for bound in metadata for ours, theirs in names.items() if hasattr(bound, ours)}
