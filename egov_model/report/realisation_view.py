"""Actuals beside the plan, as sentences and tables; formats, never computes."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from egov_model.analysis import early_warnings
from egov_model.analysis.followed import Followed, follow
from egov_model.analysis.forecast import Forecast
from egov_model.analysis.kept import kept
from egov_model.analysis.local_class import WITHIN, ranges_held
from egov_model.analysis.risk import simulate
from egov_model.model.plan import Plan
from egov_model.report import findings
from egov_model.report.fragments import Table
from egov_model.report.realisation_words import STAGES, warning
from egov_model.report.risk_words import month_of, of_hundred
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say

DRAWS = 2000  # of the forecast, and at most those of the setting


def followed(plan: Plan) -> Followed:
    """The plan at the end of the last reported month, worked out once."""
    return kept(plan, follow, None, min(DRAWS, plan.inputs.settings.draws))


def answer(say: Say, plan: Plan) -> str:
    """Where the plan stands and when it ends now; that nothing is reported, and what will be measured."""
    found = followed(plan)
    if found.tracked is None:
        year = plan.timeline.years[0]
        planned = found.quarters[found.quarters["year"] == year]["planned_idr"].sum()
        return say("Nothing is reported yet; {money} is planned for {year}, quarter by quarter", money=say.money(int(planned)), year=year)
    whole, ahead = found.tracked.whole, found.ahead
    told = say(
        "By {day} work worth {earned} of {planned} planned is done, and {paid} is paid",
        day=say.day(found.as_of), earned=say.money(int(whole.ev)), planned=say.money(int(whole.pv)), paid=say.money(int(whole.ac)),
    )  # fmt: skip
    month = month_of(say, plan, ahead, _week(ahead, 0.8))
    return told + say("; with 80 per cent confidence all ends by {month}", month=month)


def curve_finding(say: Say, plan: Plan) -> str:
    """How much of the plan's money is paid and of its work done; before the first report how fast the plan spends."""
    found = followed(plan)
    if found.tracked is None or not found.tracked.whole.bac:
        return findings.curve_finding(say, plan)
    whole = found.tracked.whole
    return say(
        "By {day} {paid} of the plan's money is paid, for {earned} of its work",
        day=say.day(found.as_of), paid=say.percent(whole.ac / whole.bac, 1), earned=say.percent(whole.ev / whole.bac, 1),
    )  # fmt: skip


def indices_finding(say: Say, plan: Plan) -> str:
    """Cost and schedule indices in words."""
    found = followed(plan)
    if found.tracked is None:
        return say("Indices can be told once the first month is reported")
    whole, time = found.tracked.whole, found.tracked.time
    return say(
        "Each rupiah paid has earned {cpi} rupiah of planned work, and of what was planned until now {spi} is done; the work stands where "
        "the plan stood after {es} of {at} months",
        cpi=_index(say, whole.cpi), spi=DASH if whole.spi is None else say.percent(whole.spi), es=say.number(time.es, 1),
        at=say.number(time.at, 1),
    )  # fmt: skip


def indices(say: Say, plan: Plan) -> Table:
    """Earned value in one table; no rows while nothing is reported."""
    found = followed(plan)
    heads = (say("What is measured"), say("Value"), say("Meaning"))
    caption = say("Earned value and earned schedule")
    if found.tracked is None:
        return Table(caption, heads, ())
    whole, work, time = found.tracked.whole, found.tracked.work, found.tracked.time
    rows = [
        (say("Planned (PV)"), say.rupiah(int(whole.pv)), say("Money of what should be done by now")),
        (say("Earned (EV)"), say.rupiah(int(whole.ev)), say("Planned money of what is done")),
        (say("Actual (AC)"), say.rupiah(int(whole.ac)), say("Money paid")),
        (say("Cost variance (CV)"), say.rupiah(int(whole.cv)), say("Earned less actual")),
        (say("Schedule variance (SV)"), say.rupiah(int(whole.sv)), say("Earned less planned")),
        (say("Cost index (CPI)"), _index(say, whole.cpi), say("Earned by actual; below one costs more than planned")),
        (say("Schedule index (SPI)"), _index(say, whole.spi), say("Earned by planned; below one is late")),
        (say("Schedule index of work that ends"), _index(say, work.spi), say("The same without what runs")),
        (say("Earned schedule (months)"), say.number(time.es, 1), say("When the plan had earned as much")),
        (say("SPI(t)"), _index(say, time.spi), say("Earned schedule by months gone; stays low when late work is done")),
        (say("Cost if the rest goes as until now"), _rupiah(say, whole.eac_typical), say("Budget by cost index")),
        (say("Cost if the rest goes as planned"), _rupiah(say, whole.eac_planned), say("Actual and what is left of the budget")),
        (say("Cost if cost and delay go on"), _rupiah(say, whole.eac_combined), say("Actual and the rest by both indices")),
    ]
    if found.ahead is not None:
        for share in (0.5, 0.8):
            name = f"P{round(share * 100)}"
            total = int(np.quantile(found.ahead.total_idr, share, method="inverted_cdf"))
            end = month_of(say, plan, found.ahead, _week(found.ahead, share))
            rows.append((say("Forecast {share}: cost", share=name), say.rupiah(total), say("From draws of what is left")))
            rows.append((say("Forecast {share}: end", share=name), end, say("From draws of what is left")))
    return Table(caption, heads, tuple(rows), frozenset({1}), cards=True)


def absorption_finding(say: Say, plan: Plan) -> str:
    """How much of the budget is paid by the last quarter that is over, against the typical; else what is planned by mid-year."""
    frame = followed(plan).quarters
    over = frame[frame["paid_idr"].notna()]
    row = over.iloc[-1] if len(over) else frame.iloc[1]
    values = {"quarter": int(row["quarter"]), "year": int(row["year"]), "typical": say.percent(float(row["typical"]))}
    planned = DASH if row["planned_share"] is None else say.percent(float(row["planned_share"]))
    if len(over) and row["paid_share"] is not None:
        return say(
            "By the end of quarter {quarter} of {year} {paid} of the year's budget was paid; {planned} was planned, {typical} is typical",
            paid=say.percent(float(row["paid_share"])), planned=planned, **values,
        )  # fmt: skip
    return say(
        "By the end of quarter {quarter} of {year} the plan wants {planned} of the year's budget paid; {typical} is typical",
        planned=planned, **values,
    )  # fmt: skip


def pace_finding(say: Say, plan: Plan) -> str:
    """In how many quarters but the last of each year the plan wants money paid faster than nine in ten budgets are."""
    frame = followed(plan).quarters
    frame = frame[(frame["quarter"] < 4) & frame["planned_share"].notna()]
    over = frame[frame["planned_share"] > frame["typical_high"]]
    if over.empty:
        return say("In no quarter the plan wants money paid faster than is typical")
    most = over.loc[(over["planned_share"] - over["typical_high"]).idxmax()]
    return say(
        "In {n} of {all} quarters before the last of a year the plan wants more paid than the typical P90; most in quarter {quarter} of "
        "{year}: {planned} against {typical}",
        n=say.number(len(over)), all=say.number(len(frame)), quarter=int(most["quarter"]), year=int(most["year"]),
        planned=say.percent(float(most["planned_share"])), typical=say.percent(float(most["typical_high"])),
    )  # fmt: skip


def absorption(say: Say, plan: Plan) -> Table:
    """Planned and paid money by quarter, against the typical pace."""
    rows = []
    for r in followed(plan).quarters.to_dict("records"):
        shares = [_share(say, r[name]) for name in ("planned_share", "paid_share")]
        typical = say("{low} to {high}", low=say.percent(r["typical_low"]), high=say.percent(r["typical_high"]))
        paid = DASH if r["paid_idr"] is None else say.rupiah(int(r["paid_idr"]))
        planned = say.rupiah(int(r["planned_idr"]))
        rows.append((say("{year}, quarter {quarter}", year=r["year"], quarter=r["quarter"]), planned, shares[0], paid, shares[1], typical))
    heads = (
        say("Quarter"), say("Planned in it"), say("Planned of the year"), say("Paid since January"), say("Paid of the year"),
        say("Typical (P10 to P90)"),
    )  # fmt: skip
    return Table(say("Absorption by quarter"), heads, tuple(rows), frozenset(range(1, 6)), cards=True)


def warnings_finding(say: Say, plan: Plan) -> str:
    """How many warnings there are."""
    found = followed(plan)
    if found.tracked is None:
        return say("Warnings come with the first reported month")
    if not found.warnings:
        return say("Nothing calls for action: no initiative is late, dear or silent beyond the limits below")
    first = warning(say, plan, found.warnings[0]).removesuffix(".")
    return say("{count}; the nearest: {first}", count=say.plural("{n} warning", "{n} warnings", len(found.warnings)), first=first)


def warnings(say: Say, plan: Plan) -> Table:
    """Every warning with the day to act."""
    rows = [(say.day(w.act_by) if w.act_by else say("no day left"), warning(say, plan, w)) for w in followed(plan).warnings]
    return Table(say("Early warnings"), (say("Act by"), say("What and why")), tuple(rows), cards=True)


def initiatives(say: Say, plan: Plan) -> Table:
    """Every promised initiative: where it stands, planned and earned, when it is live now."""
    found, rows = followed(plan), []
    titles = plan.inputs.rows["initiatives"]
    for r in found.initiatives.to_dict("records") if len(found.initiatives) else ():
        now = say.day(r["live"]) if r["live"] is not None and not pd.isna(r["live"]) else _live_at(say, plan, found.ahead, r["initiative"])
        money = [say.rupiah(int(r[name])) for name in ("pv_idr", "ev_idr", "ac_idr", "bac_idr")]
        shares = [say.percent(r[name]) for name in ("planned_share", "share")]
        rows.append((say.title(titles[r["initiative"]]), say(STAGES[r["stage"]]), *shares, *money, say.day(r["planned_live"]), now))
    heads = (
        say("Initiative"), say("Stage"), say("Planned progress"), say("Progress"), say("Planned (PV)"), say("Earned (EV)"),
        say("Actual (AC)"), say("Whole budget"), say("Planned go-live"), say("Live, or P80 of the forecast"),
    )  # fmt: skip
    return Table(say("Every initiative"), heads, tuple(rows), frozenset(range(2, 8)), cards=True)


def ranges_finding(say: Say, plan: Plan) -> str:
    """How often finished initiatives were live within the plan's own P10 and P90, and whether a class of their own counts."""
    found = followed(plan)
    need = say.number(plan.inputs.settings.local_class_projects)
    if not len(found.closed):
        return say("No initiative is finished yet; {need} finished ones make a reference class of the regency's own", need=need)
    held = _ranges(plan)
    told = say(
        "{n} of {all} finished initiatives were live within the plan's own P10 and P90; right ranges hold {right}",
        n=say.number(int(held["within"].sum())), all=say.number(len(held)), right=of_hundred(say, WITHIN),
    )  # fmt: skip
    if found.local:
        return told + say("; they are a reference class of their own in the forecast")
    return told + say("; {need} finished ones make a reference class of the regency's own", need=need)


def ranges(say: Say, plan: Plan) -> Table:
    """Finished initiatives against the ranges of the plan."""
    found, rows = followed(plan), []
    titles = plan.inputs.rows["initiatives"]
    if len(found.closed):
        ratios = found.closed.set_index("initiative")
        for r in _ranges(plan).to_dict("records"):
            weeks, cost = ratios.loc[r["initiative"], ["weeks_ratio", "cost_ratio"]]
            days = [say.day(r[name]) for name in ("p10", "live", "p90")]
            right = say("yes") if r["within"] else say("no")
            cost = DASH if pd.isna(cost) else say.number(float(cost), 2)
            rows.append((say.title(titles[r["initiative"]]), *days, right, say.number(float(weeks), 2), cost))
    heads = (say("Initiative"), "P10", say("Live"), "P90", say("Within"), say("Duration by plan"), say("Cost by plan"))
    return Table(say("Finished initiatives against the plan's ranges"), heads, tuple(rows), frozenset({5, 6}), cards=True)


def method(say: Say, plan: Plan) -> str:
    """How the figures are made."""
    made = say(
        "Planned money accrues evenly over the weeks of an activity, and of what runs over the days of a year. Earned is the planned money "
        "of the work that is reported as done, in weeks of planned work; what runs earns while it is live. Earned schedule follows Lipke "
        "(2003). The forecast fixes what is done, takes away from the ceilings what is paid and signed, and schedules and draws what is "
        "left as the report on risk does. A warning is given when work is {points} points behind, paid {money} times what it earned, or "
        "silent for {months} months.",
        points=say.number(100 * early_warnings.POINTS), money=say.number(early_warnings.MONEY, 1),
        months=say.number(early_warnings.QUIET_MONTHS),
    )  # fmt: skip
    ahead = followed(plan).ahead
    return made if ahead is None else f"{made} {say('{draws} draws.', draws=say.number(ahead.draws))}"


def _ranges(plan: Plan) -> pd.DataFrame:
    drawn = kept(plan, simulate, min(DRAWS, plan.inputs.settings.draws))
    return ranges_held(plan, followed(plan).tracked.reached, drawn)


def _week(ahead: Forecast, share: float) -> int:
    return int(np.quantile(ahead.finish_week, share, method="inverted_cdf"))


def _live_at(say: Say, plan: Plan, ahead: Forecast | None, key: str) -> str:
    if ahead is None or key not in ahead.groups:
        return DASH
    live = np.where(ahead.live[:, ahead.groups.index(key)] < 0, ahead.never, ahead.live[:, ahead.groups.index(key)])
    week = int(np.quantile(live, 0.8, method="inverted_cdf"))
    return DASH if week >= ahead.never else say.day(plan.timeline.start + timedelta(weeks=week))


def _index(say: Say, value: float | None) -> str:
    return DASH if value is None else say.number(value, 2)


def _rupiah(say: Say, value: float | None) -> str:
    return DASH if value is None else say.rupiah(round(value))


def _share(say: Say, value: float | None) -> str:
    return DASH if value is None or value != value else say.percent(float(value))
