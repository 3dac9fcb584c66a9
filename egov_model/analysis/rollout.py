"""When what becomes usable, and how many packages pass the procurement desk at one time."""

from __future__ import annotations

import numpy as np
import pandas as pd

from egov_model.analysis.limits import package_frame
from egov_model.model.network import packages
from egov_model.model.people import MILLI, by_month
from egov_model.model.plan import Plan


def live_by_quarter(plan: Plan) -> pd.DataFrame:
    """Every quarter of the plan with what goes live in it: year, quarter (1 to 4), live (number), live_sum (by its end), initiatives (keys
    in order of date). What runs from the first day without work is not counted."""
    frame = plan.initiatives[plan.initiatives["works"]].sort_values(["finish", "initiative"], kind="stable")
    when = [(day.year, (day.month + 2) // 3) for day in frame["finish"]]
    keys: dict[tuple[int, int], list[str]] = {(year, quarter): [] for year in plan.timeline.years for quarter in range(1, 5)}
    for key, at in zip(frame["initiative"], when, strict=True):
        keys.setdefault(at, []).append(key)  # the last week of the plan may end in the year after it
    made = pd.DataFrame([(*at, len(new), tuple(new)) for at, new in keys.items()], columns=["year", "quarter", "live", "initiatives"])
    return made.assign(live_sum=made["live"].cumsum())[["year", "quarter", "live", "live_sum", "initiatives"]]


def desk_role(plan: Plan) -> str:
    """The role that procuring phases need most of, which is the procurement desk; "" when they need nobody."""
    procuring = [activity for activity, _ in packages(plan.inputs, plan.network)]
    need = plan.network.role_demand[procuring].sum(axis=0) if procuring else np.zeros(0)
    return plan.network.roles[int(need.argmax())] if need.max(initial=0) else ""


def procurement_load(plan: Plan) -> pd.DataFrame:
    """By month (index, as 2027-01): packages in procurement at one time (the most of its weeks); of the procurement desk need_fte (by
    these packages, mean of its weeks) and can_fte (what it has for projects), full (weeks in which one more package of the usual size
    finds no room)."""
    network, timeline, schedule = plan.network, plan.timeline, plan.schedule
    role, count = desk_role(plan), np.zeros(timeline.weeks)
    at = network.roles.index(role) if role else 0
    need = np.zeros(timeline.weeks)
    sizes = []
    for activity, _ in packages(plan.inputs, network):
        start, finish = int(schedule.start[0, activity]), int(schedule.finish[0, activity])
        if start < 0 or start == finish:
            continue
        count[start:finish] += 1
        if role:
            need[start:finish] += network.role_demand[activity, at]
            sizes.append(int(network.role_demand[activity, at]))
    busy = np.zeros(timeline.weeks)
    for activity in np.flatnonzero(schedule.start[0] >= 0) if role else ():
        busy[schedule.start[0, activity] : schedule.finish[0, activity]] += network.role_demand[activity, at]
    can = network.capacity[at] if role else np.zeros(timeline.weeks)
    full = (can - busy < float(np.median(sizes))) if sizes else np.zeros(timeline.weeks, dtype=bool)
    month = timeline.week_month
    most = np.zeros(len(timeline.months), dtype=np.int64)
    np.maximum.at(most, month, count.astype(np.int64))
    made = {
        "packages": most,
        "need_fte": by_month(need, timeline) / MILLI,
        "can_fte": by_month(np.asarray(can, dtype=float), timeline) / MILLI,
        "full": np.bincount(month, weights=full, minlength=len(timeline.months)).astype(np.int64),
    }
    return pd.DataFrame(made, index=pd.Index(timeline.months, name="month"))


def packages_by_method(plan: Plan) -> pd.DataFrame:
    """Number of packages by procurement method (index, in the order of the data) and contract year (columns: every year of the plan)."""
    frame = package_frame(plan)
    order = [key for key in plan.inputs.rows["procurement"] if key in set(frame["method"])]
    counts = frame.groupby(["method", "year"]).size().unstack("year", fill_value=0)
    return counts.reindex(index=order, columns=list(plan.timeline.years), fill_value=0).astype("int64")
