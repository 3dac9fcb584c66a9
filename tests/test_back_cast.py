"""The rules over the past: the tiny regency by hand, and by how much the project's own back-cast misses."""

from __future__ import annotations

import pytest
from plan_samples import project
from tiny_pack import TINY, with_changes

from egov_model.analysis.back_cast import back_cast, known_years, neighbours, past_path
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan


def past(tmp_path, body: str):
    return back_cast(build_plan(with_changes(tmp_path, body)))


def test_the_tiny_past_by_hand():
    # internet since March 2022 lifts the only indicator from 1 (2020) to 2; of 2023 it is known to have been 2.2 to 3
    frame = back_cast(build_plan(load_scenario("baseline", TINY)))
    assert frame["year"].tolist() == [2023, 2024, 2025] and set(frame["scheme"]) == {"lama"}
    assert frame["index"].tolist() == [2, 2, 2] and set(frame["predicate"]) == {"kurang"}
    assert frame["miss"].tolist()[0] == pytest.approx(-0.2) and frame["miss"].isna().tolist() == [False, True, True]


@pytest.mark.parametrize(("low", "high", "miss"), [(1, 1.5, 0.5), (1.5, 2, 0), (2, 2, 0), (2.5, 3, -0.5)])
def test_a_miss_is_the_way_to_what_is_known(tmp_path, low, high, miss):
    frame = past(tmp_path, f"set: {{index_known.lama.2023.index_low: {low}, index_known.lama.2023.index_high: {high}}}\n")
    assert frame["miss"].iloc[0] == pytest.approx(miss)


def test_what_comes_after_the_evidence_counts_the_year_after(tmp_path):
    events = "add: {index_history: [{initiative: aplikasi, live_on: 2020-06-01, about_id: x, about_en: x, source: uji}]}\n"
    late = past(tmp_path, f"set: {{index_history.internet.live_on: 2022-09-16}}\n{events}")
    assert late["year"].tolist() == [2021, 2022, 2023, 2024, 2025] and late["index"].tolist() == [1, 1, 2, 2, 2]


def test_a_scheme_without_a_start_before_the_events_is_left_out(tmp_path):
    assert past(tmp_path, "drop: {start_levels: [lama.I01.2020]}\n").empty


def test_no_events_no_past(tmp_path):
    assert past(tmp_path, "drop: {index_history: [internet]}\n").empty


def test_the_project_is_held_against_2024():
    frame = back_cast(project()).set_index("year")
    assert list(frame.index) == [2021, 2022, 2023, 2024, 2025] and set(frame["scheme"]) == {"spbe-2020"}
    assert (frame.loc[2024, "known_low"], frame.loc[2024, "known_high"]) == (1.8, 2.59)  # Cukup, by elimination
    # by hand: ten policies at 2, the one on the intra network at 4 as the network is there too, the network itself (2.5 %) at 2;
    # planning, budgeting, finance, accountability, procurement (2.75 % each) and complaints (3 %) at 3
    expected = 1 + 0.13 + 2 * 0.013 + 0.025 + 2 * (5 * 0.0275 + 0.03)
    assert frame.loc[2024, "index"] == pytest.approx(round(expected, 2))


def test_the_master_plan_of_2018_runs_and_is_held_against_2024():
    plan = project("rencana-induk-2018")
    assert plan.timeline.years == tuple(range(2018, 2026))
    frame = past_path(plan).set_index("year")
    assert list(frame.index) == [2021, 2022, 2023, 2024, 2025]  # of 2018 to 2020 no scheme is in the data
    # by hand, of 2024, weights in percent: ten policies (1.3 each), those on architecture, roadmap, intra network, hub and team at 4, the
    # others at 2; architecture and roadmap themselves (2.5 each) at 4, development, intra network, hub and collaboration at 2, team at 3;
    # planning, budgeting, finance, procurement, accountability (2.75 each) at 4; complaints (3) at 3, education (3) at 4 with stage 2 of
    # integration
    levels = 1 + 0.013 * (5 * 3 + 5 * 1) + 0.025 * (2 * 3 + 3 * 1 + 2 + 1) + 0.0275 * 5 * 3 + 0.03 * (2 + 3)
    assert frame.loc[2024, "index"] == pytest.approx(round(levels, 2))
    assert frame.loc[2024, "miss"] == 0
    assert [p.region for p in neighbours(plan, 2024)] == ["Kab. Halmahera Utara", "Provinsi Maluku Utara", "Kota Ternate"]


def test_a_plan_of_the_future_is_held_against_the_past_by_its_events():
    plan = build_plan(load_scenario("baseline", TINY))
    assert known_years(plan) == [] and past_path(plan).equals(back_cast(plan))
