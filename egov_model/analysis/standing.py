"""Where a plan stands on a day: how far each initiative is, when it began and went live, and what was paid for it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from egov_model.analysis.planned_value import WEEK, activity_money_idr, days_until, running_value, work_value
from egov_model.inputs.actuals import last_day, reported_until
from egov_model.inputs.errors import InputError
from egov_model.model.plan import Plan

WAITING, IN_WORK, LIVE = range(3)
WHOLE = 1e-9  # what is less than that away from the end of a phase is its end


@dataclass(frozen=True)
class Standing:
    """What was reported until the end of a day, by group of the network; initiatives of which nothing is reported have not begun.

    - `stage` (groups,): WAITING, IN_WORK or LIVE
    - `share` (groups,): of its planned weeks of work that are done
    - `began_day` (groups,): days from the plan's start, -1 when it has not begun; `live` (groups,): first week after its work, or -1
    - `activity` (groups,): which it is at, -1 when none; `fraction` (groups,): of that activity which is done
    - `paid_idr` (groups, years), int64; `committed_idr` (groups,), int64
    - `months`: how many are reported
    """

    as_of: date
    stage: np.ndarray
    share: np.ndarray
    began_day: np.ndarray
    live: np.ndarray
    activity: np.ndarray
    fraction: np.ndarray
    paid_idr: np.ndarray
    committed_idr: np.ndarray
    months: int


def last_reported(plan: Plan, as_of: date | None = None) -> date | None:
    """The day a plan can be followed up to: `as_of`, or the end of the last reported month; None when nothing is reported.

    Raises InputError for a day outside the plan's years.
    """
    day = as_of or reported_until(plan.inputs.rows)
    years = plan.timeline.years
    if day and not years[0] <= day.year <= years[-1]:
        raise InputError(f"--as-of {day}: allowed: a day of the plan, {years[0]}-01-01 to {years[-1]}-12-31")
    return day


def standing(plan: Plan, as_of: date) -> Standing:
    """Where the plan stands at the end of a day; what was reported later is left out."""
    network, timeline, rows = plan.network, plan.timeline, plan.inputs.rows
    groups, years = len(network.groups), len(timeline.years)
    share, began, live = np.zeros(groups), np.full(groups, -1, dtype=np.int64), np.full(groups, -1, dtype=np.int64)
    activity, fraction = np.full(groups, -1, dtype=np.int64), np.zeros(groups)
    paid, committed, stage = np.zeros((groups, years), dtype=np.int64), np.zeros(groups, dtype=np.int64), np.zeros(groups, dtype=np.int64)
    reports = defaultdict(list)
    for row in sorted(rows["progress"].values(), key=lambda row: row.month):
        if last_day(row.month) <= as_of and int(row.month[:4]) in timeline.years:
            reports[row.initiative].append(row)
    for row in rows["commitments"].values():
        if row.signed <= as_of and row.initiative in network.groups:
            committed[network.groups.index(row.initiative)] += row.value_idr
    for g, key in enumerate(network.groups):
        told, days = reports[key], rows["dates"].get(key)
        for row in told:
            paid[g, timeline.years.index(int(row.month[:4]))] = row.paid_idr
        first = next((row for row in told if row.physical_share or row.paid_idr), None)
        started = days.started if days and days.started <= as_of else _first_of(first)
        if started is None:
            continue
        began[g] = (started - timeline.start).days
        chain = network.chains[g]
        share[g] = 1.0 if not chain else told[-1].physical_share if told else 0.0
        whole = next((last_day(row.month) for row in told if row.physical_share == 1), None)
        ended = days.finished if days and days.finished and days.finished <= as_of else whole
        if not chain:
            live[g] = timeline.week_from(started)
        elif ended and share[g] == 1:
            live[g] = timeline.week_from(ended + timedelta(days=1))
        if live[g] >= 0:
            stage[g] = LIVE
            continue
        activity[g], fraction[g] = _position(plan, g, share[g])
        stage[g] = IN_WORK if fraction[g] > 0 or activity[g] != chain[0] else WAITING
    months = len({row.month for told in reports.values() for row in told})
    return Standing(as_of, stage, share, began, live, activity, fraction, paid, committed, months)


def earned_work(plan: Plan, reached: Standing) -> np.ndarray:
    """Planned money of the work that is done, shape (groups,)."""
    money, made = activity_money_idr(plan), np.zeros(len(plan.network.groups))
    for g, chain in enumerate(plan.network.chains):
        if reached.stage[g] == LIVE:
            made[g] = money[list(chain)].sum()
        elif reached.activity[g] >= 0:
            before = [a for a in chain if a < reached.activity[g]]
            made[g] = money[before].sum() + reached.fraction[g] * money[reached.activity[g]]
    return made


def earned_running(plan: Plan, reached: Standing) -> np.ndarray:
    """Planned money of what has run since it went live, shape (groups,)."""
    return running_value(plan, reached.live, np.array([days_until(plan, reached.as_of)]))[0]


def planned_work(plan: Plan, reached: Standing) -> np.ndarray:
    """Money of the work that was planned until then, shape (groups,)."""
    return work_value(plan, np.array([days_until(plan, reached.as_of)]))[0]


def _first_of(row) -> date | None:
    return None if row is None else date(int(row.month[:4]), int(row.month[5:]), 1)


def _position(plan: Plan, group: int, share: float) -> tuple[int, float]:
    """The activity that is reached when so much of the planned weeks of work is done, and how much of it is done."""
    chain, schedule = plan.network.chains[group], plan.schedule
    weeks = plan.duration_weeks[0] if schedule.live[0, group] < 0 else schedule.finish[0] - schedule.start[0]
    left = share * float(weeks[list(chain)].sum())
    for a in chain:
        if left < weeks[a] - WHOLE:
            return a, max(0.0, left) / float(weeks[a]) if left > WHOLE else 0.0
        left -= float(weeks[a])
    return chain[-1], 1.0


def year_at(plan: Plan, day: date) -> int:
    """The plan's year (index) of a day; the first for a day before the plan."""
    return max(0, day.year - plan.timeline.years[0])


def week_at(plan: Plan, as_of: date) -> tuple[int, float]:
    """The first week that begins after a day, and weeks from the plan's start to the end of that day."""
    return plan.timeline.week_from(as_of + timedelta(days=1)), days_until(plan, as_of) / WEEK


def signed_year(plan: Plan, group: int, reached: Standing) -> int:
    """The year (index) in which the activity an initiative is at was begun, as reports tell: the first that shows some of it."""
    chain, weeks = plan.network.chains[group], plan.schedule.finish[0] - plan.schedule.start[0]
    before = float(sum(weeks[a] for a in chain if a < reached.activity[group])) / max(1.0, float(weeks[list(chain)].sum()))
    for row in sorted(plan.inputs.rows["progress"].values(), key=lambda row: row.month):
        told = row.initiative == plan.network.groups[group] and last_day(row.month) <= reached.as_of
        if told and row.physical_share > before + WHOLE and int(row.month[:4]) in plan.timeline.years:
            return plan.timeline.years.index(int(row.month[:4]))
    return year_at(plan, reached.as_of)
