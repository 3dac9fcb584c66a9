"""The limits of law as tables and sentences; formats, never computes."""

from __future__ import annotations

from egov_model.analysis import limits
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say


def personnel(say: Say, plan: Plan) -> Table:
    """Personnel share by year with what the plan adds, and whether the limit is kept."""
    rows = tuple(
        (
            str(year), say.number(r["hires_fte"], 1), say.rupiah(r["hires_idr"]), say.percent(r["share"], 2), say.rupiah(r["over_idr"]),
            say("kept") if r["compliant"] else say("not kept"),
        )
        for year, r in limits.personnel(plan).iterrows()
    )  # fmt: skip
    heads = (
        say("Year"), say("People the plan adds (FTE)"), say("Their pay"), say("Personnel share of spending"), say("Above the limit by"),
        say("Limit of {limit}", limit=say.percent(plan.inputs.settings.personnel_limit_share)),
    )  # fmt: skip
    return Table(say("Personnel spending against the limit of Law 1/2022"), heads, rows, frozenset({1, 2, 3, 4}), cards=True)


def personnel_finding(say: Say, plan: Plan) -> str:
    """Whether the regency keeps the limit, and what the plan adds to its share."""
    frame, limit = limits.personnel(plan), say.percent(plan.inputs.settings.personnel_limit_share)
    if frame.empty:
        return say("The share of personnel in the regency's spending is not in the data; the limit is {limit}.", limit=limit)
    figures = plan.inputs.rows["figures"]
    today, year = figures[limits.PERSONNEL].amount / figures[limits.SPENDING].amount, figures[limits.PERSONNEL].year
    told = {"share": say.percent(today, 1), "year": year, "limit": limit, "pay": say.money(int(frame["hires_idr"].max()))}
    if today <= plan.inputs.settings.personnel_limit_share:
        return say(
            "Personnel took {share} of spending in {year}, within the limit of {limit}; the people this plan adds take at most {pay} "
            "a year.",
            **told,
        )
    return say(
        "Personnel took {share} of spending in {year}, above the limit of {limit} before this plan; the people it adds take at most {pay} "
        "a year more, so every new post needs a decision elsewhere.",
        **told,
    )


def packages(say: Say, plan: Plan) -> Table:
    """Every package with its method and how near the next threshold is."""
    rows, made = plan.inputs.rows, []
    for r in limits.package_frame(plan).itertuples():
        threshold = say.rupiah(r.limit_idr) if r.limit_idr else DASH
        room = say.percent(r.room_share) if r.limit_idr else DASH
        remark = say("just below the limit of direct procurement: could be read as splitting") if r.near else DASH
        title, agency = say.title(rows["initiatives"][r.initiative]), rows["agencies"][r.agency].short_name
        made.append(
            (title, agency, str(r.year), say.rupiah(r.value_idr), say.title(rows["procurement"][r.method]), threshold, room, remark)
        )
    heads = (
        say("Package"), say("Agency"), say("Contract year"), say("Value"), say("Method by value"), say("Next threshold"),
        say("Room below it"), say("Remark"),
    )  # fmt: skip
    return Table(say("Packages and procurement thresholds"), heads, tuple(made), frozenset({3, 5, 6}), cards=True)


def splitting(say: Say, plan: Plan) -> Table:
    """Packages of one agency, account and year that together exceed the limit each of them stays below."""
    rows, made = plan.inputs.rows, []
    names = {account.key: account.name for account in rows["accounts"].values()}
    for r in limits.possible_splitting(plan).itertuples():
        titles = say.listing([say.title(rows["initiatives"][key]) for key in r.initiatives])
        made.append(
            (titles, rows["agencies"][r.agency].short_name, names[r.account], str(r.year), say.rupiah(r.sum_idr), say.rupiah(r.limit_idr))
        )
    heads = (say("Packages"), say("Agency"), say("Account"), say("Year"), say("Together"), say("Limit of direct procurement"))
    return Table(say("Direct purchases that could be read as one split package"), heads, tuple(made), frozenset({4, 5}), cards=True)


def packages_finding(say: Say, plan: Plan) -> str:
    """How many packages stand just below a limit."""
    frame, together = limits.package_frame(plan), limits.possible_splitting(plan)
    if frame.empty:
        return say("The plan buys no package by procurement.")
    return say(
        "{packages} packages: {direct} within the limit of direct procurement, {near} of them within {margin} of it; {groups} groups "
        "of direct purchases together exceed it.",
        packages=say.number(len(frame)), direct=say.number(int(frame["direct"].sum())), near=say.number(int(frame["near"].sum())),
        margin=say.percent(limits.NEAR_SHARE), groups=say.number(len(together)),
    )  # fmt: skip
