"""The index in words: numbers from the plan, both languages, and plans with nothing to say."""

from __future__ import annotations

import pytest
from plan_samples import project
from tiny_pack import TINY, with_changes

from egov_model.analysis import index_levels as room
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan
from egov_model.report import maturity_view as view
from egov_model.report.wording import speak

both_languages = pytest.mark.parametrize("language", ["id", "en"])
EN = speak("en")


@pytest.fixture(scope="module")
def tiny():
    return build_plan(load_scenario("baseline", TINY))


def plan_with(tmp_path, body: str):
    return build_plan(with_changes(tmp_path, body))


def test_the_answer_in_one_line(tiny, tmp_path):
    assert view.finding(EN, tiny) == "New index: the index goes from 1.38 to 2.63 in 2028 (Good); the target of 2.50 is met"
    missed = plan_with(tmp_path / "a", "set: {index_targets.baru.2028.mode: 2.9}\n")
    assert view.finding(EN, missed).endswith("(Good); 0.27 short of the target of 2.90")
    free = plan_with(tmp_path / "b", "drop: {index_targets: [baru.2028]}\n")
    assert view.finding(EN, free) == "New index: the index goes from 1.38 to 2.63 in 2028 (Good)"
    still = plan_with(tmp_path / "c", "set: {settings.scope: running}\ndrop: {index_targets: [baru.2028]}\n")
    assert view.finding(EN, still) == "New index: the index stays at 1.38 until 2028 (Poor)"


def test_a_target_just_met_is_met(tmp_path):
    plan = plan_with(tmp_path, "set: {index_targets.baru.2028.mode: 2.63}\n")
    assert view.finding(EN, plan).endswith("is met")


def test_years_without_a_scheme_are_told(tmp_path):
    plan = plan_with(tmp_path, "set: {index_schemes.baru.valid_to: 2027}\n")
    assert "No scheme in the data scores 2028." in view.scheme_note(EN, plan)
    assert view.path_table(EN, plan).rows[1][:2] == ("2028", "no scheme")
    assert "in 2027 (Fair)" in view.finding(EN, plan)


@both_languages
def test_a_plan_that_no_scheme_scores(tmp_path, language):
    plan, say = plan_with(tmp_path, "set: {index_schemes.baru.valid_from: 2040}\n"), speak(language)
    nothing = say("The data has no maturity scheme for the years of this plan")
    assert view.finding(say, plan) == nothing and view.scheme_note(say, plan) == nothing + "."
    for table in (view.part_table, view.held_table, view.worth_table):
        assert table(say, plan).rows == ()
    assert view.held_finding(say, plan) == say("Every indicator stands at the top.")
    assert view.worth_finding(say, plan) == say("No single initiative of this scenario carries the index.")
    assert view.speed_finding(say, plan) == say("There are no rises of other regencies in the data to compare with.")
    assert view.outside(say, plan) == say("Every indicator is scored on what the regency itself shows.")


def test_the_scheme_and_who_scores(tiny, tmp_path):
    assert view.scheme_note(EN, tiny) == "New index scores 2027\N{EN DASH}2028. assessors. Not comparable with the old one"
    asked = plan_with(tmp_path, "set: {settings.index_scheme: lama}\n")
    assert "Old index scores 2027" in view.scheme_note(EN, asked) and "The scenario asks for this scheme" in view.scheme_note(EN, asked)
    assert (
        view.outside(EN, tiny)
        == "25\N{NO-BREAK SPACE}% of the index is scored by others and stays where it is in this calculation: Data (Badan Luar)."
    )
    assert view.outside(EN, asked) == "Every indicator is scored on what the regency itself shows."


def test_the_table_by_year(tiny, tmp_path):
    table = view.path_table(EN, tiny)
    assert table.columns == ("Year", "Index", "Predicate", "Rise", "Target", "Gap") and table.numeric == {1, 3, 4, 5}
    assert table.rows == (
        ("2027", "2.13", "Fair", "+0.75 (fast)", "1.50", "+0.63"),
        ("2028", "2.63", "Good", "+0.50 (fast)", "2.50", "+0.13"),
    )
    two = plan_with(tmp_path, "set: {index_schemes.lama.valid_to: 2027, index_schemes.baru.valid_from: 2028}\n")
    table = view.path_table(EN, two)
    assert table.columns[1] == "Scheme" and [r[1] for r in table.rows] == ["Old index", "New index"] and table.numeric == {2, 4, 5, 6}


def test_the_table_by_part(tiny):
    rows = view.part_table(EN, tiny).rows
    assert (
        rows[0] == ("Own work (75\N{NO-BREAK SPACE}%)", "1.33", "2.33", "3.00")
        and rows[1][0] == "\N{EN DASH} Equipment (50\N{NO-BREAK SPACE}%)"
    )
    assert rows[-1] == ("Index", "1.38", "2.13", "2.63")


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
    assert words(share, "Applications") == (
        "agencies with every application treated: 50\N{NO-BREAK SPACE}% of 80\N{NO-BREAK SPACE}% asked for (Application works)"
    )
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


def test_the_pace_beside_real_ones(tiny, tmp_path):
    said = view.speed_finding(EN, tiny)
    assert said.startswith("The steepest rise of this plan is 0.75, in 2027. Of 2 yearly rises of 1 regencies")
    assert "9 in 10 stayed below 0.38." in said and said.endswith("Faster than that: 2027 and 2028. Take these years as optimistic.")
    slow = plan_with(tmp_path, "set: {settings.scope: running}\n")
    assert view.speed_finding(EN, slow).endswith("No year of the plan is faster.")


@both_languages
def test_the_project_says_its_own_numbers(language):
    plan, say = project(), speak(language)
    part = plan.maturity[-1]
    assert say.number(float(part.index[0, -1]), 2) in view.finding(say, plan)
    assert say.number(room.start_index(part), 2) in view.finding(say, plan)
    assert len(view.held_table(say, plan).rows) <= view.MOST_INDICATORS
    assert len(view.worth_table(say, plan).rows) <= view.MOST_INITIATIVES
