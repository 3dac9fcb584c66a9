"""Limits of law and APBD sums on the tiny plan, by hand."""

from __future__ import annotations

import pytest
from plan_samples import EDGES, edge, plan_of
from tiny_pack import TINY, with_changes

from egov_model.analysis import apbd, limits
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan

FIGURES = """
add:
  figures:
    - {id: apbd-2026-belanja, title_id: Belanja, year: 2026, amount: 1000000000, unit: rupiah, source: uji, evidence: assumption}
    - {id: apbd-2026-belanja-pegawai, title_id: Pegawai, year: 2026, amount: %s, unit: rupiah, source: uji, evidence: assumption}
"""


def test_packages_by_hand():
    frame = limits.package_frame(build_plan(load_scenario("baseline", TINY))).set_index("initiative")
    assert frame["value_idr"].to_dict() == {"alat-desa": 35_000_000, "aplikasi": 111_000_000}
    assert frame["method"].tolist() == ["langsung-barang"] * 2 and frame["direct"].all() and not frame["near"].any()
    assert frame.loc["aplikasi", "room_share"] == pytest.approx(1 - 111 / 200)


@pytest.mark.parametrize(
    ("price", "method", "near"),
    [
        (162_000_000, "langsung-barang", False),  # 179.82 million with VAT
        (163_000_000, "langsung-barang", True),  # 180.93 of 200 million
        (181_000_000, "tender-barang", False),  # 200.91 million
    ],
)
def test_a_package_just_below_the_limit_is_flagged(price, method, near, tmp_path):
    body = f"set: {{prices.barang-ppn.low: {price}, prices.barang-ppn.mode: {price}, prices.barang-ppn.high: {price}}}"
    frame = limits.package_frame(build_plan(with_changes(tmp_path, body))).set_index("initiative")
    assert (frame.loc["aplikasi", "method"], bool(frame.loc["aplikasi", "near"])) == (method, near)


def test_two_direct_purchases_of_one_agency_that_exceed_the_limit_together(tmp_path):
    alike = "initiatives.aplikasi.owner: kominfo, initiatives.aplikasi.after: []"
    dear = "prices.alat.low: 40000000, prices.alat.mode: 40000000, prices.alat.high: 40000000"
    plan = build_plan(with_changes(tmp_path, f"set: {{{alike}, {dear}}}"))
    found = limits.possible_splitting(plan)  # 140 and 111 million of goods on one account in one year, limit 200 million
    assert found[["agency", "account", "year", "sum_idr", "limit_idr"]].to_numpy().tolist() == [
        ["kominfo", "jaringan", 2027, 251_000_000, 200_000_000]
    ]
    assert limits.possible_splitting(build_plan(load_scenario("baseline", TINY))).empty


@pytest.mark.parametrize(("staff", "compliant"), [("299000000", False), ("200000000", True)])
def test_personnel_share_with_hires(staff, compliant, tmp_path):
    plan = build_plan(with_changes(tmp_path, FIGURES % staff))
    frame = limits.personnel(plan)
    hires = apbd.hires_by_year(plan)
    assert hires["pay_idr"].tolist() == [0, 60_000_000]  # one analyst from January 2028 on, 5 million a month
    assert frame["personnel_idr"].tolist() == [int(staff) + pay for pay in hires["pay_idr"]]
    assert bool(frame["compliant"].iloc[-1]) is compliant
    assert (frame["over_idr"] == (frame["personnel_idr"] - 300_000_000).clip(lower=0)).all()


def test_personnel_is_empty_without_figures():
    assert limits.personnel(build_plan(load_scenario("baseline", TINY))).empty


@pytest.mark.parametrize("name", [*EDGES, "baseline", "lean"])
def test_sums_agree_however_they_are_taken(name):
    plan = plan_of(name)
    kinds, burden, rka = apbd.spending_kinds(plan), apbd.burden(plan), apbd.reconciliation(plan)
    spent = plan.ceilings.groupby("year")["used_idr"].sum().tolist()
    assert kinds[list(plan.timeline.years)].sum().tolist() == spent == rka["exact_idr"].tolist()
    assert (burden["new_idr"] + burden["running_idr"]).tolist() == spent
    assert (burden["full_idr"] - burden["additional_idr"] == burden["running_idr"] + burden["employed_idr"]).all()
    assert (burden >= 0).all(axis=None)
    assert rka["rka_idr"].tolist() == [(value + 500) // 1000 * 1000 for value in spent]
    assert apbd.rka_table(plan)[list(plan.timeline.years)].sum().tolist() == rka["rka_idr"].tolist()


def test_the_year_now_being_budgeted_follows_the_issue(tmp_path):
    assert apbd.chosen_year(edge("as it is")) == 2027
    assert apbd.chosen_year(build_plan(with_changes(tmp_path, "set: {settings.issued_on: 2027-05-01}"))) == 2028
