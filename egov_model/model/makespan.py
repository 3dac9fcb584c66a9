"""A short schedule and a proven least length to begin with, for problems without money, windows or groups to leave out."""

from __future__ import annotations

import numpy as np

from egov_model.model.evolve import shortest
from egov_model.model.place_many import Packed, pack
from egov_model.model.problem import Problem
from egov_model.model.verify import MAKESPAN, value_of

PER_SECOND = 600_000  # activities scheduled forward and backward in the share of a second's limit that evolution gets
LEAST, MOST = 400, 50_000  # schedules


def is_plain(problem: Problem) -> bool:
    """Whether only precedence and a capacity that is the same every week bind, and the horizon lets every list be scheduled."""
    if problem.payments or not problem.required.all() or not len(problem.names):
        return False
    if any(f is not None for f in problem.finishes) or any(windows != ((0, problem.weeks),) for windows in problem.starts):
        return False
    alike = bool((problem.capacity == problem.capacity[:, :1]).all()) if problem.capacity.size else True
    if not alike or any(p.lag for p in problem.precedences) or int(problem.duration.sum()) > problem.weeks:
        return False
    try:
        return pack(problem).constant
    except ValueError:
        return False


def short_start(problem: Problem, limit: float, seed: int, hint: np.ndarray | None) -> tuple[np.ndarray, int]:
    """The shortest schedule that evolution finds within its share of `limit`, or the hint when that is shorter; and a lower bound."""
    packed = pack(problem)
    low = least_length(problem, packed)
    schedules = min(MOST, max(LEAST, int(limit * PER_SECOND / len(problem.names))))
    starts, end = shortest(packed, schedules, seed, low)
    if hint is not None and value_of(problem, hint, MAKESPAN) <= end:
        return hint, low
    return starts, low


def heads_and_tails(problem: Problem) -> tuple[np.ndarray, np.ndarray]:
    """Least weeks before the start and from the start to the end of the whole, by precedence alone, each (activities,)."""
    head, tail = np.zeros(len(problem.names), dtype=np.int64), problem.duration.astype(np.int64).copy()
    at = np.argsort(problem.order)
    for p in sorted(problem.precedences, key=lambda p: at[p.before]):
        head[p.after] = max(head[p.after], head[p.before] + problem.duration[p.before])
    for p in sorted(problem.precedences, key=lambda p: -at[p.after]):
        tail[p.before] = max(tail[p.before], problem.duration[p.before] + tail[p.after])
    return head, tail


def least_length(problem: Problem, packed: Packed) -> int:
    """No schedule is shorter: longest path, and for every role the work between any head and any tail divided by its capacity."""
    head, tail = heads_and_tails(problem)
    rest = tail - problem.duration
    low = int((head + tail).max(initial=0))
    for r in range(len(problem.resources)):
        users = np.flatnonzero(problem.demand[:, r] * problem.duration)
        work, capacity = problem.demand[users, r] * problem.duration[users], int(problem.capacity[r].max(initial=0))
        for h in np.unique(head[users]):
            for t in np.unique(rest[users]):
                inside = (head[users] >= h) & (rest[users] >= t)
                if inside.any():
                    low = max(low, int(h + t) - (-int(work[inside].sum()) // capacity))
    return low


def within(problem: Problem, domains: list[np.ndarray], end: int) -> list[np.ndarray]:
    """Start weeks that a schedule of at most `end` weeks may use."""
    head, tail = heads_and_tails(problem)
    return [weeks[(weeks >= head[a]) & (weeks <= end - tail[a])] for a, weeks in enumerate(domains)]
