"""Scenarios year by year as small multiples, one panel each under one scale; formats, never computes."""

from __future__ import annotations

import textwrap

import pandas as pd

from egov_model.analysis.side_by_side import Comparison
from egov_model.report.comparison_view import titles
from egov_model.report.figures import BILLION, INK, LINE, PLAN, drawing, svg
from egov_model.report.fragments import Figure, Table
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say, marked

COLUMNS = 2
LETTERS = 0.32  # of a panel's height: what a number takes above its bar
MEASURES = {
    "used_idr": marked("Cost by year (Rp billion)"),
    "index": marked("Index by year"),
    "initiatives": marked("Initiatives live by the end of the year"),
    "villages": marked("Villages connected by the end of the year"),
}


def years_figure(say: Say, found: Comparison, measure: str) -> Figure:
    """One measure by year: bars of the scenario, a stepped outline of the base."""
    names, wide = titles(say, found), _wide(found, measure)
    scale = BILLION if measure == "used_idr" else 1
    base, years = wide.loc[found.scenarios[0]], list(wide.columns)
    rows = -(-len(names) // COLUMNS)
    top = max(float(wide.max().max()) / scale, 1e-6) * 1.3
    with drawing(f"years-{measure}", 0.5 + 0.88 * rows) as canvas:
        panels = canvas.subplots(rows, COLUMNS, sharex=True, sharey=True, squeeze=False).flatten()
        for axes, name in zip(panels, names, strict=False):
            mine, at = wide.loc[name] / scale, range(len(years))
            axes.bar(at, mine.fillna(0), width=0.66, color=PLAN, label=say("This scenario"))
            if name != found.scenarios[0]:
                left, right = [n - 0.42 for n in at], [n + 0.42 for n in at]
                axes.hlines(base / scale, left, right, colors=INK, linestyles=(0, (4, 2)), linewidth=1.3, label=names[found.scenarios[0]])
            axes.set_title("\n".join(textwrap.wrap(names[name], 26)[:2]), fontsize=8.5, loc="left", fontweight="bold", parse_math=False)
            for n in (0, len(years) - 1):
                value, line = mine.iloc[n], base.iloc[n] / scale
                if not pd.isna(value):
                    foot = line if value < line < value + top * LETTERS else value  # the dashed line must not strike the number out
                    axes.text(n, foot + top / 60, _told(say, measure, value), ha="center", va="bottom", fontsize=7.5, color=INK)
            axes.set_xticks(list(at), [f"\N{RIGHT SINGLE QUOTATION MARK}{str(y)[2:]}" for y in years])
            axes.tick_params(axis="x", length=0, labelsize=8)
            axes.set_yticks([])
            axes.spines["left"].set_visible(False)
            axes.spines["bottom"].set_color(LINE)
            axes.set_ylim(0, top)
        for axes in panels[len(names) :]:
            axes.set_visible(False)
        if len(names) > 1:
            look = {"loc": "outside upper left", "ncols": 2, "frameon": False, "alignment": "left", "title_fontsize": 9}
            legend = canvas.legend(*panels[1].get_legend_handles_labels(), title=say(MEASURES[measure]), **look)
            for text in legend.get_texts():
                text.set_parse_math(False)  # a title is a title, whatever it holds
        finding, data = _finding(say, found, measure), _table(say, found, measure)
        drawn = svg(canvas, f"{finding}. " + "; ".join(f"{row[0]}: {', '.join(row[1:])}" for row in data.rows) + ".")
    return Figure(finding, drawn, _reading(say, found, measure), data)


def _wide(found: Comparison, measure: str) -> pd.DataFrame:
    wide = found.years.pivot(index="scenario", columns="year", values=measure)
    return wide.loc[list(found.scenarios)].astype(float)


def _told(say: Say, measure: str, value: float) -> str:
    return say.number(value, {"used_idr": 1, "index": 2}.get(measure, 0))


def _finding(say: Say, found: Comparison, measure: str) -> str:
    """Which scenario has most in its last year, or in its dearest one."""
    names, wide = titles(say, found), _wide(found, measure)
    if measure == "used_idr":
        dear = wide.max(axis=1)
        name = str(dear.idxmax())
        money, year = say.money(int(dear[name])), int(wide.loc[name].idxmax())
        return say("The dearest single year is {year} in {scenario}, with {money}", year=year, scenario=names[name], money=money)
    last = wide.ffill(axis=1).iloc[:, -1].dropna()
    if last.empty:
        return say(MEASURES[measure])
    most, least = str(last.idxmax()), str(last.idxmin())
    told = {"year": int(wide.columns[-1]), "most": names[most], "least": names[least]}
    told |= {"high": _told(say, measure, last[most]), "low": _told(say, measure, last[least])}
    if measure == "index":
        return say("By {year} the index reaches {high} in {most} and {low} in {least}", **told)
    if measure == "initiatives":
        return say("By {year}, {high} initiatives are live in {most} and {low} in {least}", **told)
    return say("By {year}, {high} villages are connected in {most} and {low} in {least}", **told)


def _reading(say: Say, found: Comparison, measure: str) -> str:
    base = titles(say, found)[found.scenarios[0]]
    return say("One panel a scenario, all on one scale; the dashed lines repeat {base}, so a bar above them is more than there.", base=base)


def _table(say: Say, found: Comparison, measure: str) -> Table:
    names, wide = titles(say, found), _wide(found, measure)
    rows = []
    for name in found.scenarios:
        values = [DASH if pd.isna(v) else say.rupiah(int(v)) if measure == "used_idr" else _told(say, measure, v) for v in wide.loc[name]]
        rows.append((names[name], *values))
    heads = (say("Scenario"), *(str(year) for year in wide.columns))
    return Table(say(MEASURES[measure]), heads, tuple(rows), frozenset(range(1, len(heads))))
