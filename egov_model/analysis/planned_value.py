"""What a plan's work is worth by any day: money of its activities and of what runs, as its own dates say, in days from the plan's start."""

from __future__ import annotations

from datetime import date

import numpy as np

from egov_model.model.network import ONCE, Network
from egov_model.model.plan import Plan

WEEK = 7


def days_until(plan: Plan, day: date) -> int:
    """Days from the plan's start to the end of a day."""
    return (day - plan.timeline.start).days + 1


def year_days(plan: Plan) -> np.ndarray:
    """Days from the plan's start to the begin of each of its years, and to the end of the last, shape (years + 1,)."""
    start, years = plan.timeline.start, plan.timeline.years
    return np.array([(date(year, 1, 1) - start).days for year in (*years, years[-1] + 1)], dtype=np.int64)


def activity_money_idr(plan: Plan) -> np.ndarray:
    """What the plan pays once for each activity, shape (activities,), int64."""
    network, made = plan.network, np.zeros(len(plan.network.activities), dtype=np.int64)
    once = network.line_activity >= 0
    np.add.at(made, network.line_activity[once], plan.schedule.paid_idr[0].sum(axis=1)[once])
    return made


def work_value(plan: Plan, days: np.ndarray) -> np.ndarray:
    """Money of the planned work until each of some days, shape (days, groups): an activity's money accrues evenly over its weeks."""
    return _by_group(plan.network, _done(plan, days) * activity_money_idr(plan))


def planned_share(plan: Plan, days: np.ndarray) -> np.ndarray:
    """Share of the planned weeks of work of each initiative that lies before each of some days, shape (days, groups); 1 without work."""
    weeks = (plan.schedule.finish[0] - plan.schedule.start[0]).astype(float)
    whole = _by_group(plan.network, weeks[None, :])[0]
    return np.where(whole > 0, _by_group(plan.network, _done(plan, days) * weeks) / np.maximum(whole, 1), 1.0)


def running_idr(plan: Plan, live: np.ndarray) -> np.ndarray:
    """What runs costs in each year when initiatives go live in these weeks (-1: never), shape (groups, years), as `place` pays it."""
    network, timeline = plan.network, plan.timeline
    made, weeks = np.zeros((len(network.groups), len(timeline.years)), dtype=np.int64), timeline.year_weeks
    ends = np.cumsum(weeks)
    for line, g in enumerate(network.line_group.tolist()):
        every, week = int(network.line_every[line]), int(live[g])
        if every == ONCE or not 0 <= week < timeline.weeks:
            continue
        amount, first = plan.estimate.amount_idr[0, line], int(timeline.week_year[week])
        if every:
            made[g, first + every :: every] += amount[first + every :: every]
        else:
            made[g, first] += amount[first] * (ends[first] - week) // weeks[first]
            made[g, first + 1 :] += amount[first + 1 :]
    return made


def running_value(plan: Plan, live: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Money of what runs until each of some days, shape (days, groups): a year's accrues evenly from go-live, or from its first day."""
    yearly, edges = running_idr(plan, live), year_days(plan)
    begin = np.maximum(edges[None, :-1], np.where(live >= 0, live * WEEK, edges[-1])[:, None])
    length = np.maximum(edges[None, 1:] - begin, 1)
    elapsed = np.clip((np.asarray(days, dtype=float)[:, None, None] - begin) / length, 0, 1)
    return (elapsed * yearly).sum(axis=2)


def planned_value(plan: Plan, days: np.ndarray) -> np.ndarray:
    """All money of the plan until each of some days, shape (days, groups)."""
    return work_value(plan, days) + running_value(plan, plan.schedule.live[0], days)


def _done(plan: Plan, days: np.ndarray) -> np.ndarray:
    """Share of each activity that lies before each day, shape (days, activities); 0 for those without a place."""
    start, finish = (part[0].astype(float) * WEEK for part in (plan.schedule.start, plan.schedule.finish))
    at = np.asarray(days, dtype=float)[:, None]
    done = np.where(finish > start, np.clip((at - start) / np.maximum(finish - start, 1), 0, 1), at >= start)
    return np.where(plan.schedule.start[0] >= 0, done, 0.0)


def _by_group(network: Network, values: np.ndarray) -> np.ndarray:
    """Sums of values (rows, activities) by group, shape (rows, groups)."""
    group = np.array([g for g, _ in network.activities], dtype=np.int64)
    made = np.zeros((len(values), len(network.groups)))
    for a, g in enumerate(group.tolist()):  # in this order on every machine
        made[:, g] += values[:, a]
    return made
