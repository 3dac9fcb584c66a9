"""The descent never leaves a schedule for a worse one or for none, and finds what waiting on purpose gains."""

from __future__ import annotations

import numpy as np
from brute_force import best_by_trying_all, random_problem

from egov_model.inputs.errors import InputError
from egov_model.model.descent import descend
from egov_model.model.optimise import optimise
from egov_model.model.problem import Precedence, Problem
from egov_model.model.verify import COMPLETION, MAKESPAN, start_costs, value_of, violations


def test_no_worse_than_its_start_and_mostly_the_best():
    best_found = tried = 0
    for seed in range(200):
        problem = random_problem(40_000 + seed)
        try:
            first = optimise(problem, MAKESPAN, limit=20, workers=1).starts
        except InputError:
            continue
        if first is None:
            continue
        cost = start_costs(problem, COMPLETION)
        found = descend(problem, cost, first, 300)
        assert violations(problem, found) == [], seed
        assert value_of(problem, found, COMPLETION) <= value_of(problem, first, COMPLETION), seed
        assert (found == descend(problem, cost, first, 300)).all()
        tried, best_found = tried + 1, best_found + (value_of(problem, found, COMPLETION) == best_by_trying_all(problem, COMPLETION))
    assert tried > 100 and best_found > 0.8 * tried


def test_waiting_on_purpose():
    """The long one could begin at once, and the heavy one, free from week 1, would wait: 10 x 7 + 6; held back it is 10 x 2 + 8."""
    problem = Problem(
        names=("long", "heavy"),
        duration=np.array([6, 1]),
        weeks=12,
        precedences=(),
        resources=("desk",),
        demand=np.array([[1], [1]]),
        capacity=np.ones((1, 12), dtype=np.int64),
        starts=(((0, 12),), ((1, 12),)),
        weight=np.array([1, 10]),
        groups=("long", "heavy"),
        group=np.array([0, 1]),
    )
    found = descend(problem, start_costs(problem, COMPLETION), np.array([0, 6]), 500)
    assert found.tolist() == [2, 1]


def test_what_follows_is_placed_behind():
    problem = Problem(
        names=("a", "b"),
        duration=np.array([2, 2]),
        weeks=12,
        precedences=(Precedence(0, 1, 1),),
        groups=("a", "b"),
        group=np.array([0, 1]),
    )
    assert descend(problem, start_costs(problem, COMPLETION), np.array([3, 9]), 50).tolist() == [0, 3]
