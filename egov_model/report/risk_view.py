"""How sure the plan is, as sentences and tables; formats, never computes."""

from __future__ import annotations

from egov_model.analysis import confidence
from egov_model.analysis.drawn import Outlook
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.risk_words import month_of, of_hundred
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say

SHARES = {0.1: "P10", 0.5: "P50", 0.8: "P80", 0.9: "P90", 0.95: "P95"}
FEW = 12  # rows that a person reads


def answer(say: Say, plan: Plan, outlook: Outlook) -> str:
    """Money and finish with 80 per cent confidence, in one line."""
    total = confidence.money(plan, outlook).loc["total"]
    finish = confidence.finish_weeks(outlook)
    return say(
        "Of 100 possible outcomes, 80 stay below {money} and 80 end by {month}",
        money=say.money(int(total["p80_idr"])), month=month_of(say, plan, outlook, int(finish.loc[0.8, "week"])),
    ) if finish.loc[0.8, "known"] else say(
        "Of 100 possible outcomes, 80 stay below {money}; fewer than 80 have an end", money=say.money(int(total["p80_idr"]))
    )  # fmt: skip


def cost_finding(say: Say, plan: Plan, outlook: Outlook) -> str:
    """P50, P80 and the chance of the plan's own money."""
    total = confidence.money(plan, outlook).loc["total"]
    return say(
        "Of 100 possible outcomes, 50 stay below {half} and 80 below {most}; the plan's {plan} is enough in {held}",
        half=say.money(int(total["p50_idr"])), most=say.money(int(total["p80_idr"])), plan=say.money(outlook.plan_total_idr),
        held=of_hundred(say, float(total["held_share"])),
    )  # fmt: skip


def money_table(say: Say, plan: Plan, outlook: Outlook) -> Table:
    """Money by year of payment: the plan's and its quantiles."""
    frame, rows = confidence.money(plan, outlook), []
    names = {"after": say("After the plan"), "total": say("Total")}
    for year, r in frame.iterrows():
        amounts = [say.rupiah(int(r[f"{name.lower()}_idr"])) for name in SHARES.values()]
        error = say.rupiah(round(r["p80_error_idr"])) if r["p80_error_idr"] == r["p80_error_idr"] else DASH
        rows.append((names.get(year, str(year)), say.rupiah(int(r["plan_idr"])), *amounts, error, of_hundred(say, float(r["held_share"]))))
    heads = (say("Year"), say("Plan"), *SHARES.values(), say("Standard error of P80"), say("No more than the plan in"))
    caption = say("Money by year; the quantiles of single years do not add up to those of the total")
    return Table(caption, heads, tuple(rows), frozenset(range(1, len(heads))), frozenset([len(rows) - 1]))


def ceilings_finding(say: Say, plan: Plan, outlook: Outlook) -> str:
    """The chance that ceilings are enough at the plan's dates, and the tightest year."""
    frame, held = confidence.ceilings(plan, outlook), confidence.held(outlook)
    year = frame["holds_share"].idxmin()
    return say(
        "At the plan's own dates the ceilings are enough in every year in {all} possible outcomes; {year} is the tightest, enough in {one}",
        all=of_hundred(say, held["ceilings"]), year=year, one=of_hundred(say, float(frame.loc[year, "holds_share"])),
    )  # fmt: skip


def ceilings_table(say: Say, plan: Plan, outlook: Outlook) -> Table:
    """Need at the plan's dates against ceilings, and how often these hold."""
    frame = confidence.ceilings(plan, outlook)
    money = ("plan_idr", "need_p50_idr", "need_p80_idr", "ceiling_idr", "ceiling_p20_idr")
    rows = [(str(y), *(say.rupiah(int(r[c])) for c in money), of_hundred(say, float(r["holds_share"]))) for y, r in frame.iterrows()]
    heads = (
        say("Year"), say("Plan"), say("Need P50"), say("Need P80"), say("Ceiling"), say("Ceiling that 80 of 100 reach"),
        say("Every fund is enough in"),
    )  # fmt: skip
    return Table(say("What the plan's dates cost against what there is"), heads, tuple(rows), frozenset(range(1, len(heads))))


def finish_finding(say: Say, plan: Plan, outlook: Outlook) -> str:
    """When the work ends in 50 and 80 of 100, and how often by the plan's date."""
    weeks, held = confidence.finish_weeks(outlook)["week"], confidence.held(outlook)
    return say(
        "Half of the possible outcomes end by {half}, 80 of 100 by {most}; {held} end by the plan's own date, {plan}, and {within} finish "
        "everything within the plan's years",
        half=month_of(say, plan, outlook, int(weeks[0.5])), most=month_of(say, plan, outlook, int(weeks[0.8])),
        held=of_hundred(say, held["finish"]), plan=month_of(say, plan, outlook, outlook.plan_finish_week),
        within=of_hundred(say, held["within"]),
    )  # fmt: skip


def finish_table(say: Say, plan: Plan, outlook: Outlook) -> Table:
    """Finish by confidence."""
    frame = confidence.finish_weeks(outlook)
    rows = [
        (SHARES[share], month_of(say, plan, outlook, int(r["week"])), say.number(r["error_weeks"], 1) if r["known"] else DASH)
        for share, r in frame.iterrows()
    ]
    return Table(say("End of all work, by confidence"), (say("Confidence"), say("End"), say("Standard error (weeks)")), tuple(rows),
                 frozenset({2}))  # fmt: skip


def milestones_table(say: Say, plan: Plan, outlook: Outlook) -> Table:
    """When each initiative is live: the plan's month, P50, P80, and how often within the plan."""
    rows, initiatives = [], plan.inputs.rows["initiatives"]
    for key, r in confidence.milestones(plan, outlook).sort_values(["within_share", "plan_week"], kind="stable").iterrows():
        months = [month_of(say, plan, outlook, int(r[c])) for c in ("plan_week", "p50_week", "p80_week")]
        shares = [of_hundred(say, float(r[c])) for c in ("held_share", "within_share")]
        rows.append((say.title(initiatives[key]), *months, *shares))
    heads = (say("Initiative"), say("Plan"), "P50", "P80", say("By the plan's date in"), say("Within the plan's years in"))
    return Table(say("Every initiative that the plan promises, the least sure first"), heads, tuple(rows), frozenset({4, 5}), cards=True)


def contingency_finding(say: Say, plan: Plan, outlook: Outlook) -> str:
    """What to add for 80 per cent confidence, and how much of it after the plan."""
    frame = confidence.contingency(plan, outlook)
    added = int(frame["added_idr"].sum())
    if added <= 0:
        return say("The plan's money is enough in 80 of 100 possible outcomes; nothing needs to be added")
    after = int(frame.loc["after", "at_share_idr"])
    return say(
        "{added} more ({share} of the plan) would be enough in 80 of 100 possible outcomes; {after} of the whole falls after {year}",
        added=say.money(added), share=say.percent(added / max(1, outlook.plan_total_idr)), after=say.money(after), year=outlook.years[-1],
    )  # fmt: skip


def contingency_table(say: Say, plan: Plan, outlook: Outlook) -> Table:
    """The total's P80 in the years it belongs to."""
    frame = confidence.contingency(plan, outlook)
    columns = ("plan_idr", "at_share_idr", "added_idr")
    rows = [
        (say("After the plan") if y == "after" else str(y), *(say.rupiah(int(r[c])) for c in columns)) for y, r in frame.iterrows()
    ]  # fmt: skip
    rows.append((say("Total"), *(say.rupiah(int(frame[c].sum())) for c in columns)))
    heads = (say("Year"), say("Plan"), say("Share of the total's P80"), say("Difference"))
    caption = say("The total's P80 by year; shares of the draws whose total is at P80, so they add up")
    return Table(caption, heads, tuple(rows), frozenset({1, 2, 3}), frozenset([len(rows) - 1]))


def parts_table(say: Say, plan: Plan, outlook: Outlook) -> Table:
    """The initiatives that make up most of the total's P80."""
    frame, initiatives = confidence.parts_of_total(outlook), plan.inputs.rows["initiatives"]
    planned = {key: 0 for key in frame.index}
    for line, paid in zip(plan.network.line_group, plan.schedule.paid_idr[0].sum(axis=1).tolist(), strict=True):
        planned[plan.network.groups[line]] = planned.get(plan.network.groups[line], 0) + paid
    rows = [
        (say.title(initiatives[key]) if key else say("Responses to risks"), say.rupiah(planned[key]), say.rupiah(int(amount)))
        for key, amount in frame["at_share_idr"].head(FEW).items()
    ]
    rest = frame["at_share_idr"].iloc[FEW:]
    if len(rest):
        others = sum(planned[key] for key in rest.index)
        rows.append((say("{n} others", n=say.number(len(rest))), say.rupiah(others), say.rupiah(int(rest.sum()))))
    heads = (say("Initiative"), say("Plan"), say("Share of the total's P80"))
    return Table(say("The total's P80 by initiative"), heads, tuple(rows), frozenset({1, 2}))
