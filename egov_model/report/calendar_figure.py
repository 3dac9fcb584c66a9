"""The APBD year as a strip: when contracts may start, when bills are paid, when people work less."""

from __future__ import annotations

from datetime import date

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from egov_model.analysis.budget_calendar import MAIN, REVISED, budget_years, short_days
from egov_model.model.plan import Plan
from egov_model.report.figures import INK, LINE, PLAN, RANGE, WARN, drawing, svg
from egov_model.report.fragments import Figure
from egov_model.report.palette import CLOSED, CLOSED_EDGE
from egov_model.report.schedule_view import years
from egov_model.report.wording import Say

OPEN, REDUCED = {"facecolor": PLAN}, {"facecolor": CLOSED, "edgecolor": CLOSED_EDGE, "linewidth": 0.5}
RUNNING = {"facecolor": "white", "edgecolor": PLAN, "hatch": "....", "linewidth": 0.6}  # open to what runs already, not to what is new
REVISED_LOOK = {"facecolor": RANGE, "edgecolor": INK, "linewidth": 0.6}


def budget_years_figure(plan: Plan, say: Say) -> Figure:
    """One strip for each year of the plan: windows of the main and of the revised budget, closing dates, months of less work."""
    frame = budget_years(plan)
    with drawing("budget-years", 1.45 + 0.62 * len(frame)) as canvas:
        axes = canvas.add_subplot()
        for n, (year, r) in enumerate(frame.iterrows()):
            _band(axes, n - 0.16, r["dpa_available"], r["last_contract"], **(OPEN if r["new_by"] == MAIN else RUNNING))
            if r["revised_budget"]:
                _band(axes, n + 0.12, r["revised_budget"], r["last_contract_revised"], **REVISED_LOOK)
            for _, first, last, _ in short_days(plan):
                begin, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
                if begin <= end:
                    _band(axes, n + 0.34, begin, end, height=0.14, **REDUCED)
            axes.plot(_day(r["payment_close"]), n - 0.16, marker="|", markersize=13, markeredgewidth=2.4, color=INK)
            axes.plot(_day(r["evidence_cut_off"]), n - 0.16, marker="D", markersize=5, color="white", markeredgecolor=INK)
            for other, row in frame.iterrows():
                if row["rkpd_cut_off"].year == year:
                    axes.plot(_day(row["rkpd_cut_off"]), n + 0.12, marker="s", markersize=5, color=WARN)
                    axes.annotate(
                        str(other),
                        (_day(row["rkpd_cut_off"]), n + 0.12),
                        xytext=(5, 0),
                        textcoords="offset points",
                        fontsize=7.5,
                        va="center",
                    )
        _frame(axes, say, frame.index.tolist())
        canvas.legend(handles=_legend(say), loc="outside upper left", ncols=2, frameon=False, fontsize=8, handlelength=1.8, columnspacing=1)
        finding, data = calendar_finding(say, plan), years(say, plan)
        spoken = "; ".join(f"{row[0]}: {', '.join(map(' '.join, zip(data.columns[1:], row[1:], strict=True)))}" for row in data.rows)
        drawn = svg(canvas, f"{finding}. {spoken}.")
    note = say(
        "Contracts start inside the bars only, and a single-year one must be finished before payments close. Weeks are counted from the "
        "first day of the plan. Below each bar: days on which people work less."
    )
    return Figure(finding, drawn, note, data)


def calendar_finding(say: Say, plan: Plan) -> str:
    """How long new work can be signed in the first year and in the others."""
    frame = budget_years(plan)
    first, others = frame.iloc[0], frame.iloc[1:]
    weeks = say.plural("{n} week", "{n} weeks", int(first["new_weeks"]))
    if first["new_by"] == REVISED:
        told = say(
            "In {year} new work can be signed for {weeks} only, from the revised budget ({from_day} to {to_day})",
            year=frame.index[0], weeks=weeks, from_day=say.day(first["new_from"]), to_day=say.day(first["new_until"]),
        )  # fmt: skip
    elif first["new_by"] == MAIN:
        told = say("In {year} new work can be signed for {weeks}, from the main budget", year=frame.index[0], weeks=weeks)
    else:
        told = say("In {year} no new work can be signed", year=frame.index[0])
    if others.empty:
        return told
    least, most = int(others["new_weeks"].min()), int(others["new_weeks"].max())
    span = say.number(least) if least == most else f"{say.number(least)}\N{EN DASH}{say.number(most)}"
    return told + say("; in later years for {span} weeks a year", span=span)


def _band(axes: Axes, y: float, begin: date, end: date, height: float = 0.24, **look) -> None:
    axes.barh(y, _day(end) - _day(begin) + 1, left=_day(begin), height=height, **look)


def _day(day: date) -> int:
    return day.timetuple().tm_yday - 1


def _frame(axes: Axes, say: Say, shown: list[int]) -> None:
    axes.set_xlim(0, 366)
    axes.set_ylim(len(shown) - 0.45, -0.5)
    axes.set_yticks(range(len(shown)), [str(y) for y in shown], color=INK, fontweight="bold")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    firsts = [date(2027, month, 1) for month in range(1, 13)]
    axes.set_xticks([_day(d) for d in firsts[::2]], [say.short_month(d).split()[0] for d in firsts[::2]], ha="left")
    axes.set_xticks([_day(d) for d in firsts], minor=True)
    axes.tick_params(axis="x", which="both", length=0)
    axes.grid(axis="x", which="both", color=LINE, linewidth=0.5)
    axes.set_axisbelow(True)


def _legend(say: Say) -> list:
    mark = {"linestyle": "", "markersize": 5}
    return [
        Patch(**OPEN, label=say("main budget, new work too")),
        Patch(**RUNNING, label=say("main budget, running work only")),
        Patch(**REVISED_LOOK, label=say("revised budget")),
        Patch(**REDUCED, label=say("holidays, short days")),
        Line2D([], [], linestyle="", marker="|", markersize=10, markeredgewidth=2.4, color=INK, label=say("payments close")),
        Line2D([], [], marker="D", color="white", markeredgecolor=INK, label=say("evidence cut-off"), **mark),
        Line2D([], [], marker="s", color=WARN, label=say("RKPD of that year closed"), **mark),
    ]
