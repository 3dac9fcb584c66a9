"""An agency's sheet in sentences and boxes; formats, never computes."""

from __future__ import annotations

from egov_model.analysis import agencies as room
from egov_model.analysis.kept import kept
from egov_model.model.duties import duties_by_agency
from egov_model.model.plan import Plan
from egov_model.model.treatments import KEEP
from egov_model.report import deadlines_view
from egov_model.report.integration_view import counted
from egov_model.report.survey_form import FILE
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say
from egov_model.report.words import EVIDENCE, named


def answer(say: Say, plan: Plan, agency: str) -> str:
    """What the plan asks of the agency, in one line."""
    name, mine = plan.inputs.rows["agencies"][agency].name, kept(plan, room.own_initiatives, agency)
    others, owed = kept(plan, room.from_others, agency), _owed(plan, agency)
    if len(mine):
        held = say.plural("{n} initiative", "{n} initiatives", len(mine))
        placed = int((mine["status"] == "placed").sum())
        if not placed:
            return say("{agency} answers for {initiatives}; none of them has a place in this plan", agency=name, initiatives=held)
        money = say.money(int(kept(plan, room.money_by_agency).at[agency, "own_idr"]))
        told = say("{agency} answers for {initiatives} and {money} of the plan's money", agency=name, initiatives=held, money=money)
        return told if placed == len(mine) else say("{told}; {n} have no place in it", told=told, n=say.number(len(mine) - placed))
    dated = [day for day in others["day"] if day]
    if dated:
        return say.plural(
            "{agency} answers for no initiative, but {n} of other agencies reaches it, the last in {year}",
            "{agency} answers for no initiative, but {n} of other agencies reach it, the last in {year}",
            others.loc[others["day"].notna(), "initiative"].nunique(), agency=name, year=max(dated).year,
        )  # fmt: skip
    if owed:
        return say("{agency} owes work on its applications, and this plan has no date for it", agency=name)
    return say("This plan asks nothing of {agency} and brings it nothing", agency=name)


def facts(say: Say, plan: Plan, agency: str) -> list[tuple[str, str, str]]:
    """Boxes of label, value and note; an agency without initiatives of its own reads what reaches it instead."""
    mine, others = kept(plan, room.own_initiatives, agency), kept(plan, room.from_others, agency)
    money = kept(plan, room.money_by_agency)
    reaching = say.plural("{n} initiative of others reaches it", "{n} initiatives of others reach it", others["initiative"].nunique())
    made = _own_facts(say, plan, agency) if len(mine) else _reaching_facts(say, plan, others)
    given = say.money(int(money.at[agency, "from_others_idr"]))
    made.insert(1, (say("For its applications, budgeted by others"), given, reaching))
    applications, asked = kept(plan, room.own_applications, agency), kept(plan, room.to_confirm, agency)
    owed = say("{owed} of {all}", owed=say.number(_owed(plan, agency)), all=say.number(len(applications)))
    made.append((say("Applications to change"), owed, _by_when(say, plan, agency)))
    moving = int(asked["swing_idr"].sum())
    weight = say("they move the cost by {money}", money=say.money(moving)) if moving else say("none of them moves the cost")
    made.append((say("Assumptions to confirm"), say.number(len(asked)), weight))
    return made


def _own_facts(say: Say, plan: Plan, agency: str) -> list[tuple[str, str, str]]:
    """Money, initiatives and the first deadline of an agency that answers for initiatives."""
    money, mine = kept(plan, room.money_by_agency)["own_idr"], kept(plan, room.own_initiatives, agency)
    placed = mine[mine["status"] == "placed"]
    finish = max((day for day in placed["finish"] if day), default=None)
    first = next(kept(plan, room.dates, agency).itertuples(), None)
    reached = say("{placed} of {all}", placed=say.number(len(placed)), all=say.number(len(mine)))
    last = say("the last finished in {month}", month=say.month(finish)) if finish else say("nothing to finish")
    act = deadlines_view.act(say, plan, first) if first else say("no deadline of the plan falls to it")
    share = say("{share} of the plan's money", share=say.percent(int(money[agency]) / max(1, int(money.sum())), 1))
    return [
        (say("In its own budget"), say.money(int(money[agency])), share),
        (say("Initiatives that it answers for, with a place"), reached, last),
        (say("First deadline"), say.short_day(first.day) if first else DASH, act),
    ]


def _reaching_facts(say: Say, plan: Plan, others) -> list[tuple[str, str, str]]:
    """First and last day on which an initiative of another agency reaches one that has none."""
    dated = others[others["day"].notna()]
    made = []
    for label, r in ((say("Reached first"), dated.head(1)), (say("Reached last"), dated.tail(1))):
        title = say.title(plan.inputs.rows["initiatives"][r["initiative"].iloc[0]]) if len(r) else say("nothing has a date")
        made.append((label, say.month(r["day"].iloc[0]) if len(r) else DASH, title))
    return made


def duties(say: Say, plan: Plan, agency: str) -> list[str]:
    """What the head of the agency has to see to, one sentence each."""
    rows, mine = plan.inputs.rows, kept(plan, room.own_initiatives, agency)
    told = [_perkada(say, plan, agency)]
    if len(mine):
        must = int(mine["mandatory"].sum())
        initiatives = say.plural("{n} initiative", "{n} initiatives", len(mine))
        told.append(say("Carry out {initiatives}; mandatory among them: {must}.", initiatives=initiatives, must=say.number(must)))
    services = room.own_services(plan, agency)
    if len(services):
        live = int(services["go_live"].notna().sum())
        count = say.plural("{n} service", "{n} services", len(services))
        told.append(say("Move {services} online; {live} become digital within the plan.", services=count, live=say.number(live)))
    if risks := sum(r.owner == agency for r in rows["risks"].values()):
        told.append(say.plural("Answer for {n} risk of the register.", "Answer for {n} risks of the register.", risks))
    others = kept(plan, room.from_others, agency)
    lessons = others[(others["how"] == room.TRAINING) & others["day"].notna()]
    if len(lessons):
        count = lessons["initiative"].nunique()
        told.append(say.plural("Send people to the training of {n} initiative.", "Send people to the training of {n} initiatives.", count))
    if count := len(kept(plan, room.to_confirm, agency)):
        told.append(say.plural("Confirm {n} assumption in the survey form.", "Confirm {n} assumptions in the survey form.", count))
    return told


def staff(say: Say, plan: Plan, agency: str) -> str:
    """The people it has, as far as is known."""
    row = plan.inputs.rows["agencies"][agency]
    return say(
        "The data pack counts {users} users and {staff} ICT staff in this agency (evidence: {evidence}).",
        users=say.number(row.users), staff=say.number(row.ict_staff), evidence=named(say, EVIDENCE, row.evidence),
    )  # fmt: skip


def confirm(say: Say, plan: Plan, agency: str) -> str:
    """What its survey form holds and where it comes from."""
    frame = kept(plan, room.to_confirm, agency)
    if not len(frame):
        return say("The survey form of this agency holds no assumption.")
    moving = frame[frame["swing_idr"] > 0]
    told = say.plural(
        "The survey form of this agency, {file}, holds {n} assumption.", "The survey form of this agency, {file}, holds {n} assumptions.",
        len(frame), file=FILE.format(agency=agency),
    )  # fmt: skip
    weight = say("None of them moves the plan's cost, yet duties and dates rest on them.")
    if len(moving):
        weight = say(
            "{n} of them move the plan's cost, between their P10 and P90 by {money} added up.",
            n=say.number(len(moving)), money=say.money(int(moving["swing_idr"].sum())),
        )  # fmt: skip
    made = say("Whoever runs the plan makes the form with: {command}", command=f"egov survey export --agency {agency} --out formulir/")
    return f"{told} {weight} {made}"


def source(say: Say, plan: Plan, agency: str) -> tuple[str, str]:
    """What is known of the agency itself, and from where."""
    row = plan.inputs.rows["agencies"][agency]
    return row.name, f"{row.urusan_all or row.urusan}. {row.source}"


def _perkada(say: Say, plan: Plan, agency: str) -> str:
    """What Perkada 18/2017 asks for its applications."""
    frame = kept(plan, room.own_applications, agency)
    if not len(frame):
        return say("Perkada 18/2017 asks agencies to adapt and integrate their applications; the inventory lists none of this agency.")
    parts = counted(say, duties_by_agency(frame).iloc[0])
    told = say("Perkada 18/2017, adapt and integrate the applications of the agency: {parts}.", parts=say.listing(parts))
    return f"{told} {_by_when(say, plan, agency).capitalize()}."


def _by_when(say: Say, plan: Plan, agency: str) -> str:
    frame = kept(plan, room.own_applications, agency)
    if not _owed(plan, agency):
        return say("nothing is owed")
    counts = duties_by_agency(frame).iloc[0]
    if counts["undated"]:
        return say.plural("{n} has no date in this plan", "{n} have no date in this plan", int(counts["undated"]))
    return say("all done by the end of {year}", year=counts["integrated_by"])


def _owed(plan: Plan, agency: str) -> int:
    frame = kept(plan, room.own_applications, agency)
    return int((frame["duty"] != KEEP).sum())
