"""The maturity index in words and tables; formats, never computes."""

from __future__ import annotations

import math

import pandas as pd

from egov_model.analysis import index_levels as room
from egov_model.analysis import peers
from egov_model.model.outcomes import Maturity
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.marks import plain
from egov_model.report.wording import Say, marked
from egov_model.report.words import named

DASH = "\N{EN DASH}"
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


def last(plan: Plan) -> Maturity | None:
    """The scheme that scores the plan's last scored year."""
    return plan.maturity[-1] if plan.maturity else None


def finding(say: Say, plan: Plan) -> str:
    """From where to where the index goes under the last scheme, and whether the target is met."""
    part = last(plan)
    if part is None:
        return say("The data has no maturity scheme for the years of this plan")
    frame = room.index_by_year(plan)
    scored = frame[frame["scheme"] == part.rules.scheme]
    end = scored.iloc[-1]
    told = {
        "scheme": scheme_title(say, plan, part), "start": say.number(room.start_index(part), 2), "end": say.number(end["index"], 2),
        "year": end["year"], "word": predicate_title(say, plan, part.rules.scheme, end["predicate"]),
    }  # fmt: skip
    if plain(say.number(end["index"], 2)) == plain(told["start"]):
        path = say("{scheme}: the index stays at {start} until {year} ({word})", **told)
    else:
        path = say("{scheme}: the index goes from {start} to {end} in {year} ({word})", **told)
    if math.isnan(end["target"]):
        return path
    gap, aim = say.number(abs(end["gap"]), 2), say.number(end["target"], 2)
    if end["gap"] >= 0:
        return path + say("; the target of {target} is met", target=aim)
    return path + say("; {gap} short of the target of {target}", target=aim, gap=gap)


def scheme_note(say: Say, plan: Plan) -> str:
    """Which scheme scores which years, who scores, and what does not compare."""
    if not plan.maturity:
        return finding(say, plan) + "."
    parts = []
    for part in plan.maturity:
        row, years = plan.inputs.rows["index_schemes"][part.rules.scheme], room.years_of(plan, part)
        by, note = (row.scored_by_id, row.note_id) if say.language == "id" else (row.scored_by_en, row.note_en)
        span = say.years(years[0], years[-1])
        parts.append(say("{scheme} scores {years}. {by}.", scheme=say.title(row), years=span, by=by.removesuffix(".")))
        if plan.inputs.settings.index_scheme:
            parts.append(say("The scenario asks for this scheme, whichever is in force."))
        if note:
            parts.append(note)
    missing = [str(y) for y, s in zip(*(room.index_by_year(plan)[c] for c in ("year", "scheme")), strict=True) if not s]
    if missing:
        parts.append(say("No scheme in the data scores {years}.", years=say.listing(missing)))
    return " ".join(parts)


def outside(say: Say, plan: Plan) -> str:
    """How much of the index others score, and so does not move here."""
    part = last(plan)
    if part is None or not part.rules.outside.any():
        return say("Every indicator is scored on what the regency itself shows.")
    rows, rules = plan.inputs.rows["indicators"], part.rules
    names = [rows[f"{rules.scheme}.{code}"] for code, out in zip(rules.indicators, rules.outside, strict=True) if out]
    return say(
        "{share} of the index is scored by others and stays where it is in this calculation: {list}.",
        share=say.percent(float(rules.weight[rules.outside].sum())),
        list=say.listing([f"{say.title(row)} ({row.scored_by})" for row in names]),
    )  # fmt: skip


def path_table(say: Say, plan: Plan) -> Table:
    """Index, predicate, target and gap by year."""
    rows, known, frame = [], peers.speed(plan.inputs), room.index_by_year(plan)
    for r in frame.itertuples():
        if not r.scheme:
            rows.append((str(r.year), say("no scheme"), *[DASH] * 5))
            continue
        fast = known is not None and r.rise > known.limit + 1e-9
        rise = _signed(say, r.rise) + (f" ({say('fast')})" if fast else "")
        word = predicate_title(say, plan, r.scheme, r.predicate)
        aims = (DASH, DASH) if math.isnan(r.target) else (say.number(r.target, 2), _signed(say, r.gap))
        rows.append((str(r.year), say.title(plan.inputs.rows["index_schemes"][r.scheme]), say.number(r.index, 2), word, rise, *aims))
    heads = (say("Year"), say("Scheme"), say("Index"), say("Predicate"), say("Rise"), say("Target"), say("Gap"))
    numeric = frozenset({2, 4, 5, 6})
    if frame["scheme"].nunique() == 1:  # the page names it already
        rows, heads, numeric = [(r[0], *r[2:]) for r in rows], (heads[0], *heads[2:]), frozenset(n - 1 for n in numeric)
    return Table(say("Maturity index by year"), heads, tuple(rows), numeric, cards=True)


def part_table(say: Say, plan: Plan) -> Table:
    """Index of every domain and aspect by year."""
    caption, part = say("Index by domain and aspect"), last(plan)
    if part is None:
        return Table(caption, (say("Aspect"),), ())
    frame, years = room.by_part(plan, part), room.years_of(plan, part)
    rows = []
    for r in frame.to_dict("records"):
        title = say.title(plan.inputs.rows["index_parts"][f"{part.rules.scheme}.{r['code']}"])
        shown = f"{DASH} {title}" if r["within"] else title
        shown = f"{shown} ({say.figure(r['weight_pct'])}\N{NO-BREAK SPACE}%)"
        rows.append((shown, say.number(r["start"], 2), *(say.number(r[year], 2) for year in years)))
    whole = (say("Index"), say.number(room.start_index(part), 2), *(say.number(v, 2) for v in part.index[0]))
    heads = (say("Aspect (weight)"), say("Start"), *map(str, years))
    return Table(caption, heads, (*rows, whole), frozenset(range(1, len(heads))), frozenset([len(rows)]))


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


def speed_finding(say: Say, plan: Plan) -> str:
    """The plan's fastest year beside real regencies."""
    known, frame = peers.speed(plan.inputs), room.index_by_year(plan).dropna(subset=["rise"])
    if known is None or frame.empty:
        return say("There are no rises of other regencies in the data to compare with.")
    top, fast = frame.loc[frame["rise"].idxmax()], peers.fast_years(plan)
    told = {
        "rise": say.number(top["rise"], 2), "year": top["year"], "limit": say.number(known.limit, 2), "n": say.number(known.rises),
        "regions": say.number(known.regions), "first": known.first_year, "last": known.last_year,
    }  # fmt: skip
    seen = say(
        "The steepest rise of this plan is {rise}, in {year}. Of {n} yearly rises of {regions} regencies and cities ({first} to {last}, "
        "whole provinces, SPBE), 9 in 10 stayed below {limit}.",
        **told,
    )  # fmt: skip
    if fast.empty:
        return seen + " " + say("No year of the plan is faster.")
    years = say.listing([str(y) for y in fast["year"]])
    return seen + " " + say("Faster than that: {years}. Take these years as optimistic.", years=years)


def scheme_title(say: Say, plan: Plan, part: Maturity) -> str:
    """Title of the scheme."""
    return say.title(plan.inputs.rows["index_schemes"][part.rules.scheme])


def predicate_title(say: Say, plan: Plan, scheme: str, key: str) -> str:
    """The word for an index."""
    return say.title(plan.inputs.rows["predicates"][f"{scheme}.{key}"])


def _signed(say: Say, value: float) -> str:
    shown = say.number(value, 2)
    return f"+{shown}" if value > 0 and any(c in "123456789" for c in shown) else shown


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
