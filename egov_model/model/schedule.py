"""Serial schedule generation: one initiative after another at the earliest week that gates, people and ceilings allow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egov_model.model.network import ONCE, YEARLY, Network

# why a group has no place (Schedule.status); PLACED is the good answer
PLACED, NO_WINDOW, NO_PEOPLE, NO_MONEY, NO_UPKEEP, WAITS_FOR = range(6)


@dataclass(frozen=True)
class Schedule:
    """Dates in weeks, shape (draws, activities) or (draws, groups); -1 where there is no place within the plan.

    `finish` and `live` are exclusive: the first week after the work. `waited_*` count the weeks an activity lost to the gate, to
    people and to the ceiling. `status` says why a group has no place and `status_at` which year, fund, role or group that concerns.
    `paid_idr` (draws, lines, years) is the money of every line in the year it is paid.
    """

    start: np.ndarray
    finish: np.ndarray
    live: np.ndarray
    waited_gate: np.ndarray
    waited_people: np.ndarray
    waited_money: np.ndarray
    status: np.ndarray
    status_at: np.ndarray
    paid_idr: np.ndarray


def priority_order(network: Network) -> np.ndarray:
    """Groups by priority, each right behind those it must follow that do not stand yet, shape (groups,).

    What an urgent group waits for is thereby as urgent as the group itself.
    """
    rank = sorted(range(len(network.groups)), key=lambda g: (network.priority[g], g))
    order: list[int] = []
    seen: set[int] = set()

    def visit(group: int) -> None:
        if group in seen:
            return
        seen.add(group)
        for before in sorted(network.after[group], key=rank.index):
            visit(before)
        order.append(group)

    for group in rank:
        visit(group)
    return np.array(order, dtype=np.int64)


def place(network: Network, order: np.ndarray, duration: np.ndarray, amount_idr: np.ndarray) -> Schedule:
    """Place every group of every draw in the given order.

    `order` (groups,) or (draws, groups); `duration` (draws, activities) weeks; `amount_idr` (draws, lines, years) by year of payment.
    Precedence, fiscal windows, roles and yearly ceilings hold in every draw; a group is placed with its running costs or not at all.
    """
    draws, activities, groups = len(duration), len(network.activities), len(network.groups)
    orders = np.broadcast_to(order, (draws, groups))
    whole = Schedule(
        *(np.full((draws, n), -1, dtype=np.int64) for n in (activities, activities, groups)),
        *(np.zeros((draws, activities), dtype=np.int64) for _ in range(3)),
        *(np.zeros((draws, groups), dtype=np.int64) for _ in range(2)),
        np.zeros_like(amount_idr),
    )
    for d in range(draws):
        _Draw(network, duration[d], amount_idr[d], network.ceiling_idr[min(d, len(network.ceiling_idr) - 1)].copy(), whole, d).run(
            orders[d]
        )
    return whole


class _Draw:
    """One draw while it is being placed: what is left of people and money, written into row `d` of the result."""

    def __init__(self, network: Network, duration: np.ndarray, amount: np.ndarray, left: np.ndarray, result: Schedule, d: int):
        self.net, self.duration, self.amount, self.left, self.result, self.d = network, duration, amount, left, result, d
        self.room = network.capacity.copy()
        self.weeks = network.capacity.shape[1]
        self.year_weeks = np.bincount(network.week_year, minlength=amount.shape[1])
        self.chains = network.chains
        self.lines_of = [np.flatnonzero(network.line_activity == a) for a in range(len(network.activities))]
        self.upkeep_of = [np.flatnonzero((network.line_group == g) & (network.line_every != ONCE)) for g in range(len(network.groups))]

    def run(self, order: np.ndarray) -> None:
        for g in order:
            missing = [p for p in self.net.after[g] if self.result.live[self.d, p] < 0]
            if missing:
                self._refuse(g, WAITS_FOR, missing[0])
            else:
                self._place_group(g, max([int(self.net.earliest[g]), *(int(self.result.live[self.d, p]) for p in self.net.after[g])]))

    def _refuse(self, g: int, status: int, at: int) -> None:
        self.result.status[self.d, g], self.result.status_at[self.d, g] = status, at

    def _place_group(self, g: int, not_before: int) -> None:
        """Try the chain; when its running costs do not fit, try again from the next fiscal year."""
        first_refusal = None
        while not_before < self.weeks:
            placed, refusal = self._try_chain(g, not_before)
            if placed is None:
                self._refuse(g, *(first_refusal or refusal))
                return
            live = placed[-1][2] if placed else not_before
            upkeep = self._upkeep(g, live)
            spent = (
                sum((p[3].sum(axis=0) for p in placed), start=upkeep.sum(axis=0))
                if placed or len(upkeep)
                else np.zeros(self.amount.shape[1], dtype=np.int64)
            )
            short = np.flatnonzero(spent > self.left[self.net.fund[g]])
            if not short.size:
                self._commit(g, placed, live, upkeep, spent)
                return
            first_refusal = first_refusal or (NO_UPKEEP, int(short[0]))
            began = placed[0][1] if placed else not_before
            later = np.flatnonzero(self.net.week_year > self.net.week_year[began])
            not_before = int(later[0]) if later.size else self.weeks
        self._refuse(g, *(first_refusal or (NO_WINDOW, 0)))

    def _try_chain(self, g: int, not_before: int):
        """[(activity, start, finish, paid (lines, years), waits)] of a chain, or None and (status, at)."""
        placed, taken = [], np.zeros(self.amount.shape[1], dtype=np.int64)
        at = not_before
        for a in self.chains[g]:
            found, refusal = self._earliest(g, a, at, taken)
            if found is None:
                return None, refusal
            start, paid, waits = found
            taken = taken + paid.sum(axis=0)
            at = start + int(self.duration[a])
            placed.append((a, start, at, paid, waits))
        return placed, None

    def _earliest(self, g: int, a: int, at: int, taken: np.ndarray):
        """Earliest start of an activity from week `at`: (start, paid, (gate, people, money) waits), or None and (status, at)."""
        length, lines = int(self.duration[a]), self.lines_of[a]
        weeks = np.arange(max(at, 0), self.weeks - length + 1)
        costs = self.net.spends[a] and self.amount[lines].any()
        open_weeks = weeks[self._gate_opens(g, weeks, length)] if costs else weeks
        if not open_weeks.size:
            return None, (NO_WINDOW, 0)
        free, scarce = self._people_free(a, length)
        staffed = open_weeks[free[open_weeks]] if length else open_weeks
        if not staffed.size:
            return None, (NO_PEOPLE, scarce)
        left = self.left[self.net.fund[g]] - taken
        tried: set[int] = set()
        for start in staffed:
            year = int(self.net.week_year[min(start, self.weeks - 1)])
            if year in tried and not self.net.multi_year[g]:
                continue  # a single-year contract costs the same all year
            paid = self._payments(g, lines, int(start), length, year)
            if (paid.sum(axis=0) <= left).all() or not costs:
                return (int(start), paid, (int(open_weeks[0]) - at, int(staffed[0] - open_weeks[0]), int(start - staffed[0]))), None
            tried.add(year)
        return None, (NO_MONEY, min(tried))

    def _gate_opens(self, g: int, weeks: np.ndarray, length: int) -> np.ndarray:
        """Which start weeks a fiscal window allows; a single-year contract must also end before its year closes."""
        fits = np.zeros(len(weeks), dtype=bool)
        for window in self.net.windows[g]:
            inside = (weeks >= window.opens) & (weeks <= window.last_start)
            fits |= inside if self.net.multi_year[g] else inside & (weeks + length <= window.closes)
        return fits

    def _people_free(self, a: int, length: int) -> tuple[np.ndarray, int]:
        """Start weeks with everyone the activity needs for its whole length, and the role that is scarcest."""
        needs = np.flatnonzero(self.net.role_demand[a])
        lacking = self.room[needs] < self.net.role_demand[a, needs, None]
        count = np.concatenate([[0], np.cumsum(lacking.any(axis=0))])
        starts = np.arange(self.weeks + 1)
        free = count[np.minimum(starts + length, self.weeks)] == count[starts]
        scarce = int(needs[np.argmax(lacking.sum(axis=1))]) if needs.size else 0
        return free, scarce

    def _payments(self, g: int, lines: np.ndarray, start: int, length: int, year: int) -> np.ndarray:
        """Money of an activity's lines by year: all in the year of the contract, or spread by weeks over a multi-year one.

        A multi-year contract keeps the prices of its first year; whole rupiah by cumulative shares, so the parts add up exactly.
        """
        paid = np.zeros((len(lines), self.amount.shape[1]), dtype=np.int64)
        price = self.amount[lines, year]
        if not self.net.multi_year[g] or length == 0:
            paid[:, year] = price
            return paid
        reached = np.cumsum(np.bincount(self.net.week_year[start : start + length], minlength=self.amount.shape[1]))
        return np.diff((price[:, None] * reached) // length, axis=1, prepend=0)

    def _upkeep(self, g: int, live: int) -> np.ndarray:
        """Running costs of a group by line and year when it goes live in week `live`: yearly ones by weeks, refreshes every n years."""
        lines = self.upkeep_of[g]
        paid = np.zeros((len(lines), self.amount.shape[1]), dtype=np.int64)
        if live >= self.weeks:
            return paid
        weeks_live = np.bincount(self.net.week_year[live:], minlength=self.amount.shape[1])
        first = int(self.net.week_year[live])
        for n, line in enumerate(lines):
            every = self.net.line_every[line]
            if every == YEARLY:
                paid[n] = self.amount[line] * weeks_live // self.year_weeks
            else:
                paid[n, first + every :: every] = self.amount[line, first + every :: every]
        return paid

    def _commit(self, g: int, placed, live: int, upkeep: np.ndarray, spent: np.ndarray) -> None:
        d, result = self.d, self.result
        for a, start, finish, paid, waits in placed:
            result.start[d, a], result.finish[d, a] = start, finish
            result.waited_gate[d, a], result.waited_people[d, a], result.waited_money[d, a] = waits
            result.paid_idr[d, self.lines_of[a]] = paid
            self.room[:, start:finish] -= self.net.role_demand[a][:, None]
        result.live[d, g] = live
        result.status[d, g] = PLACED
        result.paid_idr[d, self.upkeep_of[g]] = upkeep
        self.left[self.net.fund[g]] -= spent
