"""How good a schedule can be at most: people and money get prices until what each initiative would do alone is as dear as it gets."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from egov_model.model.compiled_bound import charge, volume
from egov_model.model.cuts import cuts_of, paths
from egov_model.model.forest import NEVER, Forest, cheapest, make_forest, spans, through
from egov_model.model.problem import Problem
from egov_model.model.rows import Rows, joined, kept, make_rows, money_rows, people_rows, precedence_rows, used

FIRST_STEPS, ROUND_STEPS, SPLIT_STEPS = 2_500, 3_000, 600  # of prices: before the first cuts, after each round of them, in each half
SPLIT_ROUNDS = 2  # of cuts in each half
FULL, BUSY = 0.6, 0.4  # share of its limit that the average answer uses of a row: then it gets cuts; then it gets a price


@dataclass(frozen=True)
class Bound:
    """No schedule is worth less than `value`. One worth less than `below` starts in `allowed` weeks (activities, weeks + 1) only and places
    the groups of `must` (groups,)."""

    value: int
    allowed: np.ndarray
    must: np.ndarray


@dataclass(frozen=True)
class Relaxed:
    """A problem whose `rows` are to be priced, the first `people` of them about people, then `money`: only the forest holds exactly.

    `cost` (activities, weeks + 1) by start week; what is worth `below` or more is not looked at. `path`: see `cuts.paths`.
    """

    forest: Forest
    rows: Rows
    people: int
    money: int
    cost: np.ndarray
    below: int
    path: np.ndarray


@dataclass(frozen=True)
class Part:
    """Some of all schedules: those that start in `allowed` weeks, with what it costs to leave a group out (at its head), the `cuts` that
    hold for them, and the prices of rows and cuts that prove `value`; `share` is how often the answers on the way started in a week."""

    value: int
    allowed: np.ndarray
    absent: np.ndarray
    price: np.ndarray
    cuts: Rows
    cut_price: np.ndarray
    share: np.ndarray | None


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
    rows = make_rows(people + money + precedence_rows(problem, left))
    relaxed = Relaxed(forest, rows, len(people), len(money), cost, below, paths(problem, forest))
    whole = Part(0, problem.allowed & (cost < below), forest.absent, np.zeros(len(rows)), make_rows([]), np.zeros(0), None)
    part = tighter(relaxed, whole, FIRST_STEPS)
    for _ in range(rounds):
        if part is None or stop():
            break
        part = cut(relaxed, part, ROUND_STEPS)
    heads = np.flatnonzero(forest.heads)
    must, allowed = np.ones(len(problem.groups), dtype=bool), np.zeros(cost.shape, dtype=bool)
    parts = [] if part is None else _split(problem, relaxed, part, splits, stop)
    for one in parts:
        allowed |= one.allowed
        must[problem.group[heads]] &= one.absent[heads] >= NEVER
    return Bound(min([below, *(one.value for one in parts)]), allowed, must)


def tighter(relaxed: Relaxed, part: Part, steps: int) -> Part | None:
    """The part with better prices, and without what they prove to be worth `below` or more; None when nothing is left of it."""
    which = np.arange(len(relaxed.rows))
    if part.share is not None:  # a row without a price that nobody fills can wait
        which = np.flatnonzero((part.price > 0) | (used(relaxed.rows, part.share) > BUSY * relaxed.rows.limit))
    rows = joined(kept(relaxed.rows, which), part.cuts)
    cost = np.where(part.allowed, relaxed.cost, NEVER)
    prices, share = np.concatenate([part.price[which], part.cut_price]), np.zeros(cost.shape)
    floats = (cost.astype(np.float64), part.absent.astype(np.float64), prices, float(relaxed.below))
    volume(relaxed.forest.arrays, rows.arrays, *floats, steps, np.zeros(len(rows)), share)
    value, given, given_out = _exact(relaxed, rows, prices, cost, part.absent)
    if max(value, part.value) >= relaxed.below:
        return None
    absent, price = part.absent.copy(), np.zeros_like(part.price)
    absent[relaxed.forest.heads & (given_out >= relaxed.below)] = NEVER
    price[which] = prices[: len(which)]
    return Part(max(value, part.value), part.allowed & (given < relaxed.below), absent, price, part.cuts, prices[len(which) :], share)


def cut(relaxed: Relaxed, part: Part, steps: int) -> Part | None:
    """The part with cuts that its answers break, without those that have no price, and then `tighter`; the same where there are none."""
    rows, knapsacks = relaxed.rows, relaxed.people + relaxed.money
    full = np.flatnonzero(used(rows, part.share)[:knapsacks] > FULL * rows.limit[:knapsacks])
    found = cuts_of(rows, full[full < relaxed.people], relaxed.path, part.share, part.allowed)
    found += cuts_of(rows, full[full >= relaxed.people], np.arange(len(part.share)), part.share, part.allowed)
    if not found:
        return part
    still = np.flatnonzero(part.cut_price > 0)
    cuts, price = joined(kept(part.cuts, still), make_rows(found)), np.concatenate([part.cut_price[still], np.zeros(len(found))])
    return tighter(relaxed, replace(part, cuts=cuts, cut_price=price), steps)


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
        halves = (replace(weakest, allowed=early, absent=placed), replace(weakest, allowed=late))
        with ThreadPoolExecutor(2) as pool:  # compiled loops let each other run
            better = list(pool.map(lambda half: _half(relaxed, half), halves))
        for side, half in enumerate(better):
            if half is not None:
                heapq.heappush(heap, (half.value, 2 * made + side, half))
    return [one for *_, one in heap]


def _half(relaxed: Relaxed, half: Part) -> Part | None:
    """Half of a part, with prices and cuts of its own."""
    better = tighter(relaxed, half, SPLIT_STEPS)
    for _ in range(SPLIT_ROUNDS):
        better = better and cut(relaxed, better, SPLIT_STEPS)
    return better


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


def _exact(relaxed: Relaxed, rows: Rows, price: np.ndarray, cost: np.ndarray, absent: np.ndarray) -> tuple[int, np.ndarray, np.ndarray]:
    """What these prices prove, rounded up: for all, given a start week (activities, weeks + 1), given that a group is left out (at its
    head). In whole numbers; with prices too large for the machine's it is nothing at all."""
    forest = relaxed.forest
    unit = 1 << max(0, min(20, 46 - int(relaxed.below).bit_length()))
    whole = np.rint(price / rows.scale * unit)
    if (whole * np.maximum(rows.limit, rows.scale)).sum() > NEVER / 4:
        whole[:] = 0
    whole = whole.astype(np.int64)
    total = np.where(cost >= NEVER, 0, cost * unit)
    n, low, high = len(cost), np.empty(len(cost), dtype=np.int64), np.empty(len(cost), dtype=np.int64)
    spans(cost, NEVER, low, high)
    charge(rows.arrays, whole, low, high, total)
    total = np.where(cost >= NEVER, NEVER, np.minimum(total, NEVER))
    out = np.where(absent >= NEVER, NEVER, np.minimum(absent, NEVER // unit) * unit)
    given, given_out, own, later, ends = (np.empty_like(like) for like in (total, out, total, total, out))
    least = cheapest(total, out, *forest.arrays, low, high, NEVER, np.empty(n, dtype=np.int64), own, later, np.empty_like(total), ends)
    through(least, *forest.arrays, low, high, NEVER, own, later, ends, given, given_out)
    paid = int((whole * rows.limit).sum())
    return -((paid - int(least)) // unit), -((paid - given) // unit), -((paid - given_out) // unit)
