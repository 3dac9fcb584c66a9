"""A scheduling problem as a plain record: activities, what they need, and the people, money and windows they compete for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from egov_model.inputs.errors import Problems

Windows = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Precedence:
    """`after` starts at the earliest `lag` weeks behind the end of `before` (indices of activities)."""

    before: int
    after: int
    lag: int = 0


@dataclass(frozen=True)
class Payment:
    """What an activity takes from one fund as a function of its start week: `amount` (weeks + 1, years), whole units of money."""

    activity: int
    fund: int
    amount: np.ndarray


@dataclass(frozen=True)
class Problem:
    """Activities in groups that are placed as a whole; weeks 0 to `weeks`, every number whole.

    `starts` and `finishes` are inclusive windows of weeks by activity (a finish is the first week after the work); an empty tuple
    of `starts` leaves nothing, `finishes` of None asks nothing. `weight` counts in weighted completion and lateness, `due` is the
    week an activity should be finished by (-1: none). A group that is not `required` may be left out at the cost `left_out`.
    """

    names: tuple[str, ...]
    duration: np.ndarray  # (activities,) weeks
    weeks: int
    precedences: tuple[Precedence, ...] = ()
    resources: tuple[str, ...] = ()
    demand: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int64))  # (activities, resources)
    capacity: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int64))  # (resources, weeks)
    starts: tuple[Windows, ...] | None = None
    finishes: tuple[Windows | None, ...] | None = None
    weight: np.ndarray | None = None  # (activities,)
    due: np.ndarray | None = None  # (activities,)
    groups: tuple[str, ...] = ("all",)
    group: np.ndarray | None = None  # (activities,) index
    required: np.ndarray | None = None  # (groups,) bool
    left_out: np.ndarray | None = None  # (groups,) cost
    standing: np.ndarray | None = None  # (groups,) bool: runs already, and gives way to no required group
    funds: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    ceiling: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), dtype=np.int64))  # (funds, years)
    payments: tuple[Payment, ...] = ()
    week_names: tuple[str, ...] = ()  # (weeks + 1,), for sentences; empty: weeks by number
    parts: int = 1  # demands and capacities are counted in so many parts of one

    def __post_init__(self) -> None:
        """Fill what was not said: no windows, no weights, one group that is required."""
        count, groups = len(self.names), len(self.groups)
        defaults = {
            "starts": (((0, self.weeks),),) * count,
            "finishes": (None,) * count,
            "weight": np.ones(count, dtype=np.int64),
            "due": np.full(count, -1, dtype=np.int64),
            "group": np.zeros(count, dtype=np.int64),
            "required": np.ones(groups, dtype=bool),
            "left_out": np.zeros(groups, dtype=np.int64),
            "standing": np.zeros(groups, dtype=bool),
        }
        for name, value in defaults.items():
            if getattr(self, name) is None:
                object.__setattr__(self, name, value)
        if not self.resources and self.demand.size == 0:
            object.__setattr__(self, "demand", np.zeros((count, 0), dtype=np.int64))
            object.__setattr__(self, "capacity", np.zeros((0, self.weeks), dtype=np.int64))

    @cached_property
    def windows_allow(self) -> np.ndarray:
        """Start weeks that windows and the horizon alone allow, shape (activities, weeks + 1) of bool."""
        made = np.zeros((len(self.names), self.weeks + 1), dtype=bool)
        for a, length in enumerate(self.duration):
            for first, last in self.starts[a]:
                made[a, max(first, 0) : max(last + 1, 0)] = True
            made[a, max(self.weeks - int(length) + 1, 0) :] = False
            if self.finishes[a] is not None:
                finish = np.arange(self.weeks + 1) + length
                made[a] &= np.any([(finish >= f) & (finish <= t) for f, t in self.finishes[a]] or [np.zeros_like(finish, bool)], axis=0)
        return made

    @cached_property
    def people_allow(self) -> np.ndarray:
        """Start weeks with room for the activity's own demand when nothing else is placed, shape (activities, weeks + 1) of bool."""
        made = np.ones((len(self.names), self.weeks + 1), dtype=bool)
        begins = np.arange(self.weeks + 1)
        for a, length in enumerate(self.duration):
            needs = np.flatnonzero(self.demand[a])
            lacking = (self.capacity[needs] < self.demand[a, needs, None]).any(axis=0)
            count = np.concatenate([[0], np.cumsum(lacking)])
            made[a] = count[np.minimum(begins + length, self.weeks)] == count[begins]
        return made

    @cached_property
    def money_allows(self) -> np.ndarray:
        """Start weeks whose own payments fit an empty budget, shape (activities, weeks + 1) of bool."""
        made = np.ones((len(self.names), self.weeks + 1), dtype=bool)
        for payment in self.payments:
            made[payment.activity] &= (payment.amount <= self.ceiling[payment.fund]).all(axis=1)
        return made

    @cached_property
    def allowed(self) -> np.ndarray:
        """Start weeks an activity could have were it alone, shape (activities, weeks + 1) of bool."""
        return self.windows_allow & self.people_allow & self.money_allows

    @cached_property
    def order(self) -> np.ndarray | None:
        """Activities in an order that respects every precedence, shape (activities,); None when there is a cycle."""
        waits = np.zeros(len(self.names), dtype=np.int64)
        follows: list[list[int]] = [[] for _ in self.names]
        for p in self.precedences:
            waits[p.after] += 1
            follows[p.before].append(p.after)
        ready, made = [a for a in range(len(self.names)) if not waits[a]], []
        while ready:
            made.append(ready.pop())
            for a in follows[made[-1]]:
                waits[a] -= 1
                if not waits[a]:
                    ready.append(a)
        return np.array(made, dtype=np.int64) if len(made) == len(self.names) else None


def check_problem(problem: Problem) -> None:
    """Raise InputError naming every activity or group that no schedule could satisfy, and why.

    Found: shapes and indices that do not fit, negative numbers, a cycle, and in groups that are required: windows that leave no start
    week, a demand above every week's capacity, a payment above every year's ceiling, an activity due before its predecessors allow.
    """
    problems = Problems()
    _check_shapes(problem, problems)
    problems.stop()
    if problem.order is None:
        problems.add("schedule", field=_cycle(problem), advice="these wait for one another in a circle")
    problems.stop()
    for a in range(len(problem.names)):
        if problem.required[problem.group[a]] and not problem.allowed[a].any():
            _say_why(problem, a, problems)
    problems.stop()
    for a, earliest in enumerate(earliest_starts(problem)):
        if problem.required[problem.group[a]] and earliest > problem.weeks:
            problems.add(
                "schedule", field=problem.names[a], found="no start week left", advice="what it follows ends after its last window"
            )
    problems.stop()


def earliest_starts(problem: Problem) -> np.ndarray:
    """First start week of every activity by its windows and what it follows, shape (activities,); weeks + 1 where there is none."""
    made = np.array([int(np.argmax(row)) if row.any() else problem.weeks + 1 for row in problem.allowed], dtype=np.int64)
    follows: list[list[Precedence]] = [[] for _ in problem.names]
    for p in problem.precedences:
        follows[p.before].append(p)
    for a in problem.order:
        for p in follows[a]:
            ready = made[a] + problem.duration[a] + p.lag
            later = np.flatnonzero(problem.allowed[p.after, max(ready, 0) :])
            first = max(ready, 0) + later[0] if later.size else problem.weeks + 1
            made[p.after] = max(made[p.after], first if made[a] <= problem.weeks else problem.weeks + 1)
    return made


def _check_shapes(problem: Problem, problems: Problems) -> None:
    count, groups = len(problem.names), len(problem.groups)
    shapes = {
        "duration": (count,),
        "demand": (count, len(problem.resources)),
        "capacity": (len(problem.resources), problem.weeks),
        "weight": (count,),
        "due": (count,),
        "group": (count,),
        "required": (groups,),
        "left_out": (groups,),
        "ceiling": (len(problem.funds), len(problem.years)) if problem.funds else problem.ceiling.shape,
    }
    for name, shape in shapes.items():
        value = getattr(problem, name)
        if value.shape != shape:
            problems.add("schedule", field=name, found=f"shape {value.shape}", allowed=str(shape))
        elif value.dtype.kind not in "iub":
            problems.add("schedule", field=name, found=str(value.dtype), allowed="whole numbers")
        elif name not in ("due", "group") and (value < 0).any():
            problems.add("schedule", field=name, found="a negative number", allowed="0 or more")
    for name in ("starts", "finishes"):
        if len(getattr(problem, name)) != count:
            problems.add("schedule", field=name, found=f"{len(getattr(problem, name))} rows", allowed=str(count))
    for p in problem.precedences:
        if not (0 <= p.before < count and 0 <= p.after < count):
            problems.add("schedule", field="precedences", found=f"{p.before} -> {p.after}", allowed=f"0 to {count - 1}")
    if problem.group.shape == (count,) and count and not (problem.group.min() >= 0 and problem.group.max() < groups):
        problems.add("schedule", field="group", found="an unknown group", allowed=f"0 to {groups - 1}")
    for pay in problem.payments:
        known = 0 <= pay.activity < count and 0 <= pay.fund < len(problem.funds)
        if not known or pay.amount.shape != (problem.weeks + 1, len(problem.years)) or (pay.amount < 0).any():
            problems.add(
                "schedule", field="payments", found=f"activity {pay.activity}, fund {pay.fund}", allowed="known, by week and year, >= 0"
            )


def _say_why(problem: Problem, a: int, problems: Problems) -> None:
    """Add the reason an activity has no start week: the first of windows, people, money that leaves none."""
    name = problem.names[a]
    short = [r for r in range(len(problem.resources)) if problem.demand[a, r] > problem.capacity[r].max(initial=0)]
    if not problem.windows_allow[a].any():
        problems.add("schedule", field=name, found=f"{problem.duration[a]} weeks", advice="no window leaves it a start week")
    elif short and problem.duration[a]:
        for r in short:
            most = problem.capacity[r].max(initial=0)
            problems.add(
                "schedule", field=name, found=f"{problem.demand[a, r]} of {problem.resources[r]}", allowed=f"at most {most} in any week"
            )
    elif not (problem.windows_allow[a] & problem.people_allow[a]).any():
        problems.add(
            "schedule", field=name, found=f"{problem.duration[a]} weeks", advice="its windows never have the people for its whole length"
        )
    else:
        problems.add("schedule", field=name, found="a payment above the ceiling", advice="in every start week its windows and people leave")


def _cycle(problem: Problem) -> str:
    """One cycle in words, a -> b -> a."""
    follows: dict[int, list[int]] = {}
    for p in problem.precedences:
        follows.setdefault(p.before, []).append(p.after)
    alive = set(follows)
    while dead := {a for a in alive if not any(b in alive for b in follows[a])}:
        alive -= dead
    path = [min(alive)]
    while path[-1] not in path[:-1]:
        path.append(next(b for b in follows[path[-1]] if b in alive))
    return " -> ".join(problem.names[a] for a in path[path.index(path[-1]) :])
