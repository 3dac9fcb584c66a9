"""What follows from the inputs alone, whatever is drawn: made once, shared by every evaluation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egov_model.inputs.scenario import PlanInputs
from egov_model.model.drivers import Drivers, count_drivers
from egov_model.model.estimate import estimate
from egov_model.model.factors import most_likely
from egov_model.model.from_network import from_network
from egov_model.model.network import Network, durations_weeks, make_network
from egov_model.model.reorder import better_order
from egov_model.model.schedule import priority_order
from egov_model.model.timeline import Timeline, make_timeline
from egov_model.model.verify import COMPLETION

TRIES_PER_GROUP, MOST_TRIES = 1000, 60_000  # about a second for sixty initiatives


@dataclass(frozen=True)
class Prepared:
    """The calendar, the counts, the network under the most likely ceilings, and `order`, the groups in the order of placing."""

    inputs: PlanInputs
    timeline: Timeline
    drivers: Drivers
    network: Network
    order: np.ndarray


def prepare(inputs: PlanInputs, order: np.ndarray | None = None) -> Prepared:
    """What every evaluation of these inputs shares; see `plan.evaluate`. An `order` (groups,) that is known is not looked for again.

    With the setting `scheduling` at `optimised` the order is the one that finishes the plan soonest, weighted by the initiatives' priority,
    at most likely values (see `reorder.better_order`); at `priority` it is the priority itself,
    at `listed` the column alone, whatever runs or is mandatory.
    """
    timeline, drivers = make_timeline(inputs.settings), count_drivers(inputs)
    network = make_network(inputs, timeline, drivers, most_likely(inputs))
    if order is not None:
        return Prepared(inputs, timeline, drivers, network, order)
    order = priority_order(network)
    if inputs.settings.scheduling == "optimised":
        order = _optimised(inputs, drivers, network, order)
    return Prepared(inputs, timeline, drivers, network, order)


def _optimised(inputs: PlanInputs, drivers: Drivers, network: Network, order: np.ndarray) -> np.ndarray:
    """The order of weighted completion; that every mandatory initiative that can have a place has one, and that no service that runs is
    interrupted, counts above all others."""
    likely = most_likely(inputs)
    costs = estimate(inputs, drivers, likely)
    weeks = durations_weeks(inputs, drivers, network, costs, likely)[0]
    problem = from_network(network, weeks, costs.amount_idr[0], required=mandatory(inputs))
    tries = min(MOST_TRIES, TRIES_PER_GROUP * len(order))
    return better_order(network, problem, order, weeks, costs.amount_idr[0], COMPLETION, tries, going_on=going_on(inputs, network))[0]


def going_on(inputs: PlanInputs, network: Network) -> np.ndarray:
    """Which groups (groups,) are services that run already and need no work: to place one later would be to switch it off."""
    rows = inputs.rows["initiatives"]
    return np.array([rows[key].budget_status == "running" and not chain for key, chain in zip(network.groups, network.chains, strict=True)])


def mandatory(inputs: PlanInputs) -> frozenset[str]:
    """Initiatives that the plan must hold."""
    return frozenset(key for key, row in inputs.rows["initiatives"].items() if row.mandatory)
