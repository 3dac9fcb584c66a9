"""Which groups to place and in which order, so that `place` makes the schedule: search for what a worth asks."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from egov_model.model.compiled_choice import FINER, MOST, Flat, search_choice
from egov_model.model.from_network import starts_of
from egov_model.model.network import Network
from egov_model.model.problem import Problem
from egov_model.model.schedule import place
from egov_model.model.shape import Lists, lists, shape_of
from egov_model.model.worth import Worth, live_weeks, worth_of

STARTS = 5  # searches with other random moves, of which the best counts
STANDING = np.int64(16)  # required groups that one which stands already counts for
NEARER = (1000, 0)  # of every other search: what a week nearer to a missed gain counts for beside a week of weighted completion


@dataclass(frozen=True)
class Ordered:
    """`order` (placed groups,) whose schedule by `place` has these start weeks (problem's activities,; -1: left out) and worth, when no
    group begins before its week of `earliest` (groups,)."""

    order: np.ndarray
    earliest: np.ndarray
    starts: np.ndarray
    value: int


def choose_order(
    network: Network,
    problem: Problem,
    worth: Worth,
    first: Ordered,
    weeks: np.ndarray,
    amounts_idr: np.ndarray,
    tries: int,
    seed: int = 0,
    soft: bool = False,
) -> Ordered:
    """The best choice, order and first years found in `tries` placements, beginning at `first`.

    `problem` is the network said plainly (from_network) with the same `weeks` (activities,) and `amounts_idr` (lines, years). Required
    groups count above all, and those of them that stand above the others; of choices worth the same the
    one counts that finishes soonest, by the problem's weights and `left_out`.
    With `soft` what is sought is to come near to all gains, by the weeks that their groups are late, rather than to reach some.
    Raises ValueError for a worth too large to be told from what decides between equals.
    """
    sought = worth if not soft else Worth(tuple(replace(gain, value=0) for gain in worth.gains))
    if _size(worth) >= MOST:
        raise ValueError(f"a worth of up to {_size(worth):,}; below {MOST:,} is possible: use a larger unit")
    live = np.arange(problem.weeks + 1)
    weight = np.zeros(len(network.groups), dtype=np.int64)
    np.maximum.at(weight, problem.group, problem.weight)
    finer, absent = weight[:, None] * live, problem.left_out.astype(np.int64)
    if int(finer.max(axis=1).sum() + absent.sum()) >= FINER:
        scale = int(finer.max(axis=1).sum() + absent.sum()) // FINER + 1
        finer, absent = finer // scale, absent // scale
    whole = np.concatenate([first.order, np.setdiff1d(np.arange(len(network.groups)), first.order)])
    arguments = (
        np.ascontiguousarray(weeks, dtype=np.int64), np.ascontiguousarray(amounts_idr, dtype=np.int64),
        np.ascontiguousarray(network.ceiling_idr[0], dtype=np.int64), flatten(sought, problem.weeks), problem.group.astype(np.int64),
        finer, absent, _required(problem), _latest(problem), first.earliest,
    )  # fmt: skip
    shape = shape_of(network, amounts_idr.shape[1])
    found = []
    for n in range(STARTS):
        mine = shape._replace(earliest=shape.earliest.copy())
        how = (NEARER[0 if soft else n % 2], soft, tries // STARTS, seed * STARTS + n)
        found.append(search_choice(mine, whole, len(first.order), *arguments, *how))
    best, size, earliest, _ = max(found, key=lambda one: one[3])
    made = ordered(network, problem, worth, best[:size], earliest, weeks, amounts_idr)
    for g in () if soft else np.flatnonzero(made.earliest > network.earliest):  # nobody waits for nothing
        sooner = made.earliest.copy()
        sooner[g] = network.earliest[g]
        other = ordered(network, problem, worth, made.order, sooner, weeks, amounts_idr)
        if other.value >= made.value and _finer(problem, other, weight) <= _finer(problem, made, weight):
            made = other
    return made


def _finer(problem: Problem, made: Ordered, weight: np.ndarray) -> int:
    """Weighted completion, with what is left out: what decides between choices worth the same."""
    live = live_weeks(problem, made.starts)
    late = (live > _latest(problem)).any() or (live[problem.required] < 0).any()
    return int(np.where(live >= 0, weight * live, problem.left_out).sum()) + FINER * int(late)


def ordered(
    network: Network,
    problem: Problem,
    worth: Worth,
    order: np.ndarray,
    earliest: np.ndarray,
    weeks: np.ndarray,
    amounts_idr: np.ndarray,
) -> Ordered:
    """What `place` makes of an order of some groups, none before its week of `earliest`; those without a place leave the order."""
    earliest = np.maximum(earliest, network.earliest)
    schedule = place(replace(network, earliest=earliest), order, weeks[None], amounts_idr[None])
    starts = starts_of(network, schedule)
    return Ordered(order[schedule.live[0, order] >= 0], earliest, starts, worth_of(worth, problem, starts))


def _required(problem: Problem) -> np.ndarray:
    """How much every group counts as required, (groups,): what is standing as much as sixteen others."""
    return problem.required * np.where(problem.standing, STANDING, np.int64(1))


def _latest(problem: Problem) -> np.ndarray:
    """Week by which each group must be live, by the last window of each of its activities, shape (groups,)."""
    made = np.full(len(problem.groups), problem.weeks, dtype=np.int64)
    for a, windows in enumerate(problem.starts):
        last = max((until for _, until in windows), default=problem.weeks) + int(problem.duration[a])
        g = problem.group[a]
        if all(p.before != a or problem.group[p.after] != g for p in problem.precedences):
            made[g] = min(made[g], last)
    return made


def _size(worth: Worth) -> int:
    """More than any schedule is worth, or costs."""
    tables = [j.worth for j in worth.joints] + [table for _, table in worth.starts]
    return sum(g.value for g in worth.gains) + sum(int(np.abs(table).max()) for table in tables)


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
