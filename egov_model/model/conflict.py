"""Why no schedule exists: the fewest demands that cannot stand together, in words."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from egov_model.model.constraints import build
from egov_model.model.problem import Problem, earliest_starts
from egov_model.model.verify import LATENESS

MOST_NAMED, MOST_LINES = 5, 8  # of those that want the same; of demands of one kind that get a sentence each


@dataclass(frozen=True)
class Demand:
    """One demand of a problem that could be given up: what must be placed, a window, a role's capacity, a year's ceiling."""

    kind: str  # group, windows, resource, ceiling
    index: int
    year: int = -1


@dataclass(frozen=True)
class Conflict:
    """Demands of which every one is needed for the contradiction, in sentences; `proven` is False when time ran out first."""

    demands: tuple[Demand, ...]
    sentences: tuple[str, ...]
    proven: bool


def explain(problem: Problem, limit: float = 20.0, seed: int = 0) -> Conflict | None:
    """A smallest conflict of a problem no schedule can keep (giving up any one of its demands resolves it); None when there is none,
    one without demands when `limit` ends before that is known.

    Demands are given up in halves, ever smaller, and taken back when the rest can then be kept (deletion filter by bisection; QuickXplain
    of Junker 2004 asks alike). `limit` is the deterministic time of all questions together; one gets a twentieth at most. What is left
    is irreducible when `proven`; another conflict may have fewer members.
    """
    time = [limit]
    kept = _all_demands(problem)
    possible = _possible(problem, kept, time, limit / 2, seed)
    if possible is not False:
        return None if possible else Conflict((), (), False)
    proven = True
    # the general ones first: what remains then names as few initiatives and years as may be
    for kind in ("ceiling", "resource", "windows", "group"):
        mine = [d for d in kept if d.kind == kind]
        tied = _tied(problem, kept) if kind in ("windows", "group") else mine
        parts = [[d for d in mine if d in tied], [d for d in mine if d not in tied]]
        while parts:
            part = parts.pop()
            answer = _possible(problem, [d for d in kept if d not in part], time, limit / 20, seed) if part else True
            if answer is False:
                kept = [d for d in kept if d not in part]
            elif len(part) > 1:
                parts += [part[len(part) // 2 :], part[: len(part) // 2]]
            elif part:
                proven &= answer is True
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


def _tied(problem: Problem, kept: list[Demand]) -> set[Demand]:
    """Groups and windows that pay under a ceiling or work for a resource that is still asked for: the others go first, all at once."""
    funds, resources = {d.index for d in kept if d.kind == "ceiling"}, [d.index for d in kept if d.kind == "resource"]
    payers = {p.activity for p in problem.payments if p.fund in funds}
    activities = payers | {int(a) for a in np.flatnonzero(problem.demand[:, resources].any(axis=1))}
    return {Demand("windows", a) for a in activities} | {Demand("group", int(problem.group[a])) for a in activities}


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


def _possible(problem: Problem, demands: list[Demand], time: list[float], most: float, seed: int) -> bool | None:
    """Whether a schedule keeps these demands; None when that is not known within `most`, which is taken from what is left of `time`."""
    if time[0] <= 0:
        return None
    asked = relaxed(problem, demands)
    domains = [np.flatnonzero(row) for row in asked.allowed]
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = min(most, time[0])
    status = solver.solve(build(asked, LATENESS, domains).model)
    time[0] -= solver.response_proto.deterministic_time
    return {cp_model.OPTIMAL: True, cp_model.FEASIBLE: True, cp_model.INFEASIBLE: False}.get(status)


def _sentences(problem: Problem, demands: list[Demand]) -> list[str]:
    """The demands in words, with what is needed against what is possible; those that only say something together, or are many, in one."""
    named = [d.index for d in demands if d.kind == "group"]
    problem, groups, said = *_narrowed(relaxed(problem, demands), named), problem
    made = []
    for f, fund in enumerate(problem.funds):
        years = [d.year for d in demands if d.kind == "ceiling" and d.index == f]
        short = [y for y in years if _least_payment(problem, groups, f, [y]) > problem.ceiling[f, y]]
        for some in [[y] for y in short] or ([years] if years else []):
            need, there = _least_payment(problem, groups, f, some), int(problem.ceiling[f, some].sum())
            if need > there:
                made.append(f"{', '.join(problem.years[y] for y in some)}: {fund} {need:,} at least, {there:,} possible")
            else:
                made.append(_of_ceilings(problem, f, some, groups))
    made += [_of_resource(problem, d.index, groups) for d in demands if d.kind == "resource"]
    windows = [d.index for d in demands if d.kind == "windows"]
    if len(windows) > MOST_LINES:
        made.append(f"start only in their windows: {', '.join(problem.names[a] for a in windows)}")
    else:
        made += [f"{problem.names[a]}: {_windows(said, a)}" for a in windows]
    if len(named) > MOST_LINES:
        made.append(f"must be placed: {', '.join(problem.groups[g] for g in named)}")
    else:
        made += [f"{problem.groups[g]}: must be placed" for g in named]
    return made


def _narrowed(problem: Problem, named: list[int]) -> tuple[Problem, list[int]]:
    """The problem with start weeks that what comes before and behind leaves, and the groups named with all that they follow."""
    groups, behind = set(named), True
    while behind:
        behind = {int(problem.group[p.before]) for p in problem.precedences if problem.group[p.after] in groups} - groups
        groups |= behind
    first = earliest_starts(replace(problem, payments=(), demand=np.zeros_like(problem.demand)))  # by windows and precedence alone
    last = np.array([np.flatnonzero(row).max(initial=-1) for row in problem.windows_allow])
    rank = np.argsort(problem.order)
    for p in sorted(problem.precedences, key=lambda p: -rank[p.after]):
        if problem.group[p.after] in groups:
            last[p.before] = min(last[p.before], last[p.after] - p.lag - problem.duration[p.before])
    starts = tuple(
        tuple((max(f, int(first[a])), min(t, int(last[a]))) for f, t in windows if max(f, first[a]) <= min(t, last[a]))
        for a, windows in enumerate(problem.starts)
    )
    return replace(problem, starts=starts), sorted(groups)


def _least_payment(problem: Problem, groups: list[int], fund: int, years: list[int]) -> int:
    """What these groups pay from a fund in these years together at least, each activity by itself."""
    made = 0
    for p in problem.payments:
        allowed = problem.windows_allow[p.activity]
        if p.fund == fund and problem.group[p.activity] in groups and allowed.any():
            made += int(p.amount[allowed][:, years].sum(axis=1).min())
    return made


def _of_ceilings(problem: Problem, fund: int, years: list[int], groups: list[int]) -> str:
    """Ceilings that hold the whole but not its parts: the largest of them, each by what it pays in one of the years at least."""
    parts: dict[int, int] = {}
    for p in problem.payments:
        allowed, g = problem.windows_allow[p.activity], int(problem.group[p.activity])
        if p.fund == fund and g in groups and allowed.any():
            parts[g] = max(parts.get(g, 0), int(p.amount[allowed][:, years].max(axis=1).min()))
    largest = sorted([g for g in parts if parts[g]], key=lambda g: (-parts[g], g))[:MOST_NAMED]
    each = ", ".join(f"{problem.groups[g]} {parts[g]:,}" for g in largest)
    there = ", ".join(f"{problem.ceiling[fund, y]:,} in {problem.years[y]}" for y in years)
    return f"{problem.funds[fund]}: {there} possible; in one of these years at least {each}"


def _of_resource(problem: Problem, r: int, groups: list[int]) -> str:
    """What the conflict's work needs of a role between its first possible and its last possible week, against what there is."""
    users = [a for a in np.flatnonzero(problem.demand[:, r] * problem.duration) if problem.group[a] in groups]
    first = earliest_starts(problem)
    begin = min((int(first[a]) for a in users if first[a] <= problem.weeks), default=0)
    ends = [int(np.flatnonzero(problem.windows_allow[a]).max() + problem.duration[a]) for a in users if problem.windows_allow[a].any()]
    end = max(ends, default=problem.weeks)
    need = sum(int(problem.demand[a, r] * problem.duration[a]) for a in users)
    there = int(problem.capacity[r, begin:end].sum())
    where = f"{_span(problem, begin, end)}: {problem.resources[r]}"
    if need > there:
        return f"{where} {_amount(problem, need)} in all, {_amount(problem, there)} possible"
    most = sorted(users, key=lambda a: (-problem.demand[a, r], a))
    names = ", ".join(f"{problem.names[a]} {_amount(problem, int(problem.demand[a, r]))}" for a in most[:MOST_NAMED])
    others = f" and {len(most) - MOST_NAMED} more" if len(most) > MOST_NAMED else ""
    return f"{where} at most {_amount(problem, int(problem.capacity[r, begin:end].max(initial=0)))} at a time, for {names}{others}"


def _amount(problem: Problem, value: int) -> str:
    """A demand or capacity in whole ones, with two decimals where parts are left."""
    return f"{value / problem.parts:,.2f}".removesuffix(".00")


def _span(problem: Problem, first: int, last: int) -> str:
    """Weeks by number, or by the names they have."""
    if problem.week_names:
        return f"{problem.week_names[max(first, 0)]} to {problem.week_names[min(last, problem.weeks)]}"
    return f"weeks {first} to {last}"


def _windows(problem: Problem, a: int) -> str:
    """Windows of an activity in words."""
    starts = " or ".join(_span(problem, *window) for window in problem.starts[a]) or "never"
    if problem.finishes[a] is None:
        return f"starts only {starts}"
    return f"starts only {starts}, ends only " + (" or ".join(_span(problem, *window) for window in problem.finishes[a]) or "never")
