"""The back-cast in words: too low, too high, within, and nothing to say."""

from __future__ import annotations

import pytest
from tiny_pack import TINY, with_changes

from egov_model.analysis.index_levels import index_by_year
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan
from egov_model.report import back_cast_view as view
from egov_model.report.maturity_figure import index_figure
from egov_model.report.wording import speak

EN = speak("en")


def told(tmp_path, low: float, high: float) -> str:
    body = f"set: {{index_known.lama.2023.index_low: {low}, index_known.lama.2023.index_high: {high}}}\n"
    return view.finding(EN, build_plan(with_changes(tmp_path, body)))


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        (2.2, 3, "The back-cast is 0.20 too low"),
        (1, 1.5, "The back-cast is 0.50 too high"),
        (1.5, 2.5, "misses by nothing: it lies within what is known, a band 1.00 wide."),
    ],
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
    assert view.table(EN, plan).rows[0] == ("2023", "2.00 (Poor)", "2.20\N{EN DASH}3.00", "\N{MINUS SIGN}0.20", "nothing", "Fair")
    assert view.events(EN, plan).rows == (("Office internet", "1 March 2022", "Office internet"),)


HEAD = (
    '{region: "%s", year: 2023, kind: "regency", province: "Provinsi Contoh", index: %s, sample: "reported", source: "uji", evidence: "%s"}'
)
PEERS = ", ".join(HEAD % peer for peer in (("Kab. Bawah", 1.75, "high"), ("Kab. Atas", 2.5, "low")))


def test_neighbours_stand_beside_it_with_the_points_between(tmp_path):
    plan = build_plan(with_changes(tmp_path, f"add:\n  peer_indices: [{PEERS}]\n"))
    beside = "Beside it in 2023: Kab. Atas 2.50 (0.50 more, weak source); Kab. Bawah 1.75 (0.25 less)."
    assert view.finding(EN, plan).endswith(beside)  # the back-cast of 2023 is 2.00
    assert view.table(EN, plan).rows[0][4] == "Kab. Atas 2.50 (weak source); Kab. Bawah 1.75"


def test_a_plan_whose_own_years_are_known_is_held_against_them(tmp_path):
    known = '{scheme: "baru", year: 2028, index_low: 1, index_high: 1.2, unit: "indeks", source: "uji", evidence: "assumption"}'
    plan = build_plan(with_changes(tmp_path, f"add:\n  index_known: [{known}]\n"))
    index = index_by_year(plan).set_index("year")["index"]
    said = view.finding(EN, plan)
    assert said.startswith(f"Begun in 2027, this plan would have come to {index[2028]:.2f}") and "known is 1.00\N{EN DASH}1.20." in said
    assert f"The back-cast is {index[2028] - 1.2:.2f} too high" in said
    assert [row[0] for row in view.table(EN, plan).rows] == ["2027", "2028"]
    assert "as if all of it had been carried out" in view.basis(EN, plan)
    assert "only what is listed below" in view.basis(EN, build_plan(load_scenario("baseline", TINY)))


def test_what_is_known_is_drawn_beside_the_path_only_where_there_is_something(tmp_path):
    known = '{scheme: "baru", year: 2028, index_low: 1, index_high: 4.5, unit: "indeks", source: "uji", evidence: "assumption"}'
    plan = build_plan(with_changes(tmp_path, f"add:\n  index_known: [{known}]\n"))
    assert "upright bar" in index_figure(plan, EN).explains
    assert "upright bar" not in index_figure(build_plan(load_scenario("baseline", TINY)), EN).explains
