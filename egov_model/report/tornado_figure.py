"""The tornado as SVG: what each input does to the cost at its P10 and P90; formats, never computes."""

from __future__ import annotations

import textwrap

from egov_model.analysis.tornado import Tornado, tornado
from egov_model.model.plan import Plan
from egov_model.report.figures import BILLION, INK, LINE, PLAN, RANGE, WARN, drawing, svg
from egov_model.report.fragments import Figure
from egov_model.report.input_names import input_name
from egov_model.report.remembered import remembered
from egov_model.report.sensitivity_view import MOST, tornado_finding, tornado_table
from egov_model.report.wording import Say

WIDTH = 58  # letters of a name above its bar


def tornado_figure(plan: Plan, say: Say) -> Figure:
    """Bars from the plan's cost to what it becomes at both ends of each input, widest on top; a cross where something falls out."""
    made = remembered(plan, tornado, Tornado)
    frame = made.frame.head(MOST)
    names = [_short(input_name(say, plan.inputs, r.table, r.row)) for r in frame.itertuples()]
    own = made.plan_idr / BILLION
    with drawing("tornado", 0.9 + 0.36 * len(frame)) as canvas:
        axes = canvas.add_subplot()
        for end, color, label in (("low", RANGE, say("at P10")), ("high", PLAN, say("at P90"))):
            there = frame[f"{end}_idr"] / BILLION
            axes.barh(range(len(frame)), there - own, left=own, height=0.42, color=color, label=label)
            out = [n for n, left_out in enumerate(frame[f"{end}_left_out"]) if left_out]
            told = say("something falls out") if end == "high" else None
            axes.plot(
                there.iloc[out], out, color=WARN, marker="X", linestyle="", markersize=6, markeredgecolor="white", label=told, zorder=3
            )
        axes.axvline(own, color=INK, linewidth=1.0)
        low, high = axes.get_xlim()
        for n, name in enumerate(names):
            clear = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}  # the line of the plan does not run through a name
            axes.text(low, n - 0.3, name, fontsize=8, va="bottom", ha="left", parse_math=False, zorder=4, bbox=clear)
        axes.set_ylim(len(frame) - 0.5, -0.85)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.xaxis.set_major_formatter(lambda value, _: say.figure(round(value, 6)))
        axes.grid(axis="x", color=LINE, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.set_xlim(low, high)
        handles, labels = axes.get_legend_handles_labels()
        order = sorted(range(len(labels)), key=lambda n: labels[n] == say("something falls out"))
        look = {"loc": "outside upper left", "ncols": 3, "frameon": False, "alignment": "left", "title_fontsize": 9}
        canvas.legend([handles[n] for n in order], [labels[n] for n in order], title=say("Cost, Rp billion"), columnspacing=1, **look)
        finding, data = tornado_finding(say, plan, made), tornado_table(say, plan, made)
        spoken = "; ".join(
            say("{input}: {low} at P10, {high} at P90", input=row[0], low=say.money(r.low_idr), high=say.money(r.high_idr))
            for row, r in zip(data.rows, frame.itertuples(), strict=True)
        )
        drawn = svg(canvas, f"{finding}. {spoken}.")
    told = say(
        "Each bar is one input at its P10 and P90, all others most likely, the work scheduled again in the plan's order; the line is "
        "the plan. At a cross some initiatives have no place any more: the bar still counts them, as falling out is no saving."
    )
    return Figure(finding, drawn, told, data)


def _short(name: str) -> str:
    return textwrap.shorten(name, WIDTH, placeholder="\N{HORIZONTAL ELLIPSIS}")
