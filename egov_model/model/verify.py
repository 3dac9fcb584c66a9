"""Whether a schedule keeps its problem's demands, and what it is worth: plain loops that share nothing with any solver."""

from __future__ import annotations

import numpy as np

from egov_model.model.problem import Problem

MAKESPAN, COMPLETION, LATENESS, LEVELLED = "makespan", "completion", "lateness", "levelled"
OBJECTIVES = (MAKESPAN, COMPLETION, LATENESS, LEVELLED)


def violations(problem: Problem, starts: np.ndarray) -> list[str]:
    """Every demand that the start weeks (activities,; -1: left out) break, in words; empty when the schedule can be kept."""
    made = []
    begins, lengths = [int(s) for s in starts], [int(d) for d in problem.duration]
    for g, name in enumerate(problem.groups):
        members = [a for a in range(len(begins)) if problem.group[a] == g]
        placed = [begins[a] >= 0 for a in members]
        if any(placed) and not all(placed):
            made.append(f"{name}: placed in part")
        if problem.required[g] and not all(placed):
            made.append(f"{name}: required but left out")
    for a, begin in enumerate(begins):
        if begin < 0:
            continue
        end, name = begin + lengths[a], problem.names[a]
        if not any(first <= begin <= last for first, last in problem.starts[a]):
            made.append(f"{name}: starts in week {begin}, outside its windows")
        if problem.finishes[a] is not None and not any(first <= end <= last for first, last in problem.finishes[a]):
            made.append(f"{name}: ends in week {end}, outside its windows")
        if end > problem.weeks:
            made.append(f"{name}: ends in week {end}, behind the plan")
    for p in problem.precedences:
        if begins[p.after] >= 0 and (begins[p.before] < 0 or begins[p.after] < begins[p.before] + lengths[p.before] + p.lag):
            made.append(f"{problem.names[p.after]}: does not wait for {problem.names[p.before]}")
    for r, resource in enumerate(problem.resources):
        used = _use(problem, begins, lengths, r)
        made += [
            f"{resource}: {used[t]} in week {t}, {problem.capacity[r, t]} possible"
            for t in range(problem.weeks)
            if used[t] > problem.capacity[r, t]
        ]
    for f, fund in enumerate(problem.funds):
        for y, year in enumerate(problem.years):
            spent = sum(int(p.amount[begins[p.activity], y]) for p in problem.payments if p.fund == f and begins[p.activity] >= 0)
            if spent > problem.ceiling[f, y]:
                made.append(f"{fund} {year}: {spent}, {problem.ceiling[f, y]} possible")
    return made


def value_of(problem: Problem, starts: np.ndarray, objective: str) -> int:
    """What a schedule is worth, smaller is better; groups left out count `left_out` on top.

    makespan: last week of work; completion: sum of weight x finish; lateness: sum of weight x weeks behind `due`;
    levelled: sum over resources of the highest use in any week (there a group left out counts above any levelling).
    """
    begins, lengths = [int(s) for s in starts], [int(d) for d in problem.duration]
    placed = [a for a, begin in enumerate(begins) if begin >= 0]
    absent = sorted({g for g in range(len(problem.groups))} - {int(problem.group[a]) for a in placed} - _empty_groups(problem))
    cost = sum(int(problem.left_out[g]) for g in absent)
    if objective == MAKESPAN:
        return cost + max([begins[a] + lengths[a] for a in placed], default=0)
    if objective == COMPLETION:
        return cost + sum(int(problem.weight[a]) * (begins[a] + lengths[a]) for a in placed)
    if objective == LATENESS:
        return cost + sum(
            int(problem.weight[a]) * max(0, begins[a] + lengths[a] - int(problem.due[a])) for a in placed if problem.due[a] >= 0
        )
    peaks = sum(max(_use(problem, begins, lengths, r), default=0) for r in range(len(problem.resources)))
    return peaks + cost * above_levelling(problem)


def start_costs(problem: Problem, objective: str) -> np.ndarray | None:
    """What an activity costs by its start week (activities, weeks + 1) where an objective is the sum of that and of what is left out; None
    for the makespan and the levelled use."""
    finish = np.arange(problem.weeks + 1) + problem.duration[:, None]
    if objective == COMPLETION:
        return problem.weight[:, None] * finish
    if objective == LATENESS:
        late = np.where(problem.due[:, None] >= 0, np.maximum(finish - problem.due[:, None], 0), 0)
        return problem.weight[:, None] * late
    return None


def above_levelling(problem: Problem) -> int:
    """A factor that makes leaving a group out dearer than any peak of use."""
    return 1 + sum(int(row.max(initial=0)) for row in problem.capacity)


def _empty_groups(problem: Problem) -> set[int]:
    return set(range(len(problem.groups))) - {int(g) for g in problem.group}


def _use(problem: Problem, begins: list[int], lengths: list[int], resource: int) -> list[int]:
    """Use of a resource by week."""
    used = [0] * problem.weeks
    for a, begin in enumerate(begins):
        need = int(problem.demand[a, resource])
        if begin >= 0 and need:
            for t in range(begin, min(begin + lengths[a], problem.weeks)):
                used[t] += need
    return used
