"""What holds the maturity index, and what each initiative is worth to it, in words and tables; formats, never computes."""

from __future__ import annotations

import pandas as pd

from egov_model.analysis import index_levels as room
from egov_model.model.outcomes import Maturity
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.maturity_view import DASH, finding, last
from egov_model.report.wording import Say, marked
from egov_model.report.words import named

MOST_INITIATIVES = 8
MOST_INDICATORS = 12
SHIFT_WEEKS = 13
CONDITIONS = {
    "applications_treated": marked("applications treated as their duty asks"),
    "agencies_integrated": marked("agencies with every application treated"),
    "offices_connected": marked("agency and district offices connected"),
    "villages_connected": marked("villages connected"),
    "agencies_covered": marked("agencies covered by the initiative"),
    "roles_on_board": marked("roles with somebody on board"),
}


def held_table(say: Say, plan: Plan) -> Table:
    """What the next level of each indicator asks for and what holds it, the weightiest first."""
    caption, part = say("What would raise the index, and what holds it"), last(plan)
    heads = (say("Indicator"), say("Level at the end"), say("Worth of the next level"), say("What holds it"))
    if part is None:
        return Table(caption, heads, ())
    rows = []
    for code, causes in room.held(plan, part).groupby("indicator", sort=False):
        first = causes.iloc[0]
        title = say.title(plan.inputs.rows["indicators"][f"{part.rules.scheme}.{code}"])
        why = "; ".join(dict.fromkeys(_cause(say, plan, part, r) for _, r in causes.iterrows()))
        rows.append((title, say.figure(first["level"]), say.number(first["worth"], 3), why))
    return Table(caption, heads, tuple(rows[:MOST_INDICATORS]), frozenset({1, 2}), cards=True)


def held_finding(say: Say, plan: Plan) -> str:
    """How much of the index is held by what, in points of the next level."""
    part = last(plan)
    frame = room.held(plan, part) if part is not None else pd.DataFrame(columns=room.HELD_COLUMNS)
    if frame.empty:
        return say("Every indicator stands at the top.")
    first = frame.drop_duplicates("indicator")
    causes = {
        room.STAY: say("what must first have lasted long enough"),
        room.LATE: say("initiatives that come too late"),
        room.ABSENT: say("initiatives without a place"),
        room.CONDITION: say("shares not yet reached"),
        room.NOTHING: say("nothing in the plan that serves the level"),
        room.PACE: say("the pace of one assessment a year"),
        room.OUTSIDE: say("scores of other bodies"),
    }
    sums = first.groupby("cause")["worth"].sum().sort_values(ascending=False, kind="stable")
    listing = say.listing([f"{causes[cause]} ({say.number(points, 2)})" for cause, points in sums.items()])
    return say(
        "One level more in every indicator would add {points}; it is held by {list}.",
        points=say.number(float(first["worth"].sum()), 2), list=listing,
    )  # fmt: skip


def worth_table(say: Say, plan: Plan) -> Table:
    """The initiatives whose absence would cost most index, and what an early start would win."""
    caption, part = say("What initiatives are worth to the index"), last(plan)
    heads = (say("Initiative"), say("Live"), say("Lost without it"), say("Won by an early start"))
    if part is None:
        return Table(caption, heads, ())
    frame = room.contributions(plan, part)
    frame = frame.assign(most=frame[["loss", "gain"]].max(axis=1)).query("most > 0")
    frame = frame.sort_values(["most", "loss"], ascending=False, kind="stable")
    when = plan.initiatives.set_index("initiative")
    rows = []
    for r in frame.head(MOST_INITIATIVES).itertuples():
        row = when.loc[r.initiative]
        live = say.short_month(row["go_live"]) if row["go_live"] is not None else say("not within the plan")
        rows.append((say.title(row), live, *(say.number(v, 2) if v else DASH for v in (r.loss, r.gain))))
    return Table(caption, heads, tuple(rows), frozenset({2, 3}), cards=True)


def worth_finding(say: Say, plan: Plan) -> str:
    """Which initiatives carry the index, and how many do not touch it."""
    part = last(plan)
    frame = room.contributions(plan, part) if part is not None else pd.DataFrame({"initiative": [], "loss": [], "gain": []})
    carrying = frame[frame["loss"] > 0].sort_values("loss", ascending=False, kind="stable")
    if carrying.empty:
        return say("No single initiative of this scenario carries the index.")
    names = [say.title(plan.inputs.rows["initiatives"][key]) for key in carrying["initiative"].head(3)]
    return say(
        "Taken out alone, {n} of {all} initiatives would lower the last index; most would {list}. The others bring services, "
        "prepare what is joint, or come too late to count.",
        n=say.number(len(carrying)), all=say.number(len(frame)), list=say.listing(names),
    )  # fmt: skip


def delay_finding(say: Say, plan: Plan) -> str:
    """What the last index becomes when everything that is new is live some months earlier or later."""
    part = last(plan)
    if part is None:
        return finding(say, plan) + "."
    early, late = room.shifted(plan, part, -SHIFT_WEEKS), room.shifted(plan, part, SHIFT_WEEKS)
    return say(
        "Were everything new live three months earlier, the last index would be {early}, three months later {late}: evidence is closed "
        "once a year, so small changes of dates move it in steps.",
        early=say.number(early, 2), late=say.number(late, 2),
    )  # fmt: skip


def _cause(say: Say, plan: Plan, part: Maturity, row: pd.Series) -> str:
    """One cause in words."""
    rows, key = plan.inputs.rows, f"{part.rules.scheme}.{row['indicator']}"
    effect = rows["effects"].get(row["effect"])
    asks = (effect.asks_id if say.language == "id" else effect.asks_en) if effect else ""
    match row["cause"]:
        case room.OUTSIDE:
            return say("Scored by {body}", body=rows["indicators"][key].scored_by)
        case room.NOTHING:
            return say("Nothing in the plan serves the next level")
        case room.PACE:
            return say("Everything is there; it is scored a year later")
        case room.LATE:
            title = say.title(rows["initiatives"][row["initiative"]])
            return say("{initiative} is live only in {month} ({asks})", initiative=title, month=say.month(row["ready"]), asks=asks)
        case room.ABSENT:
            key = row["initiative"]
            initiative = rows["initiatives"].get(key, plan.inputs.dropped.get(key))
            title = say.title(initiative) if initiative else row["initiative"]
            return say("{initiative} is not in this plan ({asks})", initiative=title, asks=asks)
        case room.CONDITION:
            what = named(say, CONDITIONS, effect.condition)
            shares = {"share": say.percent(row["share"]), "need": say.percent(row["at_least"])}
            return say("{what}: {share} of {need} asked for ({asks})", what=what, asks=asks, **shares)
        case _:
            return say("Has to last until {month} ({asks})", month=say.month(row["ready"]), asks=asks)
