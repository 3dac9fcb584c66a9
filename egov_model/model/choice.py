"""The best choice of groups and dates by constraint programming: what `worth` asks for, over any scheduling problem."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np
from ortools.sat.python import cp_model

from egov_model.model.constraints import Model, build
from egov_model.model.optimise import FEASIBLE, IMPOSSIBLE, OPTIMAL, UNKNOWN, add_hint
from egov_model.model.payments import pieces
from egov_model.model.problem import Problem, check_problem, earliest_starts
from egov_model.model.verify import LATENESS, violations
from egov_model.model.worth import Gain, Joint, Worth, worth_of


@dataclass(frozen=True)
class Chosen:
    """Start weeks (activities,; -1: group left out), what they are worth, and the proven `bound` that no schedule exceeds.

    `status` is optimal (worth equals bound), feasible, impossible, or unknown (no schedule found in time; `starts` is None).
    """

    status: str
    starts: np.ndarray | None
    value: int | None
    bound: int

    @property
    def gap(self) -> float:
        """(bound - value) / |bound|."""
        return 0.0 if self.value is None or not self.bound else (self.bound - self.value) / abs(self.bound)


def choose(
    problem: Problem,
    worth: Worth,
    limit: float = 60.0,
    seed: int = 0,
    hint: np.ndarray | None = None,
    workers: int = 1,
    wall: float | None = None,
    tolerance: int = 0,
) -> Chosen:
    """Which groups to place and when, found within `limit` units of deterministic time, never worth less than `hint`.

    The problem's own weights count for nothing here. `tolerance`: how far the lines that stand for a joint or a table of starts may lie
    above them, each; the bound holds all the same, and the value is always exact. Same arguments, same answer, on any machine, unless
    `wall` gives a limit in seconds. Raises InputError for a problem that check_problem refuses, ValueError for a hint that is no schedule.
    """
    began = time.monotonic()
    check_problem(problem)
    if hint is not None and violations(problem, hint):
        raise ValueError(f"the hint is no schedule of this problem: {violations(problem, hint)[0]}")
    domains = [np.flatnonzero(row) for row in problem.allowed]

    def run(careful: bool) -> Chosen:
        made = build(_without_weights(problem), LATENESS, domains, careful=careful)
        made.model.clear_objective()
        terms = _Terms(made, problem, domains, tolerance)
        made.model.maximize(terms.of(worth))
        if hint is not None:
            add_hint(made, problem, hint)
        solver = cp_model.CpSolver()
        solver.parameters.random_seed = seed
        solver.parameters.num_workers = workers
        solver.parameters.interleave_search = workers > 1
        solver.parameters.max_deterministic_time = limit
        if wall is not None:
            solver.parameters.max_time_in_seconds = max(0.05, wall - (time.monotonic() - began))
        status = solver.solve(made.model)
        if status == cp_model.INFEASIBLE:
            return Chosen(IMPOSSIBLE, None, None, 0)
        bound, found = int(np.floor(solver.best_objective_bound + 1e-6)), None
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            placed = [bool(solver.value(literal)) for literal in made.placed]
            found = np.array([solver.value(v) if placed[g] else -1 for v, g in zip(made.start, problem.group, strict=True)], dtype=np.int64)
        return _result(problem, worth, found, hint, bound)

    answer = run(False)
    if answer.starts is None or not violations(problem, answer.starts):
        return answer
    # a ceiling broken by a few units of money: again with payments never too low, held against the bound of the first
    strict = run(True)
    if strict.starts is None:
        return Chosen(UNKNOWN, None, None, answer.bound)
    return _result(problem, worth, strict.starts, hint, answer.bound)


def _result(problem: Problem, worth: Worth, found: np.ndarray | None, hint: np.ndarray | None, bound: int) -> Chosen:
    values = [(worth_of(worth, problem, starts), starts) for starts in (found, hint) if starts is not None]
    if not values:
        return Chosen(UNKNOWN, None, None, bound)
    value, starts = max(values, key=lambda pair: pair[0])
    bound = max(bound, value)
    return Chosen(OPTIMAL if value == bound else FEASIBLE, starts, value, bound)


def _without_weights(problem: Problem) -> Problem:
    """The same with nothing due and nothing lost by leaving out, so that `build` adds no objective of its own."""
    return replace(problem, due=np.full(len(problem.names), -1, dtype=np.int64), left_out=np.zeros(len(problem.groups), dtype=np.int64))


class _Terms:
    """The parts of a worth as linear terms of a built model; literals that say the same are shared."""

    def __init__(self, made: Model, problem: Problem, domains: list[np.ndarray], tolerance: int):
        self.made, self.problem, self.domains, self.tolerance = made, problem, domains, tolerance
        follows = {p.before for p in problem.precedences if problem.group[p.before] == problem.group[p.after] and p.lag >= 0}
        self.ends = [[a for a in np.flatnonzero(problem.group == g).tolist() if a not in follows] for g in range(len(problem.groups))]
        self.earliest = earliest_starts(problem)
        self.by: dict[tuple[int, int], cp_model.IntVar] = {}

    def of(self, worth: Worth):
        """The whole worth, or a little more (see `choose`)."""
        terms = [t for gain in worth.gains if gain.value for t in self._gain(gain)]
        terms += [t for joint in worth.joints if joint.worth.any() for t in self._joint(joint)]
        return sum(terms) + sum(t for a, table in worth.starts for t in self._starts(a, table))

    def _live_by(self, g: int, week: int):
        """A literal that can only be true when the group is placed and live by the week."""
        if (g, week) not in self.by:
            made, model = self.made, self.made.model
            literal = self.by[g, week] = model.new_bool_var("")
            model.add_implication(literal, made.placed[g])
            for a in self.ends[g]:
                model.add(made.start[a] + int(self.problem.duration[a]) <= week).only_enforce_if(literal)
        return self.by[g, week]

    def _gain(self, gain: Gain):
        model = self.made.model
        literal = model.new_bool_var("")
        for g, week in gain.needs:
            model.add_implication(literal, self._live_by(g, week))
        for share in gain.shares:
            counted, base = [], 0
            for count, groups in share.parts:
                if not groups:
                    base += count
                    continue
                done = self._live_by(groups[0], share.by) if len(groups) == 1 else model.new_bool_var("")
                if len(groups) > 1:
                    for g in groups:
                        model.add_implication(done, self._live_by(g, share.by))
                counted.append(count * done)
            model.add(sum(counted) + base >= share.least).only_enforce_if(literal)
        return [gain.value * literal]

    def _joint(self, joint: Joint):
        """A week no earlier than any of the groups' go-live, and the worth of that week; no earlier than they could go live alone."""
        model, made, horizon = self.made.model, self.made, self.problem.weeks
        if not joint.groups:
            return [int(joint.worth[0])]
        ends = [a for g in joint.groups for a in self.ends[g]]
        first = max((int(self.earliest[a] + self.problem.duration[a]) for a in ends), default=0)
        if first > horizon:
            return []
        literal = model.new_bool_var("")
        for g in joint.groups:
            model.add_implication(literal, made.placed[g])
        weeks = np.arange(first, horizon + 1)
        terms, week = self._lines(literal, joint.worth[first:], weeks)
        for a in ends:
            model.add(week >= made.start[a] + int(self.problem.duration[a]) - horizon * (1 - literal))
        return terms

    def _starts(self, a: int, table: np.ndarray):
        weeks, placed = self.domains[a], self.made.placed[self.problem.group[a]]
        if not len(weeks):
            return []
        terms, week = self._lines(placed, table[weeks], weeks)
        self.made.model.add(self.made.start[a] == week + int(weeks[0]) * (1 - placed))
        return terms

    def _lines(self, literal, values: np.ndarray, weeks: np.ndarray):
        """Terms worth `values` at one of the `weeks` while the literal is true, and that week; both 0 while it is not."""
        model, terms, chosen, parts = self.made.model, [], [], []
        for piece in pieces(-np.asarray(values, dtype=np.int64)[:, None], weeks, self.tolerance):
            low, high = int(piece.weeks[0]), int(piece.weeks[-1])
            inside = model.new_bool_var("")
            week = model.new_int_var(0, high, "")  # the week when it lies in this piece, else 0
            model.add(week >= low * inside)
            model.add(week <= high * inside)
            chosen.append(inside)
            parts.append(week)
            terms += [-int(piece.base[0]) * inside, -int(piece.slope[0]) * week]
        model.add(sum(chosen) == literal)
        return terms, sum(parts)
