"""Least-cost mixes by hand, by brute force on small shortages, and what must hold of every one."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egov_model.model.hiring import FEASIBLE, OPTIMAL, Action, Shortage, Waiting, added_milli, least_cost, levelled_milli


def shortage(need, there, actions=(), waiting=(), buyable=None, tolerance=0) -> Shortage:
    need = np.array(need, dtype=np.int64)
    buyable = np.zeros_like(need) if buyable is None else np.array(buyable, dtype=np.int64)
    return Shortage(need, np.broadcast_to(np.array(there, dtype=np.int64), need.shape), buyable, tolerance, tuple(actions), tuple(waiting))


def action(most, cost, *adds, service=False) -> Action:
    return Action(most, cost, np.array(adds, dtype=np.int64), service)


def wait(months, work, cost, role=0) -> Waiting:
    return Waiting(role, months, np.array(work, dtype=np.int64), cost)


def test_without_a_gap_nothing_is_done():
    made = least_cost(shortage([[900, 1000]], [[1000, 1000]], [action(1, 5, [1000, 1000])]))
    assert made.taken.tolist() == [0] and made.cost_idr == 0 and made.open_milli.tolist() == [[0, 0]] and made.status == OPTIMAL


def test_the_cheaper_of_two_ways_that_both_close_it():
    hire, service = action(1, 70, [0, 800, 800]), action(3, 30, [0, 1000, 1000], service=True)
    made = least_cost(shortage([[0, 500, 400]], 0, [hire, service], buyable=[[0, 500, 500]]))
    assert made.taken.tolist() == [0, 1] and made.cost_idr == 30


def test_a_service_does_only_what_may_be_bought():
    hire, service = action(1, 70, [800, 800]), action(3, 30, [1000, 1000], service=True)
    made = least_cost(shortage([[500, 400]], 0, [hire, service], buyable=[[500, 300]]))
    assert made.taken.tolist() == [1, 0]  # 400 needed, 300 may be bought
    made = least_cost(shortage([[900, 900]], 0, [hire, service], buyable=[[500, 300]]))
    assert made.taken.tolist() == [1, 1] and made.cost_idr == 100 and not made.open_milli.any()  # the service does the rest
    made = least_cost(shortage([[500, 400]], 0, [service], buyable=[[500, 300]]))
    assert made.open_milli.tolist() == [[0, 100]]


def test_what_nothing_closes_stays_open_and_is_least():
    made = least_cost(shortage([[700, 700]], [[200, 200]], [action(1, 1000, [0, 600])]))
    assert made.open_milli.tolist() == [[500, 0]] and made.taken.tolist() == [1]  # closing comes before cost


def test_a_twentieth_is_carried_by_those_there():
    assert not least_cost(shortage([[1050]], 1000, tolerance=50)).open_milli.any()
    assert least_cost(shortage([[1051]], 1000, tolerance=50)).open_milli.tolist() == [[1]]


def test_training_moves_a_person_and_may_open_a_gap_where_they_leave():
    """One who leaves role 0 (800 each month) counts in role 1 from the third month."""
    train = action(1, 10, [-800] * 3, [0, 0, 800])
    made = least_cost(shortage([[100, 100, 100], [0, 0, 500]], [[900] * 3, [0] * 3], [train]))
    assert made.taken.tolist() == [1] and made.cost_idr == 10 and not made.open_milli.any()
    made = least_cost(shortage([[200, 100, 100], [0, 0, 500]], [[900] * 3, [0] * 3], [train]))
    assert made.taken.tolist() == [1] and made.open_milli.tolist() == [[100, 0, 0], [0, 0, 0]]  # 100 open instead of 500


def test_work_waits_for_a_month_with_room_at_its_price():
    made = least_cost(shortage([[600, 100, 100]], [[500] * 3], waiting=[wait(2, [600, 100, 100], 3)]))
    assert made.backlog_milli.tolist() == [[100, 0, 0]] and made.cost_idr == 300


def test_work_waits_no_longer_than_it_may():
    tight = shortage([[600, 500, 100]], [[500] * 3], waiting=[wait(1, [100, 100, 100], 1)])
    made = least_cost(tight)  # the hundred of the first month is done in the second, whose own hundred is done in the third
    assert made.backlog_milli.tolist() == [[100, 100, 0]] and not made.open_milli.any()
    made = least_cost(shortage([[600, 500, 100]], [[500] * 3], waiting=[wait(1, [100, 0, 0], 1)]))
    assert made.open_milli.sum() == 100
    made = least_cost(shortage([[600, 500, 100]], [[500] * 3], waiting=[wait(2, [100, 0, 0], 1)]))
    assert made.backlog_milli.tolist() == [[100, 100, 0]] and not made.open_milli.any()


def test_nothing_waits_beyond_the_last_month():
    made = least_cost(shortage([[0, 300]], 0, waiting=[wait(6, [0, 300], 1)]))
    assert made.open_milli.tolist() == [[0, 300]] and not made.backlog_milli[:, -1].any()


def test_waiting_is_cheaper_than_a_hire_until_it_is_dearer():
    problem = shortage([[600, 100, 100]], [[500] * 3], [action(1, 250, [200] * 3)], [wait(2, [600, 100, 100], 2)])
    assert least_cost(problem).taken.tolist() == [0]
    dearer = replace(problem, waiting=(wait(2, [600, 100, 100], 3),))
    assert least_cost(dearer).taken.tolist() == [1] and least_cost(dearer).cost_idr == 250


def test_the_same_shortage_gives_the_same_mix():
    generator = np.random.default_rng(3)
    for _ in range(5):
        problem = random_shortage(generator)
        one, other = least_cost(problem), least_cost(problem)
        assert one.taken.tolist() == other.taken.tolist() and one.backlog_milli.tolist() == other.backlog_milli.tolist()


def wide_shortage() -> Shortage:
    """Three roles over two years and forty kinds of hires: more than a search finishes at once."""
    generator = np.random.default_rng(1)
    need, there = generator.integers(0, 6000, (3, 24)), generator.integers(0, 3000, (3, 24))
    actions = []
    for _ in range(40):
        adds, role, begins = np.zeros((3, 24), dtype=np.int64), generator.integers(3), generator.integers(24)
        adds[role, begins:] = generator.integers(1, 1000)
        actions.append(Action(int(generator.integers(1, 4)), int(generator.integers(1, 10**6)), adds))
    waits = [wait(3, np.minimum(generator.integers(0, 2000, 24), need[r]), int(generator.integers(1, 50)), r) for r in range(3)]
    return shortage(need, there, actions, waits)


def test_a_mix_that_is_not_proven_says_so_and_what_none_can_fall_below():
    best, hasty = least_cost(wide_shortage()), least_cost(wide_shortage(), 0.001)
    assert best.status == OPTIMAL and best.bound_idr == best.cost_idr
    assert hasty.status == FEASIBLE and hasty.open_milli.sum() == best.open_milli.sum()
    assert hasty.bound_idr < best.cost_idr < hasty.cost_idr


def test_no_time_at_all_finds_no_mix():
    with pytest.raises(ValueError, match="no mix of measures was found within 0 units"):
        least_cost(wide_shortage(), 0)


def random_shortage(generator: np.random.Generator) -> Shortage:
    """One or two roles, three or four months, up to four actions and two kinds of waiting, in small whole numbers."""
    roles, months = int(generator.integers(1, 3)), int(generator.integers(3, 5))

    def numbers(low: int, high: int, *shape: int) -> np.ndarray:
        return generator.integers(low, high, shape)

    actions = []
    for _ in range(int(generator.integers(0, 5))):
        adds = np.zeros((roles, months), dtype=np.int64)
        role, begins = int(generator.integers(roles)), int(generator.integers(months))
        adds[role, begins:] = numbers(1, 4, months - begins)
        service = bool(generator.random() < 0.4)
        if roles == 2 and not service and generator.random() < 0.5:
            adds[1 - role, max(0, begins - 1) :] = -int(generator.integers(1, 3))
        actions.append(Action(int(generator.integers(1, 3)), int(generator.integers(0, 12)), adds, service))
    need = numbers(0, 6, roles, months)
    waiting = [wait(int(generator.integers(1, 3)), np.minimum(numbers(0, 4, months), need[0]), int(generator.integers(0, 5)))]
    if roles == 2:
        more = np.minimum(numbers(0, 4, months), need[1])
        waiting.append(wait(int(generator.integers(1, 4)), more, int(generator.integers(0, 5)), role=1))
    buyable = np.minimum(numbers(0, 6, roles, months), need)
    tolerance = int(generator.integers(0, 2))
    return Shortage(need, numbers(0, 5, roles, months), buyable, tolerance, tuple(actions), tuple(waiting[: int(generator.integers(0, 3))]))


def brute_force(problem: Shortage) -> tuple[int, int]:
    """Least open and, of that, least cost: every count of every action, and for each role every backlog month by month."""
    best = None
    for taken in itertools.product(*(range(a.most + 1) for a in problem.actions)):
        own, bought = (added_by_hand(problem, taken, service) for service in (False, True))
        gap, cost = 0, sum(n * a.cost_idr for n, a in zip(taken, problem.actions, strict=True))
        for r in range(len(problem.need_milli)):
            opened, waited = role_by_hand(problem, r, own[r], bought[r])
            gap, cost = gap + opened, cost + waited
        best = min(best or (gap, cost), (gap, cost))
    return best


def added_by_hand(problem: Shortage, taken, service: bool) -> list[list[int]]:
    roles, months = problem.need_milli.shape
    chosen = [(n, a) for n, a in zip(taken, problem.actions, strict=True) if a.service == service]
    return [[sum(n * int(a.adds_milli[r, t]) for n, a in chosen) for t in range(months)] for r in range(roles)]


def role_by_hand(problem: Shortage, role: int, own, bought) -> tuple[int, int]:
    """Least (open, cost of waiting) of one role, over every backlog; the state is the ages of what waits, oldest first."""
    kinds = [w for w in problem.waiting if w.role == role]
    months = problem.need_milli.shape[1]
    states = {tuple((0,) * w.months for w in kinds): (0, 0)}  # per kind: what waits by how many more months it may
    for t in range(months):
        room = int(problem.there_milli[role, t]) + problem.tolerance_milli + own[t]
        after: dict[tuple, tuple[int, int]] = {}
        for state, (gap, cost) in states.items():
            fixed = int(problem.need_milli[role, t]) - sum(int(w.work_milli[t]) for w in kinds)
            due = fixed + sum(kind[0] for kind in state)  # what may wait no longer
            free = [[*kind[1:], int(w.work_milli[t])] for kind, w in zip(state, kinds, strict=True)]
            last = t == months - 1
            choices = [range(1) if last else range(amount + 1) for kind in free for amount in kind]
            for chosen in itertools.product(*choices):  # how much of each age goes on waiting
                keep, at = [], 0
                for kind in free:
                    keep.append(tuple(chosen[at : at + len(kind)]))
                    at += len(kind)
                done = due + sum(map(sum, free)) - sum(chosen)
                bought_of_it = max(0, min(bought[t], int(problem.buyable_milli[role, t])))
                opened = max(0, done - room - bought_of_it)
                paid = sum(w.cost_idr * sum(kind) for w, kind in zip(kinds, keep, strict=True))
                key, value = tuple(keep), (gap + opened, cost + paid)
                after[key] = min(after.get(key, value), value)
        states = after
    return min(states.values())


@pytest.mark.parametrize("seed", range(150))
def test_no_small_shortage_has_a_better_mix(seed):
    problem = random_shortage(np.random.default_rng(seed))
    made = least_cost(problem)
    assert made.status == OPTIMAL and (int(made.open_milli.sum()), made.cost_idr) == brute_force(problem)
    check(problem, made)


def check(problem: Shortage, made) -> None:
    """What must hold of every mix, by plain sums."""
    level, own, bought = levelled_milli(problem, made.backlog_milli), *(added_milli(problem, made.taken, s) for s in (False, True))
    assert level.sum(axis=1).tolist() == problem.need_milli.sum(axis=1).tolist()  # person-months are conserved
    left = level - problem.there_milli - problem.tolerance_milli - own - made.open_milli
    assert (np.maximum(left, 0) <= np.where(bought > 0, np.minimum(bought, problem.buyable_milli), 0)).all()
    for waiting, row in zip(problem.waiting, made.backlog_milli, strict=True):
        arose = np.cumsum(np.concatenate([[0], waiting.work_milli]))
        for t, waits in enumerate(row.tolist()):
            assert 0 <= waits <= arose[t + 1] - arose[max(0, t + 1 - waiting.months)]
        assert row[-1] == 0
    waited = sum(w.cost_idr * int(row.sum()) for w, row in zip(problem.waiting, made.backlog_milli, strict=True))
    assert made.cost_idr == waited + sum(a.cost_idr * n for a, n in zip(problem.actions, made.taken.tolist(), strict=True))
    assert all(0 <= n <= a.most for a, n in zip(problem.actions, made.taken.tolist(), strict=True))


@settings(max_examples=40)
@given(st.integers(0, 10**6))
def test_more_people_there_never_cost_more(seed):
    problem = random_shortage(np.random.default_rng(seed))
    made, more = least_cost(problem), least_cost(replace(problem, there_milli=problem.there_milli + 1))
    check(problem, made)
    assert (int(more.open_milli.sum()), more.cost_idr) <= (int(made.open_milli.sum()), made.cost_idr)
