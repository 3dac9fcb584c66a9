"""The choice of groups and dates against every combination there is, and what any choice must keep."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from portfolio_samples import best_by_trying_all, random_choice

from egov_model.inputs.errors import InputError
from egov_model.model.choice import choose
from egov_model.model.optimise import FEASIBLE, IMPOSSIBLE, OPTIMAL
from egov_model.model.problem import Problem
from egov_model.model.verify import violations
from egov_model.model.worth import Gain, Joint, Share, Worth, live_weeks, most, weighted, worth_of


def test_agrees_with_trying_all():
    """120 cases of 1 to 12 groups; none may differ."""
    solved = left_out = 0
    for seed in range(120):
        problem, worth = random_choice(seed, 1 + seed % 12)
        best = best_by_trying_all(problem, worth)
        try:
            found = choose(problem, worth, limit=20)
        except InputError:
            assert best is None, seed
            continue
        assert (found.status, found.value) == ((IMPOSSIBLE, None) if best is None else (OPTIMAL, best)), seed
        if best is not None:
            assert violations(problem, found.starts) == [], seed
            assert worth_of(worth, problem, found.starts) == best == found.bound, seed
            solved += 1
            left_out += (found.starts < 0).any()
    assert solved >= 100 and left_out >= 50


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), groups=st.integers(2, 6), more=st.lists(st.integers(0, 9), min_size=4, max_size=4))
def test_raising_a_ceiling_never_lowers_the_worth(seed, groups, more):
    problem, worth = random_choice(seed, groups)
    problem = replace(problem, required=np.zeros(groups, dtype=bool))
    raised = replace(problem, ceiling=problem.ceiling + np.array(more).reshape(2, 2))
    before, after = choose(problem, worth, limit=20), choose(raised, worth, limit=20)
    assert before.status == after.status == OPTIMAL
    assert after.value >= before.value


def chain(**more) -> Problem:
    """Two groups: a of two activities (2 and 1 weeks), b of one week that follows it."""
    return Problem(
        names=("a1", "a2", "b1"), duration=np.array([2, 1, 1]), weeks=8, groups=("a", "b"), group=np.array([0, 0, 1]),
        required=np.array([False, False]), **more,
    )  # fmt: skip


def test_worth_by_hand():
    problem = chain()
    starts = np.array([0, 3, 5])  # a is live in week 4, b in week 6
    assert live_weeks(problem, starts).tolist() == [4, 6]
    assert live_weeks(problem, np.array([-1, -1, 5])).tolist() == [-1, 6]
    falling = np.arange(9)[::-1].copy()
    assert worth_of(Worth((Gain(7, ((0, 4), (1, 6))),)), problem, starts) == 7
    assert worth_of(Worth((Gain(7, ((0, 3), (1, 6))),)), problem, starts) == 0
    assert worth_of(Worth((Gain(5, (), (Share(((2, (0,)), (1, (1,))), 2, 4),)),)), problem, starts) == 5  # two of three things by week 4
    assert worth_of(Worth((Gain(5, (), (Share(((2, (0,)), (1, (1,))), 3, 5),)),)), problem, starts) == 0
    assert worth_of(Worth(joints=(Joint((0, 1), falling),)), problem, starts) == 2
    assert worth_of(Worth(joints=(Joint((0, 1), falling),)), problem, np.array([0, 3, -1])) == 0
    assert worth_of(Worth(starts=((2, -np.arange(9)),)), problem, starts) == -5
    both = weighted([(Worth((Gain(7, ((0, 4),)),)), 2), (Worth(joints=(Joint((1,), falling),)), 3)])
    assert worth_of(both, problem, starts) == 2 * 7 + 3 * 2


def test_most_is_what_windows_alone_would_allow():
    falling = np.arange(9)[::-1].copy()  # alone a is live in week 2 at the earliest, since nothing orders its two activities
    assert most(Worth((Gain(7, ((0, 2),)), Gain(1, ((0, 1),))), (Joint((1,), falling),)), chain()) == 7 + 7


def test_a_worth_that_could_not_be_bounded_is_refused():
    with pytest.raises(ValueError, match="negative"):
        Worth((Gain(-1, ()),))
    with pytest.raises(ValueError, match="rises"):
        Worth(joints=(Joint((0,), np.array([1, 2])),))


def test_what_costs_more_than_it_brings_is_left_out():
    """A joint of 3 against a start that costs 5, and nothing required: the best is to do nothing."""
    worth = Worth(joints=(Joint((1,), np.full(9, 3)),), starts=((2, np.full(9, -5)),))
    found = choose(chain(), worth)
    assert (found.status, found.value, found.starts[2]) == (OPTIMAL, 0, -1)


def test_a_hint_is_never_lost_and_must_be_a_schedule():
    problem, worth = chain(), Worth((Gain(4, ((1, 5),)),))
    found = choose(problem, worth, limit=0.0, hint=np.array([0, 2, 3]))
    assert found.value == 4 and found.status in (OPTIMAL, FEASIBLE)
    with pytest.raises(ValueError, match="no schedule"):
        choose(problem, worth, hint=np.array([0, -1, 3]))


def test_the_gap_is_of_the_bound():
    from egov_model.model.choice import Chosen

    assert Chosen(FEASIBLE, np.zeros(1), 90, 100).gap == pytest.approx(0.1)
    assert Chosen(OPTIMAL, np.zeros(1), 0, 0).gap == 0.0
