"""What an order gains, held against plans made both ways."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from plan_samples import edge, project
from test_schedule import hand

from egov_model.analysis.order_gain import order_gain
from egov_model.model.factors import most_likely
from egov_model.model.plan import build_plan
from egov_model.model.schedule import place


def by_priority(plan):
    return build_plan(replace(plan.inputs, settings=plan.inputs.settings.model_copy(update={"scheduling": "priority"})))


def test_it_counts_what_the_plan_by_priority_shows():
    plan = project("lean")
    other, gain = by_priority(plan), order_gain(plan)
    for made, placed, out in ((plan, gain.placed, gain.mandatory_out), (other, gain.placed_by_priority, gain.mandatory_out_by_priority)):
        frame = made.initiatives
        assert placed == (frame["status"] == "placed").sum()
        assert out == (frame["mandatory"] & (frame["status"] != "placed")).sum()
    one, two = plan.schedule.live[0], other.schedule.live[0]
    both = (one >= 0) & (two >= 0)
    assert gain.weeks_sooner == np.mean([b - a for a, b in zip(one[both].tolist(), two[both].tolist(), strict=True)])


def test_by_hand_a_short_one_first():
    """One person: 9 weeks ranked before 1 week. By priority live in weeks 9 and 10, turned round in 1 and 10: 4 weeks sooner on average."""
    network, duration, amount = hand([(9, None, (1000,))], [(1, None, (1000,))])
    order = np.array([1, 0])
    base = edge("as it is")
    rows = {**base.inputs.rows, "initiatives": {f"g{n}": row for n, row in enumerate(list(base.inputs.rows["initiatives"].values())[:2])}}
    plan = replace(
        base,
        inputs=replace(base.inputs, rows=rows),
        network=network,
        estimate=replace(base.estimate, amount_idr=amount),
        schedule=place(network, order, duration, amount),
        duration_weeks=duration,
        order=order,
    )
    gain = order_gain(plan)
    assert (gain.placed, gain.placed_by_priority, gain.weeks_sooner) == (2, 2, ((9 - 10) + (10 - 1)) / 2)


def test_a_plan_by_priority_gains_nothing():
    plan = by_priority(edge("as it is"))
    gain = order_gain(plan)
    assert gain.placed == gain.placed_by_priority and gain.weeks_sooner == 0
    assert (plan.order == build_plan(plan.inputs, most_likely(plan.inputs)).order).all()
