"""The bound against every schedule there is, on small problems: never too high, and nothing that could be better is thrown away."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from brute_force import best_by_trying_all, random_problem
from hypothesis import given, settings
from hypothesis import strategies as st

from egov_model.inputs.errors import InputError
from egov_model.model.bound import bound
from egov_model.model.cuts import cuts_of, lifted_cover, paths
from egov_model.model.forest import NEVER, cheapest, make_forest, spans
from egov_model.model.optimise import optimise
from egov_model.model.problem import Problem, check_problem
from egov_model.model.rows import make_rows, money_rows, people_rows, precedence_rows
from egov_model.model.verify import COMPLETION, LATENESS, start_costs, value_of, violations


def solved(seed: int, objective: str = COMPLETION):
    """A random problem that has a schedule, and its least value; None where it has none."""
    problem = random_problem(seed)
    try:
        check_problem(problem)
    except InputError:
        return None
    best = best_by_trying_all(problem, objective)
    return None if best is None else (problem, best)


@pytest.mark.parametrize("objective", (COMPLETION, LATENESS))
def test_never_above_the_best_and_never_without_it(objective):
    """300 problems; a tenth of an optimum's value more is known, so the best schedule has to stay."""
    tight, count = 0, 0
    for seed in range(300):
        if (known := solved(20_000 + seed, objective)) is None:
            continue
        problem, best = known
        found = bound(problem, start_costs(problem, objective), best + 1 + best // 10, rounds=2, splits=4)
        assert found.value <= best, seed
        optimum = optimise(problem, objective, limit=20, workers=1).starts
        placed = optimum >= 0
        assert found.allowed[np.flatnonzero(placed), optimum[placed]].all(), seed
        assert found.must[np.setdiff1d(problem.group, problem.group[placed])].sum() == 0, seed
        count, tight = count + 1, tight + (found.value == best)
    assert count > 150 and tight > 0.8 * count  # bounds of such small problems nearly always meet


def test_nothing_below_the_best_is_left():
    for seed in range(60):
        if (known := solved(30_000 + seed)) is not None:
            problem, best = known
            found = bound(problem, start_costs(problem, COMPLETION), best, rounds=2, splits=30)
            assert found.value <= best
            if found.value == best:
                assert not found.allowed.any()


@settings(max_examples=60)
@given(st.integers(0, 2**31))
def test_rows_hold_what_schedules_keep(seed):
    """What the best schedule uses of every row is within the limit."""
    if (known := solved(seed)) is None:
        return
    problem, _ = known
    starts = optimise(problem, COMPLETION, limit=20, workers=1).starts
    rows = make_rows(people_rows(problem) + money_rows(problem) + precedence_rows(problem, problem.precedences))
    for j in range(len(rows)):
        assert sum(c for a, first, last, c in rows.terms(j) if first <= starts[a] <= last) <= rows.limit[j]


def test_rows_by_hand():
    """Two weeks of work for one of two desks from week 0 to 3: whoever started in t or t - 1 works in t."""
    problem = Problem(
        names=("a", "b"),
        duration=np.array([2, 1]),
        weeks=4,
        resources=("desk",),
        demand=np.array([[1], [2]]),
        capacity=np.full((1, 4), 2, dtype=np.int64),
    )
    assert people_rows(problem)[1] == ([(0, 0, 1, 1), (1, 1, 1, 2)], 2)
    assert len(people_rows(problem)) == 4 and money_rows(problem) == []


@settings(max_examples=80)
@given(st.integers(0, 2**31))
def test_the_forest_costs_what_its_starts_cost_and_no_schedule_less(seed):
    if (known := solved(seed)) is None:
        return
    problem, best = known
    forest, _ = make_forest(problem)
    cost = np.where(problem.allowed, start_costs(problem, COMPLETION), NEVER)
    n = len(cost)
    start, low, high, out = (np.empty(n, dtype=np.int64) for _ in range(4))
    spans(cost, NEVER, low, high)
    least = cheapest(cost, forest.absent, *forest.arrays, low, high, NEVER, start, *(np.empty_like(cost) for _ in range(3)), out)
    assert least == value_of(problem, start, COMPLETION) <= best
    later_than = [p for p in problem.precedences if forest.parent[p.after] == p.before and forest.waits[p.after]]
    assert all(start[p.after] < 0 or start[p.after] >= start[p.before] + problem.duration[p.before] + p.lag for p in later_than)


@settings(max_examples=150)
@given(st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=3, unique=True), min_size=2, max_size=6), st.integers(1, 20), st.data())
def test_a_lifted_cover_holds_for_every_choice_of_weights(items, limit, data):
    items = [sorted(levels) for levels in items]
    ptr = np.concatenate([[0], np.cumsum([len(levels) for levels in items])])
    levels = np.concatenate(items).astype(np.int64)
    reach = np.array(data.draw(st.lists(st.floats(0, 1), min_size=len(levels), max_size=len(levels))))
    value = np.zeros(len(levels), dtype=np.int64)
    right = lifted_cover(ptr, levels, reach, limit, value)
    for choice in product(*[range(-1, len(levels)) for levels in items]):
        weight = sum(items[i][m] for i, m in enumerate(choice) if m >= 0)
        if right > 0 and weight <= limit:
            assert sum(value[ptr[i] + m] for i, m in enumerate(choice) if m >= 0) <= right


def test_a_cut_by_hand():
    """Three want two of three people in week 0: fractions of two thirds fit, whole ones do not: one of them at a time."""
    rows = make_rows([([(a, 0, 0, 2) for a in range(3)], 3)])
    share = np.array([[0.5, 0.5]] * 3)
    found = cuts_of(rows, np.array([0]), np.arange(3), share, np.ones((3, 2), dtype=bool))
    assert found == [([(0, 0, 0, 1), (1, 0, 0, 1), (2, 0, 0, 1)], 1)]
    assert cuts_of(rows, np.array([0]), np.arange(3), np.array([[0.3, 0.7]] * 3), np.ones((3, 2), dtype=bool)) == []


@settings(max_examples=60)
@given(st.integers(0, 2**31))
def test_activities_of_one_path_never_run_at_once(seed):
    if (known := solved(seed)) is None:
        return
    problem, _ = known
    path = paths(problem, make_forest(problem)[0])
    starts = optimise(problem, COMPLETION, limit=20, workers=1).starts
    assert violations(problem, starts) == []
    for number in np.unique(path):
        weeks = [(starts[a], starts[a] + problem.duration[a]) for a in np.flatnonzero(path == number) if starts[a] >= 0]
        assert all(one[1] <= two[0] or two[1] <= one[0] for i, one in enumerate(weeks) for two in weeks[:i])
