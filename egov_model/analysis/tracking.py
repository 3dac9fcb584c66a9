"""A plan beside what has happened: planned, earned and actual money, by initiative, by month and by quarter."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from egov_model.analysis.earned import Earned, EarnedTime, earned_time
from egov_model.analysis.planned_value import days_until, planned_share, planned_value, work_value
from egov_model.analysis.standing import LIVE, Standing, earned_running, earned_work, planned_work, standing
from egov_model.inputs.actuals import last_day, reported_until
from egov_model.model.plan import Plan


@dataclass(frozen=True)
class Tracked:
    """Money of all promises (`whole`), of the work that ends (`work`; its actual money is not reported apart, so nan), time in months."""

    reached: Standing
    whole: Earned
    work: Earned
    time: EarnedTime


def track(plan: Plan, as_of: date) -> Tracked:
    """Planned, earned and actual money at the end of a day; what runs earns its planned money while it is live."""
    reached = standing(plan, as_of)
    days = np.array([days_until(plan, as_of)])
    work_ev, work_pv = earned_work(plan, reached).sum(), planned_work(plan, reached).sum()
    ev, pv = work_ev + earned_running(plan, reached).sum(), planned_value(plan, days).sum()
    bac, ac = int(plan.schedule.paid_idr[0].sum()), int(reached.paid_idr.sum())
    ends = month_ends(plan)
    curve = work_value(plan, np.array([days_until(plan, day) for day in ends])).sum(axis=1)
    whole = Earned(_rupiah(pv), _rupiah(ev), ac, bac)
    work = Earned(_rupiah(work_pv), _rupiah(work_ev), float("nan"), _rupiah(curve[-1]))
    at = months_until(plan, as_of)
    if work.ev >= work.bac:  # time stops when all work is done
        at = next((n for n, day in enumerate(ends, 1) if day < as_of and _earned(plan, day) >= work.bac), at)
    return Tracked(reached, whole, work, earned_time(np.rint(curve).tolist(), _rupiah(work_ev), at))


def month_ends(plan: Plan) -> list[date]:
    """The last day of every month of the plan."""
    return [last_day(month) for month in plan.timeline.months]


def months_until(plan: Plan, day: date) -> float:
    """Months from the plan's start to the end of a day; a part of a month by its days."""
    whole = (day.year - plan.timeline.years[0]) * 12 + day.month - 1
    return whole + day.day / calendar.monthrange(day.year, day.month)[1]


def by_initiative(plan: Plan, reached: Standing) -> pd.DataFrame:
    """One row per initiative that the plan promises: initiative, stage, planned_share, share, pv_idr, ev_idr, ac_idr, bac_idr,
    committed_idr (int), planned_start and planned_live, started and live (dates or None)."""
    days, timeline, schedule = np.array([days_until(plan, reached.as_of)]), plan.timeline, plan.schedule
    pv, planned = planned_value(plan, days)[0], planned_share(plan, days)[0]
    ev = earned_work(plan, reached) + earned_running(plan, reached)
    bac = np.zeros(len(plan.network.groups), dtype=np.int64)
    np.add.at(bac, plan.network.line_group, schedule.paid_idr[0].sum(axis=1))
    made = []
    for g, key in enumerate(plan.network.groups):
        if schedule.live[0, g] < 0:
            continue
        chain = plan.network.chains[g]
        start = int(schedule.start[0, chain[0]] if chain else schedule.live[0, g])
        began = reached.began_day[g]
        made.append({
            "initiative": key, "stage": int(reached.stage[g]), "planned_share": float(planned[g]), "share": float(reached.share[g]),
            "pv_idr": _rupiah(pv[g]), "ev_idr": _rupiah(ev[g]), "ac_idr": int(reached.paid_idr[g].sum()), "bac_idr": int(bac[g]),
            "committed_idr": int(reached.committed_idr[g]),
            "planned_start": timeline.day(start), "planned_live": timeline.day(int(schedule.live[0, g])),
            "started": timeline.start + timedelta(days=int(began)) if began >= 0 else None,
            "live": timeline.day(int(reached.live[g])) if reached.stage[g] == LIVE else None,
        })  # fmt: skip
    return pd.DataFrame(made)


def curve(plan: Plan, as_of: date | None) -> pd.DataFrame:
    """Cumulative money at the end of every month: pv_idr, and until `as_of` ev_idr and ac_idr (nan afterwards); index: the last day."""
    ends = month_ends(plan)
    made = pd.DataFrame({"pv_idr": planned_value(plan, np.array([days_until(plan, day) for day in ends])).sum(axis=1)}, index=ends)
    made["ev_idr"] = made["ac_idr"] = np.nan
    for day in ends if as_of else ():
        if day <= as_of:
            reached = standing(plan, day)
            made.loc[day, "ev_idr"] = earned_work(plan, reached).sum() + earned_running(plan, reached).sum()
            made.loc[day, "ac_idr"] = reached.paid_idr.sum()
    return made


def quarters(plan: Plan, as_of: date | None = None) -> pd.DataFrame:
    """Absorption: one row per year and quarter with budget_idr (of the year), planned_idr (in the quarter), planned_share (of the year's
    budget until its end), paid_idr and paid_share (the same as reported; None for a quarter that is not over), and the typical share
    typical_low, typical, typical_high.
    """
    as_of = as_of or reported_until(plan.inputs.rows)
    budget = plan.schedule.paid_idr[0].sum(axis=0)
    typical = {row.quarter: row for row in plan.inputs.rows["absorption"].values()}
    made = []
    for y, year in enumerate(plan.timeline.years):
        before = planned_value(plan, np.array([days_until(plan, date(year - 1, 12, 31))]))[0].sum() if y else 0.0
        last = before
        for quarter in (1, 2, 3, 4):
            end = last_day(f"{year}-{3 * quarter:02d}")
            value = planned_value(plan, np.array([days_until(plan, end)]))[0].sum()
            paid = int(standing(plan, end).paid_idr[:, y].sum()) if as_of and end <= as_of else None
            row = typical[quarter]
            made.append({
                "year": year, "quarter": quarter, "budget_idr": int(budget[y]), "planned_idr": _rupiah(value - last),
                "planned_share": (value - before) / budget[y] if budget[y] else None, "paid_idr": paid,
                "paid_share": paid / int(budget[y]) if paid is not None and budget[y] else None,
                "typical_low": row.low, "typical": row.mode, "typical_high": row.high,
            })  # fmt: skip
            last = value
    frame = pd.DataFrame(made)
    for name in ("paid_idr", "paid_share"):  # None for what is not over
        frame[name] = pd.Series([row[name] for row in made], dtype=object)
    return frame


def _earned(plan: Plan, day: date) -> int:
    return _rupiah(earned_work(plan, standing(plan, day)).sum())


def _rupiah(value: float) -> int:
    return int(np.rint(value))
