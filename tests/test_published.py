"""The plan's unit figures beside published ones: every measure by hand in the tiny plan."""

from __future__ import annotations

import math

import pytest
from plan_samples import project
from tiny_pack import TINY, with_changes

from egov_model.analysis.published import FIGURES, compared, verdict
from egov_model.inputs.errors import InputError
from egov_model.inputs.published import MEASURES
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan

ROW = (
    "{{id: baru, title_id: Baru, title_en: New, price_year: {year}, low: 1, mode: 2, high: 3, unit: u, source: uji, evidence: low, {what}}}"
)


def figure(tmp_path, what: str, year: int = 0, more: str = "") -> float:
    """What the tiny plan makes of one more published row."""
    body = f"add:\n  published:\n    - {ROW.format(year=year, what=what)}\n{more}"
    frame = compared(build_plan(with_changes(tmp_path, body))).set_index("key")
    return float(frame.loc["baru", "ours"])


def test_the_tiny_rows():
    frame = compared(build_plan(load_scenario("baseline", TINY))).set_index("key")
    # three pieces of equipment, two at 10 million and one at 1.5 times that
    assert frame.loc["alat-terbit", "ours"] == pytest.approx(35_000_000 / 3)
    assert frame.loc["alat-terbit", "verdict"] == "above"
    # 25 users, a desk that takes 0.2 analysts and classes that take 0.01
    assert frame.loc["pengguna-terbit", "ours"] == pytest.approx(25 / 0.21)
    assert frame.loc["pengguna-terbit", "verdict"] == "within"


@pytest.mark.parametrize(
    ("what", "year", "expected"),
    [
        ("measure: initiative_build, initiatives: [alat-desa]", 2027, 35_000_000),
        ("measure: initiative_build, initiatives: [alat-desa, aplikasi]", 2027, (35_000_000 + 111_000_000) / 2),
        ("measure: yearly_per_target, items: [langganan], initiatives: [internet]", 2028, 52_000_000 / 2),  # two offices
        ("measure: software_per_application, items: [barang-ppn]", 2028, 111_000_000),  # one application is linked
        ("measure: units_per_person, items: [alat], roles: [analis]", 0, 3 / 0.21),
        ("measure: training_hours, items: [alat]", 0, 3 / 2 * 8 / 25),  # three units in two years, eight hours each, 25 users
    ],
)
def test_measures_by_hand(tmp_path, what, year, expected):
    assert figure(tmp_path, what, year) == pytest.approx(expected)


def test_money_goes_back_to_the_published_year(tmp_path):
    what = "measure: unit_price, items: [alat]"
    grown = figure(tmp_path, what, 2025, "set: {escalation.umum.mode: 0.05, escalation.umum.high: 0.1}\n")
    assert grown == pytest.approx(35_000_000 / 3 / 1.05**2)  # priced and paid in 2027


def test_the_effort_model_gives_hours_per_function_point(tmp_path):
    assert 0 < figure(tmp_path, "measure: hours_per_function_point") < 1000


def test_a_share_of_spending_needs_the_figure(tmp_path):
    assert math.isnan(figure(tmp_path, "measure: spending_share"))


def test_what_a_scenario_drops_is_absent(tmp_path):
    frame = compared(build_plan(with_changes(tmp_path, "drop: {prices: [alat]}"))).set_index("key")
    assert frame.loc["alat-terbit", "verdict"] == "absent" and math.isnan(frame.loc["alat-terbit", "ours"])


@pytest.mark.parametrize(
    ("ours", "expected"),
    [(None, "absent"), (9.9, "below"), (9.96, "within"), (10, "within"), (20, "within"), (20.09, "within"), (20.2, "above")],
)
def test_verdicts(ours, expected):
    assert verdict(ours, 10, 20) == expected


def test_every_measure_has_its_figure():
    assert set(FIGURES) == set(MEASURES)


@pytest.mark.parametrize(
    ("what", "year", "message"),
    [
        ("measure: unit_price", 2027, "measure unit_price: items must be named"),
        ("measure: unit_price, items: [alat]", 0, "measure unit_price is money: it needs a price_year"),
        ("measure: users_per_person", 2027, "measure users_per_person is not money: price_year is 0"),
        ("measure: yearly_per_target", 2027, "measure yearly_per_target: items and initiatives must be named"),
    ],
)
def test_a_row_that_does_not_fit_is_refused(tmp_path, what, year, message):
    with pytest.raises(InputError, match=message):
        figure(tmp_path, what, year)


def test_the_project_holds_at_least_twelve_figures_against_the_plan():
    frame = compared(project())
    assert (frame["verdict"] != "absent").sum() >= 12
    assert {"within", "below", "above"} <= set(frame["verdict"])


def test_a_remark_is_there_in_both_languages_or_in_none():
    rows = project().inputs.rows["published"]
    assert [key for key, row in rows.items() if bool(row.remark_id) != bool(row.remark_en)] == []
