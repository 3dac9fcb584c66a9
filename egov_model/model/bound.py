"""How good a schedule can be at most: prices for people and money until the sum of what each would do alone is as dear as it gets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

from egov_model.model.compiled import OPTIONS
from egov_model.model.cuts import cuts_of, paths
from egov_model.model.forest import NEVER, Forest, cheapest, make_forest, through
from egov_model.model.problem import Problem
from egov_model.model.rows import Rows, joined, kept, make_rows, money_rows, people_rows, precedence_rows

STEPS, ROUND_STEPS, ROUNDS = 2_500, 3_000, 10  # steps of prices before the first cuts and after each round of them
FRESH = 0.01  # share of the newest answer in the average of answers


@dataclass(frozen=True)
class Bound:
    """No schedule is worth less than `value`; one worth less than `below` starts in `allowed` (activities, weeks + 1) only and places
    the groups that `must` names."""

    value: int
    below: int
    allowed: np.ndarray
    must: np.ndarray  # (groups,)


def bound(problem: Problem, cost: np.ndarray, below: int, rounds: int = ROUNDS) -> Bound:
    """A proven least value of schedules, when an activity that starts in a week costs `cost` (activities, weeks + 1) and a group left out
    `left_out`; looked for among those worth less than `below`, the value of a schedule that is known.

    Lagrangian relaxation: each unit of people, money and precedence beyond the forest has a price, and what remains is solved exactly.
    Prices by the volume algorithm (Barahona, Anbil 2000), cuts from its average answer. Every value that leaves is worked out again in
    whole numbers, hence holds whatever the prices are.
    """
    forest, left = make_forest(problem)
    people, money = people_rows(problem), money_rows(problem)
    rows = make_rows(people + money + precedence_rows(problem, left))
    knapsacks, base = len(people) + len(money), len(rows)
    alone, apart = np.arange(len(problem.names)), paths(problem, forest)
    allowed, absent = problem.allowed.copy(), forest.absent.copy()
    price, best = np.zeros(base), 0
    for turn in range(rounds + 1):
        steps = ROUND_STEPS if turn else STEPS
        price, use, share = _prices(forest, rows, np.where(allowed, cost, NEVER), absent, price, below, steps)
        value, given, given_out = _exact(forest, rows, price, np.where(allowed, cost, NEVER), absent)
        best = max(best, value)
        if best >= below:
            return Bound(below, below, np.zeros_like(allowed), absent[forest.heads] >= NEVER)
        allowed &= given < below
        absent[forest.heads & (given_out >= below)] = NEVER
        if turn == rounds:
            break
        full = np.flatnonzero(use[:knapsacks] > 0.6 * rows.limit[:knapsacks])
        found = cuts_of(rows, full[full < len(people)], apart, share, allowed)
        found += cuts_of(rows, full[full >= len(people)], alone, share, allowed)
        if not found:
            break
        still = [*range(base), *(base + np.flatnonzero(price[base:] > 0)).tolist()]
        rows, price = joined(kept(rows, still), make_rows(found)), np.concatenate([price[still], np.zeros(len(found))])
    heads = np.flatnonzero(forest.heads)
    must = np.zeros(len(problem.groups), dtype=bool)
    must[problem.group[heads]] = absent[heads] >= NEVER
    return Bound(best, below, allowed, must)


def _prices(forest: Forest, rows: Rows, cost: np.ndarray, absent: np.ndarray, price: np.ndarray, target: int, steps: int):
    """Better prices by row (of a unit of `scale`), the average use of each row and the average answer."""
    price = price.copy()
    share, use = np.zeros(cost.shape), np.zeros(len(rows))
    _volume(forest.arrays, rows.arrays, cost.astype(np.float64), absent.astype(np.float64), price, float(target), steps, use, share)
    return price, use, share


def _exact(forest: Forest, rows: Rows, price: np.ndarray, cost: np.ndarray, absent: np.ndarray):
    """The bound that these prices prove, and the least value given a start week or a group left out: in whole numbers, rounded up."""
    unit = 1 << 20
    whole = np.rint(price / rows.scale * unit).astype(np.int64)
    total = np.where(cost >= NEVER, NEVER, cost * unit)
    _charge(rows.arrays, whole, total)
    total[cost >= NEVER] = NEVER
    out = np.where(absent >= NEVER, NEVER, absent * unit)
    work = _work(total)
    least = cheapest(total, out, *forest.arrays, NEVER, *work)
    given, given_out = np.empty_like(total), np.empty_like(out)
    through(least, total, *forest.arrays, NEVER, work[1], work[2], work[4], given, given_out)
    paid = int((whole * rows.limit).sum())
    up = np.vectorize(lambda v: -(-(int(v) - paid) // unit), otypes=[np.int64])
    return int(up(least)), up(given), up(given_out)


def _work(cost: np.ndarray):
    """Scratch of `cheapest`: start, own, later, best, out."""
    n = len(cost)
    return np.empty(n, dtype=np.int64), np.empty_like(cost), np.empty_like(cost), np.empty(cost.shape, dtype=np.int64), np.empty_like(cost[:, 0])


@njit(**OPTIONS)
def _charge(rows, price, cost):
    """Add what each start week uses of all rows at these prices of a unit to `cost` (activities, weeks + 1)."""
    ptr, activity, first, last, coefficient = rows[0], rows[1], rows[2], rows[3], rows[4]
    n, width = cost.shape
    change = np.zeros((n, width + 1), dtype=price.dtype)
    for j in range(len(price)):
        if price[j] != 0:
            for e in range(ptr[j], ptr[j + 1]):
                extra = price[j] * coefficient[e]
                change[activity[e], first[e]] += extra
                change[activity[e], last[e] + 1] -= extra
    for a in range(n):
        extra = change[a, 0] * 0
        for s in range(width):
            extra += change[a, s]
            cost[a, s] += extra


@njit(**OPTIONS)
def _volume(forest, rows, base, absent, price, target, steps, use, share):
    """The volume algorithm: fills `price` with the best prices, `use` and `share` with the average of the answers on the way."""
    order, parent, waits, shift, heads = forest
    ptr, activity, first, last, coefficient, limit, scale = rows
    n, width = base.shape
    count = len(price)
    cost, own, later = np.empty_like(base), np.empty_like(base), np.empty_like(base)
    best, start, out = np.empty(base.shape, dtype=np.int64), np.empty(n, dtype=np.int64), np.empty(n)
    tried, unit, now = price.copy(), np.empty(count), np.empty(count)
    highest, pace, since = -1e18, 0.3, 0
    for step in range(steps):
        cost[:] = base
        paid = 0.0
        for j in range(count):
            unit[j] = tried[j] / scale[j]
            paid += unit[j] * limit[j]
        _charge(rows, unit, cost)
        value = cheapest(cost, absent, order, parent, waits, shift, heads, float(NEVER), start, own, later, best, out) - paid
        fresh = max(FRESH, 1.0 / (step + 1))
        same = 0.0
        for j in range(count):
            now[j] = 0.0
            for e in range(ptr[j], ptr[j + 1]):
                if first[e] <= start[activity[e]] <= last[e]:
                    now[j] += coefficient[e]
            over = (use[j] - limit[j]) / scale[j]
            if over > 0 or price[j] > 0:
                same += over * (now[j] - limit[j]) / scale[j]
            use[j] += fresh * (now[j] - use[j])
        for a in range(n):
            for s in range(width):
                share[a, s] *= 1.0 - fresh
            if start[a] >= 0:
                share[a, start[a]] += fresh
        if value > highest:
            highest, since = value, 0
            price[:] = tried
            if same > 0:
                pace = min(pace * 1.1, 2.0)
        else:
            since += 1
            if since >= 40:
                pace, since = pace * 0.7, 0
                if pace < 1e-3:
                    break
        length = 0.0
        for j in range(count):
            over = (use[j] - limit[j]) / scale[j]
            if over > 0 or price[j] > 0:
                length += over * over
        if length < 1e-12 or highest >= target:
            break
        reach = pace * (target - highest) / length
        for j in range(count):
            tried[j] = max(0.0, price[j] + reach * (use[j] - limit[j]) / scale[j])
