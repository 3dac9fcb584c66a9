"""Sentences that say what a table shows before it is read; every number in them is computed here from the plan."""

from __future__ import annotations

from egov_model.analysis import apbd, operations, staff_calendar, summary
from egov_model.analysis.index_levels import by_part, years_of
from egov_model.model.plan import Plan
from egov_model.report.findings import nothing_spent
from egov_model.report.maturity_view import last
from egov_model.report.wording import Say
from egov_model.report.words import SECTIONS, named


def who_spends(say: Say, plan: Plan) -> str:
    """The section and the agency that take most of the money."""
    total = int(plan.budget["amount_idr"].sum())
    if total == 0:
        return nothing_spent(say)
    section, part = _largest(plan, "section")
    agency, share = _largest(plan, "agency")
    return say(
        "{section} takes most of the money ({part}); the agency that spends most is {agency} ({share})",
        section=named(say, SECTIONS, section), part=say.percent(part / total),
        agency=plan.inputs.rows["agencies"][agency].short_name, share=say.percent(share / total),
    )  # fmt: skip


def _largest(plan: Plan, field: str) -> tuple[str, int]:
    """The value of a field that takes most money, and how much [Rp]."""
    sums = plan.budget.groupby(field, sort=False)["amount_idr"].sum()
    return str(sums.idxmax()), int(sums.max())


def spending(say: Say, plan: Plan) -> str:
    """Operating against capital spending."""
    sums = apbd.spending_kinds(plan)[apbd.TOTAL].groupby(level="kind").sum()
    total = int(sums.sum())
    if total == 0:
        return nothing_spent(say)
    running = int(int(sums[apbd.OPERATING]) / total * 100 + 0.5) / 100  # rounded here, so that both shares printed make 100 %
    return say(
        "{operating} of the money is operating spending, {capital} capital spending",
        operating=say.percent(running), capital=say.percent(1 - running),
    )  # fmt: skip


def dearest(say: Say, plan: Plan) -> str:
    """The initiative that costs most."""
    total = int(plan.budget["amount_idr"].sum())
    if total == 0:
        return nothing_spent(say)
    key, most = _largest(plan, "initiative")
    title = say.title(plan.inputs.rows["initiatives"][key])
    share = say.percent(most / total)
    return say("The dearest initiative is {title}: {money}, {share} of all", title=title, money=say.money(most), share=share)


def not_placed(say: Say, plan: Plan) -> str:
    """How many initiatives have no place, mandatory ones among them."""
    frame = plan.initiatives[plan.initiatives["status"] != "placed"]
    if frame.empty:
        return say("Every initiative of this scenario has a place")
    told = say.plural("{n} initiative has no place", "{n} initiatives have no place", len(frame))
    must = int(frame["mandatory"].sum())
    return f"{told}; " + (say("{n} of them mandatory", n=say.number(must)) if must else say("none of them is mandatory"))


def first_decision(say: Say, plan: Plan) -> str:
    """How many decisions on people there are, how many are late, and by when the next."""
    frame = staff_calendar.staff_decisions(plan)
    if frame.empty:
        return say("Nothing has to be decided about people")
    groups = frame.drop_duplicates(["date", "kind", "fiscal_year"])
    told = say.plural("{n} decision on people", "{n} decisions on people", len(groups))
    late, ahead = groups[groups["overdue"]], groups[~groups["overdue"]]
    if len(late):
        told += "; " + say("{n} should be under way already", n=say.number(len(late)))
    return told if ahead.empty else told + "; " + say("the next by {day}", day=say.day(ahead["date"].min()))


def people(say: Say, plan: Plan) -> str:
    """How many roles are needed, and which of them nobody fills at the start."""
    frame = summary.staff_by_role(plan)
    needed = frame[frame["person_months"] > 0] if len(frame) else frame
    if needed.empty:
        return say("Nobody is needed in this scenario")
    nobody = int((needed["on_board"] == 0).sum())
    told = say.plural("{n} role is needed", "{n} roles are needed", len(needed))
    if not nobody:
        return f"{told}; " + say("each is filled at the start")
    return f"{told}; " + say("{n} of them nobody fills at the start", n=say.number(nobody))


def refreshed(say: Say, plan: Plan) -> str:
    """What falls due again within the plan costs."""
    frame = operations.refresh_frame(plan)
    due = frame[frame["amount_idr"] > 0] if len(frame) else frame
    if due.empty:
        return say("Nothing falls due again within the plan")
    many = say.plural("{n} item falls due again", "{n} items fall due again", len(due))
    return say("{many} within the plan, for {money} in all", many=many, money=say.money(int(due["amount_idr"].sum())))


def index_rise(say: Say, plan: Plan) -> str:
    """The domain or aspect that rises most."""
    part = last(plan)
    if part is None:
        return say("The data has no maturity scheme for the years of this plan")
    frame = by_part(plan, part)
    end = years_of(plan, part)[-1]
    rise = frame[end] - frame["start"]
    if rise.max() < 0.005:
        return say("No aspect of the index rises")
    row = frame.loc[rise.idxmax()]
    title = say.title(plan.inputs.rows["index_parts"][f"{part.rules.scheme}.{row['code']}"])
    return say(
        "{part} rises most: from {start} to {end} in {year}",
        part=title, start=say.number(row["start"], 2), end=say.number(row[end], 2), year=end,
    )  # fmt: skip
