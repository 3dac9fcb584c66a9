"""How the links spread: one small map for each year, what comes new in it dark, what is there already pale, the rest hollow."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from egov_model.analysis.reached import site_links
from egov_model.model.plan import Plan
from egov_model.report.figures import INK, LINE, PLAN, RANGE, drawing, svg
from egov_model.report.fragments import Figure, Table
from egov_model.report.map_figure import KINDS, MARKS, OTHER
from egov_model.report.wording import Say
from egov_model.report.words import named

COLUMNS, INCHES = 3, 1.3  # small maps side by side, and the width of one
SMALLER = 0.35  # of the marks on the large map


def growth_figure(plan: Plan, say: Say) -> Figure:
    """The sites of the plan year by year, all maps to the same scale."""
    frame, years = site_links(plan), plan.timeline.years
    when = frame["year"].astype("float").fillna(math.inf).to_numpy()
    shrink = math.cos(math.radians(frame["lat"].mean()))
    wide, high = (max(float(np.ptp(frame[c])) * f, 0.1) * 1.12 for c, f in (("lon", shrink), ("lat", 1)))
    columns = min(COLUMNS, len(years))
    rows = math.ceil(len(years) / columns)
    each = min(INCHES * high / wide, 2.4) + 0.28
    with drawing("growth-map", rows * each + 0.4) as canvas:
        grid = canvas.subplots(rows, columns, squeeze=False)
        for n, axes in enumerate(grid.ravel()):
            if n >= len(years):
                axes.set_visible(False)
                continue
            _small_map(axes, frame, when, years[n], shrink)
            reached = int((when <= years[n]).sum())
            axes.set_title(f"{years[n]}: {say.number(reached)}", fontsize=9, fontweight="bold", color=INK, pad=3)
        look = {"linestyle": "", "marker": "o", "markersize": 6, "markeredgewidth": 0.6, "markeredgecolor": INK}
        labels = ((PLAN, say("new in the year")), (RANGE, say("connected before")), ("#ffffff", say("not yet")))
        handles = [grid[0, 0].plot([], [], color=color, label=label, **look)[0] for color, label in labels]
        canvas.legend(handles=handles, loc="outside upper left", ncols=3, frameon=False, handletextpad=0.1, columnspacing=0.9, fontsize=8.5)
        finding, data = growth_finding(say, frame, years), growth_table(say, frame, years)
        drawn = svg(canvas, f"{finding}. " + "; ".join(f"{row[0]}: {row[1]}" for row in data.rows) + ".")
    note = say("The number over each map counts the sites connected by the end of that year. All maps to the same scale.")
    return Figure(finding, drawn, note, data)


def _small_map(axes, frame: pd.DataFrame, when: np.ndarray, year: int, shrink: float) -> None:
    for name in dict.fromkeys(frame["technology"]):
        marker, size = MARKS.get(name, OTHER)
        mine = (frame["technology"] == name).to_numpy()
        for chosen, face, edge in ((when > year, "none", 0.25), (when < year, RANGE, 0.25), (when == year, PLAN, 0.4)):
            at = frame[mine & chosen]
            axes.scatter(at["lon"], at["lat"], s=size * SMALLER, marker=marker, facecolor=face, edgecolor=INK, linewidth=edge)
    axes.set_aspect(1 / shrink)
    axes.margins(0.06)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set(visible=True, color=LINE)


def growth_finding(say: Say, frame: pd.DataFrame, years: tuple[int, ...]) -> str:
    """How many sites are connected by the end of the first, the middle and the last year."""
    shown = dict.fromkeys((years[0], years[(len(years) - 1) // 2], years[-1]))
    parts = [say("{n} by the end of {year}", n=say.number(int((frame["year"] <= year).sum())), year=year) for year in shown]
    return say("Sites connected, of {all}: {parts}", all=say.number(len(frame)), parts=say.listing(parts))


def growth_table(say: Say, frame: pd.DataFrame, years: tuple[int, ...]) -> Table:
    """Sites connected by the end of each year, by kind."""
    kinds = list(dict.fromkeys(frame["kind"]))
    rows = []
    for year in years:
        there = frame[(frame["year"] <= year).fillna(False)]
        counts = (say.number(int((there["kind"] == kind).sum())) for kind in kinds)
        rows.append((str(year), say.number(len(there)), say.number(int((frame["year"] == year).sum())), *counts))
    heads = (say("Year"), say("Sites"), say("New in the year"), *(named(say, KINDS, kind) for kind in kinds))
    return Table(say("Sites connected by the end of each year"), heads, tuple(rows), frozenset(range(1, len(heads))))
