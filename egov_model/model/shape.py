"""A network as a serial schedule reads it: plain numbers and short lists, made once for all draws."""

from __future__ import annotations

import numpy as np

from egov_model.model.network import ONCE, Network, members


class Shape:
    """What every draw of a network shares, as plain numbers and short lists: a serial scheme asks for them one at a time."""

    def __init__(self, network: Network, years: int):
        self.net, self.years, self.weeks = network, years, network.capacity.shape[1]
        self.no_money = np.zeros(years, dtype=np.int64)
        self.week_year = network.week_year.tolist()
        self.year_weeks = np.bincount(network.week_year, minlength=years)
        self.year_ends = np.cumsum(self.year_weeks)  # first week after each year
        self.chains, self.after, self.earliest = network.chains, network.after, network.earliest.tolist()
        self.multi_year, self.fund = network.multi_year.tolist(), network.fund.tolist()
        self.lines_of = [np.array(lines, dtype=np.int64) for lines in members(network.line_activity, len(network.activities))]
        running = members(np.where(network.line_every == ONCE, -1, network.line_group), len(network.groups))
        self.upkeep_of = [np.array(lines, dtype=np.int64) for lines in running]
        self.every = network.line_every.tolist()
        self.needs_of: list[list[tuple[int, int]]] = [[] for _ in network.activities]  # (role, thousandths of an FTE)
        wanted = network.role_demand.nonzero()
        for activity, role, need in zip(*(part.tolist() for part in (*wanted, network.role_demand[wanted])), strict=True):
            self.needs_of[activity].append((role, need))

    def opens(self, g: int, week: int, length: int) -> int:
        """First week from `week` on in which a fiscal window lets the group start; a single-year contract must also end before its year
        closes. Beyond the plan when no window does."""
        found = self.weeks + 1
        for window in self.net.windows[g]:
            last = window.last_start if self.multi_year[g] else min(window.last_start, window.closes - length)
            opens = max(window.opens, week)
            if opens <= last and opens < found:
                found = opens
        return found
