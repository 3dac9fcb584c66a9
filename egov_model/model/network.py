"""The plan as a network: activities in chains, what they need, and the money, people and windows they compete for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from egov_model.inputs.priced import renewal_years
from egov_model.inputs.programme import Initiative
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.delivery import effort_share
from egov_model.model.drivers import Drivers
from egov_model.model.estimate import Estimate, lines_in_scope
from egov_model.model.factors import Factors
from egov_model.model.people import MILLI, project_capacity_milli_fte
from egov_model.model.scope import in_scope
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

    @cached_property
    def chains(self) -> tuple[tuple[int, ...], ...]:
        """Activities of each group in order."""
        made: list[list[int]] = [[] for _ in self.groups]
        for n, (group, _) in enumerate(self.activities):
            made[group].append(n)
        return tuple(map(tuple, made))


def make_network(inputs: PlanInputs, timeline: Timeline, drivers: Drivers, factors: Factors) -> Network:
    """The network of the initiatives in scope; dependencies on initiatives out of scope fall away.

    Of the factors it takes the ceilings alone; `with_ceilings` gives a network those of other factors.
    """
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
    of_kind: dict[str, list] = {}
    for i in initiatives:
        of_kind.setdefault(i.kind, []).append(i)
    for row in inputs.rows["phase_roles"].values():
        for i in of_kind.get(row.kind, ()):
            if (index[i.id], row.phase) in at:
                build = drivers.builds.get(i.id) if row.build_share else None
                fte = build.own_fte * row.build_share if build else row.fte
                demand[at[index[i.id], row.phase], roles.index(row.role)] += round(fte * MILLI)
    keys_of_lines = lines_in_scope(inputs)
    lines = [inputs.rows["cost_lines"][key] for key in keys_of_lines]
    adopted, fixed = inputs.settings.adopted_on, {"once": ONCE, "yearly": YEARLY}
    return Network(
        groups=keys,
        after=tuple(tuple(index[a] for a in i.after if a in index) for i in initiatives),
        earliest=np.array(
            [timeline.week_from(i.earliest if i.budget_status == "running" else max(i.earliest, adopted)) for i in initiatives],
            dtype=np.int64,
        ),
        priority=np.array([_rank(inputs, i) for i in initiatives], dtype=np.int64),
        multi_year=np.array([i.contract == "multi" for i in initiatives], dtype=bool),
        fund=np.array([funds.index(i.fund) for i in initiatives], dtype=np.int64),
        windows=tuple(windows[i.budget_status == "running"] for i in initiatives),
        activities=activities,
        spends=spends,
        role_demand=demand,
        roles=roles,
        capacity=project_capacity_milli_fte(inputs, timeline),
        funds=funds,
        ceiling_idr=_ceilings_idr(inputs, timeline, factors),
        lines=keys_of_lines,
        line_group=np.array([index[line.initiative] for line in lines], dtype=np.int64),
        line_activity=np.array([at[index[line.initiative], line.phase] if line.timing == "once" else -1 for line in lines], dtype=np.int64),
        line_every=np.array([renewal_years(inputs.rows, n) if n.timing == "refresh" else fixed[n.timing] for n in lines], dtype=np.int64),
        week_year=timeline.week_year,
    )


def _rank(inputs: PlanInputs, initiative: Initiative) -> int:
    """What runs comes first and what is mandatory next, unless the scenario lists the order itself."""
    if inputs.settings.scheduling == "listed":
        return initiative.priority
    return (initiative.budget_status != "running") * 1_000_000 + (not initiative.mandatory) * 100_000 + initiative.priority


def with_ceilings(network: Network, inputs: PlanInputs, timeline: Timeline, factors: Factors) -> Network:
    """The same network under the ceilings of these factors."""
    return replace(network, ceiling_idr=_ceilings_idr(inputs, timeline, factors))


def _ceilings_idr(inputs: PlanInputs, timeline: Timeline, factors: Factors) -> np.ndarray:
    """What each fund may spend in each year, shape (draws, funds, years), whole rupiah."""
    funds = list(inputs.rows["funds"])
    made = np.zeros((factors.draws, len(funds), len(timeline.years)), dtype=np.int64)
    for n, row in enumerate(inputs.rows["ceilings"].values()):
        if row.year in timeline.years:
            made[:, funds.index(row.fund), timeline.years.index(row.year)] = np.rint(factors.ceiling_idr[:, n]).astype(np.int64)
    return made


def _phases_by_kind(inputs: PlanInputs) -> Mapping[str, list]:
    made: dict[str, list] = {}
    for phase in sorted(inputs.rows["phases"].values(), key=lambda p: p.order):
        made.setdefault(phase.kind, []).append(phase)
    return made


def durations_weeks(inputs: PlanInputs, drivers: Drivers, network: Network, estimate: Estimate, factors: Factors) -> np.ndarray:
    """Whole weeks of every activity, shape (draws, activities).

    A phase that builds software lasts as long as its effort says, times what the phase's own doubt adds. A phase
    that procures lasts as long as the method for the contracts it buys (every `once` line of the spending phases up to the
    next procurement, at prices of the plan's first year); nothing to buy takes no time.
    """
    phase_column = {key: n for n, key in enumerate(inputs.rows["phases"])}
    kind_of = [inputs.rows["initiatives"][key].kind for key in network.groups]
    columns = [phase_column[f"{kind_of[group]}.{name}"] for group, name in network.activities]
    made = np.rint(factors.phase_weeks[:, columns]).astype(np.int64)
    first_year_idr, lines_of = estimate.amount_idr[:, :, 0], members(network.line_activity, len(network.activities))
    methods = _methods(inputs)
    for activity, (group, name) in enumerate(network.activities):
        phase, build = inputs.rows["phases"][f"{kind_of[group]}.{name}"], drivers.builds.get(network.groups[group])
        if phase.builds and build:
            effort = (factors.productivity * effort_share(build, factors.effort)) ** build.weeks_power
            made[:, activity] = np.rint(max(build.weeks, phase.mode) * effort * factors.phase_weeks[:, columns[activity]] / phase.mode)
    for activity, bought in packages(inputs, network):
        kind = inputs.rows["kinds"][kind_of[network.activities[activity][0]]]
        value = first_year_idr[:, [line for other in bought for line in lines_of[other]]].sum(axis=1)
        made[:, activity] = _procurement_weeks(methods[kind.procurement], value, factors)
    return made


def packages(inputs: PlanInputs, network: Network) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Each activity that procures with the activities it procures for: those of its chain up to the next procurement."""
    made: list[tuple[int, tuple[int, ...]]] = []
    for group, chain in enumerate(network.chains):
        kind = inputs.rows["initiatives"][network.groups[group]].kind
        procures = [inputs.rows["phases"][f"{kind}.{network.activities[activity][1]}"].procures for activity in chain]
        for place, activity in enumerate(chain):
            if procures[place]:
                later = next((n for n in range(place + 1, len(chain)) if procures[n]), len(chain))
                made.append((activity, chain[place + 1 : later]))
    return tuple(made)


def _methods(inputs: PlanInputs) -> Mapping[str, tuple[np.ndarray, np.ndarray]]:
    """Procurement methods by category, lightest first: the largest value in rupiah of each, and its column in the factors."""
    made: dict[str, list[tuple[int, int]]] = {}
    for column, row in enumerate(inputs.rows["procurement"].values()):
        made.setdefault(row.category, []).append((row.max_value_idr, column))
    return {category: tuple(np.array(sorted(rows)).T) for category, rows in made.items()}


def _procurement_weeks(methods: tuple[np.ndarray, np.ndarray], value_idr: np.ndarray, factors: Factors) -> np.ndarray:
    """Weeks of the lightest method that still covers each contract value, shape (draws,)."""
    limits, columns = methods
    method = columns[np.minimum(np.searchsorted(limits, value_idr, side="left"), len(limits) - 1)]
    weeks = np.rint(factors.procurement_weeks[np.arange(factors.draws), method]).astype(np.int64)
    return np.where(value_idr > 0, weeks, 0)


def members(owner: np.ndarray, owners: int) -> list[list[int]]:
    """Positions that belong to each owner; those of owner -1 belong to nobody."""
    made: list[list[int]] = [[] for _ in range(owners)]
    for position, one in enumerate(owner.tolist()):
        if one >= 0:
            made[one].append(position)
    return made
