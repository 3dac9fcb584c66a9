"""Many schedules of one problem at once: serial schedule generation for each draw, compiled, on two threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from egov_model.model.compiled import FIELD, GUARD, PER_WORD, STEP, place_rows
from egov_model.model.problem import Problem


@dataclass(frozen=True)
class Packed:
    """A problem in the arrays that the compiled loops read; capacities hold four roles to a word."""

    problem: Problem

    @cached_property
    def forward(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Predecessors by activity: ptr (activities + 1), before, lag."""
        return _lists(len(self.problem.names), [(p.after, p.before, p.lag) for p in self.problem.precedences])

    @cached_property
    def backward(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The same seen from the end: successors by activity."""
        return _lists(len(self.problem.names), [(p.before, p.after, p.lag) for p in self.problem.precedences])

    @cached_property
    def _unit(self) -> np.ndarray:
        """Greatest common divisor of a role's demands, by which it is counted, shape (resources,)."""
        return (
            np.maximum(np.gcd.reduce(self.problem.demand, axis=0), 1)
            if len(self.problem.names)
            else np.ones(len(self.problem.resources), int)
        )

    @cached_property
    def demand(self) -> np.ndarray:
        """Demand (activities, words)."""
        return _words((self.problem.demand // self._unit).T).T.copy()

    @cached_property
    def room(self) -> np.ndarray:
        """Free capacity (weeks, words) with every guard bit set."""
        return (_words(self.problem.capacity // self._unit[:, None]).T | GUARD).copy()

    @cached_property
    def gate(self) -> np.ndarray:
        """Next week an activity may start (activities, weeks + 1), weeks + 1 for never; empty when it always may."""
        whole = ((0, self.problem.weeks),)
        if all(windows == whole for windows in self.problem.starts):
            return np.empty((0, 0), dtype=np.int32)
        made = np.full((len(self.problem.names), self.problem.weeks + 2), self.problem.weeks + 1, dtype=np.int32)
        for a, windows in enumerate(self.problem.starts):
            for first, last in windows:
                weeks = np.arange(max(first, 0), min(last, self.problem.weeks) + 1)
                made[a, weeks] = weeks
        return np.minimum.accumulate(made[:, ::-1], axis=1)[:, ::-1][:, :-1].copy()

    @property
    def constant(self) -> bool:
        """Whether every week is like any other: no gates, no lags, the same capacity."""
        return not self.gate.size and not self.forward[2].any() and bool((self.room == self.room[:1]).all())


def pack(problem: Problem) -> Packed:
    """The arrays of a problem; ValueError when it has money, windows for finishes or groups to leave out, or capacities beyond 14 bits."""
    if problem.payments or any(f is not None for f in problem.finishes) or not problem.required.all():
        raise ValueError("place_many takes precedence, start windows and renewable capacity; money and groups to leave out need place")
    packed = Packed(problem)
    if (problem.capacity // packed._unit[:, None]).max(initial=0) >= 1 << FIELD or (problem.demand // packed._unit).max(
        initial=0
    ) >= 1 << FIELD:
        raise ValueError(f"place_many counts a role in whole steps of its demands' common divisor, below {1 << FIELD}")
    return packed


def place_many(
    packed: Packed,
    duration: np.ndarray,
    order: np.ndarray | None = None,
    priority: np.ndarray | None = None,
    improve: int = 0,
    threads: int = 2,
) -> tuple[np.ndarray, np.ndarray]:
    """Start weeks (draws, activities; -1: no place) and last finish (draws,; -1 when something has no place).

    `duration` (draws, activities) weeks. Activities go by `order` (activities,) or (draws, activities), each behind its predecessors, or
    by rising `priority` of the same shapes. `improve`: so many passes forward and backward (Tormos, Lova 2001), where all weeks are alike;
    ValueError elsewhere. Each draw is the same whatever the threads.
    """
    if improve and not packed.constant:
        raise ValueError("forward-backward improvement needs the same capacity in every week, and neither windows nor lags")
    draws, n = duration.shape
    starts, ends = np.full((draws, n), -1, dtype=np.int32), np.zeros(draws, dtype=np.int64)
    duration = np.ascontiguousarray(duration, dtype=np.int32)
    orders = np.empty((0, 0), dtype=np.int32) if order is None else np.ascontiguousarray(np.atleast_2d(order), dtype=np.int32)
    if order is None:
        priority = np.zeros(n) if priority is None else priority
        priorities = np.ascontiguousarray(np.broadcast_to(priority, (draws, n)), dtype=np.float64)
    else:
        priorities = np.empty((0, 0))
    follow = (packed.backward[0], packed.backward[1])
    arrays = (packed.forward, packed.backward, follow, packed.demand, packed.room, packed.gate, improve, starts, ends)
    edges = np.linspace(0, draws, max(1, min(threads, draws)) + 1).astype(int)
    with ThreadPoolExecutor(len(edges) - 1) as pool:
        list(pool.map(lambda k: place_rows(edges[k], edges[k + 1], orders, priorities, duration, *arrays), range(len(edges) - 1)))
    return starts, ends


def _lists(n: int, links: list[tuple[int, int, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    links = sorted(links)
    ptr = np.zeros(n + 1, dtype=np.int32)
    np.add.at(ptr, [a + 1 for a, _, _ in links], 1)
    return (
        np.cumsum(ptr, dtype=np.int32),
        np.array([b for _, b, _ in links], dtype=np.int32),
        np.array([g for *_, g in links], dtype=np.int32),
    )


def _words(rows: np.ndarray) -> np.ndarray:
    """(resources, columns) -> (words, columns), four to a word; one empty word where there are no resources."""
    made = np.zeros((max(1, -(-len(rows) // PER_WORD)), rows.shape[1]), dtype=np.int64)
    for r, row in enumerate(rows):
        made[r // PER_WORD] |= row.astype(np.int64) << (STEP * (r % PER_WORD))
    return made
