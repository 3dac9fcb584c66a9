"""The page over all scenarios: whole in both languages, with and without draws, whatever a planner typed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from comparison_samples import tiny
from plan_samples import HARM, LANGUAGES, harmful_pack
from tiny_pack import TINY

from egov_model.inputs.errors import InputError
from egov_model.report.answers import compare_scenarios
from egov_model.report.bridge_view import label, reading, table, waterfall
from egov_model.report.comparison_page import comparison_page
from egov_model.report.comparison_view import titles
from egov_model.report.outline import outline
from egov_model.report.wording import speak
from egov_model.report.years_figure import MEASURES, years_figure

PIECES = ("header", "table", "paragraphs", "bridges", "ranges", "regret", "stability", "footer")


def whole(page) -> str:
    return "".join(str(getattr(page, piece)()) for piece in PIECES) + "".join(str(page.years(measure)) for measure in MEASURES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("draws", [True, False])
def test_the_page_is_whole(language, draws):
    found = tiny() if draws else replace(tiny(), chances=None)
    page = comparison_page(found, language)
    text = whole(page)
    assert outline(text, "Tabel").problems == []
    soup = BeautifulSoup(text, "html.parser")
    assert len(soup.find_all("h1")) == 1 and len(soup.find_all("h3")) == len(found.plans)
    assert all(svg["role"] == "img" and len(svg["aria-label"]) > 40 for svg in soup.find_all("svg"))
    assert len(soup.find_all("svg")) == len(MEASURES) + sum(bool(b.steps) for b in found.bridges) + draws
    assert "nan" not in soup.get_text().lower().split() and "None" not in soup.get_text()
    assert (page.say("No draws were made for this page.") in text) != draws
    assert "past" in soup.get_text(), "what is left out is named"


def test_what_a_planner_typed_does_no_harm(tmp_path):
    found = compare_scenarios(data=harmful_pack(tmp_path), draws=5, seed=1)
    text = whole(comparison_page(found))
    assert "<script>" not in text and "<img" not in text and outline(text, "Tabel").problems == []
    assert HARM.split()[0] in BeautifulSoup(text, "html.parser").get_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_waterfall_tells_every_step_and_its_table_adds_up(language):
    found = tiny()
    say = speak(language)
    for one in found.bridges:
        view, rows = waterfall(say, found, one), table(say, found, one).rows
        assert [row[0].casefold() for row in rows[:-1]] == [label(say, s, found.base, _plan(found, one)).casefold() for s in one.steps]
        assert rows[-1][1].removeprefix("+") == say.rupiah(one.total_idr - one.base_total_idr)
        assert all(say.money(step.total_idr) in view.svg for step in one.steps if step.total_idr)


def _plan(found, one):
    return found.plans[found.scenarios.index(one.scenario)]


def test_sampled_shares_tell_their_error():
    found, say = tiny(), speak("en")
    one = next(b for b in found.bridges if len(b.steps) > 1)
    assert "sampled" not in reading(say, found, one)
    steps = tuple(replace(step, error_idr=1_500_000.4 * n) for n, step in enumerate(one.steps))
    told = reading(say, found, replace(one, exact=False, steps=steps))
    assert f"at most {say.money(round(steps[-1].error_idr))}." in told


def test_changes_are_called_by_their_names():
    found, say = tiny(), speak("en")
    called = {one.scenario: {label(say, s, found.base, _plan(found, one)) for s in one.steps} for one in found.bridges}
    assert called["dear"] == {"Unit prices: Alat"} and called["same"] == {"Letters: title_en of 1 initiative"}
    assert {"Ceiling factor: 0.06 instead of 1", "Roles and pay: Systems analyst"} <= called["tight"]
    assert "Letter application: 1 initiative left out" in called["few"]
    assert "Scope: what runs already instead of all initiatives" in called["do-minimum"]


def test_years_of_every_scenario_stand_in_the_table_behind_the_figure():
    found, say = tiny(), speak("id")
    view = years_figure(say, found, "used_idr")
    assert [row[0] for row in view.data.rows] == list(titles(say, found).values())
    first = found.years[found.years["scenario"] == found.scenarios[0]]["used_idr"]
    assert view.data.rows[0][1:] == tuple(say.rupiah(int(v)) for v in first)


def test_a_pack_of_one_scenario_has_its_page(tmp_path):
    page = comparison_page(compare_scenarios(data=TINY, draws=5, seed=1), "en")
    text = whole(page)
    assert outline(text, "Table").problems == [] and "Of 1 scenario" in BeautifulSoup(text, "html.parser").get_text()


def test_an_unknown_language():
    with pytest.raises(InputError, match="'fr'"):
        comparison_page(tiny(), "fr")
