"""Payments by start week as a few straight pieces, so that a year's ceiling is one line of a linear model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egov_model.model.problem import Problem


@dataclass(frozen=True)
class Piece:
    """Start weeks that pay along a line: at least `base + slope x week`, and at most `error` more, by fund and year (flat)."""

    weeks: np.ndarray
    base: np.ndarray  # (funds x years,)
    slope: np.ndarray
    error: np.ndarray


def pieces(rows: np.ndarray, weeks: np.ndarray, tolerance: int) -> list[Piece]:
    """The table `rows` (weeks, columns) cut into as few runs of weeks as a sweep finds whose columns are lines up to `tolerance`."""
    made, first = [], 0
    while first < len(weeks):
        last, best = first, _line(rows[first : first + 1], weeks[first : first + 1])
        step = 1
        # doubling, then halving: runs are mostly whole years
        while step:
            reach = min(last + step, len(weeks) - 1)
            tried = _line(rows[first : reach + 1], weeks[first : reach + 1]) if reach > last else None
            if tried is not None and (tried.error <= tolerance).all():
                last, best, step = reach, tried, step * 2
            else:
                step //= 2
        made.append(best)
        first = last + 1
    return made


def tables(problem: Problem) -> dict[int, np.ndarray]:
    """Payments by activity: (weeks + 1, funds x years)."""
    made: dict[int, np.ndarray] = {}
    years = len(problem.years)
    for p in problem.payments:
        table = made.setdefault(p.activity, np.zeros((problem.weeks + 1, len(problem.funds) * years), dtype=np.int64))
        table[:, p.fund * years : (p.fund + 1) * years] += p.amount
    return made


def _line(rows: np.ndarray, weeks: np.ndarray) -> Piece:
    """The line below a run of weeks, with whole slope and base."""
    span = max(int(weeks[-1] - weeks[0]), 1)
    slope = np.rint((rows[-1] - rows[0]) / span).astype(np.int64)
    rest = rows - slope * weeks[:, None]
    base = rest.min(axis=0)
    return Piece(weeks, base, slope, rest.max(axis=0) - base)
