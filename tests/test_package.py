"""datapackage.json says what the records say, and every table's header is in the declared order."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from egov_model.inputs.catalogue import TABLES
from egov_model.inputs.package import describe

ROOT = Path(__file__).resolve().parents[1]
CSV_TABLES = [t for t in TABLES.values() if t.path.endswith(".csv")]


def resource(name: str) -> dict:
    return next(r for r in describe()["resources"] if r["name"] == name)


def field(table: str, name: str) -> dict:
    return next(f for f in resource(table)["schema"]["fields"] if f["name"] == name)


def test_the_stored_description_is_the_one_the_records_give():
    stored = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert stored == describe(), "data/datapackage.json is stale: egov params --format datapackage > data/datapackage.json"


@pytest.mark.parametrize("folder", ["data", "tests/tiny"])
@pytest.mark.parametrize("table", CSV_TABLES, ids=lambda t: t.name)
def test_headers_stand_in_the_declared_order(folder: str, table):
    with (ROOT / folder / table.path).open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == list(table.columns())


@pytest.mark.parametrize("table", CSV_TABLES, ids=lambda t: t.name)
def test_every_table_is_described_with_its_key(table):
    described = resource(table.name.replace("_", "-"))
    assert described["path"] == table.path
    assert [f["name"] for f in described["schema"]["fields"]] == list(table.columns())
    assert described["schema"]["primaryKey"] == list(table.key)
    assert described["description"]


def test_codes_are_strings_and_numbers_carry_their_bounds():
    assert field("sub-activities", "code") == {"name": "code", "type": "string", "constraints": {"required": True, "maxLength": 60}}
    assert field("initiatives", "title_id")["constraints"] == {"required": True, "maxLength": 300}
    assert field("prices", "source")["constraints"] == {"maxLength": 1500}
    assert field("roles", "attrition")["type"] == "number"
    assert field("roles", "attrition")["constraints"] == {"required": True, "minimum": 0, "maximum": 1}
    assert field("ceilings", "year")["type"] == "integer"
    assert field("initiatives", "earliest")["type"] == "date"
    assert field("initiatives", "mandatory")["constraints"]["enum"] == ["y", "n"]
    assert field("kinds", "procurement")["constraints"]["enum"] == ["goods", "services", "consultancy"]


def test_foreign_keys_name_described_tables_and_fields():
    names = {r["name"]: {f["name"] for f in r["schema"]["fields"]} for r in describe()["resources"]}
    for described in describe()["resources"]:
        for key in described["schema"]["foreignKeys"]:
            assert key["fields"] in names[described["name"]]
            assert key["reference"]["fields"] in names[key["reference"]["resource"]]


def test_lists_of_ids_are_described_as_such():
    assert field("initiatives", "after")["description"] == "ids separated by spaces"
    assert "after" not in [k["fields"] for k in resource("initiatives")["schema"]["foreignKeys"]]


@pytest.mark.parametrize("folder", ["data", "tests/tiny"])
def test_files_are_utf_8_with_plain_line_ends(folder: str):
    for path in sorted((ROOT / folder).rglob("*.*")):
        raw = path.read_bytes()
        raw.decode("utf-8")
        assert b"\r" not in raw, path
        assert raw.endswith(b"\n"), path
