"""The path of the index as a drawing: what it says aloud, the same bytes twice, plans with gaps or without any scheme."""

from __future__ import annotations

import re

import pytest
from plan_samples import project
from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan
from egov_model.report import maturity_view
from egov_model.report.maturity_figure import index_figure
from egov_model.report.wording import speak

EN = speak("en")


def test_the_drawing_states_the_finding_and_the_path():
    plan = build_plan(load_scenario("baseline", TINY))
    made = index_figure(plan, EN)
    assert made.finding == maturity_view.finding(EN, plan)
    label = re.search('aria-label="([^"]*)"', made.svg)[1]
    assert label == f"{made.finding}. 2027: 2.13; 2028: 2.63."
    for word in ("Poor", "Fair", "Good", "2.13", "2.63", "Plan", "Target", "start", "2027", "2028"):
        assert f">{word}<" in made.svg
    assert made.data.rows == maturity_view.path_table(EN, plan).rows
    assert index_figure(plan, EN).svg == made.svg


@pytest.mark.parametrize(
    "body",
    [
        "set: {index_schemes.baru.valid_to: 2027}\n",
        "set: {index_schemes.baru.valid_from: 2040}\n",
        "set: {index_schemes.lama.valid_to: 2027, index_schemes.baru.valid_from: 2028}\n",
        "drop: {index_targets: [baru.2027, baru.2028]}\n",
    ],
)
def test_gaps_do_not_stop_the_drawing(tmp_path, body):
    made = index_figure(build_plan(with_changes(tmp_path, body)), EN)
    assert made.svg.startswith("<svg") and "nan" not in made.svg.lower().replace("finance", "")


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_project_is_drawn(language):
    assert index_figure(project(), speak(language)).svg.count("<svg") == 1
