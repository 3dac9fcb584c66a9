"""What given dates cost at other prices."""

from __future__ import annotations

import numpy as np
import pytest
from plan_samples import project
from tiny_pack import TINY

from egov_model.inputs.scenario import load_scenario
from egov_model.model.paid_at import paid_at
from egov_model.model.plan import build_plan


@pytest.mark.parametrize("made", [lambda: build_plan(load_scenario("baseline", TINY)), project])
def test_at_its_own_prices_a_plan_pays_what_it_pays(made):
    plan = made()
    twice = np.repeat(plan.estimate.amount_idr, 2, axis=0)
    assert np.array_equal(paid_at(plan.network, plan.schedule, twice), np.repeat(plan.schedule.paid_idr, 2, axis=0))


def test_a_dearer_subscription_by_hand():
    """60 instead of 52 million a year: all of 2027 and 2028 for the office, from week 14 of 53 on for the villages."""
    plan = build_plan(load_scenario("baseline", TINY))
    amounts = plan.estimate.amount_idr.copy()
    amounts[amounts == 52_000_000] = 60_000_000
    made = paid_at(plan.network, plan.schedule, amounts)[0]
    assert made.tolist() == [[60_000_000, 60_000_000], [35_000_000, 0], [60_000_000 * 39 // 53, 60_000_000], [111_000_000, 0]]
