"""Headline figures of a plan, and of several side by side."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

import pandas as pd

from egov_model.inputs.scenario import ANYWAY as ANYWAY
from egov_model.inputs.scenario import BASE as BASE
from egov_model.model.maturity import predicate, published
from egov_model.model.plan import Plan


@dataclass(frozen=True)
class Headline:
    """The figures leadership asks for first; money in rupiah of the year of payment, people in FTE."""

    scenario: str
    total_idr: int
    new_money_idr: int
    running_idr: int
    ceiling_idr: int
    peak_year: int
    peak_year_idr: int
    tightest_year: int
    tightest_left_idr: int
    initiatives: int
    placed: int
    not_placed: int
    not_placed_mandatory: int
    finish: date | None
    peak_need_fte: float
    peak_gap_fte: float
    hires_planned: int
    hires_missing: int
    own_staff_pay_idr: int
    person_months: float
    index: float | None
    index_year: int | None
    index_scheme: str
    index_predicate: str


def headline(plan: Plan) -> Headline:
    """Headline figures of one plan.

    `running_idr` is what initiatives already in the running budget cost; `new_money_idr` is the rest. `hires_missing` sums, over
    roles, the whole people needed to close the largest monthly gap. `index`: maturity index of the last year that a scheme scores.
    """
    budget, ceilings, initiatives, staff = plan.budget, plan.ceilings, plan.initiatives, plan.staffing
    running = set(initiatives.loc[initiatives["budget_status"] == "running", "initiative"])
    total = int(budget["amount_idr"].sum())
    running_idr = int(budget.loc[budget["initiative"].isin(running), "amount_idr"].sum())
    by_year = budget.groupby("year")["amount_idr"].sum().reindex(plan.timeline.years, fill_value=0)
    left = ceilings.groupby("year")["left_idr"].sum()
    placed = initiatives["status"] == "placed"
    by_month = staff.groupby("month")["need_fte"].sum()
    gaps = staff.groupby("role")["gap_fte"].max()
    formations = plan.inputs.rows["formations"].values()
    delay = plan.inputs.settings.hiring_delay_years
    finishes = list(initiatives.loc[initiatives["works"], "finish"])
    last = plan.maturity[-1] if plan.maturity else None
    index = published(float(last.index[0, -1])) if last else None
    return Headline(
        scenario=plan.inputs.scenario.name,
        total_idr=total,
        new_money_idr=total - running_idr,
        running_idr=running_idr,
        ceiling_idr=int(ceilings["ceiling_idr"].sum()),
        peak_year=int(by_year.idxmax()),
        peak_year_idr=int(by_year.max()),
        tightest_year=int(left.idxmin()),
        tightest_left_idr=int(left.min()),
        initiatives=len(initiatives),
        placed=int(placed.sum()),
        not_placed=int((~placed).sum()),
        not_placed_mandatory=int((~placed & initiatives["mandatory"]).sum()),
        finish=max(finishes, default=None),
        peak_need_fte=round(float(by_month.max()), 2),
        peak_gap_fte=round(float(staff.groupby("month")["gap_fte"].sum().max()), 2),
        hires_planned=sum(f.hires for f in formations if f.year + delay <= plan.timeline.years[-1]),
        hires_missing=sum(math.ceil(g - 1e-9) for g in gaps if g > 0.05),
        own_staff_pay_idr=int(staff["pay_idr"].sum()),
        person_months=round(float(staff["need_fte"].sum()), 1),
        index=index,
        index_year=plan.timeline.years[last.years[-1]] if last else None,
        index_scheme=last.rules.scheme if last else "",
        index_predicate=predicate(plan.inputs, last.rules.scheme, index) if last else "",
    )


def comparison(plans: Iterable[Plan]) -> pd.DataFrame:
    """Headline figures of several plans, one row per scenario in the order given."""
    names = [f.name for f in fields(Headline)]
    return pd.DataFrame([{n: getattr(h, n) for n in names} for h in map(headline, plans)], columns=names)
