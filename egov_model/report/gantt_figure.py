"""The timetable of one section as bars: what is done by whom, what waits before a closed APBD gate, what sets the finish."""

from __future__ import annotations

from datetime import date

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from egov_model.analysis.critical_chain import waits
from egov_model.model.plan import Plan
from egov_model.report.figures import INK, LINE, PLAN, RANGE, SOFT, drawing, svg
from egov_model.report.findings import schedule_finding
from egov_model.report.fragments import Figure, Table
from egov_model.report.palette import MIDDLE
from egov_model.report.wording import Say
from egov_model.report.words import SECTIONS, named

LETTERS = 60  # that fit side by side in the chart's width
TALL = 0.34
CHAIN = "\N{BLACK DIAMOND} "
BUY = MIDDLE  # procurement: between the light of own work and the dark of contracts


def gantt(plan: Plan, say: Say, section: str, links: pd.DataFrame) -> Figure | None:
    """Bars of one section's initiatives over the plan's years, by the rows of `activity_links`; None when it has no work placed."""
    frame = plan.initiatives
    frame = frame[(frame["section"] == section) & frame["works"]]
    if frame.empty:
        return None
    procures = {(i, p) for i, p in _procuring(plan)}
    links = links[links["initiative"].isin(set(frame["initiative"]))]
    held, own = waits(plan, links), dict(iter(links.groupby("initiative", sort=False)))
    waiting = dict(iter(held.groupby("initiative", sort=False)))
    with drawing(f"gantt-{section}", 1.35 + 0.36 * len(frame)) as canvas:
        axes = canvas.add_subplot()
        for n, (_, r) in enumerate(frame.iterrows()):
            mine = own[r["initiative"]]
            for a in mine.itertuples():
                face = PLAN if _spends(plan, a) else BUY if (a.initiative, a.phase) in procures else RANGE
                _bar(axes, n, a.start_week, a.finish_week, facecolor=face, edgecolor=INK if a.critical else "none", linewidth=1.3, zorder=3)
            for w in waiting[r["initiative"]].itertuples() if r["initiative"] in waiting else ():
                if w.gate:
                    _bar(axes, n, w.from_week, w.to_week, facecolor="white", edgecolor=SOFT, hatch="/////", linewidth=0.4)
                else:
                    axes.hlines(n, w.from_week, w.to_week, colors=SOFT, linestyles=(0, (1, 1.5)), linewidth=1.6, zorder=2)
            _title(axes, plan, say, n, r, mine)
        years_across(axes, plan, len(frame))
        canvas.legend(handles=_legend(say), loc="outside upper left", ncols=2, frameon=False, fontsize=8, handlelength=1.8, columnspacing=1)
        finding = schedule_finding(say, plan, section)
        rows = tuple((say.title(r), say.day(r["start"]), say.day(r["finish"])) for _, r in frame.iterrows())
        drawn = svg(canvas, finding + ". " + "; ".join(f"{t}: {s} \N{EN DASH} {f}" for t, s, f in rows) + ".")
    caption = say("Dates: {section}", section=named(say, SECTIONS, section))
    data = Table(caption, (say("Initiative"), say("Start"), say("Finish")), rows)
    note = say("Outlined, with a diamond: on the chain that sets the plan's finish. Hatched and dotted: ready, but waiting.")
    return Figure(finding, drawn, note, data)


def _bar(axes: Axes, row: int, begin: int, end: int, **look) -> None:
    if end > begin:
        axes.barh(row, end - begin, left=begin, height=TALL, **look)


def _title(axes: Axes, plan: Plan, say: Say, row: int, r: pd.Series, mine: pd.DataFrame) -> None:
    """The initiative's name over its bars."""
    name = (CHAIN if mine["critical"].any() else "") + shortened(say.title(r))
    write_over(axes, plan, row, name, mine["start_week"].min(), mine["finish_week"].max())


def write_over(axes: Axes, plan: Plan, row: int, name: str, first: float, last: float) -> None:
    """A name over what goes from one week to another, to the left or right of where it begins, as there is room."""
    room = plan.timeline.weeks / LETTERS
    begin, end = first / room, last / room
    side, at = ("left", begin) if begin + len(name) <= LETTERS else ("right", end) if end >= len(name) else ("left", 0)
    axes.text(at * room, row - 0.2, name, fontsize=8, va="bottom", ha=side, in_layout=False, parse_math=False)  # a $ is a $


def years_across(axes: Axes, plan: Plan, rows: int) -> None:
    """Rows of a timetable under the plan's years and quarters."""
    timeline = plan.timeline
    axes.set_xlim(0, timeline.weeks)
    axes.set_ylim(rows - 0.5, -0.8)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_xticks([_week(plan, y, 1) for y in timeline.years], [str(y) for y in timeline.years], ha="left")
    axes.set_xticks([_week(plan, y, month) for y in timeline.years for month in (4, 7, 10)], minor=True)
    axes.tick_params(axis="x", top=True, labeltop=True, length=0)
    axes.tick_params(axis="x", which="minor", length=0)
    axes.grid(axis="x", color=LINE, linewidth=1)
    axes.grid(axis="x", which="minor", color=LINE, linewidth=0.4)
    axes.set_axisbelow(True)


def _week(plan: Plan, year: int, month: int) -> float:
    return (date(year, month, 1) - plan.timeline.start).days / 7


def _legend(say: Say) -> list:
    return [
        Patch(facecolor=RANGE, label=say("work of own staff")),
        Patch(facecolor=BUY, label=say("procurement")),
        Patch(facecolor=PLAN, label=say("contract at work")),
        Patch(facecolor="white", edgecolor=SOFT, hatch="/////", linewidth=0.4, label=say("budget gate closed")),
        Line2D([], [], color=SOFT, linestyle=(0, (1, 1.5)), linewidth=1.6, label=say("waits for people or ceiling")),
        Patch(facecolor="white", edgecolor=INK, linewidth=1.3, label=say("sets the finish")),
    ]


def _procuring(plan: Plan) -> list[tuple[str, str]]:
    """Initiative and phase of every activity that procures."""
    rows, network = plan.inputs.rows, plan.network
    names = [(network.groups[g], phase) for g, phase in network.activities]
    return [(key, phase) for key, phase in names if rows["phases"][f"{rows['initiatives'][key].kind}.{phase}"].procures]


def _spends(plan: Plan, row) -> bool:
    return plan.inputs.rows["phases"][f"{plan.inputs.rows['initiatives'][row.initiative].kind}.{row.phase}"].spends


def shortened(title: str, most: int = 58) -> str:
    """A title that fits the chart."""
    return title if len(title) <= most else title[: most - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
