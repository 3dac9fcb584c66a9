"""Shared draws: differences draw by draw, chances and stability, by hand over a handful of made-up draws."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from plan_samples import edge

from egov_model.analysis.chances import chances, quantile
from egov_model.analysis.drawn import Outlook
from egov_model.inputs.errors import InputError
from egov_model.model.plan import Plan

TOTALS = {"as it is": [100, 110, 120, 130, 140], "no formations": [105, 105, 130, 120, 141]}
WEEKS = {"as it is": [20, 30, 40, 50, 60], "no formations": [20, 31, 39, 50, 500]}
NEVER = 500


def outlook(plan: Plan, totals: list[int], weeks: list[int], name: str) -> Outlook:
    """Draws with these totals and finishes; the last initiative is live when all is finished."""
    draws, groups = len(totals), plan.network.groups
    live = np.tile(plan.schedule.live[0], (draws, 1))
    live[:, -1] = [-1 if week == NEVER else week for week in weeks]
    nothing = np.zeros((draws, 0, 0), dtype=np.int64)
    return Outlook(
        scenario=name, seed=1, years=plan.timeline.years, groups=groups, activities=(), funds=(), never=NEVER,
        plan_total_idr=115, plan_finish_week=30, total_idr=np.array(totals), by_year_idr=nothing[0], by_group_idr=nothing[0],
        need_idr=nothing, ceiling_idr=nothing, start=nothing[0], finish=nothing[0], live=live, finish_week=np.array(weeks),
        within=np.array(weeks) <= plan.timeline.weeks, index=np.array([[1.0, 2.0 + week / 100] for week in weeks]),
    )  # fmt: skip


@pytest.fixture
def found():
    plans = [edge(name) for name in TOTALS]
    made = [outlook(plan, TOTALS[name], WEEKS[name], name) for name, plan in zip(TOTALS, plans, strict=True)]
    return chances([named(p, n) for p, n in zip(plans, TOTALS, strict=True)], made, benefit_draws=2)


def named(plan: Plan, name: str) -> Plan:
    return replace(plan, inputs=replace(plan.inputs, scenario=plan.inputs.scenario.model_copy(update={"name": name})))


def rows(frame):
    return frame.set_index("scenario")


def test_a_quantile_is_a_value_that_so_many_draws_do_not_exceed():
    values = np.arange(1, 101)
    assert [quantile(values, share) for share in (0.1, 0.5, 0.8, 0.9)] == [10, 50, 80, 90]


def test_ranges(found):
    base, other = rows(found.ranges).loc["as it is"], rows(found.ranges).loc["no formations"]
    assert (found.draws, found.seed) == (5, 1)
    assert base[["total_p10_idr", "total_p50_idr", "total_p80_idr", "total_p90_idr"]].tolist() == [100, 120, 130, 140]
    assert other[["total_p10_idr", "total_p50_idr", "total_p80_idr"]].tolist() == [105, 120, 130]
    assert (base["plan_held_share"], base["finish_held_share"], other["finish_held_share"]) == (0.4, 0.4, 0.2)
    start = edge("as it is").timeline.start
    assert (base["finish_p50"], base["finish_p80"]) == (start + timedelta(weeks=40, days=-1), start + timedelta(weeks=50, days=-1))
    assert (other["within_share"], other["index_p50"]) == (0.8, 2.39)


def test_differences_are_taken_draw_by_draw(found):
    less = rows(found.differences).loc["no formations"]  # 5, -5, 10, -10, 1 rupiah; 0, 1, -1, 0 weeks and never
    assert less[["total_p10_idr", "total_p50_idr", "total_p80_idr", "total_p90_idr"]].tolist() == [-10, 1, 5, 10]
    assert less[["days_p10", "days_p50", "days_p80"]].tolist() == [-7, 0, 7] and np.isnan(less["days_p90"]), "the last one has no end"
    assert not rows(found.differences).loc["as it is", ["total_p10_idr", "days_p90", "index_p50"]].any()


def test_chances_of_each_against_each(found):
    pairs = found.pairs.set_index(["scenario", "other"])
    assert pairs.loc[("as it is", "no formations")].tolist() == [0.6, 0.4, 0.2]
    assert pairs.loc[("no formations", "as it is")].tolist() == [0.4, 0.2, 0.4]


def test_how_often_each_initiative_is_in(found):
    within = found.stability.set_index(["scenario", "initiative"])["within_share"]
    assert within["no formations"].tolist() == [1, 1, 0.8]
    optional = found.stability[~found.stability["mandatory"]]
    assert set(optional["initiative"]) == {"aplikasi"} and found.stability["planned"].all()
    assert found.benefit_draws == 2 and rows(found.brought).loc["no formations", "initiatives_p10"] == 2


def test_what_another_beats_in_everything_and_how_often(found):
    """The first draw: the same dates and dearer; the fourth: likewise the other way round; elsewhere each is better in something."""
    share = rows(found.dominated)
    assert share.loc["no formations", ["share", "by", "by_share"]].tolist() == [0.2, "as it is", 0.2]
    assert share.loc["as it is", "share"] == 0.2


def test_other_draws_cannot_be_compared():
    plan = edge("as it is")
    made = [outlook(plan, [1, 2], [20, 30], "a"), replace(outlook(plan, [1, 2], [20, 30], "b"), seed=2)]
    with pytest.raises(InputError, match="same draws"):
        chances([plan, plan], made)
