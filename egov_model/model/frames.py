"""Ceilings, initiatives and activities of a plan as tidy frames, made column by column; they show the first draw."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from egov_model.inputs.scenario import PlanInputs
from egov_model.model.compiled_groups import NO_MONEY, NO_PEOPLE, NO_UPKEEP, NO_WINDOW, PLACED, WAITS_FOR
from egov_model.model.network import Network
from egov_model.model.schedule import Schedule
from egov_model.model.timeline import Timeline

STATUS_NAMES = {
    PLACED: "placed",
    NO_WINDOW: "no_window",
    NO_PEOPLE: "no_people",
    NO_MONEY: "no_money",
    NO_UPKEEP: "no_upkeep",
    WAITS_FOR: "waits_for",
}
WAITS = ("waited_gate", "waited_people", "waited_money")


def ceilings_frame(timeline: Timeline, network: Network, schedule: Schedule) -> pd.DataFrame:
    """One row per year and fund. Columns: see `Plan.ceilings`."""
    ceiling = network.ceiling_idr[0]
    used = np.zeros(ceiling.shape, dtype=np.int64)
    np.add.at(used, network.fund[network.line_group], schedule.paid_idr[0])
    made = {
        "year": np.repeat(np.array(timeline.years, dtype=np.int64), len(network.funds)),
        "fund": list(network.funds) * len(timeline.years),
        "ceiling_idr": ceiling.T.ravel(),
        "used_idr": used.T.ravel(),
        "left_idr": (ceiling - used).T.ravel(),
    }
    return pd.DataFrame(made)


def initiative_frame(inputs: PlanInputs, timeline: Timeline, network: Network, schedule: Schedule) -> pd.DataFrame:
    """Every initiative in scope with its dates, money and, where it has no place, why. Columns: see `Plan.initiatives`."""
    initiatives = [inputs.rows["initiatives"][key] for key in network.groups]
    total = np.zeros(len(network.groups), dtype=np.int64)
    np.add.at(total, network.line_group, schedule.paid_idr[0].sum(axis=1))
    live, start = schedule.live[0].tolist(), schedule.start[0].tolist()
    works = [week >= 0 and bool(chain) for week, chain in zip(live, network.chains, strict=True)]
    first = [start[chain[0]] if work else week for work, chain, week in zip(works, network.chains, live, strict=True)]
    status = [STATUS_NAMES[code] for code in schedule.status[0].tolist()]
    waits = _by_group(network, schedule)
    made = {
        "initiative": list(network.groups),
        "title_id": [i.title_id for i in initiatives],
        "title_en": [i.title_en for i in initiatives],
        "section": [i.section for i in initiatives],
        "owner": [i.owner for i in initiatives],
        "fund": [i.fund for i in initiatives],
        "status": status,
        "works": np.array(works, dtype=bool),
        "concerns": [_concerns(s, at, timeline, network) for s, at in zip(status, schedule.status_at[0].tolist(), strict=True)],
        "start": _dates(timeline.day(f) if week >= 0 else None for f, week in zip(first, live, strict=True)),
        "finish": _dates(timeline.last_day(week) if work else None for work, week in zip(works, live, strict=True)),
        "go_live": _dates(timeline.day(week) if week >= 0 else None for week in live),
        **{name: np.where(schedule.live[0] >= 0, waits[name], 0) for name in WAITS},
        "total_idr": total,
        "target": [i.target for i in initiatives],
        "unit": [i.unit for i in initiatives],
        "milestone": np.array([i.milestone for i in initiatives], dtype=bool),
        "mandatory": np.array([i.mandatory for i in initiatives], dtype=bool),
        "budget_status": [i.budget_status for i in initiatives],
    }
    return pd.DataFrame(made)


def _by_group(network: Network, schedule: Schedule) -> dict[str, np.ndarray]:
    """Weeks waited by cause and group."""
    made = {name: np.zeros(len(network.groups), dtype=np.int64) for name in WAITS}
    group = np.array([group for group, _ in network.activities], dtype=np.int64)
    for name, weeks in made.items():
        np.add.at(weeks, group, getattr(schedule, name)[0])
    return made


def _concerns(status: str, at: int, timeline: Timeline, network: Network) -> str:
    """The role, year or initiative that a status is about."""
    if status == "no_people":
        return network.roles[at]
    if status in ("no_money", "no_upkeep"):
        return str(timeline.years[at])
    return network.groups[at] if status == "waits_for" else ""


def _dates(days: Iterable) -> pd.Series:
    return pd.Series(list(days), dtype=object)


def activity_frame(timeline: Timeline, network: Network, schedule: Schedule) -> pd.DataFrame:
    """One row per placed activity. Columns: see `Plan.activities`."""
    placed = np.flatnonzero(schedule.start[0] >= 0)
    start, finish = schedule.start[0, placed], schedule.finish[0, placed]
    activities = [network.activities[n] for n in placed.tolist()]
    made = {
        "initiative": [network.groups[group] for group, _ in activities],
        "phase": [phase for _, phase in activities],
        "spends": network.spends[placed],
        "start_week": start,
        "weeks": finish - start,
        "start": _dates(timeline.day(week) for week in start.tolist()),
        "finish": _dates(timeline.last_day(week) for week in np.maximum(finish, start + 1).tolist()),
        **{name: getattr(schedule, name)[0, placed] for name in WAITS},
    }
    return pd.DataFrame(made)
