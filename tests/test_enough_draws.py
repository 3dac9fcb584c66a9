"""Draws are added until the P80 is sure enough, and never made twice."""

from __future__ import annotations

import numpy as np
from test_confidence import HUNDRED, outlook
from tiny_pack import TINY

from egov_model.analysis.enough_draws import enough, simulate_enough
from egov_model.analysis.risk import simulate
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan


def test_enough_is_measured_against_the_p80():
    made = outlook(HUNDRED, [1] * 100)  # P80 80, error 4
    assert enough(made, 0.05)
    assert not enough(made, 0.049)


def test_draws_are_doubled_and_those_made_are_kept():
    tiny_plan = build_plan(load_scenario("baseline", TINY))
    few = simulate(tiny_plan, 50, 7)
    assert not enough(few, tiny_plan.inputs.settings.p80_error_share)
    made = simulate_enough(tiny_plan, 50, 7, most=1000)
    assert made.draws in (100, 200, 400, 800)
    assert (made.total_idr == simulate(tiny_plan, made.draws, 7).total_idr).all()
    assert np.array_equal(made.total_idr[:50], few.total_idr)
    assert enough(made, tiny_plan.inputs.settings.p80_error_share) or made.draws == 800
