"""A better order is an order of `place` that keeps who follows whom and never loses."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from plan_samples import edge
from test_schedule import hand, problems

from egov_model.model.from_network import from_network, starts_of
from egov_model.model.network import YEARLY
from egov_model.model.reorder import better_order
from egov_model.model.schedule import place, priority_order
from egov_model.model.verify import COMPLETION, LATENESS, LEVELLED, MAKESPAN, value_of, violations


@settings(max_examples=30)
@given(problems())
def test_an_order_never_loses_and_place_makes_its_schedule(made):
    network, duration, amount = made
    problem, first = from_network(network, duration[0], amount[0]), priority_order(network)
    order, starts = better_order(network, problem, first, duration[0], amount[0], COMPLETION, 20)
    again = starts_of(network, place(network, order, duration[:1], amount[:1]))
    assert (again == starts).all() and violations(problem, starts) == []
    before = starts_of(network, place(network, first, duration[:1], amount[:1]))
    assert value_of(problem, starts, COMPLETION) <= value_of(problem, before, COMPLETION)
    stands = {g: n for n, g in enumerate(order.tolist())}
    assert sorted(stands) == list(range(len(network.groups)))
    assert all(stands[p] < stands[g] for g, before in enumerate(network.after) for p in before)


def test_a_short_job_of_equal_weight_goes_first():
    """One person, a job of nine weeks ranked before one of one week: worth 2 x 9 + 10 = 28; turned round 1 x 1 + 2 x 10 = 21."""
    base = edge("as it is").network
    weeks_in_plan = base.capacity.shape[1]
    network = replace(
        base,
        groups=("long", "short"),
        after=((), ()),
        earliest=np.zeros(2, dtype=np.int64),
        priority=np.array([1, 2]),
        multi_year=np.zeros(2, dtype=bool),
        fund=np.zeros(2, dtype=np.int64),
        windows=((), ()),
        activities=((0, "work"), (1, "work")),
        spends=np.zeros(2, dtype=bool),
        role_demand=np.array([[1], [1]]),
        roles=("one",),
        capacity=np.ones((1, weeks_in_plan), dtype=np.int64),
        lines=(),
        line_group=np.zeros(0, dtype=np.int64),
        line_activity=np.zeros(0, dtype=np.int64),
        line_every=np.zeros(0, dtype=np.int64),
    )
    weeks, amounts = np.array([9, 1]), np.zeros((0, base.ceiling_idr.shape[2]), dtype=np.int64)
    problem = from_network(network, weeks, amounts)
    order, starts = better_order(network, problem, np.array([0, 1]), weeks, amounts, COMPLETION, 50)
    assert order.tolist() == [1, 0] and starts.tolist() == [1, 0]
    assert value_of(problem, starts, COMPLETION) == 21


@pytest.mark.parametrize("later", [20, 10])
def test_a_service_that_runs_is_never_switched_off_for_a_new_one(later):
    """Two services of 8 a year under 10 in the first and 20 later: one waits for the second year; under 10 always one has no place. The
    new one counts twice as much, so it is the other that waits or falls out, unless that is one that goes on."""
    base = edge("as it is").network
    years = base.ceiling_idr.shape[2]
    network = replace(
        base,
        groups=("runs", "new"),
        after=((), ()),
        earliest=np.zeros(2, dtype=np.int64),
        priority=np.array([2, 1]),
        multi_year=np.zeros(2, dtype=bool),
        fund=np.zeros(2, dtype=np.int64),
        windows=((), ()),
        activities=(),
        spends=np.zeros(0, dtype=bool),
        role_demand=np.zeros((0, len(base.roles)), dtype=np.int64),
        ceiling_idr=np.array([[[10] + [later] * (years - 1)]]),
        funds=("one",),
        lines=("runs-pay", "new-pay"),
        line_group=np.array([0, 1]),
        line_activity=np.array([-1, -1]),
        line_every=np.array([YEARLY, YEARLY]),
    )
    weeks, amounts = np.zeros(0, dtype=np.int64), np.full((2, years), 8)
    problem = from_network(network, weeks, amounts)
    wait = int((network.week_year == 0).sum()) if later == 20 else -1

    def starts(**more):
        return better_order(network, problem, np.array([0, 1]), weeks, amounts, COMPLETION, 50, **more)[1].tolist()

    assert starts() == [wait, 0] and starts(going_on=np.zeros(2, dtype=bool)) == [wait, 0]
    assert starts(going_on=np.array([True, False])) == [0, wait]


def orders(network):
    """Every order of the groups in which each stands behind those it follows."""
    for order in permutations(range(len(network.groups))):
        at = {g: n for n, g in enumerate(order)}
        if all(at[p] < at[g] for g, before in enumerate(network.after) for p in before):
            yield np.array(order)


@settings(max_examples=25)
@given(problems())
def test_of_few_groups_the_best_of_all_orders_is_found(made):
    network, duration, amount = made
    if len(network.groups) > 4:
        return
    due = {name: 30 + 10 * n for n, name in enumerate(network.groups)}
    problem = from_network(network, duration[0], amount[0], due=due)
    for objective in (COMPLETION, LATENESS, MAKESPAN):
        worth = [value_of(problem, starts_of(network, place(network, o, duration[:1], amount[:1])), objective) for o in orders(network)]
        _, starts = better_order(network, problem, priority_order(network), duration[0], amount[0], objective, 900)
        assert value_of(problem, starts, objective) == min(worth)


def test_a_required_group_counts_above_all_others():
    """Money for one of two: the first in rank is worth more, but the second is required."""
    network, duration, amount = hand([(10, 60)], [(10, 60)], ceiling=(60, 0))
    free, asked = (from_network(network, duration[0], amount[0], required=required) for required in ((), ("g1",)))
    left = [better_order(network, p, np.array([0, 1]), duration[0], amount[0], COMPLETION, 30)[1].tolist() for p in (free, asked)]
    assert left == [[0, -1], [-1, 0]]


def test_levelled_use_leaves_the_order_alone_and_an_unknown_objective_is_refused():
    network, duration, amount = hand([(10, None, (600,))], [(1, None, (600,))])
    problem = from_network(network, duration[0], amount[0])
    read = (network, problem, np.array([0, 1]), duration[0], amount[0])
    assert better_order(*read, LEVELLED, 30)[0].tolist() == [0, 1]
    with pytest.raises(ValueError, match="objective 'money'; allowed: completion, lateness, makespan, levelled"):
        better_order(*read, "money", 30)


def test_the_same_seed_gives_the_same_order():
    network, duration, amount = hand(*[[(n % 7 + 3, 10 + n, (300 + 50 * n,))] for n in range(9)], ceiling=(70, 70))
    problem = from_network(network, duration[0], amount[0])
    one, two, other = (
        better_order(network, problem, np.arange(9), duration[0], amount[0], COMPLETION, 300, seed)[0].tolist() for seed in (4, 4, 5)
    )
    assert one == two and sorted(other) == sorted(one)
