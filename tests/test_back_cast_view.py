"""The back-cast in words: too low, too high, within, and nothing to say."""

from __future__ import annotations

import pytest
from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan
from egov_model.report import back_cast_view as view
from egov_model.report.wording import speak

EN = speak("en")


def told(tmp_path, low: float, high: float) -> str:
    body = f"set: {{index_known.lama.2023.index_low: {low}, index_known.lama.2023.index_high: {high}}}\n"
    return view.finding(EN, build_plan(with_changes(tmp_path, body)))


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [(2.2, 3, "The back-cast is 0.20 too low"), (1, 1.5, "The back-cast is 0.50 too high"), (1.5, 2.5, "lies within what is known.")],
)
def test_the_miss_in_words(tmp_path, low, high, says):
    said = told(tmp_path, low, high)
    assert said.startswith("From 2022 on, the same rules and what sources tell give 2.00 (Poor) for 2023, Old index; known is ")
    assert f"known is {low:.2f}\N{EN DASH}{high:.2f}." in said and says in said


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_known(tmp_path, language):
    say, plan = speak(language), build_plan(with_changes(tmp_path, "drop: {index_known: [lama.2023]}\n"))
    assert view.finding(say, plan) == say("Nothing is known of the regency's index before the plan that the rules could be held against.")
    assert view.table(say, plan).rows[0][2] == say("nothing")


def test_tables():
    plan = build_plan(load_scenario("baseline", TINY))
    assert view.table(EN, plan).rows[0] == ("2023", "2.00 (Poor)", "2.20\N{EN DASH}3.00", "\N{MINUS SIGN}0.20", "Fair")
    assert view.events(EN, plan).rows == (("Office internet", "1 March 2022", "Office internet"),)
