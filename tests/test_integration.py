"""Hub against point to point, by hand: interfaces of Rp10, connectors of half the work, 20 % upkeep, a hub of Rp40 and Rp6 a year."""

from __future__ import annotations

import math

import numpy as np
import numpy_financial as npf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from joined_pack import ADDED, joined
from tiny_pack import with_changes

from egov_model.model.integration import (
    UnitCosts,
    architectures,
    cost_curve,
    crossover_applications,
    crossover_pairs,
    hub_cost,
    hub_in_interfaces,
    point_to_point_cost,
    unit_costs,
    years_worth,
)
from egov_model.model.plan import build_plan

COSTS = UnitCosts(interface_idr=10, connector_effort=0.5, upkeep_share=0.2, hub_build_idr=40, hub_upkeep_idr_year=6)


def test_over_the_hub():
    made = hub_cost(4, COSTS, 5)
    assert made.build_idr == 40 + 4 * 5
    assert made.upkeep_idr_year == 6 + 0.2 * 20
    assert made.total_idr == 60 + 5 * 10


def test_point_to_point():
    made = point_to_point_cost(10, COSTS, 5)
    assert (made.build_idr, made.upkeep_idr_year, made.total_idr) == (100, 20, 200)


def test_crossover_in_interfaces():
    assert hub_in_interfaces(COSTS, 5) == pytest.approx((40 + 30) / (10 * 2))  # 3.5
    assert crossover_pairs(4, COSTS, 5) == pytest.approx(5.5)  # point to point: 55 to build and 11 a year, as the hub: 110
    assert point_to_point_cost(5.5, COSTS, 5).total_idr == pytest.approx(hub_cost(4, COSTS, 5).total_idr)


def test_crossover_in_applications():
    assert crossover_applications(COSTS, 5, interfaces_per_application=1.5) == pytest.approx(3.5)
    assert crossover_applications(COSTS, 5, interfaces_per_application=1) == pytest.approx(7)  # half an interface saved by each
    assert crossover_applications(COSTS, 5, interfaces_per_application=0.5) == math.inf  # a connector is as much work as it saves
    at = float(crossover_applications(COSTS, 5))
    assert at == pytest.approx(1 + math.sqrt(8))
    assert at * (at - 1) / 2 == pytest.approx(0.5 * at + 3.5)  # every pair once


@pytest.mark.parametrize(("rate", "years"), [(0.05, 5), (0.1, 1), (0.08, 20)])
def test_years_worth_is_an_annuity(rate, years):
    assert years_worth(years, rate) == pytest.approx(-npf.pv(rate, years, 1))


def test_without_interest_a_year_is_worth_a_year():
    assert years_worth(np.array([1, 5]), np.array([0, 0])).tolist() == [1, 5]


def test_discounting_counts_later_upkeep_less():
    assert hub_cost(4, COSTS, 2, 0.25).total_idr == pytest.approx(60 + 10 * (0.8 + 0.64))


def test_draws_and_single_numbers_agree():
    effort = np.array([0.25, 0.5, 1.0])
    many = UnitCosts(10, effort, 0.2, 40, 6)
    totals = hub_cost(np.array([4, 4, 2]), many, 5).total_idr
    assert totals.tolist() == [50 + 5 * 8, 110, 110]
    assert crossover_pairs(4, many, 5).tolist() == [4.5, 5.5, 7.5]


def test_a_hub_that_costs_nothing_and_interfaces_that_cost_nothing():
    assert hub_in_interfaces(UnitCosts(10, 1, 0.2, 0, 0), 5) == 0
    assert hub_in_interfaces(UnitCosts(0, 1, 0.2, 40, 0), 5) == math.inf


money = st.integers(0, 10**9)
hundredths = st.integers(0, 200).map(lambda n: n / 100)


@given(
    price=st.integers(1, 10**8), effort=hundredths, share=hundredths, build=money, upkeep=money,
    connectors=st.integers(0, 200), pairs=st.integers(0, 20_000), years=st.integers(1, 20), rate=st.sampled_from([0, 0.05]),
)  # fmt: skip
def test_the_hub_is_cheaper_beyond_the_crossover_and_only_there(price, effort, share, build, upkeep, connectors, pairs, years, rate):
    costs = UnitCosts(price, effort, share, build, upkeep)
    at = float(crossover_pairs(connectors, costs, years, rate))
    hub, direct = hub_cost(connectors, costs, years, rate).total_idr, point_to_point_cost(pairs, costs, years, rate).total_idr
    if pairs > at * (1 + 1e-9) + 1e-9:
        assert hub < direct
    if pairs < at * (1 - 1e-9) - 1e-9:
        assert hub > direct


def test_prices_come_from_the_pack(tmp_path):
    made = unit_costs(build_plan(joined(tmp_path)))
    assert made == UnitCosts(10_000_000, 0.5, 0.2, 111_000_000, 52_000_000)  # the hub pays 11 % VAT; nothing grows dearer


def test_what_is_bought_anew_every_other_year_costs_half_a_year(tmp_path):
    refreshed = ADDED.replace(
        'timing: yearly, every_years: 0, phase: "", account: internet, low: 1, mode: 1',
        'timing: refresh, every_years: 2, phase: "", account: internet, low: 1, mode: 1',
    )  # noqa: E501
    assert unit_costs(build_plan(with_changes(tmp_path, f"{refreshed}\n"))).hub_upkeep_idr_year == 26_000_000


@pytest.mark.parametrize("settings", ["", "settings.integration: point-to-point"])
def test_both_architectures_side_by_side_whatever_the_scenario_does(tmp_path, settings):
    frame = architectures(build_plan(joined(tmp_path, settings)))
    plan, whole = frame.loc["plan"], frame.loc["inventory"]
    assert (plan["connectors"], plan["pairs"], whole["connectors"], whole["pairs"]) == (3, 5, 4, 5)
    assert plan["hub_build_idr"] == 111_000_000 + 15_000_000
    assert plan["hub_upkeep_idr_year"] == 52_000_000 + 3_000_000
    assert plan["hub_total_idr"] == 126_000_000 + 2 * 55_000_000
    assert plan["point_to_point_build_idr"] == 50_000_000 and plan["point_to_point_upkeep_idr_year"] == 10_000_000
    assert plan["point_to_point_total_idr"] == 70_000_000
    hub = (111 + 2 * 52) / (10 * 1.4)
    assert whole[["crossover_low", "crossover", "crossover_high"]].tolist() == pytest.approx([1 + hub, 2 + hub, 4 + hub])
    assert frame["crossover_applications"].tolist() == pytest.approx([1 + math.sqrt(1 + 2 * hub)] * 2)


def test_the_curve_holds_the_hub_and_raises_the_rest(tmp_path):
    frame = cost_curve(build_plan(joined(tmp_path)), 80)
    assert frame["pairs"].tolist() == [0, 10, 20, 30, 40, 50, 60, 70, 80]
    assert set(frame["hub_idr"]) == {(111 + 20 + 2 * (52 + 4)) * 1e6}
    assert frame["point_to_point_idr"].tolist() == pytest.approx([14e6 * n for n in frame["pairs"]])


def test_crossovers_count_later_upkeep_less():
    """Two years at 25 % are worth 0.8 + 0.64 = 1.44: the hub 40 + 6 x 1.44 = 48.64, an interface 10 + 2 x 1.44 = 12.88."""
    empty = 48.64 / 12.88
    assert years_worth(5) == 5 and years_worth(2, 0.25) == pytest.approx(1.44)
    assert hub_in_interfaces(COSTS, 2, 0.25) == pytest.approx(empty)
    assert crossover_pairs(4, COSTS, 2, 0.25) == pytest.approx(2 + empty)
    assert crossover_applications(COSTS, 2, 0.25, interfaces_per_application=3) == pytest.approx(empty / 2.5)


def test_every_pair_once_with_dear_connectors():
    dear = UnitCosts(interface_idr=10, connector_effort=1.5, upkeep_share=0.2, hub_build_idr=40, hub_upkeep_idr_year=6)
    at = float(crossover_applications(dear, 5))
    assert at == pytest.approx(2 + math.sqrt(11)) and at * (at - 1) / 2 == pytest.approx(1.5 * at + 3.5)


def test_a_free_hub_and_a_hub_of_one_rupiah():
    assert hub_in_interfaces(UnitCosts(0, 0.5, 0.2, 0, 0), 5) == 0
    assert hub_in_interfaces(UnitCosts(10, 0.5, 0.2, 1, 0), 5) == pytest.approx(1 / 20)
    assert hub_in_interfaces(UnitCosts(0, 0.5, 0.2, 1, 0), 5) == math.inf
