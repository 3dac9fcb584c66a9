"""The tables of an agency's sheet: initiatives, applications, what others bring, money, people, dates, offices, what to confirm."""

from __future__ import annotations

from dataclasses import replace

from egov_model.analysis import agencies as room
from egov_model.analysis.kept import kept
from egov_model.inputs.priced import priced_items
from egov_model.model import duties as duty_room
from egov_model.model.plan import Plan
from egov_model.model.treatments import KEEP
from egov_model.report import deadlines_view
from egov_model.report.apbd_view import year_head
from egov_model.report.fragments import Table
from egov_model.report.integration_view import DUTIES
from egov_model.report.map_figure import TECHNOLOGIES
from egov_model.report.risk_register_view import response_of
from egov_model.report.survey_words import CHOICES
from egov_model.report.tables_view import DASH, money_by_year
from egov_model.report.wording import Say, marked
from egov_model.report.words import EVIDENCE, SECTIONS, TABLES, named, why_not_placed

POWERS = {"solar": marked("solar power"), "genset": marked("generator")}
OFFICES = {
    room.ICT: marked("The plan as a whole, integration of applications, the survey form"),
    room.PLANNING: marked("Work plan (Renja, RKPD) and consultation of ICT spending"),
    room.FINANCE: marked("Budget documents (RKA, DPA) and payment"),
    room.PERSONNEL: marked("Posts and training of staff"),
    room.AUDIT: marked("Internal audit"),
}
MOST_CONFIRMED = 8  # assumptions that a sheet lists; the form holds all


def initiatives(say: Say, plan: Plan, agency: str) -> Table:
    """What the agency answers for, with dates and money."""
    rows = []
    for _, r in kept(plan, room.own_initiatives, agency).iterrows():
        placed = r["status"] == "placed"
        when = say("running") if placed else DASH
        if r["works"]:
            when = f"{say.short_month(r['start'])} {DASH} {say.short_month(r['finish'])}"
        output = f"{say.figure(r['target'])} {r['unit']}" if placed else why_not_placed(say, plan, r)
        must = say("yes") if r["mandatory"] else say("no")
        rows.append((say.title(r), named(say, SECTIONS, r["section"]), when, _money(say, int(r["total_idr"])), must, output))
    heads = (say("Initiative"), say("Section"), say("When"), say("Money over the plan"), say("Mandatory"), say("Output, or why not"))
    return Table(say("Initiatives that this agency answers for"), heads, tuple(rows), frozenset({3}), cards=True)


def applications(say: Say, plan: Plan, agency: str) -> Table:
    """Its applications: what Perkada 18/2017 and the plan ask of each, through which initiative and by when."""
    initiative_rows, agencies = plan.inputs.rows["initiatives"], plan.inputs.rows["agencies"]
    frame, rows = kept(plan, room.own_applications, agency), []
    for r in frame.itertuples():
        through = initiative_rows.get(r.initiative)
        by = f"{say.title(through)} ({agencies[through.owner].short_name})" if through else DASH
        year = DASH if r.duty == KEEP else str(r.year) if r.status == duty_room.PLACED else _undated(say, plan, r)
        rows.append((r.name, named(say, CHOICES["state"], r.state), say(DUTIES[r.duty]), by, year, _money(say, int(r.amount_idr))))
    if not rows:
        return Table(say("Applications of this agency"), (), ())
    total = (say("Total"), "", "", "", "", say.rupiah(int(frame["amount_idr"].sum())))
    heads = (say("Application"), say("Today"), say("Duty"), say("Through"), say("By the end of"), say("Part of the plan's money"))
    caption = say("Applications of this agency and what is asked of each")
    return Table(caption, heads, (*rows, total), frozenset({5}), frozenset([len(rows)]), cards=True)


def from_others(say: Say, plan: Plan, agency: str) -> Table:
    """What initiatives of other agencies bring, by their date."""
    initiative_rows, agencies = plan.inputs.rows["initiatives"], plan.inputs.rows["agencies"]
    placed, rows = plan.initiatives.set_index("initiative"), []
    for key, part in kept(plan, room.from_others, agency).groupby("initiative", sort=False):
        first = part.iloc[0]
        when = say.month(first["day"]) if first["day"] else why_not_placed(say, plan, placed.loc[key])
        brings = "; ".join(_brings(say, r) for r in part.itertuples())
        rows.append((when, brings, say.title(initiative_rows[key]), agencies[first["owner"]].short_name))
    heads = (say("When"), say("What"), say("Initiative"), say("Responsible"))
    return Table(say("What initiatives of other agencies bring to this one"), heads, tuple(rows), cards=True)


def services(say: Say, plan: Plan, agency: str) -> Table:
    """Services it answers for: since when digital and how much they are used."""
    year, rows = plan.timeline.years[-1], []
    for r in room.own_services(plan, agency).to_dict("records"):
        live = r["go_live"]
        since = say.month(live) if live else say("not within the plan")
        used = f"{say.number(r['digital'])} ({say.percent(r['digital_share'])})" if r["digital"] >= 0.5 else DASH
        rows.append((say.title(r), since, say.number(r["transactions"]), used))
    heads = (say("Service"), say("Digital since"), say("Transactions a year"), say("Made digitally in {year}", year=year))
    return Table(say("Services that this agency answers for"), heads, tuple(rows), frozenset({2, 3}), cards=True)


def risks(say: Say, plan: Plan, agency: str) -> Table:
    """Risks of the register that it answers for."""
    mine = [r for r in plan.inputs.rows["risks"].values() if r.owner == agency]
    rows = [(say.title(r), say.percent(r.mode), response_of(say, r)) for r in mine]
    heads = (say("Risk"), say("Chance per year"), say("Response"))
    return Table(say("Risks that this agency answers for"), heads, tuple(rows), frozenset({1}), cards=True)


def money(say: Say, plan: Plan, agency: str) -> Table:
    """Its own budget by programme code, account and year, exact to the rupiah, with the rounded rows of the RKA below."""
    frame = room.budget_rows(plan, agency)
    caption = say("Own budget by programme code and account")
    view = money_by_year(say, caption, [say("Account")], frame, lambda i: [f"{i[2]} {i[3]}"])
    if not view.rows:
        return view
    groups: dict[str, tuple[int, str]] = {}
    for number, (code, name, *_) in enumerate(frame.index):
        groups.setdefault(code, (number, f"{code} {name}"))
    rounded = room.rka_by_year(plan, agency).to_list()
    rka = (say("As rows of the RKA (whole thousands)"), *(say.rupiah(int(v)) for v in (*rounded, sum(rounded))))
    heads = (say("Account"), *(year_head(say, plan, year) for year in plan.timeline.years), say("Total"))
    totals = frozenset([len(frame), len(frame) + 1])
    groups_of_all = (*groups.values(), (len(frame), say("All programmes")))
    return replace(view, columns=heads, rows=(*view.rows, rka), totals=totals, groups=groups_of_all)


def whose_money(say: Say, plan: Plan, agency: str) -> Table:
    """In whose budget its money stands, and for whom its budget pays."""
    frame = kept(plan, room.money_by_agency)
    mine, whole = frame.loc[agency], frame.sum()
    parts = (
        ("own_idr", say("In its own budget")),
        ("for_others_idr", say("of which for applications of other agencies")),
        ("from_others_idr", say("In budgets of other agencies, for its applications")),
        ("served_idr", say("Spent for this agency, whoever budgets it")),
    )
    rows = tuple((label, say.rupiah(int(mine[key])), say.rupiah(int(whole[key]))) for key, label in parts)
    heads = (say("Part"), say("This agency"), say("All agencies"))
    return Table(say("In whose budget the money stands"), heads, rows, frozenset({1, 2}), frozenset({3}))


def people(say: Say, plan: Plan, agency: str) -> Table:
    """Person-months its own initiatives take, by role and year."""
    frame, roles = room.people_needed(plan, agency), plan.inputs.rows["roles"]
    years = list(plan.timeline.years)
    rows = [
        (say.title(roles[key]), *(say.number(v, 1) if v >= 0.05 else DASH for v in values), say.number(sum(values), 1))
        for key, values in zip(frame.index, frame.to_numpy().tolist(), strict=True)
    ]
    heads = (say("Role"), *map(str, years), say("Total"))
    caption = say("Person-months that its initiatives take while they are carried out")
    if not rows:
        return Table(caption, heads, ())
    total = (say("Total"), *(say.number(float(v), 1) for v in frame.sum()), say.number(float(frame.to_numpy().sum()), 1))
    return Table(caption, heads, (*rows, total), frozenset(range(1, len(heads))), frozenset([len(rows)]))


def dates(say: Say, plan: Plan, agency: str) -> Table:
    """Deadlines it has to keep."""
    rows = [
        (
            say.short_day(r.day), deadlines_view.act(say, plan, r),
            " ".join(filter(None, (deadlines_view.planned(say, r), deadlines_view.missed(say, plan, r)))),
        )
        for r in kept(plan, room.dates, agency).itertuples()
    ]  # fmt: skip
    heads = (say("At the latest"), say("What"), say("Planned, and what happens otherwise"))
    return Table(say("Deadlines of this agency"), heads, tuple(rows), cards=True)


def offices(say: Say, plan: Plan, agency: str) -> Table:
    """Whom to call for what: offices of the regency by their task, then whoever is responsible for an initiative that reaches it."""
    rows_of = plan.inputs.rows
    found = [(say(matter), office) for urusan, matter in OFFICES.items() if (office := room.office_of(plan, urusan))]
    rows = [(matter, say("this agency itself") if office == agency else rows_of["agencies"][office].name) for matter, office in found]
    if len(kept(plan, room.own_initiatives, agency)):
        rows.append((say("Procurement"), say("Procurement unit (UKPBJ)")))
    reaching: dict[str, list[str]] = {}
    for r in kept(plan, room.from_others, agency).itertuples():
        titles, title = reaching.setdefault(r.owner, []), say.title(rows_of["initiatives"][r.initiative])
        titles += [title] if title not in titles else []
    rows += [("; ".join(titles), rows_of["agencies"][owner].name) for owner, titles in reaching.items()]
    return Table(say("Whom to call for what"), (say("Matter"), say("Office")), tuple(rows), cards=True)


def to_confirm(say: Say, plan: Plan, agency: str) -> Table:
    """What it should confirm first in its survey form."""
    frame = kept(plan, room.to_confirm, agency)
    rows = [
        (
            _asked(say, plan, r.table, r.row), named(say, TABLES, r.table), _today(say, plan.inputs.rows[r.table][r.row]),
            say.money(r.swing_idr) if r.swing_idr else DASH,
        )
        for r in frame.head(MOST_CONFIRMED).itertuples()
    ]  # fmt: skip
    if rest := len(frame) - len(rows):
        rows.append((say.plural("{n} more", "{n} more", rest), "", "", say.money(int(frame["swing_idr"].iloc[len(rows) :].sum()))))
    heads = (say("What"), say("Part of the form"), say("What the plan assumes"), say("Moves the plan's cost by"))
    return Table(say("Assumptions to confirm in the survey form"), heads, tuple(rows), frozenset({3}), cards=True)


def _money(say: Say, amount_idr: int) -> str:
    return say.rupiah(amount_idr) if amount_idr else DASH


def _undated(say: Say, plan: Plan, row) -> str:
    if row.status == duty_room.NO_INITIATIVE:
        return say("No initiative of the plan treats it")
    if row.status == duty_room.OUT_OF_SCOPE:
        return say("Its initiative is not part of this scenario")
    return why_not_placed(say, plan, {"status": row.status, "concerns": row.concerns})


def _brings(say: Say, row) -> str:
    """What one row of `from_others` is."""
    match row.how:
        case room.LINK:
            return say("Connection of the office: {link}", link=named(say, TECHNOLOGIES, row.what))
        case room.POWER:
            return say("Power for the connection: {power}", power=named(say, POWERS, row.what))
        case room.APPLICATION:
            return say("Work on the application {application}", application=row.what)
        case _ if row.yearly:
            return say("Training every year: {hours} lesson hours for {people} per agency", **_taught(say, row))
        case _:
            return say("Training: {hours} lesson hours for {people} per agency", **_taught(say, row))


def _taught(say: Say, row) -> dict[str, str]:
    people = say.plural("{n} person", "{n} people", int(row.people)) if row.people == int(row.people) else ""
    return {"hours": say.figure(row.hours), "people": people or say("{n} people", n=say.figure(row.people))}


def _asked(say: Say, plan: Plan, table: str, key: str) -> str:
    """A row of the form as people call it."""
    rows = plan.inputs.rows
    row = rows[table][key]
    match table:
        case "cost_lines":
            return f"{say.title(rows['initiatives'][row.initiative])}: {priced_items(rows)[row.item].name}"
        case "service_values":
            return f"{say.title(rows['services'][row.service])}: {row.unit}"
        case "agencies":
            return say("Users, ICT staff and seat of the agency")
        case _:
            return row.name if hasattr(row, "name") else say.title(row)


def _today(say: Say, row) -> str:
    """The value that the plan takes now, with its range where it has one."""
    if hasattr(row, "mode"):
        return f"{say.figure(row.mode)} {row.unit} ({say.figure(row.low)} {DASH} {say.figure(row.high)})"
    if hasattr(row, "ict_staff"):
        return say("{users} users, {staff} ICT staff", users=say.number(row.users), staff=say.number(row.ict_staff))
    return say("evidence: {evidence}", evidence=named(say, EVIDENCE, row.evidence))
