"""Headline figures, recomputed from the frames they come from, and several plans side by side."""

from __future__ import annotations

import math
from dataclasses import asdict, fields

import pytest
from plan_samples import EDGES, PROJECT, edge, plan_of, project

from egov_model.analysis.compare import Headline, comparison, headline
from egov_model.inputs.scenario import ANYWAY


@pytest.mark.parametrize("name", [*EDGES, *PROJECT])
def test_headline_agrees_with_the_frames(name):
    plan = plan_of(name)
    h, rows = headline(plan), plan.initiatives.to_dict("records")
    by_year = {y: 0 for y in plan.timeline.years}
    for year, amount in zip(plan.budget["year"], plan.budget["amount_idr"].tolist(), strict=True):
        by_year[year] += amount
    left = {y: plan.ceilings.loc[plan.ceilings["year"] == y, "left_idr"].sum() for y in by_year}
    assert h.scenario == plan.inputs.scenario.name
    assert h.total_idr == sum(by_year.values()) == h.new_money_idr + h.running_idr == plan.ceilings["used_idr"].sum()
    assert h.ceiling_idr - h.total_idr == plan.ceilings["left_idr"].sum()
    assert h.peak_year_idr == by_year[h.peak_year] == max(by_year.values())
    assert h.tightest_left_idr == left[h.tightest_year] == min(left.values())
    assert h.placed + h.not_placed == h.initiatives == len(rows)
    assert h.not_placed_mandatory == sum(r["mandatory"] and r["status"] != "placed" for r in rows) <= h.not_placed
    assert h.finish == max((r["finish"] for r in rows if r["works"]), default=None)
    assert h.person_months == round(plan.staffing["need_fte"].sum(), 1)
    assert h.own_staff_pay_idr == plan.staffing["pay_idr"].sum()
    assert 0 <= h.peak_gap_fte <= h.peak_need_fte
    assert h.hires_missing >= math.ceil(plan.staffing["gap_fte"].max() - 0.05)
    assert {type(v) for v in asdict(h).values()} <= {int, float, str, type(None), type(plan.timeline.start)}


def test_the_tiny_plan_by_hand():
    h = headline(edge("as it is"))
    assert (h.running_idr, h.initiatives, h.placed, h.ceiling_idr) == (104_000_000, 3, 3, 2_000_000_000)
    assert (h.hires_planned, h.hires_missing, str(h.finish)[:7]) == (1, 0, "2027-07")


def test_plans_with_nothing():
    none = headline(edge("nothing fits"))
    assert (none.total_idr, none.placed, none.not_placed, none.finish, none.peak_need_fte) == (0, 0, 3, None, 0.0)
    assert (none.peak_year, none.tightest_year, none.not_placed_mandatory) == (2027, 2027, 2)
    only = headline(edge("only what runs"))
    assert (only.total_idr, only.new_money_idr, only.placed, only.finish) == (104_000_000, 0, 1, None)
    assert headline(edge("nothing in scope")).initiatives == 0


def test_formations_count_when_they_arrive_within_the_plan():
    counts = {name: headline(edge(name)).hires_planned for name in ("as it is", "no formations", "one year")}
    assert counts == {"as it is": 1, "no formations": 0, "one year": 0}


def test_missing_people_are_whole_people_of_each_role():
    plan = edge("short of people")
    gap = max(plan.staffing["gap_fte"])
    assert gap > 1
    assert headline(plan).hires_missing == math.ceil(gap)


def test_plans_side_by_side_keep_their_order():
    plans = [project(name) for name in ("lean", "baseline", ANYWAY)]
    frame = comparison(plans)
    assert list(frame.columns) == [f.name for f in fields(Headline)]
    assert frame["scenario"].tolist() == ["lean", "baseline", ANYWAY]
    for place, plan in enumerate(plans):
        assert frame["total_idr"].tolist()[place] == headline(plan).total_idr
    assert comparison([]).empty and list(comparison([]).columns) == list(frame.columns)


def test_less_money_never_buys_more():
    base, lean, least = (headline(project(name)) for name in ("baseline", "lean", ANYWAY))
    assert least.total_idr <= lean.total_idr <= base.total_idr
    assert (least.new_money_idr, least.running_idr) == (0, least.total_idr)
    assert lean.ceiling_idr == pytest.approx(base.ceiling_idr * 0.8, abs=10)
