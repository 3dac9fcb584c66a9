"""What a scenario leaves out and puts off, as a page says it; every number is the result's."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from plan_samples import LANGUAGES, edge, project
from test_omitted import changed
from tiny_pack import TINY

from egov_model.analysis.omitted import LATER, OUT, omitted
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan
from egov_model.report import choice_view
from egov_model.report.notebook import report_page
from egov_model.report.wording import speak

DROPPED = "drop: {initiatives: [aplikasi]}"
DELAYED = "set: {initiatives.aplikasi.earliest: 2028-01-03}"


def test_what_is_dropped_in_three_sentences():
    base, plan = edge("as it is"), changed(DROPPED)
    found = omitted(plan, base)
    told = choice_view.sentences(speak("en"), plan, base, found)
    first, rest = told.split(" That costs ")
    assert first == "Of 3 initiatives, 1 falls out (Letter application); none is live in a later year than in the base scenario."
    assert rest.startswith(f"{found.together['index']:.2f} points of the index of 2028, 1 service and 0 villages by then, and Rp")
    assert rest.endswith("Why those: 1 because the scenario leaves them out.")
    index = [speak("en").number(side["index"], 2) for side in (found.in_base, found.here)]
    reached = "; by then the base scenario comes to an index of {}, 2 services and 3 villages; this one to an index of {}, 1 service and 3 "
    assert reached.format(*index) in told


def test_what_is_only_later_costs_nothing_together():
    base, plan = edge("as it is"), changed(DELAYED)
    found = omitted(plan, base)
    told = choice_view.sentences(speak("en"), plan, base, found)
    assert told == "Of 3 initiatives, none falls out; 1 is live in a later year than in the base scenario."
    (row,) = choice_view.table(speak("en"), plan, base, found).rows
    title, told = row[0], row[1].replace("\N{NO-BREAK SPACE}", " ")
    assert title == "Letter application" and told.startswith("later: ") and " 2028, in the base " in told and told.endswith(" 2027")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_words(language):
    """The causes a plan can give, on one initiative after the other."""
    say, base, plan = speak(language), edge("as it is"), edge("new work does not fit")
    found = omitted(plan, base)
    causes = {"no_people": "analis", "no_window": "", "no_money": "2027", "no_upkeep": "2028", "waits_for": "alat-desa"}
    told = set()
    for cause, concerns in causes.items():
        frame = found.frame.assign(cause=cause, concerns=concerns, mandatory=False)
        other = replace(found, frame=frame)
        told.add(choice_view.sentences(say, plan, base, other).rpartition(". ")[2])
        rows = choice_view.table(say, plan, base, other).rows
        assert len(rows) == int(frame["verdict"].isin([OUT, LATER]).sum()) and all(row[-1] for row in rows)
    assert len(told) == len(causes) - 1  # the ceiling is one reason, for contracts and for running costs


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_scheme_nothing_is_said_of_an_index(language):
    say, base, plan = speak(language), edge("as it is"), changed(DROPPED)
    found = omitted(plan, base)
    bare = replace(found, together=found.together | {"index": math.nan}, frame=found.frame.assign(index=math.nan))
    assert choice_view.sentences(say, plan, base, bare) != choice_view.sentences(say, plan, base, found)
    assert " nan" not in choice_view.sentences(say, plan, base, bare)
    assert choice_view.table(say, plan, base, bare).rows[0][2] == "\N{EN DASH}"


def test_the_page_has_a_section_only_when_something_is_out_or_later():
    base = build_plan(load_scenario("baseline", TINY))
    assert str(report_page(base, "en", base=base).choice()) == ""
    assert str(report_page(changed(DROPPED), "en").choice()) == ""
    page = str(report_page(changed(DROPPED), "en", base=base).choice())
    assert "What is kept, put off and left out?" in page and "Letter application" in page


def test_lean_says_what_falls_out_what_it_costs_and_why():
    plan, base = project("lean"), project()
    told = choice_view.sentences(speak("en"), plan, base, omitted(plan, base))
    assert told.count(". ") == 2 and "Village internet, wave 3" in told and "3 of them mandatory" in told and "Why those: " in told
