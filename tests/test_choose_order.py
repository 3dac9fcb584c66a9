"""Choice and order together: the compiled worth is the plain one, and few groups give the best of every choice in every order."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from portfolio_samples import random_choice, random_worth
from test_schedule import hand, problems

from egov_model.model.choose_order import Ordered, choose_order, flatten, order_of, ordered
from egov_model.model.compiled_choice import flat_worth
from egov_model.model.from_network import from_network, starts_of
from egov_model.model.schedule import place, priority_order
from egov_model.model.verify import violations
from egov_model.model.worth import Gain, Worth, live_weeks, worth_of


@settings(max_examples=60)
@given(seed=st.integers(0, 10**6), groups=st.integers(1, 8))
def test_the_compiled_worth_is_the_plain_one(seed, groups):
    problem, worth = random_choice(seed, groups)
    starts = np.random.default_rng(seed).integers(-1, problem.weeks + 1 - problem.duration)
    live = live_weeks(problem, starts)
    assert flat_worth(flatten(worth, problem.weeks), problem.group, starts, live)[0] == worth_of(worth, problem, starts)


def beginning(network, problem, order):
    """Where a search begins: all groups in an order, at their own earliest weeks."""
    return Ordered(np.array(order), network.earliest, np.full(len(problem.names), -1), 0)


def choices(network):
    """Every order of every choice of groups in which each stands behind those it follows."""
    groups = range(len(network.groups))
    for some in chain.from_iterable(combinations(groups, n) for n in range(len(groups) + 1)):
        for order in permutations(some):
            if all(p in order[:n] for n, g in enumerate(order) for p in network.after[g]):
                yield np.array(order, dtype=np.int64)


@settings(max_examples=25)
@given(problems(), st.integers(0, 10**6))
def test_a_search_never_loses_and_place_makes_its_schedule(made, seed):
    network, duration, amount = made
    problem = from_network(network, duration[0], amount[0])
    worth = random_worth(np.random.default_rng(seed), problem)
    read = (duration[0], amount[0])
    first = ordered(network, problem, worth, priority_order(network), network.earliest, *read)
    found = choose_order(network, problem, worth, first, *read, 300)
    assert found.value == worth_of(worth, problem, found.starts) >= first.value
    assert violations(problem, found.starts) == []
    again = ordered(network, problem, worth, found.order, found.earliest, *read)
    assert (again.starts == found.starts).all() and again.order.tolist() == found.order.tolist()


def test_of_few_groups_the_best_choice_is_found():
    """Four jobs and money for two of them: the best pair of six, in the order that reaches both gains."""
    network, duration, amount = hand([(10, 30)], [(5, 30)], [(20, 30)], [(8, 30)], ceiling=(60, 0))
    problem = from_network(network, duration[0], amount[0])
    for seed in range(20):
        worth = random_worth(np.random.default_rng(seed), problem)
        read = (duration[0], amount[0])
        best = max(worth_of(worth, problem, starts_of(network, place(network, o, read[0][None], read[1][None]))) for o in choices(network))
        found = choose_order(network, problem, worth, beginning(network, problem, [0, 1, 2, 3]), *read, 2000)
        assert found.value >= best  # a group that waits may be worth more still


def test_what_is_worth_nothing_makes_room_and_comes_back_when_it_fits():
    """Money for one of two: the second in rank is worth something; with money for both the first stays, since it costs nothing to keep."""
    for ceiling, placed in ((60, [False, True]), (120, [True, True])):
        network, duration, amount = hand([(10, 60)], [(10, 60)], ceiling=(ceiling, 0))
        problem = from_network(network, duration[0], amount[0])
        worth = Worth((Gain(3, ((1, problem.weeks),)),))
        found = choose_order(network, problem, worth, beginning(network, problem, [0, 1]), duration[0], amount[0], 100)
        assert (found.starts >= 0).tolist() == placed and found.value == 3


def test_a_group_waits_for_a_year_when_that_is_worth_more():
    """Money for one contract a year: both fit when the second in the order waits for the second year, and only then is the first early."""
    network, duration, amount = hand([(10, 60)], [(10, 60)], ceiling=(60, 60))
    problem = from_network(network, duration[0], amount[0])
    year = int(np.searchsorted(network.week_year, 1))
    late = np.array([0] * year + [5] * (problem.weeks + 1 - year))
    found = choose_order(network, problem, Worth(starts=((0, late),)), beginning(network, problem, [0, 1]), duration[0], amount[0], 200)
    assert found.value == 5 and found.starts[0] >= year > found.starts[1] >= 0


def test_required_groups_count_above_any_worth():
    network, duration, amount = hand([(10, 60)], [(10, 60)], ceiling=(60, 0))
    problem = from_network(network, duration[0], amount[0], required=("g0",))
    found = choose_order(
        network, problem, Worth((Gain(10**8, ((1, problem.weeks),)),)), beginning(network, problem, [1, 0]), duration[0], amount[0], 100
    )
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


def test_a_worth_beyond_what_can_be_told_apart_is_refused():
    network, duration, amount = hand([(10, 60)], ceiling=(60, 0))
    problem = from_network(network, duration[0], amount[0])
    with pytest.raises(ValueError, match="larger unit"):
        choose_order(network, problem, Worth((Gain(1 << 27),)), beginning(network, problem, [0]), duration[0], amount[0], 10)


def test_what_stands_counts_for_more_than_two_others():
    """Required contracts of 120, 60 and 60 under 120: the two, unless the one stands."""
    network, duration, amount = hand([(10, 120)], [(10, 60)], [(10, 60)], ceiling=(120, 0))
    problem = from_network(network, duration[0], amount[0], required=("g0", "g1", "g2"))
    for standing, placed in ((False, [1, 2]), (True, [0])):
        asked = replace(problem, standing=np.array([standing, False, False]))
        found = choose_order(network, asked, Worth(()), beginning(network, asked, [0, 1, 2]), duration[0], amount[0], 500)
        assert sorted(found.order.tolist()) == placed
