"""Diffusion of Bass: its closed form, its integral against sums, and the levers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from egov_model.model.adoption import adopted_share, adopted_years, effective_ceiling, mean_adopted_share

INNOVATION, IMITATION = st.floats(0.001, 1), st.one_of(st.just(0.0), st.floats(0.001, 2))
SHARE = st.integers(0, 100).map(lambda n: n / 100)


def values(*numbers: float) -> list[np.ndarray]:
    return [np.array([n]) for n in numbers]


def test_share_by_hand():
    """p = 0.03, q = 0.38, five years: e^-2.05 = 0.128735; (1 - 0.128735) / (1 + 12.666667 x 0.128735) = 0.871265 / 2.630643 = 0.331198."""
    assert adopted_share(*values(5, 0.03, 0.38))[0] == pytest.approx(0.331198, abs=1e-6)


def test_peak_of_adoptions_is_where_bass_puts_it():
    """t* = ln(q/p) / (p+q), where the share is 1/2 - p/(2q): 5.4 years for email (p 0.0141, q 0.713)."""
    p, q = 0.0141, 0.713
    peak = math.log(q / p) / (p + q)
    assert peak == pytest.approx(5.4, abs=0.01)
    assert adopted_share(*values(peak, p, q))[0] == pytest.approx(0.5 - p / (2 * q), rel=1e-12)


def test_without_imitation_it_is_plain_decay():
    assert adopted_share(*values(2, 0.5, 0))[0] == pytest.approx(1 - math.exp(-1))
    assert adopted_years(*values(2, 0.5, 0))[0] == pytest.approx(2 - (1 - math.exp(-1)) / 0.5)


@pytest.mark.parametrize("years", [-3.0, 0.0])
def test_nothing_before_the_offer(years):
    assert adopted_share(*values(years, 0.03, 0.38))[0] == 0
    assert adopted_years(*values(years, 0.03, 0.38))[0] == 0


@given(st.floats(0.05, 12), INNOVATION, IMITATION)
def test_integral_is_the_sum_of_the_share(years, p, q):
    """Simpson's rule over 400 steps."""
    steps = np.linspace(0, years, 401)
    share = adopted_share(steps, np.array(p), np.array(q))
    area = years / 400 / 3 * (share[0] + share[-1] + 4 * share[1:-1:2].sum() + 2 * share[2:-1:2].sum())
    assert adopted_years(*values(years, p, q))[0] == pytest.approx(area, rel=1e-6, abs=1e-9)


@given(st.one_of(st.just(0.0), st.floats(0.001, 3000)), INNOVATION, IMITATION)
def test_share_stays_between_nothing_and_all_and_obeys_its_own_equation(years, p, q):
    """dF/dt = (p + qF)(1 - F)."""
    share = adopted_share(*values(years, p, q))[0]
    assert 0 <= share <= 1
    step = 1e-4
    slope = (adopted_share(*values(years + 2 * step, p, q))[0] - share) / (2 * step)
    middle = adopted_share(*values(years + step, p, q))[0]
    assert slope == pytest.approx((p + q * middle) * (1 - middle), abs=1e-6)


@given(st.floats(0, 6), st.floats(0, 6), INNOVATION, IMITATION)
def test_an_earlier_offer_is_never_taken_up_less(first, second, p, q):
    early, late = sorted((first, second))
    means = [mean_adopted_share(*values(at, 3, 4, p, q))[0] for at in (early, late)]
    assert means[0] >= means[1] - 1e-12


def test_never_offered_is_never_taken_up():
    assert mean_adopted_share(*values(math.inf, 0, 1, 0.5, 0.4))[0] == 0


def test_cohorts_of_a_growing_population_add_up():
    """Half the people are reached at the start and half after a year: in year two the share is the mean of a cohort's years 2 and 1."""
    offered, p, q = np.array([0.0, 1.0]), np.array(0.1), np.array(0.4)
    together = mean_adopted_share(offered, np.array(1.0), np.array(2.0), p, q).mean()
    whole = [adopted_years(*values(t, 0.1, 0.4))[0] for t in (0, 1, 2)]
    assert together == pytest.approx(((whole[2] - whole[1]) + (whole[1] - whole[0])) / 2)


def test_ceiling_by_hand():
    """40 % have the skill, 30 % of the other 60 % are helped: 58 %. A ceiling of 0.8 rests on skill by half: 0.8 x (1 - 0.5 x 0.42)."""
    assert effective_ceiling(*values(0.8, 0.5, 0.4, 0.3))[0] == pytest.approx(0.8 * 0.79)


@given(SHARE, SHARE, SHARE, SHARE, SHARE)
def test_more_skill_and_more_help_never_lower_the_ceiling(ceiling, skill, literacy, desk, more):
    low = effective_ceiling(*values(ceiling, skill, literacy, desk))[0]
    assert effective_ceiling(*values(ceiling, skill, max(literacy, more), desk))[0] >= low - 1e-12
    assert effective_ceiling(*values(ceiling, skill, literacy, max(desk, more)))[0] >= low - 1e-12
    assert 0 <= low <= ceiling
