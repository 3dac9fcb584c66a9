"""A better order for `place`: groups moved to and fro while the schedule gains, the start of the optimiser's search for a plan."""

from __future__ import annotations

import numpy as np

from egov_model.model.from_network import starts_of
from egov_model.model.network import Network
from egov_model.model.problem import Problem
from egov_model.model.schedule import place
from egov_model.model.verify import value_of

REACH = 15  # places a group is moved at most


def better_order(
    network: Network,
    problem: Problem,
    order: np.ndarray,
    weeks: np.ndarray,
    amounts_idr: np.ndarray,
    objective: str,
    tries: int,
    seed: int = 0,
) -> tuple[np.ndarray, np.ndarray]:
    """An order of groups (groups,) whose schedule by `place` is worth no less than that of `order`, and that schedule's start weeks.

    Takes out one group and puts it back at most `REACH` places away, behind those it follows, and keeps the move unless the value rises;
    `tries` placements in all. `problem` is the network said plainly (from_network) with the same `weeks` (activities,) and `amounts_idr`
    (lines, years). A schedule that lacks a required group counts as worth nothing.
    """
    rng = np.random.default_rng(seed)
    best, starts, value = order.tolist(), *_try(network, problem, order, weeks, amounts_idr, objective)
    for _ in range(tries):
        moved = best.copy()
        at = int(rng.integers(len(moved)))
        group = moved.pop(at)
        to = int(np.clip(at + rng.integers(-REACH, REACH + 1), 0, len(moved)))
        place_of = {g: n for n, g in enumerate(moved)}
        if any(place_of[b] >= to for b in network.after[group]) or any(group in network.after[g] for g in moved[:to]):
            continue
        moved.insert(to, group)
        tried, worth = _try(network, problem, np.array(moved), weeks, amounts_idr, objective)
        if worth <= value:
            best, starts, value = moved, tried, worth
    return np.array(best, dtype=np.int64), starts


def _try(network: Network, problem: Problem, order: np.ndarray, weeks: np.ndarray, amounts_idr: np.ndarray, objective: str):
    """Start weeks of an order and what they are worth; a required group without a place is worse than anything."""
    starts = starts_of(network, place(network, order, weeks[None], amounts_idr[None]))
    lacking = int((problem.required[problem.group] & (starts < 0)).sum())
    return starts, value_of(problem, starts, objective) + lacking * (1 << 50)
