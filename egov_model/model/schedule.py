"""Serial schedule generation: one initiative after another at the earliest week that gates, people and ceilings allow."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from egov_model.model.compiled_groups import place_draws
from egov_model.model.network import Network
from egov_model.model.shape import shape_of


@dataclass(frozen=True)
class Schedule:
    """Dates in weeks, shape (draws, activities) or (draws, groups); -1 where there is no place within the plan.

    `finish` and `live` are exclusive: the first week after the work. `waited_*` count the weeks an activity lost to the gate, to
    people and to the ceiling. `status` says why a group has no place and `status_at` which year, fund, role or group that concerns.
    `paid_idr` (draws, lines, years) is the money of every line in the year it is paid.
    """

    start: np.ndarray
    finish: np.ndarray
    live: np.ndarray
    waited_gate: np.ndarray
    waited_people: np.ndarray
    waited_money: np.ndarray
    status: np.ndarray
    status_at: np.ndarray
    paid_idr: np.ndarray


@dataclass(frozen=True)
class Disturbances:
    """What keeps draws from the calendar and the posts as planned, by year.

    `longer` (draws, activities, years): weeks that are added to an activity, unless it takes no time, that starts in that year;
    `gate_weeks` (draws, years): weeks by which the windows of that year open later; `people` (draws, roles, years): share of the capacity
    that is there, in whole thousandths of an FTE.
    """

    longer: np.ndarray
    gate_weeks: np.ndarray
    people: np.ndarray


def priority_order(network: Network) -> np.ndarray:
    """Groups by priority, each right behind those it must follow that do not stand yet, shape (groups,).

    What an urgent group waits for is thereby as urgent as the group itself.
    """
    rank = sorted(range(len(network.groups)), key=lambda g: (network.priority[g], g))
    order: list[int] = []
    seen: set[int] = set()

    def visit(group: int) -> None:
        if group in seen:
            return
        seen.add(group)
        for before in sorted(network.after[group], key=rank.index):
            visit(before)
        order.append(group)

    for group in rank:
        visit(group)
    return np.array(order, dtype=np.int64)


def place(
    network: Network,
    order: np.ndarray,
    duration: np.ndarray,
    amount_idr: np.ndarray,
    threads: int = 2,
    disturbances: Disturbances | None = None,
) -> Schedule:
    """Place every group of every draw in the given order.

    `order` (groups,) or (draws, groups); `duration` (draws, activities) weeks; `amount_idr` (draws, lines, years) by year of payment.
    Precedence, fiscal windows, roles and yearly ceilings hold in every draw; a group is placed with its running costs or not at all.
    Groups that the order does not name have no place. Each draw is the same whatever the threads.
    """
    draws, activities, groups = len(duration), len(network.activities), len(network.groups)
    start, finish = (np.full((draws, activities), -1, dtype=np.int64) for _ in range(2))
    live, waits = np.full((draws, groups), -1, dtype=np.int64), np.zeros((3, draws, activities), dtype=np.int64)
    status, status_at = (np.zeros((draws, groups), dtype=np.int64) for _ in range(2))
    paid_idr = np.zeros(amount_idr.shape, dtype=np.int64)
    read = [shape_of(network, amount_idr.shape[2])]
    read += [np.ascontiguousarray(np.atleast_2d(part), dtype=np.int64) for part in (order, duration)]
    read += [np.ascontiguousarray(part, dtype=np.int64) for part in (amount_idr, network.ceiling_idr)]
    read += disturbing(disturbances, network, amount_idr.shape[2])
    write = (start, finish, live, waits, status, status_at, paid_idr)
    edges = np.linspace(0, draws, max(1, min(threads, draws)) + 1).astype(int).tolist()
    if len(edges) == 2:
        place_draws(0, draws, *read, *write)
    else:
        with ThreadPoolExecutor(len(edges) - 1) as pool:
            list(pool.map(lambda k: place_draws(edges[k], edges[k + 1], *read, *write), range(len(edges) - 1)))
    return Schedule(start, finish, live, *waits, status, status_at, paid_idr)


def disturbing(disturbances: Disturbances | None, network: Network, years: int) -> list[np.ndarray]:
    """The arrays of disturbances as compiled loops read them; without any, arrays of no draws."""
    if disturbances is None:
        whole = [np.empty((0, *size), dtype=np.int64) for size in ((len(network.activities), years), (years,))]
        return [*whole, np.empty((0, len(network.roles), years))]
    whole = [np.ascontiguousarray(part, dtype=np.int64) for part in (disturbances.longer, disturbances.gate_weeks)]
    return [*whole, np.ascontiguousarray(disturbances.people, dtype=np.float64)]
