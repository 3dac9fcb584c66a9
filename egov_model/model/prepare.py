"""What follows from the inputs alone, whatever is drawn: made once, shared by every evaluation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egov_model.inputs.scenario import PlanInputs
from egov_model.model.drivers import Drivers, count_drivers
from egov_model.model.factors import most_likely
from egov_model.model.network import Network, make_network
from egov_model.model.schedule import priority_order
from egov_model.model.timeline import Timeline, make_timeline


@dataclass(frozen=True)
class Prepared:
    """The calendar, the counts, the network under the most likely ceilings, and `order`, the groups in the order of placing."""

    inputs: PlanInputs
    timeline: Timeline
    drivers: Drivers
    network: Network
    order: np.ndarray


def prepare(inputs: PlanInputs) -> Prepared:
    """What every evaluation of these inputs shares; see `plan.evaluate`."""
    timeline, drivers = make_timeline(inputs.settings), count_drivers(inputs)
    network = make_network(inputs, timeline, drivers, most_likely(inputs))
    return Prepared(inputs, timeline, drivers, network, priority_order(network))
