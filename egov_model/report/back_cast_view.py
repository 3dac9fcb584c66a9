"""What the same rules make of the past, in words and a table; formats, never computes."""

from __future__ import annotations

import math

from egov_model.analysis.back_cast import back_cast
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.maturity_view import predicate_title
from egov_model.report.wording import Say

DASH = "\N{EN DASH}"


def finding(say: Say, plan: Plan) -> str:
    """By how much the back-cast misses what is known, in the last year of which something is known."""
    frame = back_cast(plan)
    known = frame.dropna(subset=["known_low"])
    if known.empty:
        return say("Nothing is known of the regency's index before the plan that the rules could be held against.")
    r = known.iloc[-1]
    first = min(e.live_on for e in plan.inputs.rows["index_history"].values()).year
    row = plan.inputs.rows["index_known"][f"{r['scheme']}.{r['year']}"]
    told = {
        "first": first, "year": r["year"], "index": say.number(r["index"], 2),
        "word": predicate_title(say, plan, r["scheme"], r["predicate"]),
        "scheme": say.title(plan.inputs.rows["index_schemes"][r["scheme"]]),
        "known": f"{say.number(row.index_low, 2)}{DASH}{say.number(row.index_high, 2)}",
    }  # fmt: skip
    found = say(
        "From {first} on, the same rules and what sources tell give {index} ({word}) for {year}, {scheme}; known is {known}.", **told
    )
    if r["miss"] == 0:
        return f"{found} " + say("The back-cast lies within what is known.")
    miss = say.number(abs(r["miss"]), 2)
    if r["miss"] < 0:
        return f"{found} " + say(
            "The back-cast is {miss} too low: more was done than public sources tell, or levels are granted more readily than assumed "
            "here.",
            miss=miss,
        )  # fmt: skip
    return f"{found} " + say("The back-cast is {miss} too high: the rules grant levels more readily than assessors did.", miss=miss)


def table(say: Say, plan: Plan) -> Table:
    """Back-cast and what is known, year by year."""
    rows = []
    for r in back_cast(plan).to_dict("records"):
        known = plan.inputs.rows["index_known"].get(f"{r['scheme']}.{r['year']}")
        between = f"{say.number(known.index_low, 2)}{DASH}{say.number(known.index_high, 2)}" if known else say("nothing")
        note = (known.note_id if say.language == "id" else known.note_en) if known else ""
        miss = DASH if math.isnan(r["miss"]) else say.number(r["miss"], 2)
        word = predicate_title(say, plan, r["scheme"], r["predicate"])
        rows.append((str(r["year"]), f"{say.number(r['index'], 2)} ({word})", between, miss, note or DASH))
    heads = (say("Year"), say("Back-cast"), say("Known"), say("Miss"), say("How it is known"))
    return Table(say("Back-cast from the master plan of 2017"), heads, tuple(rows), frozenset({3}), cards=True)


def events(say: Say, plan: Plan) -> Table:
    """What the back-cast is fed with."""
    rows = []
    for event in sorted(plan.inputs.rows["index_history"].values(), key=lambda e: (e.live_on, e.initiative)):
        about = event.about_id if say.language == "id" else event.about_en
        rows.append((about, say.day(event.live_on), say.title(plan.inputs.rows["initiatives"][event.initiative])))
    heads = (say("What sources tell"), say("Since"), say("Counts as"))
    return Table(say("What is known to have been there before the plan"), heads, tuple(rows), cards=True)
