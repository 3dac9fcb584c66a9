"""What a schedule is worth in plain terms: weeks and groups, whole numbers, nothing of e-government."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from egov_model.model.problem import Problem, earliest_starts


@dataclass(frozen=True)
class Joint:
    """Earned when all `groups` are live: `worth[w]` (weeks + 1,) when the last goes live in week w, not rising and never negative."""

    groups: tuple[int, ...]
    worth: np.ndarray


@dataclass(frozen=True)
class Share:
    """At least `least` of the counted things are done by a week: `parts` are (count, groups), done when all groups are live by then."""

    parts: tuple[tuple[int, tuple[int, ...]], ...]
    least: int
    by: int


@dataclass(frozen=True)
class Gain:
    """`value` is earned when every group of `needs` (group, week) is live by its week and every share is reached; all or nothing."""

    value: int
    needs: tuple[tuple[int, int], ...] = ()
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True)
class Worth:
    """What is sought, larger is better: the sum of its gains, its joints and, by activity, `starts[a][w]` for a start in week w.

    Groups left out bring nothing. Values are whole; a gain's and a joint's are never negative, those of starts may be costs.
    """

    gains: tuple[Gain, ...] = ()
    joints: tuple[Joint, ...] = ()
    starts: tuple[tuple[int, np.ndarray], ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError for what the solver could not bound."""
        if any(g.value < 0 for g in self.gains):
            raise ValueError("a gain's value is negative")
        for joint in self.joints:
            if (joint.worth < 0).any() or (np.diff(joint.worth) > 0).any():
                raise ValueError("a joint's worth is negative or rises with the week")


def live_weeks(problem: Problem, starts: np.ndarray) -> np.ndarray:
    """Week in which each group's last work ends, shape (groups,); -1 where it is left out."""
    live = np.full(len(problem.groups), -1, dtype=np.int64)
    placed = np.asarray(starts) >= 0
    np.maximum.at(live, problem.group[placed], (np.asarray(starts) + problem.duration)[placed])
    return live


def worth_of(worth: Worth, problem: Problem, starts: np.ndarray) -> int:
    """What the start weeks (activities,; -1: left out) are worth: plain loops that share nothing with any solver."""
    live = [int(w) for w in live_weeks(problem, starts)]

    def done(groups: tuple[int, ...], by: int) -> bool:
        return all(0 <= live[g] <= by for g in groups)

    total = 0
    for gain in worth.gains:
        reached = all(done((g,), by) for g, by in gain.needs)
        for share in gain.shares:
            reached &= sum(count for count, groups in share.parts if done(groups, share.by)) >= share.least
        total += gain.value if reached else 0
    for joint in worth.joints:
        if all(live[g] >= 0 for g in joint.groups):
            total += int(joint.worth[max((live[g] for g in joint.groups), default=0)])
    return total + sum(int(table[starts[a]]) for a, table in worth.starts if starts[a] >= 0)


def weighted(parts: list[tuple[Worth, float]]) -> Worth:
    """Several worths added up, each times a factor (0 or more); values are rounded one by one."""

    def times(values: np.ndarray, factor: float) -> np.ndarray:
        return np.rint(values * factor).astype(np.int64)

    return Worth(
        tuple(replace(g, value=round(g.value * n)) for worth, n in parts for g in worth.gains if n),
        tuple(Joint(j.groups, times(j.worth, n)) for worth, n in parts for j in worth.joints if n),
        tuple((a, times(table, n)) for worth, n in parts for a, table in worth.starts if n),
    )


def most(worth: Worth, problem: Problem) -> int:
    """What the worth would be were every group live as early as windows and precedence alone allow, and starts cost their least."""
    live = np.zeros(len(problem.groups), dtype=np.int64)
    np.maximum.at(live, problem.group, earliest_starts(problem) + problem.duration)
    total = sum(g.value for g in worth.gains if all(live[n] <= by for n, by in g.needs))
    total += sum(int(j.worth[min(max((live[n] for n in j.groups), default=0), problem.weeks)]) for j in worth.joints)
    return int(total) + sum(max(0, int(table.max())) for _, table in worth.starts)
