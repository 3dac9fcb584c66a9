"""Cuts of a row: activities of which not all can start where they want, though fractions of them could (lifted cover inequalities)."""

from __future__ import annotations

import numpy as np

from egov_model.model.copied import copy
from egov_model.model.forest import Forest
from egov_model.model.machine_code import compiled
from egov_model.model.problem import Problem
from egov_model.model.rows import Rows, Term

LEVELS = 8  # weights of one item that a cut tells apart, beside those the fractions use
USED = 0.01  # share of the answers from which on a weight is told apart
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
    until, open_until = (np.concatenate([np.zeros((len(share), 1)), np.cumsum(part, axis=1)], axis=1) for part in (share, allowed))
    for j in which.tolist():
        at = slice(rows.ptr[j], rows.ptr[j + 1])
        a, first, last, weight = rows.activity[at], rows.first[at], rows.last[at], rows.coefficient[at]
        there = open_until[a, last + 1] > open_until[a, first]
        a, first, last, weight = a[there], first[there], last[there], weight[there]
        reach = until[a, last + 1] - until[a, first]
        coefficient = np.zeros(len(a), dtype=np.int64)
        right = _row_cut(item[a], weight, reach, int(rows.limit[j]), coefficient)
        if right > 0 and float((coefficient * reach).sum()) > right + WORTH:
            made.append((_merged(a, first, last, coefficient), int(right)))
    return made


def _merged(a: np.ndarray, first: np.ndarray, last: np.ndarray, coefficient: np.ndarray) -> list[Term]:
    """Terms of a cut; those of one activity that touch and count alike are one."""
    made: list[Term] = []
    for term in zip(a.tolist(), first.tolist(), last.tolist(), coefficient.tolist(), strict=True):
        if made and made[-1][0] == term[0] and made[-1][2] + 1 == term[1] and made[-1][3] == term[3]:
            made[-1] = (term[0], made[-1][1], term[2], term[3])
        elif term[3]:
            made.append(term)
    return made


@compiled
def _row_cut(item, weight, reach, limit, coefficient):
    """Fill the coefficient of each term of a row and return the right side; 0 where there is no cut.

    Of an item's weights those are told apart that the answers use, the largest, and every so many of the others.
    """
    count = len(item)
    order = np.argsort(weight, kind="mergesort")
    order = order[np.argsort(item[order], kind="mergesort")]  # by item, and by weight within it
    ptr, levels, above = np.zeros(count + 1, dtype=np.int64), np.empty(count, dtype=np.int64), np.empty(count)
    items, told, k, most = 0, 0, 0, 0
    while k < count:
        end, different = k, 0
        while end < count and item[order[end]] == item[order[k]]:
            different += end == k or weight[order[end]] != weight[order[end - 1]]
            end += 1
        every, number, rest = max(1, different // LEVELS), 0, 0.0
        for m in range(k, end):
            rest += reach[order[m]]
        m = k
        while m < end:
            same, here = m, 0.0
            while same < end and weight[order[same]] == weight[order[m]]:
                here += reach[order[same]]
                same += 1
            if here > USED or same == end or number % every == 0:
                levels[told], above[told] = weight[order[m]], rest
                told += 1
            rest, number, m = rest - here, number + 1, same
        most += levels[told - 1]
        items += 1
        ptr[items] = told
        k = end
    if most <= limit:
        return 0
    value = np.zeros(told, dtype=np.int64)
    right = lifted_cover(ptr[: items + 1], levels[:told], above[:told], limit, value)
    if right <= 0:
        return 0
    now = -1
    for k in range(count):
        if k == 0 or item[order[k]] != item[order[k - 1]]:
            now += 1
            level = ptr[now] - 1
        while level + 1 < ptr[now + 1] and levels[level + 1] <= weight[order[k]]:
            level += 1
        coefficient[order[k]] = value[level] if level >= ptr[now] else 0
    return right


@compiled
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
        copy(lacks, after)
        for m in range(ptr[i], ptr[i + 1]):
            if reach[m] < 1e-6:
                continue
            lack = max(0.0, 1.0 - reach[m])
            for w in range(1, size + 1):
                least = lacks[max(0, w - levels[m])] + lack
                if least < after[w] - 1e-12:
                    after[w], chosen[i, w] = least, m
        copy(after, lacks)
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


@compiled
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
        copy(lightest, after)
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
        copy(after, lightest)
