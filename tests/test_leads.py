"""Sentences that lead tables in: every number is computed here once more."""

from __future__ import annotations

import pytest
from plan_samples import EDGES, LANGUAGES, edge, read, says

from egov_model.analysis import apbd, operations, staff_calendar
from egov_model.analysis.index_levels import by_part, years_of
from egov_model.report import leads
from egov_model.report.maturity_view import last
from egov_model.report.wording import speak
from egov_model.report.words import SECTIONS

every_plan = pytest.mark.parametrize("name", EDGES)
both_languages = pytest.mark.parametrize("language", LANGUAGES)


def sums(plan, field: str) -> dict[str, int]:
    made: dict[str, int] = {}
    for r in plan.budget.to_dict("records"):
        made[r[field]] = made.get(r[field], 0) + r["amount_idr"]
    return made


@every_plan
@both_languages
def test_who_spends_and_on_what(name, language):
    plan, say = edge(name), speak(language)
    total = sum(plan.budget["amount_idr"].tolist())
    if not total:
        told = {lead(say, plan) for lead in (leads.who_spends, leads.dearest, leads.spending)}
        assert told == {say("Nothing is spent in this scenario")}
        return
    told = read(
        leads.who_spends(say, plan), language,
        "{section} takes most of the money ({part}); the agency that spends most is {agency} ({share})",
    )  # fmt: skip
    assert says(told["part"], language, max(sums(plan, "section").values()) / total)
    assert says(told["share"], language, max(sums(plan, "agency").values()) / total)
    assert told["section"] in [say(title) for title in SECTIONS.values()]
    told = read(leads.dearest(say, plan), language, "The dearest initiative is {title}: {money}, {share} of all")
    most = max(sums(plan, "initiative").values())
    assert says(told["money"], language, most) and says(told["share"], language, most / total)
    told = read(leads.spending(say, plan), language, "{operating} of the money is operating spending, {capital} capital spending")
    capital = sum(a for group, a in sums(plan, "account_group").items() if apbd.KINDS[group] == apbd.CAPITAL)
    assert says(told["capital"], language, capital / total) or says(told["operating"], language, 1 - capital / total)


@every_plan
@both_languages
def test_what_has_no_place(name, language):
    plan, say = edge(name), speak(language)
    left = [r for r in plan.initiatives.to_dict("records") if r["status"] != "placed"]
    told = leads.not_placed(say, plan)
    if not left:
        assert told == say("Every initiative of this scenario has a place")
        return
    must = sum(r["mandatory"] for r in left)
    assert told.startswith(say.plural("{n} initiative has no place", "{n} initiatives have no place", len(left)))
    assert told.endswith(say("{n} of them mandatory", n=must) if must else say("none of them is mandatory"))


@every_plan
@both_languages
def test_people(name, language):
    plan, say = edge(name), speak(language)
    needed = {r["role"] for r in plan.staffing.to_dict("records") if r["need_fte"] > 0}
    nobody = [role for role in needed if plan.inputs.rows["roles"][role].on_board == 0]
    told = leads.people(say, plan)
    if needed:
        assert told.startswith(say.plural("{n} role is needed", "{n} roles are needed", len(needed)))
        assert told.endswith(say("{n} of them nobody fills at the start", n=len(nobody)) if nobody else say("each is filled at the start"))
    else:
        assert told == say("Nobody is needed in this scenario")
    frame = staff_calendar.staff_decisions(plan)
    first = leads.first_decision(say, plan)
    if frame.empty:
        assert first == say("Nothing has to be decided about people")
        return
    late = {(r.date, r.kind, r.fiscal_year) for r in frame.itertuples() if r.date < plan.inputs.settings.issued_on}
    ahead = {(r.date, r.kind, r.fiscal_year) for r in frame.itertuples()} - late
    assert first.startswith(say.plural("{n} decision on people", "{n} decisions on people", len(late) + len(ahead)))
    assert (say("{n} should be under way already", n=len(late)) in first) == bool(late)
    assert not ahead or first.endswith(say("the next by {day}", day=say.day(min(ahead)[0])))


@every_plan
@both_languages
def test_what_falls_due_again_and_where_the_index_rises(name, language):
    plan, say = edge(name), speak(language)
    amounts = [r.amount_idr for r in operations.refresh_frame(plan).itertuples() if r.amount_idr]
    told = leads.refreshed(say, plan)
    if amounts:
        found = read(told, language, "{many} within the plan, for {money} in all")
        assert says(found["money"], language, sum(amounts)) and found["many"].startswith(f"{len(amounts)} ")
    else:
        assert told == say("Nothing falls due again within the plan")
    part, told = last(plan), leads.index_rise(say, plan)
    if part is None:
        assert told == say("The data has no maturity scheme for the years of this plan")
        return
    end = years_of(plan, part)[-1]
    rows = by_part(plan, part).to_dict("records")
    rise = max(r[end] - r["start"] for r in rows)
    if rise < 0.005:
        assert told == say("No aspect of the index rises")
    else:
        found = read(told, language, "{part} rises most: from {start} to {end} in {year}")
        best = next(r for r in rows if r[end] - r["start"] == rise)
        assert (found["start"], found["end"]) == (say.number(best["start"], 2), say.number(best[end], 2))
