"""Deadlines in words: what is to be done, by whom, and what happens otherwise."""

from __future__ import annotations

from egov_model.analysis import deadlines as due
from egov_model.analysis.kept import kept
from egov_model.analysis.staff_calendar import BUDGET, PROCURE, PROPOSE, TRAINING
from egov_model.model.plan import Plan
from egov_model.report.beside import CALENDARS, PROJECTS
from egov_model.report.fragments import Table
from egov_model.report.held_by import work
from egov_model.report.wording import Say, marked

ACTS = {
    due.RKPD: marked("Work plan (RKPD) {year} closes"),
    due.DPA: marked("Budget document (DPA) {year} available"),
    due.LAST: marked("Last contract of the main budget {year}"),
    due.REVISED: marked("Revised budget {year} in force"),
    due.EVIDENCE: marked("Evidence for the index of {year} closes"),
    due.LAST_REVISED: marked("Last contract of the revised budget {year}"),
    due.CLOSE: marked("Payments of {year} close"),
    due.PROCUREMENT: marked("Send to the procurement unit (UKPBJ): {work}"),
    due.STAFF + PROPOSE: marked("Propose formation: {role}, {number}"),
    due.STAFF + BUDGET: marked("Ask for the money: {role}, {number}"),
    due.STAFF + TRAINING: marked("Begin training: {role}, {number}"),
    due.STAFF + PROCURE: marked("Begin procurement of services: {role}, {number} person-months"),
}
OWNERS = {
    due.RKPD: marked("Planning agency and budget team (TAPD)"),
    due.DPA: marked("Finance agency and budget team (TAPD)"),
    due.LAST: marked("All agencies and the procurement unit (UKPBJ)"),
    due.REVISED: marked("Budget team (TAPD) and regional council (DPRD)"),
    due.EVIDENCE: marked("Coordination team of digital government"),
    due.LAST_REVISED: marked("All agencies and the procurement unit (UKPBJ)"),
    due.CLOSE: marked("All agencies and the finance agency"),
    due.STAFF + PROPOSE: marked("Personnel agency"),
    due.STAFF + BUDGET: marked("Personnel agency and budget team (TAPD)"),
    due.STAFF + TRAINING: marked("Personnel agency"),
    due.STAFF + PROCURE: marked("Procurement unit (UKPBJ)"),
}
MISSED = {
    due.DPA: marked("No contract of {year} can start before it; every week it is late is lost to all of them."),
    due.CLOSE: marked("What is not paid burdens the budget of the year after."),
    due.EVIDENCE: marked("What is finished later counts for the index of the year after."),
    due.STAFF + PROPOSE: marked("The post is filled a year later, and the work that waits for it begins later."),
    due.STAFF + BUDGET: marked("There is no money for it when it is to begin in {month}."),
    due.STAFF + TRAINING: marked("Nobody is ready for the new work in {month}."),
    due.STAFF + PROCURE: marked("The services are not there in {month}."),
}


def act(say: Say, plan: Plan, row) -> str:
    """What has to be done; `row` is one of `deadlines` as a named tuple."""
    role = say.title(plan.inputs.rows["roles"][row.role]).partition(" (")[0] if row.role else ""
    subject = work(say, plan, row.initiative) if row.initiative else ""
    return say(ACTS[row.kind], year=row.year, work=subject, role=role, number=say.number(row.number))


def owner(say: Say, plan: Plan, row) -> str:
    """Who has to do it."""
    if row.kind == due.PROCUREMENT:
        rows = plan.inputs.rows
        return rows["agencies"][rows["initiatives"][row.initiative].owner].short_name
    return say(OWNERS[row.kind])


def missed(say: Say, plan: Plan, row) -> str:
    """What happens when it is not done by then."""
    if row.kind in MISSED:
        return say(MISSED[row.kind], year=row.year, month=say.month(row.planned) if row.planned else "")
    if row.otherwise is None:
        if row.kind == due.PROCUREMENT:
            return say("No later budget gate is left for it within the plan: the initiative loses its place.")
        return say("There is no later gate within the plan.")
    if row.kind == due.PROCUREMENT:
        return say("Its contract waits for the budget gate of {day}.", day=say.day(row.otherwise))
    if row.kind == due.RKPD:
        return say("What is not in it has no money before {day}.", day=say.day(row.otherwise))
    return say("What is not signed waits for the budget gate of {day}.", day=say.day(row.otherwise))


def planned(say: Say, row) -> str:
    """When the plan does it, for what it plans."""
    return say("Planned: {day}.", day=say.day(row.planned)) if row.kind == due.PROCUREMENT else ""


def table(say: Say, plan: Plan) -> Table:
    """Every deadline, by year."""
    frame = kept(plan, due.deadlines)
    rows, groups, last = [], [], 0
    for r in frame.itertuples():
        if r.day.year != last:
            groups.append((len(rows), str(r.day.year)))
            last = r.day.year
        rows.append(
            (say.short_day(r.day), act(say, plan, r), owner(say, plan, r), " ".join(filter(None, (planned(say, r), missed(say, plan, r)))))
        )
    heads = (say("At the latest"), say("What"), say("Who"), say("Planned, and what happens otherwise"))
    return Table(say("Deadlines of decisions"), heads, tuple(rows), cards=True, groups=tuple(groups))


def finding(say: Say, plan: Plan) -> str:
    """How many deadlines there are, and the first."""
    frame = kept(plan, due.deadlines)
    if frame.empty:
        return say("No deadline is left within this plan.")
    first = next(frame.itertuples())
    told = say.plural("{n} deadline", "{n} deadlines", len(frame))
    return say(
        "{deadlines} follow from the plan; the first: {act}, {day}.", deadlines=told, act=act(say, plan, first), day=say.day(first.day)
    )


def files(say: Say, plan: Plan) -> str:
    """Which files beside the report hold the deadlines and the timetable."""
    return say(
        "Beside this report lie {calendar}, these deadlines for the calendar of a phone or an office (import it again after every change: "
        "entries move, none is doubled), and {project}, the timetable with links, people, costs and holidays for Microsoft Project or "
        "ProjectLibre.",
        calendar=CALENDARS[say.language], project=PROJECTS[say.language],
    )  # fmt: skip
