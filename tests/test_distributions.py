"""Three points as distributions: their quantiles, the mode, mean and variance against formulas worked apart from the code."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from egov_model.analysis.distributions import STANDARD, fit

# P10, mode, P90: to the right, to the left, symmetric, mode at an end, nearly symmetric
SHAPES = [(2.0, 3.0, 7.0), (10.0, 30.0, 35.0), (-1.0, 0.0, 1.0), (5.0, 5.0, 9.0), (5.0, 9.0, 9.0), (1.0, 2.0, 3.0001)]


def columns(rows):
    return (np.array(column) for column in zip(*rows, strict=True))


@pytest.mark.parametrize("name", STANDARD)
def test_stated_quantiles_hold(name):
    low, mode, high = columns(SHAPES)
    made = fit(name, low, mode, high).quantile(np.array([0.1, 0.9]))
    assert made == pytest.approx(np.column_stack([low, high]), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", STANDARD)
@pytest.mark.parametrize("points", SHAPES[:3])
def test_density_is_highest_at_the_mode(name, points):
    u = np.linspace(0.001, 0.999, 20_001)
    x = fit(name, *columns([points])).quantile(u)[0]
    densest = np.argmin(np.diff(x))  # equal steps of probability: the shortest step lies where the density is highest
    assert x[densest] == pytest.approx(points[1], abs=0.02 * (points[2] - points[0]))


@pytest.mark.parametrize("name", STANDARD)
def test_quantiles_rise(name):
    made = fit(name, *columns(SHAPES)).quantile(np.linspace(1e-6, 1 - 1e-6, 501))
    assert (np.diff(made, axis=1) > 0).all()


@pytest.mark.parametrize("name", STANDARD)
def test_moments_are_those_of_the_quantile_function(name):
    fitted = fit(name, *columns(SHAPES))
    mean, variance = fitted.moments()
    for n in range(len(SHAPES)):
        first = quad(lambda u, n=n: fitted.quantile(np.array([u]))[n, 0], 0, 1, limit=200)[0]
        second = quad(lambda u, n=n, first=first: (fitted.quantile(np.array([u]))[n, 0] - first) ** 2, 0, 1, limit=200)[0]
        assert mean[n] == pytest.approx(first, rel=1e-5, abs=1e-5)
        assert variance[n] == pytest.approx(second, rel=1e-4)


def test_a_triangle_comes_back_from_its_own_points():
    """Triangular from 2 to 12 with mode 4: P10 = 2 + sqrt(0.1 * 10 * 2), P90 = 12 - sqrt(0.1 * 10 * 8); mean 6, variance 28/6."""
    made = fit("double-triangular", *columns([(2 + np.sqrt(2), 4.0, 12 - np.sqrt(8))]))
    assert made.quantile(np.array([0.2, 0.55]))[0] == pytest.approx([4.0, 12 - np.sqrt(0.45 * 80)])
    assert [float(m[0]) for m in made.moments()] == pytest.approx([6.0, (4 + 144 + 16 - 24 - 8 - 48) / 18])


def test_a_beta_comes_back_from_its_own_points():
    """PERT from 0 to 10 with mode 2 is 10 times beta(1.8, 4.2)."""
    beta = stats.beta(1.8, 4.2, scale=10)
    made = fit("pert", *columns([(beta.ppf(0.1), 2.0, beta.ppf(0.9))]))
    assert made.quantile(np.array([0.25, 0.5, 0.99]))[0] == pytest.approx(beta.ppf([0.25, 0.5, 0.99]))
    assert [float(m[0]) for m in made.moments()] == pytest.approx([beta.mean(), beta.var()])


@pytest.mark.parametrize("sign", [1, -1])
def test_a_lognormal_comes_back_from_its_own_points(sign):
    """exp(1 + 0.4 Z) moved by 3 has its mode at 3 + exp(1 - 0.16); mirrored, everything lies on the other side."""
    known = stats.lognorm(0.4, loc=3, scale=np.e)
    low, mode, high = (sign * x for x in (known.ppf(0.1), 3 + np.exp(0.84), known.ppf(0.9))[::sign])
    made = fit("lognormal", *columns([(low, mode, high)]))
    assert made.quantile(np.array([0.05, 0.5, 0.95]))[0] == pytest.approx((sign * known.ppf([0.05, 0.5, 0.95]))[::sign])
    assert [float(m[0]) for m in made.moments()] == pytest.approx([sign * known.mean(), known.var()])


@pytest.mark.parametrize("name", STANDARD)
def test_three_equal_points_are_that_constant(name):
    made = fit(name, *columns([(4.0, 4.0, 4.0), (0.0, 0.0, 0.0)])).quantile(np.array([0.001, 0.5, 0.999]))
    assert made.tolist() == [[4.0] * 3, [0.0] * 3]


@pytest.mark.parametrize("name", STANDARD)
def test_what_cannot_be_negative_is_cut_off_at_zero(name):
    fitted = fit(name, *columns([(0.1, 5.0, 5.5)]), floor=0.0)
    made = fitted.quantile(np.array([1e-4, 0.1, 0.9]))[0]
    assert made == pytest.approx([0.0, 0.1, 5.5])


@given(
    st.floats(-1e6, 1e6), st.floats(0, 1), st.floats(1e-3, 1e6), st.sampled_from(sorted(STANDARD)),
)  # fmt: skip
def test_any_three_points_in_order_have_a_distribution(low, share, width, name):
    high = low + width
    mode = min(max(low + share * width, low), high)
    made = fit(name, *columns([(low, mode, high)])).quantile(np.array([0.1, 0.3, 0.9]))[0]
    assert made[0] == pytest.approx(low, abs=1e-5 * width + 1e-9 * abs(low))
    assert made[2] == pytest.approx(high, abs=1e-5 * width + 1e-9 * abs(high))
    assert made[0] <= made[1] <= made[2]
