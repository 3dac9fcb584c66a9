"""Planned, earned and actual money as running sums, with the range of the forecast; formats, never computes."""

from __future__ import annotations

from datetime import date

import numpy as np

from egov_model.analysis.followed import Followed
from egov_model.model.plan import Plan
from egov_model.report.figures import BILLION, INK, PLAN, RANGE, WARN, drawing, grid_from_zero, svg
from egov_model.report.fragments import Figure, Table
from egov_model.report.realisation_view import curve_finding, followed
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say


def realisation_curve(plan: Plan, say: Say) -> Figure:
    """The running sums month by month; from the last report on the forecast at the end of each year, P10 to P90."""
    found, finding = followed(plan), curve_finding(say, plan)
    frame, start = found.curve, plan.timeline.start
    at = [(day - start).days / 365.25 + start.year for day in frame.index]
    low, middle, high = _ahead(plan, found)
    with drawing("realisation-curve", 2.8) as canvas:
        axes = canvas.add_subplot()
        if middle:
            days = [start.year + (day - start).days / 365.25 for day in middle]
            bounds = [[values[day] / BILLION for day in middle] for values in (low, high)]
            axes.fill_between(days, *bounds, color=RANGE, linewidth=0, label=say("Forecast P10 to P90"))
            line = [value / BILLION for value in middle.values()]
            axes.plot(days, line, color=PLAN, linestyle=(0, (1, 1)), linewidth=1.8, label=say("Forecast P50"))
        axes.plot(at, frame["pv_idr"] / BILLION, color=INK, linestyle=(0, (4, 2)), linewidth=1.5, label=say("Planned"))
        if found.tracked is not None:
            axes.plot(at, frame["ev_idr"] / BILLION, color=PLAN, linewidth=2.2, label=say("Earned"))
            axes.plot(at, frame["ac_idr"] / BILLION, color=WARN, marker="o", markersize=3, linewidth=1.6, label=say("Paid"))
        axes.set_xticks([*plan.timeline.years], [str(year) for year in plan.timeline.years])
        grid_from_zero(axes, say)
        title = say("Rp billion, running sum")
        canvas.legend(loc="outside upper left", ncols=2, frameon=False, title=title, alignment="left", title_fontsize=9)
        data = _table(say, plan, found, low, high)
        drawn = svg(canvas, finding + ". " + "; ".join(f"{row[0]}: {', '.join(row[1:])}" for row in data.rows) + ".")
    explains = say("The dashed line is the plan, against which work done and money paid will be measured.")
    if found.tracked is not None:
        explains = say(
            "The dashed line is the plan; work done (earned) below it is late, money paid above what is earned is dear. The band is the "
            "forecast."
        )
    return Figure(finding, drawn, explains, data)


def _ahead(plan: Plan, found: Followed) -> tuple[dict[date, float], ...]:
    """P10, P50 and P90 of all money paid, at the day of the last report and the end of each year after it."""
    if found.ahead is None:
        return {}, {}, {}
    paid, years = float(found.tracked.whole.ac), plan.timeline.years
    sums = np.cumsum(found.ahead.by_year_idr[:, : len(years)], axis=1)
    made: tuple[dict[date, float], ...] = ({found.as_of: paid}, {found.as_of: paid}, {found.as_of: paid})
    for n, year in enumerate(years):
        end = date(year, 12, 31)
        if end > found.as_of:
            for values, amount in zip(made, np.quantile(sums[:, n], (0.1, 0.5, 0.9), method="inverted_cdf"), strict=True):
                values[end] = float(amount)
    return made


def _table(say: Say, plan: Plan, found: Followed, low: dict[date, float], high: dict[date, float]) -> Table:
    """The same at the end of each half of a year and of the last report."""
    frame, rows = found.curve, []
    for day, r in frame.iterrows():
        if day.month not in (6, 12) and day != found.as_of:
            continue
        told = [DASH if r[name] != r[name] else say.rupiah(round(r[name])) for name in ("ev_idr", "ac_idr")]
        ranged = say("{low} to {high}", low=say.rupiah(round(low[day])), high=say.rupiah(round(high[day]))) if day in low else DASH
        rows.append((say.day(day), say.rupiah(round(r["pv_idr"])), *told, ranged))
    heads = (say("Until"), say("Planned"), say("Earned"), say("Paid"), say("Forecast P10 to P90"))
    return Table(say("Planned, earned and paid, running sums"), heads, tuple(rows), frozenset({1, 2, 3, 4}))
