"""Supply of people by role and week, and what running the finished initiatives asks of them."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from egov_model.inputs.scenario import PlanInputs
from egov_model.inputs.staffing import Hiring
from egov_model.model.timeline import Timeline

MILLI = 1000  # one full-time equivalent in the whole numbers that schedules count with


def supply_fte(inputs: PlanInputs, timeline: Timeline) -> np.ndarray:
    """People who count by role and week [FTE], shape (roles, weeks): those there at the start and those who arrive, as they learn."""
    return present_fte(inputs, timeline) + hired_fte(inputs, timeline)


def present_fte(inputs: PlanInputs, timeline: Timeline) -> np.ndarray:
    """People there on the first day who have not left, shape (roles, weeks): n (1 - a)^(elapsed years) at the role's attrition a."""
    roles = inputs.rows["roles"].values()
    left = np.array([1 - role.attrition for role in roles])[:, None] ** (np.arange(timeline.weeks) * 7 / 365.25)
    return np.array([role.on_board for role in roles], dtype=float)[:, None] * left


def hired_heads(inputs: PlanInputs, timeline: Timeline) -> np.ndarray:
    """People on the payroll who arrived with the formations and have not left, shape (roles, weeks), leaving at the role's attrition.

    Hires arrive on the first day of their month, later by the scenario's hiring delay.
    """
    return _hired(inputs, timeline, learning=False)


def hired_fte(inputs: PlanInputs, timeline: Timeline) -> np.ndarray:
    """The same people as far as they count [FTE]: while they learn for the share of a trained person that hiring.csv gives."""
    return _hired(inputs, timeline, learning=True)


def _hired(inputs: PlanInputs, timeline: Timeline, learning: bool) -> np.ndarray:
    made = np.zeros((len(inputs.rows["roles"]), timeline.weeks))
    for n, (key, role) in enumerate(inputs.rows["roles"].items()):
        ramp = hiring_of(inputs, key) if learning else None
        for formation in inputs.rows["formations"].values():
            if formation.role == key:
                arrives = date(formation.year + inputs.settings.hiring_delay_years, formation.arrives_month, 1)
                made[n] += formation.hires * arrived(timeline, arrives, role.attrition, ramp)
    return made


def hiring_of(inputs: PlanInputs, role: str) -> Hiring | None:
    """How the planned formations of a role are filled: the row of its own form of employment, or else its first; None without rows."""
    rows = {row.form: row for row in inputs.rows["hiring"].values() if row.role == role}
    return rows.get(inputs.rows["roles"][role].employment) or next(iter(rows.values()), None)


def arrived(timeline: Timeline, day: date, attrition: float, ramp: Hiring | None) -> np.ndarray:
    """One person who starts in the first week from `day` on, shape (weeks,), leaving at the attrition: (1 - a)^(elapsed years).

    While they learn (`ramp`; None: not at all) they count for its share.
    """
    made, week = np.zeros(timeline.weeks), timeline.week_from(day)
    if week < timeline.weeks:
        elapsed_years = np.arange(timeline.weeks - week) * 7 / 365.25
        made[week:] = (1 - attrition) ** elapsed_years
        if ramp is not None:
            made[week:][elapsed_years * 12 < ramp.ramp_months] *= ramp.ramp_share
    return made


def day_shares(inputs: PlanInputs, timeline: Timeline) -> np.ndarray:
    """Working capacity of every day from the plan's start to its last 31 December, shape (days,): 1 on a normal working day, less on a
    holiday, of two holidays on one day the lesser; 0 on Saturday and Sunday."""
    first = timeline.start.toordinal()
    days = np.arange(first, date(timeline.years[-1] + 1, 1, 1).toordinal())
    left = ((days - 1) % 7 < 5).astype(float)  # 1 January of year 1 was a Monday
    for holiday in inputs.rows["holidays"].values():
        span = slice(max(0, holiday.first.toordinal() - first), max(0, holiday.last.toordinal() - first + 1))
        left[span] = np.minimum(left[span], holiday.capacity)
    return left


def working_share(inputs: PlanInputs, timeline: Timeline) -> np.ndarray:
    """Share of normal working capacity left in each week after holidays, shape (weeks,).

    Mean over the working days of the week's month of what the holidays of each day leave: a day off is made good within its month, a
    month of short days is not. A holiday on a weekend takes nothing.
    """
    left = day_shares(inputs, timeline)
    days = [timeline.start + timedelta(days=n) for n in range(len(left))]
    month = np.array([(day.year - timeline.years[0]) * 12 + day.month - 1 for day in days])
    share = np.bincount(month, left) / np.bincount(month, [day.weekday() < 5 for day in days])
    return share[timeline.week_month]


def project_capacity_milli_fte(inputs: PlanInputs, timeline: Timeline) -> np.ndarray:
    """What projects may use of each role in each week, whole thousandths of an FTE, shape (roles, weeks)."""
    shares = np.array([[role.project_share] for role in inputs.rows["roles"].values()])
    return np.floor(supply_fte(inputs, timeline) * shares * working_share(inputs, timeline) * MILLI + 1e-6).astype(np.int64)


def by_month(weekly: np.ndarray, timeline: Timeline) -> np.ndarray:
    """Mean of a weekly quantity over each month's weeks; last axis weeks -> months (every month has at least four weeks)."""
    months = len(timeline.months)
    sums = np.zeros((*weekly.shape[:-1], months))
    np.add.at(sums, (..., timeline.week_month), weekly)
    return sums / np.bincount(timeline.week_month, minlength=months)
