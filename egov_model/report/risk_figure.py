"""Draws of a plan as figures: the S-curve of its money, and money and date together; drawn at phone size."""

from __future__ import annotations

from datetime import date

import numpy as np

from egov_model.analysis import confidence
from egov_model.analysis.drawn import Outlook
from egov_model.model.plan import Plan
from egov_model.report import risk_view
from egov_model.report.figures import BILLION, INK, LINE, PLAN, RANGE, SOFT, WARN, drawing, svg
from egov_model.report.fragments import Figure, Table
from egov_model.report.risk_words import month_of, of_hundred
from egov_model.report.wording import Say

POINTS = 200  # of a curve, enough for a phone and for paper
MARKED = (0.5, 0.8)


def curve_svg(say: Say, name: str, amounts_idr: np.ndarray, marked: dict[float, int], plan_idr: int, held: float, spoken: str) -> str:
    """Of 100 draws, how many stay below each amount; `marked` amounts by share, the plan's own value and its share `held`."""
    with drawing(name, 2.6) as canvas:
        axes = canvas.add_subplot()
        shares = (np.arange(POINTS) + 0.5) / POINTS
        axes.plot(np.quantile(amounts_idr, shares, method="inverted_cdf") / BILLION, shares * 100, color=PLAN, linewidth=2.2)
        axes.set_ylim(0, 100)
        left = float(np.quantile(amounts_idr, 0.005)) / BILLION
        right = float(np.quantile(amounts_idr, 0.99)) / BILLION
        left, right = min(left, plan_idr / BILLION), max(right, plan_idr / BILLION)
        margin = max((right - left) * 0.04, 1e-6)
        axes.set_xlim(left - margin, right + margin)
        for share, amount in marked.items():
            at = amount / BILLION
            axes.plot([left - margin, at, at], [share * 100, share * 100, 0], color=SOFT, linewidth=0.9, linestyle=(0, (2, 2)))
            axes.plot(at, share * 100, marker="o", color=WARN, markersize=5)
            axes.annotate(f"P{round(share * 100)} {say.number(at, 1)}", (at, share * 100), (6, -11), textcoords="offset points")
        axes.plot(plan_idr / BILLION, held * 100, marker="D", color=INK, markersize=6)
        named = say("plan {amount}", amount=say.number(plan_idr / BILLION, 1))
        early = plan_idr / BILLION < left + (right - left) * 0.3  # no room for words on its left
        place = {"xytext": (8, -12), "ha": "left"} if early else {"xytext": (-8, 6), "ha": "right"}
        axes.annotate(named, (plan_idr / BILLION, held * 100), textcoords="offset points", fontweight="bold", **place)
        axes.grid(axis="y", color=LINE, linewidth=0.6)
        axes.set_xlabel(say("Rp billion"))
        axes.xaxis.set_major_formatter(lambda value, _: say.figure(round(value, 6)))
        canvas.suptitle(say("Of 100 possible outcomes, so many stay below"), x=0.01, ha="left", fontsize=9, color=SOFT)
        return svg(canvas, spoken)


def joint_svg(
    say: Say, finish: np.ndarray, amounts_idr: np.ndarray, frontier: list[tuple[float, int]], plan: tuple[float, int], spoken: str
) -> str:
    """Money and finish (decimal years) of every draw as points, the pairs that hold together as a line, the plan as a diamond."""
    with drawing("joint", 3.2) as canvas:
        axes = canvas.add_subplot()
        some = slice(0, 600)  # more points hide one another and make the page heavy
        axes.plot(finish[some], amounts_idr[some] / BILLION, linestyle="", marker="o", markersize=2.2, color=RANGE, markeredgewidth=0)
        known = [plan[1], *(a for _, a in frontier), *(np.quantile(amounts_idr, [0.0, 0.99]).tolist() if len(amounts_idr) else ())]
        if frontier:
            axes.plot([f for f, _ in frontier], [a / BILLION for _, a in frontier], color=WARN, linewidth=2, drawstyle="steps-post")
        axes.plot(plan[0], plan[1] / BILLION, marker="D", color=INK, markersize=6)
        axes.annotate(say("plan"), (plan[0], plan[1] / BILLION), (6, 5), textcoords="offset points", fontweight="bold")
        top, low = max(known) / BILLION, min(known) / BILLION
        margin = max((top - low) * 0.05, 1e-6)
        axes.set_ylim(low - margin, top + margin)
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}")
        axes.yaxis.set_major_formatter(lambda value, _: say.figure(round(value, 6)))
        axes.grid(color=LINE, linewidth=0.6)
        axes.set_xlabel(say("Finish (start of the year)"))
        canvas.suptitle(say("Rp billion"), x=0.01, ha="left", fontsize=9, color=SOFT)
        return svg(canvas, spoken)


def s_curve(plan: Plan, say: Say, outlook: Outlook) -> Figure:
    """The S-curve of all money of the plan's promises."""
    finding, total = risk_view.cost_finding(say, plan, outlook), confidence.money(plan, outlook).loc["total"]
    marked = {share: int(total[f"p{round(share * 100)}_idr"]) for share in MARKED}
    drawn = curve_svg(say, "s-curve", outlook.total_idr, marked, outlook.plan_total_idr, float(total["held_share"]), finding + ".")
    explains = say("The steeper the curve, the surer the money; the diamond is the plan itself, the dots are P50 and P80.")
    return Figure(finding, drawn, explains, risk_view.money_table(say, plan, outlook))


def joint_finding(say: Say, plan: Plan, outlook: Outlook) -> str:
    """The chance that money and date of the plan hold together, and a pair that does in 70 of 100."""
    held, pairs = confidence.held(outlook), confidence.frontier(outlook)
    both = of_hundred(say, held["both"])
    if pairs.empty:
        return say("The plan's money and date hold together in {both}; no pair of money and date holds in 70 of 100", both=both)
    middle = pairs.iloc[len(pairs) // 2]
    return say(
        "The plan's money and date hold together in {both}; {money} and {month} do in 70 of 100", both=both,
        money=say.money(int(middle["total_idr"])), month=month_of(say, plan, outlook, int(middle["week"])),
    )  # fmt: skip


def joint_figure(plan: Plan, say: Say, outlook: Outlook) -> Figure:
    """Money and finish of the draws that have a date, and the pairs that hold together in 70 of 100."""
    pairs, dated = confidence.frontier(outlook), outlook.finish_week < outlook.never
    finding = joint_finding(say, plan, outlook)
    chosen = pairs.iloc[np.unique(np.linspace(0, len(pairs) - 1, min(8, len(pairs))).round().astype(int))] if len(pairs) else pairs
    rows = tuple((month_of(say, plan, outlook, int(r["week"])), say.rupiah(int(r["total_idr"]))) for _, r in chosen.iterrows())
    data = Table(say("Pairs of finish and money that hold together in 70 of 100"), (say("End by"), say("Money")), rows, frozenset({1}))
    line = [(_year(plan, int(r["week"])), int(r["total_idr"])) for _, r in pairs.iterrows()]
    finish = np.array([_year(plan, int(week)) for week in outlook.finish_week[dated]])
    diamond = (_year(plan, outlook.plan_finish_week), outlook.plan_total_idr)
    spoken = finding + ". " + "; ".join(f"{month}: {amount}" for month, amount in rows) + "."
    drawn = joint_svg(say, finish, outlook.total_idr[dated], line, diamond, spoken)
    explains = say(
        "Each point is one possible outcome that has an end; {undated} have none. Money and date correlate by {correlation}. Along the "
        "line both hold together in 70 of 100: less money needs more time.",
        undated=of_hundred(say, 1 - float(dated.mean())),
        correlation=say.number(confidence.rank_correlation(outlook.total_idr, outlook.finish_week), 2),
    )  # fmt: skip
    return Figure(finding, drawn, explains, data)


def _year(plan: Plan, week: int) -> float:
    """The last day of work that ends before a week, as a year with its fraction."""
    day = plan.timeline.last_day(week)
    first = date(day.year, 1, 1)
    return day.year + (day - first).days / (date(day.year + 1, 1, 1) - first).days
