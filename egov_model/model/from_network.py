"""The plan's network as a plain scheduling problem: what `place` keeps, said in windows, payments and precedences."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from egov_model.model.network import ONCE, YEARLY, Network
from egov_model.model.people import MILLI
from egov_model.model.problem import Payment, Precedence, Problem, Windows
from egov_model.model.schedule import Schedule
from egov_model.model.timeline import Timeline


def from_network(
    network: Network,
    weeks: np.ndarray,
    amounts_idr: np.ndarray,
    required: Collection[str] = (),
    due: Mapping[str, int] | None = None,
    timeline: Timeline | None = None,
) -> Problem:
    """The problem of one draw: `weeks` (activities,) and `amounts_idr` (lines, years); the ceilings are those of the first draw.

    Groups named in `required` must be placed, all others may be left out; `due` gives the week a group should be live; weeks and years
    have the names of `timeline`, else numbers.
    The weight of a group falls evenly with its rank in priority, from the number of groups to 1, and sits on its last activity; a group
    left out counts as one that is live two plans later. Groups without activities get one of no length.
    """
    horizon, years = len(network.week_year), amounts_idr.shape[1]
    groups = len(network.groups)
    chains, last, names, durations, group_of, demand = _activities(network, weeks)
    rank = {g: n for n, g in enumerate(sorted(range(groups), key=lambda g: (network.priority[g], g)))}
    weight, target = np.zeros(len(names), dtype=np.int64), np.full(len(names), -1, dtype=np.int64)
    for g, name in enumerate(network.groups):
        weight[last[g]] = groups - rank[g]
        target[last[g]] = (due or {}).get(name, -1)
    return Problem(
        names=tuple(names),
        duration=np.array(durations, dtype=np.int64),
        weeks=horizon,
        precedences=tuple(
            [Precedence(a, b) for chain in chains for a, b in zip(chain, chain[1:], strict=False)]
            + [Precedence(last[p], chains[g][0]) for g in range(groups) for p in network.after[g]]
        ),
        resources=network.roles,
        demand=demand,
        capacity=network.capacity,
        starts=tuple(_start_windows(network, chains, a, int(durations[a]), amounts_idr) for a in range(len(names))),
        weight=weight,
        due=target,
        groups=network.groups,
        group=np.array(group_of, dtype=np.int64),
        required=np.array([name in required for name in network.groups], dtype=bool),
        left_out=np.array([(groups - rank[g]) * 2 * horizon for g in range(groups)], dtype=np.int64),
        funds=network.funds,
        years=tuple(str(y) for y in (timeline.years if timeline else range(years))),
        ceiling=network.ceiling_idr[0],
        payments=_payments(network, last, np.array(durations, dtype=np.int64), amounts_idr),
        week_names=tuple(timeline.day(week).isoformat() for week in range(horizon + 1)) if timeline else (),
        parts=MILLI,
    )


def starts_of(network: Network, schedule: Schedule) -> np.ndarray:
    """Start weeks of a schedule's first draw in the order of the problem's activities, shape (activities,); -1 where left out."""
    empty = [g for g, chain in enumerate(network.chains) if not chain]
    return np.concatenate([schedule.start[0], schedule.live[0, empty]]).astype(np.int64)


def _activities(network: Network, weeks: np.ndarray):
    """Chains of indices, last of each, names, durations, groups and demand; a group without activities gets one behind all others."""
    chains, names = [list(c) for c in network.chains], [f"{network.groups[g]}.{name}" for g, name in network.activities]
    durations, group_of = [int(w) for w in weeks], [g for g, _ in network.activities]
    for g, chain in enumerate(chains):
        if not chain:
            chain.append(len(names))
            names.append(network.groups[g])
            durations.append(0)
            group_of.append(g)
    demand = np.zeros((len(names), len(network.roles)), dtype=np.int64)
    demand[: len(network.activities)] = network.role_demand
    return chains, [c[-1] for c in chains], names, durations, group_of, demand


def _start_windows(network: Network, chains: list[list[int]], a: int, length: int, amounts: np.ndarray) -> Windows:
    """Weeks in which an activity may start: not before its group may, within a fiscal window when it pays, at the end of the plan for
    a group's first one at the latest in the last week."""
    g = next(g for g, chain in enumerate(chains) if a in chain)
    horizon = len(network.week_year)
    first = chains[g][0] == a
    earliest, latest = int(network.earliest[g]), horizon - 1 if first else horizon
    real = a < len(network.activities)
    if not (real and network.spends[a] and amounts[network.line_activity == a].any()):
        return ((earliest, latest),)
    made = []
    for window in network.windows[g]:
        last = window.last_start if network.multi_year[g] else min(window.last_start, window.closes - length)
        if max(window.opens, earliest) <= min(last, latest):
            made.append((max(window.opens, earliest), min(last, latest)))
    return tuple(made)


def _payments(network: Network, last: list[int], durations: np.ndarray, amounts: np.ndarray) -> tuple[Payment, ...]:
    """Contracts by start week, and running costs by the week the last activity starts (hence ends)."""
    horizon, years = len(network.week_year), amounts.shape[1]
    tables: dict[int, np.ndarray] = {}

    def table(a: int) -> np.ndarray:
        return tables.setdefault(a, np.zeros((horizon + 1, years), dtype=np.int64))

    for a, (g, _) in enumerate(network.activities):
        lines = np.flatnonzero(network.line_activity == a)
        if amounts[lines].any():
            table(a)[:] += _contract(network, amounts[lines], bool(network.multi_year[g]), int(durations[a]))
    for g in range(len(network.groups)):
        lines = np.flatnonzero((network.line_group == g) & (network.line_every != ONCE))
        if amounts[lines].any():
            live = np.minimum(np.arange(horizon + 1) + durations[last[g]], horizon)
            table(last[g])[:] += running_idr(network, amounts[lines], network.line_every[lines])[live]
    group_of = {a: g for a, (g, _) in enumerate(network.activities)} | {a: g for g, a in enumerate(last)}
    return tuple(Payment(a, int(network.fund[group_of[a]]), made) for a, made in sorted(tables.items()))


def _contract(network: Network, amounts: np.ndarray, multi_year: bool, length: int) -> np.ndarray:
    """Money of an activity by start week and year, shape (weeks + 1, years): all in the contract's year, or by weeks over a multi-year
    one at the prices of its first year, rounded down line by line so that the parts add up exactly."""
    horizon, years = len(network.week_year), amounts.shape[1]
    made = np.zeros((horizon + 1, years), dtype=np.int64)
    for start in range(horizon + 1):
        year = int(network.week_year[min(start, horizon - 1)])
        if not multi_year or length == 0:
            made[start, year] = amounts[:, year].sum()
        elif start + length <= horizon:
            reached = np.cumsum(np.bincount(network.week_year[start : start + length], minlength=years))
            made[start] = np.diff((amounts[:, year, None] * reached) // length, axis=1, prepend=0).sum(axis=0)
    return made


def running_idr(network: Network, amounts: np.ndarray, every: np.ndarray) -> np.ndarray:
    """Running costs by the week a group goes live and year, shape (weeks + 1, years)."""
    horizon, years = len(network.week_year), amounts.shape[1]
    year_weeks = np.bincount(network.week_year, minlength=years)
    made = np.zeros((horizon + 1, years), dtype=np.int64)
    for live in range(horizon):
        weeks_live, first = np.bincount(network.week_year[live:], minlength=years), int(network.week_year[live])
        for amount, n in zip(amounts, every, strict=True):
            if n == YEARLY:
                made[live] += amount * weeks_live // year_weeks
            else:
                made[live, first + n :: n] += amount[first + n :: n]
    return made
