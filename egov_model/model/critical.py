"""Why every activity of a schedule starts when it does, how far it could slip, and the chain of links that sets the finish.

Read from a finished schedule alone, whoever made it: what keeps an activity from starting a week earlier while all others stay.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egov_model.model.problem import Precedence, Problem

# what holds an activity: nothing (week 0), the end of what it follows, its windows, people, a ceiling, or only the order of the plan
START, AFTER, WINDOW, RESOURCE, MONEY, FREE = "start", "after", "window", "resource", "money", "free"


@dataclass(frozen=True)
class Link:
    """What an activity's start hangs on.

    `before` is the activity whose end it waits for (-1: none, the cause itself begins the chain). `ready` is the week in which all it
    follows has ended, `wait` the weeks from the end of `before` (without one: from `ready`) to the start, `closed` the weeks between
    `ready` and start that lie outside its windows. `resource`, `fund` and `year` are indices, -1 where the cause is another.
    With cause RESOURCE or MONEY and weeks closed at the end of the wait, that cause made the activity miss its window.
    """

    activity: int
    cause: str
    before: int
    ready: int
    wait: int
    closed: int
    resource: int = -1
    fund: int = -1
    year: int = -1


class _Placed:
    """A schedule with what it uses, week by week."""

    def __init__(self, problem: Problem, starts: np.ndarray):
        self.problem, self.start = problem, np.array(starts, dtype=np.int64)
        self.finish = self.start + problem.duration
        self.use = np.zeros(problem.capacity.shape, dtype=np.int64)
        self.spent = np.zeros(problem.ceiling.shape, dtype=np.int64)
        self.pays: list[list] = [[] for _ in problem.names]
        self.follows: list[list[Precedence]] = [[] for _ in problem.names]
        self.leads: list[list[Precedence]] = [[] for _ in problem.names]
        for payment in problem.payments:
            self.pays[payment.activity].append(payment)
        for p in problem.precedences:
            if starts[p.before] >= 0 and starts[p.after] >= 0:
                self.follows[p.after].append(p)
                self.leads[p.before].append(p)
        for a in np.flatnonzero(self.start >= 0):
            self.add(a, 1)

    def add(self, a: int, sign: int) -> None:
        """Count (1) or discount (-1) what an activity uses where it stands."""
        self.use[:, self.start[a] : self.finish[a]] += sign * self.problem.demand[a][:, None]
        for payment in self.pays[a]:
            self.spent[payment.fund] += sign * payment.amount[self.start[a]]

    def lacking(self, a: int) -> np.ndarray:
        """Units of each resource that would lack in each week were the activity at work then, shape (resources, weeks)."""
        own = np.zeros_like(self.use)
        own[:, self.start[a] : self.finish[a]] = self.problem.demand[a][:, None]
        need = self.problem.demand[a][:, None]
        return np.where(need > 0, np.maximum(self.use - own + need - self.problem.capacity, 0), 0)

    def short_of_people(self, lacking: np.ndarray, length: int) -> np.ndarray:
        """Start weeks from which some week of the activity lacks people, shape (weeks + 1,)."""
        count = np.concatenate([[0], np.cumsum(lacking.any(axis=0))])
        begins = np.arange(self.problem.weeks + 1)
        return count[np.minimum(begins + length, self.problem.weeks)] > count[begins]

    def excess(self, a: int) -> dict[int, np.ndarray]:
        """By fund: money above the ceiling by start week of the activity and year, shape (weeks + 1, years)."""
        made: dict[int, np.ndarray] = {}
        for payment in self.pays[a]:
            others = self.spent[payment.fund] - payment.amount[self.start[a]]
            made[payment.fund] = made.get(payment.fund, others - self.problem.ceiling[payment.fund]) + payment.amount
        return made

    def possible(self, a: int) -> np.ndarray:
        """Start weeks that windows, people and ceilings leave while all others stay, shape (weeks + 1,)."""
        fine = self.problem.windows_allow[a] & ~self.short_of_people(self.lacking(a), int(self.problem.duration[a]))
        for over in self.excess(a).values():
            fine &= (over <= 0).all(axis=1)
        return fine


def links(problem: Problem, starts: np.ndarray) -> tuple[Link, ...]:
    """The link of every placed activity, in order of activities; `starts` (activities,) keeps every demand of the problem."""
    placed = _Placed(problem, starts)
    return tuple(_link(placed, int(a)) for a in np.flatnonzero(placed.start >= 0))


def _link(placed: _Placed, a: int) -> Link:
    problem, start, length = placed.problem, int(placed.start[a]), int(placed.problem.duration[a])
    ends = {p.before: int(placed.finish[p.before]) + p.lag for p in placed.follows[a]}
    ready = max([0, *ends.values()])
    tight = next((b for b, end in ends.items() if end == ready), -1)
    closed = ~problem.windows_allow[a]
    weeks = int(closed[ready:start].sum())
    if start == ready:
        return Link(a, START if tight < 0 else AFTER, tight, ready, _since(placed, tight, start, ready), 0)
    lacking, excess = placed.lacking(a), placed.excess(a)
    last_open = next((w for w in range(start - 1, ready - 1, -1) if not closed[w]), -1)
    if last_open < 0:  # no week was open since it was ready; had it been ready sooner, an earlier window would have done
        before = tight if problem.windows_allow[a, :ready].any() else -1
        return Link(a, WINDOW, before, ready, _since(placed, before, start, ready), weeks)
    if placed.short_of_people(lacking, length)[last_open]:
        during = lacking[:, last_open : last_open + length]
        resource = int(during.max(axis=1).argmax())
        before = _frees(placed, a, resource, last_open + np.flatnonzero(during[resource]))
        return Link(a, RESOURCE, before, ready, _since(placed, before, start, ready), weeks, resource=resource)
    for fund, over in excess.items():
        if over[last_open].max() > 0:
            return Link(a, MONEY, -1, ready, start - ready, weeks, fund=fund, year=int(over[last_open].argmax()))
    return Link(a, FREE, -1, ready, start - ready, weeks)


def _since(placed: _Placed, before: int, start: int, ready: int) -> int:
    return start - (int(placed.finish[before]) if before >= 0 else ready)


def _frees(placed: _Placed, a: int, resource: int, weeks: np.ndarray) -> int:
    """The activity whose end lets another begin: at work in one of the weeks that lack people, ended by the start, the last of those; of
    equals the one that held most. -1 when more people are there by then, so that it could have gone on."""
    start, demand = int(placed.start[a]), placed.problem.demand[:, resource]
    room = placed.problem.capacity[resource, start] - placed.use[resource, start]
    best, held = -1, (-1, -1)
    for b in np.flatnonzero((placed.start >= 0) & (demand > 0) & (placed.finish <= start)):
        works = ((weeks >= placed.start[b]) & (weeks < placed.finish[b])).any()
        goes_on = placed.finish[b] == start and demand[b] <= room
        if b != a and works and not goes_on and (int(placed.finish[b]), int(demand[b])) > held:
            best, held = int(b), (int(placed.finish[b]), int(demand[b]))
    return best


def chain(made: tuple[Link, ...], last: int) -> tuple[Link, ...]:
    """The links that lead to an activity, from the cause that begins them to the activity itself."""
    of = {link.activity: link for link in made}
    path = [of[last]]
    while path[-1].before >= 0:
        path.append(of[path[-1].before])
    return tuple(reversed(path))


def free_floats(problem: Problem, starts: np.ndarray) -> np.ndarray:
    """Weeks every activity can slip, week by week, while all others and the end of its group stay, shape (activities,); -1 not placed.

    A window that closes ends the float: the next one is another year.
    """
    placed = _Placed(problem, starts)
    made = np.full(len(problem.names), -1, dtype=np.int64)
    ends = {g: placed.finish[(problem.group == g) & (placed.start >= 0)].max(initial=0) for g in range(len(problem.groups))}
    for a in np.flatnonzero(placed.start >= 0):
        latest = min([int(placed.start[p.after]) - p.lag for p in placed.leads[a]] + [int(ends[problem.group[a]])]) - problem.duration[a]
        possible = placed.possible(a)[placed.start[a] + 1 : latest + 1]
        made[a] = len(possible) if possible.all() else int(possible.argmin())
    return made


def latest_starts(problem: Problem, starts: np.ndarray) -> np.ndarray:
    """Start weeks when everything is put as late as the schedule's last week of work allows, shape (activities,); -1 not placed.

    Last first, each as late as those behind it leave room; a contract stays within the window it was signed in. The result keeps every
    demand of the problem, so what is not later than `starts` says is critical.
    """
    placed = _Placed(problem, starts)
    there = np.flatnonzero(placed.start >= 0)
    end = int(placed.finish[there].max(initial=0))
    rank = {int(a): n for n, a in enumerate(problem.order)}
    for a in sorted(there.tolist(), key=lambda a: (-placed.finish[a], -placed.start[a], -rank[a])):
        start = int(placed.start[a])
        latest = min([int(placed.start[p.after]) - p.lag for p in placed.leads[a]] + [end]) - int(problem.duration[a])
        closes = problem.windows_allow[a, start : latest + 1]
        latest = latest if closes.all() else start + int(closes.argmin()) - 1
        week = start + int(np.flatnonzero(placed.possible(a)[start : latest + 1]).max(initial=0))
        placed.add(a, -1)
        placed.start[a], placed.finish[a] = week, week + problem.duration[a]
        placed.add(a, 1)
    return placed.start
