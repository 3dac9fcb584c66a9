"""What closes the gaps of staffing, in words and tables: decisions with dates, gaps, measures and cost; formats, never computes."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from egov_model.analysis import staff_calendar, staff_mix
from egov_model.analysis.staff_mix import CONTRACT, HIRE, TRAIN, WAIT
from egov_model.analysis.summary import TOTAL
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.tables_view import DASH, money_by_year
from egov_model.report.wording import Say, marked
from egov_model.report.words import FORMS, named

MEASURES = {HIRE: marked("Hire"), TRAIN: marked("Train"), CONTRACT: marked("Contract services"), WAIT: marked("Let work wait")}
DECISIONS = {
    staff_calendar.PROPOSE: marked("Propose new posts"),
    staff_calendar.BUDGET: marked("Put into the budget of {year}"),
    staff_calendar.TRAINING: marked("Start training"),
    staff_calendar.PROCURE: marked("Begin the procurement of services"),
}
ITEMS = {
    "propose": marked("{n} {role} ({form}), to start in {when}"),
    "budget_hire": marked("pay of {n} {role}"),
    "budget_train": marked("training of {n} {role}"),
    "budget_contract": marked("{n} months of service, {role}"),
    "start_training": marked("{n} {source} as {role}, fully at work from {when}"),
    "procure": marked("{n} months of service, {role}, from {when}"),
}
REASONS = {
    staff_mix.TOO_EARLY: marked("nobody can be there by then"),
    staff_mix.LIMIT: marked("every measure that could help is used up"),
}


def short_title(say: Say, row: object) -> str:
    """The title of a role without what stands in brackets."""
    return say.title(row).partition(" (")[0]


def _role(say: Say, plan: Plan, key: str) -> str:
    return short_title(say, plan.inputs.rows["roles"][key])


def answer(say: Say, plan: Plan) -> str:
    """How many to hire, train and contract beyond the planned posts, and by when to propose."""
    counts = staff_mix.taken(plan).groupby("kind")[["number", "months"]].sum()
    hires, trained = (int(counts["number"].get(kind, 0)) for kind in (HIRE, TRAIN))
    months, opened = int(counts["months"].sum()), float(staff_mix.still_open(plan)["person_months"].sum())
    decisions = staff_calendar.staff_decisions(plan)
    asked = decisions[(decisions["kind"] == staff_calendar.PROPOSE) & ~decisions["overdue"]]
    planned = int(decisions.loc[(decisions["kind"] == staff_calendar.PROPOSE) & decisions["planned"], "number"].sum())
    parts = [
        *([say.plural("hire {n} person", "hire {n} people", hires)] if hires else []),
        *([say.plural("train {n} person", "train {n} people", trained)] if trained else []),
        *([say.plural("buy {n} month of service", "buy {n} months of service", months)] if months else []),
    ]
    posts = say.plural("{n} planned post", "{n} planned posts", planned)
    if not parts:
        told = say("Beyond {posts} nobody has to be hired, trained or contracted", posts=posts)
    else:
        told = say("Beyond {posts}: {measures}", posts=posts, measures=say.listing(parts))
    if opened > 0:
        told += say("; {n} person-months stay open", n=say.number(opened, 1))
    if not asked.empty:
        told += say("; propose new posts by {day}", day=say.day(asked["date"].iloc[0]))
    return told


def cost_finding(say: Say, plan: Plan) -> str:
    """What the measures cost, and that it is not in the plan's ceilings."""
    cost = staff_mix.cost_by_kind(plan)[TOTAL]
    paid = int(cost[[HIRE, TRAIN, CONTRACT]].sum())
    if paid == 0 and cost[WAIT] == 0:
        return say("Nothing more has to be paid for people than the plan already counts.")
    told = say(
        "The cheapest mix that closes what can be closed costs {total} to the end of {year}: {hire} for pay, {train} for training and "
        "{contract} for services. It is not in the plan's budget yet.",
        total=say.money(paid), year=plan.timeline.years[-1], hire=say.money(int(cost[HIRE])), train=say.money(int(cost[TRAIN])),
        contract=say.money(int(cost[CONTRACT])),
    )  # fmt: skip
    if cost[WAIT]:
        told += " " + say("Work that waits costs the public {wait} more, which no budget pays.", wait=say.money(int(cost[WAIT])))
    return told


def share_finding(say: Say, plan: Plan) -> str:
    """What the measures do to the personnel share."""
    frame, limit = staff_mix.personnel(plan), say.percent(plan.inputs.settings.personnel_limit_share)
    if frame.empty:
        return say("The share of personnel in the regency's spending is not in the data; the limit is {limit}.", limit=limit)
    year = frame["share_with"].idxmax()
    row = frame.loc[year]
    return say(
        "With the hires and training of the mix the personnel share is highest in {year}: {share} of spending, {rise} percentage points "
        "more than with the planned posts alone (limit {limit}). Services are goods and services, not personnel.",
        year=year, share=say.percent(row["share_with"], 2), rise=say.number((row["share_with"] - row["share"]) * 100, 3), limit=limit,
    )  # fmt: skip


def open_finding(say: Say, plan: Plan) -> str:
    """What no measure closes, and why."""
    frame = staff_mix.still_open(plan)
    if frame.empty:
        return say("With these measures no gap is left that is larger than a twentieth of a person.")
    parts = [
        say(
            "{role}: {n} person-months from {first} to {last}, as {reason}",
            role=_role(say, plan, r.role), n=say.number(r.person_months, 1), first=_month(say, r.first), last=_month(say, r.last),
            reason=say(REASONS[r.reason]),
        )
        for r in frame.itertuples()
    ]  # fmt: skip
    return say("Not closed: {parts}.", parts="; ".join(parts))


def procurement_finding(say: Say, plan: Plan) -> str:
    """How full the procurement desk is."""
    frame = staff_mix.desk_by_quarter(plan)
    if frame["packages"].max() == 0:
        return say("The plan buys no package by procurement.")
    full = int((frame["packages"] >= frame["possible"].clip(lower=1)).sum())
    busiest = frame.loc[frame["packages"].idxmax()]
    return say(
        "The procurement desk is a role like others: in {quarter} it has {packages} packages in hand at once, and its people can have "
        "{possible}; it is full in {full} of {all} quarters.",
        quarter=_quarter(say, busiest["quarter"]), packages=say.number(int(busiest["packages"])),
        possible=say.number(int(busiest["possible"])), full=say.number(full), all=say.number(len(frame)),
    )  # fmt: skip


def _item(say: Say, plan: Plan, row: NamedTuple) -> str:
    roles = plan.inputs.rows["roles"]
    source = _role(say, plan, row.how) if row.how in roles else ""
    return say(
        ITEMS[row.text], n=say.number(row.number), role=_role(say, plan, row.role), form=named(say, FORMS, row.how), source=source,
        when=say.short_month(row.for_when),
    )  # fmt: skip


def decisions(say: Say, plan: Plan) -> Table:
    """Every decision with its last day, those of one day and kind together."""
    frame, rows = staff_calendar.staff_decisions(plan), []
    for (day, kind, year), part in frame.groupby(["date", "kind", "fiscal_year"], sort=True):
        if kind == staff_calendar.BUDGET:  # the same for the same role stands together
            same = part.groupby(["text", "role", "planned"], sort=False).agg({"number": "sum", "how": "first", "for_when": "min"})
            entries = list(same.reset_index().itertuples())
        else:
            entries = list(part.itertuples())
        items = [(_item(say, plan, r) + (say(" (planned)") if r.planned else "")) for r in entries]
        words = "; ".join(items)
        if part["overdue"].any():
            words = say("{items}. This should be under way before the plan is adopted: check.", items=words)
        rows.append((say.day(day), say(DECISIONS[kind], year=year), words))
    heads = (say("At the latest"), say("Decision"), say("For whom"))
    return Table(say("Hiring and training calendar, counted back from when people are needed"), heads, tuple(rows), cards=True)


def gaps(say: Say, plan: Plan) -> Table:
    """Largest monthly gap by role and quarter, for the roles and years that have one; what the mix leaves stands behind an arrow."""
    before, after = staff_mix.gaps(plan), staff_mix.gaps(plan, "gap_after_fte")
    rows, groups = [], []
    for year in plan.timeline.years:
        columns = [name for name in before.columns if name.startswith(str(year))]
        short = before.index[(before[columns] > 0).any(axis=1)]
        if len(short):
            groups.append((len(rows), str(year)))
        for role in short:
            cells = [_gap(say, before.at[role, c], after.at[role, c]) for c in columns]
            rows.append((_role(say, plan, role), *cells))
    heads = (say("Role"), *(say("Q{n}", n=n) for n in range(1, 5)))
    return Table(say("Largest gap of each quarter before any measure (FTE)"), heads, tuple(rows), frozenset({1, 2, 3, 4}),
                 groups=tuple(groups))  # fmt: skip


def _gap(say: Say, before: float, after: float) -> str:
    if before == 0 and after == 0:
        return DASH
    return say.number(before, 1 if before >= 0.1 else 2) + (f" \N{RIGHTWARDS ARROW} {say.number(after, 2)}" if after else "")


def mix(say: Say, plan: Plan) -> Table:
    """The measures taken: hires and training one by one, services by role and year, waiting by role."""
    frame, rows, groups = staff_mix.taken(plan), [], []

    def begin(kind: str) -> None:
        groups.append((len(rows), say(MEASURES[kind])))

    for kind in (HIRE, TRAIN):
        part = frame[frame["kind"] == kind]
        if len(part):
            begin(kind)
        for r in part.itertuples():
            how = named(say, FORMS, r.how) if kind == HIRE else say("from {role}", role=_role(say, plan, r.how))
            people = say.plural("{n} person", "{n} people", r.number)
            rows.append((_role(say, plan, r.role), f"{people}, {how}", say.short_month(r.starts), say.rupiah(r.idr)))
    services = frame[frame["kind"] == CONTRACT].assign(year=lambda f: [d.year for d in f["starts"]])
    if len(services):
        begin(CONTRACT)
        order = list(plan.inputs.rows["roles"])
        for (_, role, _), part in services.assign(at=[order.index(r) for r in services["role"]]).groupby(["at", "role", "year"]):
            months = say.plural("{n} person-month", "{n} person-months", int(part["months"].sum()))
            rows.append((_role(say, plan, role), months, say.short_month(part["starts"].min()), say.rupiah(int(part["idr"].sum()))))
    waiting = staff_mix.by_role_and_year(plan).groupby("role", sort=False)["waiting_fte"].max()
    if (waiting > 0).any():
        begin(WAIT)
        rows += [
            (_role(say, plan, role), say("up to {n} FTE-months at once", n=say.number(most, 2)), DASH, DASH)
            for role, most in waiting.items() if most > 0
        ]  # fmt: skip
    heads = (say("Role"), say("Measure"), say("From"), say("Cost within the plan"))
    return Table(say("Least-cost mix that closes the gaps"), heads, tuple(rows), frozenset({3}), cards=True, groups=tuple(groups))


def mix_cost(say: Say, plan: Plan) -> Table:
    """What is paid by kind of measure and year."""
    frame = staff_mix.cost_by_kind(plan).loc[[HIRE, TRAIN, CONTRACT]]
    frame = frame[frame[TOTAL] > 0]
    return money_by_year(say, say("Cost of the measures by year"), [say("Measure")], frame, lambda k: [say(MEASURES[k])])


def share(say: Say, plan: Plan) -> Table:
    """Personnel share by year with the planned posts and with the measures too."""
    frame = staff_mix.personnel(plan)
    rows = tuple(
        (str(year), say.rupiah(r["hires_idr"]), say.rupiah(r["measures_idr"]), say.percent(r["share"], 3), say.percent(r["share_with"], 3))
        for year, r in frame.iterrows()
    )
    heads = (
        say("Year"),
        say("Pay of planned posts"),
        say("Pay of the measures"),
        say("Share with planned posts"),
        say("Share with measures"),
    )
    return Table(say("Effect on the personnel share of spending"), heads, rows, frozenset({1, 2, 3, 4}), cards=True)


def procurement_desk(say: Say, plan: Plan) -> Table:
    """Packages in hand against what the desk can have in hand, by quarter."""
    frame = staff_mix.desk_by_quarter(plan)
    rows, groups = [], []
    for r in frame.itertuples():
        if not groups or groups[-1][1] != r.quarter[:4]:
            groups.append((len(rows), r.quarter[:4]))
        rows.append((say("Q{n}", n=r.quarter[-1]), say.number(r.packages), say.number(r.possible), say.number(r.started)))
    heads = (say("Quarter"), say("In hand at once"), say("Possible at once"), say("Begun"))
    return Table(say("Packages and the procurement desk"), heads, tuple(rows), frozenset({1, 2, 3}), groups=tuple(groups))


def _month(say: Say, name: str) -> str:
    return say.short_month(date(int(name[:4]), int(name[5:]), 1))


def _quarter(say: Say, name: str) -> str:
    return say("quarter {n} of {year}", n=name[-1], year=name[:4])
