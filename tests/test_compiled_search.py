"""The compiled search places only what a move may change, and finds what a plain one finds that places everything each time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_schedule import hand, problems

from egov_model.model.compiled_search import INCREMENT, LATE, MULTIPLIER, REACH, search
from egov_model.model.from_network import from_network
from egov_model.model.schedule import place, priority_order
from egov_model.model.shape import shape_of


def plain_search(network, order, weeks, amounts, cost, absent, tries, seed):
    """The same search in Python: every order that is tried is placed as a whole. Order, its worth, and how many other orders it went by."""
    state, now = seed, order.tolist()

    def below(n):
        nonlocal state
        state = (state * int(MULTIPLIER) + int(INCREMENT)) % 2**64
        return (state >> 33) % n

    def live_of(order):
        return place(network, np.array(order), weeks[None], amounts[None]).live[0]

    def worth(live):
        return sum(int(absent[g] if week < 0 else cost[g, week]) for g, week in enumerate(live))

    live = live_of(now)
    value = best = worth(live)
    found, past, kept = now, [value] * LATE, 0
    for k in range(1, tries + 1):
        at = below(len(now))
        group = now[at]
        reach = len(now) if live[group] < 0 else REACH
        to = min(max(at + below(2 * reach + 1) - reach, 0), len(now) - 1)
        passed = now[at + 1 : to + 1] if to > at else now[to:at][::-1]
        stops = [n for n, g in enumerate(passed) if (group in network.after[g] if to > at else g in network.after[group])]
        steps = stops[0] if stops else len(passed)
        if not steps:
            continue
        rest = now[:at] + now[at + 1 :]
        place_at = at + steps if to > at else at - steps
        moved = [*rest[:place_at], group, *rest[place_at:]]
        tried_live = live_of(moved)
        tried = worth(tried_live)
        if tried <= value or tried <= past[k % LATE]:
            now, live, value, kept = moved, tried_live, tried, kept + 1
            if value < best:
                best, found = value, now
        past[k % LATE] = min(past[k % LATE], value)
    return found, best, kept


def read_of(network, duration, amount):
    """What `search` reads of a network beside its shape, worth by weighted completion."""
    problem = from_network(network, duration[0], amount[0])
    weight = len(network.groups) - np.argsort(np.argsort(network.priority))
    cost = np.ascontiguousarray(weight[:, None] * np.arange(problem.weeks + 1))
    return shape_of(network, amount.shape[2]), (duration[0], amount[0], network.ceiling_idr[0]), (cost, problem.left_out.astype(np.int64))


@settings(max_examples=40, deadline=None)
@given(problems(), st.integers(0, 100))
def test_of_random_problems_it_finds_what_a_plain_search_finds(made, seed):
    network, first = made[0], priority_order(made[0])
    shape, read, worth = read_of(*made)
    order, value = search(shape, first, *(np.ascontiguousarray(part, dtype=np.int64) for part in read), *worth, False, 60, seed)
    plain, plain_value, _ = plain_search(network, first, read[0], read[1], *worth, 60, seed)
    assert (order.tolist(), value) == (plain, plain_value)


@pytest.mark.parametrize("seed", range(4))
def test_of_many_groups_it_finds_what_a_plain_search_finds(seed):
    """Nineteen groups, five blocks: work of all lengths for two people, some of it paid, some behind other work, and money for a part."""
    jobs = [[(n * 5 % 11 + 2, 10 + n if n % 3 else None, (400 + 50 * (n % 4),))] for n in range(19)]
    network, duration, amount = hand(*jobs, ceiling=(90, 80), upkeep=((4, 3, 0), (11, 2, 0)))
    network = replace(network, after=tuple((n - 4,) if n % 5 == 4 else () for n in range(19)))
    shape, read, worth = read_of(network, duration, amount)
    first = priority_order(network)
    order, value = search(shape, first, *read, *worth, False, 900, seed)
    plain, plain_value, kept = plain_search(network, first, read[0], read[1], *worth, 900, seed)
    assert (order.tolist(), value) == (plain, plain_value) and kept > 50
