"""Need against supply for each role as small multiples; formats, never computes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from egov_model.analysis import staff_mix
from egov_model.model.plan import Plan
from egov_model.report.figures import INK, LINE, PLAN, RANGE, WARN, brief, drawing, svg
from egov_model.report.fragments import Figure, Table
from egov_model.report.staffing_view import short_title
from egov_model.report.wording import Say

COLUMNS = 2
PANEL_INCHES = 1.25


def finding(say: Say, plan: Plan) -> str:
    """Which roles are short before any measure, the worst first."""
    short = staff_mix.gaps(plan).max(axis=1).sort_values(ascending=False, kind="stable")
    short = short[short > 0]
    if short.empty:
        return say("Every role has people enough in every month")
    roles = plan.inputs.rows["roles"]
    return say.plural(
        "{n} of {all} roles is short of people before any measure, at worst {role} with {gap} FTE",
        "{n} of {all} roles are short of people before any measure, at worst {role} with {gap} FTE",
        len(short), all=say.number(len(roles)), role=short_title(say, roles[short.index[0]]), gap=say.number(short.iloc[0], 1),
    )  # fmt: skip


def need_by_role(plan: Plan, say: Say) -> Figure:
    """A panel for each role on one scale: need as an area, people there as a dashed line, with measures as a solid one."""
    frame, roles = staff_mix.by_month(plan), plan.inputs.rows["roles"]
    titles = {key: short_title(say, role) for key, role in roles.items()}
    by_role = {key: frame[frame["role"] == key] for key in roles}
    rows = -(-len(roles) // COLUMNS)
    top = max(1.0, float(frame[["levelled_fte", "need_fte", "supply_fte"]].to_numpy().max())) * 1.1
    with drawing("need-by-role", 0.75 + PANEL_INCHES * rows) as canvas:
        panels = np.atleast_1d(canvas.subplots(rows, COLUMNS, sharex=True, sharey=True)).ravel()
        for axes in panels[len(roles) :]:
            axes.set_axis_off()
        for n, (axes, key) in enumerate(zip(panels, roles, strict=False)):
            _panel(axes, by_role[key], brief(titles[key]), say, first=n == 0)
            axes.set_ylim(0, top)
            axes.yaxis.set_major_formatter(lambda value, _: say.figure(round(value, 6)))
            axes.tick_params(axis="x", labelbottom=n >= len(roles) - COLUMNS)
        starts = list(range(0, len(plan.timeline.months), 12))
        panels[0].set_xticks(starts, [f"\N{RIGHT SINGLE QUOTATION MARK}{str(y)[2:]}" for y in plan.timeline.years])
        canvas.legend(loc="outside upper left", ncols=2, frameon=False, title=say("FTE by month"), alignment="left", title_fontsize=9)
        said, data = finding(say, plan), _numbers(say, plan, titles, by_role)
        spoken = "; ".join(say("{role}: need up to {need}, gap up to {gap}", role=r[0], need=r[1], gap=r[3]) for r in data.rows)
        drawn = svg(canvas, f"{said}. {spoken}.")
    told = say(
        "All panels have one scale. Where the area rises above the dashed line people are missing; the solid line is what hires, training "
        "and services bring it to, after work that may wait has moved."
    )
    return Figure(said, drawn, told, data)


def _panel(axes, frame: pd.DataFrame, title: str, say: Say, first: bool) -> None:
    months = np.arange(len(frame))
    need, there, supply = (frame[name].to_numpy() for name in ("need_fte", "there_fte", "supply_fte"))
    labels = [say("Need"), say("Missing"), say("Available"), say("With measures")] if first else [None] * 4
    axes.fill_between(months, 0, need, color=RANGE, step="mid", linewidth=0, label=labels[0])
    missing = np.where(frame["gap_before_fte"] > 0, need, there)
    axes.fill_between(months, there, missing, where=missing > there, color=PLAN, step="mid", linewidth=0, label=labels[1])
    axes.step(months, supply, where="mid", color=INK, linewidth=1.0, label=labels[3])
    axes.step(months, there, where="mid", color=WARN, linewidth=1.5, linestyle=(0, (4, 1.5)), label=labels[2])
    axes.set_title(title, fontsize=8.5, loc="left", pad=2, parse_math=False)
    axes.set_xlim(0, len(frame) - 1)
    axes.grid(axis="y", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(length=0, labelsize=8)


def _numbers(say: Say, plan: Plan, titles: dict[str, str], by_role: dict[str, pd.DataFrame]) -> Table:
    """Peak need, what is there then, the largest gap before and after, by role."""
    rows = []
    for key, frame in by_role.items():
        peak = frame.loc[frame["need_fte"].idxmax()]
        cells = (peak["need_fte"], peak["there_fte"], frame["gap_before_fte"].max(), frame["gap_after_fte"].max())
        rows.append((titles[key], *(say.number(v, 2) for v in cells)))
    heads = (say("Role"), say("Peak need"), say("Available then"), say("Largest gap"), say("Gap with measures"))
    return Table(say("Need and supply by role (FTE)"), heads, tuple(rows), frozenset({1, 2, 3, 4}))
