"""The page over all scenarios: whole in both languages, with and without draws, whatever a planner typed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from comparison_samples import tiny
from plan_samples import HARM, LANGUAGES, harmful_pack
from tiny_pack import TINY

from egov_model.inputs.errors import InputError
from egov_model.report.answers import compare_scenarios
from egov_model.report.bridge_view import label, reading, table, value, waterfall
from egov_model.report.comparison_page import comparison_page
from egov_model.report.comparison_view import titles
from egov_model.report.marks import plain
from egov_model.report.outline import outline
from egov_model.report.traced import trace
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


def test_a_label_of_a_waterfall_is_not_cut_for_marks_that_take_no_room():
    found, say = tiny(), trace("en")
    drawn = {one.scenario: waterfall(say, found, one).svg for one in found.bridges}
    assert ">Ceiling factor: 0.06<" in drawn["tight"] and ">Letter application: 1 initiative left out<" in drawn["few"]


def test_days_are_rounded_alike_in_the_sentence_and_the_table():
    found, say = tiny(), trace("en")
    one = next(b for b in found.bridges if b.scenario == "tight")
    halves = replace(one, steps=tuple(replace(step, finish_days=days) for step, days in zip(one.steps, (-38.5, 0.25, 0), strict=False)))
    shown = [plain(row[2]) for row in table(say, found, halves).rows]
    assert shown[:2] == ["\N{MINUS SIGN}39", "0"] and "39 days earlier" in plain(reading(say, found, halves))


def test_a_setting_is_told_with_the_unit_of_its_key():
    say = speak("en")
    assert [value(say, "8", "dpa_delay_weeks"), value(say, "1", "hiring_delay_years")] == ["8 weeks", "1 year"]
    assert [value(say, "2027", "first_year"), value(say, "0.8", "ceiling_factor"), value(say, "", "connectivity_policy")] == [
        "2027", "0.8", "none",
    ]  # fmt: skip


@pytest.mark.parametrize(("villages", "beside"), [(9, True), (2, False)])
def test_a_number_over_a_bar_is_not_struck_out_by_the_base(villages, beside):
    """The base's line at 10 would run through a number written over 9: that one stands as high as the base's own, over the line."""
    found = tiny()
    counts = [10.0 if name == found.scenarios[0] else float(villages) for name in found.years["scenario"]]
    drawn = years_figure(speak("en"), replace(found, years=found.years.assign(villages=counts)), "villages").svg
    heights = re.findall(rf'y="([\d.]+)" transform="[^"]*">(?:10|{villages})<', drawn)  # two numbers a panel, two panels a row
    assert len(set(heights[:2])) == len(set(heights[2:4])) == 1 and (heights[0] == heights[2]) is beside


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
