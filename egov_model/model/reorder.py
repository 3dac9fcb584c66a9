"""A better order for `place`: groups moved to and fro while the schedule gains."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from egov_model.model.compiled_search import search
from egov_model.model.from_network import starts_of
from egov_model.model.network import Network
from egov_model.model.problem import Problem
from egov_model.model.schedule import place
from egov_model.model.shape import shape_of
from egov_model.model.verify import COMPLETION, LATENESS, LEVELLED, MAKESPAN

LACKING = 1 << 40  # a required group without a place is worse than anything but
SWITCHED_OFF = 1 << 50  # a service that runs and would not go on
STARTS, THREADS = 6, 2  # searches with other random moves, of which the best counts, and how many at a time


def better_order(
    network: Network,
    problem: Problem,
    order: np.ndarray,
    weeks: np.ndarray,
    amounts_idr: np.ndarray,
    objective: str,
    tries: int,
    seed: int = 0,
    going_on: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """An order of groups (groups,) whose schedule by `place` is worth no less than that of `order`, and that schedule's start weeks.

    Takes out one group and puts it back elsewhere, behind those it follows, places all again and keeps the move while it is no worse
    than a while ago; `tries` placements in all. `problem` is the network said plainly (from_network) with the same `weeks` (activities,)
    and `amounts_idr` (lines, years). A schedule that lacks a required group counts as worth nothing, and as still less one in which a group
    that goes on (`going_on` (groups,), none by default) is not live in its earliest week. The levelled use of people does not
    follow from go-live weeks: for it `order` stays. Raises ValueError for an unknown objective.
    """
    order = np.asarray(order, dtype=np.int64)
    if len(order) > 1 and objective != LEVELLED:
        cost, absent = _worth(network, problem, objective)
        if going_on is not None:
            cost = cost + SWITCHED_OFF * (going_on[:, None] & (np.arange(problem.weeks + 1) > network.earliest[:, None]))
            absent = absent + SWITCHED_OFF * going_on
        shape, ceiling = shape_of(network, amounts_idr.shape[1]), np.ascontiguousarray(network.ceiling_idr[0], dtype=np.int64)
        read = (np.ascontiguousarray(weeks, dtype=np.int64), np.ascontiguousarray(amounts_idr, dtype=np.int64), ceiling, cost, absent)
        with ThreadPoolExecutor(THREADS) as pool:  # each search is the same whatever the threads
            seeds, same = range(seed * STARTS, (seed + 1) * STARTS), (objective == MAKESPAN, tries // STARTS)
            found = list(pool.map(lambda own: search(shape, order, *read, *same, own), seeds))
        order = min(found, key=lambda pair: pair[1])[0]
    return order, starts_of(network, place(network, order, weeks[None], amounts_idr[None]))


def _worth(network: Network, problem: Problem, objective: str) -> tuple[np.ndarray, np.ndarray]:
    """What it costs that a group goes live in a week (groups, weeks + 1), and that it has no place (groups,): `value_of` by groups."""
    groups = len(network.groups)
    live = np.arange(problem.weeks + 1)
    weight, due = np.zeros(groups, dtype=np.int64), np.full(groups, -1, dtype=np.int64)
    weight[problem.group[problem.weight > 0]] = problem.weight[problem.weight > 0]  # on a group's last activity, see from_network
    due[problem.group[problem.due >= 0]] = problem.due[problem.due >= 0]
    if objective == COMPLETION:
        cost = weight[:, None] * live
    elif objective == LATENESS:
        cost = weight[:, None] * np.where(due[:, None] >= 0, np.maximum(live - due[:, None], 0), 0)
    elif objective == MAKESPAN:
        cost = np.broadcast_to(live, (groups, len(live)))
    else:
        raise ValueError(f"objective {objective!r}; allowed: {COMPLETION}, {LATENESS}, {MAKESPAN}, {LEVELLED}")
    return np.ascontiguousarray(cost, dtype=np.int64), (problem.left_out + LACKING * problem.required).astype(np.int64)
