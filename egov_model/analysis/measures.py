"""What a plan brings by a year, measured by the model's own functions, for many sets of go-live weeks at once."""

from __future__ import annotations

import numpy as np
import pandas as pd

from egov_model.inputs.reach import LINK
from egov_model.model.benefits import benefits, likely_service_factors, worth
from egov_model.model.outcomes import index_path
from egov_model.model.plan import Plan
from egov_model.model.value import present_value_idr

MEASURES = ("index", "villages", "services", "benefit_idr")


def measure(plan: Plan, live: np.ndarray, year: int) -> pd.DataFrame:
    """One row per set of go-live weeks, `live` (sets, groups; -1: never), everything else as in the plan.

    Columns: index (of the year, NaN without a scheme), villages (connected by the end of the year), services (of which every initiative is
    live by then), benefit_idr (present value at prices of the base year of hours and travel saved, over the plan's years and those after
    it that the setting says).
    """
    groups, column = plan.network.groups, plan.timeline.years.index(year)
    index = np.full(len(live), np.nan)
    for part in index_path(plan.inputs, plan.timeline, plan.drivers, groups, live):
        if column in part.years:
            index = part.index[:, part.years.index(column)]
    settings, factors = plan.inputs.settings, likely_service_factors(plan.inputs)
    found = benefits(plan.inputs, plan.drivers.reach, groups, live, factors, settings.benefit_years_after)
    total = worth(plan.inputs, found, factors).total_idr.sum(axis=(1, 2))
    money = present_value_idr(total, settings.social_discount_rate)
    return pd.DataFrame({"index": index}).join(reached(plan, live, year).assign(benefit_idr=money))


def reached(plan: Plan, live: np.ndarray, year: int) -> pd.DataFrame:
    """Villages and services as in `measure`, one row per set of go-live weeks (sets, groups; -1: never)."""
    at = {key: n for n, key in enumerate(plan.network.groups)}
    done = (live >= 0) & (live < int(np.cumsum(plan.timeline.year_weeks)[plan.timeline.years.index(year)]))
    reach = plan.drivers.reach
    kinds = np.array(reach.links.sites.kind) == "village"
    villages, services = (np.zeros(len(live), dtype=np.int64) for _ in range(2))
    for n, key in enumerate(reach.initiatives):
        if key in at:
            villages += done[:, at[key]] * int((kinds & (reach.given[LINK] == n)).sum())
    for row in plan.inputs.rows["services"].values():
        if all(key in at for key in row.initiatives):
            services += done[:, [at[key] for key in row.initiatives]].all(axis=1)
    return pd.DataFrame({"villages": villages, "services": services})
