"""How a plan closes its shortage of people at least cost: the shortage of its schedule, and the mix of measures that answers it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from egov_model.inputs.scenario import PlanInputs
from egov_model.model.drivers import Drivers
from egov_model.model.hiring import Action, Mix, Shortage, Waiting, least_cost
from egov_model.model.network import Network
from egov_model.model.operations import NORM, work_fte
from egov_model.model.people import MILLI, by_month, supply_fte
from egov_model.model.posts import CONTRACT, Option, options, working_time
from egov_model.model.schedule import Schedule
from egov_model.model.staffing import project_need_fte
from egov_model.model.timeline import Timeline

NEGLIGIBLE_MILLI = 50  # a twentieth of a person in a month is carried by those who are there


@dataclass(frozen=True, eq=False)
class Measures:
    """The measures that can be taken, the shortage of the plan's first draw and its least-cost mix; `roles` in the order of the arrays."""

    roles: tuple[str, ...]
    options: tuple[Option, ...]
    shortage: Shortage
    mix: Mix

    @property
    def too_early(self) -> np.ndarray:
        """Whether nothing can add to a role by a month, shape (roles, months)."""
        adds = [o.adds_milli > 0 for o in self.options]
        return ~np.any(adds, axis=0) if adds else np.ones(self.shortage.need_milli.shape, dtype=bool)


def close_gaps(inputs: PlanInputs, timeline: Timeline, drivers: Drivers, network: Network, schedule: Schedule) -> Measures:
    """The least-cost mix over the plan's years, planned formations given.

    The schedule stands: projects have waited for people already. Only running work may wait further, within the months its norm allows and
    at `waiting_cost_share` of the role's monthly pay for each month; only what norms and phases mark as contractable may be bought.
    """
    roles = list(inputs.rows["roles"])
    works = [(work, by_month(fte[0], timeline)) for work, fte in work_fte(inputs, drivers, network, schedule)]
    projects = by_month(project_need_fte(network, schedule)[0], timeline)
    need, buyable = projects.copy(), by_month(project_need_fte(_contractable(inputs, network), schedule)[0], timeline)
    waits: dict[tuple[int, int], np.ndarray] = {}
    for work, fte in works:
        role, norm = roles.index(work.role), inputs.rows["norms"].get(work.key) if work.source != "training" else None
        need[role] += fte
        if norm and norm.contractable:
            buyable[role] += fte
        if norm and norm.wait_months and work.source == NORM:
            waits[role, norm.wait_months] = waits.get((role, norm.wait_months), 0.0) + fte
    buyable_milli = _milli(buyable)
    shares = np.array([[working_time(role)] for role in inputs.rows["roles"].values()])
    found = options(inputs, timeline, drivers, buyable_milli)
    pay = [role.mode for role in inputs.rows["roles"].values()]
    shortage = Shortage(
        need_milli=_milli(need),
        there_milli=_milli(by_month(supply_fte(inputs, timeline), timeline) * shares),
        buyable_milli=buyable_milli,
        tolerance_milli=NEGLIGIBLE_MILLI,
        actions=tuple(Action(o.most, int(o.idr.sum()), o.adds_milli, o.kind == CONTRACT) for o in found),
        waiting=tuple(
            Waiting(role, months, _milli(work), round(inputs.settings.waiting_cost_share * pay[role] / MILLI))
            for (role, months), work in sorted(waits.items())
        ),
    )
    return Measures(tuple(roles), found, shortage, least_cost(shortage))


def _milli(fte: np.ndarray) -> np.ndarray:
    return np.rint(fte * MILLI).astype(np.int64)


def _contractable(inputs: PlanInputs, network: Network) -> Network:
    """The same network asking only for the work that phases mark as contractable."""
    kinds = [inputs.rows["initiatives"][key].kind for key in network.groups]
    demand = network.role_demand.copy()
    for n, (group, phase) in enumerate(network.activities):
        for r, role in enumerate(network.roles):
            row = inputs.rows["phase_roles"].get(f"{kinds[group]}.{phase}.{role}")
            if row is None or not row.contractable:
                demand[n, r] = 0
    return replace(network, role_demand=demand)
