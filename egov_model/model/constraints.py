"""A scheduling problem as a CP-SAT model: variables, constraints and objectives, exact in whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from ortools.sat.python import cp_model

from egov_model.model.problem import Precedence, Problem
from egov_model.model.verify import COMPLETION, LATENESS, LEVELLED, MAKESPAN, above_levelling

FEW = 12  # up to so many different rows of payment, one literal each will do; above, one for every start week


@dataclass(frozen=True)
class Model:
    """A built model: start variable of every activity, literal of every group (placed or not)."""

    model: cp_model.CpModel
    start: list[cp_model.IntVar]
    placed: list[cp_model.IntVar]


def build(problem: Problem, objective: str, domains: list[np.ndarray], bounds: tuple[int, int] | None = None) -> Model:
    """The model of a problem whose activities may start in `domains` (start weeks, sorted); `bounds` hold the makespan."""
    model = cp_model.CpModel()
    placed = _groups(model, problem, domains)
    group = [placed[g] for g in problem.group]
    start = [
        model.new_int_var_from_domain(_domain(weeks if len(weeks) else [0]), f"start {name}")
        for name, weeks in zip(problem.names, domains, strict=True)
    ]
    made = Model(model, start, placed)
    for p in problem.precedences:
        add_precedence(made, problem, p)
    at = {a: _start_literals(model, problem, a, start[a], group[a], domains[a]) for a in _paying(problem)}
    for f in range(len(problem.funds)):
        for y in range(len(problem.years)):
            add_ceiling(made, problem, at, f, y)
    end = None
    if objective == MAKESPAN:
        low, high = bounds or (0, problem.weeks)
        end = model.new_int_var(low, high, "makespan")
        last = _last(problem)
        for a in last:
            _when(model.add(end >= start[a] + int(problem.duration[a])), problem, group[a], a)
    intervals = [
        model.new_optional_fixed_size_interval_var(start[a], int(problem.duration[a]), group[a], name)
        if not problem.required[problem.group[a]]
        else model.new_fixed_size_interval_var(start[a], int(problem.duration[a]), name)
        for a, name in enumerate(problem.names)
    ]
    horizon = bounds[1] if bounds and objective == MAKESPAN else problem.weeks
    # work behind the last activity, of open length: lets the solver see the makespan inside every capacity
    tail = model.new_interval_var(end, model.new_int_var(1, horizon + 1, "rest"), horizon + 1, "tail") if end is not None else None
    for r in range(len(problem.resources)):
        add_capacity(made, problem, intervals, r, tail, horizon)
    _objective(made, problem, objective, end, at, intervals)
    return made


def _groups(model: cp_model.CpModel, problem: Problem, domains: list[np.ndarray]) -> list[cp_model.IntVar]:
    """A literal by group; true where required, false where an activity has no start week left."""
    lost = {int(problem.group[a]) for a, weeks in enumerate(domains) if not len(weeks)}
    made = []
    for g, name in enumerate(problem.groups):
        made.append(model.new_bool_var(f"placed {name}"))
        if problem.required[g]:
            model.add_bool_and(made[g])
        if g in lost:
            model.add_bool_and(~made[g])
    return made


def _domain(weeks: Iterable[int]) -> cp_model.Domain:
    return cp_model.Domain.from_values([int(w) for w in weeks])


def _when(constraint: cp_model.Constraint, problem: Problem, literal: cp_model.IntVar, a: int) -> None:
    """Ask a constraint only while the activity's group is placed."""
    if not problem.required[problem.group[a]]:
        constraint.only_enforce_if(literal)


def add_precedence(made: Model, problem: Problem, p: Precedence) -> None:
    """A successor waits; its group cannot be placed without the group it follows."""
    before, after = int(problem.group[p.before]), int(problem.group[p.after])
    if before != after and not problem.required[before]:
        made.model.add_implication(made.placed[after], made.placed[before])
    waits = made.model.add(made.start[p.after] >= made.start[p.before] + int(problem.duration[p.before]) + p.lag)
    _when(waits, problem, made.placed[after], p.after)


def _paying(problem: Problem) -> list[int]:
    return sorted({p.activity for p in problem.payments})


def _start_literals(model, problem: Problem, a: int, start, placed, weeks: np.ndarray) -> list[tuple[np.ndarray, cp_model.IntVar]]:
    """[(start weeks that pay alike, literal)]: exactly one is true when the activity is placed, none when it is left out."""
    rows = np.concatenate([p.amount for p in problem.payments if p.activity == a], axis=1)[weeks]
    kinds = {row.tobytes(): n for n, row in enumerate(rows)}
    alike = (
        [np.array([w for w, r in zip(weeks, rows, strict=True) if r.tobytes() == k]) for k in kinds]
        if len(kinds) <= FEW
        else [np.array([w]) for w in weeks]
    )
    made = []
    for part in alike:
        literal = model.new_bool_var("")
        model.add_linear_expression_in_domain(start, _domain(part)).only_enforce_if(literal)
        made.append((part, literal))
    model.add(sum(literal for _, literal in made) == placed)
    return made


def add_ceiling(made: Model, problem: Problem, at: Mapping[int, list], f: int, y: int) -> cp_model.Constraint | None:
    """What a fund pays in a year stays below its ceiling; None when it never can exceed it."""
    literals, amounts = [], []
    most = 0
    for p in problem.payments:
        if p.fund != f:
            continue
        costs = [int(p.amount[part[0], y]) for part, _ in at[p.activity]]
        most += max(costs, default=0)
        literals += [literal for (_, literal), cost in zip(at[p.activity], costs, strict=True) if cost]
        amounts += [cost for cost in costs if cost]
    if most <= problem.ceiling[f, y]:
        return None
    return made.model.add(cp_model.LinearExpr.weighted_sum(literals, amounts) <= int(problem.ceiling[f, y]))


def add_capacity(made: Model, problem: Problem, intervals: list, r: int, tail, horizon: int) -> None:
    """Use of a resource stays below its capacity in every week; weeks with less than the most are filled by fixed work."""
    users = [a for a in range(len(problem.names)) if problem.demand[a, r] and problem.duration[a]]
    if not users:
        return
    capacity = [int(c) for c in problem.capacity[r, : min(horizon, problem.weeks)]]
    most = max(capacity, default=0)
    demands = [int(problem.demand[a, r]) for a in users]
    if sum(demands) <= min(capacity, default=0):
        return
    filled, lost, week = [], [], 0
    for value, run in groupby(capacity):
        length = len(list(run))
        if value < most:
            filled.append(made.model.new_fixed_size_interval_var(week, length, ""))
            lost.append(most - value)
        week += length
    behind = [(tail, most)] if tail is not None and not filled else []
    made.model.add_cumulative(
        [intervals[a] for a in users] + filled + [t for t, _ in behind], demands + lost + [d for _, d in behind], most
    )


def _last(problem: Problem) -> list[int]:
    """Activities nobody waits for (with a lag that could let them end first counted as well)."""
    before = {p.before for p in problem.precedences if problem.duration[p.after] + p.lag >= 0}
    # a group may be left out while what it follows is placed
    optional = {p.before for p in problem.precedences if not problem.required[problem.group[p.after]]}
    return [a for a in range(len(problem.names)) if a not in before or a in optional]


def _objective(made: Model, problem: Problem, objective: str, end, at: Mapping[int, list], intervals: list) -> None:
    model, start, placed = made.model, made.start, made.placed
    factor = above_levelling(problem) if objective == LEVELLED else 1
    members = {int(g) for g in problem.group}
    terms = [
        factor * int(problem.left_out[g]) * (1 - placed[g]) for g in sorted(members) if not problem.required[g] and problem.left_out[g]
    ]
    if objective == MAKESPAN:
        terms.append(end)
    elif objective == COMPLETION:
        terms += [_weighted_finish(made, problem, a, at) for a in range(len(problem.names)) if problem.weight[a]]
    elif objective == LATENESS:
        for a in range(len(problem.names)):
            if problem.due[a] >= 0 and problem.weight[a]:
                late = model.new_int_var(0, max(0, problem.weeks - int(problem.due[a])), f"late {problem.names[a]}")
                _when(model.add(late >= start[a] + int(problem.duration[a]) - int(problem.due[a])), problem, placed[problem.group[a]], a)
                terms.append(int(problem.weight[a]) * late)
    else:
        for r in range(len(problem.resources)):
            users = [a for a in range(len(problem.names)) if problem.demand[a, r] and problem.duration[a]]
            peak = model.new_int_var(0, int(problem.capacity[r].max(initial=0)), f"peak {problem.resources[r]}")
            if users:
                model.add_cumulative([intervals[a] for a in users], [int(problem.demand[a, r]) for a in users], peak)
                for a in users:
                    _when(model.add(peak >= int(problem.demand[a, r])), problem, placed[problem.group[a]], a)
            terms.append(peak)
    model.minimize(sum(terms))


def _weighted_finish(made: Model, problem: Problem, a: int, at: Mapping[int, list]):
    """weight x finish of an activity, nothing when it is left out."""
    weight, length, g = int(problem.weight[a]), int(problem.duration[a]), int(problem.group[a])
    if problem.required[g]:
        return weight * (made.start[a] + length)
    if a in at and all(len(part) == 1 for part, _ in at[a]):
        return sum(weight * (int(part[0]) + length) * literal for part, literal in at[a])
    finish = made.model.new_int_var(0, problem.weeks, f"finish {problem.names[a]}")
    made.model.add(finish == made.start[a] + length).only_enforce_if(made.placed[g])
    made.model.add(finish == 0).only_enforce_if(~made.placed[g])
    return weight * finish
