"""`egov compare`: figures, forms and mistakes."""

from __future__ import annotations

import csv
import io
import json

import pytest
from comparison_samples import BODIES, pack
from tiny_pack import TINY

from egov_model.analysis.compare import ANYWAY
from egov_model.analysis.comparison_figures import PARTS
from egov_model.cli_compare import PARTS as ALLOWED


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return pack(tmp_path_factory.mktemp("pack"))


def test_all_scenarios_of_the_same_years_against_the_baseline(egov, data):
    status, out, err = egov("compare", "--data", data, "--format", "json")
    assert (status, err) == (0, "")
    told = json.loads(out)
    assert told["base"] == "baseline" and set(told["scenarios"]) == {"baseline", *BODIES} - {"past"}
    assert told["left_out"] == ["past"] and told["chances"] is None
    totals = {row["scenario"]: row["total_idr"] for row in told["headlines"]}
    for row in told["differences"]:
        assert row["total_idr"] == totals[row["scenario"]] - totals["baseline"]
    for bridge in told["bridges"]:
        assert sum(step["total_idr"] for step in bridge["steps"]) == totals[bridge["scenario"]] - totals["baseline"]


def test_what_happens_anyway_is_always_there_and_the_base_may_be_another(egov, data):
    told = json.loads(egov("compare", "dear", "--base", "few", "--data", data, "--format", "json")[1])
    assert (told["base"], told["scenarios"]) == ("few", ["few", "dear", ANYWAY])


def test_draws_give_ranges_and_the_same_seed_the_same_bytes(egov, data):
    arguments = ("compare", "dear", "tight", "--data", data, "--format", "json", "--draws", "20", "--seed", "3")
    status, out, _ = egov(*arguments)
    chances = json.loads(out)["chances"]
    assert status == 0 and (chances["draws"], chances["seed"]) == (20, 3)
    assert {row["scenario"] for row in chances["ranges"]} == {"baseline", "dear", "tight", ANYWAY}
    dear = next(row for row in chances["differences"] if row["scenario"] == "dear")
    assert dear["total_p10_idr"] >= 0, "a price that is higher in every draw makes no draw cheaper"
    assert egov(*arguments)[1] == out


def test_set_changes_every_scenario(egov, data):
    arguments = ("compare", "dear", "--data", data, "--format", "json")
    told = json.loads(egov(*arguments, "--set", "prices.langganan.mode=50000000")[1])
    plain = json.loads(egov(*arguments)[1])
    for row, before in zip(told["headlines"], plain["headlines"], strict=True):
        assert row["total_idr"] < before["total_idr"]


def test_csv_of_every_part(egov, data):
    assert ALLOWED == PARTS
    for part in PARTS:
        status, out, _ = egov("compare", "dear", "--data", data, "--format", "csv", "--part", part, "--draws", "5")
        assert status == 0 and "\r" not in out
        rows = list(csv.DictReader(io.StringIO(out)))
        assert rows, part
    bridge = egov("compare", "tight", "--data", data, "--format", "csv", "--part", "bridge")[1]
    assert "settings.ceiling_factor.value: 1 > 0.06" in bridge


def test_a_table_for_the_screen(egov, data):
    status, out, err = egov("compare", "dear", "--data", data, "--draws", "5")
    assert (status, err) == (0, "")
    for title in ("scenarios (the first is the base)", "bridge: what moved the total", "ranges", "regret: distance"):
        assert title in out


def test_a_pack_of_one_scenario_has_nothing_to_compare(egov):
    status, out, err = egov("compare", "--data", TINY)
    assert (status, out) == (2, "") and "nothing to compare: 'baseline' is the only scenario over its years" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["daer"], "no scenario 'daer'; there are:"),
        (["dear", "--base", "bse"], "no scenario 'bse'"),
        (["dear", "dear"], "'dear' is named 2 times"),
        ([ANYWAY, "--base", ANYWAY], "nothing to compare"),
        (["past"], "'past' plans 2027 to 2027, the base 'baseline' 2027 to 2028: only scenarios over the same years"),
        (["dear", "--draws", "-1"], "--draws -1"),
        (["dear", "--draws", "5", "--seed", "-2"], "seed"),
        (["dear", "--format", "csv", "--part", "draws-regret"], "needs draws; add --draws"),
        (["dear", "--set", "settings.ceiling=2"], "did you mean"),
    ],
)
def test_mistakes_end_with_2_and_a_sentence(egov, data, arguments, says):
    status, out, err = egov("compare", *arguments, "--data", data)
    assert (status, out) == (2, "") and says in err
