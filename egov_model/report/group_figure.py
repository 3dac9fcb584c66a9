"""Ranks of the initiatives and their spread over a focus group's participants as SVG; formats, never computes."""

from __future__ import annotations

from matplotlib.lines import Line2D

from egov_model.analysis.focus_group import Outcome
from egov_model.report import group_view
from egov_model.report.figures import INK, LINE, PLAN, RANGE, WARN, drawing, svg
from egov_model.report.fragments import Figure
from egov_model.report.wording import Say

LETTERS = 58  # of a title that fit into the figure's width


def spread_figure(outcome: Outcome, say: Say) -> Figure | None:
    """One row per open initiative, best first: ranks from best to worst, the middle half, the median, and the group's own; None when
    nothing is open."""
    frame = outcome.ranking
    if frame.empty:
        return None
    finding, count = group_view.finding(say, outcome), len(frame)
    with drawing("focus-group", 1.15 + 0.38 * count) as canvas:
        axes = canvas.add_subplot()
        for n, r in enumerate(frame.itertuples()):
            axes.plot([r.rank_min, r.rank_max], [n, n], color=RANGE, linewidth=3, solid_capstyle="round")
            axes.plot([r.rank_q1, r.rank_q3], [n, n], color=PLAN, linewidth=7, solid_capstyle="butt")
            axes.plot([r.rank_median] * 2, [n - 0.16, n + 0.16], color=INK, linewidth=1.6)
            axes.plot(r.rank, n, marker="D", markersize=6, color=WARN, markerfacecolor=WARN if r.in_group else "white", linestyle="")
            title = say.title(outcome.plan.inputs.rows["initiatives"][r.initiative])
            title = title if len(title) <= LETTERS else title[: LETTERS - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
            look = {"fontsize": 8, "in_layout": False, "parse_math": False, "va": "bottom"}
            axes.text(0.5, n - 0.24, title, ha="left", **look)
            axes.text(count + 0.5, n - 0.24, f"{r.in_for}/{r.participants}", ha="right", fontweight="bold", **look)
        axes.set_xlim(0.5, count + 0.5)
        axes.set_ylim(count - 0.4, -0.85)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xticks(range(1, count + 1))
        axes.set_xlabel(say("Rank (1: first to get money)"))
        axes.grid(axis="x", color=LINE, linewidth=0.6)
        axes.set_axisbelow(True)
        marks = [
            Line2D([], [], color=RANGE, linewidth=3, label=say("all participants")),
            Line2D([], [], color=PLAN, linewidth=7, label=say("middle half")),
            Line2D([], [], color=INK, marker="|", markersize=9, markeredgewidth=1.6, linestyle="", label=say("median")),
            Line2D([], [], color=WARN, marker="D", linestyle="", label=say("group's weights")),
        ]
        canvas.legend(handles=marks, loc="outside upper left", ncols=2, frameon=False)
        told = [
            say(
                "{title}: rank {rank} by the group's weights, {low} to {high} among participants, in for {n} of {all}",
                title=say.title(outcome.plan.inputs.rows["initiatives"][r.initiative]), rank=say.number(r.rank), low=say.number(r.rank_min),
                high=say.number(r.rank_max), n=say.number(r.in_for), all=say.number(r.participants),
            )
            for r in frame.itertuples()
        ]  # fmt: skip
        made_up = say("Example with made-up participants.") if outcome.group.example else ""
        drawn = svg(canvas, " ".join(filter(None, (f"{finding}.", made_up, "; ".join(told) + "."))))
    explains = say(
        "The number on the right says under how many participants' weights the initiative is in; a filled diamond is in under "
        "the group's mean weights. Mandatory initiatives come first and are not ranked."
    )
    return Figure(finding, drawn, f"{made_up} {explains}".strip(), group_view.spread_table(say, outcome))
