"""A better schedule near a known one: groups change their turn or wait on purpose, all are placed again, and what is worth it stays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from egov_model.model.compiled_search import draw_below
from egov_model.model.copied import copy, copy_table
from egov_model.model.machine_code import compiled
from egov_model.model.payments import tables
from egov_model.model.problem import Problem
from egov_model.model.verify import violations

REACH, SHIFT = 12, 15  # places a group is moved at most mostly, and weeks its beginning
THRESHOLD_PART = 170  # a change may cost this part of the whole at first
NOWHERE = 1 << 60


class Read(NamedTuple):
    """A problem as the compiled search reads it; rows of different lengths lie one behind the other, `*_at` says where each begins."""

    member_at: np.ndarray  # activities of a group, each behind what it follows
    member: np.ndarray
    before_at: np.ndarray  # what an activity follows, and how long after the start of that
    before: np.ndarray
    shift: np.ndarray
    need_at: np.ndarray  # resources of an activity and how much of each
    need: np.ndarray
    demand: np.ndarray
    duration: np.ndarray
    allowed: np.ndarray  # (activities, weeks + 1)
    capacity: np.ndarray  # (resources, weeks)
    column: np.ndarray  # (activities,) row in money, -1: pays nothing
    money: np.ndarray  # (payers, weeks + 1, funds x years)
    ceiling: np.ndarray  # (funds x years,)
    cost: np.ndarray  # (activities, weeks + 1)
    absent: np.ndarray  # (groups,)


def descend(problem: Problem, cost: np.ndarray, starts: np.ndarray, tries: int, seed: int = 0) -> np.ndarray:
    """Start weeks (activities,; -1: left out) whose cost is no higher than that of `starts`, a schedule of the problem.

    `cost` (activities, weeks + 1) by start week, `left_out` by group. Groups are placed in an order, none before a week of its own, each
    activity as early as windows, people and money allow; `tries` changes of one turn or week, of which one stays that costs no more than a
    threshold that falls to nothing (threshold accepting, Dueck and Scheuer 1990). Whole numbers throughout: the same on every machine.
    """
    begin = np.array([starts[problem.group == g].min(initial=problem.weeks) for g in range(len(problem.groups))])
    order = np.argsort(np.where(begin < 0, problem.weeks + 1, begin), kind="stable").astype(np.int64)
    value = _value(problem, cost, starts)
    found = _search(_read(problem, cost), order, tries, max(1, value // THRESHOLD_PART), seed)
    return found if _value(problem, cost, found) < value and not violations(problem, found) else starts


def _value(problem: Problem, cost: np.ndarray, starts: np.ndarray) -> int:
    """Cost of the start weeks and of the groups that are left out."""
    placed = np.flatnonzero(starts >= 0)
    absent = np.setdiff1d(problem.group, problem.group[placed])
    return int(cost[placed, starts[placed]].sum() + problem.left_out[absent].sum())


def _read(problem: Problem, cost: np.ndarray) -> Read:
    count = len(problem.names)
    at = np.argsort(problem.order)
    members = [sorted(np.flatnonzero(problem.group == g).tolist(), key=at.__getitem__) for g in range(len(problem.groups))]
    into: list[list] = [[] for _ in range(count)]
    for p in problem.precedences:
        into[p.after].append((p.before, int(problem.duration[p.before]) + p.lag))
    needs = [np.flatnonzero(problem.demand[a]).tolist() if problem.duration[a] else [] for a in range(count)]
    paid, column = tables(problem), np.full(count, -1, dtype=np.int64)
    column[sorted(paid)] = np.arange(len(paid))
    return Read(
        *_rows(members),
        *_rows([[b for b, _ in row] for row in into]),
        np.array([shift for row in into for _, shift in row], dtype=np.int64),
        *_rows(needs),
        np.array([problem.demand[a, r] for a, row in enumerate(needs) for r in row], dtype=np.int64),
        np.ascontiguousarray(problem.duration, dtype=np.int64),
        np.ascontiguousarray(problem.allowed),
        np.ascontiguousarray(problem.capacity, dtype=np.int64),
        column,
        np.array([paid[a] for a in sorted(paid)], dtype=np.int64).reshape(len(paid), problem.weeks + 1, problem.ceiling.size),
        np.ascontiguousarray(problem.ceiling.ravel(), dtype=np.int64),
        np.ascontiguousarray(cost, dtype=np.int64),
        np.where(problem.required, NOWHERE >> 12, problem.left_out).astype(np.int64),
    )


def _rows(rows: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Where each row begins, and the rows one behind the other."""
    at = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    return at, np.array([v for row in rows for v in row], dtype=np.int64)


@compiled
def _search(read, order, tries, threshold, seed):
    """Threshold accepting over orders and first weeks; the best start weeks found."""
    weeks, groups = read.allowed.shape[1] - 1, len(order)
    room, left, spent = np.empty_like(read.capacity), np.empty_like(read.ceiling), np.empty_like(read.ceiling)
    start = np.empty(len(read.duration), dtype=np.int64)
    first, moved, shifted = np.zeros(groups, dtype=np.int64), order.copy(), np.zeros(groups, dtype=np.int64)
    state = np.array([seed], dtype=np.uint64)
    value = _place(read, order, first, NOWHERE, room, left, spent, start)
    least, best = value, start.copy()
    for k in range(tries):
        copy(order, moved)
        copy(first, shifted)
        kind, g = draw_below(state, 100), draw_below(state, groups)
        if kind < 75:
            to = draw_below(state, groups) if kind < 15 else min(max(g + draw_below(state, 2 * REACH + 1) - REACH, 0), groups - 1)
            group, step = moved[g], 1 if to > g else -1
            for i in range(g, to, step):
                moved[i] = moved[i + step]
            moved[to] = group
        elif kind < 86:
            shifted[g] = 0
        elif kind < 88:
            shifted[g] = weeks + 1  # not at all
        else:
            begin = weeks
            for m in range(read.member_at[g], read.member_at[g + 1]):
                begin = min(begin, best[read.member[m]])
            shifted[g] = max(0, begin + draw_below(state, 2 * SHIFT + 1) - SHIFT)
        rest = tries - k
        limit = value + draw_below(state, 1 + threshold * rest // tries * rest // tries)
        tried = _place(read, moved, shifted, limit, room, left, spent, start)
        if tried <= limit:
            value = tried
            copy(moved, order)
            copy(shifted, first)
            if value < least:
                least = value
                copy(start, best)
    return best


@compiled
def _place(read, order, first, limit, room, left, spent, start):
    """Place the groups in their order and say what that costs, or some number above `limit` as soon as it costs more."""
    member_at, member, duration, allowed = read.member_at, read.member, read.duration, read.allowed
    before_at, before, shift = read.before_at, read.before, read.shift
    need_at, need, demand, column, money = read.need_at, read.need, read.demand, read.column, read.money
    cost, absent, weeks = read.cost, read.absent, read.allowed.shape[1] - 1
    copy_table(read.capacity, room)
    copy(read.ceiling, left)
    start.fill(-1)
    total = 0
    for g in order:
        spent.fill(0)
        placed = first[g] <= weeks
        for m in range(member_at[g], member_at[g + 1]):
            if not placed:
                break
            a = member[m]
            at = max(first[g], 0)
            for i in range(before_at[a], before_at[a + 1]):
                if start[before[i]] < 0:
                    at = weeks + 1
                    break
                at = max(at, start[before[i]] + shift[i])
            while at + duration[a] <= weeks:
                if not allowed[a, at]:
                    at += 1
                    continue
                lacking = -1  # the last week that lacks somebody rules out every start up to itself
                for i in range(need_at[a], need_at[a + 1]):
                    t = at + duration[a] - 1
                    while t >= at and t > lacking and room[need[i], t] >= demand[i]:
                        t -= 1
                    if t >= at:
                        lacking = max(lacking, t)
                if lacking >= at:
                    at = lacking + 1
                    continue
                fits = True
                if column[a] >= 0:
                    for c in range(len(left)):
                        if money[column[a], at, c] > left[c] - spent[c]:
                            fits = False
                            break
                if fits:
                    break
                at += 1
            placed = at + duration[a] <= weeks
            if placed:
                start[a] = at
                if column[a] >= 0:
                    for c in range(len(left)):
                        spent[c] += money[column[a], at, c]
        for m in range(member_at[g], member_at[g + 1]):
            a = member[m]
            if not placed:
                start[a] = -1
                continue
            total += cost[a, start[a]]
            for i in range(need_at[a], need_at[a + 1]):
                for t in range(start[a], start[a] + duration[a]):
                    room[need[i], t] -= demand[i]
        if placed:
            for c in range(len(left)):
                left[c] -= spent[c]
        else:
            total += absent[g]
        if total > limit:
            break
    return total
