"""Which groups to place and in which order, so that `place` makes the schedule: search for what a worth asks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egov_model.model.compiled_choice import FINER, Flat, search_choice
from egov_model.model.from_network import starts_of
from egov_model.model.network import Network
from egov_model.model.problem import Problem
from egov_model.model.schedule import place
from egov_model.model.shape import Lists, lists, shape_of
from egov_model.model.worth import Worth, worth_of

STARTS = 5  # searches with other random moves, of which the best counts


@dataclass(frozen=True)
class Ordered:
    """`order` (placed groups,) whose schedule by `place` has these start weeks (problem's activities,; -1: left out) and worth."""

    order: np.ndarray
    starts: np.ndarray
    value: int


def choose_order(
    network: Network,
    problem: Problem,
    worth: Worth,
    order: np.ndarray,
    weeks: np.ndarray,
    amounts_idr: np.ndarray,
    tries: int,
    seed: int = 0,
) -> Ordered:
    """The best choice and order found in `tries` placements, beginning at `order` (groups,).

    `problem` is the network said plainly (from_network) with the same `weeks` (activities,) and `amounts_idr` (lines, years). Required
    groups count above all; of choices worth the same the one counts that finishes soonest, by the problem's weights and `left_out`.
    """
    order = np.asarray(order, dtype=np.int64)
    live = np.arange(problem.weeks + 1)
    weight = np.zeros(len(network.groups), dtype=np.int64)
    np.maximum.at(weight, problem.group, problem.weight)
    finer, absent = weight[:, None] * live, problem.left_out.astype(np.int64)
    if int(finer.max(axis=1).sum() + absent.sum()) >= FINER:
        scale = int(finer.max(axis=1).sum() + absent.sum()) // FINER + 1
        finer, absent = finer // scale, absent // scale
    flat = flatten(worth, problem.weeks)
    whole = np.concatenate([order, np.setdiff1d(np.arange(len(network.groups)), order)])
    arguments = (
        np.ascontiguousarray(weeks, dtype=np.int64), np.ascontiguousarray(amounts_idr, dtype=np.int64),
        np.ascontiguousarray(network.ceiling_idr[0], dtype=np.int64), flat, problem.group.astype(np.int64), finer, absent,
        problem.required.astype(np.bool_),
    )  # fmt: skip
    shape = shape_of(network, amounts_idr.shape[1])
    found = [search_choice(shape, whole, len(order), *arguments, tries // STARTS, seed * STARTS + n) for n in range(STARTS)]
    best, size, _ = max(found, key=lambda one: one[2])
    return ordered(network, problem, worth, best[:size], weeks, amounts_idr)


def ordered(network: Network, problem: Problem, worth: Worth, order: np.ndarray, weeks: np.ndarray, amounts_idr: np.ndarray) -> Ordered:
    """What `place` makes of an order of some groups; those it finds no place for are taken out of the order."""
    schedule = place(network, order, weeks[None], amounts_idr[None])
    starts = starts_of(network, schedule)
    return Ordered(order[schedule.live[0, order] >= 0], starts, worth_of(worth, problem, starts))


def order_of(problem: Problem, starts: np.ndarray) -> np.ndarray:
    """Placed groups by their first start week, those that others follow first: what `place` is given to make a schedule again."""
    first = np.array([min(starts[problem.group == g], default=-1) for g in range(len(problem.groups))])
    before: dict[int, set[int]] = {}
    for p in problem.precedences:
        if problem.group[p.before] != problem.group[p.after]:
            before.setdefault(int(problem.group[p.after]), set()).add(int(problem.group[p.before]))
    made: list[int] = []
    rest = [int(g) for g in np.argsort(first, kind="stable") if first[g] >= 0]
    while rest:
        g = next(g for g in rest if not before.get(g, set()) & set(rest))
        rest.remove(g)
        made.append(g)
    return np.array(made, dtype=np.int64)


def flatten(worth: Worth, weeks: int) -> Flat:
    """A worth in the arrays that compiled loops read."""
    shares = [s for gain in worth.gains for s in gain.shares]
    parts = [p for s in shares for p in s.parts]
    return Flat(
        value=_whole([g.value for g in worth.gains]),
        need=lists([[n for pair in g.needs for n in pair] for g in worth.gains]),
        shares=_runs([len(g.shares) for g in worth.gains]),
        share=_whole([(s.least, s.by) for s in shares]).reshape(-1, 2),
        parts=_runs([len(s.parts) for s in shares]),
        count=_whole([count for count, _ in parts]),
        part_group=lists([groups for _, groups in parts]),
        joint_group=lists([j.groups for j in worth.joints]),
        joint=_whole([j.worth for j in worth.joints]).reshape(-1, weeks + 1),
        start_at=_whole([a for a, _ in worth.starts]),
        start=_whole([table for _, table in worth.starts]).reshape(-1, weeks + 1),
    )


def _runs(lengths: list[int]) -> Lists:
    """Consecutive indices, so many for each owner."""
    at = np.cumsum([0, *lengths])
    return Lists(_whole(at), _whole(np.arange(at[-1])))


def _whole(numbers: object) -> np.ndarray:
    return np.ascontiguousarray(numbers, dtype=np.int64)
