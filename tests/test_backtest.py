"""The back-test itself: histories that are told as they happened, and bars that decide."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks import backtest
from egov_model.analysis.evaluate_draws import evaluator
from egov_model.analysis.planned_value import WEEK, days_until
from egov_model.analysis.risk import prepared_of
from egov_model.analysis.sample import sampler
from egov_model.analysis.standing import LIVE


@pytest.fixture(scope="module")
def plan():
    return backtest.small_plan()


def test_the_small_plan_is_made_of_durations_alone(plan):
    assert len(plan.network.groups) == 3 + backtest.CHAINS * backtest.LINKS and (plan.schedule.live[0] >= 0).all()
    assert (plan.schedule.waited_money == 0).all() and (plan.schedule.waited_people == 0).all()


def test_a_history_stands_where_it_happened(plan):
    base, sample = evaluator(plan), sampler(prepared_of(plan)).sample(backtest.TRUTH, 3)
    happened, drawn = base.evaluate(sample), base.drawn(sample)
    for level, share in ((0.25, 0.25), (0.75, 0.75)):
        day = backtest._reached(plan, happened, 1, level)
        x = days_until(plan, day) / WEEK
        reached = backtest._standing(base, happened, sample, drawn, 1, day)
        for g, chain in enumerate(plan.network.chains):
            assert (reached.stage[g] == LIVE) == bool(happened.live[1, g] <= x)
            if reached.fraction[g] > 0:
                a = reached.activity[g]
                assert a in chain and happened.start[1, a] < x < happened.finish[1, a]
        money = backtest.activity_money_idr(plan)
        assert (backtest._done(happened, 1, x) * money).sum() >= share * money.sum()


def test_forecasts_of_few_histories_are_shares(plan):
    made = backtest.back_test(plan, 6, 40)
    assert [kept.level for kept in made] == list(backtest.LEVELS)
    assert all(kept.histories == 6 and 0 <= kept.p50_share <= kept.p80_share <= 1 for kept in made)
    assert np.mean([kept.width_weeks for kept in made[:1]]) > made[-1].width_weeks
