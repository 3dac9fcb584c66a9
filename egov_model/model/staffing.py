"""Need of people by role and month against those on board, and what own staff cost."""

from __future__ import annotations

import numpy as np
import pandas as pd

from egov_model.inputs.scenario import PlanInputs
from egov_model.model.drivers import Drivers
from egov_model.model.network import Network
from egov_model.model.operations import operate_need_fte
from egov_model.model.people import MILLI, by_month, supply_fte
from egov_model.model.schedule import Schedule
from egov_model.model.timeline import Timeline


def project_need_fte(network: Network, schedule: Schedule) -> np.ndarray:
    """What placed activities ask of each role in each week [FTE], shape (draws, roles, weeks)."""
    weeks = network.capacity.shape[1]
    steps = np.zeros((len(schedule.start), len(network.roles), weeks + 1), dtype=np.int64)
    activity, role = np.nonzero(network.role_demand)
    demand = network.role_demand[activity, role]
    draw, asked = np.nonzero(schedule.start[:, activity] >= 0)
    np.add.at(steps, (draw, role[asked], schedule.start[draw, activity[asked]]), demand[asked])
    np.add.at(steps, (draw, role[asked], schedule.finish[draw, activity[asked]]), -demand[asked])
    return np.cumsum(steps, axis=2)[:, :, :weeks] / MILLI


def staffing_frame(inputs: PlanInputs, timeline: Timeline, drivers: Drivers, network: Network, schedule: Schedule) -> pd.DataFrame:
    """Need and supply of the first draw by role and month.

    `available_fte` is the part of the people on board that the plan may use (project and operating shares of their time);
    `gap_fte` = max(0, need - available). `pay_idr` is the pay of the need at the role's most likely monthly pay, not new money.
    """
    project = by_month(project_need_fte(network, schedule)[0], timeline)
    operate = by_month(operate_need_fte(inputs, drivers, network, schedule)[0], timeline)
    supply = by_month(supply_fte(inputs, timeline), timeline)
    roles, months = inputs.rows["roles"], timeline.months
    need = project + operate
    available = supply * np.array([[role.project_share + role.operate_share] for role in roles.values()])
    pay = np.rint(need * np.array([[role.mode] for role in roles.values()])).astype(np.int64)

    def by_role(texts: list[str]) -> np.ndarray:
        return np.repeat(np.array(texts, dtype=object), len(months))

    made = {
        "role": by_role(list(roles)),
        "title_id": by_role([role.title_id for role in roles.values()]),
        "title_en": by_role([role.title_en for role in roles.values()]),
        "month": list(months) * len(roles),
        "year": np.tile(np.repeat(np.array(timeline.years, dtype=np.int64), 12), len(roles)),
        "project_fte": project.ravel(),
        "operate_fte": operate.ravel(),
        "need_fte": need.ravel(),
        "supply_fte": supply.ravel(),
        "available_fte": available.ravel(),
        "gap_fte": np.maximum(0.0, need - available).ravel(),
        "pay_idr": pay.ravel(),
    }
    return pd.DataFrame(made)
