"""A problem's activities as a forest: each waits for one other at most, so that the cheapest start weeks are found exactly and at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egov_model.model.machine_code import compiled
from egov_model.model.problem import Precedence, Problem

NEVER = 1 << 52  # the cost of a start week that is not allowed, far above any other and far below the end of the machine's numbers


@dataclass(frozen=True)
class Forest:
    """Activities in an order with parents first; one `waits` for its parent's end, or only shares its group.

    `heads` decide whether their group is placed; `absent` is what the group left out costs, NEVER where it is required, 0 for others.
    """

    order: np.ndarray
    parent: np.ndarray  # (activities,) -1: none
    waits: np.ndarray
    shift: np.ndarray  # (activities,) weeks from the parent's start to the first start allowed
    heads: np.ndarray
    absent: np.ndarray

    @property
    def arrays(self) -> tuple[np.ndarray, ...]:
        """What the compiled loops read."""
        return self.order, self.parent, self.waits, self.shift, self.heads


def make_forest(problem: Problem) -> tuple[Forest, list[Precedence]]:
    """The forest of a problem, and the precedences it leaves to prices.

    A group hangs on the first of its activities (its head); where an activity has several predecessors, one of its own group comes first.
    """
    count = len(problem.names)
    into: list[list[Precedence]] = [[] for _ in range(count)]
    for p in problem.precedences:
        into[p.after].append(p)
    place = {int(a): n for n, a in enumerate(problem.order)}
    parent, waits = np.full(count, -1, dtype=np.int64), np.zeros(count, dtype=np.bool_)
    shift, absent = np.zeros(count, dtype=np.int64), np.zeros(count, dtype=np.int64)
    heads, head_of, left = np.zeros(count, dtype=np.bool_), {}, []
    for a in map(int, problem.order):
        g = int(problem.group[a])
        own = [p for p in into[a] if problem.group[p.before] == g]
        chosen = max(own or ([] if g in head_of else into[a]), key=lambda p: place[p.before], default=None)
        if g not in head_of:
            head_of[g], heads[a] = a, True
            absent[a] = NEVER if problem.required[g] else problem.left_out[g]
        if chosen is not None:
            parent[a], waits[a], shift[a] = chosen.before, True, problem.duration[chosen.before] + chosen.lag
        elif head_of[g] != a:
            parent[a] = head_of[g]
        left += [p for p in into[a] if p is not chosen]
    return Forest(np.ascontiguousarray(problem.order), parent, waits, shift, heads, absent), left


@compiled
def spans(cost, never, low, high):
    """Fill the first and last week that each activity may start in; low above high where there is none."""
    n, width = cost.shape
    for a in range(n):
        low[a], high[a] = width, -1
        for s in range(width):
            if cost[a, s] < never:
                low[a], high[a] = min(low[a], s), s


@compiled
def cheapest(cost, absent, order, parent, waits, shift, heads, low, high, never, start, own, later, best, out):
    """The cheapest start weeks under `cost` (activities, weeks + 1) and `absent`; fills `start` (-1: left out) and returns their cost.

    Backwards, within `spans`: own[a, s] = what a and all below it cost when a starts in week s, later[a, s] the least of it from s on, at
    `best`; what is outside the span of an activity is not written.
    """
    n = len(order)
    for a in range(n):
        out[a] = absent[a]
        for s in range(low[a], high[a] + 1):
            own[a, s] = cost[a, s]
    total = absent[0] * 0
    for k in range(n - 1, -1, -1):
        a = order[k]
        least, at = never, -1
        for s in range(high[a], low[a] - 1, -1):
            if own[a, s] < least:
                least, at = own[a, s], s
            later[a, s], best[a, s] = least, at
        up = parent[a]
        if up < 0:
            total += min(out[a], least) if heads[a] else least
            continue
        for s in range(low[up], high[up] + 1):
            at = max(s + shift[a] if waits[a] else 0, low[a])
            value = later[a, at] if at <= high[a] else never
            if heads[a] and out[a] < value:
                value = out[a]
            own[up, s] = min(own[up, s] + value, never)
        out[up] = min(out[up] + out[a], never)
    for k in range(n):
        a = order[k]
        up = parent[a]
        start[a] = -1
        if up >= 0 and start[up] < 0:
            continue
        at = max(start[up] + shift[a] if up >= 0 and waits[a] else 0, low[a])
        value = later[a, at] if at <= high[a] else never
        if not (heads[a] and out[a] <= value):
            start[a] = best[a, at] if at <= high[a] else -1
    return total


@compiled
def through(total, order, parent, waits, shift, heads, low, high, never, own, later, out, given, given_out):
    """Fill the least cost of the whole when an activity starts in a week (activities, weeks + 1), and when its group is left out.

    `own`, `later`, `out` and `total` are those of `cheapest`; forwards from the roots.
    """
    n, width = given.shape
    for k in range(n):
        a = order[k]
        up = parent[a]
        for s in range(width):
            given[a, s] = never
        all_later = later[a, low[a]] if low[a] <= high[a] else never
        if up < 0:
            rest = total - (min(out[a], all_later) if heads[a] else all_later)
            for s in range(low[a], high[a] + 1):
                given[a, s] = min(rest + own[a, s], never)
            given_out[a] = min(rest + out[a], never)
            continue
        least = never
        for s in range(low[up], high[up] + 1):
            if given[up, s] >= never:
                continue
            at = max(s + shift[a] if waits[a] else 0, low[a])
            value = later[a, at] if at <= high[a] else never
            if heads[a] and out[a] < value:
                value = out[a]
            rest = given[up, s] - value
            least = min(least, rest)
            if at <= high[a]:
                given[a, at] = min(given[a, at], rest)
        rest = never
        for s in range(low[a], high[a] + 1):
            rest = min(rest, given[a, s])
            given[a, s] = min(rest + own[a, s], never)
        given_out[a] = min(min(least + out[a], given_out[up]), never) if heads[a] else given_out[up]
