"""What every schedule keeps, over random problems with several draws each."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from egov_model.model.network import ONCE, YEARLY, Network
from egov_model.model.schedule import NO_MONEY, NO_PEOPLE, NO_UPKEEP, NO_WINDOW, PLACED, WAITS_FOR, place, priority_order
from egov_model.model.timeline import Window

WEEKS, YEARS = 104, 2
WEEK_YEAR = np.repeat([0, 1], 52)


@st.composite
def problems(draw):
    """A network of up to six groups of up to three activities over two years, durations and amounts for two draws."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    groups = draw(st.integers(1, 6))
    activities = tuple((g, f"a{n}") for g in range(groups) for n in range(rng.integers(0, 4)))
    count = len(activities)
    spends = rng.random(count) < 0.6
    lines = [(g, -1, int(rng.choice([YEARLY, 1]))) for g in range(groups) if rng.random() < 0.5]
    lines += [(g, a, ONCE) for a, (g, _) in enumerate(activities) if spends[a]]
    opens = sorted(rng.integers(0, 20, 2))
    network = Network(
        groups=tuple(f"g{n}" for n in range(groups)),
        after=tuple(tuple(int(p) for p in range(g) if rng.random() < 0.3) for g in range(groups)),
        earliest=rng.integers(0, 30, groups),
        priority=rng.permutation(groups),
        multi_year=rng.random(groups) < 0.4,
        fund=rng.integers(0, 2, groups),
        windows=tuple((Window(0, int(opens[0]), 40, 50, False), Window(1, 52 + int(opens[1]), 92, 102, False)) for _ in range(groups)),
        activities=activities,
        spends=spends,
        role_demand=rng.integers(0, 3, (count, 2)) * 500,
        roles=("r0", "r1"),
        capacity=rng.integers(1, 4, (2, 1)) * 500 * np.ones((2, WEEKS), dtype=np.int64),
        funds=("f0", "f1"),
        ceiling_idr=rng.integers(0, 400, (1, 2, YEARS)),
        lines=tuple(f"l{n}" for n in range(len(lines))),
        line_group=np.array([line[0] for line in lines], dtype=np.int64),
        line_activity=np.array([line[1] for line in lines], dtype=np.int64),
        line_every=np.array([line[2] for line in lines], dtype=np.int64),
        week_year=WEEK_YEAR,
    )
    return network, rng.integers(0, 30, (2, count)), rng.integers(0, 120, (2, len(lines), YEARS))


def money_by_fund(network, paid):
    used = np.zeros((len(network.funds), YEARS), dtype=np.int64)
    np.add.at(used, network.fund[network.line_group], paid)
    return used


@settings(max_examples=150, deadline=None)
@given(problems())
def test_every_draw_keeps_precedence_gates_people_and_ceilings(problem):
    network, duration, amount = problem
    made = place(network, priority_order(network), duration, amount)
    for d in range(2):
        used_people = np.zeros((2, WEEKS), dtype=np.int64)
        for g, chain in enumerate(network.chains):
            live = made.live[d, g]
            assert (live >= 0) == (made.status[d, g] == PLACED)
            if live < 0:
                assert all(made.start[d, a] < 0 for a in chain)
                assert not made.paid_idr[d, network.line_group == g].any()
                continue
            ready = max([network.earliest[g], *(made.live[d, p] for p in network.after[g])])
            assert all(made.live[d, p] >= 0 for p in network.after[g])
            for a in chain:
                start, finish = made.start[d, a], made.finish[d, a]
                assert start >= ready and finish == start + duration[d, a] <= WEEKS
                ready = finish
                used_people[:, start:finish] += network.role_demand[a][:, None]
                mine = network.line_activity == a
                if network.spends[a] and amount[d, mine].any() and made.paid_idr[d, mine].any():
                    fits = [
                        w for w in network.windows[g] if w.opens <= start <= w.last_start and (network.multi_year[g] or finish <= w.closes)
                    ]
                    assert fits
                    price = amount[d, mine, WEEK_YEAR[min(start, WEEKS - 1)]]
                    assert made.paid_idr[d, mine].sum() == price.sum()  # a contract is paid to the last rupiah
            assert live == ready if chain else live >= ready  # what only runs may wait for money, not for work
        assert (used_people <= network.capacity).all()
        assert (money_by_fund(network, made.paid_idr[d]) <= network.ceiling_idr[0]).all()


@settings(max_examples=60, deadline=None)
@given(problems())
def test_draws_do_not_touch_each_other(problem):
    network, duration, amount = problem
    order = priority_order(network)
    together = place(network, order, duration, amount)
    for d in range(2):
        alone = place(network, order, duration[d : d + 1], amount[d : d + 1])
        assert (alone.start[0] == together.start[d]).all() and (alone.paid_idr[0] == together.paid_idr[d]).all()


@settings(max_examples=60, deadline=None)
@given(problems())
def test_the_order_puts_nobody_before_a_predecessor(problem):
    network, _, _ = problem
    place_of = {g: n for n, g in enumerate(priority_order(network).tolist())}
    assert sorted(place_of) == list(range(len(network.groups)))
    assert all(place_of[p] < place_of[g] for g, before in enumerate(network.after) for p in before)


@settings(max_examples=60, deadline=None)
@given(problems())
def test_money_without_limit_never_stops_anything(problem):
    network, duration, amount = problem
    rich = replace(network, ceiling_idr=np.full_like(network.ceiling_idr, 10**12))
    status = place(rich, priority_order(rich), duration, amount).status
    assert not np.isin(status, [NO_MONEY, NO_UPKEEP]).any()
    assert set(np.unique(status)) <= {PLACED, NO_WINDOW, NO_PEOPLE, WAITS_FOR}


@settings(max_examples=40, deadline=None)
@given(problems())
def test_same_input_same_answer(problem):
    network, duration, amount = problem
    one, two = (place(network, priority_order(network), duration.copy(), amount.copy()) for _ in range(2))
    assert all((getattr(one, f) == getattr(two, f)).all() for f in one.__dataclass_fields__)
