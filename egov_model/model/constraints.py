"""A scheduling problem as a CP-SAT model: variables, constraints and objectives, exact in whole numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from ortools.sat.python import cp_model

from egov_model.model.payments import pieces, tables
from egov_model.model.problem import Precedence, Problem
from egov_model.model.verify import COMPLETION, LATENESS, LEVELLED, MAKESPAN, above_levelling

TOLERANCE = 10**7  # payments are lines up to this part of the largest ceiling; nothing below a ceiling of so many units


@dataclass(frozen=True)
class Model:
    """A built model: start variable of every activity, literal of every group (placed or not)."""

    model: cp_model.CpModel
    start: list[cp_model.IntVar]
    placed: list[cp_model.IntVar]


def build(
    problem: Problem, objective: str, domains: list[np.ndarray], bounds: tuple[int, int] | None = None, careful: bool = False
) -> Model:
    """The model of a problem whose activities may start in `domains` (start weeks, sorted); `bounds` hold the makespan.

    Payments may be too low by a hair (see _pay), hence its bound holds, and a schedule of it is to be verified; `careful` turns that round.
    """
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
    for a, weeks in enumerate(domains):
        if not problem.required[problem.group[a]] and len(weeks):
            model.add(start[a] == int(weeks[0])).only_enforce_if(~group[a])  # one way of being left out is enough
    _pay(made, problem, domains, careful)
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
    _objective(made, problem, objective, end, domains, intervals)
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


def _pay(made: Model, problem: Problem, domains: list[np.ndarray], careful: bool) -> None:
    """What each fund pays in each year stays below its ceiling: payments as lines between break points of the start week.

    Exact where the amounts are small; elsewhere up to a ten-millionth of the largest ceiling too low for each payment, or with `careful`
    as much too high.
    """
    model, tolerance = made.model, int(problem.ceiling.max(initial=0)) // TOLERANCE
    columns = len(problem.funds) * len(problem.years)
    terms: list[list] = [[] for _ in range(columns)]
    factors: list[list[int]] = [[] for _ in range(columns)]
    most = np.zeros(columns, dtype=np.int64)
    for a, table in tables(problem).items():
        weeks, g = domains[a], int(problem.group[a])
        if not len(weeks):
            continue
        literals, parts = [], []
        for piece in pieces(table[weeks], weeks, tolerance):
            literal = made.placed[g] if len(literals) == 0 and len(piece.weeks) == len(weeks) else model.new_bool_var("")
            low, high = int(piece.weeks[0]), int(piece.weeks[-1])
            week = model.new_int_var(0, high, "")  # the start week when it lies in this piece, else 0
            model.add(week >= low * literal)
            model.add(week <= high * literal)
            literals.append(literal)
            parts.append(week)
            base = piece.base + piece.error if careful else piece.base
            for c in np.flatnonzero(base | piece.slope):
                terms[c] += [literal, week]
                factors[c] += [int(base[c]), int(piece.slope[c])]
        model.add(sum(literals) == made.placed[g])
        model.add(made.start[a] == sum(parts) + int(weeks[0]) * (1 - made.placed[g]))
        most += table[weeks].max(axis=0)
    for c, ceiling in enumerate(problem.ceiling.ravel()):
        if most[c] > ceiling:
            model.add(cp_model.LinearExpr.weighted_sum(terms[c], factors[c]) <= int(ceiling))


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


def _objective(made: Model, problem: Problem, objective: str, end, domains: list[np.ndarray], intervals: list) -> None:
    model, start, placed = made.model, made.start, made.placed
    factor = above_levelling(problem) if objective == LEVELLED else 1
    members = {int(g) for g in problem.group}
    terms = [
        factor * int(problem.left_out[g]) * (1 - placed[g]) for g in sorted(members) if not problem.required[g] and problem.left_out[g]
    ]
    if objective == MAKESPAN:
        terms.append(end)
    elif objective == COMPLETION:
        terms += [_weighted_finish(made, problem, a, domains[a]) for a in range(len(problem.names)) if problem.weight[a]]
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


def _weighted_finish(made: Model, problem: Problem, a: int, weeks: np.ndarray):
    """weight x finish of an activity, nothing when it is left out (its start variable then stands at its first week)."""
    weight, length, placed = int(problem.weight[a]), int(problem.duration[a]), made.placed[problem.group[a]]
    first = int(weeks[0]) if len(weeks) else 0
    return weight * (made.start[a] - first) + weight * (first + length) * placed
