"""A short schedule by evolution: activity lists are crossed and improved forward and backward, the start of the optimiser's search."""

from __future__ import annotations

import numpy as np

from egov_model.model.compiled import improve, list_by_priority, refill, serial
from egov_model.model.copied import copy
from egov_model.model.machine_code import compiled
from egov_model.model.place_many import Packed

POPULATION, MUTATION = 40, 0.05


def shortest(packed: Packed, schedules: int, seed: int, target: int = 0) -> tuple[np.ndarray, int]:
    """Start weeks (activities,) and last finish of the best of `schedules` improved schedules; stops early at `target`.

    Activity lists of latest-finish priority with noise, two-point crossover and forward-backward improvement of every child
    (Hartmann 1998; Valls, Ballestin and Quintanilla 2008). For problems whose weeks are all alike (`packed.constant`).
    """
    problem = packed.problem
    duration = np.ascontiguousarray(problem.duration, dtype=np.int32)
    tail = np.zeros(len(duration))
    for a in problem.order[::-1]:
        tail[a] = max([tail[b] for b in packed.backward[1][packed.backward[0][a] : packed.backward[0][a + 1]]], default=0) + duration[a]
    follow = (packed.backward[0], packed.backward[1])
    start, end = _evolve(-tail, duration, packed.forward, packed.backward, follow, packed.demand, packed.room, schedules, seed, target)
    return start.astype(np.int64), int(end)


@compiled
def _decode(order, duration, forward, backward, demand, room, start, free, count, scratch, mirrored):
    """Schedule a list and improve it; returns its last finish."""
    none = np.empty((0, 0), dtype=np.int32)
    refill(free, room[0], room.shape[0])
    end = serial(order, duration, forward[0], forward[1], forward[2], demand, free, none, start)
    return improve(start, end, duration, forward, backward, demand, room[0], scratch, count, free, mirrored, 1 << 30)


@compiled
def _relist(start, forward, follow, order):
    """Fill `order` with the activities by start week, each behind what it follows."""
    list_by_priority(start.astype(np.float64), forward[0], forward[1], follow[0], follow[1], order)


@compiled
def _cross(mother, father, order, seen, n):
    """Two-point crossover of activity lists: mother's ends, the middle in father's order; every child keeps precedence."""
    one, two = np.random.randint(0, n), np.random.randint(0, n)
    if one > two:
        one, two = two, one
    seen.fill(False)
    for k in range(one):
        order[k] = mother[k]
        seen[mother[k]] = True
    k = one
    for m in range(n):
        if k >= two:
            break
        if not seen[father[m]]:
            order[k] = father[m]
            seen[father[m]] = True
            k += 1
    for m in range(n):
        if not seen[mother[m]]:
            order[k] = mother[m]
            k += 1


@compiled
def _mutate(order, forward, n):
    """Swap neighbours that do not follow one another, each with a small chance."""
    for k in range(n - 1):
        if np.random.random() < MUTATION:
            a, b = order[k], order[k + 1]
            linked = False
            for p in range(forward[0][b], forward[0][b + 1]):
                if forward[1][p] == a:
                    linked = True
            if not linked:
                order[k], order[k + 1] = b, a


@compiled
def _evolve(priority, duration, forward, backward, follow, demand, room, schedules, seed, target):
    np.random.seed(seed)
    n = len(duration)
    lists = np.empty((POPULATION, n), dtype=np.int32)
    ends = np.empty(POPULATION, dtype=np.int64)
    free = np.empty_like(room)
    count = np.empty(room.shape[0] + 3, dtype=np.int32)
    scratch, mirrored, start = np.empty(n, dtype=np.int32), np.empty(n, dtype=np.int32), np.empty(n, dtype=np.int32)
    order, seen = np.empty(n, dtype=np.int32), np.empty(n, dtype=np.bool_)
    best, best_start = np.int64(1) << 60, np.empty(n, dtype=np.int32)
    spread = np.max(np.abs(priority)) * 0.25 + 1.0
    done, since = 0, 0
    while done < schedules and best > target:
        # a population that has stood still for long begins anew; the best found stays aside
        for k in range(POPULATION):
            noise = np.random.random(n) * spread * (0.0 if done == 0 and k == 0 else 1.0)
            list_by_priority(priority + noise, forward[0], forward[1], follow[0], follow[1], order)
            start.fill(-1)
            ends[k] = _decode(order, duration, forward, backward, demand, room, start, free, count, scratch, mirrored)
            _relist(start, forward, follow, lists[k])
            done += 1
            if ends[k] < best:
                best = ends[k]
                copy(start, best_start)
            if best <= target:
                break
        since = 0
        while done < schedules and best > target and since < 60 * POPULATION:
            a, b = np.random.randint(0, POPULATION), np.random.randint(0, POPULATION)
            c, d = np.random.randint(0, POPULATION), np.random.randint(0, POPULATION)
            mother, father = (a if ends[a] <= ends[b] else b), (c if ends[c] <= ends[d] else d)
            _cross(lists[mother], lists[father], order, seen, n)
            _mutate(order, forward, n)
            start.fill(-1)
            end = _decode(order, duration, forward, backward, demand, room, start, free, count, scratch, mirrored)
            done += 1
            since += 1
            worst = np.random.randint(0, POPULATION)
            for _ in range(3):
                other = np.random.randint(0, POPULATION)
                if ends[other] > ends[worst]:
                    worst = other
            if end <= ends[worst]:
                _relist(start, forward, follow, lists[worst])
                ends[worst] = end
            if end < best:
                best, since = end, 0
                copy(start, best_start)
    return best_start, best
