"""The maturity index by year, its scheme and its pace, in words and tables; formats, never computes."""

from __future__ import annotations

import math

from egov_model.analysis import index_levels as room
from egov_model.analysis import peers
from egov_model.model.outcomes import Maturity
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.marks import plain
from egov_model.report.wording import Say

DASH = "\N{EN DASH}"


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
        shown = f"{shown} ({say.figure(r['weight_pct'])}{say.per_cent})"
        rows.append((shown, say.number(r["start"], 2), *(say.number(r[year], 2) for year in years)))
    whole = (say("Index"), say.number(room.start_index(part), 2), *(say.number(v, 2) for v in part.index[0]))
    heads = (say("Aspect (weight)"), say("Start"), *map(str, years))
    return Table(caption, heads, (*rows, whole), frozenset(range(1, len(heads))), frozenset([len(rows)]))


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
