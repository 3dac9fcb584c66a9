"""Payments on the plan's own dates as a table, so that what they would cost in a draw is one pass over it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from egov_model.model.network import ONCE, Network
from egov_model.model.schedule import Schedule


def planned_payments(network: Network, schedule: Schedule, draw: int = 0) -> np.ndarray:
    """Rows (line, year of its price, fund, year of payment, part, whole, sign), int64: what a dated schedule pays, by a line's amounts.

    A row pays `sign` times `part` of `whole` of the line's amount at the prices of that year, rounded down; the rows of a line add up to
    what `place` pays for it, whatever the amounts. Years are indices; groups without a place pay nothing.
    """
    year_weeks = np.bincount(network.week_year).tolist()
    rows = []
    for line, g in enumerate(network.line_group.tolist()):
        if schedule.live[draw, g] < 0:
            continue
        a, every = int(network.line_activity[line]), int(network.line_every[line])
        if every == ONCE:
            start, finish = int(schedule.start[draw, a]), int(schedule.finish[draw, a])
            found = _contract(start, finish - start, bool(network.multi_year[g]), network.week_year, year_weeks)
        else:
            found = _running(int(schedule.live[draw, g]), every, network.week_year, year_weeks)
        rows += [(line, priced, int(network.fund[g]), *rest) for priced, *rest in found]
    return np.array(rows, dtype=np.int64).reshape(-1, 7)


_Part = tuple[int, int, int, int, int]  # year of the price, year of payment, part, whole, sign


def _contract(start: int, length: int, multi_year: bool, week_year: np.ndarray, year_weeks: list[int]) -> Iterator[_Part]:
    year = signed = int(week_year[min(start, len(week_year) - 1)])
    ends = np.cumsum(year_weeks).tolist()
    while multi_year and ends[year] - start < length:
        by_then = ends[year] - start
        yield signed, year, by_then, length, 1
        year += 1
        yield signed, year, by_then, length, -1
    yield signed, year, 1, 1, 1


def _running(live: int, every: int, week_year: np.ndarray, year_weeks: list[int]) -> Iterator[_Part]:
    if live >= len(week_year):
        return
    first = int(week_year[live])
    if every:
        yield from ((y, y, 1, 1, 1) for y in range(first + every, len(year_weeks), every))
        return
    yield first, first, sum(year_weeks[: first + 1]) - live, year_weeks[first], 1
    yield from ((y, y, 1, 1, 1) for y in range(first + 1, len(year_weeks)))
