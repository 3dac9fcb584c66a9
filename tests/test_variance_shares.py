"""Shares of variance of the tiny plan: against the moments of its distributions, and how two samples are mixed."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from tiny_pack import TINY, with_changes

from egov_model.analysis.distributions import fit
from egov_model.analysis.reference import draw_outside
from egov_model.analysis.risk import prepared_of
from egov_model.analysis.sample import sampler
from egov_model.analysis.variance_shares import OUTSIDE, RISKS, mixed_sample, variance_shares
from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan

STILL = (  # what neither price nor quantity is does not move, nor does the price of what comes in uncertain numbers
    "prices.alat.low: 10000000, prices.alat.high: 10000000, places.setempat.jauh.low: 1.5, places.setempat.jauh.high: 1.5, "
    "escalation.umum.high: 0, escalation.langganan.low: 0, escalation.langganan.high: 0, vat.2022.high: 0.11, "
    "phases.beli.build.low: 8, phases.beli.build.high: 8, phases.beli.prepare.low: 2, phases.beli.prepare.high: 2, "
    "procurement.langsung-barang.low: 3, procurement.langsung-barang.high: 3, settings.risk_view: inside, "
    "settings.risks_off: potong tender"
)


@pytest.fixture(scope="module")
def plan():
    return build_plan(load_scenario("baseline", TINY))


def test_cost_by_hand(tmp_path):
    """The cost is a sum of 1.11 times one price, 104 + 38.26415 over 52 times another, and 35 million times a quantity."""
    plan = build_plan(with_changes(tmp_path, f"set: {{{STILL}}}"))
    bought = np.array([1.11, (104_000_000 + 38_264_150 + 52_000_000) / 52_000_000])
    low, mode, high = (np.array(three, dtype=float) for three in ((90e6, 40e6), (100e6, 52e6), (120e6, 60e6)))
    name = plan.inputs.settings.distribution[0]
    assert plan.inputs.rows["correlations"]["prices.prices"].mode == 0.3
    spread = bought * np.sqrt(fit(name, low, mode, high).moments()[1])
    of_quantity = 35e6**2 * fit(name, np.array([1.0]), np.array([1.0]), np.array([2.0])).moments()[1][0]
    made = variance_shares(plan, 4000)
    cost = made.frame[made.frame["on"] == "cost"].set_index("group")
    together = float((spread**2).sum() + 2 * 0.3 * spread.prod())  # rank and plain correlation of these shapes are nearly the same
    expected = together / (together + of_quantity)
    for group, share in (("prices", expected), ("quantities", 1 - expected)):
        for column in ("first", "total"):
            assert abs(cost.loc[group, column] - share) <= 1.5 * cost.loc[group, f"{column}_half"] <= 0.08
    assert not cost.drop(["prices", "quantities"])["total"].any()
    assert made.spread["cost"] == pytest.approx(np.sqrt(together + of_quantity), rel=0.05)
    assert made.spread["finish"] == 0 and not made.frame.loc[made.frame["on"] == "finish", "total"].any()


def test_what_moves_the_end_and_the_index(plan):
    made = variance_shares(plan, 500)
    assert made.evaluations == 500 * (made.frame["group"].nunique() + 2)
    assert {RISKS, OUTSIDE} < set(made.frame["group"])
    finish = made.frame[made.frame["on"] == "finish"].set_index("group")
    moves = {"durations", "procurement", "prices", "growth", "quantities", "ceilings", RISKS, OUTSIDE}
    assert set(finish.index[finish["total"] > 0.01]) <= moves and finish["total"].is_monotonic_decreasing
    assert {RISKS, OUTSIDE} <= set(finish.index[finish["total"] > 0.01])  # a tender fails; comparable projects took longer


@pytest.mark.parametrize("workers", [1, 3])
def test_the_same_bytes_for_any_workers(plan, workers):
    one, other = variance_shares(plan, 600, seed=3), variance_shares(plan, 600, seed=3, workers=workers)
    assert one.frame.to_csv() == other.frame.to_csv() and one.spread == other.spread
    assert one.frame.to_csv() != variance_shares(plan, 600, seed=4).frame.to_csv()


def test_two_samples_mixed(plan):
    sampling = sampler(prepared_of(plan))
    first, second = sampling.sample(1, 40), sampling.sample(1, 40, 40)
    overruns = [draw_outside(sampling.outside, 1, 40, at)[0][0] for at in (0, 40)]

    def mix(*takes):
        return mixed_sample(sampling, first, second, set(takes), overruns)

    made = mix("durations", "effort")
    for field in fields(first.factors):
        source = second if field.name in ("phase_weeks", "productivity", "effort") else first
        assert np.array_equal(getattr(made.factors, field.name), getattr(source.factors, field.name)), field.name
    assert made.weeks is first.weeks and made.cost is first.cost and made.longer is first.longer
    assert np.array_equal(mix("prices", "links").factors.price_idr, second.factors.price_idr)
    part = mix("prices").factors.price_idr
    assert np.array_equal(part[:, :4], second.factors.price_idr[:, :4]) and np.array_equal(part[:, 4:], first.factors.price_idr[:, 4:])

    events, outside = mix(RISKS), mix(OUTSIDE)
    assert events.weeks is first.weeks and events.longer is second.longer and events.ceiling is second.ceiling
    assert outside.weeks is second.weeks and outside.longer is first.longer
    at, (one, two) = sampling.outside.groups, overruns
    assert len(at) == 2 and (one != two).any(axis=0).all()
    assert np.allclose(events.cost[:, at] / one[:, :, None], second.cost[:, at] / two[:, :, None])  # of the risks alone
    assert np.allclose(outside.cost[:, at] / two[:, :, None], first.cost[:, at] / one[:, :, None])
    assert mix(RISKS, OUTSIDE).cost is second.cost and mix(RISKS, OUTSIDE).weeks is second.weeks


@pytest.mark.parametrize("base", [0, -1, 99, 100_001])
def test_numbers_of_samples_that_cannot_be(plan, base):
    with pytest.raises(InputError, match=f"base samples: found {base}; allowed: 100 to 100,000"):
        variance_shares(plan, base)
