"""What initiatives are compared by: each measure as a number per initiative, and on one scale from 0 to 1."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pandas as pd

from egov_model.inputs.focus_group import JUDGED, Group
from egov_model.inputs.reach import LINK, POWER
from egov_model.model.outcomes import mature
from egov_model.model.plan import Plan
from egov_model.model.reach import NOBODY
from egov_model.model.schedule import Schedule, place

NO_LIMIT = 1 << 50  # more money, and more thousandths of a person, than any plan asks for


def unhindered(plan: Plan) -> Schedule:
    """The plan's schedule were neither money nor people short: budget gates and order alone; its first draw."""
    network, amounts = plan.network, plan.estimate.amount_idr[:1]
    money, people = (np.full_like(limit, NO_LIMIT) for limit in (network.ceiling_idr[:1], network.capacity))
    return place(replace(network, ceiling_idr=money, capacity=people), plan.order, plan.duration_weeks[:1], amounts)


def cost_idr(plan: Plan, free: Schedule) -> np.ndarray:
    """Rupiah over the plan's years, running costs included, were nothing short; NaN where no budget gate lets it in, shape (groups,)."""
    made = np.zeros(len(plan.network.groups))
    np.add.at(made, plan.network.line_group, free.paid_idr[0].sum(axis=1).astype(float))
    return np.where(free.live[0] >= 0, made, np.nan)


def weeks_to_live(plan: Plan, free: Schedule) -> np.ndarray:
    """Weeks from the plan's start to go-live were nothing short; NaN where no budget gate lets it in, shape (groups,)."""
    live = free.live[0]
    return np.where(live >= 0, live, np.nan).astype(float)


def villages(plan: Plan, free: Schedule) -> np.ndarray:
    """Villages that it connects or gives power, shape (groups,)."""
    return _reached(plan, np.array(plan.drivers.reach.links.sites.kind) == "village")


def sites(plan: Plan, free: Schedule) -> np.ndarray:
    """Offices, health centres and villages that it connects or gives power, shape (groups,)."""
    return _reached(plan, np.ones(len(plan.drivers.reach.links.sites.id), dtype=bool))


def _reached(plan: Plan, counted: np.ndarray) -> np.ndarray:
    """Sites of these that an initiative gives a link or power, shape (groups,)."""
    reach = plan.drivers.reach
    given = np.array([np.where(counted, reach.given[gives], NOBODY) for gives in (LINK, POWER)])
    count = {key: int((given == n).any(axis=0).sum()) for n, key in enumerate(reach.initiatives)}
    return np.array([count.get(key, 0) for key in plan.network.groups], dtype=float)


def services(plan: Plan, free: Schedule) -> np.ndarray:
    """Services that cannot be offered without it, shape (groups,)."""
    named = [key for row in plan.inputs.rows["services"].values() for key in row.initiatives]
    return np.array([named.count(key) for key in plan.network.groups], dtype=float)


def dependants(plan: Plan, free: Schedule) -> np.ndarray:
    """Initiatives that wait for it, one behind the other, shape (groups,)."""
    network = plan.network
    follows: list[set[int]] = [set() for _ in network.groups]
    for g, before in enumerate(network.after):
        for b in before:
            follows[b].add(g)
    made = []
    for g in range(len(network.groups)):
        found, more = set(), {g}
        while more:
            more = {f for m in more for f in follows[m]} - found
            found |= more
        made.append(len(found))
    return np.array(made, dtype=float)


def index_points(plan: Plan, free: Schedule) -> np.ndarray:
    """Points of the last index that are lost without it, all others live as soon as they can be, shape (groups,)."""
    groups, live = len(plan.network.groups), free.live[0]
    if not plan.maturity:
        return np.zeros(groups)
    part, without = plan.maturity[-1], np.repeat(live[None], groups + 1, axis=0)
    without[np.arange(groups), np.arange(groups)] = -1  # the last row lacks nobody
    index = mature(part.rules, part.conditions, part.years, part.cut_off, without, plan.inputs.settings.index_levels_per_year).index[:, -1]
    return np.round(index[-1] - index[:-1], 9)


MEASURED: Mapping[str, Callable[[Plan, Schedule], np.ndarray]] = MappingProxyType(
    {
        "cost": cost_idr,
        "weeks": weeks_to_live,
        "index": index_points,
        "villages": villages,
        "sites": sites,
        "services": services,
        "dependants": dependants,
    }
)


def criterion_values(plan: Plan, free: Schedule, group: Group, initiatives: Sequence[str]) -> pd.DataFrame:
    """The value of every criterion (columns, in the group's order) for `initiatives` (rows), each in its own unit."""
    at = [plan.network.groups.index(key) for key in initiatives]
    columns = {}
    for key, row in group.criteria.items():
        if row.measure == JUDGED:
            columns[key] = np.array([group.scores[i, key] for i in initiatives], dtype=float)
        else:
            columns[key] = MEASURED[row.measure](plan, free)[at]
    return pd.DataFrame(columns, index=pd.Index(initiatives, name="initiative"), columns=list(group.criteria))


def on_one_scale(values: pd.DataFrame, group: Group) -> pd.DataFrame:
    """The same from 0 (worst of these initiatives) to 1 (best), in proportion between; 0 where all are alike or the value is missing.

    Local scaling (Department for Communities and Local Government, Multi-criteria analysis: a manual, 2009): a weight then says what the
    step from the worst to the best of these initiatives is worth.
    """
    made = {}
    for key in values.columns:
        column = values[key].to_numpy()
        known = column[~np.isnan(column)]
        low, high = (known.min(), known.max()) if len(known) else (0.0, 0.0)
        best, worst = (low, high) if group.criteria[key].better == "less" else (high, low)
        made[key] = np.nan_to_num((column - worst) / (best - worst)) if high > low else np.zeros(len(column))
    return pd.DataFrame(made, index=values.index, columns=values.columns)
