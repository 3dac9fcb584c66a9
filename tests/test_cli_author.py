"""`egov new`, `diff` and `params`: a scenario written, told apart, and what can be said in one."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tiny_pack import TINY, copy_of_tiny

from egov_model.inputs.package import describe
from egov_model.inputs.parameters_page import COLUMNS, parameters, parameters_page
from egov_model.inputs.scenario import load_scenario, open_pack
from egov_model.inputs.scenario_schema import FILE, MODELINE

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def pack(tmp_path):
    return copy_of_tiny(tmp_path)


def test_a_new_scenario_holds_only_its_differences_and_loads(egov, pack):
    changes = ("--set", "settings.ceiling_factor=0.9", "--set", "initiatives.internet.earliest=2027-03-01")
    changes += ("--drop", "initiatives.alat-desa")
    status, out, err = egov("new", "hemat-10", "--data", pack, *changes, "--owner", "Bappeda")
    path = pack / "scenarios" / "hemat-10.yaml"
    assert (status, out.strip()) == (0, str(path)) and "egov check hemat-10" in err
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"{MODELINE}\n") and "extends: [baseline]" in text and 'title: "Hemat 10"' in text
    assert "# Faktor pagu" in text and "settings.ceiling_factor: 0.9" in text
    made = load_scenario("hemat-10", pack)
    assert {c.key for c in made.changes} == {"settings.ceiling_factor.value", "initiatives.internet.earliest", "initiatives.alat-desa"}
    assert made.scenario.owner == "Bappeda" and (pack / FILE).is_file() and "hemat-10" in (pack / FILE).read_text(encoding="utf-8")


def test_one_that_is_there_stays_unless_it_may_be_replaced(egov, pack):
    assert egov("new", "baru", "--data", pack, "--set", "settings.ceiling_factor=0.9")[0] == 0
    before = (pack / "scenarios" / "baru.yaml").read_bytes()
    status, _, err = egov("new", "baru", "--data", pack, "--set", "settings.ceiling_factor=0.7")
    assert status == 2 and "is there already" in err and (pack / "scenarios" / "baru.yaml").read_bytes() == before
    assert egov("new", "baru", "--data", pack, "--set", "settings.ceiling_factor=0.7", "--replace")[0] == 0
    assert "settings.ceiling_factor: 0.7" in (pack / "scenarios" / "baru.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--set", "settings.ceiling_facto=0.9"), "did you mean 'settings.ceiling_factor'?"),
        (("--set", "settings.ceiling_factor=banyak"), "banyak"),
        (("--drop", "initiatives.jaringan"), "no row 'jaringan'"),
        (("--drop", "inisiatif.internet"), "no table 'inisiatif'"),
        (("--from", "basline"), "did you mean 'baseline'?"),
    ],
)
def test_what_cannot_be_said_is_not_written(egov, pack, arguments, said):
    status, out, err = egov("new", "salah", "--data", pack, *arguments)
    assert status == 2 and out == "" and said in err and not (pack / "scenarios" / "salah.yaml").exists()


def test_a_name_that_is_none_is_refused(egov, pack):
    status, _, err = egov("new", "../Baseline", "--data", pack)
    assert status == 2 and "allowed" in err and sorted(p.name for p in pack.parent.iterdir()) == [pack.name]


def test_diff_in_words_csv_and_json(egov, pack):
    egov("new", "lain", "--data", pack, "--set", "settings.ceiling_factor=0.5", "--drop", "initiatives.alat-desa")
    status, out, _ = egov("diff", "baseline", "lain", "--data", pack)
    assert status == 0 and "Faktor pagu: 1 -> 0.5 (faktor)  [settings.ceiling_factor]" in out
    assert any(line.endswith(": dikeluarkan  [initiatives.alat-desa]") for line in out.splitlines())
    assert "left out  [initiatives.alat-desa]" in egov("diff", "baseline", "lain", "--data", pack, "--language", "en")[1]
    rows = list(csv.DictReader(io.StringIO(egov("diff", "baseline", "lain", "--data", pack, "--format", "csv")[1])))
    assert json.loads(egov("diff", "baseline", "lain", "--data", pack, "--format", "json")[1]) == rows
    assert egov("diff", "lain", "lain", "--data", pack)[1] == "lain dan lain tidak berbeda\n"


def test_diff_of_one_there_is_not(egov):
    status, _, err = egov("diff", "baseline", "semit", "--data", TINY)
    assert status == 2 and "no scenario 'semit'" in err


def test_params_lists_every_value_that_rows_are_about(egov):
    rows = list(csv.DictReader(io.StringIO(egov("params", "--data", TINY, "--format", "csv")[1])))
    assert [row["key"] for row in rows] == [p.key for p in parameters(open_pack(TINY).rows)] and tuple(rows[0]) == COLUMNS
    assert "settings.ceiling_factor = 1 (" in egov("params", "--data", TINY)[1]
    other = list(csv.DictReader(io.StringIO(egov("params", "--data", TINY, "--scenario", "sempit", "--format", "csv")[1])))
    assert [row["value"] for row in other] != [row["value"] for row in rows]


def test_params_as_data_package(egov):
    assert json.loads(egov("params", "--format", "datapackage")[1]) == describe()


def test_the_page_of_parameters_is_the_one_the_pack_gives():
    made = parameters_page(open_pack().rows)
    stale = "docs/parameters.md is stale: egov params --format markdown > docs/parameters.md"
    assert (ROOT / "docs" / "parameters.md").read_text(encoding="utf-8") == made, stale


def test_text_of_the_pack_cannot_break_the_page():
    rows = {name: dict(records) for name, records in open_pack(TINY).rows.items()}
    row = rows["settings"]["ceiling_factor"]
    rows["settings"]["ceiling_factor"] = row.model_copy(update={"title_id": "a | b\n<script>`x` *y*", "unit": "_c_ [d](e)"})
    line = next(line for line in parameters_page(rows).splitlines() if line.startswith("| `settings.ceiling_factor`"))
    assert r"| a \| b \<script\>\`x\` \*y\* |" in line and r"| \_c\_ \[d\](e) |" in line
