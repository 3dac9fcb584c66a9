"""Cuts of a row: activities of which not all can start where they want, though fractions of them could (lifted cover inequalities)."""

from __future__ import annotations

import numpy as np
from numba import njit

from egov_model.model.compiled import OPTIONS
from egov_model.model.forest import Forest
from egov_model.model.problem import Problem
from egov_model.model.rows import Rows, Term, runs

LEVELS = 8  # weights of one item that a cut tells apart, beside those the fractions use
WORTH = 0.02  # least violation of a cut that is kept


def paths(problem: Problem, forest: Forest) -> np.ndarray:
    """A number for each activity; two of one number never run at once, for one follows the other (activities,)."""
    made, taken = np.arange(len(problem.names)), set()
    for a in map(int, forest.order):
        up = int(forest.parent[a])
        if up >= 0 and up not in taken and forest.waits[a] and forest.shift[a] >= problem.duration[up]:
            made[a] = made[up]
            taken.add(up)
    return made


def cuts_of(rows: Rows, which: np.ndarray, item: np.ndarray, share: np.ndarray, allowed: np.ndarray) -> list[tuple[list[Term], int]]:
    """Cuts of the rows `which` that `share` (activities, weeks + 1), a fraction of every start week, breaks; at most one for each row.

    Activities of one `item` (activities,) weigh at most once, by when they start (in a week `allowed`). A cover is a choice of weights
    above the limit, one for an item: not all its members at once. The others get the largest coefficient that keeps this true.
    """
    made = []
    for j in which.tolist():
        limit, at = int(rows.limit[j]), slice(rows.ptr[j], rows.ptr[j + 1])
        members, row_of = np.unique(rows.activity[at], return_inverse=True)
        weight = np.zeros((len(members), share.shape[1]), dtype=np.int64)
        for i, first, last, c in zip(row_of, rows.first[at], rows.last[at], rows.coefficient[at], strict=True):
            weight[i, first : last + 1] = c
        weight[~allowed[members]] = 0
        parts = share[members]
        items, of = np.unique(item[members], return_inverse=True)
        ptr, levels, reach = _levels(weight, parts, of, len(items))
        value = np.zeros(len(levels), dtype=np.int64)
        size = lifted_cover(ptr, levels, reach, limit, value)
        if size <= 0:
            continue
        terms, broken = [], -float(size)
        for i, a in enumerate(members.tolist()):
            own = slice(ptr[of[i]], ptr[of[i] + 1])
            coefficient = np.concatenate([[0], value[own]])[np.searchsorted(levels[own], weight[i], side="right")]
            broken += float((coefficient * parts[i]).sum())
            terms += [(a, *run) for run in runs(coefficient)]
        if broken > WORTH:
            made.append((terms, size))
    return made


def _levels(weight: np.ndarray, share: np.ndarray, of: np.ndarray, items: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """By item the weights told apart, rising (ptr, levels), and how much of it weighs so much or more."""
    ptr, levels, reach = [0], [], []
    for i in range(items):
        own, parts = weight[of == i].ravel(), share[of == i].ravel()
        there = np.unique(own[own > 0])
        used = np.unique(own[(parts > 0.01) & (own > 0)])
        told = np.union1d(np.union1d(there[:: max(1, len(there) // LEVELS)], there[-1:]), used)
        levels += told.tolist()
        reach += [float(parts[own >= level].sum()) for level in told]
        ptr.append(len(levels))
    return np.array(ptr, dtype=np.int64), np.array(levels, dtype=np.int64), np.array(reach)


@njit(**OPTIONS)
def lifted_cover(ptr, levels, reach, limit, value):
    """Fill `value` with the coefficient of each level and return the right side; 0 when no cover comes near to being broken.

    The cover is the choice of levels above `limit` that lacks least (a knapsack over weights); then it is made minimal and lifted.
    """
    items, size = len(ptr) - 1, limit + 1
    far = 1e9
    lacks, after = np.full(size + 1, far), np.empty(size + 1)
    lacks[0] = 0.0
    chosen = np.full((items, size + 1), -1, dtype=np.int32)
    for i in range(items):
        after[:] = lacks
        for m in range(ptr[i], ptr[i + 1]):
            if reach[m] < 1e-6:
                continue
            lack = max(0.0, 1.0 - reach[m])
            for w in range(1, size + 1):
                least = lacks[max(0, w - levels[m])] + lack
                if least < after[w] - 1e-12:
                    after[w], chosen[i, w] = least, m
        lacks[:] = after
    if lacks[size] > 1.3:
        return 0
    member = np.full(items, -1, dtype=np.int64)
    w, total, count = size, 0, 0
    for i in range(items - 1, -1, -1):
        m = chosen[i, w]
        if m >= 0:
            member[i] = m
            total += levels[m]
            count += 1
            w = max(0, w - levels[m])
    while True:  # take out what the cover does not need, the least used first
        spare = -1
        for i in range(items):
            if member[i] >= 0 and total - levels[member[i]] > limit and (spare < 0 or reach[member[i]] < reach[member[spare]]):
                spare = i
        if spare < 0:
            break
        total -= levels[member[spare]]
        member[spare] = -1
        count -= 1
    right = count - 1
    if right < 1:
        return 0
    _lift(ptr, levels, reach, limit, member, right, value)
    return right


@njit(**OPTIONS)
def _lift(ptr, levels, reach, limit, member, right, value):
    """Coefficients: 1 from its level on for a member, else as much as the lightest choice of the items before leaves room for."""
    items = len(ptr) - 1
    lightest = np.full(right + 1, np.int64(1) << 50)  # weight that a value of 0..right needs at least
    lightest[0] = 0
    key = np.zeros(items)
    for i in range(items):
        for m in range(ptr[i], ptr[i + 1]):
            key[i] = min(key[i], -reach[m] - 1e-9 * levels[m])
        if member[i] >= 0:
            for m in range(member[i], ptr[i + 1]):
                value[m] = 1
            for v in range(right, 0, -1):
                lightest[v] = min(lightest[v], lightest[v - 1] + levels[member[i]])
    after = np.empty_like(lightest)
    for i in np.argsort(key, kind="mergesort"):
        if member[i] >= 0:
            continue
        after[:] = lightest
        for m in range(ptr[i], ptr[i + 1]):
            most = -1
            for v in range(right, -1, -1):
                if lightest[v] <= limit - levels[m]:
                    most = v
                    break
            value[m] = right - max(most, 0)
            if value[m]:
                for v in range(1, right + 1):
                    after[v] = min(after[v], lightest[max(0, v - value[m])] + levels[m])
        lightest[:] = after
