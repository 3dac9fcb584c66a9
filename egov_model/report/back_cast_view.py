"""What the same rules make of the past, in words and a table; formats, never computes."""

from __future__ import annotations

import math

from egov_model.analysis.back_cast import known_years, neighbours, past_path
from egov_model.inputs.indices import PeerIndex
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.maturity_view import predicate_title
from egov_model.report.wording import Say

DASH = "\N{EN DASH}"
WEAK = ("low", "assumption")


def finding(say: Say, plan: Plan) -> str:
    """By how much the calculation misses what is known, in the last year of which something is known, and what is known beside it."""
    frame = past_path(plan)
    known = frame.dropna(subset=["known_low"])
    if known.empty:
        return say("Nothing is known of the regency's index before the plan that the rules could be held against.")
    r = known.iloc[-1]
    row = plan.inputs.rows["index_known"][f"{r['scheme']}.{r['year']}"]
    told = {
        "year": r["year"], "index": say.number(r["index"], 2), "word": predicate_title(say, plan, r["scheme"], r["predicate"]),
        "scheme": say.title(plan.inputs.rows["index_schemes"][r["scheme"]]),
        "known": f"{say.number(row.index_low, 2)}{DASH}{say.number(row.index_high, 2)}",
    }  # fmt: skip
    if known_years(plan):
        found = say("Begun in {first}, this plan would have come to {index} ({word}) in {year}, {scheme}; known is {known}.",
                    first=plan.timeline.years[0], **told)  # fmt: skip
    else:
        first = min(e.live_on for e in plan.inputs.rows["index_history"].values()).year
        found = say(
            "From {first} on, the same rules and what sources tell give {index} ({word}) for {year}, {scheme}; known is {known}.",
            first=first, **told,
        )  # fmt: skip
    return " ".join([found, _miss(say, r["miss"], row.index_high - row.index_low), *_neighbours(say, plan, r["year"], r["index"])])


def _miss(say: Say, miss: float, width: float) -> str:
    if miss == 0:
        return say("It misses by nothing: it lies within what is known, a band {width} wide.", width=say.number(width, 2))
    told = say.number(abs(miss), 2)
    if miss < 0:
        return say(
            "The back-cast is {miss} too low: more was done than public sources tell, or levels are granted more readily than assumed "
            "here.",
            miss=told,
        )  # fmt: skip
    return say("The back-cast is {miss} too high: the rules grant levels more readily than assessors did.", miss=told)


def _neighbours(say: Say, plan: Plan, year: int, index: float) -> list[str]:
    """How far the calculation is from what is known of the others in the province: nothing to say where nothing is."""
    parts = []
    for peer in neighbours(plan, year):
        apart = round(index - peer.index, 9)
        points = say.number(abs(apart), 2)
        notes = [say("{points} more", points=points) if apart < 0 else say("{points} less", points=points)]
        if peer.evidence in WEAK:
            notes.append(say("weak source"))
        parts.append(f"{peer.region} {say.number(peer.index, 2)} ({', '.join(notes)})")
    return [say("Beside it in {year}: {list}.", year=year, list="; ".join(parts))] if parts else []


def table(say: Say, plan: Plan) -> Table:
    """The calculation, what is known of the regency and what of its neighbours, year by year."""
    rows = []
    for r in past_path(plan).to_dict("records"):
        known = plan.inputs.rows["index_known"].get(f"{r['scheme']}.{r['year']}")
        between = f"{say.number(known.index_low, 2)}{DASH}{say.number(known.index_high, 2)}" if known else say("nothing")
        note = (known.note_id if say.language == "id" else known.note_en) if known else ""
        miss = DASH if math.isnan(r["miss"]) else say.number(r["miss"], 2)
        word = predicate_title(say, plan, r["scheme"], r["predicate"])
        beside = "; ".join(f"{p.region} {_peer(say, p)}" for p in neighbours(plan, r["year"])) or say("nothing")
        rows.append((str(r["year"]), f"{say.number(r['index'], 2)} ({word})", between, miss, beside, note or DASH))
    heads = (say("Year"), say("Back-cast"), say("Known"), say("Miss"), say("Known of the province"), say("How it is known"))
    return Table(say("Back-cast from the master plan of 2017"), heads, tuple(rows), frozenset({3}), cards=True)


def _peer(say: Say, peer: PeerIndex) -> str:
    """An index of a neighbour, marked where its source is weak."""
    shown = say.number(peer.index, 2)
    return f"{shown} ({say('weak source')})" if peer.evidence in WEAK else shown


def basis(say: Say, plan: Plan) -> str:
    """What the path is made of, and what it leaves out."""
    begins = say("Every indicator begins at the lowest level and no parameter is fitted.")
    left = say("Scores of 2018 to 2020 came from 35 indicators whose criteria no source gives, and are left out.")
    if known_years(plan):
        told = say(
            "Initiatives, dates and money are those of this scenario, as if all of it had been carried out; levels, stays and pace are "
            "those of every other scenario. Ceilings and staff of these years are assumptions."
        )
    else:
        told = say("It knows only what is listed below.")
    return f"{begins} {told} {left}"


def events(say: Say, plan: Plan) -> Table:
    """What is known to have been there before the plan, and feeds the back-cast."""
    rows = []
    before = [e for e in plan.inputs.rows["index_history"].values() if e.live_on < plan.timeline.start]
    for event in sorted(before, key=lambda e: (e.live_on, e.initiative)):
        about = event.about_id if say.language == "id" else event.about_en
        rows.append((about, say.day(event.live_on), say.title(plan.inputs.rows["initiatives"][event.initiative])))
    heads = (say("What sources tell"), say("Since"), say("Counts as"))
    return Table(say("What is known to have been there before the plan"), heads, tuple(rows), cards=True)
