"""The register as a map of chance and weight; drawn at phone size."""

from __future__ import annotations

from egov_model.analysis.drawn import Outlook
from egov_model.model.plan import Plan
from egov_model.report.figures import BILLION, INK, LINE, PLAN, RANGE, WARN, drawing, svg
from egov_model.report.fragments import Figure
from egov_model.report.risk_register_view import map_table, ranking_finding, ranks
from egov_model.report.wording import Say

NUMBERED = 10  # risks that carry their number
SHADES = ("#ffffff", "#f3f6f7", "#e4eaed", "#d5dde1", "#c3ced3")  # from rare and light to likely and heavy


def risk_map(plan: Plan, say: Say, outlook: Outlook) -> Figure:
    """Every risk by its chance per year and what it adds to the P80 of what is needed; darker is worse."""
    frame, risks = ranks(plan, outlook).risks, plan.inputs.rows["risks"]
    chance = [risks[key].mode * 100 for key in frame["risk"]]
    weight = [max(0, money) / BILLION for money in frame["need_idr"]]
    finding = ranking_finding(say, plan, outlook)
    with drawing("risk-map", 3.0) as canvas:
        axes = canvas.add_subplot()
        right, top = max([*chance, 1.0]) * 1.12, max([*weight, 1e-3]) * 1.15
        for across in range(3):
            for up in range(3):
                axes.axvspan(right * across / 3, right * (across + 1) / 3, up / 3, (up + 1) / 3, color=SHADES[across + up], linewidth=0)
        for n, (x, y) in enumerate(zip(chance, weight, strict=True)):
            told = n < NUMBERED
            axes.plot(x, y, marker="o", color=WARN if n < 3 else PLAN if told else RANGE, markersize=6, markeredgecolor="white")
            if told:
                axes.annotate(str(n + 1), (x, y), (5, 3), textcoords="offset points", fontsize=8, fontweight="bold", color=INK)
        axes.set_xlim(0, right)
        axes.set_ylim(0, top)
        axes.grid(color=LINE, linewidth=0.4)
        axes.set_axisbelow(True)
        axes.set_xlabel(say("Chance per year, per cent"))
        axes.yaxis.set_major_formatter(lambda value, _: say.figure(round(value, 6)))
        axes.xaxis.set_major_formatter(lambda value, _: say.figure(round(value, 6)))
        canvas.suptitle(say("Adds to what is needed (P80), Rp billion"), x=0.01, ha="left", fontsize=9)
        spoken = "; ".join(
            say("{n} {risk}: {money}", n=n + 1, risk=say.title(risks[key]), money=say.money(max(0, int(money))))
            for n, (key, money) in enumerate(zip(frame["risk"].head(NUMBERED), frame["need_idr"].head(NUMBERED), strict=True))
        )
        drawn = svg(canvas, f"{finding}. {spoken}.")
    told = say("Right is likelier, up is dearer; numbers are those of the register below, the three heaviest stand out.")
    return Figure(finding, drawn, told, map_table(say, plan, outlook))
