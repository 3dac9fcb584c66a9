"""`egov optimise`: the choice, its scenario file, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from portfolio_samples import competing_pack
from tiny_pack import HEAD, TINY

from egov_model.cli_optimise import ceiling_changes, parse_weights
from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return competing_pack(tmp_path)


def test_the_choice_as_json_and_saved_loads_to_the_same_dates(egov, pack):
    arguments = ("optimise", "sempit", "--data", pack, "--objective", "services", "--limit", "2")
    status, out, err = egov(*arguments, "--format", "json", "--save", "pilihan")
    made = json.loads(out)
    assert status == 0 and "written: scenarios/pilihan.yaml" in err
    assert made["status"] == "optimal" and made["value"] == made["bound"] and made["same_dates_as_scenario"] is True
    again = build_plan(load_scenario("pilihan", pack))
    dates = {r.initiative: str(r.go_live) for r in again.initiatives.itertuples()}
    assert made["brings"]["services"] == made["value"]
    for row in made["initiatives"]:
        assert (row["go_live"] or "None") == dates.get(row["initiative"], "None")
    text = (pack / "scenarios" / "pilihan.yaml").read_text(encoding="utf-8")
    assert text.splitlines()[1].startswith("# Ditulis oleh egov optimise.") and "extends: [sempit]" in text
    dropped = [row["initiative"] for row in made["initiatives"] if row["verdict"] == "dropped"]
    assert dropped and all(f'    - "{key}"  # ' in text for key in dropped)
    assert egov(*arguments, "--format", "json")[1] == out  # the same bytes again

    status, _, err = egov(*arguments, "--save", "pilihan")
    assert status == 2 and "is there already" in err
    assert egov(*arguments, "--save", "pilihan", "--force")[0] == 0


def test_a_ceiling_of_the_command_line_is_kept_and_saved(egov, pack):
    status, out, _ = egov(
        "optimise",
        "--data",
        pack,
        "--objective",
        "index",
        "--ceiling",
        "2027=9e8",
        "--limit",
        "1",
        "--format",
        "json",
        "--save",
        "sembilan",
    )
    assert status == 0 and json.loads(out)["objective"] == "index"
    saved = load_scenario("sembilan", pack)
    assert saved.rows["ceilings"]["2027.dau"].mode == 900_000_000 and saved.rows["ceilings"]["2027.dau"].low == 720_000_000
    assert saved.rows["ceilings"]["2028.dau"].mode == 1_000_000_000


def test_frontier_and_billion_as_csv(egov, pack):
    arguments = ("optimise", "sempit", "--data", pack, "--objective", "index", "--limit", "1", "--format", "csv")
    status, out, err = egov(*arguments, "--frontier", "3", "--part", "frontier")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0 and len(rows) == 3 and "point 3 of 3" in err
    best = [float(row["best_value"]) for row in rows]
    assert best == sorted(best) and {row["status"] for row in rows} == {"optimal"}
    assert all(float(row["value"]) <= float(row["best_value"]) <= float(row["bound"]) for row in rows)
    status, out, _ = egov(*arguments, "--billion", "--part", "billion")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["year"], row["fund"]) for row in rows] == [("2027", "dau"), ("2028", "dau")]
    assert all(float(row["less"]) <= 0 <= float(row["more"]) <= float(row["more_bound"]) for row in rows)
    assert any(float(row["more"]) > 0 for row in rows)
    status, _, err = egov(*arguments, "--part", "frontier")
    assert status == 2 and "add --frontier" in err


@pytest.mark.parametrize("objective", ["completion", "makespan", "lateness", "levelled"])
def test_a_schedule_by_a_measure_of_time(egov, objective):
    status, out, _ = egov("optimise", "--data", TINY, "--objective", objective, "--target", "2027", "--limit", "2", "--format", "json")
    made = json.loads(out)
    assert status == 0 and made["status"] == "optimal" and made["value"] == made["bound"] and made["gap"] == 0
    assert [row["initiative"] for row in made["initiatives"]] == ["internet", "alat-desa", "aplikasi"]


def test_as_a_table(egov):
    status, out, _ = egov("optimise", "--data", TINY, "--weights", "index=2,villages=1", "--limit", "1")
    assert status == 0
    assert "objective: weighted" in out and "unit: share of the best" in out and "initiatives" in out.splitlines()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--ceiling", "2028"), "expected YEAR=RUPIAH"),
        (("--ceiling", "1999=1e9"), "no such ceiling; years 2027 to 2028, funds dau"),
        (("--ceiling", "2028.pad=1e9"), "no such ceiling"),
        (("--weights", "index"), "expected name=number"),
        (("--weights", "hope=1"), "--weights hope=1: allowed index"),
        (("--target", "2040"), "--target 2040: allowed 2027 to 2028"),
        (("--objective", "completion", "--target", "2040"), "--target 2040"),
        (("--objective", "makespan", "--save", "x"), "makes a schedule, not a choice"),
        (("--save", "Nama Buruk"), "--save 'Nama Buruk'"),
        (("--objective", "money"), "Invalid value for '--objective'"),
        (("--frontier", "1"), "Invalid value for '--frontier'"),
        (("--set", "settings.none=1"), "settings.none"),
    ],
)
def test_bad_input_ends_with_2(egov, arguments, told):
    status, out, err = egov("optimise", "--data", TINY, *arguments)
    assert (status, out) == (2, "") and told in err


def test_what_no_schedule_holds_is_said(egov):
    money = ("--set", "settings.ceiling_factor=0.0001")
    for objective in ("completion", "makespan"):
        status, out, err = egov("optimise", "--data", TINY, "--objective", objective, *money)
        assert status in (1, 2) and out == "" and "internet" in err


def test_a_scenario_that_adds_initiatives_is_refused(egov, pack):
    added = "add:\n  initiatives:\n    - {id: baru, title_id: B, title_en: B, section: aplikasi, owner: kominfo, kind: beli, "
    added += "sub_activity: internet, fund: dau, after: [], earliest: 2027-01-01, mandatory: n, budget_status: new, contract: single, "
    added += "priority: 15, milestone: n, target: 1, unit: aplikasi, source: uji, evidence: assumption}\n"
    (pack / "scenarios" / "tambah.yaml").write_text(HEAD + added, encoding="utf-8")
    status, out, err = egov("optimise", "tambah", "--data", pack, "--objective", "services", "--limit", "1")
    assert (status, out) == (2, "") and "initiatives.baru" in err and "a row that tambah adds" in err


def test_ceilings_count_before_the_factor_of_the_scenario():
    inputs = load_scenario("baseline", TINY, {"settings.ceiling_factor": "0.5"})
    made = ceiling_changes(inputs, ("2027.dau=5e8",))
    assert made["ceilings.2027.dau.mode"] == "1000000000"
    with pytest.raises(InputError, match="is 0 now"):
        ceiling_changes(load_scenario("baseline", TINY, {"settings.ceiling_factor": "0"}), ("2027=1e9",))


def test_weights_are_read():
    assert parse_weights("index=2, villages=0.5") == {"index": 2.0, "villages": 0.5}
