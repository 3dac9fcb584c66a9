"""Draws of a plan: with nothing uncertain they are the plan, and what is pushed out still gets a date."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from plan_samples import EDGES, edge, project
from risk_samples import eventful, still

from benchmarks.plain_risk import PlainDraws
from egov_model.analysis.evaluate_draws import evaluator

PLANS = [*EDGES, "baseline"]


def plan_named(name):
    return project(name) if name == "baseline" else edge(name)


@pytest.mark.parametrize("name", PLANS)
def test_with_nothing_uncertain_a_draw_is_the_plan(name):
    plan = plan_named(name)
    made, schedule = evaluator(plan).evaluate(still(plan, 2)), plan.schedule
    placed = schedule.live[0] >= 0
    group = np.array([g for g, _ in plan.network.activities], dtype=np.int64)
    assert made.groups == tuple(np.array(plan.network.groups)[placed])
    for d in range(2):
        assert made.live[d].tolist() == schedule.live[0, placed].tolist()
        assert made.start[d].tolist() == schedule.start[0, placed[group]].tolist()
        assert made.finish[d].tolist() == schedule.finish[0, placed[group]].tolist()
        assert made.by_year_idr[d].tolist() == [*schedule.paid_idr[0].sum(axis=0), 0]
        assert made.need_idr[d].sum(axis=0).tolist() == schedule.paid_idr[0].sum(axis=0).tolist()
        by_group = np.bincount(plan.network.line_group, schedule.paid_idr[0].sum(axis=1), len(placed))
        assert made.by_group_idr[d].tolist() == by_group[placed].astype(int).tolist()
        if plan.maturity:
            assert made.index[d].tolist() == np.concatenate([m.index[0] for m in plan.maturity]).tolist()
    assert (made.total_idr == made.plan_total_idr).all() and (made.finish_week == made.plan_finish_week).all() and made.within.all()
    assert (made.ceiling_idr == plan.network.ceiling_idr).all() and (made.need_idr <= made.ceiling_idr).all()


@pytest.mark.parametrize("name", ["as it is", "baseline"])
def test_sums_agree_and_what_is_late_has_a_date(name):
    plan = plan_named(name)
    sample = eventful(plan, 60)
    sample = replace(sample, weeks=sample.weeks * 3)
    made = evaluator(plan).evaluate(sample)
    assert (made.by_group_idr.sum(axis=1) + sample.response_idr.sum() == made.total_idr).all()
    assert (made.by_year_idr.sum(axis=1) == made.total_idr).all()
    late = made.finish_week > plan.timeline.weeks
    assert late.any() and not made.within[late].any() and (made.finish_week[late] <= made.never).all()
    assert len(np.unique(made.total_idr)) == 60


@pytest.mark.parametrize(("name", "draws"), [("as it is", 40), ("new work does not fit", 10), ("baseline", 12)])
def test_draws_equal_plain_python_in_every_date_and_rupiah(name, draws):
    plan = plan_named(name)
    sample, plain = eventful(plan, draws, seed=3), PlainDraws(plan)
    made, placed = evaluator(plan).evaluate(sample), plan.schedule.live[0] >= 0
    mine = placed[np.array([g for g, _ in plan.network.activities], dtype=np.int64)]
    for d in range(draws):
        slow = plain.draw(sample, d)
        assert made.by_year_idr[d].tolist() == slow.by_year_idr
        assert made.by_group_idr[d].tolist() == np.array(slow.by_group_idr)[placed].tolist()
        assert made.need_idr[d].tolist() == slow.need_idr
        assert made.live[d].tolist() == np.array(slow.live)[placed].tolist()
        assert made.start[d].tolist() == np.array(slow.start)[mine].tolist()
        assert made.finish[d].tolist() == np.array(slow.finish)[mine].tolist()
        assert (made.total_idr[d], made.finish_week[d], made.within[d]) == (slow.total_idr, slow.finish_week, slow.within)
        assert made.index[d].tolist() == pytest.approx(slow.index, abs=1e-9)
