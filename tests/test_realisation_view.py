"""The report on actuals: it says that nothing is reported, or what was, with every number from the analysis."""

from __future__ import annotations

from datetime import date

import pytest
from actuals_samples import following, with_actuals
from plan_samples import EDGES, LANGUAGES, edge

from egov_model.analysis.followed import follow
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan
from egov_model.report import realisation_figure, realisation_view
from egov_model.report.fragments import table
from egov_model.report.notebook import report_page
from egov_model.report.wording import speak

FINDINGS = ("answer", "indices_finding", "absorption_finding", "pace_finding", "warnings_finding", "ranges_finding", "method")
TABLES = ("indices", "absorption", "warnings", "initiatives", "ranges")


@pytest.fixture(scope="module")
def late(tmp_path_factory):
    """A year in which nothing is paid on time and one initiative is at half its pace."""
    half = {"share": lambda key, month, done: done / 2 if key == "aplikasi" else done}
    rows = following(edge("as it is"), "2027-06", pay=lambda key, paid: paid * 11 // 10, **half)
    dates = [row for row in rows["dates"] if row[0] != "aplikasi"]
    return build_plan(load_scenario("baseline", with_actuals(tmp_path_factory.mktemp("late"), progress=rows["progress"], dates=dates)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", EDGES)
def test_with_nothing_reported_it_says_so_and_shows_what_is_planned(name, language):
    plan, say = edge(name), speak(language)
    nothing = {"id": "Belum ada realisasi yang dilaporkan", "en": "Nothing is reported yet"}
    assert realisation_view.answer(say, plan).startswith(nothing[language])
    assert realisation_view.indices(say, plan).rows == () and realisation_view.warnings(say, plan).rows == ()
    assert len(realisation_view.absorption(say, plan).rows) == 4 * len(plan.timeline.years)
    view = realisation_figure.realisation_curve(plan, say)
    assert view.finding in view.svg.replace("&#39;", "'") and len(view.data.rows) == 2 * len(plan.timeline.years)
    for find in FINDINGS:
        assert "{" not in getattr(realisation_view, find)(say, plan)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_reported_is_told_with_its_numbers(late, language):
    say, found = speak(language), follow(late)
    whole = found.tracked.whole
    told = realisation_view.answer(say, late)
    assert say.money(int(whole.ev)) in told and say.money(int(whole.ac)) in told and say.day(date(2027, 6, 30)) in told
    rows = {row[0]: row[1] for row in realisation_view.indices(say, late).rows}
    assert rows[say("Planned (PV)")] == say.rupiah(int(whole.pv)) and rows[say("Cost index (CPI)")] == say.number(whole.cpi, 2)
    assert [row[0] for row in realisation_view.initiatives(say, late).rows] == [
        say.title(late.inputs.rows["initiatives"][key]) for key in found.initiatives["initiative"]
    ]
    ended = [row for row in realisation_view.ranges(say, late).rows]
    assert len(ended) == len(found.closed) >= 1
    for name in TABLES:
        assert "<table" in table(getattr(realisation_view, name)(say, late)) or not getattr(realisation_view, name)(say, late).rows


def test_the_figure_shows_the_band_from_the_last_report_on(late):
    say = speak("en")
    view = realisation_figure.realisation_curve(late, say)
    assert "Forecast P10 to P90" in view.svg and "Earned" in view.svg and 'role="img"' in view.svg
    ranged = {row[0]: row[4] for row in view.data.rows}
    assert ranged["31 December 2027"] != "\N{EN DASH}" and ranged["30 June 2027"].count("Rp") == 2
    assert [row[2] for row in view.data.rows[1:]] == ["\N{EN DASH}"] * 3  # nothing earned yet


def test_a_page_holds_its_pieces_and_sources(late):
    page = report_page(late, "id")
    assert "realisasi" in str(page.sources("progress", "commitments", "dates", "absorption")).lower()
    assert str(page.header("realisation")).count("<h1") == 1


def test_quarters_that_want_more_than_is_typical():
    # tiny: P90 of 20, 50 and 70 %; the plan wants 18, 71 and 89 % in 2027 and 25, 50 and 75 % in 2028, so four are faster
    told = realisation_view.pace_finding(speak("en"), edge("as it is")).replace("\N{NO-BREAK SPACE}", " ")
    assert told.startswith("In 4 of 6 quarters") and told.endswith("most in quarter 2 of 2027: 71% against 50%")
