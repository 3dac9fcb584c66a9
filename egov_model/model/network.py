"""The plan as a network: activities in chains, what they need, and the money, people and windows they compete for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from egov_model.inputs.priced import renewal_years
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.estimate import Estimate, in_scope
from egov_model.model.factors import Factors
from egov_model.model.people import MILLI, project_capacity_milli_fte
from egov_model.model.timeline import Timeline, Window, contract_windows

ONCE, YEARLY = -1, 0  # timing of a money line: paid with its activity; every year after go-live; a positive number is a refresh interval


@dataclass(frozen=True)
class Network:
    """A scheduling problem that knows nothing of e-government.

    Groups (initiatives) are chains of activities (phases); a group goes live when its chain ends, and is funded as a whole.
    `role_demand` (activities, roles) and `capacity` (roles, weeks) in thousandths of an FTE; `ceiling_idr` (draws, funds, years);
    money lines belong to a group and, when paid once, to an activity.
    """

    groups: tuple[str, ...]
    after: tuple[tuple[int, ...], ...]
    earliest: np.ndarray  # (groups,) week
    priority: np.ndarray  # (groups,) smaller is sooner
    multi_year: np.ndarray  # (groups,) bool
    fund: np.ndarray  # (groups,) index
    windows: tuple[tuple[Window, ...], ...]  # by group
    activities: tuple[tuple[int, str], ...]  # (group, name), in chain order
    spends: np.ndarray  # (activities,) bool
    role_demand: np.ndarray
    roles: tuple[str, ...]
    capacity: np.ndarray
    funds: tuple[str, ...]
    ceiling_idr: np.ndarray
    lines: tuple[str, ...]
    line_group: np.ndarray  # (lines,)
    line_activity: np.ndarray  # (lines,), -1 for running costs
    line_every: np.ndarray  # (lines,) ONCE, YEARLY or years between refreshes
    week_year: np.ndarray

    @property
    def chains(self) -> tuple[tuple[int, ...], ...]:
        """Activities of each group in order."""
        made: list[list[int]] = [[] for _ in self.groups]
        for n, (group, _) in enumerate(self.activities):
            made[group].append(n)
        return tuple(map(tuple, made))


def make_network(inputs: PlanInputs, timeline: Timeline, estimate: Estimate, factors: Factors) -> Network:
    """The network of the initiatives in scope; dependencies on initiatives out of scope fall away."""
    keys = in_scope(inputs)
    index = {key: n for n, key in enumerate(keys)}
    initiatives = [inputs.rows["initiatives"][key] for key in keys]
    fiscal = {row.year: row for row in inputs.rows["fiscal_years"].values()}
    windows = {running: contract_windows(timeline, fiscal, inputs.settings, running) for running in (True, False)}
    roles, funds = tuple(inputs.rows["roles"]), tuple(inputs.rows["funds"])
    phases = _phases_by_kind(inputs)
    activities = tuple((index[i.id], phase.phase) for i in initiatives for phase in phases.get(i.kind, ()))
    spends = np.array([phase.spends for i in initiatives for phase in phases.get(i.kind, ())], dtype=bool)
    demand = np.zeros((len(activities), len(roles)), dtype=np.int64)
    at = {activity: n for n, activity in enumerate(activities)}
    for row in inputs.rows["phase_roles"].values():
        for i in initiatives:
            if i.kind == row.kind and (index[i.id], row.phase) in at:
                demand[at[index[i.id], row.phase], roles.index(row.role)] += round(row.fte * MILLI)
    lines = [inputs.rows["cost_lines"][key] for key in estimate.lines]
    ceiling = np.zeros((factors.draws, len(funds), len(timeline.years)), dtype=np.int64)
    for n, row in enumerate(inputs.rows["ceilings"].values()):
        if row.year in timeline.years:
            ceiling[:, funds.index(row.fund), timeline.years.index(row.year)] = np.rint(factors.ceiling_idr[:, n]).astype(np.int64)
    adopted, fixed = inputs.settings.adopted_on, {"once": ONCE, "yearly": YEARLY}
    return Network(
        groups=keys,
        after=tuple(tuple(index[a] for a in i.after if a in index) for i in initiatives),
        earliest=np.array(
            [timeline.week_from(i.earliest if i.budget_status == "running" else max(i.earliest, adopted)) for i in initiatives],
            dtype=np.int64,
        ),
        priority=np.array(
            [(i.budget_status != "running") * 1_000_000 + (not i.mandatory) * 100_000 + i.priority for i in initiatives], dtype=np.int64
        ),
        multi_year=np.array([i.contract == "multi" for i in initiatives], dtype=bool),
        fund=np.array([funds.index(i.fund) for i in initiatives], dtype=np.int64),
        windows=tuple(windows[i.budget_status == "running"] for i in initiatives),
        activities=activities,
        spends=spends,
        role_demand=demand,
        roles=roles,
        capacity=project_capacity_milli_fte(inputs, timeline),
        funds=funds,
        ceiling_idr=ceiling,
        lines=estimate.lines,
        line_group=np.array([index[line.initiative] for line in lines], dtype=np.int64),
        line_activity=np.array([at[index[line.initiative], line.phase] if line.timing == "once" else -1 for line in lines], dtype=np.int64),
        line_every=np.array([renewal_years(inputs.rows, n) if n.timing == "refresh" else fixed[n.timing] for n in lines], dtype=np.int64),
        week_year=timeline.week_year,
    )


def _phases_by_kind(inputs: PlanInputs) -> Mapping[str, list]:
    made: dict[str, list] = {}
    for phase in sorted(inputs.rows["phases"].values(), key=lambda p: p.order):
        made.setdefault(phase.kind, []).append(phase)
    return made


def durations_weeks(inputs: PlanInputs, network: Network, estimate: Estimate, factors: Factors) -> np.ndarray:
    """Whole weeks of every activity, shape (draws, activities).

    A phase that procures lasts as long as the method for the contracts it buys (every `once` line of the spending phases up to the
    next procurement, at prices of the plan's first year); nothing to buy takes no time.
    """
    phase_column = {key: n for n, key in enumerate(inputs.rows["phases"])}
    made = np.zeros((factors.draws, len(network.activities)), dtype=np.int64)
    for chain in network.chains:
        for place, activity in enumerate(chain):
            group, name = network.activities[activity]
            kind = inputs.rows["initiatives"][network.groups[group]].kind
            phase = inputs.rows["phases"][f"{kind}.{name}"]
            if not phase.procures:
                made[:, activity] = np.rint(factors.phase_weeks[:, phase_column[f"{kind}.{name}"]]).astype(np.int64)
                continue
            bought = []
            for later in chain[place + 1 :]:
                if inputs.rows["phases"][f"{kind}.{network.activities[later][1]}"].procures:
                    break
                bought.append(later)
            value = estimate.amount_idr[:, np.isin(network.line_activity, bought), 0].sum(axis=1)
            made[:, activity] = _procurement_weeks(inputs, inputs.rows["kinds"][kind].procurement, value, factors)
    return made


def _procurement_weeks(inputs: PlanInputs, category: str, value_idr: np.ndarray, factors: Factors) -> np.ndarray:
    """Weeks of the lightest method that still covers each contract value, shape (draws,)."""
    rows = sorted((row.max_value_idr, n) for n, row in enumerate(inputs.rows["procurement"].values()) if row.category == category)
    limits = np.array([limit for limit, _ in rows])
    columns = np.array([n for _, n in rows])
    method = columns[np.minimum(np.searchsorted(limits, value_idr, side="left"), len(limits) - 1)]
    weeks = np.rint(factors.procurement_weeks[np.arange(factors.draws), method]).astype(np.int64)
    return np.where(value_idr > 0, weeks, 0)
