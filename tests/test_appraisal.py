"""Costs and benefits of the tiny plan against what runs anyway, by hand; and what must hold for any plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy_financial as npf
import pytest
from tiny_pack import TINY, with_changes

from egov_model.analysis.appraisal import Appraisal, appraise, comparable, finite, hangs_on, horizons, per_village_idr, service_headline
from egov_model.analysis.reached import subscriptions
from egov_model.analysis.served import serve
from egov_model.inputs.scenario import load_scenario
from egov_model.model.benefits import likely_service_factors
from egov_model.model.plan import build_plan

RUNNING = {"settings.scope": "running"}


@pytest.fixture(scope="module")
def plan():
    return build_plan(load_scenario("baseline", TINY))


@pytest.fixture(scope="module")
def without():
    return build_plan(load_scenario("baseline", TINY, RUNNING))


@pytest.fixture(scope="module")
def made(plan, without):
    return appraise(plan, without)


def test_costs_by_hand(made):
    """2027: 236,264,150 less the 52,000,000 that run anyway; 2028: 104 less 52 million. Own pay 20.84 and 12.6 million. Inflation 5 %."""
    assert made.years == (2027, 2028) and made.base_year == 2027
    assert made.plan_idr.tolist() == pytest.approx([184_264_150, 52_000_000 / 1.05])
    assert made.staff_idr.tolist() == pytest.approx([20_840_000, 12_600_000 / 1.05])
    assert made.others_idr.tolist() == [0, 0]


def test_what_runs_anyway_is_no_benefit_of_the_plan(made, plan):
    """Office letters are digital in both; only those of citizens count."""
    valued = serve(plan).worth
    assert made.citizen_time_idr[0] == pytest.approx(valued.citizen_time_idr[0, 0].sum(axis=0))
    assert made.staff_time_idr[0] == pytest.approx(valued.staff_time_idr[0, 0].sum(axis=0))
    assert made.staff_travel_idr[0].tolist() == [0, 0]


def test_parts_add_up_and_agree_with_numpy_financial(made):
    whole, less = made.benefits_idr(), made.benefits_idr(citizens_time=False)
    assert whole - less == pytest.approx(made.citizen_time_idr)
    assert made.npv_idr()[0] == pytest.approx(npf.npv(0.1, whole[0] - made.costs_idr))
    assert made.ratio()[0] == pytest.approx(npf.npv(0.1, whole[0]) / npf.npv(0.1, made.costs_idr))
    assert made.ratio(citizens_time=False)[0] < made.ratio()[0]


def test_after_the_plan_running_costs_and_benefits_go_on(plan, without, made):
    """A year of both subscriptions less the one that runs anyway, and of the desk: 52 and 12.6 million of 2028, as dear each year."""
    longer = appraise(plan, without, 3)
    assert longer.years == (2027, 2028, 2029, 2030, 2031) and longer.years_after == 3
    assert longer.costs_idr[:2].tolist() == pytest.approx(made.costs_idr.tolist())
    assert longer.costs_idr[2:].tolist() == pytest.approx([64_600_000 / 1.05] * 3)
    assert (np.diff(longer.benefits_idr()[0]) > 0).all()
    assert [h.years_after for h in horizons(plan, without)] == [0, 5, 10]


def test_a_renewal_costs_its_yearly_part_after_the_plan(tmp_path, without):
    body = (
        "add:\n  cost_lines:\n    - {id: ganti, initiative: alat-desa, item: alat, driver: villages, timing: refresh, every_years: 4, "
        'phase: "", account: jaringan, low: 1, mode: 1, high: 2, unit: unit, source: uji, evidence: assumption}\n'
    )
    inputs = with_changes(tmp_path, body)
    plan = build_plan(inputs)
    line = plan.estimate.lines.index("ganti")
    more = appraise(plan, without, 1).plan_idr[-1] - appraise(build_plan(load_scenario("baseline", TINY)), without, 1).plan_idr[-1]
    assert more == pytest.approx(int(plan.estimate.amount_idr[0, line, -1]) / 4 / 1.05)


def test_subscriptions_that_other_budgets_pay_are_a_cost_too(tmp_path, without):
    body = (
        "add:\n  cost_lines:\n    - {id: leo, initiative: alat-desa, item: leo.opex_idr_year, driver: link_leo, timing: yearly, "
        'every_years: 0, phase: "", account: internet, low: 0.1, mode: 0.25, high: 1, unit: tahun, source: uji, evidence: assumption}\n'
    )
    plan = build_plan(with_changes(tmp_path, body))
    others = subscriptions(plan).set_index("year")["others_idr"]
    assert (others > 0).all()
    assert appraise(plan, without).others_idr.tolist() == pytest.approx([others[2027], others[2028] / 1.05])


def test_a_plan_against_itself_is_worth_nothing(without):
    made = appraise(without, without)
    assert not made.costs_idr.any() and not made.benefits_idr().any()
    assert np.isnan(made.ratio()[0]) and made.npv_idr()[0] == 0 and finite(float("nan")) is None and finite(0.123456) == 0.1235


def test_payback_is_a_year_of_the_plan(made):
    """Costs 10 then 0, benefits 4 then 7 of which 3 are citizens' time in the second: paid back in 2028 with it, not without."""
    flat = np.zeros(2)
    example = Appraisal(
        (2027, 2028), 0, 2027, 0.1, np.array([10.0, 0.0]), flat, flat,
        np.array([[0.0, 3.0]]), np.array([[4.0, 4.0]]), np.zeros((1, 2)), np.zeros((1, 2)),
    )  # fmt: skip
    assert example.payback() == 2028 and example.payback(citizens_time=False) is None
    assert made.payback() is None


def test_without_adoption_there_are_costs_and_no_benefits(plan, without):
    rows = plan.inputs.rows["adoption"]
    none = replace(
        likely_service_factors(plan.inputs),
        adoption=np.array([[0.0 if key.endswith("ceiling_share") else row.mode for key, row in rows.items()]]),
    )
    assert not appraise(plan, without, 5, none).benefits_idr().any()


def test_what_the_benefits_hang_on(plan, without):
    """Rates between 50 and 200 letters halve and double the benefit; every key is one that `explain` knows."""
    frame = hangs_on(plan, without).set_index("key")
    ratio = appraise(plan, without).ratio()[0]
    assert frame.loc["services.surat-warga.mode", ["low_ratio", "high_ratio"]].tolist() == pytest.approx([ratio / 2, ratio * 2])
    assert (frame.loc["services.naskah.mode", ["low", "high", "swing"]] == [50, 200, 0]).all()  # runs anyway
    assert frame["swing"].is_monotonic_decreasing
    assert {"settings.digital_literacy_share", "benefit_values.population.factor.mode", "adoption.warga.innovation.mode"} <= set(
        frame.index
    )


def test_other_plan_may_have_fewer_services(plan, tmp_path):
    fewer = build_plan(with_changes(tmp_path, "drop:\n  initiatives: [aplikasi]\n"))
    assert appraise(plan, fewer).citizen_time_idr.sum() > 0
    assert len(hangs_on(plan, fewer)) > 10


def test_what_only_happens_without_the_plan_is_a_loss(without, tmp_path):
    """A plan that drops the office letters loses what runs anyway."""
    fewer = build_plan(with_changes(tmp_path, "drop:\n  services: [naskah]\n"))
    made = appraise(fewer, without, factors=replace(likely := likely_service_factors(fewer.inputs), rate=likely.rate * 2))
    lost = serve(without).worth
    assert made.staff_travel_idr[0] == pytest.approx(-lost.staff_travel_idr[0].sum(axis=(0, 1)))


def test_other_years_are_not_compared(plan, without, tmp_path):
    shorter = build_plan(with_changes(tmp_path, "set: {settings.last_year: 2027}"))
    assert comparable(plan, without) and not comparable(shorter, without) and not comparable(plan, None)
    assert "npv_idr" not in service_headline(shorter, without) and "npv_idr" in service_headline(plan, without)


def test_cost_per_village_connected(plan, without):
    """Three villages; what is paid for alat-desa is 125,264,150."""
    assert per_village_idr(plan) == (3, 41_754_716)
    assert per_village_idr(without) == (0, 0)
