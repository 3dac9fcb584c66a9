"""What a plan is worth against what happens anyway, as sentences and tables; formats, never computes."""

from __future__ import annotations

import pandas as pd

from egov_model.analysis import appraisal, served
from egov_model.analysis.kept import kept
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.remembered import remembered
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say, marked

QUANTITIES = {
    "user_minutes_today": marked("minutes of the user today"),
    "user_minutes_digital": marked("minutes of the user when digital"),
    "handling_minutes_today": marked("minutes of handling today"),
    "handling_minutes_digital": marked("minutes of handling when digital"),
    "trips_today": marked("trips today"),
    "trips_digital": marked("trips when digital"),
    "digital_today": marked("share digital already"),
}
HEAVIEST = 8  # values that the ratio hangs on, in a table


def value_finding(say: Say, plan: Plan, without: Plan) -> str:
    """Benefit-cost ratio and net present value with what they include."""
    made = appraisal.appraise(plan, without)
    cost, ratio, rate = made.costs_present_idr(), float(made.ratio()[0]), say.percent(made.rate, 1)
    if not cost > 0:
        return say("The plan costs nothing beyond what happens anyway.")
    return say(
        "Every rupiah that society spends on the plan until {year} brings back {ratio} rupiah in hours and travel saved, {less} without "
        "the time of citizens: {benefit} for {cost}, a net present value of {npv} (prices of {base}, discounted at {rate} a year)",
        year=made.years[-1], ratio=say.number(ratio, 2), less=say.number(float(made.ratio(citizens_time=False)[0]), 2),
        benefit=say.money(round(made.benefits_present_idr())), cost=say.money(round(cost)), npv=say.money(round(float(made.npv_idr()[0]))),
        base=made.base_year, rate=rate,
    )  # fmt: skip


def value_parts(say: Say, plan: Plan, without: Plan) -> str:
    """What the costs are, and whether they come back."""
    made = appraisal.appraise(plan, without)
    told = say(
        "The costs are those beyond what is spent anyway, whoever bears them: {plan} of the plan's money, {others} of village and other "
        "budgets to run its connections, {staff} of own staff's working time.",
        plan=say.money(round(float(made.plan_idr.sum()))), others=say.money(round(float(made.others_idr.sum()))),
        staff=say.money(round(float(made.staff_idr.sum()))),
    )  # fmt: skip
    told += " " + (
        say("Its benefits have paid back the costs by {year}.", year=paid)
        if (paid := made.payback())
        else say("Its benefits do not pay back the costs by {year}.", year=made.years[-1])
    )
    services_, villages = int(kept(plan, served.service_frame)["go_live"].notna().sum()), appraisal.per_village_idr(plan)
    if services_:
        told += " " + say("Per digital service the plan spends {money}.", money=say.money(round(float(made.plan_idr.sum())) // services_))
    if villages[0]:
        told += " " + say("Each of the {n} connected villages costs it {money}.", n=say.number(villages[0]), money=say.money(villages[1]))
    return told


def horizons(say: Say, plan: Plan, without: Plan) -> Table:
    """The same plan over longer and longer times."""
    rows = []
    for made in appraisal.horizons(plan, without):
        cost = made.costs_present_idr()
        ratios = [say.number(float(made.ratio(with_time)[0]), 2) if cost > 0 else DASH for with_time in (True, False)]
        paid = made.payback()
        rows.append(
            (
                str(made.years[-1]), say.money(round(cost)), say.money(round(made.benefits_present_idr())),
                say.money(round(float(made.npv_idr()[0]))), *ratios, str(paid) if paid and cost > 0 else DASH,
            )
        )  # fmt: skip
    heads = (
        say("Counted until"), say("Costs"), say("Benefits"), say("Net present value"), say("Ratio"), say("Ratio without citizens' time"),
        say("Pays back in"),
    )  # fmt: skip
    caption = say("Costs and benefits by how long they are counted (present value)")
    return Table(caption, heads, tuple(rows), frozenset(range(1, 7)), cards=True)


def hangs_on(say: Say, plan: Plan, without: Plan) -> Table:
    """The values on which the ratio hangs most."""
    frame = remembered(plan, appraisal.hangs_on, pd.DataFrame, without).head(HEAVIEST)
    rows = tuple(
        (_title_of(say, plan, r.key), say.figure(r.low), say.figure(r.high), say.number(r.low_ratio, 3), say.number(r.high_ratio, 3))
        for r in frame[frame["swing"] > 0].itertuples()
    )
    heads = (say("Value"), say("P10"), say("P90"), say("Ratio at P10"), say("Ratio at P90"))
    return Table(say("What the benefit-cost ratio hangs on most"), heads, rows, frozenset({1, 2, 3, 4}), cards=True)


def _title_of(say: Say, plan: Plan, key: str) -> str:
    table, _, rest = key.partition(".")
    rows, name = plan.inputs.rows, rest.removesuffix(".mode")
    if table == "service_values":
        row = rows[table][name]
        return say("{service}: {quantity}", service=say.title(rows["services"][row.service]), quantity=say(QUANTITIES[row.quantity]))
    if table == "services":
        return say("{service}: transactions a year", service=say.title(rows[table][name]))
    return say.title(rows[table][name])
