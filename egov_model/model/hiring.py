"""The least-cost mix of hiring, training, contracting and waiting that closes a shortage of people; knows nothing of a regency."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

OPTIMAL, FEASIBLE = "optimal", "feasible"


@dataclass(frozen=True, eq=False)
class Action:
    """One measure, taken a whole number of times up to `most`, for `cost_idr` each.

    `adds_milli` (roles, months): thousandths of an FTE that each adds to (or takes from) a role in a month. `service`: it is bought, so it
    does only work that may be bought.
    """

    most: int
    cost_idr: int
    adds_milli: np.ndarray
    service: bool = False


@dataclass(frozen=True, eq=False)
class Waiting:
    """Work of a role that may be done up to `months` later: `work_milli` (months,) as it arises, at `cost_idr` for each thousandth of an
    FTE that waits over the end of a month."""

    role: int
    months: int
    work_milli: np.ndarray
    cost_idr: int


@dataclass(frozen=True, eq=False)
class Shortage:
    """Need of people and those there, by role and month in whole thousandths of an FTE, each (roles, months), and what can be done.

    `buyable_milli` is the part of the need that a service may do; up to `tolerance_milli` of a role and month the people there carry.
    """

    need_milli: np.ndarray
    there_milli: np.ndarray
    buyable_milli: np.ndarray
    tolerance_milli: int
    actions: tuple[Action, ...]
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True, eq=False)
class Mix:
    """How often each action is taken (actions,), what waits at each month's end (waiting, months) and stays open (roles, months).

    `cost_idr` is that of actions and waiting; `bound_idr` what no mix with as little open can fall below. `status`: optimal, or feasible
    (not proven least within the limit).
    """

    taken: np.ndarray
    backlog_milli: np.ndarray
    open_milli: np.ndarray
    cost_idr: int
    bound_idr: int
    status: str


def least_cost(shortage: Shortage, limit: float = 5.0) -> Mix:
    """The cheapest of the mixes that leave least open.

    In each role and month: need + what waited before - what waits now <= people there + people added + services + tolerance + open, where
    services do no more than the part that may be bought. Work waits in the order it arose: no more of it waits than arose within its
    months, nothing waits beyond the last month. Two solves by CP-SAT, each within `limit` units of deterministic time: first the least
    open, then the least cost. Same shortage, same answer.
    """
    model = cp_model.CpModel()
    taken = [model.new_int_var(0, a.most, "") for a in shortage.actions]
    backlog = [_backlog(model, w) for w in shortage.waiting]
    opened = _balance(model, shortage, taken, backlog)
    gap, cost = sum(v for row in opened for v in row), _cost(shortage, taken, backlog)
    solver = _solve(model, gap, limit)
    least = sum(solver.value(v) for row in opened for v in row)
    proven = round(solver.best_objective_bound) == least
    model.add(gap <= least)
    for variable in [*taken, *(v for row in (*backlog, *opened) for v in row)]:
        model.add_hint(variable, solver.value(variable))
    solver = _solve(model, cost, limit)

    def values(rows) -> np.ndarray:
        made = np.array([[solver.value(v) for v in row] for row in rows], dtype=np.int64)
        return made.reshape(len(rows), shortage.need_milli.shape[1])

    found, bound = int(round(solver.objective_value)), int(np.ceil(solver.best_objective_bound - 1e-6))
    status = OPTIMAL if proven and found == bound else FEASIBLE
    return Mix(np.array([solver.value(v) for v in taken], dtype=np.int64), values(backlog), values(opened), found, bound, status)


def levelled_milli(shortage: Shortage, backlog_milli: np.ndarray) -> np.ndarray:
    """Need after waiting, shape (roles, months): what waits moves to later months, and nothing is lost."""
    made = shortage.need_milli.copy()
    for waiting, row in zip(shortage.waiting, backlog_milli, strict=True):
        made[waiting.role] -= np.diff(row, prepend=0)
    return made


def added_milli(shortage: Shortage, taken: np.ndarray, service: bool) -> np.ndarray:
    """What the actions taken add, own people or services, shape (roles, months)."""
    made = np.zeros_like(shortage.need_milli)
    for action, times in zip(shortage.actions, taken.tolist(), strict=True):
        if action.service == service:
            made += times * action.adds_milli
    return made


def _backlog(model: cp_model.CpModel, waiting: Waiting) -> list:
    """What waits at each month's end: no more than arose within its months, and in a month no more new than arose."""
    made, sums = [], np.cumsum(np.concatenate([[0], waiting.work_milli])).tolist()
    months = len(waiting.work_milli)
    for t in range(months):
        most = sums[t + 1] - sums[max(0, t + 1 - waiting.months)]
        made.append(model.new_int_var(0, most if t < months - 1 else 0, ""))
        if t:
            model.add(made[t] <= made[t - 1] + int(waiting.work_milli[t]))
    return made


def _balance(model: cp_model.CpModel, shortage: Shortage, taken: list, backlog: list) -> list[list]:
    """The balance of every role and month, and the variables of what stays open."""
    roles, months = shortage.need_milli.shape
    most = _most_open(shortage)
    made = []
    for r in range(roles):
        does = [(v, a.adds_milli[r], a.service) for v, a in zip(taken, shortage.actions, strict=True) if a.adds_milli[r].any()]
        waits = [b for b, w in zip(backlog, shortage.waiting, strict=True) if w.role == r]
        row = []
        for t in range(months):
            opened = model.new_int_var(0, int(most[r, t]), "")
            services = [int(adds[t]) * v for v, adds, service in does if service and adds[t]]
            own = sum(int(adds[t]) * v for v, adds, service in does if not service and adds[t])
            need = int(shortage.need_milli[r, t]) + (sum(b[t - 1] for b in waits) if t else 0) - sum(b[t] for b in waits)
            left = need - int(shortage.there_milli[r, t]) - shortage.tolerance_milli - own - opened
            model.add(left <= sum(services))
            if services:
                model.add(left <= int(shortage.buyable_milli[r, t]))
            row.append(opened)
        made.append(row)
    return made


def _most_open(shortage: Shortage) -> np.ndarray:
    """What can be open at worst, shape (roles, months): all need, all that can have waited, and all that actions can take away."""
    made = shortage.need_milli.copy()
    for w in shortage.waiting:
        made[w.role, 1:] += np.cumsum(w.work_milli)[:-1]
    for action in shortage.actions:
        made += action.most * np.maximum(0, -action.adds_milli)
    return np.maximum(0, made)


def _cost(shortage: Shortage, taken: list, backlog: list):
    actions = sum(a.cost_idr * v for v, a in zip(taken, shortage.actions, strict=True))
    return actions + sum(w.cost_idr * sum(row) for row, w in zip(backlog, shortage.waiting, strict=True))


def _solve(model: cp_model.CpModel, objective, limit: float) -> cp_model.CpSolver:
    """Minimise; what may stay open makes every shortage solvable."""
    solver = cp_model.CpSolver()
    solver.parameters.random_seed, solver.parameters.num_workers, solver.parameters.max_deterministic_time = 0, 1, limit
    solver.parameters.linearization_level = 2  # nearly all of it is linear: a tenth of the time
    model.minimize(objective)
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise ValueError(f"no mix of measures was found within {limit:g} units of deterministic time")
    return solver
