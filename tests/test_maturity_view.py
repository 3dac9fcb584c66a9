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
    assert view.part_table(say, plan).rows == ()
    assert view.speed_finding(say, plan) == say("There are no rises of other regencies in the data to compare with.")
    assert view.outside(say, plan) == say("Every indicator is scored on what the regency itself shows.")


def test_the_scheme_and_who_scores(tiny, tmp_path):
    assert view.scheme_note(EN, tiny) == "New index scores 2027\N{EN DASH}2028. assessors. Not comparable with the old one"
    asked = plan_with(tmp_path, "set: {settings.index_scheme: lama}\n")
    assert "Old index scores 2027" in view.scheme_note(EN, asked) and "The scenario asks for this scheme" in view.scheme_note(EN, asked)
    assert view.outside(EN, tiny) == "25% of the index is scored by others and stays where it is in this calculation: Data (Badan Luar)."
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
    assert rows[0] == ("Own work (75%)", "1.33", "2.33", "3.00") and rows[1][0] == "\N{EN DASH} Equipment (50%)"
    assert rows[-1] == ("Index", "1.38", "2.13", "2.63")


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
