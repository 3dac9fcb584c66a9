"""When sites are connected and who pays, on the tiny plan by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from tiny_pack import TINY, with_changes

from egov_model.analysis.reached import LOCATION_COLUMNS, site_links, sites_by_year, subscriptions, unpowered
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan

SHARE = (
    "add:\n  cost_lines:\n    - {id: leo, initiative: alat-desa, item: leo.opex_idr_year, driver: link_leo, timing: yearly, "
    'every_years: 0, phase: "", account: internet, low: 0.1, mode: 0.25, high: 1, unit: tahun, source: uji, evidence: assumption}\n'
)


@pytest.fixture(scope="module")
def frame():
    return site_links(build_plan(load_scenario("baseline", TINY))).set_index("id")


def test_every_site_stands_once_with_its_year(frame):
    """Offices run from the first day; the villages go live on 9 April 2027; nobody takes the health centres."""
    assert len(frame) == 2 + 2 + 3 and frame.index.is_unique
    assert {i: (frame.loc[i, "initiative"], frame.loc[i, "year"]) for i in ("kominfo", "99.01.02.2001")} == {
        "kominfo": ("internet", 2027),
        "99.01.02.2001": ("alat-desa", 2027),
    }
    assert frame.loc["pkm-990101-1", "initiative"] == "" and frame.loc["pkm-990101-1", "year"] is pd.NA
    assert set(LOCATION_COLUMNS) - {"id"} <= set(frame.columns)


def test_no_year_without_a_place_in_the_plan(tmp_path):
    frame = site_links(build_plan(with_changes(tmp_path, "set: {settings.ceiling_factor: 0.06}"))).set_index("id")
    assert frame.loc["99.01.02.2001", "initiative"] == "alat-desa" and frame.loc["99.01.02.2001", "year"] is pd.NA


def test_counts_by_year_technology_and_kind(frame):
    counts = sites_by_year(frame.reset_index())
    assert counts.loc[(2027, "terrestrial"), "village"] == 2 and counts.loc[(2027, "leo"), "village"] == 1
    assert counts.to_numpy().sum() == 7 and counts["puskesmas"].sum() == 2
    assert pd.isna(counts.index[-1][0])


def test_what_others_pay_is_the_rest_of_the_year(tmp_path):
    """15 million a year at the far village (10 x 1.5), a quarter paid: 39 of 53 weeks in 2027, all of 2028."""
    made = subscriptions(build_plan(with_changes(tmp_path, SHARE))).set_index(["initiative", "year"])
    assert made.loc[("alat-desa", 2027)].tolist() == [11_037_735, 2_759_433, 8_278_302]
    assert made.loc[("alat-desa", 2028)].tolist() == [15_000_000, 3_750_000, 11_250_000]


def test_nobody_pays_when_no_line_buys_links():
    assert subscriptions(build_plan(load_scenario("baseline", TINY))).empty


def test_connected_sites_without_electricity(tmp_path):
    """kec-seberang and village Tiga have 6 hours; a row that gives the village power takes it off the list."""
    assert unpowered(build_plan(load_scenario("baseline", TINY)))["id"].tolist() == ["kec-seberang", "99.01.02.2001"]
    power = "{initiative: alat-desa, site_kind: village, gives: power, order: 1, unit: lokasi, source: uji, evidence: assumption}"
    body = f"set: {{initiatives.alat-desa.target: 4}}\nadd: {{reach: [{power}]}}"
    made = unpowered(build_plan(with_changes(tmp_path, body)))
    assert made["id"].tolist() == ["kec-seberang"]
    assert made["power_capex_idr"].tolist() == [8_250_000]  # 1 + 0.9 + 3.6 million, times 1.5
