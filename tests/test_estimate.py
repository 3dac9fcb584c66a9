"""The cost formula and what it keeps whatever the numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.drivers import count_drivers
from egov_model.model.estimate import amount_idr, estimate
from egov_model.model.factors import most_likely

money = st.integers(0, 10**9)
quantity = st.floats(0, 1000, allow_subnormal=False)


def test_amount_by_hand():
    assert amount_idr(3.5, 10_000_000, 1.0) == 35_000_000
    assert amount_idr(1, 100_000_000, 1.1**2 * 1.11) == 134_310_000  # 100 m x 1.21 x 1.11


@given(quantity, money, st.floats(0.5, 3))
def test_free_things_cost_nothing_and_twice_is_double(q, price, growth):
    assert amount_idr(q, 0, growth) == 0
    once, twice = (int(amount_idr(q * k, price, growth)) for k in (1, 2))
    assert abs(twice - 2 * once) <= 1


@given(st.lists(money, min_size=2, max_size=5))
def test_arrays_of_draws_agree_with_single_numbers(prices):
    together = amount_idr(2.5, np.array(prices), 1.12)
    assert together.tolist() == [int(amount_idr(2.5, p, 1.12)) for p in prices]


def test_draws_of_a_constant_are_that_constant():
    inputs = load_scenario("baseline", TINY)
    one = most_likely(inputs)
    many = replace(one, **{name: np.repeat(getattr(one, name), 4, axis=0) for name in one.__dataclass_fields__})
    drivers = count_drivers(inputs)
    alone, together = estimate(inputs, drivers, one), estimate(inputs, drivers, many)
    assert together.amount_idr.shape == (4, 4, 2)
    assert (together.amount_idr == alone.amount_idr).all()


def test_a_dearer_draw_is_dearer_only_in_its_own_lines():
    inputs = load_scenario("baseline", TINY)
    one = most_likely(inputs)
    dearer = replace(one, price_idr=one.price_idr * np.where(np.arange(one.price_idr.shape[1]) == 0, 2, 1))  # alat
    drivers = count_drivers(inputs)
    before, after = estimate(inputs, drivers, one), estimate(inputs, drivers, dearer)
    changed = (before.amount_idr != after.amount_idr).any(axis=(0, 2))
    assert [line for line, c in zip(before.lines, changed, strict=True) if c] == ["alat-desa-alat"]


def test_a_count_that_grows_is_priced_year_by_year_in_each_draw(tmp_path):
    """Town of 8,000 in 2020 and 10,000 in 2023, so 1.25^(1/3) a year; 1,000 across the sea at half as much again; a device of Rp10 million
    for each thousand, in the second draw three of them at twice the price."""
    line = (
        "{id: warga, initiative: alat-desa, item: alat, driver: population_thousands, timing: once, every_years: 0, phase: build, "
        "account: jaringan, low: 1, mode: 1, high: 1, unit: unit, source: uji, evidence: assumption}"
    )
    inputs = with_changes(tmp_path, f"set: {{districts.99.01.01.population_2020: 8000}}\nadd: {{cost_lines: [{line}]}}")
    one = most_likely(inputs)
    two = replace(one, **{name: np.repeat(getattr(one, name), 2, axis=0) for name in one.__dataclass_fields__})
    two.quantity[1] *= 3
    two.price_idr[1] *= 2
    made = estimate(inputs, count_drivers(inputs), two)
    at = made.lines.index("warga")
    town = [10 * 1.25 ** (4 / 3), 10 * 1.25 ** (5 / 3)]  # 2027 and 2028 are four and five years on
    expected = [[round(10_000_000 * (thousands + 1.5) * times) for thousands in town] for times in (1, 6)]
    assert made.amount_idr[:, at] == pytest.approx(np.array(expected), abs=1)
    assert made.units[:, at] == pytest.approx(np.array([[t + 1 for t in town], [3 * (t + 1) for t in town]]))
    still = made.lines.index("alat-desa-alat")
    assert made.amount_idr[:, still].tolist() == [[35_000_000] * 2, [210_000_000] * 2]
