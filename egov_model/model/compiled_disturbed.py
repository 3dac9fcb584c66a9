"""Compiled changes that a draw makes to what all draws share: weeks of work, fiscal windows, people who are there."""

from __future__ import annotations

import numpy as np

from egov_model.model.machine_code import borrowing


@borrowing
def lengthen(duration, longer, lasts):
    """Fill `lasts` (activities, years) with each duration and, unless that is nothing, what `longer` (activities, years of its own) adds to
    a start in that year; years after those of `longer` are the same over again."""
    for a in range(len(duration)):
        length, more, made = duration[a], longer[a], lasts[a]
        own = len(more)
        for y in range(min(own, len(made))):
            made[y] = length + more[y] if length else 0
        for y in range(own, len(made)):
            made[y] = made[y - own]


@borrowing
def move_windows(windows, window_year, gate_weeks, moved):
    """Fill `moved` with windows that open `gate_weeks` (years,) later; what closes them stays."""
    for n in range(len(windows)):
        moved[n] = windows[n]
    for n in range(len(window_year)):
        moved[3 * n] += gate_weeks[window_year[n]]


@borrowing
def share_people(capacity, share, year_ends, room):
    """Fill `room` (roles, weeks) with what `share` (roles, years) leaves of the capacity, rounded to whole thousandths."""
    for r in range(share.shape[0]):
        for y in range(share.shape[1]):
            first, end, part = year_ends[y - 1] if y else 0, year_ends[y], share[r, y]
            own, there = capacity[r, first:end], room[r, first:end]
            if part == 1.0:
                for t in range(len(own)):
                    there[t] = own[t]
            else:
                for t in range(len(own)):
                    there[t] = np.int64(np.rint(own[t] * part))
