"""The best schedule of a problem by constraint programming, the same on every run."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from egov_model.model.constraints import Model, build
from egov_model.model.makespan import is_plain, short_start, within
from egov_model.model.problem import Problem, check_problem
from egov_model.model.verify import MAKESPAN, OBJECTIVES, value_of, violations

OPTIMAL, FEASIBLE, IMPOSSIBLE, UNKNOWN = "optimal", "feasible", "impossible", "unknown"


@dataclass(frozen=True)
class Optimum:
    """Start weeks (activities,; -1: group left out), what they are worth, and the proven `bound` no schedule can fall below.

    `gap` is (value - bound) / value. `status` is optimal, feasible (a schedule, not proven best), impossible, or unknown (no schedule
    found in time); without a schedule `starts` is None.
    """

    status: str
    objective: str
    starts: np.ndarray | None
    value: int | None
    bound: int
    gap: float


def optimise(
    problem: Problem,
    objective: str = MAKESPAN,
    limit: float = 60.0,
    seed: int = 0,
    hint: np.ndarray | None = None,
    workers: int | None = None,
    wall: float | None = None,
) -> Optimum:
    """The best schedule found within `limit` units of deterministic time, never worse than `hint`; a unit is a few seconds by the clock.

    `workers` search at once (by default 8 for the makespan and 4 for what weighs; 1 is plain search).
    Same problem, objective, limit, seed and workers: same answer, on a slow machine as on a fast one; only with `wall`, a limit in
    seconds by the clock, may a slower machine find less. Raises InputError for a problem no schedule can satisfy activity by activity
    (see check_problem) and ValueError for an unknown objective or a hint that is no schedule.
    """
    began = time.monotonic()
    if objective not in OBJECTIVES:
        raise ValueError(f"objective {objective!r}; allowed: {', '.join(OBJECTIVES)}")
    check_problem(problem)
    if hint is not None and violations(problem, hint):
        raise ValueError(f"the hint is no schedule of this problem: {violations(problem, hint)[0]}")
    domains, bounds = [np.flatnonzero(row) for row in problem.allowed], None
    if objective == MAKESPAN and is_plain(problem):
        hint, low = short_start(problem, limit, seed, hint)
        high = value_of(problem, hint, MAKESPAN)
        if low == high:
            return Optimum(OPTIMAL, objective, hint, high, low, 0.0)
        domains, bounds = within(problem, domains, high), (low, high)

    def run(careful: bool, seconds: float) -> Optimum:
        made = build(problem, objective, domains, bounds, careful)
        if hint is not None:
            add_hint(made, problem, hint)
        solver = cp_model.CpSolver()
        set_parameters(solver, seconds, seed, objective, workers)
        if wall is not None:
            solver.parameters.max_time_in_seconds = max(0.05, wall - (time.monotonic() - began))
        return _answer(problem, objective, solver, solver.solve(made.model), made, hint, bounds[0] if bounds else 0)

    answer = run(False, limit)
    if answer.starts is None or not violations(problem, answer.starts):
        return answer
    # a ceiling broken by a few units of money: the same again with payments never too low, held against the bound of the first
    strict = run(True, limit)
    if strict.starts is None:
        return Optimum(UNKNOWN, objective, None, None, answer.bound, 1.0)
    return _result(problem, objective, strict.starts, answer.bound)


def set_parameters(solver: cp_model.CpSolver, limit: float, seed: int, objective: str, workers: int | None) -> None:
    """Reproducible search: deterministic time instead of seconds, and workers that take turns in a fixed order."""
    workers = workers or (8 if objective == MAKESPAN else 4)
    if workers > 1 and objective != MAKESPAN:
        # one whole search with the strongest linear bound; all others look for better schedules near the best one
        solver.parameters.subsolvers.extend(["max_lp"])
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = workers
    solver.parameters.interleave_search = workers > 1
    solver.parameters.max_deterministic_time = limit


def add_hint(made: Model, problem: Problem, starts: np.ndarray) -> None:
    """Start the search from a schedule."""
    for a, begin in enumerate(starts):
        if begin >= 0:
            made.model.add_hint(made.start[a], int(begin))
    for g, literal in enumerate(made.placed):
        members = np.flatnonzero(problem.group == g)
        made.model.add_hint(literal, bool(len(members) == 0 or starts[members[0]] >= 0))


def _answer(problem: Problem, objective: str, solver, status, made: Model, hint: np.ndarray | None, low: int) -> Optimum:
    if status == cp_model.INFEASIBLE:
        return Optimum(IMPOSSIBLE, objective, None, None, 0, 0.0)
    bound = max(low, int(np.ceil(solver.best_objective_bound - 1e-6)))
    starts = hint
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        placed = [bool(solver.value(made.placed[g])) for g in range(len(problem.groups))]
        found = np.array([solver.value(v) if placed[g] else -1 for v, g in zip(made.start, problem.group, strict=True)], dtype=np.int64)
        if starts is None or value_of(problem, found, objective) <= value_of(problem, starts, objective):
            starts = found
    if starts is None:
        return Optimum(UNKNOWN, objective, None, None, bound, 1.0)
    return _result(problem, objective, starts, value_of(problem, starts, objective) if status == cp_model.OPTIMAL else bound)


def _result(problem: Problem, objective: str, starts: np.ndarray, bound: int) -> Optimum:
    """A schedule with its value, held against a bound."""
    value = value_of(problem, starts, objective)
    bound = min(bound, value)
    return Optimum(OPTIMAL if value == bound else FEASIBLE, objective, starts, value, bound, (value - bound) / value if value else 0.0)
