"""Net benefit as tables of weeks: what every service is worth by the week it can be used, less what every initiative costs."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from egov_model.inputs.priced import PRICED
from egov_model.inputs.programme import SITE_DRIVERS
from egov_model.inputs.reach import LINK
from egov_model.model.benefits import benefits, likely_service_factors, worth
from egov_model.model.estimate import estimate
from egov_model.model.factors import most_likely
from egov_model.model.from_network import running_idr
from egov_model.model.network import YEARLY
from egov_model.model.operations import work_fte
from egov_model.model.people import MILLI
from egov_model.model.plan import Plan
from egov_model.model.problem import Problem, earliest_starts
from egov_model.model.value import present_value_idr, real_idr
from egov_model.model.worth import Joint, Worth

UNIT_IDR = 10**6  # what is weighed is counted in millions of rupiah
TOLERANCE_SHARE = 2e-3  # of the dearest service: how far the lines of a table may lie above it
MONTHS_PER_WEEK = 12 * 7 / 365.25


def net_benefit(plan: Plan, problem: Problem) -> tuple[Worth, int]:
    """Present value in millions of rupiah at prices of the base year, and the tolerance for its tables.

    Benefits by the week in which the last of a service's initiatives and the connection of its users is live, exactly as `benefits` counts
    them in the plan's years and `benefit_years_after` more. Costs of an initiative (its contracts and running costs, what other budgets
    pay for its connections, pay of own staff) count in full as if it were live as early as it alone could be, whatever its date: otherwise
    putting off would be a gain merely because the plan ends. A service that would cost time counts as nothing.
    """
    joints = service_joints(plan)
    costs = group_costs_idr(plan, problem)
    first = [int(np.flatnonzero(problem.group == g)[0]) for g in range(len(problem.groups))]
    starts = tuple(
        (a, np.full(problem.weeks + 1, -int(round(cost / UNIT_IDR)), dtype=np.int64)) for a, cost in zip(first, costs, strict=True) if cost
    )
    largest = max((int(j.worth.max()) for j in joints), default=0)
    return Worth(joints=joints, starts=starts), math.ceil(largest * TOLERANCE_SHARE)


def service_joints(plan: Plan) -> tuple[Joint, ...]:
    """Present value of each service by the week from which it can be used, apart for users who wait for different connections."""
    inputs, groups, weeks = plan.inputs, plan.network.groups, plan.timeline.weeks + 1
    at, reach, services = {key: n for n, key in enumerate(groups)}, plan.drivers.reach, list(inputs.rows["services"].values())
    links = [key for n, key in enumerate(reach.initiatives) if key in at and (reach.given[LINK] == n).any()]
    needed = {row.id: tuple(at[key] for key in row.initiatives) for row in services if all(key in at for key in row.initiatives)}
    made: list[Joint] = []
    for together in sorted({frozenset(set(row.initiatives) & set(links)) for row in services}, key=sorted):
        mine = [n for n, row in enumerate(services) if row.id in needed and frozenset(set(row.initiatives) & set(links)) == together]
        alone = _present_values(plan, [key for key in groups if key not in links or key in together], weeks)
        made += [Joint(needed[services[n].id], _falling(alone[:, n])) for n in mine]
        for link in (key for key in links if key not in together):
            more = _present_values(plan, [key for key in groups if key not in links or key in together or key == link], weeks)
            made += [Joint((*needed[services[n].id], at[link]), _falling(more[:, n] - alone[:, n])) for n in mine]
    return tuple(joint for joint in made if joint.worth.any())


def _present_values(plan: Plan, live: list[str], weeks: int) -> np.ndarray:
    """Present value of each service when these initiatives are live from a week, all others never: (weeks, services), rupiah."""
    inputs, settings, factors = plan.inputs, plan.inputs.settings, likely_service_factors(plan.inputs)
    many = np.repeat(np.arange(weeks, dtype=float)[:, None], len(live), axis=1)
    found = benefits(inputs, plan.drivers.reach, live, many, factors, settings.benefit_years_after)
    by_year = worth(inputs, found, factors).total_idr.sum(axis=2)
    return present_value_idr(by_year, settings.social_discount_rate)


def _falling(values_idr: np.ndarray) -> np.ndarray:
    """Whole millions that never rise and never are negative."""
    return np.minimum.accumulate(np.maximum(np.rint(values_idr / UNIT_IDR), 0)).astype(np.int64)


def group_costs_idr(plan: Plan, problem: Problem) -> np.ndarray:
    """Present value of what each initiative costs everybody when it is live as early as it alone could be, shape (groups,)."""
    years = plan.timeline.years
    start = np.minimum(earliest_starts(problem), problem.weeks)
    live = np.zeros(len(problem.groups), dtype=np.int64)
    np.maximum.at(live, problem.group, np.minimum(start + problem.duration, problem.weeks))
    spent = np.zeros((len(problem.groups), len(years)))
    for payment in problem.payments:
        spent[problem.group[payment.activity]] += payment.amount[start[payment.activity]]
    spent += _others_idr(plan, live) + _pay_idr(plan, problem, start, live)
    inflation = plan.inputs.rows["benefit_values"]["prices.inflation_rate"].mode
    settings = plan.inputs.settings
    return present_value_idr(real_idr(spent, np.array(years), inflation, settings.base_price_year), settings.social_discount_rate)


def _others_idr(plan: Plan, live: np.ndarray) -> np.ndarray:
    """What other budgets pay to run the connections of each initiative, (groups, years): see `reached.subscriptions`."""
    rows, network, likely = plan.inputs.rows, plan.network, most_likely(plan.inputs)
    whole = estimate(plan.inputs, plan.drivers, replace(likely, quantity=np.ones_like(likely.quantity))).amount_idr[0]
    linking = {row.initiative for row in rows["reach"].values() if row.gives == LINK}
    made = np.zeros((len(network.groups), whole.shape[1]))
    for n, key in enumerate(plan.estimate.lines):
        line, g = rows["cost_lines"][key], int(network.line_group[n])
        runs = network.line_every[n] == YEARLY and line.driver in SITE_DRIVERS and line.item in rows[PRICED[1]] and ".opex_" in line.item
        if line.initiative in linking and runs:
            every = network.line_every[n : n + 1]
            full, paid = (running_idr(network, part[n : n + 1], every)[live[g]] for part in (whole, plan.estimate.amount_idr[0]))
            made[g] += np.maximum(full - paid, 0)
    return made


def _pay_idr(plan: Plan, problem: Problem, start: np.ndarray, live: np.ndarray) -> np.ndarray:
    """Pay of own staff at work on each initiative, (groups, years): its activities, then the running work it brings.

    Work that a contract shares with own staff is shared as when everything is live.
    """
    network, year = plan.network, plan.timeline.week_year
    monthly = np.array([role.mode for role in plan.inputs.rows["roles"].values()]) * MONTHS_PER_WEEK  # of a week
    made = np.zeros((len(network.groups), len(plan.timeline.years)))
    for a, (g, _) in enumerate(network.activities):
        weeks = year[start[a] : start[a] + int(problem.duration[a])]
        np.add.at(made[g], weeks, float(network.role_demand[a] @ monthly) / MILLI)
    everything = replace(plan.schedule, live=np.zeros((1, len(network.groups)), dtype=np.int64))
    for work, fte in work_fte(plan.inputs, plan.drivers, network, everything):
        if work.initiative in network.groups:
            g = network.groups.index(work.initiative)
            np.add.at(made[g], year[live[g] :], fte[0, live[g] :] * monthly[network.roles.index(work.role)])
    return made
