"""What activities share, as rows over start weeks: people of a week, money of a year, and precedences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from egov_model.model.payments import tables
from egov_model.model.problem import Precedence, Problem

GRID = 2_000  # a ceiling is counted in so many units at most, payments rounded down and the ceiling too

Term = tuple[int, int, int, int]  # activity, first and last start week, coefficient


@dataclass(frozen=True)
class Rows:
    """Rows of `sum of coefficient where the activity starts in first..last <= limit`, all whole numbers.

    Terms of row j are ptr[j]:ptr[j + 1]; `scale` is the largest coefficient of a row.
    """

    ptr: np.ndarray
    activity: np.ndarray
    first: np.ndarray
    last: np.ndarray
    coefficient: np.ndarray
    limit: np.ndarray
    scale: np.ndarray

    def __len__(self) -> int:
        return len(self.limit)

    @property
    def arrays(self) -> tuple[np.ndarray, ...]:
        """What the compiled loops read."""
        return self.ptr, self.activity, self.first, self.last, self.coefficient, self.limit, self.scale

    def terms(self, row: int) -> list[Term]:
        """Terms of one row."""
        at = slice(self.ptr[row], self.ptr[row + 1])
        parts = (self.activity[at], self.first[at], self.last[at], self.coefficient[at])
        return list(zip(*(part.tolist() for part in parts), strict=True))


def make_rows(rows: Sequence[tuple[Sequence[Term], int]]) -> Rows:
    """Rows from (terms, limit)."""
    flat = np.array([term for terms, _ in rows for term in terms], dtype=np.int64).reshape(-1, 4)
    ptr = np.concatenate([[0], np.cumsum([len(terms) for terms, _ in rows], dtype=np.int64)]).astype(np.int64)
    largest = [max((abs(c) for *_, c in terms), default=1) for terms, _ in rows]
    limit = np.array([limit for _, limit in rows], dtype=np.int64)
    return Rows(ptr, *(np.ascontiguousarray(flat[:, k]) for k in range(4)), limit, np.array(largest, dtype=np.float64))


def joined(one: Rows, other: Rows) -> Rows:
    """Rows of both, those of `one` first."""
    ptr = np.concatenate([one.ptr, other.ptr[1:] + one.ptr[-1]])
    return Rows(ptr, *(np.concatenate(pair) for pair in zip(one.arrays[1:], other.arrays[1:], strict=True)))


def kept(rows: Rows, which: np.ndarray) -> Rows:
    """The rows that the numbers `which` name, in that order."""
    lengths = np.diff(rows.ptr)[which]
    ptr = np.concatenate([[0], np.cumsum(lengths)])
    terms = np.arange(ptr[-1]) - np.repeat(ptr[:-1], lengths) + np.repeat(rows.ptr[which], lengths)
    parts = (part[terms] for part in (rows.activity, rows.first, rows.last, rows.coefficient))
    return Rows(ptr, *parts, rows.limit[which], rows.scale[which])


def used(rows: Rows, share: np.ndarray) -> np.ndarray:
    """What fractions of start weeks (activities, weeks + 1) use of each row."""
    until = np.concatenate([np.zeros((len(share), 1)), np.cumsum(share, axis=1)], axis=1)
    parts = rows.coefficient * (until[rows.activity, rows.last + 1] - until[rows.activity, rows.first])
    return np.bincount(np.repeat(np.arange(len(rows)), np.diff(rows.ptr)), weights=parts, minlength=len(rows))


def people_rows(problem: Problem) -> list[tuple[list[Term], int]]:
    """A row for each resource and week that all who could work then would overfill."""
    made = []
    for r in range(len(problem.resources)):
        users = [int(a) for a in np.flatnonzero(problem.demand[:, r] * problem.duration)]
        for t in range(problem.weeks):
            terms = []
            for a in users:
                first, last = max(t - int(problem.duration[a]) + 1, 0), t
                if problem.allowed[a, first : last + 1].any():
                    terms.append((a, first, last, int(problem.demand[a, r])))
            if sum(c for *_, c in terms) > problem.capacity[r, t]:
                made.append((terms, int(problem.capacity[r, t])))
    return made


def money_rows(problem: Problem) -> list[tuple[list[Term], int]]:
    """A row for each fund and year that could be overspent; payments in units of the ceiling, both rounded down."""
    made = []
    paid = tables(problem)
    for c, ceiling in enumerate(int(v) for v in problem.ceiling.ravel()):
        unit = max(1, ceiling // GRID)
        terms, most = [], 0
        for a, table in sorted(paid.items()):
            units = np.where(problem.allowed[a], table[:, c] // unit, 0)
            terms += [(a, *run) for run in _runs(units)]
            most += int(units.max())
        if most > ceiling // unit:
            made.append((terms, ceiling // unit))
    return made


def precedence_rows(problem: Problem, precedences: Iterable[Precedence]) -> list[tuple[list[Term], int]]:
    """A row for each precedence and week t: the successor has not started by t unless its predecessor had by then early enough."""
    made = []
    for p in precedences:
        shift = int(problem.duration[p.before]) + p.lag
        for t in range(problem.weeks + 1):
            before = [(p.before, 0, min(t - shift, problem.weeks), -1)] if t >= shift else []
            made.append(([(p.after, 0, t, 1), *before], 0))
    return made


def _runs(values: np.ndarray) -> list[tuple[int, int, int]]:
    """(first, last, value) of runs of equal values above nothing."""
    edges = np.flatnonzero(np.diff(values)) + 1
    firsts, lasts = np.concatenate([[0], edges]), np.concatenate([edges, [len(values)]]) - 1
    return [(int(f), int(t), int(values[f])) for f, t in zip(firsts, lasts, strict=True) if values[f]]
