"""Work of running operations that norms, the service desk and yearly training ask of own staff, from the go-live of what brings it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egov_model.inputs.norms import Desk, Norm
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.drivers import Drivers
from egov_model.model.network import Network
from egov_model.model.schedule import Schedule
from egov_model.model.training import trainer_days
from egov_model.model.workload import agents_needed, desk_fte, need_fte

NORM, DESK, TRAINING = "norm", "desk", "training"


@dataclass(frozen=True)
class Work:
    """One piece of running work: `fte` it takes if live, shape (years,), of it `norm_fte` by norm time alone (less where a desk has to be
    manned); `source` is norm, desk or training, and `key` the row in norms.csv or training.csv."""

    key: str
    source: str
    role: str
    initiative: str
    contract_line: str
    fte: np.ndarray
    norm_fte: np.ndarray


@dataclass(frozen=True)
class DeskLoad:
    """What a desk meets in its busiest hour, each of shape (years,): arrivals [1/h] who wait to be answered, agents needed, FTE."""

    arrivals_per_hour: np.ndarray
    minutes: float
    agents: np.ndarray
    fte: np.ndarray


def effective_minutes(inputs: PlanInputs) -> float:
    """Effective working time of one person in a year [min]: the setting `asn_hours_per_year` x 60."""
    return inputs.settings.asn_hours_per_year * 60


def volume_year(norm: Norm, drivers: Drivers) -> np.ndarray:
    """Units of work of a norm in each year, shape (years,): most likely volume x periods x driver."""
    return norm.mode * norm.periods_year * drivers.counts(norm.driver, norm.initiative).sum(axis=0)


def desk_load(desk: Desk, norm: Norm, drivers: Drivers, effective_minutes_year: float) -> DeskLoad:
    r"""Agents of a desk by Erlang C and what keeping their places manned takes.

    .. math:: \lambda = \frac{v}{d} \, s \, b

    v units of work a year of the norm, d open days a year, s share that waits, b share of the day's units in its busiest hour.
    """
    arrivals = volume_year(norm, drivers) / desk.open_days_year * desk.mode * desk.busy_hour_share
    agents = np.atleast_1d(agents_needed(arrivals, norm.minutes, desk.answer_within_minutes, desk.target_share))
    return DeskLoad(arrivals, norm.minutes, agents, desk_fte(agents, desk.open_hours_day * desk.open_days_year, effective_minutes_year))


def running_work(inputs: PlanInputs, drivers: Drivers) -> tuple[Work, ...]:
    """Every piece of running work: norms, raised to what a desk takes where one answers, and class days of yearly training."""
    minutes, made = effective_minutes(inputs), []
    desks = {desk.norm: desk for desk in inputs.rows["desks"].values()}
    for key, norm in inputs.rows["norms"].items():
        by_norm = need_fte(volume_year(norm, drivers)[:, None], norm.minutes, minutes)
        desk = desks.get(key)
        fte = by_norm if desk is None else np.maximum(by_norm, desk_load(desk, norm, drivers, minutes).fte)
        made.append(Work(key, NORM if desk is None else DESK, norm.role, norm.initiative, norm.contract_line, fte, by_norm))
    for key, row in inputs.rows["training"].items():
        if row.timing == "yearly" and row.trainer:
            fte = need_fte(trainer_days(inputs, row, drivers.counts)[:, None], row.trainer_minutes, minutes)
            made.append(Work(key, TRAINING, row.trainer, row.initiative, "", fte, fte))
    return tuple(made)


def live_mask(network: Network, schedule: Schedule, initiative: str) -> np.ndarray:
    """Whether the work an initiative brings is done in a week, shape (draws, weeks); without an initiative always, unplaced never."""
    weeks = np.arange(network.capacity.shape[1])
    if not initiative:
        return np.ones((len(schedule.live), len(weeks)), dtype=bool)
    if initiative not in network.groups:
        return np.zeros((len(schedule.live), len(weeks)), dtype=bool)
    live = schedule.live[:, network.groups.index(initiative), None]
    return (live >= 0) & (weeks >= live)


def own_share(inputs: PlanInputs, drivers: Drivers, network: Network, schedule: Schedule, works: tuple[Work, ...]) -> dict[str, np.ndarray]:
    r"""Share of the work that names a contract line which is left to own staff, by line, shape (draws, weeks).

    .. math:: s = \max\left(0, 1 - \frac{p / 12}{w}\right)

    p contracted person-months a year of the line once its initiative is live, w FTE of all live work that names it.
    """
    year = network.week_year
    made = {}
    for key in sorted({w.contract_line for w in works} - {""}):
        line = inputs.rows["cost_lines"][key]
        contracted = line.mode * drivers.counts(line.driver, line.initiative).sum(axis=0)[year] / 12
        contracted = contracted * live_mask(network, schedule, line.initiative)
        work = sum(w.fte[year] * live_mask(network, schedule, w.initiative) for w in works if w.contract_line == key)
        made[key] = np.clip(1 - np.divide(contracted, work, out=np.zeros_like(contracted), where=work > 0), 0, 1)
    return made


def work_fte(inputs: PlanInputs, drivers: Drivers, network: Network, schedule: Schedule) -> list[tuple[Work, np.ndarray]]:
    """Every piece of running work with what it asks of own staff in each week [FTE], shape (draws, weeks)."""
    works = running_work(inputs, drivers)
    left = own_share(inputs, drivers, network, schedule, works)
    return [
        (w, w.fte[network.week_year] * live_mask(network, schedule, w.initiative) * (left[w.contract_line] if w.contract_line else 1.0))
        for w in works
    ]


def operate_need_fte(inputs: PlanInputs, drivers: Drivers, network: Network, schedule: Schedule) -> np.ndarray:
    """What running operations ask of each role in each week [FTE], shape (draws, roles, weeks): own staff, most likely norms."""
    made = np.zeros((len(schedule.live), len(network.roles), network.capacity.shape[1]))
    for work, fte in work_fte(inputs, drivers, network, schedule):
        made[:, network.roles.index(work.role)] += fte
    return made
