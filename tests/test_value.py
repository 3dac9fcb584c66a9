"""Present value, ratio and payback, against numpy-financial and by hand."""

from __future__ import annotations

import numpy as np
import numpy_financial as npf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from egov_model.model.value import benefit_cost_ratio, payback_year, present_value_idr, real_idr

FLOWS = st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=12)


@given(FLOWS, st.floats(0, 0.3))
def test_present_value_is_that_of_numpy_financial(flows, rate):
    assert present_value_idr(np.array(flows), rate) == pytest.approx(npf.npv(rate, flows), rel=1e-9, abs=1e-3)


def test_present_value_by_hand_and_by_draw():
    """-100 now, 60.5 in two years at 10 % is 50; each draw has its own rate."""
    flows = np.array([[-100.0, 0.0, 60.5], [-100.0, 0.0, 60.5]])
    assert present_value_idr(flows, np.array([0.1, 0.0])).tolist() == pytest.approx([-50.0, -39.5])


def test_ratio_by_hand():
    """Benefits 0 and 110 (worth 100 at 10 %) against costs 80 and 0: 1.25; nothing spent has no ratio."""
    assert benefit_cost_ratio(np.array([0, 110]), np.array([80, 0]), 0.1) == pytest.approx(1.25)
    assert np.isnan(benefit_cost_ratio(np.array([1, 1]), np.array([0, 0]), 0.1))


def test_ratio_of_many_draws_against_one():
    """Benefits worth 100 and 50 against costs of 80, and of 100 against costs of 80 and of a single rupiah."""
    assert benefit_cost_ratio(np.array([[0, 110], [0, 55]]), np.array([80, 0]), 0.1) == pytest.approx([1.25, 0.625])
    assert benefit_cost_ratio(np.array([0, 110]), np.array([[80, 0], [1, 0]]), 0.1) == pytest.approx([1.25, 100])


@pytest.mark.parametrize(
    ("net", "year"),
    [([-10, 4, 6, 1], 2), ([-10, 4, 5], -1), ([-10, 15, -8, 4], 3), ([5, -3, 0], 0), ([0, 0], 0), ([-1], -1)],
)
def test_payback(net, year):
    """The year from which the running sum stays at 0 or above: one that dips again has not paid back before."""
    assert payback_year(np.array(net)) == year


def test_payback_of_many_draws():
    assert payback_year(np.array([[-10, 4, 6], [-10, 4, 5], [1, 1, 1]])).tolist() == [2, -1, 0]


def test_real_prices_by_hand():
    """121 paid in 2028 at 10 % inflation is 100 of 2026; 100 of 2025 is 110 of 2026."""
    assert real_idr(np.array([100.0, 121.0]), np.array([2025, 2028]), 0.1, 2026).tolist() == pytest.approx([110.0, 100.0])


@given(FLOWS, st.floats(0, 0.3))
def test_value_of_benefits_less_costs_is_the_value_of_the_difference(flows, rate):
    benefits, costs = np.array(flows), np.array(flows[::-1])
    both = present_value_idr(benefits, rate) - present_value_idr(costs, rate)
    assert present_value_idr(benefits - costs, rate) == pytest.approx(both, rel=1e-9, abs=1e-2)
