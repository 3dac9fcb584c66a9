"""Swings of the tiny plan by hand."""

from __future__ import annotations

import pytest
from tiny_pack import TINY, with_changes

from egov_model.analysis.influence import rating, swings
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan
from egov_model.model.software import software_effort


@pytest.fixture(scope="module")
def frame():
    return swings(build_plan(load_scenario("baseline", TINY))).set_index("key")


@pytest.mark.parametrize(
    ("key", "low_idr", "high_idr"),
    [
        ("prices.alat.mode", -7_000_000, 17_500_000),  # 3.5 weighted units x (8 - 10) and (15 - 10) million
        ("cost_lines.alat-desa-alat.mode", 0, 35_000_000),  # one per village, P90 two
        ("places.setempat.jauh.mode", -4_000_000, 5_000_000),  # one remote village: 1.1 and 2 instead of 1.5 times 10 million
        ("prices.barang-ppn.mode", -11_100_000, 22_200_000),  # 90 and 120 instead of 100 million, plus VAT
        ("escalation.umum.mode", 0, 11_100_000),  # of 100 million seen in 2026, 10 % more in 2027, plus VAT
        ("escalation.langganan.mode", -5_200_000, 5_200_000),  # two subscriptions of 52 million, seen in 2027, in 2028
        ("vat.2022.mode", 0, 1_000_000),  # 12 instead of 11 % on 100 million
    ],
)
def test_swing_by_hand(frame, key, low_idr, high_idr):
    total = 340_264_150
    assert frame.loc[key, "low_idr"] == pytest.approx(total + low_idr, abs=2)
    assert frame.loc[key, "high_idr"] == pytest.approx(total + high_idr, abs=2)
    assert frame.loc[key, "swing_idr"] == pytest.approx(high_idr - low_idr, abs=3)


def test_every_three_point_input_of_cost_is_there_once(frame):
    assert len(frame) == 4 + 15 + 4 + 2 + 2 + 2 + 2 and frame.index.is_unique


def test_effort_moves_what_is_paid_by_person_month(tmp_path):
    """One vendor line of 1 person-month per person-month at 111 million: its swing is that of the effort, both ways."""
    line = (
        "add: {cost_lines: [{id: bangun, initiative: aplikasi, item: barang-ppn, driver: linked_vendor_person_months, timing: once, "
        "every_years: 0, phase: build, account: jaringan, low: 1, mode: 1, high: 1, unit: u, source: uji, evidence: assumption}]}"
    )
    change = "set: {applications.surat.treatment: build, phase_roles.beli.build.analis.build_share: 0, ceilings.2027.dau.high: 1e11, "
    plan = build_plan(
        with_changes(
            tmp_path, change + "ceilings.2027.dau.mode: 1e11, ceilings.2028.dau.high: 1e11, ceilings.2028.dau.mode: 1e11}\n" + line
        )
    )
    made, frame = software_effort(plan.inputs), swings(plan).set_index("key")
    months = made.effort
    assert plan.initiatives.set_index("initiative").loc["aplikasi", "status"] == "placed"
    expected = 111_000_000 * (months.high[0] - months.low[0])
    assert frame.loc["applications.surat.size_fp", "swing_idr"] == pytest.approx(expected, abs=2)
    assert frame.loc["applications.surat.size_fp", ["low", "mode", "high"]].tolist() == [50, 100, 150]
    by_all = 111_000_000 * months.mode[0] * (0.45 - 0.22) / 0.35
    assert frame.loc["effort_values.calibration.effort..mode", "swing_idr"] == pytest.approx(by_all, abs=2)


def test_widest_first(frame):
    assert frame["swing_idr"].is_monotonic_decreasing


def test_a_price_of_a_technology_moves_what_buys_it(tmp_path):
    """The far village's satellite: 20 million x 1.5, from 15 to 40 million."""
    line = "timing: once, every_years: 0, phase: build, account: jaringan, low: 1, mode: 1, high: 1, unit: u, source: uji, evidence: low"
    body = f"""set: {{technologies.leo.capex_idr.low: 15000000, technologies.leo.capex_idr.high: 40000000}}
add: {{cost_lines: [{{id: leo, initiative: alat-desa, item: leo.capex_idr, driver: link_leo, {line}}}]}}"""
    row = swings(build_plan(with_changes(tmp_path, body))).set_index("key").loc["technologies.leo.capex_idr.mode"]
    assert row["swing_idr"] == pytest.approx(25_000_000 * 1.5, abs=3) and row["mode"] == 20_000_000


def test_what_is_not_used_moves_nothing(tmp_path):
    made = swings(build_plan(with_changes(tmp_path, "drop: {initiatives: [aplikasi]}"))).set_index("key")
    assert made.loc["prices.barang-ppn.mode", "swing_idr"] == 0


@pytest.mark.parametrize(
    ("evidence", "share", "expected"),
    [
        ("assumption", 0.05, "red"),
        ("assumption", 0.001, "amber"),
        ("high", 0.05, "amber"),
        ("medium", 0.001, "green"),
        ("low", 0.01, "red"),
    ],
)
def test_rating(evidence, share, expected):
    assert rating(evidence, share) == expected
