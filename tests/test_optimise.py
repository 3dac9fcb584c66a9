"""The optimiser against every schedule there is, on small problems, and against what any schedule must keep."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import pytest
from brute_force import best_by_trying_all, random_problem
from hypothesis import given, settings
from hypothesis import strategies as st

from egov_model.inputs.errors import InputError
from egov_model.model import optimise as optimise_module
from egov_model.model.optimise import AT_ONCE, IMPOSSIBLE, OPTIMAL, optimise
from egov_model.model.problem import Payment, Precedence, Problem
from egov_model.model.verify import COMPLETION, LATENESS, LEVELLED, MAKESPAN, OBJECTIVES, value_of, violations

PER_OBJECTIVE = 90
MIDDLING = "340c3b21d6f2b4a1"


@pytest.mark.parametrize("part", range(3))
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_agrees_with_trying_all(objective, part):
    """4 x 90 problems with gates, ceilings and groups to leave out; none may differ."""
    solved = 0
    for seed in range(part * PER_OBJECTIVE // 3, (part + 1) * PER_OBJECTIVE // 3):
        problem = random_problem(1000 * OBJECTIVES.index(objective) + seed)
        best = best_by_trying_all(problem, objective)
        try:
            found = optimise(problem, objective, limit=20, workers=1)
        except InputError:
            assert best is None, seed
            continue
        assert (found.status, found.value) == ((IMPOSSIBLE, None) if best is None else (OPTIMAL, best)), seed
        if best is not None:
            assert violations(problem, found.starts) == [], seed
            assert value_of(problem, found.starts, objective) == best == found.bound, seed
            solved += 1
    assert solved >= 10  # the problems are no empty exercise


def test_large_money_is_exact_to_the_unit():
    """Billions with odd units at the end, and ceilings that a few units decide: still what trying all finds."""
    decided = 0
    for seed in range(60):
        small = random_problem(5000 + seed)
        rng = np.random.default_rng(seed)
        count, half = len(small.names), small.weeks // 2
        first = np.arange(small.weeks + 1)[:, None] < half
        amounts = [
            np.where(np.hstack([first, ~first]), rng.integers(1, 4) * 10**9 + rng.integers(0, 40, (small.weeks + 1, 1)), 0)
            for _ in range(count)
        ]
        payments = tuple(Payment(a, 0, amount) for a, amount in enumerate(amounts))
        problem = replace(small, payments=payments, ceiling=rng.integers(2, 6, (2, 2)) * 10**9 + rng.integers(0, 80, (2, 2)))
        best = best_by_trying_all(problem, COMPLETION)
        decided += best != best_by_trying_all(replace(problem, ceiling=problem.ceiling + 500), COMPLETION)
        try:
            found = optimise(problem, COMPLETION, limit=20, workers=1)
        except InputError:
            assert best is None, seed
            continue
        assert found.value == best, seed
        if best is not None:
            assert violations(problem, found.starts) == [] and found.bound <= best, seed
    assert decided >= 3


def test_worked_by_hand():
    """Two weeks of a, then b and c (two weeks each) want the one desk: makespan 6; with b weighing more it goes first."""
    problem = Problem(
        names=("a", "b", "c"),
        duration=np.array([2, 2, 2]),
        weeks=12,
        precedences=(Precedence(0, 1), Precedence(0, 2)),
        resources=("desk",),
        demand=np.array([[0], [1], [1]]),
        capacity=np.ones((1, 12), dtype=np.int64),
        weight=np.array([0, 3, 1]),
    )
    assert optimise(problem, MAKESPAN).value == 6
    found = optimise(problem, COMPLETION)
    assert found.value == 3 * 4 + 6
    assert found.starts.tolist() == [0, 2, 4]
    assert optimise(replace(problem, due=np.array([-1, 4, 4])), LATENESS).value == 2
    assert optimise(problem, LEVELLED).value == 1


def test_a_ceiling_moves_work_to_the_next_year():
    """Both cost 60 of 100 a year: the one that weighs less waits for week 6, where the second year begins."""
    amount = np.zeros((13, 2), dtype=np.int64)
    amount[:6, 0], amount[6:, 1] = 60, 60
    problem = Problem(
        names=("a", "b"),
        duration=np.array([1, 1]),
        weeks=12,
        weight=np.array([1, 2]),
        funds=("dau",),
        years=("2027", "2028"),
        ceiling=np.array([[100, 100]]),
        payments=(Payment(0, 0, amount), Payment(1, 0, amount)),
    )
    assert optimise(problem, COMPLETION).starts.tolist() == [6, 0]


@settings(max_examples=40)
@given(st.integers(0, 2**31), st.sampled_from(OBJECTIVES))
def test_what_raising_a_ceiling_or_a_capacity_cannot_do(seed, objective):
    problem = random_problem(seed)
    richer = replace(problem, ceiling=problem.ceiling + 3)
    wider = replace(problem, capacity=problem.capacity + 1)
    try:
        before = optimise(problem, objective, limit=10, workers=1)
    except InputError:
        return
    if before.status == IMPOSSIBLE:
        return
    others = (richer, wider) if objective != LEVELLED else (richer,)  # a wider role changes the price of leaving out
    for other in others:
        assert optimise(other, objective, limit=10, workers=1).value <= before.value


@settings(max_examples=15)
@given(st.integers(0, 2**31), st.sampled_from((1, 3)))
def test_same_problem_same_schedule(seed, workers):
    problem = random_problem(seed)
    try:
        one, two = (optimise(problem, COMPLETION, limit=5, workers=workers) for _ in range(2))
    except InputError:
        return
    assert (one.status, one.value, one.bound) == (two.status, two.value, two.bound)
    assert one.starts is two.starts is None or (one.starts == two.starts).all()


def test_never_worse_than_the_hint_and_no_false_hint():
    problem = random_problem(7, plain=True)
    problem = replace(problem, required=np.ones_like(problem.required), weeks=60, starts=None, finishes=None, capacity=np.full((2, 60), 3))
    problem = replace(problem, starts=(((0, 60),),) * len(problem.names), funds=(), years=(), ceiling=np.zeros((0, 0), dtype=np.int64))
    late = optimise(problem, MAKESPAN).starts + 9
    assert optimise(problem, MAKESPAN, limit=0.0, hint=late).value <= value_of(problem, late, MAKESPAN)
    with pytest.raises(ValueError, match="no schedule of this problem"):
        optimise(problem, MAKESPAN, hint=np.full(len(late), 59))


@pytest.mark.parametrize(("objective", "share"), [(MAKESPAN, 1.0), (LEVELLED, 1.0), (COMPLETION, AT_ONCE), (LATENESS, AT_ONCE)])
def test_the_solver_has_the_whole_limit_unless_prices_come_behind_it(monkeypatch, objective, share):
    limits = []
    solve = optimise_module._solve
    monkeypatch.setattr(optimise_module, "_solve", lambda *args, **more: limits.append((args[4], args[7])) or solve(*args, **more))
    optimise(random_problem(4), objective, limit=8.0, workers=1, wall=100.0)
    assert limits[0] == (8.0 * share, 100.0 * share)


def test_unknown_objective():
    with pytest.raises(ValueError, match="allowed: makespan, completion, lateness, levelled"):
        optimise(random_problem(1), "speed")


def towns(groups: int) -> Problem:
    """Initiatives of three steps each for two roles over three years, of which the second is a contract of one year under a ceiling."""
    rng = np.random.default_rng(7)
    weeks, count = 90, 3 * groups
    price = rng.integers(10, 60, groups)
    amount = np.zeros((groups, weeks + 1, 3), dtype=np.int64)
    for y in range(3):
        amount[:, 30 * y : 30 * y + 30 + (y == 2), y] = price[:, None]
    return Problem(
        names=tuple(f"a{n}" for n in range(count)),
        duration=rng.integers(2, 9, count),
        weeks=weeks,
        precedences=tuple(Precedence(n, n + 1) for n in range(count) if n % 3 < 2)
        + (Precedence(2, 6), Precedence(5, 9), Precedence(5, 12)),
        resources=("r0", "r1"),
        demand=rng.integers(0, 6, (count, 2)),
        capacity=np.tile(rng.integers(7, 11, (2, 9)), (1, 10)),
        starts=tuple(tuple((30 * y + 5, 30 * y + 20) for y in range(3)) if n % 3 == 1 else ((0, weeks),) for n in range(count)),
        weight=np.where(np.arange(count) % 3 == 2, groups - np.arange(count) // 3, 0),
        groups=tuple(f"g{n}" for n in range(groups)),
        group=np.arange(count) // 3,
        required=np.zeros(groups, dtype=bool),
        left_out=2 * weeks * (groups - np.arange(groups)),
        funds=("f",),
        years=("1", "2", "3"),
        ceiling=np.array([[150, 160, 170]]),
        payments=tuple(Payment(3 * g + 1, 0, amount[g]) for g in range(groups)),
    )


def test_a_plan_of_a_middling_size_is_the_same_on_every_machine():
    """A stored digest of start weeks and bound, through all that `optimise` does: descent, prices, cuts, halves and the solver."""
    problem = towns(14)
    found = optimise(problem, COMPLETION, limit=0.6, seed=1, workers=4)
    assert violations(problem, found.starts) == [] and found.bound <= found.value
    made = hashlib.sha256(found.starts.astype("<i8").tobytes() + str((found.value, found.bound)).encode()).hexdigest()
    assert made[:16] == MIDDLING
