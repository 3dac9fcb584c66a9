"""How good a schedule can be at most: people and money get prices until what each initiative would do alone is as dear as it gets."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from egov_model.model.compiled_bound import charge, volume
from egov_model.model.cuts import cuts_of, paths
from egov_model.model.forest import NEVER, Forest, cheapest, make_forest, through
from egov_model.model.problem import Problem
from egov_model.model.rows import Rows, joined, kept, make_rows, money_rows, people_rows, precedence_rows

FIRST_STEPS, ROUND_STEPS, SPLIT_STEPS = 2_500, 3_000, 300  # of prices: before the first cuts, after each round of them, at each split
FULL = 0.6  # share of its limit that the average answer uses of a row that cuts are looked for in


@dataclass(frozen=True)
class Bound:
    """No schedule is worth less than `value`. One worth less than `below` starts in `allowed` weeks (activities, weeks + 1) only and places
    the groups of `must` (groups,)."""

    value: int
    allowed: np.ndarray
    must: np.ndarray


@dataclass(frozen=True)
class Part:
    """Some of all schedules: those that start in `allowed` weeks, with what it costs to leave a group out (at its head) and the prices
    that prove `value`; `share` is how often the answers on the way started in a week."""

    value: int
    allowed: np.ndarray
    absent: np.ndarray
    price: np.ndarray
    use: np.ndarray
    share: np.ndarray


@dataclass(frozen=True)
class Relaxed:
    """A problem whose `rows` are to be priced: only the forest holds exactly. `cost` (activities, weeks + 1) by start week; what is worth
    `below` or more is not looked at."""

    forest: Forest
    rows: Rows
    cost: np.ndarray
    below: int


def bound(
    problem: Problem, cost: np.ndarray, below: int, rounds: int = 10, splits: int = 60, stop: Callable[[], bool] = lambda: False
) -> Bound:
    """A proven least value of schedules, when an activity that starts in a week costs `cost` (activities, weeks + 1), none negative, and a
    group left out `left_out`; `below` is the value of a schedule that is known, or one more than it.

    Lagrangian relaxation: a unit of people, of money, and of precedence beyond the forest has a price, and what remains is solved exactly.
    `rounds` of cuts follow from the average answers, and `splits` of the weakest part of all schedules into two by a start week. `stop` is
    asked before each. Whatever the prices are, what leaves is worked out in whole numbers and holds.
    """
    forest, left = make_forest(problem)
    people, money = people_rows(problem), money_rows(problem)
    relaxed = Relaxed(forest, make_rows(people + money + precedence_rows(problem, left)), cost, below)
    base, none = len(relaxed.rows), np.zeros(cost.shape)
    start = Part(0, problem.allowed & (cost < below), forest.absent, np.zeros(base), np.zeros(base), none)
    part = tighter(relaxed, start, FIRST_STEPS)
    item = (paths(problem, forest), np.arange(len(problem.names)))
    for _ in range(rounds):
        if part is None or stop():
            break
        full = np.flatnonzero(part.use[: len(people) + len(money)] > FULL * relaxed.rows.limit[: len(people) + len(money)])
        found = cuts_of(relaxed.rows, full[full < len(people)], item[0], part.share, part.allowed)
        found += cuts_of(relaxed.rows, full[full >= len(people)], item[1], part.share, part.allowed)
        if not found:
            break
        still = np.concatenate([np.arange(base), base + np.flatnonzero(part.price[base:] > 0)])
        rows = joined(kept(relaxed.rows, still.tolist()), make_rows(found))
        relaxed = replace(relaxed, rows=rows)
        part = tighter(relaxed, replace(part, price=np.concatenate([part.price[still], np.zeros(len(found))])), ROUND_STEPS)
    heads = np.flatnonzero(forest.heads)
    must, allowed = np.ones(len(problem.groups), dtype=bool), np.zeros(cost.shape, dtype=bool)
    parts = [] if part is None else _split(problem, relaxed, part, splits, stop)
    for one in parts:
        allowed |= one.allowed
        must[problem.group[heads]] &= one.absent[heads] >= NEVER
    return Bound(min([below, *(one.value for one in parts)]), allowed, must)


def tighter(relaxed: Relaxed, part: Part, steps: int) -> Part | None:
    """The part with better prices, and without what they prove to be worth `below` or more; None when nothing is left of it."""
    cost = np.where(part.allowed, relaxed.cost, NEVER)
    price, use, share = part.price.copy(), np.zeros(len(relaxed.rows)), np.zeros(cost.shape)
    floats = (cost.astype(np.float64), part.absent.astype(np.float64), price, float(relaxed.below))
    volume(relaxed.forest.arrays, relaxed.rows.arrays, *floats, steps, use, share)
    value, given, given_out = _exact(relaxed, price, cost, part.absent)
    if max(value, part.value) >= relaxed.below:
        return None
    absent = part.absent.copy()
    absent[relaxed.forest.heads & (given_out >= relaxed.below)] = NEVER
    return Part(max(value, part.value), part.allowed & (given < relaxed.below), absent, price, use, share)


def _split(problem: Problem, relaxed: Relaxed, part: Part, splits: int, stop: Callable[[], bool]) -> list[Part]:
    """Parts that together hold every schedule of one, after the weakest was split in two `splits` times."""
    heap, made = [(part.value, 0, part)], 0
    while heap and made < splits and not stop():
        _, _, weakest = heapq.heappop(heap)
        a, week = _where(problem, relaxed.forest, weakest.share)
        head = int(np.flatnonzero(relaxed.forest.heads & (problem.group == problem.group[a]))[0])
        weeks = np.arange(problem.weeks + 1)
        early, late = weakest.allowed.copy(), weakest.allowed.copy()
        early[a] &= weeks <= week
        late[a] &= weeks > week
        placed = weakest.absent.copy()
        placed[head] = NEVER  # a group left out counts as late
        made += 1
        for side, half in enumerate((replace(weakest, allowed=early, absent=placed), replace(weakest, allowed=late))):
            better = tighter(relaxed, half, SPLIT_STEPS)
            if better is not None:
                heapq.heappush(heap, (better.value, 2 * made + side, better))
    return [one for *_, one in heap]


def _where(problem: Problem, forest: Forest, share: np.ndarray) -> tuple[int, int]:
    """The last activity of a group on whose week the answers disagree most, by weight, and the week to split at."""
    worth = np.zeros(len(problem.groups))
    np.maximum.at(worth, problem.group, problem.weight)
    weeks = np.append(np.arange(problem.weeks + 1.0), 2.0 * problem.weeks)
    most, chosen = -1.0, (0, 0)
    for a in np.flatnonzero(problem.weight):
        whole = np.append(share[a], max(0.0, 1.0 - float(share[a].sum())))
        mean = float((whole * weeks).sum())
        apart = float((whole * np.abs(weeks - mean)).sum()) * worth[problem.group[a]]
        if apart > most:
            most, chosen = apart, (int(a), int(mean))
    return chosen


def _exact(relaxed: Relaxed, price: np.ndarray, cost: np.ndarray, absent: np.ndarray) -> tuple[int, np.ndarray, np.ndarray]:
    """What these prices prove, rounded up: for all, given a start week (activities, weeks + 1), given that a group is left out (at its
    head). In whole numbers; with prices too large for the machine's it is nothing at all."""
    rows, forest = relaxed.rows, relaxed.forest
    unit = 1 << max(0, min(20, 46 - int(relaxed.below).bit_length()))
    whole = np.rint(price / rows.scale * unit)
    if (whole * np.maximum(rows.limit, rows.scale)).sum() > NEVER / 4:
        whole[:] = 0
    whole = whole.astype(np.int64)
    total = np.where(cost >= NEVER, 0, cost * unit)
    charge(rows.arrays, whole, total)
    total = np.where(cost >= NEVER, NEVER, np.minimum(total, NEVER))
    out = np.where(absent >= NEVER, NEVER, np.minimum(absent, NEVER // unit) * unit)
    n, given, given_out = len(cost), np.empty_like(total), np.empty_like(out)
    own, later, ends = np.empty_like(total), np.empty_like(total), np.empty_like(out)
    least = cheapest(total, out, *forest.arrays, NEVER, np.empty(n, dtype=np.int64), own, later, np.empty_like(total), ends)
    through(least, total, *forest.arrays, NEVER, own, later, ends, given, given_out)
    paid = int((whole * rows.limit).sum())
    return -((paid - int(least)) // unit), -((paid - given) // unit), -((paid - given_out) // unit)
