"""Sums over draws against what is known of them: mean, variance and quantiles of independent and of fully dependent inputs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from plan_samples import edge
from risk_samples import still

from egov_model.analysis.confidence import quantiles, standard_errors
from egov_model.analysis.evaluate_draws import evaluator
from egov_model.analysis.risk import simulate

DRAWS = 20_000


@pytest.fixture(scope="module")
def plan():
    return edge("as it is")


def totals(plan, factor):
    """Totals of draws in which the money of the two initiatives that buy is multiplied by `factor` (draws, 2), with ample ceilings."""
    sample = still(plan, len(factor))
    cost = sample.cost.copy()
    cost[:, 1:3] = factor[:, :, None]
    made = evaluator(plan).evaluate(replace(sample, cost=cost, ceiling=sample.ceiling * 10))
    once = plan.network.line_every < 0
    paid = plan.schedule.paid_idr[0].sum(axis=1)
    parts = np.array([paid[once & (plan.network.line_group == g)].sum() for g in (1, 2)], dtype=float)
    return made.total_idr, parts, int(paid.sum())


def test_fully_dependent_inputs_add_their_quantiles(plan):
    u = (np.arange(DRAWS) + 0.5) / DRAWS
    made, parts, whole = totals(plan, np.column_stack([0.5 + u, 0.5 + u]))  # both uniform on 0.5 to 1.5
    spread = parts.sum()
    assert made.mean() == pytest.approx(whole, rel=1e-6)
    assert made.var() == pytest.approx(spread**2 / 12, rel=1e-6)
    for share, found in zip((0.1, 0.5, 0.8, 0.9), quantiles(made, (0.1, 0.5, 0.8, 0.9)), strict=True):
        assert found == pytest.approx(whole + (share - 0.5) * spread, rel=1e-4)


def test_independent_inputs_have_the_quantiles_of_a_trapezium(plan):
    """The sum of uniforms of widths w <= v lies below v - v/2 ... by sqrt(2 p w v) above its least value, for p up to w / 2v."""
    u = np.random.default_rng(3).random((DRAWS, 2))
    made, parts, whole = totals(plan, 0.5 + u)
    w, v = sorted(parts)
    assert w > 0
    least = whole - (w + v) / 2
    assert made.mean() == pytest.approx(whole, abs=4 * np.sqrt((w**2 + v**2) / 12 / DRAWS))
    assert made.var() == pytest.approx((w**2 + v**2) / 12, rel=0.04)

    def quantile(p):
        if p > 0.5:
            return 2 * whole - quantile(1 - p)
        return least + (np.sqrt(2 * p * w * v) if p <= w / (2 * v) else p * v + w / 2)

    shares = (0.1, 0.5, 0.8, 0.9)
    for share, found, error in zip(shares, quantiles(made, shares), standard_errors(made, shares), strict=True):
        assert abs(found - quantile(share)) <= 4 * error


def test_seeds_agree_within_four_printed_standard_errors(plan):
    one, other = (simulate(plan, 2000, seed).total_idr for seed in (11, 12))
    error = np.hypot(standard_errors(one), standard_errors(other))
    assert (np.abs(quantiles(one) - quantiles(other)) <= 4 * error).all() and (error > 0).all()
