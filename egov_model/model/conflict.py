"""Why no schedule exists: the fewest demands that cannot stand together, in words."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from egov_model.model.constraints import build
from egov_model.model.problem import Problem, earliest_starts
from egov_model.model.verify import LATENESS


@dataclass(frozen=True)
class Demand:
    """One demand of a problem that could be given up: what must be placed, a window, a role's capacity, a year's ceiling."""

    kind: str  # group, windows, resource, ceiling
    index: int
    year: int = -1


@dataclass(frozen=True)
class Conflict:
    """Demands of which every one is needed for the contradiction, and a sentence for each; `proven` is False when time ran out first."""

    demands: tuple[Demand, ...]
    sentences: tuple[str, ...]
    proven: bool


def explain(problem: Problem, limit: float = 10.0, seed: int = 0) -> Conflict | None:
    """A smallest conflict of a problem no schedule can keep (giving up any one of its demands resolves it); None when there is none.

    Each demand is given up in turn and taken back when the rest can then be kept (deletion filter); `limit` is the
    deterministic time of one such question. What is left is irreducible; another conflict may have fewer members.
    """
    demands = _all_demands(problem)
    if _possible(problem, demands, limit, seed) is not False:
        return None
    proven, kept = True, list(demands)
    # the general ones first: what remains then names as few initiatives and years as may be
    for demand in demands:
        without = [d for d in kept if d != demand]
        answer = _possible(problem, without, limit, seed)
        if answer is False:
            kept = without
        proven &= answer is not None
    return Conflict(tuple(kept), tuple(_sentences(problem, kept)), proven)


def _all_demands(problem: Problem) -> list[Demand]:
    users = [r for r in range(len(problem.resources)) if problem.demand[:, r].any()]
    windows = [a for a in range(len(problem.names)) if not _whole(problem, a)]
    years = [
        (f, y) for f in range(len(problem.funds)) for y in range(len(problem.years)) if any(p.amount[:, y].any() for p in problem.payments)
    ]
    return (
        [Demand("ceiling", f, y) for f, y in years]
        + [Demand("resource", r) for r in users]
        + [Demand("windows", a) for a in windows]
        + [Demand("group", g) for g in range(len(problem.groups)) if problem.required[g]]
    )


def _whole(problem: Problem, a: int) -> bool:
    return problem.starts[a] == ((0, problem.weeks),) and problem.finishes[a] is None


def relaxed(problem: Problem, demands: list[Demand]) -> Problem:
    """The problem with only these demands; precedence, durations and the horizon stay."""
    kept = set(demands)
    free = ((0, problem.weeks),)
    windows = [Demand("windows", a) in kept for a in range(len(problem.names))]
    capacity, ceiling = problem.capacity.copy(), problem.ceiling.copy()
    for r in range(len(problem.resources)):
        if Demand("resource", r) not in kept:
            capacity[r] = max(int(problem.demand[:, r].sum()), 1)
    for f in range(len(problem.funds)):
        for y in range(len(problem.years)):
            if Demand("ceiling", f, y) not in kept:
                ceiling[f, y] = sum(int(p.amount[:, y].max()) for p in problem.payments if p.fund == f)
    return replace(
        problem,
        starts=tuple(w if on else free for w, on in zip(problem.starts, windows, strict=True)),
        finishes=tuple(w if on else None for w, on in zip(problem.finishes, windows, strict=True)),
        capacity=capacity,
        ceiling=ceiling,
        required=np.array([problem.required[g] and Demand("group", g) in kept for g in range(len(problem.groups))], dtype=bool),
        due=np.full_like(problem.due, -1),
        left_out=np.zeros_like(problem.left_out),
    )


def _possible(problem: Problem, demands: list[Demand], limit: float, seed: int) -> bool | None:
    """Whether a schedule keeps these demands; None when that is not known in time."""
    asked = relaxed(problem, demands)
    domains = [np.flatnonzero(row) for row in asked.allowed]
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = limit
    status = solver.solve(build(asked, LATENESS, domains).model)
    return {cp_model.OPTIMAL: True, cp_model.FEASIBLE: True, cp_model.INFEASIBLE: False}.get(status)


def _sentences(problem: Problem, demands: list[Demand]) -> list[str]:
    """Each demand in words, with what it needs against what is possible."""
    groups = [d.index for d in demands if d.kind == "group"]
    made = []
    for d in demands:
        if d.kind == "ceiling":
            need = sum(
                _least_payment(problem, p, d.year) for p in problem.payments if p.fund == d.index and problem.group[p.activity] in groups
            )
            made.append(
                f"{problem.years[d.year]}: {problem.funds[d.index]} {need:,} at least, {problem.ceiling[d.index, d.year]:,} possible"
            )
        elif d.kind == "resource":
            made.append(_of_resource(problem, d.index, groups))
        elif d.kind == "windows":
            made.append(f"{problem.names[d.index]}: only in {_windows(problem, d.index)}")
        else:
            made.append(f"{problem.groups[d.index]}: must be placed")
    return made


def _least_payment(problem: Problem, payment, year: int) -> int:
    allowed = problem.windows_allow[payment.activity]
    return int(payment.amount[allowed, year].min()) if allowed.any() else 0


def _of_resource(problem: Problem, r: int, groups: list[int]) -> str:
    """What the conflict's work needs of a role between its first possible and its last possible week, against what there is."""
    users = [a for a in np.flatnonzero(problem.demand[:, r] * problem.duration) if problem.group[a] in groups]
    first = earliest_starts(problem)
    begin = min((int(first[a]) for a in users if first[a] <= problem.weeks), default=0)
    ends = [int(np.flatnonzero(problem.windows_allow[a]).max() + problem.duration[a]) for a in users if problem.windows_allow[a].any()]
    end = max(ends, default=problem.weeks)
    need = sum(int(problem.demand[a, r] * problem.duration[a]) for a in users)
    there = int(problem.capacity[r, begin:end].sum())
    where = f"weeks {begin} to {end}: {problem.resources[r]}"
    if need > there:
        return f"{where} {need:,} in all, {there:,} possible"
    names = ", ".join(problem.names[a] for a in users)
    return f"{where} at most {int(problem.capacity[r, begin:end].max(initial=0)):,} at a time, for {names}"


def _windows(problem: Problem, a: int) -> str:
    """Windows of an activity in words."""
    starts = " or ".join(f"{first}-{last}" for first, last in problem.starts[a]) or "no week"
    if problem.finishes[a] is None:
        return f"start weeks {starts}"
    return f"start weeks {starts}, ended by " + " or ".join(f"{first}-{last}" for first, last in problem.finishes[a])
