"""What the order that was looked for gains over placing by priority alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egov_model.model.compiled_groups import PLACED
from egov_model.model.plan import Plan
from egov_model.model.schedule import Schedule, place, priority_order


@dataclass(frozen=True)
class OrderGain:
    """Initiatives with a place under the plan's order and under the priority alone, mandatory ones without, and by how many weeks those
    that both place go live sooner on average (negative: later)."""

    placed: int
    placed_by_priority: int
    mandatory_out: int
    mandatory_out_by_priority: int
    weeks_sooner: float


def order_gain(plan: Plan) -> OrderGain:
    """The plan's first draw against the same initiatives, durations and money placed in the order of priority."""
    plain = place(plan.network, priority_order(plan.network), plan.duration_weeks[:1], plan.estimate.amount_idr[:1])
    live, before = plan.schedule.live[0], plain.live[0]
    both = (live >= 0) & (before >= 0)
    rows = plan.inputs.rows["initiatives"]
    mandatory = np.array([rows[key].mandatory for key in plan.network.groups], dtype=bool)

    def out(schedule: Schedule) -> int:
        return int((mandatory & (schedule.status[0] != PLACED)).sum())

    return OrderGain(
        placed=int((plan.schedule.status[0] == PLACED).sum()),
        placed_by_priority=int((plain.status[0] == PLACED).sum()),
        mandatory_out=out(plan.schedule),
        mandatory_out_by_priority=out(plain),
        weeks_sooner=float((before - live)[both].mean()) if both.any() else 0.0,
    )
