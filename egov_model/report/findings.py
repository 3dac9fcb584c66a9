"""Sentences that state what the results say; every number in them is computed here from the plan, none is typed."""

from __future__ import annotations

from egov_model.analysis import summary
from egov_model.analysis.compare import Headline, headline
from egov_model.model.plan import Plan
from egov_model.report.wording import Say
from egov_model.report.words import SECTIONS, named


def answer(say: Say, plan: Plan) -> str:
    """The answer in one line: money, how much of the plan, until when."""
    h = headline(plan)
    span = say.plural("{n} year", "{n} years", len(plan.timeline.years))
    if h.finish is None:
        return say("{total} over {span}, only for what runs already: nothing new is finished", total=say.money(h.total_idr), span=span)
    if h.not_placed == 0:
        return say("{total} over {span}: all {all} initiatives are reached, the last in {month}", total=say.money(h.total_idr), span=span, all=say.number(h.initiatives), month=say.month(h.finish))
    return say(
        "{total} over {span}: {placed} of {all} initiatives are reached, the last in {month}; {rest} do not fit",
        total=say.money(h.total_idr), span=span, placed=say.number(h.placed), all=say.number(h.initiatives), month=say.month(h.finish), rest=say.number(h.not_placed),
    )  # fmt: skip


def ask(say: Say, plan: Plan) -> str:
    """What leadership is asked to approve."""
    h, years = headline(plan), plan.timeline.years
    money = say(
        "Asked for: an indicative ceiling of {total} for {first}\N{EN DASH}{last}, of which {running} keeps alive what runs already and {new} is new.",
        total=say.money(h.total_idr), first=years[0], last=years[-1], running=say.money(h.running_idr), new=say.money(h.new_money_idr),
    )  # fmt: skip
    if h.hires_planned == 0 or h.new_money_idr == 0:
        return money
    first = min(f.year for f in plan.inputs.rows["formations"].values() if f.hires) + plan.inputs.settings.hiring_delay_years
    return money + " " + say.plural("{n} post (ASN formation) has to be proposed, to be filled from {first}.", "{n} posts (ASN formations) have to be proposed, to be filled from {first}.", h.hires_planned, first=first)


def facts(say: Say, plan: Plan, without: Headline | None) -> list[tuple[str, str, str]]:
    """Six boxes: label, value, note."""
    h = headline(plan)
    made = [
        (say("Cost of the plan"), say.money(h.total_idr), say("{new} of it new", new=say.money(h.new_money_idr))),
        (say("Dearest year"), str(h.peak_year), say("{amount}", amount=say.money(h.peak_year_idr))),
        (say("Finished"), say.month(h.finish) if h.finish else "\N{EN DASH}", say("last initiative in the plan")),
        (say("Initiatives reached"), say("{placed} of {all}", placed=say.number(h.placed), all=say.number(h.initiatives)), say("{n} mandatory ones do not fit", n=say.number(h.not_placed_mandatory))),
        (say("People"), say.plural("{n} new post", "{n} new posts", h.hires_planned), say("{n} more would close every gap", n=say.number(h.hires_missing))),
    ]
    if without is not None:
        made.append((say("Without the plan"), say.money(without.total_idr), say("is spent all the same on what runs")))
    return made


def budget_finding(say: Say, plan: Plan) -> str:
    """Whether the ceilings hold, and where it is tightest."""
    h = headline(plan)
    share = h.tightest_left_idr / max(1, int(plan.ceilings.loc[plan.ceilings["year"] == h.tightest_year, "ceiling_idr"].sum()))
    return say("The ceilings hold in every year; {year} is the tightest, with {left} ({share}) left", year=h.tightest_year, left=say.money(h.tightest_left_idr), share=say.percent(share, 1))


def curve_finding(say: Say, plan: Plan) -> str:
    """How much of the ceilings the plan uses, and how much of it by half time."""
    frame = summary.ceilings_by_year(plan)
    half = frame.index[(len(frame) - 1) // 2]
    total = max(1, int(frame["used_idr"].sum()))
    return say(
        "The plan uses {share} of the ceilings; {part} of its money is paid by the end of {year}",
        share=say.percent(total / max(1, int(frame["ceiling_idr"].sum()))), part=say.percent(int(frame.loc[half, "used_sum_idr"]) / total), year=half,
    )  # fmt: skip


def drivers_finding(say: Say, plan: Plan) -> str:
    """What the money mostly buys."""
    frame = summary.cost_drivers(plan)
    return say("The {n} dearest items make up {share} of the cost; the dearest is {item}", n=min(3, len(frame)), share=say.percent(float(frame["share"].head(3).sum())), item=frame["item_name"].iloc[0])


def staffing_finding(say: Say, plan: Plan) -> str:
    """Peak need, and whether people are missing."""
    h = headline(plan)
    month = summary.staff_by_month(plan)["need_fte"].idxmax()
    shown = say.month(plan.timeline.start.replace(year=int(month[:4]), month=int(month[5:])))
    if h.hires_missing == 0:
        return say("The busiest month is {month} with {need} FTE; with the planned posts nobody is missing", month=shown, need=say.number(h.peak_need_fte, 1))
    return say("The busiest month is {month} with {need} FTE; up to {gap} FTE are missing at one time", month=shown, need=say.number(h.peak_need_fte, 1), gap=say.number(h.peak_gap_fte, 1))


def scarcest_role(say: Say, plan: Plan) -> str:
    """Which role is short, if any, and what work waited for people."""
    frame = summary.staff_by_role(plan)
    worst = frame.loc[frame["gap_fte"].idxmax()]
    waited = say("Initiatives wait {weeks} weeks in all because people are busy elsewhere.", weeks=say.number(int(plan.initiatives["waited_people"].sum())))
    if worst["gap_fte"] < 0.05:
        return say("No role is short of people for running what is live.") + " " + waited
    return say("The scarcest role is {role}: {gap} FTE short at its worst.", role=say.title(worst), gap=say.number(worst["gap_fte"], 1)) + " " + waited


def schedule_finding(say: Say, plan: Plan, section: str) -> str:
    """When a section's last initiative is finished."""
    frame = plan.initiatives[plan.initiatives["section"] == section]
    done = list(frame.loc[frame["works"], "finish"])
    missing = int((frame["status"] != "placed").sum())
    end = say("{section}: {n} initiatives finished by {month}", section=named(say, SECTIONS, section), n=say.number(len(done)), month=say.month(max(done)))
    return end if missing == 0 else end + say("; {n} have no place", n=say.number(missing))


def whole_schedule(say: Say, plan: Plan) -> str:
    """When the plan's work is finished, and by when half of it is."""
    done = sorted(plan.initiatives.loc[plan.initiatives["works"], "finish"])
    if not done:
        return say("Nothing new is scheduled: this scenario only keeps alive what runs already")
    return say("Half of the {n} initiatives with work are finished by {half}, the last by {end}", n=say.number(len(done)), half=say.month(done[(len(done) - 1) // 2]), end=say.month(done[-1]))


def waiting(say: Say, plan: Plan) -> str:
    """What holds work up: gates, people or money."""
    frame = plan.initiatives
    causes = {say("the APBD gate"): "waited_gate", say("people"): "waited_people", say("the ceiling"): "waited_money"}
    weeks = {name: int(frame[column].sum()) for name, column in causes.items()}
    worst = max(weeks, key=lambda k: weeks[k])
    parts = say.listing([say("{weeks} weeks for {cause}", weeks=say.number(w), cause=c) for c, w in weeks.items()])
    return say("Work waits {parts}. Most of it is for {worst}.", parts=parts, worst=worst)


def first_year_gate(say: Say, plan: Plan) -> str:
    """How new money reaches the first year."""
    settings, years = plan.inputs.settings, plan.timeline.years
    row = next(f for f in plan.inputs.rows["fiscal_years"].values() if f.year == years[0])
    if settings.adopted_on <= row.rkpd_cut_off:
        return say("The plan was adopted on {day}, before the RKPD {year} was closed: new initiatives use the main budget of {year}.", day=say.day(settings.adopted_on), year=years[0])
    if not settings.revised_budget_held:
        return say("The plan is adopted on {day}, after the RKPD {year} was closed, and no revised budget is held: nothing new is paid in {year}.", day=say.day(settings.adopted_on), year=years[0])
    return say(
        "The plan is adopted on {day}, after the RKPD {year} was closed on {cut}: what is new in {year} can only be paid from the revised budget (Perubahan APBD), from {revised}.",
        day=say.day(settings.adopted_on), cut=say.day(row.rkpd_cut_off), year=years[0], revised=say.day(row.revised_budget),
    )  # fmt: skip


def without_plan(say: Say, plan: Plan, other: Plan) -> str:
    """What happens anyway."""
    mine, theirs = headline(plan), headline(other)
    return say(
        "Without the plan {cost} is still spent over the same years on what runs already, and {missing} of {all} initiatives never happen. The plan costs {more} more.",
        cost=say.money(theirs.total_idr), missing=say.number(mine.placed - theirs.placed), all=say.number(mine.initiatives), more=say.money(mine.total_idr - theirs.total_idr),
    )  # fmt: skip


def personnel_share(say: Say, plan: Plan) -> str:
    """The 30 % rule against the regency's own published budget, where both figures are known."""
    figures = plan.inputs.rows["figures"]
    staff, total = figures.get("apbd-2026-belanja-pegawai"), figures.get("apbd-2026-belanja")
    limit = plan.inputs.settings.personnel_limit_share
    if staff is None or total is None:
        return say("The share of personnel in the regency's spending is not in the data; the limit is {limit}.", limit=say.percent(limit))
    return say(
        "Personnel takes {share} of the regency's {year} budget; the limit of Law 1/2022 is {limit}. Own staff in this plan are people already paid or posts inside the national formation, so they press on that share.",
        share=say.percent(staff.amount / total.amount, 1), year=staff.year, limit=say.percent(limit),
    )  # fmt: skip


def evidence(say: Say, plan: Plan) -> str:
    """How much of the cost rests on assumptions."""
    cost = summary.cost_by_evidence(plan)
    share = int(cost["assumption"]) / max(1, int(cost.sum()))
    return say("{share} of the cost rests on prices that are assumptions, {known} on prices with a source", share=say.percent(share), known=say.percent(1 - share))
