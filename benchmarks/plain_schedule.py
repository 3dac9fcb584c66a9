"""The plan's schedule in plain Python and numpy, one draw at a time: what the compiled `place` is measured and checked against."""

from __future__ import annotations

from bisect import bisect_left
from functools import reduce

import numpy as np

from egov_model.model.compiled_groups import NO_MONEY, NO_PEOPLE, NO_UPKEEP, NO_WINDOW, PLACED, WAITS_FOR
from egov_model.model.network import ONCE, YEARLY, Network, members
from egov_model.model.schedule import Disturbances, Schedule


class Shape:
    """What every draw of a network shares, as plain numbers and short lists: a serial scheme asks for them one at a time."""

    def __init__(self, network: Network, years: int, own_years: int | None = None, signed_weeks: np.ndarray | None = None):
        self.signed = None if signed_weeks is None else signed_weeks.tolist()
        self.own_years, self.committed = years if own_years is None else own_years, own_years is not None
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


def place(
    network: Network,
    order: np.ndarray,
    duration: np.ndarray,
    amount_idr: np.ndarray,
    disturbances: Disturbances | None = None,
    own_years: int | None = None,
    signed_weeks: np.ndarray | None = None,
) -> Schedule:
    """Place every group of every draw in the given order.

    `order` (groups,) or (draws, groups); `duration` (draws, activities) weeks; `amount_idr` (draws, lines, years) by year of payment.
    Precedence, fiscal windows, roles and yearly ceilings hold in every draw; a group is placed with its running costs or not at all.
    With `own_years` groups are promises, and funds are one from that year on; `signed_weeks` as `shape.shape_of` says.
    """
    draws, activities, groups = len(duration), len(network.activities), len(network.groups)
    orders = np.broadcast_to(order, (draws, np.shape(order)[-1]))
    whole = Schedule(
        *(np.full((draws, n), -1, dtype=np.int64) for n in (activities, activities, groups)),
        *(np.zeros((draws, activities), dtype=np.int64) for _ in range(3)),
        *(np.zeros((draws, groups), dtype=np.int64) for _ in range(2)),
        np.zeros_like(amount_idr),
    )
    shape = Shape(network, amount_idr.shape[2], own_years, signed_weeks)
    for d in range(draws):
        ceiling = network.ceiling_idr[min(d, len(network.ceiling_idr) - 1)]
        row = Schedule(*(getattr(whole, name)[d] for name in Schedule.__dataclass_fields__))  # views: what is written here is in `whole`
        draw = _Draw(shape, duration[d], amount_idr[d], ceiling.copy(), row)
        if disturbances:
            draw.disturb(disturbances.longer[d], disturbances.gate_weeks[d], disturbances.people[d])
        draw.run(orders[d].tolist())
    return whole


class _Draw:
    """One draw while it is being placed: what is left of people and money, written into its row of the result."""

    def __init__(self, shape: Shape, duration: np.ndarray, amount: np.ndarray, left: np.ndarray, row: Schedule):
        self.shape, self.amount, self.left, self.row = shape, amount, left, row
        self.duration, self.room = duration.tolist(), list(shape.net.capacity.copy())  # an array of weeks for each role
        priced = set(shape.net.line_activity[amount.any(axis=1)].tolist())
        self.costs = [spends and a in priced for a, spends in enumerate(shape.net.spends.tolist())]
        self.live = [-1] * len(shape.net.groups)
        self.longer, self.gate_weeks = [[0] * shape.years] * len(self.duration), [0] * shape.years
        self.nothing = np.zeros((0, shape.years), dtype=np.int64)

    def disturb(self, longer: np.ndarray, gate_weeks: np.ndarray, people: np.ndarray) -> None:
        """Work that lasts longer in some years, windows that open later, people who are not there."""
        self.longer, self.gate_weeks = longer.tolist(), gate_weeks.tolist()
        self.room = [np.rint(room * share[self.shape.week_year]).astype(np.int64) for room, share in zip(self.room, people, strict=True)]

    def length(self, a: int, week: int) -> int:
        """Weeks of an activity that starts in a week."""
        year = self.shape.week_year[min(week, self.shape.weeks - 1)]
        return self.duration[a] + self.longer[a][year] if self.duration[a] else 0

    def opens(self, g: int, a: int, week: int) -> int:
        """First week from `week` on in which the gate, where it costs, and the end of the last year let an activity start; beyond the plan
        when there is none."""
        shape, weeks = self.shape, self.shape.weeks
        while week <= weeks:  # year by year, as the length depends on it
            year = shape.week_year[min(week, weeks - 1)]
            year_end, length = int(shape.year_ends[year]), self.length(a, week)
            signed = length if shape.signed is None else shape.signed[a]
            start = self._first_window(g, week, signed) if self.costs[a] else week
            if (start == week or start < year_end) and start + length <= weeks:
                return start
            week = max(year_end, week + 1)
        return weeks + 1

    def _first_window(self, g: int, week: int, length: int) -> int:
        """First week from `week` on in which a fiscal window lets work of so many weeks start; a single-year contract must also end before
        its year closes."""
        found = self.shape.weeks + 1
        for window in self.shape.net.windows[g]:
            last = window.last_start if self.shape.multi_year[g] else min(window.last_start, window.closes - length)
            opens = max(window.opens + self.gate_weeks[window.year], week)
            if opens <= last and opens < found:
                found = opens
        return found

    def run(self, order: list[int]) -> None:
        for g in order:
            ready = [self.live[before] for before in self.shape.after[g]]
            if -1 in ready:
                self._refuse(g, WAITS_FOR, self.shape.after[g][ready.index(-1)])
            else:
                self._place_group(g, max([self.shape.earliest[g], *ready]))

    def _refuse(self, g: int, status: int, at: int) -> None:
        self.row.status[g], self.row.status_at[g] = status, at

    def _place_group(self, g: int, not_before: int) -> None:
        """Try the chain; when its running costs do not fit, try again from the next fiscal year."""
        shape, first_refusal = self.shape, None
        while not_before < shape.weeks:
            placed, spent, refusal = self._try_chain(g, not_before)
            if refusal:
                self._refuse(g, *(first_refusal or refusal))
                return
            live = placed[-1][2] if placed else not_before
            upkeep = self._upkeep(g, live)
            if len(upkeep):
                spent = spent + upkeep.sum(axis=0)
            short = np.flatnonzero(spent > self.left[shape.fund[g]])
            if shape.committed or not short.size:
                self._commit(g, placed, live, upkeep, spent)
                return
            first_refusal = first_refusal or (NO_UPKEEP, int(short[0]))
            began = placed[0][1] if placed else not_before
            not_before = int(shape.year_ends[shape.week_year[began]])
        self._refuse(g, *(first_refusal or (NO_WINDOW, 0)))

    def _try_chain(self, g: int, not_before: int):
        """[(activity, start, finish, paid (lines, years), waits)] of a chain, its money by year, and (status, at) when it has no place."""
        placed, taken, at = [], np.zeros(self.shape.years, dtype=np.int64), not_before
        for a in self.shape.chains[g]:
            found, refusal = self._earliest(g, a, at, taken)
            if refusal:
                return placed, taken, refusal
            start, at, paid, due, waits = found
            taken = taken + due
            placed.append((a, start, at, paid, waits))
        return placed, taken, None

    def _earliest(self, g: int, a: int, at: int, taken: np.ndarray):
        """Earliest start of an activity from week `at`: (start, paid, its sum by year, waits), or (status, at) of why not."""
        shape = self.shape
        opened = self.opens(g, a, at)
        if opened > shape.weeks:
            return None, (NO_WINDOW, 0)
        lacking = self._lacking_weeks(a) if self.duration[a] else []
        start = staffed = self._first_start(g, a, opened, lacking)
        if staffed > shape.weeks:
            return None, (NO_PEOPLE, self._scarcest(a))
        left = self._of_fund(g) - taken
        first_year = shape.week_year[min(staffed, shape.weeks - 1)]
        while start <= shape.weeks:
            year, length = shape.week_year[min(start, shape.weeks - 1)], self.length(a, start)
            paid = self._payments(g, a, start, length, year)
            due = paid.sum(axis=0) if len(paid) else shape.no_money
            if not self.costs[a] or ((due <= left) | (due <= 0)).all():
                return (start, start + length, paid, due, (opened - at, staffed - opened, start - staffed)), None
            # a single-year contract costs the same all year
            later = start + 1 if shape.multi_year[g] else max(start + 1, int(shape.year_ends[year]))
            start = self._first_start(g, a, later, lacking)
        return None, (NO_MONEY, first_year)

    def _first_start(self, g: int, a: int, week: int, lacking: list[int]) -> int:
        """First week from `week` on that the gate allows and from which no week of the activity lacks people; beyond the plan when none."""
        week = self.opens(g, a, week)
        while week <= self.shape.weeks:
            before_end = bisect_left(lacking, week + self.length(a, week))
            if not before_end or lacking[before_end - 1] < week:
                return week
            year_end = int(self.shape.year_ends[self.shape.week_year[min(week, self.shape.weeks - 1)]])
            week = self.opens(g, a, min(lacking[before_end - 1] + 1, max(year_end, week + 1)))
        return week

    def _lacking_weeks(self, a: int) -> list[int]:
        """Weeks in which some role has less left than the activity needs, in order."""
        lacking = [self.room[role] < need for role, need in self.shape.needs_of[a]]
        return reduce(np.logical_or, lacking).nonzero()[0].tolist() if lacking else []

    def _scarcest(self, a: int) -> int:
        """The role of an activity that lacks in most weeks; the first of equals."""
        return max(self.shape.needs_of[a], key=lambda pair: np.count_nonzero(self.room[pair[0]] < pair[1]))[0]

    def _payments(self, g: int, a: int, start: int, length: int, year: int) -> np.ndarray:
        """Money of an activity's lines by year: all in the year of the contract, or spread by weeks over a multi-year one.

        A multi-year contract keeps the prices of its first year; whole rupiah by cumulative shares, so the parts add up exactly.
        """
        lines = self.shape.lines_of[a]
        if not lines.size:
            return self.nothing
        price = self.amount[lines, year]
        if not self.shape.multi_year[g] or length == 0:
            paid = np.zeros((len(lines), self.shape.years), dtype=np.int64)
            paid[:, year] = price
            return paid
        due = price[:, None] * np.minimum(np.maximum(self.shape.year_ends - start, 0), length) // length  # by the end of each year
        due[:, 1:] -= due[:, :-1]
        return due

    def _upkeep(self, g: int, live: int) -> np.ndarray:
        """Running costs of a group by line and year when it goes live in week `live`: yearly ones by weeks, refreshes every n years."""
        shape, lines = self.shape, self.shape.upkeep_of[g]
        if not lines.size:
            return self.nothing
        if live >= shape.weeks:
            return np.zeros((len(lines), shape.years), dtype=np.int64)
        weeks_live = np.minimum(np.maximum(shape.year_ends - live, 0), shape.year_weeks)
        first, paid = shape.week_year[live], self.amount[lines] * weeks_live // shape.year_weeks
        for n, line in enumerate(lines.tolist()):
            every = shape.every[line]
            if every != YEARLY:
                paid[n] = 0
                paid[n, first + every :: every] = self.amount[line, first + every :: every]
        return paid

    def _commit(self, g: int, placed, live: int, upkeep: np.ndarray, spent: np.ndarray) -> None:
        row, shape = self.row, self.shape
        for a, start, finish, paid, waits in placed:
            row.start[a], row.finish[a] = start, finish
            row.waited_gate[a], row.waited_people[a], row.waited_money[a] = waits
            if len(paid):
                row.paid_idr[shape.lines_of[a]] = paid
            for role, need in shape.needs_of[a]:
                self.room[role][start:finish] -= need
        self.live[g] = row.live[g] = live
        row.status[g] = PLACED
        if len(upkeep):
            row.paid_idr[shape.upkeep_of[g]] = upkeep
        own = shape.own_years
        self.left[shape.fund[g], :own] -= spent[:own]
        self.left[0, own:] -= spent[own:]

    def _of_fund(self, g: int) -> np.ndarray:
        """What is left by year for a group: of its fund, and of the one of all once funds are one."""
        own = self.shape.own_years
        return np.concatenate([self.left[self.shape.fund[g], :own], self.left[0, own:]])
