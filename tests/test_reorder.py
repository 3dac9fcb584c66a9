"""A better order is an order of `place` that keeps who follows whom and never loses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from plan_samples import edge
from test_schedule import problems

from egov_model.model.from_network import from_network, starts_of
from egov_model.model.reorder import better_order
from egov_model.model.schedule import place, priority_order
from egov_model.model.verify import COMPLETION, value_of, violations


@settings(max_examples=30, deadline=None)
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
