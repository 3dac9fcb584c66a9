"""What a scenario keeps, puts off and leaves out, as sentences and a table; formats, never computes."""

from __future__ import annotations

import math

import pandas as pd

from egov_model.analysis.omitted import BY_SCENARIO, LATER, OUT, Omitted
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say, marked
from egov_model.report.words import why_not_placed


def sentences(say: Say, plan: Plan, base: Plan, found: Omitted) -> str:
    """What falls out, what that costs, with what is reached here and in the base, and why those: three sentences."""
    cost = "; ".join(filter(None, [_cost(say, found).removesuffix("."), _reached(say, found)]))
    parts = [_what(say, base, found), cost, _why(say, plan, found)]
    return " ".join(filter(None, parts))


def _what(say: Say, base: Plan, found: Omitted) -> str:
    frame, rows = found.frame, base.inputs.rows["initiatives"]
    out, late = frame[frame["verdict"] == OUT], int((frame["verdict"] == LATER).sum())
    told = say.plural("{n} is live in a later year", "{n} are live in a later year", late) if late else say("none is live in a later year")
    if out.empty:
        return say("Of {total} initiatives, none falls out; {later} than in the base scenario.", total=len(frame), later=told)
    must = int(out["mandatory"].sum())
    told = {
        "total": len(frame),
        "titles": say.listing([say.title(rows[key]) for key in out["initiative"]]),
        "mandatory": say.plural(", {n} of them mandatory", ", {n} of them mandatory", must) if must else "",
        "later": told,
    }
    return say.plural(
        "Of {total} initiatives, {n} falls out ({titles}){mandatory}; {later} than in the base scenario.",
        "Of {total} initiatives, {n} fall out ({titles}){mandatory}; {later} than in the base scenario.",
        len(out),
        **told,
    )


def _cost(say: Say, found: Omitted) -> str:
    cost = found.together
    if not (found.frame["verdict"] == OUT).any():
        return ""
    told = {
        "year": found.year,
        "services": say.plural("{n} service", "{n} services", round(cost["services"])),
        "villages": say.plural("{n} village", "{n} villages", round(cost["villages"])),
        "money": say.money(round(cost["benefit_idr"])),
    }
    if math.isnan(cost["index"]):
        return say("That costs {services} and {villages} by {year}, and {money} of hours and travel saved at present value.", **told)
    return say(
        "That costs {index} points of the index of {year}, {services} and {villages} by then, and {money} of hours and travel saved at "
        "present value.",
        index=say.number(cost["index"], 2), **told,
    )  # fmt: skip


def _reached(say: Say, found: Omitted) -> str:
    """Both scenarios in the same words: what is out is costed alone, and the base leaves out some of it too."""
    if not (found.frame["verdict"] == OUT).any():
        return ""
    here, there = _counts(say, found.here), _counts(say, found.in_base)
    return say("by then the base scenario comes to {there}; this one to {here}.", there=there, here=here)


def _counts(say: Say, reached: dict[str, float]) -> str:
    parts = [] if math.isnan(reached["index"]) else [say("an index of {index}", index=say.number(reached["index"], 2))]
    parts.append(say.plural("{n} service", "{n} services", round(reached["services"])))
    parts.append(say.plural("{n} village", "{n} villages", round(reached["villages"])))
    return say.listing(parts)


def _why(say: Say, plan: Plan, found: Omitted) -> str:
    out = found.frame[found.frame["verdict"] == OUT]
    if out.empty:
        return ""
    money = out[out["cause"].isin(["no_money", "no_upkeep"])]
    parts = []
    if len(money):
        funds = say.listing([say.title(plan.inputs.rows["funds"][key]) for key in dict.fromkeys(money["fund"])])
        parts.append(say.plural("{n} for the ceilings of {funds}", "{n} for the ceilings of {funds}", len(money), funds=funds))
    for cause, one in (
        ("no_people", marked("{n} for want of people")),
        ("no_window", marked("{n} for want of a budget window")),
        ("waits_for", marked("{n} for another that is out")),
        (BY_SCENARIO, marked("{n} because the scenario leaves them out")),
    ):
        count = int((out["cause"] == cause).sum())
        if count:
            parts.append(say(one, n=count))
    if out["mandatory"].any() or (out["cause"] == BY_SCENARIO).all():
        return say("Why those: {reasons}.", reasons=say.listing(parts))
    return say("Why those: {reasons}; none is mandatory, and mandatory ones come first.", reasons=say.listing(parts))


def table(say: Say, plan: Plan, base: Plan, found: Omitted) -> Table:
    """Every initiative that is out or later, with what that alone costs."""
    rows, frame = base.inputs.rows["initiatives"], found.frame
    made = []
    shown = pd.concat([frame[frame["verdict"] == verdict] for verdict in (OUT, LATER)]).rename(columns={"index": "index_points"})
    for r in shown.itertuples():
        why = say("left out by the scenario") if r.cause == BY_SCENARIO else _reason(say, plan, r) if r.verdict == OUT else DASH
        index = DASH if math.isnan(r.index_points) else say.number(r.index_points, 2)
        services, villages = say.number(round(r.services)), say.number(round(r.villages))
        made.append((say.title(rows[r.initiative]), _decision(say, r), index, services, villages, say.money(round(r.benefit_idr)), why))
    heads = (
        say("Initiative"), say("Decision"), say("Index points lost"), say("Services lost"), say("Villages lost"),
        say("Hours and travel lost"), say("Why"),
    )  # fmt: skip
    return Table(say("What is left out or put off, and what each costs"), heads, tuple(made), frozenset({2, 3, 4, 5}), cards=True)


def _decision(say: Say, row) -> str:
    before = say.short_month(row.base_go_live) if row.base_go_live else ""
    if row.verdict == LATER:
        return say("later: {day}, in the base {before}", day=say.short_month(row.go_live), before=before)
    if not before:
        return say("out, as in the base")
    told = {"before": before}
    return say("out though mandatory, in the base {before}", **told) if row.mandatory else say("out, in the base {before}", **told)


def _reason(say: Say, plan: Plan, row) -> str:
    return why_not_placed(say, plan, {"status": row.cause, "concerns": row.concerns})
