"""The best choice of groups as an order that `place` follows, held against what is proven over all schedules."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from egov_model.model.choice import Chosen, choose
from egov_model.model.choose_order import Ordered, choose_order, order_of, ordered
from egov_model.model.network import Network
from egov_model.model.optimise import OPTIMAL
from egov_model.model.problem import Problem
from egov_model.model.worth import Gain, Worth, most, worth_of


@dataclass(frozen=True)
class BestChoice:
    """`placed`: the choice as `place` makes it; `proven`: the best schedule of the solver, with the bound that none exceeds.

    `lacking`: required groups that have no place, (groups,) indices; `lacking_proven`: whether no schedule could place more of them.
    """

    placed: Ordered
    proven: Chosen
    lacking: tuple[int, ...]
    lacking_proven: bool

    @property
    def gap(self) -> float:
        """(bound - worth as placed) / |bound|."""
        return (self.proven.bound - self.placed.value) / abs(self.proven.bound) if self.proven.bound else 0.0


def best_choice(
    network: Network,
    problem: Problem,
    worth: Worth,
    first: Ordered,
    weeks: np.ndarray,
    amounts_idr: np.ndarray,
    tries: int,
    limit: float,
    tolerance: int = 0,
    known: np.ndarray | None = None,
    follow: bool = True,
) -> BestChoice:
    """Search, prove within `limit` units of deterministic time, and search again from what the solver chose.

    Required groups come before any worth: where not all find a place, as many as can be found are kept, and the solver says whether more
    could. `known` (activities,) is a schedule of the problem to begin at, whose worth the solver never falls below; without `follow` the
    search is not made again. Other arguments as in `choose_order` and `choose`. Raises InputError and ValueError as they do.
    """
    found = choose_order(network, problem, worth, first, weeks, amounts_idr, tries)
    problem, found, lacking, certain = _with_required(network, problem, worth, found, weeks, amounts_idr, tries, limit)
    hints = [starts for starts in (found.starts, known) if starts is not None and _keeps(problem, starts)]
    hint = max(hints, key=lambda starts: worth_of(worth, problem, starts))
    value, ideal = worth_of(worth, problem, hint), most(worth, problem)
    proven = Chosen(OPTIMAL, hint, value, value) if value == ideal else choose(problem, worth, limit, hint=hint, tolerance=tolerance)
    if follow and proven.value > found.value:
        found = _follow(network, problem, worth, found, proven.starts, weeks, amounts_idr, tries)
    return BestChoice(found, proven, lacking, certain)


def _follow(
    network: Network,
    problem: Problem,
    worth: Worth,
    found: Ordered,
    starts: np.ndarray,
    weeks: np.ndarray,
    amounts_idr: np.ndarray,
    tries: int,
) -> Ordered:
    """The best of searches from the solver's groups: in the order found so far, and in the order of its own dates."""
    read = (weeks, amounts_idr, tries)
    placed = np.array([bool((starts[problem.group == g] >= 0).all()) for g in range(len(problem.groups))])
    mine = np.concatenate([found.order, np.setdiff1d(np.arange(len(placed)), found.order)])
    own = ordered(network, problem, worth, order_of(problem, starts), network.earliest, weeks, amounts_idr)
    reached = Worth(tuple(gain for gain in worth.gains if worth_of(Worth((gain,)), problem, starts)))
    tried = [found, own]
    for seed, order in enumerate((mine[placed[mine]], order_of(problem, starts))):
        first = replace(own, order=order, earliest=network.earliest)
        tried.append(choose_order(network, problem, worth, first, *read, seed))
        near = choose_order(network, problem, reached, first, *read, seed, soft=True)
        tried.append(choose_order(network, problem, worth, near, *read, seed))
    required = np.flatnonzero(problem.required)
    whole = [one for one in tried if np.isin(required, one.order).all()]
    return max(whole, key=lambda one: one.value, default=found)


def _with_required(
    network: Network, problem: Problem, worth: Worth, found: Ordered, weeks: np.ndarray, amounts_idr: np.ndarray, tries: int, limit: float
) -> tuple[Problem, Ordered, tuple[int, ...], bool]:
    """The problem with only those groups required that can be placed together, a choice that places them, the others, and whether that
    is proven."""
    lacking = _lacking(problem, found)
    if not lacking:
        return problem, found, (), True
    free = replace(problem, required=np.zeros_like(problem.required))
    required = np.flatnonzero(problem.required)
    count = Worth(tuple(Gain(1 + len(required) * int(problem.standing[g]), ((int(g), problem.weeks),)) for g in required))
    counted = worth_of(count, problem, found.starts)
    most_placed = choose(free, count, limit, hint=found.starts)
    if most_placed.value > counted:
        again = _follow(network, free, count, found, most_placed.starts, weeks, amounts_idr, tries)
        again = choose_order(network, problem, worth, again, weeks, amounts_idr, tries)
        if worth_of(count, problem, again.starts) > counted:
            found, lacking, counted = again, _lacking(problem, again), worth_of(count, problem, again.starts)
    kept = problem.required.copy()
    kept[list(lacking)] = False
    return replace(problem, required=kept), found, lacking, most_placed.bound == counted


def _lacking(problem: Problem, found: Ordered) -> tuple[int, ...]:
    return tuple(int(g) for g in np.setdiff1d(np.flatnonzero(problem.required), found.order))


def _keeps(problem: Problem, starts: np.ndarray) -> bool:
    """Whether every required group is placed."""
    return all((starts[problem.group == g] >= 0).all() for g in np.flatnonzero(problem.required))
