"""What is kept with a plan."""

from __future__ import annotations

from dataclasses import replace

from tiny_pack import TINY

from egov_model.analysis.kept import kept
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan


def test_calculated_once_for_each_plan_and_question():
    asked = []

    def total(plan, times):
        asked.append(times)
        return int(plan.schedule.paid_idr.sum()) * times

    plan = build_plan(load_scenario("baseline", TINY))
    assert kept(plan, total, 1) == kept(plan, total, 1) == 340_264_150 and kept(plan, total, 2) == 680_528_300
    assert asked == [1, 2]
    assert kept(replace(plan), total, 1) == 340_264_150 and asked == [1, 2, 1]
