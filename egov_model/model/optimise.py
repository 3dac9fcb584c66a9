"""The best schedule of a problem by constraint programming, the same on every run."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from egov_model.model.bound import bound
from egov_model.model.constraints import Model, build
from egov_model.model.descent import descend
from egov_model.model.makespan import is_plain, short_start, within
from egov_model.model.problem import Problem, check_problem
from egov_model.model.verify import MAKESPAN, OBJECTIVES, start_costs, value_of, violations

OPTIMAL, FEASIBLE, IMPOSSIBLE, UNKNOWN = "optimal", "feasible", "impossible", "unknown"
AT_ONCE = 0.05  # share of the limit in which the solver alone may prove the optimum of what is a sum over start weeks
TRIES, ROUNDS, SPLITS = 400_000, 12, 300  # of the descent and of the bound, at most
TRIES_A_UNIT, SPLITS_A_UNIT, TRIES_A_SECOND = 20_000, 4, 4_000
BOUNDING = 0.9  # of a limit by the clock is over when the bound is left as it is


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
    domains = [np.flatnonzero(row) for row in problem.allowed]
    if objective == MAKESPAN and is_plain(problem):
        hint, low = short_start(problem, limit, seed, hint)
        high = value_of(problem, hint, MAKESPAN)
        if low == high:
            return Optimum(OPTIMAL, objective, hint, high, low, 0.0)
        domains, bounds = within(problem, domains, high), (low, high)
        return _solve(problem, objective, domains, hint, limit, seed, workers, wall and wall - (time.monotonic() - began), bounds)
    costs = start_costs(problem, objective)
    part = 1.0 if costs is None else AT_ONCE
    first = _solve(problem, objective, domains, hint, part * limit, seed, workers, wall and part * wall)
    if costs is None or first.status in (OPTIMAL, IMPOSSIBLE):
        return first
    if first.starts is None:
        return _solve(problem, objective, domains, hint, limit, seed, workers, wall and wall - (time.monotonic() - began))
    tries = min(TRIES, int(limit * TRIES_A_UNIT if wall is None else wall * TRIES_A_SECOND))
    starts = descend(problem, costs, first.starts, tries, seed)
    value = value_of(problem, starts, objective)
    stop = (lambda: False) if wall is None else lambda: time.monotonic() - began > BOUNDING * wall
    proven = bound(problem, costs, value, min(ROUNDS, 2 + int(limit)), min(SPLITS, int(limit * SPLITS_A_UNIT)), stop)
    low = max(first.bound, proven.value)
    if low >= value:
        return _result(problem, objective, starts, value)
    # what is proven to lead nowhere goes, what the schedule at hand does stays
    allowed = proven.allowed.copy()
    placed = starts >= 0
    allowed[np.flatnonzero(placed), starts[placed]] = True
    must = np.union1d(np.flatnonzero(problem.required), np.intersect1d(np.flatnonzero(proven.must), problem.group[placed]))
    narrow = replace(problem, required=np.isin(np.arange(len(problem.groups)), must))
    domains = [np.flatnonzero(row) for row in allowed]
    return _solve(narrow, objective, domains, starts, limit, seed, workers, wall and wall - (time.monotonic() - began), None, low)


def _solve(
    problem: Problem,
    objective: str,
    domains: list[np.ndarray],
    hint: np.ndarray | None,
    limit: float,
    seed: int,
    workers: int | None,
    seconds: float | None,
    bounds: tuple[int, int] | None = None,
    low: int = 0,
) -> Optimum:
    """The solver's answer from a hint, for activities that start in `domains`; `low` is a bound that is known."""

    def run(careful: bool) -> Optimum:
        made = build(problem, objective, domains, bounds, careful)
        if hint is not None:
            add_hint(made, problem, hint)
        solver = cp_model.CpSolver()
        set_parameters(solver, limit, seed, objective, workers)
        if seconds is not None:
            solver.parameters.max_time_in_seconds = max(0.05, seconds)
        return _answer(problem, objective, solver, solver.solve(made.model), made, hint, bounds[0] if bounds else low)

    answer = run(False)
    if answer.starts is None or not violations(problem, answer.starts):
        return answer
    # a ceiling broken by a few units of money: the same again with payments never too low, held against the bound of the first
    strict = run(True)
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
