"""Running operations in words and tables; formats, never computes."""

from __future__ import annotations

import math

from egov_model.analysis import operations
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.wording import Say, marked

DASH = "\N{EN DASH}"
GROUPS = {
    "one": marked("People named in the initiative"),
    "agencies": marked("Agencies"),
    "offices": marked("Agencies other than districts"),
    "district_offices": marked("District offices"),
    "villages": marked("Villages"),
    "users": marked("Users of government systems"),
    "puskesmas": marked("Health centres"),
    "schools": marked("Schools"),
    "target": marked("Participants the initiative aims at"),
    "linked_agencies": marked("Agencies that own its applications"),
}


def _group(say: Say, plan: Plan, key: str) -> str:
    role = plan.inputs.rows["roles"].get(key)
    return say.title(role) if role else say(GROUPS[key]) if key in GROUPS else key


def workload(say: Say, plan: Plan) -> Table:
    """Every piece of running work, by role: when it begins, hours a year, people, and what own staff do of it."""
    rows, groups, before = [], [], ""
    initiatives, norms = plan.inputs.rows["initiatives"], plan.inputs.rows["norms"]
    for r in operations.work_frame(plan).itertuples():
        if r.role != before:
            groups.append((len(rows), say.title(plan.inputs.rows["roles"][r.role])))
            before = r.role
        by = say.title(initiatives[r.initiative]) if r.initiative else DASH
        what = say.title(norms[r.key]) if r.key in norms else say("Yearly training: {initiative}", initiative=by)
        begins = say.short_month(r.begins) if r.begins else say("not in this plan")
        rows.append((what, by, begins, say.number(r.hours), say.number(r.fte, 2), say.number(r.own_fte, 2)))
    year = plan.timeline.years[-1]
    heads = (
        say("Work"), say("Brought by"), say("From"), say("Hours a year"), say("People (FTE)"),
        say("Own staff at the end of {year} (FTE)", year=year),
    )  # fmt: skip
    return Table(say("Running work by norm times (ABK)"), heads, tuple(rows), frozenset({3, 4, 5}), cards=True, groups=tuple(groups))


def workload_finding(say: Say, plan: Plan) -> str:
    """How many people running everything takes, and what of it contracts do."""
    frame = operations.work_by_role(plan)
    every, own = float(frame["fte"].sum()), float(frame["own_fte"].sum())
    return say(
        "At the end of {year}, running what is live takes {every} FTE by norm times; contracted staff in the budget do {contracted} of it "
        "and {own} fall to own staff. Work of agencies' own staff is not counted.",
        year=plan.timeline.years[-1], every=say.number(every, 1), contracted=say.number(every - own, 1), own=say.number(own, 1),
    )  # fmt: skip


def desk(say: Say, plan: Plan) -> Table:
    """Service desk with one agent fewer, as many as needed and one more."""
    rows = []
    for r in operations.desk_frame(plan).itertuples():
        wait = say("without end") if math.isinf(r.wait_minutes) else say("{n} minutes", n=say.number(r.wait_minutes, 1))
        title = say.title(plan.inputs.rows["norms"][plan.inputs.rows["desks"][r.desk].norm])
        agents = say("{n} (needed)", n=say.number(r.agents)) if r.needed else say.number(r.agents)
        rows.append((title, agents, say.percent(r.answered), wait, say.number(r.fte, 1)))
    heads = (say("Desk"), say("Agents at once"), say("Answered in time"), say("Mean wait"), say("People (FTE)"))
    return Table(say("Service desk by number of agents (Erlang C)"), heads, tuple(rows), frozenset({1, 2, 3, 4}), cards=True)


def desk_finding(say: Say, plan: Plan) -> str:
    """How many agents keep the promise, and what one fewer does."""
    frame = operations.desk_frame(plan)
    if frame.empty:
        return say("No service desk is described in the data.")
    needed = frame[frame["needed"]].iloc[0]
    row = plan.inputs.rows["desks"][needed["desk"]]
    fewer = frame[(frame["desk"] == needed["desk"]) & (frame["agents"] == needed["agents"] - 1)]
    return say(
        "In the busiest hour {arrivals} requests wait for an answer; {agents} agents at once answer {answered} of them within {minutes} "
        "minutes (target {target}), one fewer {fewer}.",
        arrivals=say.number(needed["arrivals_per_hour"], 1), agents=say.number(int(needed["agents"])),
        answered=say.percent(needed["answered"]),
        minutes=say.figure(row.answer_within_minutes), target=say.percent(row.target_share),
        fewer=say.percent(float(fewer["answered"].sum())),
    )  # fmt: skip


def training(say: Say, plan: Plan) -> Table:
    """Participant-days by group and year, with the class days of own trainers in the last row."""
    years, frame = plan.timeline.years, operations.training_frame(plan)
    heads = (say("Group"), *(str(y) for y in years), say("Total"))
    caption = say("Training days by group and year (participant-days)")
    if frame.empty:
        return Table(caption, heads, ())

    def cells(values) -> tuple[str, ...]:
        return tuple(say.number(v) if round(v) else DASH for v in (*values, values.sum()))

    days = frame.pivot_table(index="group", columns="year", values="participant_days", aggfunc="sum", fill_value=0.0, sort=False)
    days = days.reindex(columns=list(years), fill_value=0.0)
    rows = [(_group(say, plan, key), *cells(values)) for key, values in days.iterrows()]
    classes = frame.groupby("year")["class_days"].sum().reindex(list(years), fill_value=0.0)
    rows += [(say("Total"), *cells(days.sum())), (say("Class days of own trainers"), *cells(classes))]
    return Table(caption, heads, tuple(rows), frozenset(range(1, len(heads))), frozenset([len(rows) - 2]), cards=True)


def training_finding(say: Say, plan: Plan) -> str:
    """Lesson hours of own ICT staff beside what every civil servant is entitled to."""
    hours, due = operations.staff_lesson_hours(plan), plan.inputs.settings.lesson_hours_per_year
    values = {"year": plan.timeline.years[-1], "hours": say.number(hours, 1), "due": say.figure(due)}
    if hours < due:
        return say(
            "In {year} the plan gives own ICT staff {hours} lesson hours per person on average; every civil servant is entitled to {due} "
            "a year (PP 11/2017), and the rest has to come from other training.",
            **values,
        )
    return say(
        "In {year} the plan gives own ICT staff {hours} lesson hours per person on average, as many as every civil servant is entitled to "
        "({due} a year, PP 11/2017).",
        **values,
    )


def refresh(say: Say, plan: Plan) -> Table:
    """Equipment and documents that fall due again, by item."""
    rows = []
    for r in operations.refresh_frame(plan).itertuples():
        due = ", ".join(str(y) for y in r.due) or say("after the plan: {year}", year=r.next_due)
        rows.append(
            (
                r.item_name,
                say.title(plan.inputs.rows["initiatives"][r.initiative]),
                say.number(r.every_years),
                due,
                say.number(r.units) if r.due else DASH,
                say.rupiah(r.amount_idr) if r.amount_idr else DASH,
            )
        )
    heads = (say("Item"), say("Initiative"), say("Every (years)"), say("Falls due"), say("Units"), say("Cost within the plan"))
    return Table(say("What falls due again, and when"), heads, tuple(rows), frozenset({2, 4, 5}), cards=True)
