"""Sentences that state what the results say; every number in them is computed here from the plan, none is typed."""

from __future__ import annotations

from egov_model.analysis import summary
from egov_model.analysis.compare import headline
from egov_model.analysis.evidence import money as money_by_evidence
from egov_model.model.plan import Plan
from egov_model.report.wording import Say
from egov_model.report.words import SECTIONS, named


def answer(say: Say, plan: Plan) -> str:
    """The answer in one line: money, how much of the plan, until when."""
    h = headline(plan)
    span = say.plural("{n} year", "{n} years", len(plan.timeline.years))
    total, placed, everything = say.money(h.total_idr), say.number(h.placed), say.number(h.initiatives)
    if h.placed == 0:
        return say("{total} over {span}: none of the {all} initiatives fits", total=total, span=span, all=everything)
    if h.finish is None:
        return say("{total} over {span}, only for what runs already: nothing new is finished", total=total, span=span)
    end = say.month(h.finish)
    if h.not_placed == 0:
        return say(
            "{total} over {span}: all {all} initiatives are reached, the last in {month}",
            total=total, span=span, all=everything, month=end,
        )  # fmt: skip
    return say(
        "{total} over {span}: {placed} of {all} initiatives are reached, the last in {month}; {rest} do not fit",
        total=total, span=span, placed=placed, all=everything, month=end, rest=say.number(h.not_placed),
    )  # fmt: skip


def budget_finding(say: Say, plan: Plan) -> str:
    """Whether the ceilings hold, and where it is tightest."""
    h = headline(plan)
    share = h.tightest_left_idr / max(1, int(plan.ceilings.loc[plan.ceilings["year"] == h.tightest_year, "ceiling_idr"].sum()))
    return say(
        "At most likely values the ceilings hold in every year; {year} is the tightest, with {left} ({share}) left",
        year=h.tightest_year, left=say.money(h.tightest_left_idr), share=say.percent(share, 1),
    )  # fmt: skip


def curve_finding(say: Say, plan: Plan) -> str:
    """How much of the ceilings the plan uses, and how much of it by half time."""
    frame = summary.ceilings_by_year(plan)
    half = frame.index[(len(frame) - 1) // 2]
    total = int(frame["used_idr"].sum())
    if total == 0:
        return nothing_spent(say)
    return say(
        "The plan uses {share} of the ceilings; {part} of its money is paid by the end of {year}",
        share=say.percent(total / int(frame["ceiling_idr"].sum())),
        part=say.percent(int(frame.loc[half, "used_sum_idr"]) / total), year=half,
    )  # fmt: skip


def nothing_spent(say: Say) -> str:
    """What is said of the money of a plan that spends none."""
    return say("Nothing is spent in this scenario")


def drivers_finding(say: Say, plan: Plan) -> str:
    """What the money mostly buys."""
    frame = summary.cost_drivers(plan)
    if frame.empty:
        return nothing_spent(say)
    share, item = say.percent(float(frame["share"].head(3).sum())), frame["item_name"].iloc[0]
    if len(frame) == 1:
        return say("All of the money buys {item}", item=item)
    return say("The {n} dearest items make up {share} of the cost; the dearest is {item}", n=min(3, len(frame)), share=share, item=item)


def staffing_finding(say: Say, plan: Plan) -> str:
    """Peak need, and whether people are missing."""
    h = headline(plan)
    if h.peak_need_fte == 0:
        return say("Nobody is needed in this scenario")
    month = summary.staff_by_month(plan)["need_fte"].idxmax()
    shown = say.month(plan.timeline.start.replace(year=int(month[:4]), month=int(month[5:])))
    need = say.number(h.peak_need_fte, 1)
    if h.hires_missing == 0:
        return say("The busiest month is {month} with {need} FTE; nobody is missing", month=shown, need=need)
    gap = say.number(h.peak_gap_fte, 1)
    return say("The busiest month is {month} with {need} FTE; up to {gap} FTE are missing at one time", month=shown, need=need, gap=gap)


def scarcest_role(say: Say, plan: Plan) -> str:
    """Which role is short, if any, and what work waited for people."""
    frame = summary.staff_by_role(plan)
    worst, weeks = frame.loc[frame["gap_fte"].idxmax()], int(plan.initiatives["waited_people"].sum())
    waited = say.plural(
        "Initiatives wait {n} week in all because people are busy elsewhere.",
        "Initiatives wait {n} weeks in all because people are busy elsewhere.",
        weeks,
    ) if weeks else say("No initiative waits for people.")  # fmt: skip
    if worst["gap_fte"] <= 0.05:
        return say("No role is short of people for running what is live.") + " " + waited
    gap = say.number(worst["gap_fte"], 1)
    return say("The scarcest role is {role}: {gap} FTE short at its worst.", role=say.title(worst), gap=gap) + " " + waited


def schedule_finding(say: Say, plan: Plan, section: str) -> str:
    """When a section's last initiative is finished; the section has work placed."""
    frame = plan.initiatives[plan.initiatives["section"] == section]
    done = list(frame.loc[frame["works"], "finish"])
    missing = int((frame["status"] != "placed").sum())
    end = say.plural(
        "{section}: {n} initiative finished by {month}", "{section}: {n} initiatives finished by {month}", len(done),
        section=named(say, SECTIONS, section), month=say.month(max(done)),
    )  # fmt: skip
    return end + say.plural("; {n} has no place", "; {n} have no place", missing) if missing else end


def whole_schedule(say: Say, plan: Plan) -> str:
    """When the plan's work is finished, and by when half of it is."""
    done = sorted(plan.initiatives.loc[plan.initiatives["works"], "finish"])
    if not done:
        return say("Nothing new is scheduled")
    half, end = say.month(done[(len(done) - 1) // 2]), say.month(done[-1])
    n = say.number(len(done))
    return say("Half of the {n} initiatives with work are finished by {half}, the last by {end}", n=n, half=half, end=end)


def waiting(say: Say, plan: Plan) -> str:
    """What holds work up: gates, people or money."""
    frame = plan.initiatives
    causes = {"waited_gate": say("the budget gate"), "waited_people": say("people"), "waited_money": say("the ceiling")}
    weeks = {column: held for column in causes if (held := int(frame[column].sum()))}
    if not weeks:
        return say("No work waits for the budget gate, for people or for the ceiling.")
    worst = causes[max(weeks, key=lambda column: weeks[column])]
    parts = say.listing([say.plural("{n} week for {cause}", "{n} weeks for {cause}", held, cause=causes[c]) for c, held in weeks.items()])
    told = say("Added up over all initiatives, work waits {parts}.", parts=parts)
    return told if len(weeks) == 1 else f"{told} " + say("Most of it is for {worst}.", worst=worst)


def first_year_gate(say: Say, plan: Plan) -> str:
    """How new money reaches the first year."""
    settings, year = plan.inputs.settings, plan.timeline.years[0]
    row, day = next(f for f in plan.inputs.rows["fiscal_years"].values() if f.year == year), say.day(settings.adopted_on)
    if settings.adopted_on <= row.rkpd_cut_off:
        return say(
            "The plan was adopted on {day}, before the work plan for {year} (RKPD) was closed: new initiatives use the main budget of "
            "{year}.",
            day=day, year=year,
        )  # fmt: skip
    if not settings.revised_budget_held:
        return say(
            "The plan is adopted on {day}, after the work plan for {year} (RKPD) was closed, and no revised budget is held: nothing new is "
            "paid in {year}.",
            day=day, year=year,
        )  # fmt: skip
    return say(
        "The plan is adopted on {day}, after the work plan for {year} (RKPD) was closed on {cut}: what is new in {year} can only be paid "
        "from the revised budget (Perubahan APBD), from {revised}.",
        day=day, cut=say.day(row.rkpd_cut_off), year=year, revised=say.day(row.revised_budget),
    )  # fmt: skip


def without_plan(say: Say, plan: Plan, other: Plan) -> str:
    """What happens anyway; `other` is the plan of that."""
    if plan.inputs.scenario.name == other.inputs.scenario.name:
        return say("This scenario is itself what happens without the plan.")
    mine, theirs = headline(plan), headline(other)
    happens = set(other.initiatives.loc[other.initiatives["status"] == "placed", "initiative"])
    told = say(
        "Without the plan {cost} is still spent over the same years on what runs already, and {missing} of {all} initiatives never happen.",
        cost=say.money(theirs.total_idr), missing=say.number(len(set(plan.initiatives["initiative"]) - happens)),
        all=say.number(mine.initiatives),
    )  # fmt: skip
    more = mine.total_idr - theirs.total_idr
    if more < 0:
        return f"{told} " + say("The plan costs {less} less.", less=say.money(-more))
    return f"{told} " + say("The plan costs {more} more.", more=say.money(more))


def personnel_share(say: Say, plan: Plan) -> str:
    """The 30 % rule against the regency's own published budget, where both figures are known."""
    figures = plan.inputs.rows["figures"]
    staff, total = figures.get("apbd-2026-belanja-pegawai"), figures.get("apbd-2026-belanja")
    limit = say.percent(plan.inputs.settings.personnel_limit_share)
    if staff is None or total is None or total.amount == 0:
        return say("The share of personnel in the regency's spending is not in the data; the limit is {limit}.", limit=limit)
    return say(
        "Personnel takes {share} of the regency's {year} budget; the limit of Law 1/2022 is {limit}. Own staff in this plan are "
        "people already paid or posts inside the national formation, so they press on that share.",
        share=say.percent(staff.amount / total.amount, 1), year=staff.year, limit=limit,
    )  # fmt: skip


def evidence(say: Say, plan: Plan) -> str:
    """How much of the cost rests on assumptions."""
    cost = money_by_evidence(plan)["price_idr"]
    if cost.sum() == 0:
        return nothing_spent(say)
    share = int(int(cost["assumption"]) / int(cost.sum()) * 100 + 0.5) / 100  # rounded here, so that both shares printed make 100 %
    return say(
        "{share} of the cost rests on prices that are assumptions, {known} on prices with a source",
        share=say.percent(share), known=say.percent(1 - share),
    )  # fmt: skip
