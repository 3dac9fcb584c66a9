"""The path of the maturity index as SVG; formats, never computes."""

from __future__ import annotations

import math

from egov_model.analysis import index_levels as room
from egov_model.analysis.back_cast import known_years
from egov_model.model.plan import Plan
from egov_model.report import maturity_view
from egov_model.report.figures import INK, LINE, PLAN, SOFT, WARN, drawing, svg
from egov_model.report.fragments import Figure
from egov_model.report.wording import Say

LETTER_YEARS = 0.13  # width of a letter in the figure, in years
BESIDE = 0.3  # of a year: what is known is drawn next to the figure it is held against


def index_figure(plan: Plan, say: Say) -> Figure:
    """Index by year with targets, over the lines where predicates begin; one line per scheme, as their scores do not compare."""
    finding, data = maturity_view.finding(say, plan), maturity_view.path_table(say, plan)
    frame = room.index_by_year(plan).set_index("year")
    with drawing("index-path", 2.9) as canvas:
        axes = canvas.add_subplot()
        years = list(plan.timeline.years)
        for n, part in enumerate(plan.maturity):
            mine = room.years_of(plan, part)
            path = [room.start_index(part), *part.index[0].tolist()]
            axes.plot([mine[0] - 1, *mine], path, color=PLAN, marker="o", linewidth=2.2, label=say("Plan") if not n else None)
            for year, value in zip(mine, path[1:], strict=True):
                up = not frame.loc[year, "target"] > value  # a target just above would be written over
                beside = {"xytext": (0, 6 if up else -6), "va": "bottom" if up else "top", "ha": "center"}
                axes.annotate(say.number(value, 2), (year, value), color=PLAN, fontweight="bold", textcoords="offset points", **beside)
        aims = frame["target"].dropna()
        if not aims.empty:
            axes.plot(aims.index, aims, color=WARN, marker="D", linestyle="", markersize=5, fillstyle="none", label=say("Target"))
        for n, known in enumerate(known_years(plan)):
            between = [known.index_low, known.index_high]
            look = {"color": WARN, "marker": "_", "markersize": 10, "linewidth": 1.5, "label": say("Known") if not n else None}
            axes.plot([known.year + BESIDE] * 2, between, **look)
        low, high = _scale(plan)
        axes.set_ylim(low - 0.25, high)
        right = years[-1] + _beside(plan, say)
        axes.set_xlim(years[0] - 1.3, right)
        axes.set_xticks([years[0] - 1, *years], [say("start"), *map(str, years)])
        if plan.maturity:
            _predicates(plan, say, axes, plan.maturity[-1].rules.scheme, right, high)
        axes.yaxis.set_major_formatter(lambda value, _: say.figure(round(value, 6)))
        if plan.maturity:
            canvas.legend(loc="outside upper left", ncols=2, frameon=False)
        spoken = "; ".join(f"{year}: {say.number(value, 2)}" for year, value in frame["index"].dropna().items())
        drawn = svg(canvas, f"{finding}. {spoken}.")
    told = say("The line is the index at each year's evidence cut-off; diamonds are targets; grey lines mark where the next word begins.")
    if known_years(plan):
        told += " " + say("The upright bar is what is known of the regency.")
    return Figure(finding, drawn, told, data)


def _scale(plan: Plan) -> tuple[float, float]:
    """What the axis has to show: from the lowest level to a little above the highest index or target, at most the scale's end."""
    frame = room.index_by_year(plan)
    low = min((part.rules.low for part in plan.maturity), default=1)
    top = max((part.rules.high for part in plan.maturity), default=5)
    known = [k.index_high for k in known_years(plan)]
    seen = [v for v in (*frame["index"], *frame["target"], *known) if not math.isnan(v)]
    return low, min(top + 0.1, max([*seen, low + 1.0]) + 0.6)


def _beside(plan: Plan, say: Say) -> float:
    """Years of room that the longest predicate needs right of the last point."""
    scheme = plan.maturity[-1].rules.scheme if plan.maturity else ""
    words = [say.title(p) for p in plan.inputs.rows["predicates"].values() if p.scheme == scheme]
    return max(1.2, 0.35 + LETTER_YEARS * max(map(len, words), default=0))


def _predicates(plan: Plan, say: Say, axes, scheme: str, right: float, high: float) -> None:
    rows = sorted((p for p in plan.inputs.rows["predicates"].values() if p.scheme == scheme), key=lambda p: p.index_from)
    for row in rows:
        if row.index_from < high - 0.1:
            axes.axhline(row.index_from, color=LINE, linewidth=0.8, zorder=0)
            look = {"color": SOFT, "fontsize": 8, "va": "bottom", "ha": "right", "in_layout": False, "parse_math": False}
            axes.text(right, row.index_from + 0.02, say.title(row), **look)
    axes.tick_params(axis="x", length=0, color=INK)
