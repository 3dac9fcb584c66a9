"""`egov run --draws`: figures of many draws, the same as the analysis gives, and clear words for what cannot be drawn."""

from __future__ import annotations

import csv
import io
import json

import pytest
from tiny_pack import TINY

from egov_model import cli
from egov_model.analysis import confidence
from egov_model.analysis.risk import simulate
from egov_model.inputs.scenario import load_scenario
from egov_model.report import answers
from egov_model.report.answers import build_plan


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch, tmp_path):
    real = answers.build_outlook
    monkeypatch.setattr(answers, "build_outlook", lambda *asked: real(*asked, folder=tmp_path / "outlooks"))


def test_json_says_what_the_draws_say(egov):
    status, out, err = egov("run", "--data", TINY, "--draws", "200", "--seed", "7", "--format", "json")
    assert (status, err) == (0, "")
    made = json.loads(out)
    plan = build_plan(load_scenario("baseline", TINY))
    outlook = simulate(plan, 200, 7)
    risk, p80 = made["risk"], int(confidence.quantiles(outlook.total_idr, [0.8])[0])
    assert risk["draws"] == 200 and risk["seed"] == 7 and risk["total_p80_idr"] == p80
    assert sum(row["at_share_idr"] for row in risk["contingency"]) == sum(row["at_share_idr"] for row in risk["parts_of_p80"]) == p80
    assert [row["year"] for row in risk["by_year"]] == [2027, 2028, "after", "total"] and risk["by_year"][-1]["p80_idr"] == p80
    week = int(confidence.quantiles(outlook.finish_week, [0.5])[0])
    assert risk["finish_p50"] == plan.timeline.last_day(week).isoformat()
    assert risk["both_holds_share"] <= min(risk["cost_holds_share"], risk["finish_holds_share"])
    assert {row["initiative"] for row in risk["milestones"]} == set(outlook.groups) and risk["joint_70"]


def test_a_table_and_csv_have_them_beside_the_headline(egov):
    table = egov("run", "--data", TINY, "--draws", "60", "--seed", "7")[1]
    (row,) = csv.DictReader(io.StringIO(egov("run", "--data", TINY, "--draws", "60", "--seed", "7", "--format", "csv")[1]))
    assert "total_p80_idr" in table and f"{int(row['total_p80_idr']):,}" in table and row["draws"] == "60"


def test_without_draws_nothing_is_said_of_them(egov):
    assert "risk" not in json.loads(egov("run", "--data", TINY, "--format", "json")[1])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--draws", "0"], "draws: found 0; allowed: 1 to 1,000,000"),
        (["--draws", "-5"], "draws: found -5"),
        (["--draws", "20", "--seed", "-1"], "seed: found -1"),
        (["--seed", "3"], "add --draws N"),
        (["--draws", "many"], "not a valid integer"),
    ],
)
def test_what_cannot_be_drawn_is_told(egov, arguments, said):
    status, out, err = egov("run", "--data", TINY, *arguments)
    assert status == 2 and out == "" and said in err


def test_a_long_run_says_how_far_it_is(egov, monkeypatch):
    monkeypatch.setattr(cli, "SECONDS_BETWEEN", 0.0)
    assert "baseline: 50 of 50 draws" in egov("run", "--data", TINY, "--draws", "50")[2]
