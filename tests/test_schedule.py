"""What every schedule keeps, over random problems with several draws each."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egov_model.model.compiled_groups import NO_MONEY, NO_PEOPLE, NO_UPKEEP, NO_WINDOW, PLACED, WAITS_FOR
from egov_model.model.network import ONCE, YEARLY, Network
from egov_model.model.schedule import Disturbances, place, priority_order
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


@settings(max_examples=150)
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


@settings(max_examples=60)
@given(problems())
def test_draws_do_not_touch_each_other(problem):
    network, duration, amount = problem
    order = priority_order(network)
    together = place(network, order, duration, amount)
    for d in range(2):
        alone = place(network, order, duration[d : d + 1], amount[d : d + 1])
        assert (alone.start[0] == together.start[d]).all() and (alone.paid_idr[0] == together.paid_idr[d]).all()


@settings(max_examples=60)
@given(problems())
def test_the_order_puts_nobody_before_a_predecessor(problem):
    network, _, _ = problem
    place_of = {g: n for n, g in enumerate(priority_order(network).tolist())}
    assert sorted(place_of) == list(range(len(network.groups)))
    assert all(place_of[p] < place_of[g] for g, before in enumerate(network.after) for p in before)


@settings(max_examples=60)
@given(problems())
def test_money_without_limit_never_stops_anything(problem):
    network, duration, amount = problem
    rich = replace(network, ceiling_idr=np.full_like(network.ceiling_idr, 10**12))
    status = place(rich, priority_order(rich), duration, amount).status
    assert not np.isin(status, [NO_MONEY, NO_UPKEEP]).any()
    assert set(np.unique(status)) <= {PLACED, NO_WINDOW, NO_PEOPLE, WAITS_FOR}


@settings(max_examples=40)
@given(problems())
def test_same_input_same_answer(problem):
    network, duration, amount = problem
    one, two = (place(network, priority_order(network), duration.copy(), amount.copy()) for _ in range(2))
    assert all((getattr(one, f) == getattr(two, f)).all() for f in one.__dataclass_fields__)


def hand(*chains, weeks=104, ceiling=(1000, 1000), capacity=(1000,), opens=0, multi=False, **changes):
    """A network of hand-made groups: each a list of (weeks, price if it spends, needs by role), with one window a year of 52 weeks and
    lines as they are given; returned with durations and amounts of one draw, equal in every year."""
    steps = [(g, *step) for g, chain in enumerate(chains) for step in chain]
    years, count = len(ceiling), len(chains)
    paid = [n for n, step in enumerate(steps) if step[2] is not None]
    upkeep = changes.pop("upkeep", ())  # (group, amount, every)
    network = Network(
        groups=tuple(f"g{n}" for n in range(count)),
        after=tuple(() for _ in chains),
        earliest=np.zeros(count, dtype=np.int64),
        priority=np.arange(count),
        multi_year=np.full(count, multi),
        fund=np.zeros(count, dtype=np.int64),
        windows=(tuple(Window(y, 52 * y + opens, 52 * y + 40, 52 * y + 50, False) for y in range(years)),) * count,
        activities=tuple((step[0], f"a{n}") for n, step in enumerate(steps)),
        spends=np.array([step[2] is not None for step in steps], dtype=bool),
        role_demand=np.array([(step[3] if len(step) > 3 else (0,) * len(capacity)) for step in steps]).reshape(-1, len(capacity)),
        roles=tuple(f"r{n}" for n in range(len(capacity))),
        capacity=np.array([np.broadcast_to(c, weeks) for c in capacity]),
        funds=("f0",),
        ceiling_idr=np.array([[ceiling]]),
        lines=tuple(f"l{n}" for n in range(len(paid) + len(upkeep))),
        line_group=np.array([*(steps[n][0] for n in paid), *(u[0] for u in upkeep)], dtype=np.int64),
        line_activity=np.array([*paid, *(-1 for _ in upkeep)], dtype=np.int64),
        line_every=np.array([*(ONCE for _ in paid), *(u[2] for u in upkeep)], dtype=np.int64),
        week_year=np.arange(weeks) // 52,
    )
    amounts = np.array([*(steps[n][2] for n in paid), *(u[1] for u in upkeep)], dtype=np.int64)
    duration = np.array([[step[1] for step in steps]], dtype=np.int64)
    return replace(network, **changes), duration, np.repeat(amounts, years).reshape(1, -1, years)


def placed(*chains, **changes):
    network, duration, amount = hand(*chains, **changes)
    return place(network, np.arange(len(chains)), duration, amount)


def test_order_by_priority_and_by_that_of_what_waits():
    network, _, _ = hand([], [], [], priority=np.array([3, 1, 2]))
    assert priority_order(network).tolist() == [1, 2, 0]
    network, _, _ = hand([], [], [], priority=np.array([0, 9, 5]), after=((1, 2), (), ()))
    assert priority_order(network).tolist() == [2, 1, 0]
    assert str(priority_order(hand()[0]).dtype) == "int64"


@pytest.mark.parametrize(("earliest", "start", "status"), [(94, 94, PLACED), (95, -1, NO_WINDOW)])
def test_work_may_end_with_the_plan_but_not_after(earliest, start, status):
    made = placed([(10, None)], earliest=np.array([earliest]))
    assert made.start.tolist() == [[start]] and made.status.tolist() == [[status]] and made.status_at.tolist() == [[0]]
    assert made.live.tolist() == made.finish.tolist() == [[104 if start > 0 else -1]]


def test_a_contract_may_end_with_the_plan():
    made = placed([(10, 5)], earliest=np.array([94]), windows=((Window(1, 90, 100, 110, False),),))
    assert made.start.tolist() == [[94]] and made.paid_idr.tolist() == [[[0, 5]]]


def test_what_could_only_begin_after_the_plan_has_no_window():
    made = placed([], earliest=np.array([104]))
    assert made.live.tolist() == [[-1]] and made.status.tolist() == [[NO_WINDOW]] and made.status_at.tolist() == [[0]]


def test_a_contract_without_length_at_the_very_end_is_paid_in_the_last_year():
    made = placed([(104, None), (0, 7)], windows=((Window(1, 60, 104, 104, False),),))
    assert made.start.tolist() == [[0, 104]] and made.paid_idr.tolist() == [[[0, 7]]]
    made = placed([(104, None), (0, 7)], windows=((Window(1, 60, 104, 104, False),),), ceiling=(9, 6))
    assert made.status.tolist() == [[NO_MONEY]] and made.status_at.tolist() == [[1]]


def test_no_contract_without_a_window():
    made = placed([(45, 5)], opens=6)  # from week 6 to the close at week 50 are 44
    assert made.status.tolist() == [[NO_WINDOW]] and made.status_at.tolist() == [[0]]


def test_waits_are_told_apart():
    """Ready in week 3; the gate opens in week 6, people are free from week 10, money comes with year 1, whose gate opens in week 58."""
    free = np.where(np.arange(104) < 10, 499, 500)
    made = placed([(5, 100, (500,))], earliest=np.array([3]), opens=6, capacity=(free,), ceiling=(99, 100))
    assert made.start.tolist() == [[58]]
    waits = [getattr(made, f"waited_{why}")[0, 0] for why in ("gate", "people", "money")]
    assert waits == [3, 4, 48] and made.waited_gate.dtype == made.waited_money.dtype == np.int64


def test_work_without_length_needs_nobody():
    made = placed([(0, None, (500,))], capacity=(0,))
    assert made.start.tolist() == [[0]] and made.status.tolist() == [[PLACED]]


def test_without_people_there_is_no_place():
    made = placed([(1, None, (500,))], capacity=(499,))
    assert made.status.tolist() == [[NO_PEOPLE]] and made.start.tolist() == [[-1]]


FIRST_TEN = np.where(np.arange(104) < 10, 0, 1000)
SOMETIMES = np.where(np.arange(104) % 4 == 0, 0, 1000)


@pytest.mark.parametrize(
    ("capacity", "role"),
    [
        ((FIRST_TEN, SOMETIMES), 1),  # lacks in 26 weeks, the other in 10
        ((SOMETIMES, FIRST_TEN), 0),
        ((500, 499), 1),  # just enough is not scarce
        ((0, 0), 0),  # the first of equals
    ],
)
def test_the_scarcest_role_is_named(capacity, role):
    made = placed([(30, None, (500, 500))], capacity=capacity)
    assert made.status.tolist() == [[NO_PEOPLE]] and made.status_at.tolist() == [[role]]


def test_what_a_chain_has_taken_is_gone_for_its_next_contract():
    made = placed([(5, 60), (5, 60)], opens=2, ceiling=(100, 60))
    assert made.start.tolist() == [[2, 54]] and made.paid_idr.tolist() == [[[60, 0], [0, 60]]]


def test_each_draw_has_its_own_ceiling():
    network, duration, amount = hand([(5, 60)])
    three = replace(network, ceiling_idr=np.array([[[60, 0]], [[0, 60]], [[59, 59]]]))
    made = place(three, np.array([0]), duration.repeat(3, axis=0), amount.repeat(3, axis=0))
    assert made.start.ravel().tolist() == [0, 52, -1] and made.status.ravel().tolist() == [PLACED, PLACED, NO_MONEY]


def test_a_contract_over_years_starts_in_the_first_week_whose_share_fits():
    """100 over 40 weeks, 50 in year 0: at most 20 weeks there, so from week 32."""
    made = placed([(40, 100)], multi=True, earliest=np.array([5]), ceiling=(50, 100))
    assert made.start.tolist() == [[32]] and made.paid_idr.tolist() == [[[50, 50]]] and made.waited_money.tolist() == [[27]]


@pytest.mark.parametrize(("start", "paid"), [(20, [80, 130, 90]), (60, [0, 240, 60])])  # 300 over 120 or 55 weeks
def test_a_contract_over_years_is_paid_by_the_weeks_in_each(start, paid):
    made = placed([(120 if start == 20 else 55, 300)], multi=True, earliest=np.array([start]), weeks=156, ceiling=(999,) * 3)
    assert made.paid_idr.tolist() == [[paid]]


def test_running_costs_begin_with_the_week_of_going_live():
    """104 a year, live from week 78: half of year 1; a refresh every year after that in year 2."""
    made = placed([(78, None)], weeks=156, ceiling=(999,) * 3, upkeep=((0, 104, YEARLY), (0, 30, 1)))
    assert made.paid_idr.tolist() == [[[0, 52, 104], [0, 0, 30]]]


def test_running_costs_that_do_not_fit_are_tried_again_from_the_next_year():
    """Work of 20 weeks from week 40 would run for 44 weeks of year 1, for which 40 are paid; from week 52 it runs for 32."""
    made = placed([(20, None)], earliest=np.array([40]), ceiling=(0, 40), upkeep=((0, 52, YEARLY),))
    assert made.start.tolist() == [[52]] and made.live.tolist() == [[72]] and made.paid_idr.tolist() == [[[0, 32]]]


def test_running_costs_that_never_fit_name_their_first_short_year():
    made = placed([], ceiling=(60, 40), upkeep=((0, 52, YEARLY),))
    assert made.status.tolist() == [[NO_UPKEEP]] and made.status_at.tolist() == [[1]] and made.live.tolist() == [[-1]]


def disturbed(*chains, longer=None, gate_weeks=(0, 0), people=(1, 1), **changes):
    """One draw of hand-made groups under disturbances: weeks added by activity and year, later windows by year, share of people there."""
    network, duration, amount = hand(*chains, **changes)
    longer = np.zeros((1, len(network.activities), 2), dtype=np.int32) if longer is None else np.array([longer], dtype=np.int32)
    share = np.array([[people] * len(network.roles)], dtype=np.float32)
    there = Disturbances(longer, np.array([gate_weeks], dtype=np.int32), share)
    return place(network, np.arange(len(chains)), duration, amount, disturbances=there)


def test_an_activity_takes_the_weeks_that_are_added_in_the_year_it_starts():
    """Ten weeks and five more in year 0; begun in year 1 it takes three more; what takes no time is not lengthened."""
    assert disturbed([(10, None)], longer=[[5, 3]]).finish.tolist() == [[15]]
    assert disturbed([(10, None)], longer=[[5, 3]], earliest=np.array([60])).finish.tolist() == [[73]]
    assert disturbed([(0, None)], longer=[[5, 3]]).finish.tolist() == [[0]]


def test_windows_open_later_in_the_year_whose_gate_is_late():
    """The gate of week 6 opens three weeks late; that of year 1, in week 58, on time."""
    assert disturbed([(5, 60)], opens=6, gate_weeks=(3, 0)).start.tolist() == [[9]]
    assert disturbed([(5, 60)], opens=6, gate_weeks=(3, 0), earliest=np.array([52])).start.tolist() == [[58]]


def test_fewer_people_are_too_few_until_the_year_in_which_all_are_there():
    """Half of 998 thousandths is 499, and 500 are asked for; half of 1,000 is enough."""
    assert disturbed([(5, None, (500,))], capacity=(998,), people=(0.5, 0.5)).status.tolist() == [[NO_PEOPLE]]
    assert disturbed([(5, None, (500,))], capacity=(998,), people=(0.5, 1)).start.tolist() == [[52]]
    assert disturbed([(5, None, (500,))], capacity=(1000,), people=(0.5, 1)).start.tolist() == [[0]]


def test_a_group_that_the_order_does_not_name_has_no_place():
    network, duration, amount = hand([(5, 60)], [(5, 60)])
    made = place(network, np.array([1]), duration, amount)
    assert made.live.tolist() == [[-1, 5]] and made.start.tolist() == [[-1, 0]]
