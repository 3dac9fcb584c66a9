"""`egov sensitivity`: what it prints in each form, and what is refused in words."""

from __future__ import annotations

import csv
import io
import json

import pytest
from tiny_pack import TINY, with_changes


def run(egov, *arguments):
    return egov("sensitivity", "baseline", "--data", TINY, *arguments)


def test_json_by_hand(egov):
    status, out, _ = run(egov, "--format", "json", "--switching", "--tolerance", "4")
    made = json.loads(out)
    assert status == 0 and made["cost_idr"] == 340_264_150 and made["finish"] == "2027-07-08" and made["promised"] == 3
    assert made["tornado"][0]["key"] == "prices.langganan.mode"
    late = next(r for r in made["tornado"] if r["key"] == "settings.dpa_delay_weeks")
    assert (late["high_finish_week"], late["high_finish"], late["high_left_out"]) == (37, "2027-09-16", [])
    row = next(r for r in made["switching"] if r["key"] == "settings.dpa_delay_weeks" and r["breaks"] == "finish")
    assert (row["up_value"], row["up_holds"], row["down_value"]) == (5, 4, None)
    assert run(egov, "--format", "json", "--switching", "--tolerance", "4")[1] == out


def test_csv_has_every_input(egov):
    status, out, _ = run(egov, "--format", "csv", "--on", "finish")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0 and len(rows) > 40 and rows[0]["key"] == "phases.beli.build.mode"
    assert [float(r["swing_weeks"]) for r in rows] == sorted((float(r["swing_weeks"]) for r in rows), reverse=True)


def test_what_falls_out_is_named_beside_both_costs(egov, tmp_path):
    with_changes(tmp_path, "set: {prices.barang-ppn.high: 900000000}")
    status, out, _ = egov("sensitivity", "case", "--data", tmp_path / "tiny", "--format", "csv", "--key", "prices.barang-ppn")
    row = next(csv.DictReader(io.StringIO(out)))
    assert status == 0 and (row["high_idr"], row["high_paid_idr"], row["high_left_out"]) == ("1228264150", "229264150", "aplikasi")
    assert row["high_finish"] == "" and row["high_placed"] == "2"


def test_a_table_for_the_screen(egov):
    status, out, _ = run(egov, "--switching", "--top", "3")
    assert status == 0 and "cost idr: 340,264,150" in out and "none in its range" in out
    assert out.count("prices.langganan.mode") >= 1 and "vat.2022.mode" not in out.split("switching")[0]


def test_indices(egov):
    status, out, _ = run(egov, "--sobol", "200", "--part", "sobol", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0 and {r["on"] for r in rows} == {"cost", "finish", "index"} and rows[0]["group"] == "prices"
    assert all(0 <= float(r["total"]) <= 1.2 for r in rows)


def test_set_changes_what_is_moved(egov):
    made = [json.loads(run(egov, "--format", "json", *more)[1]) for more in ((), ("--set", "prices.alat.mode=9000000"))]
    assert made[0]["cost_idr"] - made[1]["cost_idr"] == 3_500_000


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--sobol", "0"), "--sobol 0: allowed: 100 to 100000 draws in each of two samples, such as 1000"),
        (("--sobol", "-5"), "--sobol -5: allowed"),
        (("--tolerance", "-1"), "--tolerance -1: allowed: 0 or more weeks"),
        (("--widen", "0"), "--widen 0: allowed: 0.1 to 10"),
        (("--top", "-2"), "--top -2: allowed"),
        (("--key", "prices.langanan"), "did you mean 'prices.langganan'?"),
        (("--key", "settings.scope"), "--key settings.scope: not an input with a range"),
        (("--set", "prices.langanan.mode=1"), "did you mean 'prices.langganan.mode'?"),
        (("--set", "prices.langganan.mode"), "expected key=value"),
        (("--on", "price"), "'price' is not one of 'cost', 'finish', 'index'"),
        (("--format", "csv", "--part", "switching"), "--part switching: not asked for; add --switching"),
        (("--format", "csv", "--part", "sobol"), "--part sobol: not asked for; add --sobol 1000"),
        (("--sobol", "many"), "'many' is not a valid integer"),
    ],
)
def test_bad_input_is_told_in_words(egov, arguments, words):
    status, out, err = run(egov, *arguments)
    assert status == 2 and words in err and not out


def test_every_wrong_number_at_once(egov):
    _, _, err = run(egov, "--sobol", "0", "--widen", "99")
    assert "--sobol 0" in err and "--widen 99" in err


def test_an_unknown_scenario(egov):
    status, _, err = egov("sensitivity", "baselin", "--data", TINY)
    assert status == 2 and "did you mean 'baseline'?" in err
