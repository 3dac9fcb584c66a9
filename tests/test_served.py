"""Services of the tiny plan by service, by year and by island group."""

from __future__ import annotations

import pandas as pd
import pytest
from tiny_pack import TINY, with_changes

from egov_model.analysis.served import SERVICE_COLUMNS, island_frame, serve, service_frame, yearly_frame
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan


@pytest.fixture(scope="module")
def plan():
    return build_plan(load_scenario("baseline", TINY))


def test_services_with_dates_volumes_and_money(plan):
    frame = service_frame(plan).set_index("service")
    assert ["service", *frame.columns] == list(SERVICE_COLUMNS)
    letters, office = frame.loc["surat-warga"], frame.loc["naskah"]
    live = dict(zip(plan.initiatives["initiative"], plan.initiatives["go_live"], strict=True))
    assert (letters["go_live"], office["go_live"]) == (live["aplikasi"], live["internet"])
    assert (letters["transactions"], office["transactions"]) == (1100, 200)  # 100 per thousand of 11,000 people; 100 of two agencies
    assert letters["cost_idr"] == 111_000_000 and office["cost_idr"] == 104_000_000
    found = serve(plan).found
    assert letters["digital"] == pytest.approx(found.digital[0, 0, :, 1].sum(), abs=0.05)
    assert letters["plan_user_hours"] == pytest.approx(found.user_hours[0, 0].sum(), abs=0.05)
    assert office["digital_share"] == pytest.approx(office["digital"] / 200, abs=1e-3)


def test_money_of_an_initiative_is_shared_among_its_services(tmp_path):
    body = "set:\n  services.naskah.initiatives: [internet, aplikasi]\n"
    frame = service_frame(build_plan(with_changes(tmp_path, body))).set_index("service")
    assert frame["cost_idr"].to_dict() == {"surat-warga": 55_500_000, "naskah": 104_000_000 + 55_500_000}


def test_a_service_whose_initiative_has_no_place_is_held_by_it(tmp_path):
    """The vendor's 111 million do not fit a ceiling of 150 after what is more urgent."""
    body = "set:\n" + "".join(f"  ceilings.{year}.dau.{point}: 150000000\n" for year in (2027, 2028) for point in ("low", "mode", "high"))
    plan = build_plan(with_changes(tmp_path, body))
    letters = service_frame(plan).set_index("service").loc["surat-warga"]
    assert letters["held_by"] == "aplikasi" and letters["go_live"] is None
    assert (letters["digital"], letters["cost_idr"], letters["plan_handling_hours"]) == (0, 0, 0)


def test_years_keep_citizens_and_administration_apart_and_add_up(plan):
    frame, made = yearly_frame(plan), serve(plan)
    assert frame.index.tolist() == [2027, 2028]
    found = made.found
    assert (frame["citizen_digital"] + frame["staff_digital"]).tolist() == pytest.approx(found.digital[0].sum(axis=(0, 1)).tolist())
    hours = (found.user_hours + found.travel_hours + found.handling_hours)[0].sum(axis=(0, 1))
    assert (frame["citizen_hours"] + frame["staff_hours"]).tolist() == pytest.approx(hours.tolist())
    assert frame["citizen_time_idr"].to_numpy() == pytest.approx(frame["citizen_hours"].to_numpy() * 5000, abs=1)
    assert frame["staff_time_idr"].to_numpy() == pytest.approx(frame["staff_hours"].to_numpy() * 48_000, abs=1)
    money = ["citizen_time_idr", "citizen_travel_idr", "staff_time_idr", "staff_travel_idr"]
    assert frame[money].sum(axis=1).to_numpy() == pytest.approx(made.worth.total_idr[0].sum(axis=(0, 1)), abs=2)


def test_islands_with_their_people_and_the_year_they_are_connected(plan):
    frame = island_frame(plan).set_index("island_group")
    assert frame["people"].to_dict() == {"Pulau Besar": 10_000, "Pulau Kecil": 1000}
    assert frame["villages"].to_dict() == frame["connected"].to_dict() == {"Pulau Besar": 2, "Pulau Kecil": 1}
    assert set(frame["half_year"]) == {2027}
    assert frame["transactions"].to_dict() == {"Pulau Besar": 1000, "Pulau Kecil": 100}
    found = serve(plan).found
    saved = (found.user_hours + found.travel_hours)[0, 0, :, 1]
    assert frame.loc["Pulau Kecil", "hours_per_thousand"] == pytest.approx(saved[1])
    assert frame.loc["Pulau Besar", "hours_per_thousand"] == pytest.approx(saved[0] / 10)


def test_an_island_that_is_not_half_connected_comes_last(tmp_path):
    """A target of two villages reaches those with electricity longest: the small island is left out."""
    frame = island_frame(build_plan(with_changes(tmp_path, "set:\n  initiatives.alat-desa.target: 2\n")))
    assert frame["island_group"].tolist() == ["Pulau Besar", "Pulau Kecil"]
    assert frame["connected"].tolist() == [2, 0] and pd.isna(frame["half_year"][1])
    assert frame["digital"][1] == 0
