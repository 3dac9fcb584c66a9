"""The APBD year as the plan meets it: when which money can be contracted, and how much of the working year is left."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from egov_model.model.people import day_shares
from egov_model.model.plan import Plan
from egov_model.model.timeline import contract_windows

MAIN, REVISED, NONE = "main", "revised", "none"  # the budget from which new work is paid in a year
DATES = (
    "rkpd_cut_off", "dpa_available", "last_contract", "revised_budget", "last_contract_revised", "payment_close", "evidence_cut_off",
)  # fmt: skip


def budget_years(plan: Plan) -> pd.DataFrame:
    """One row per year of the plan (index).

    Columns: the dates of `DATES` (dpa_available with the scenario's delay; revised_budget and last_contract_revised None when none is
    held), new_by (the budget that pays what is new: main, revised or none), new_from and new_until (dates; None), new_weeks (in which
    such a contract may start), working_days, and days_off (of them lost to holidays and short days, whole days' worth).
    """
    settings, timeline = plan.inputs.settings, plan.timeline
    fiscal = {row.year: row for row in plan.inputs.rows["fiscal_years"].values()}
    windows = {w.year: w for w in contract_windows(timeline, fiscal, settings, running=False)}
    left = day_shares(plan.inputs, timeline)
    days = np.array([timeline.start + timedelta(days=n) for n in range(len(left))], dtype=object)
    rows = []
    for n, year in enumerate(timeline.years):
        row = {name: getattr(fiscal[year], name) for name in DATES}
        row["dpa_available"] += timedelta(weeks=settings.dpa_delay_weeks)
        if not settings.revised_budget_held:
            row |= {"revised_budget": None, "last_contract_revised": None}
        window = windows.get(n)
        by = NONE if window is None else REVISED if window.revised else MAIN
        keys = {MAIN: ("dpa_available", "last_contract"), REVISED: ("revised_budget", "last_contract_revised")}.get(by)
        works = np.array([day.year == year and day.weekday() < 5 for day in days])
        row |= {
            "new_by": by, "new_from": row[keys[0]] if keys else None, "new_until": row[keys[1]] if keys else None,
            "new_weeks": window.last_start - window.opens + 1 if window else 0,
            "working_days": int(works.sum()), "days_off": float((1 - left[works]).sum()),
        }  # fmt: skip
        rows.append(row)
    return pd.DataFrame(rows, index=pd.Index(plan.timeline.years, name="year"), dtype=object).astype(
        {"new_weeks": "int64", "working_days": "int64", "days_off": float}
    )


def short_days(plan: Plan) -> list[tuple[str, date, date, float]]:
    """Holidays that touch the plan's years, in order of date: name, first and last day, share of capacity left."""
    first, last = plan.timeline.start, date(plan.timeline.years[-1], 12, 31)
    rows = sorted(plan.inputs.rows["holidays"].values(), key=lambda h: (h.first, h.last, h.name))
    return [(h.name, h.first, h.last, h.capacity) for h in rows if h.last >= first and h.first <= last and h.capacity < 1]
