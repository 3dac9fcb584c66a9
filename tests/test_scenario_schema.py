"""What editors are told of scenario files: every key that the loader takes, no other, and what each is."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from tiny_pack import TINY, copy_of_tiny

from egov_model.inputs.catalogue import TABLES
from egov_model.inputs.errors import InputError
from egov_model.inputs.parameters import of_row
from egov_model.inputs.scenario import load_text, open_pack, scenario_names
from egov_model.inputs.scenario_schema import FILE, described, scenario_schema, schema_text
from egov_model.inputs.tables import read_yaml

ROOT = Path(__file__).resolve().parents[1]
HEAD = {"title": "a", "title_en": "a", "description": "a", "description_en": "a", "owner": "a", "extends": ["baseline"]}


@pytest.fixture(scope="module")
def tiny():
    pack = open_pack(TINY)
    return pack, jsonschema.Draft7Validator(scenario_schema(pack.rows, scenario_names(TINY)))


def test_the_stored_schema_is_the_one_the_records_give():
    text = schema_text(open_pack().rows, scenario_names())
    stale = f"data/{FILE} is stale: egov params --format json-schema > data/{FILE}"
    assert (ROOT / "data" / FILE).read_text(encoding="utf-8") == text, stale


def test_it_is_a_schema_itself(tiny):
    jsonschema.Draft7Validator.check_schema(tiny[1].schema)


def test_every_field_of_every_row_is_known_and_nothing_else(tiny):
    pack, validator = tiny
    known = {}
    for name, table in TABLES.items():
        for key in pack.rows[name]:
            known |= {f"{name}.{key}.{field}": None for field in table.record.model_fields if field not in table.key}
    unknown = [e for e in validator.iter_errors({**HEAD, "set": known}) if e.validator == "additionalProperties"]
    assert len(known) > 1000 and unknown == []
    for key in ("settings.ceiling_facto", "prices.x.mode", "harga.x", "settings", "initiatives.internet.id", "xsettings.scope.value"):
        assert [e.validator for e in validator.iter_errors({**HEAD, "set": {key: 1}})] == ["additionalProperties"], key


@pytest.mark.parametrize(
    ("key", "good", "wrong"),
    [
        ("settings.ceiling_factor", 0.5, "banyak"),
        ("settings.ceiling_factor.value", 0.5, None),  # the row's field by its full name takes what a table's cell takes
        ("settings.scope", "mandatory", "wajib"),
        ("initiatives.internet.earliest", "2027-02-01", "1 Februari"),
        ("initiatives.internet.mandatory", "n", "mungkin"),
        ("initiatives.internet.priority", 3, "tiga"),
        ("initiatives.internet.fund", "dau", "dana"),
    ],
)
def test_a_value_is_of_the_kind_the_loader_takes(tiny, tmp_path, key, good, wrong):
    validator, folder = tiny[1], copy_of_tiny(tmp_path)
    text = "\n".join(f"{name}: {json.dumps(value)}" for name, value in HEAD.items())
    assert validator.is_valid({**HEAD, "set": {key: good}})
    load_text("uji", f"{text}\nset:\n  {key}: {good}\n", folder)
    if wrong is not None:
        assert not validator.is_valid({**HEAD, "set": {key: wrong}})
        with pytest.raises(InputError):
            load_text("uji", f"{text}\nset:\n  {key}: {wrong}\n", folder)


@pytest.mark.parametrize("part", [{"titel": "x"}, {"extends": ["dasar"]}, {"drop": {"initiatives": ["jaringan"]}}, {"add": {"harga": []}}])
def test_what_the_loader_refuses_elsewhere_is_refused_too(tiny, part):
    assert not tiny[1].is_valid({**HEAD, **part})


def test_a_head_without_its_title_is_not_whole(tiny):
    assert not tiny[1].is_valid({name: value for name, value in HEAD.items() if name != "title"})


def test_a_hover_tells_title_value_range_and_source():
    p = of_row(open_pack(TINY).rows, "settings", "ceiling_factor", "value")
    told = described(p)
    assert told.startswith(f"{p.title_id} (") and f"nilai {p.value}" in told and f"rentang {p.low} sampai {p.high}" in told
    assert p.source.split()[0] in told


def test_no_scenario_of_ours_is_refused():
    class Problems(list):
        def add(self, *said, **more):
            self.append((said, more))

    validator = jsonschema.Draft7Validator(json.loads((ROOT / "data" / FILE).read_text(encoding="utf-8")))
    for path in sorted((ROOT / "data" / "scenarios").glob("*.yaml")):
        found = Problems()
        keys = map(str, read_yaml(path, path.name, found).get("set", {}))
        refused = validator.iter_errors({**HEAD, "set": dict.fromkeys(keys)})
        assert found == [] == [e.message for e in refused if e.validator == "additionalProperties"]
