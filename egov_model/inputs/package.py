"""The data pack described as a Frictionless data package, made from the records so that it cannot disagree with them."""

from __future__ import annotations

import types
import typing
from datetime import date
from typing import Any

from egov_model.inputs.catalogue import TABLES, Table
from egov_model.inputs.focus_group import GROUP_TABLES
from egov_model.inputs.record import Record

EVERY = {**TABLES, **GROUP_TABLES}
TYPES = {str: "string", float: "number", int: "integer", bool: "string", date: "date", tuple: "string"}


def describe() -> dict[str, Any]:
    """The whole of `datapackage.json`: every CSV table with fields, constraints, keys and foreign keys."""
    return {
        "name": "egov-master-plan",
        "title": "E-government master plan of a regency: data pack",
        "profile": "data-package",
        "licenses": [
            {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
        ],
        "sources": [{"title": "Each row names its own source in the column `source`"}],
        "resources": [_resource(table) for table in EVERY.values() if table.path.endswith(".csv")],
    }


def _resource(table: Table) -> dict[str, Any]:
    return {
        "name": table.name.replace("_", "-"),
        "path": table.path,
        "profile": "tabular-data-resource",
        "description": (table.record.__doc__ or "").strip().split("\n")[0],
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(table.record, name) for name in table.columns()],
            "primaryKey": list(table.key),
            "missingValues": [""],
            "foreignKeys": [
                {"fields": field, "reference": {"resource": target.replace("_", "-"), "fields": EVERY[target].key[0]}}
                for field, target in table.refers.items()
                if not _is_list(table.record, field)
            ],
        },
    }


def _field(record: type[Record], name: str) -> dict[str, Any]:
    info = record.model_fields[name]
    made: dict[str, Any] = {"name": name, "type": _type(info.annotation)}
    constraints: dict[str, Any] = {"required": True} if info.is_required() else {}
    if typing.get_origin(info.annotation) is typing.Literal:
        constraints["enum"] = [word for word in typing.get_args(info.annotation) if word]
    if info.annotation is bool:
        constraints["enum"] = ["y", "n"]
    for bound in info.metadata:
        for ours, theirs in (("ge", "minimum"), ("le", "maximum"), ("max_length", "maxLength")):
            if hasattr(bound, ours):
                constraints[theirs] = getattr(bound, ours)
    if _is_list(record, name):
        made["description"] = "ids separated by spaces"
    return {**made, "constraints": constraints} if constraints else made


def _type(annotation: Any) -> str:
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType):
        annotation = next(a for a in typing.get_args(annotation) if a is not type(None))
    return TYPES.get(annotation if isinstance(annotation, type) else (origin if origin in TYPES else str), "string")


def _is_list(record: type[Record], name: str) -> bool:
    return typing.get_origin(record.model_fields[name].annotation) is tuple
