"""Each initiative as if it stood alone: what it costs and how long it takes in every draw, and how far the two go together."""

from __future__ import annotations

import numpy as np

from egov_model.analysis.drawn import Sample
from egov_model.analysis.sample import sample
from egov_model.model.estimate import estimate
from egov_model.model.network import durations_weeks
from egov_model.model.plan import Plan
from egov_model.model.prepare import Prepared


def cost_and_weeks(prepared: Prepared, sample: Sample, year: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Money paid once [Rp] and weeks of work of each initiative that starts and pays in one year of the plan, each (draws, groups).

    Without what others do to it: no waiting for people, windows or ceilings.
    """
    network, groups = prepared.network, len(prepared.network.groups)
    costs = estimate(prepared.inputs, prepared.drivers, sample.factors)
    length = durations_weeks(prepared.inputs, prepared.drivers, network, costs, sample.factors)
    money, weeks = np.zeros((sample.draws, groups)), np.zeros((sample.draws, groups))
    for line in np.flatnonzero(network.line_activity >= 0):
        money[:, network.line_group[line]] += costs.amount_idr[:, line, year]
    for activity, (group, _) in enumerate(network.activities):
        weeks[:, group] += np.rint(length[:, activity] * sample.weeks[:, group]) + sample.longer[:, activity, year]
    return money * sample.cost[:, :, year], weeks


def together(prepared: Prepared, sample: Sample, year: int = 0) -> dict[str, float]:
    """Correlation of the logarithms of cost and weeks of each initiative that has both, by its id.

    Of real projects 0.22 to 0.36 (see `reference_classes.csv`).
    """
    made = {}
    for n, (cost, weeks) in enumerate(zip(*(a.T for a in cost_and_weeks(prepared, sample, year)), strict=True)):
        if cost.min() > 0 and weeks.min() > 0 and np.ptp(cost) > 0 and np.ptp(weeks) > 0:
            made[prepared.network.groups[n]] = float(np.corrcoef(np.log(cost), np.log(weeks))[0, 1])
    return made


def together_in(plan: Plan, seed: int, draws: int) -> dict[str, float]:
    """`together` over the first draws of a seed."""
    prepared = Prepared(plan.inputs, plan.timeline, plan.drivers, plan.network, plan.order)
    return together(prepared, sample(prepared, seed, draws))
