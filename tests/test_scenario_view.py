"""A scenario against the base in one sentence, by hand on the made-up regency."""

from __future__ import annotations

import pytest
from plan_samples import LANGUAGES, edge, project

from egov_model.analysis.compare import headline
from egov_model.report.notebook import report_page
from egov_model.report.scenario_view import consequence
from egov_model.report.wording import speak


def test_nothing_changes():
    told = consequence(speak("en"), edge("as it is"), edge("as it is"))
    assert told == (
        "Against the base scenario: the last initiative is finished as in the base; the same initiatives find a place; "
        "as many people are missing."
    )


def test_what_falls_out_and_comes_in():
    base, less = edge("as it is"), edge("only what runs")
    told = consequence(speak("en"), less, base)
    assert told.startswith(
        "Against the base scenario: nothing new is finished; 2 initiatives fall out (Equipment for villages and Letter application)"
    )
    assert ", 1 of them mandatory;" in told
    back = consequence(speak("en"), base, less)
    assert "the last initiative is finished in " in back and "2 more find a place (Equipment for villages and Letter application)" in back


@pytest.mark.parametrize("language", LANGUAGES)
def test_late_work_and_missing_people(language):
    say, base, late = speak(language), edge("as it is"), edge("late")
    told = consequence(say, late, base)
    assert say.month(headline(late).finish) in told and say.month(headline(base).finish) in told
    short = consequence(say, edge("short of people"), base)
    assert say.number(headline(edge("short of people")).peak_gap_fte, 1) in short


def test_only_a_few_titles_are_named():
    told = consequence(speak("en"), project("do-minimum"), project())
    lost = headline(project()).placed - headline(project("do-minimum")).placed
    assert f"{lost} initiatives fall out (" in told and f"and {lost - 3} more)" in told


def test_the_page_of_the_base_says_nothing_of_it():
    assert report_page(edge("as it is"), base=None).consequence() == ""
    assert report_page(project(), base=project()).consequence() == ""
    assert "<p>" in report_page(project("lean"), base=project()).consequence()
