"""What holds the index and what carries it, in words worked out by hand for the tiny plan."""

from __future__ import annotations

import pytest
from plan_samples import project
from test_maturity_view import EN, both_languages, plan_with
from tiny_pack import TINY

from egov_model.analysis import index_levels as room
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan
from egov_model.report import index_causes_view as view
from egov_model.report.wording import speak


@pytest.fixture(scope="module")
def tiny():
    return build_plan(load_scenario("baseline", TINY))


def words(plan, indicator: str) -> str:
    return next(row[3] for row in view.held_table(EN, plan).rows if row[0] == indicator)


def test_every_cause_in_words(tiny, tmp_path):
    assert words(tiny, "Equipment") == "Nothing in the plan serves the next level"
    assert words(tiny, "Data") == "Scored by Badan Luar"
    late = plan_with(tmp_path / "a", "set: {initiatives.aplikasi.earliest: 2028-08-01}\n")
    assert words(late, "Applications").startswith("Letter application is live only in ") and words(late, "Applications").endswith(
        "(Application works)"
    )
    gone = plan_with(tmp_path / "b", "drop: {initiatives: [aplikasi]}\n")
    assert words(gone, "Applications") == "Letter application is not in this plan (Application works)"
    out = plan_with(tmp_path / "c", "set: {settings.scope: running}\n")
    assert words(out, "Applications") == "Letter application is not in this plan (Application works)"
    stay = plan_with(tmp_path / "d", "set: {effects.alat-3.mode: 2}\n")
    assert words(stay, "Equipment").startswith("Has to last until ") and "2029" in words(stay, "Equipment")
    share = plan_with(tmp_path / "e", "set: {effects.aplikasi-3.condition: agencies_integrated, effects.aplikasi-3.at_least: 0.8}\n")
    assert words(share, "Applications") == ("agencies with every application treated: 50% of 80% asked for (Application works)")
    body = "set: {settings.last_year: 2027, settings.index_levels_per_year: 1, effects.alat-3.low: 0, effects.alat-3.mode: 0}\n"
    pace = plan_with(tmp_path / "f", body)
    assert words(pace, "Equipment") == "Everything is there; it is scored a year later"


def test_what_the_next_levels_are_worth(tiny):
    # equipment 0.50 and application 0.25 have nothing that serves level 4; the outside body's half level is worth 0.125
    assert view.held_finding(EN, tiny) == (
        "One level more in every indicator would add 0.88; it is held by nothing in the plan that serves the level (0.75) and "
        "scores of other bodies (0.13)."
    )
    assert [row[2] for row in view.held_table(EN, tiny).rows] == ["0.500", "0.250", "0.125"]


def test_what_initiatives_are_worth(tiny):
    assert [(row[0], *row[2:]) for row in view.worth_table(EN, tiny).rows] == [
        ("Equipment for villages", "1.00", "\N{EN DASH}"), ("Letter application", "0.25", "\N{EN DASH}"),
    ]  # fmt: skip
    assert view.worth_finding(EN, tiny).startswith(
        "Taken out alone, 2 of 3 initiatives would lower the last index; most would Equipment for villages and Letter application."
    )


def test_dates_a_little_earlier_or_later(tiny):
    # half a year later the equipment misses the first evidence and then its year of stay: 2 instead of 3, the index 0.50 less
    assert room.shifted(tiny, tiny.maturity[0], 26) == 2.13 and room.shifted(tiny, tiny.maturity[0], 0) == 2.63
    said = view.delay_finding(EN, tiny)
    assert f"earlier, the last index would be {room.shifted(tiny, tiny.maturity[0], -13):.2f}, three months later" in said


@both_languages
def test_a_plan_that_no_scheme_scores(tmp_path, language):
    plan, say = plan_with(tmp_path, "set: {index_schemes.baru.valid_from: 2040}\n"), speak(language)
    assert view.held_table(say, plan).rows == view.worth_table(say, plan).rows == ()
    assert view.held_finding(say, plan) == say("Every indicator stands at the top.")
    assert view.worth_finding(say, plan) == say("No single initiative of this scenario carries the index.")
    assert view.delay_finding(say, plan) == say("The data has no maturity scheme for the years of this plan") + "."


@both_languages
def test_the_tables_of_the_project_stay_short(language):
    plan, say = project(), speak(language)
    assert 0 < len(view.held_table(say, plan).rows) <= view.MOST_INDICATORS
    assert 0 < len(view.worth_table(say, plan).rows) <= view.MOST_INITIATIVES
