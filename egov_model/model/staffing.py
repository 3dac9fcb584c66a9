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
    draws, weeks = len(schedule.start), network.capacity.shape[1]
    steps = np.zeros((draws, len(network.roles), weeks + 1), dtype=np.int64)
    every = np.arange(draws)
    for a in range(len(network.activities)):
        on = schedule.start[:, a] >= 0
        for r in np.flatnonzero(network.role_demand[a]):
            np.add.at(steps, (every[on], r, schedule.start[on, a]), network.role_demand[a, r])
            np.add.at(steps, (every[on], r, schedule.finish[on, a]), -network.role_demand[a, r])
    return np.cumsum(steps, axis=2)[:, :, :weeks] / MILLI


def staffing_frame(inputs: PlanInputs, timeline: Timeline, drivers: Drivers, network: Network, schedule: Schedule) -> pd.DataFrame:
    """Need and supply of the first draw by role and month.

    `available_fte` is the part of the people on board that the plan may use (project and operating shares of their time);
    `gap_fte` = max(0, need - available). `pay_idr` is the pay of the need at the role's most likely monthly pay, not new money.
    """
    project = by_month(project_need_fte(network, schedule)[0], timeline)
    operate = by_month(operate_need_fte(inputs, drivers, network, schedule)[0], timeline)
    supply = by_month(supply_fte(inputs, timeline), timeline)
    rows = []
    for r, (key, role) in enumerate(inputs.rows["roles"].items()):
        for m, month in enumerate(timeline.months):
            need, available = project[r, m] + operate[r, m], supply[r, m] * (role.project_share + role.operate_share)
            rows.append(
                {
                    "role": key,
                    "title_id": role.title_id,
                    "title_en": role.title_en,
                    "month": month,
                    "year": int(month[:4]),
                    "project_fte": project[r, m],
                    "operate_fte": operate[r, m],
                    "need_fte": need,
                    "supply_fte": supply[r, m],
                    "available_fte": available,
                    "gap_fte": max(0.0, need - available),
                    "pay_idr": round(need * role.mode),
                }
            )
    return pd.DataFrame(rows)
