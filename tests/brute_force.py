"""Every schedule of a small problem, by trying all: what the solver's answers are held against."""

from __future__ import annotations

from itertools import product

import numpy as np

from egov_model.model.problem import Payment, Precedence, Problem
from egov_model.model.verify import value_of


def best_by_trying_all(problem: Problem, objective: str) -> int | None:
    """The least value over all schedules; None when there is none. Only hopeless beginnings are cut, never a worse one."""
    best = None
    optional = [g for g in range(len(problem.groups)) if not problem.required[g]]
    for choice in product((True, False), repeat=len(optional)):
        placed = {g: True for g in range(len(problem.groups))} | dict(zip(optional, choice, strict=True))
        todo = [int(a) for a in problem.order if placed[int(problem.group[a])]]
        if any(placed[int(problem.group[p.after])] and not placed[int(problem.group[p.before])] for p in problem.precedences):
            continue
        starts = np.full(len(problem.names), -1, dtype=np.int64)
        for made in _all(problem, todo, 0, starts, problem.capacity.copy(), problem.ceiling.copy()):
            value = value_of(problem, made, objective)
            best = value if best is None else min(best, value)
    return best


def _all(problem: Problem, todo: list[int], depth: int, starts: np.ndarray, room: np.ndarray, left: np.ndarray):
    if depth == len(todo):
        yield starts
        return
    a = todo[depth]
    length = int(problem.duration[a])
    for week in range(problem.weeks - length + 1):
        if not any(first <= week <= last for first, last in problem.starts[a]):
            continue
        if problem.finishes[a] is not None and not any(first <= week + length <= last for first, last in problem.finishes[a]):
            continue
        if any(week < starts[p.before] + problem.duration[p.before] + p.lag for p in problem.precedences if p.after == a):
            continue
        room_after, left_after = room.copy(), left.copy()
        room_after[:, week : week + length] -= problem.demand[a][:, None]
        for payment in problem.payments:
            if payment.activity == a:
                left_after[payment.fund] -= payment.amount[week]
        if (room_after < 0).any() or (left_after < 0).any():
            continue
        starts[a] = week
        yield from _all(problem, todo, depth + 1, starts, room_after, left_after)
        starts[a] = -1


def random_problem(seed: int, plain: bool = False) -> Problem:
    """Up to seven activities over up to nine weeks of two years, with windows, lags, two roles, two funds and groups to leave out."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 8))
    weeks = int(rng.integers(4, 10 if count < 5 else 7 if count < 7 else 6))
    groups = int(rng.integers(1, min(count, 3) + 1))
    group = np.sort(rng.integers(0, groups, count))
    half = weeks // 2
    gated = rng.random(count) < 0.4
    one, two = sorted(rng.integers(0, half + 1, 2)), sorted(rng.integers(half, weeks + 1, 2))
    payments = []
    for a in range(count):
        kind = rng.integers(0, 4)
        amount = np.zeros((weeks + 1, 2), dtype=np.int64)
        if kind == 1:  # all in the year of the start
            price = rng.integers(0, 9, 2)
            amount[:half, 0], amount[half:, 1] = price[0], price[1]
        elif kind == 2:  # running costs by weeks, rounded down
            for week in range(weeks + 1):
                amount[week] = int(rng.integers(5, 9)) * np.array([max(half - week, 0), weeks - max(week, half)]) // half
        if amount.any():
            payments.append(Payment(a, int(rng.integers(0, 2)), amount))
    return Problem(
        names=tuple(f"a{n}" for n in range(count)),
        duration=rng.integers(0, 3, count),
        weeks=weeks,
        precedences=tuple(Precedence(i, j, int(rng.integers(-1, 2))) for j in range(count) for i in range(j) if rng.random() < 0.25),
        resources=("r0", "r1"),
        demand=rng.integers(0, 3, (count, 2)),
        capacity=rng.integers(1, 4, (2, 1)) + (rng.random((2, weeks)) < 0.3),
        starts=None if plain else tuple((tuple(map(int, one)), tuple(map(int, two))) if g else ((0, weeks),) for g in gated),
        finishes=None if plain else tuple(((0, int(rng.integers(1, weeks + 1))),) if rng.random() < 0.15 else None for _ in range(count)),
        weight=rng.integers(0, 5, count),
        due=rng.integers(-1, weeks, count),
        groups=tuple(f"g{n}" for n in range(groups)),
        group=group,
        required=rng.random(groups) < 0.5,
        left_out=rng.integers(0, 40, groups),
        funds=("f0", "f1"),
        years=("0", "1"),
        ceiling=rng.integers(2, 16, (2, 2)),
        payments=() if plain else tuple(payments),
    )
