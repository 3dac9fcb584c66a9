"""Choice and order together: the compiled worth is the plain one, and few groups give the best of every choice in every order."""

from __future__ import annotations

from itertools import chain, combinations, permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from portfolio_samples import random_choice, random_worth
from test_schedule import hand, problems

from egov_model.model.choose_order import choose_order, flatten, order_of, ordered
from egov_model.model.compiled_choice import flat_worth
from egov_model.model.from_network import from_network, starts_of
from egov_model.model.schedule import place, priority_order
from egov_model.model.verify import violations
from egov_model.model.worth import Gain, Worth, live_weeks, worth_of


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), groups=st.integers(1, 8))
def test_the_compiled_worth_is_the_plain_one(seed, groups):
    problem, worth = random_choice(seed, groups)
    starts = np.random.default_rng(seed).integers(-1, problem.weeks + 1 - problem.duration)
    live = live_weeks(problem, starts)
    assert flat_worth(flatten(worth, problem.weeks), problem.group, starts, live) == worth_of(worth, problem, starts)


def choices(network):
    """Every order of every choice of groups in which each stands behind those it follows."""
    groups = range(len(network.groups))
    for some in chain.from_iterable(combinations(groups, n) for n in range(len(groups) + 1)):
        for order in permutations(some):
            if all(p in order[:n] for n, g in enumerate(order) for p in network.after[g]):
                yield np.array(order, dtype=np.int64)


@settings(max_examples=25, deadline=None)
@given(problems(), st.integers(0, 10**6))
def test_of_few_groups_the_best_choice_is_found(made, seed):
    network, duration, amount = made
    if len(network.groups) > 4:
        return
    problem = from_network(network, duration[0], amount[0])
    worth = random_worth(np.random.default_rng(seed), problem)
    best = max(worth_of(worth, problem, starts_of(network, place(network, o, duration[:1], amount[:1]))) for o in choices(network))
    found = choose_order(network, problem, worth, priority_order(network), duration[0], amount[0], 2500)
    assert found.value == best == worth_of(worth, problem, found.starts)
    assert violations(problem, found.starts) == []
    again = ordered(network, problem, worth, found.order, duration[0], amount[0])
    assert (again.starts == found.starts).all() and again.order.tolist() == found.order.tolist()


def test_what_is_worth_nothing_makes_room_and_comes_back_when_it_fits():
    """Money for one of two: the second in rank is worth something; with money for both the first stays, since it costs nothing to keep."""
    for ceiling, placed in ((60, [False, True]), (120, [True, True])):
        network, duration, amount = hand([(10, 60)], [(10, 60)], ceiling=(ceiling, 0))
        problem = from_network(network, duration[0], amount[0])
        worth = Worth((Gain(3, ((1, problem.weeks),)),))
        found = choose_order(network, problem, worth, np.array([0, 1]), duration[0], amount[0], 100)
        assert (found.starts >= 0).tolist() == placed and found.value == 3


def test_required_groups_count_above_any_worth():
    network, duration, amount = hand([(10, 60)], [(10, 60)], ceiling=(60, 0))
    problem = from_network(network, duration[0], amount[0], required=("g0",))
    found = choose_order(network, problem, Worth((Gain(10**9, ((1, problem.weeks),)),)), np.array([1, 0]), duration[0], amount[0], 100)
    assert (found.starts >= 0).tolist() == [True, False] and found.order.tolist() == [0]


def test_the_order_of_a_schedule_keeps_who_follows_whom():
    problem, _ = random_choice(3, 6)
    starts = np.array([2, 0, -1, 0, 1, 1])
    order = order_of(problem, starts).tolist()
    assert sorted(order) == [0, 1, 3, 4, 5]
    at = {g: n for n, g in enumerate(order)}
    assert all(at[p.before] < at[p.after] for p in problem.precedences if p.before in at and p.after in at)
    free = {g: w for g, w in enumerate(starts.tolist()) if w >= 0 and not any(p.after == g for p in problem.precedences)}
    assert [g for g in order if g in free] == sorted(free, key=lambda g: (free[g], g))
