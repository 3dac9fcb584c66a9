"""Which optional initiatives to keep and when: the choice, what each omission costs, and what money is worth to the objective."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from egov_model.analysis.measures import MEASURES, measure
from egov_model.analysis.objectives import Objective
from egov_model.model.best_choice import BestChoice, best_choice
from egov_model.model.choose_order import Ordered, choose_order
from egov_model.model.network import Network
from egov_model.model.plan import Plan
from egov_model.model.prepare import going_on, mandatory
from egov_model.model.problem import Problem, earliest_starts
from egov_model.model.worth import live_weeks

CHOSEN, POSTPONED, DROPPED = "chosen", "postponed", "dropped"
TRIES, FEWER_TRIES = 60_000, 15_000
BILLION_IDR = 10**9
STEP, LEAST_FACTOR, MOST_FACTOR = 0.05, 0.5, 1.5  # ceilings are looked through in these steps for where a frontier begins and ends
VERDICT_COLUMNS = ("initiative", "title_id", "title_en", "mandatory", "verdict", "go_live", "could_be_live", "paid_idr")
FRONTIER_COLUMNS = (
    "factor", "ceiling_idr", "spent_idr", "value", "best_value", "bound", "gap", "status", "placed", "dropped",
)  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """What was sought over which plan, and the best that was found; `problem` is the plan's with its mandatory groups required."""

    plan: Plan
    problem: Problem
    objective: Objective
    found: BestChoice

    @property
    def value(self) -> float:
        """The objective as the schedule of the choice reaches it."""
        return self.objective.value(self.found.placed.value)

    @property
    def live(self) -> np.ndarray:
        """Go-live weeks (groups,) of the choice; -1 where it is left out."""
        return live_weeks(self.problem, self.found.placed.starts)


def required_problem(plan: Plan) -> Problem:
    """The plan's problem with every mandatory initiative required, and what runs already live no later than in the plan as it is;
    what goes on there from its first week stands."""
    rows, problem, keys = plan.inputs.rows["initiatives"], plan.problem, mandatory(plan.inputs)
    windows = list(problem.starts)
    for g, key in enumerate(plan.network.groups):
        week = int(plan.schedule.live[0, g])
        if rows[key].budget_status == "running" and week >= 0:
            last = int(np.flatnonzero(problem.group == g).max())
            begin = week - int(problem.duration[last])
            windows[last] = tuple((first, min(until, begin)) for first, until in windows[last] if first <= begin)
    required = np.array([key in keys for key in plan.network.groups], dtype=bool)
    standing = going_on(plan.inputs, plan.network) & (plan.schedule.live[0] == plan.network.earliest)
    return replace(problem, required=required, standing=standing, starts=tuple(windows))


def choose_initiatives(plan: Plan, objective: Objective, limit: float, tries: int = TRIES) -> Choice:
    """The best choice under the plan's ceilings, people and gates, within `limit` units of deterministic time."""
    problem = required_problem(plan)
    first = Ordered(plan.order, plan.network.earliest, np.full(len(problem.names), -1, dtype=np.int64), 0)
    return Choice(plan, problem, objective, _best(plan, plan.network, problem, objective, first, tries, limit))


def _best(
    plan: Plan, network: Network, problem: Problem, objective: Objective, first: Ordered, tries: int, limit: float,
    known: np.ndarray | None = None, follow: bool = True,
) -> BestChoice:  # fmt: skip
    read = (plan.duration_weeks[0], plan.estimate.amount_idr[0])
    return best_choice(network, problem, objective.worth, first, *read, tries, limit, objective.tolerance, known, follow)


def verdicts(choice: Choice) -> pd.DataFrame:
    """One row per optional initiative, and per mandatory one that is put off or has no place; chosen first, dropped last.

    Columns: initiative, title_id, title_en, mandatory, verdict (chosen, postponed: live in a later year than windows, people and what it
    follows would allow, dropped), go_live (date or None), could_be_live (year), paid_idr (of the plan's money; of one that is dropped: what
    it would take), then what its omission costs, for one that is postponed what the delay costs: index (points in the objective's year, NaN
    without a scheme), villages and services (connected and live in that year), benefit_idr (present value of hours and travel saved); for
    one that is chosen what leaving it out would cost. Others stay as chosen; who follows a group goes and comes with it.
    """
    plan, live, rows = choice.plan, choice.live, choice.plan.inputs.rows["initiatives"]
    starts = np.minimum(earliest_starts(choice.problem), choice.problem.weeks)
    soonest = np.minimum(live_weeks(choice.problem, starts), choice.problem.weeks)
    alone = paid_idr(choice.problem, starts)
    paid = np.where(live >= 0, paid_idr(choice.problem, choice.found.placed.starts), alone)
    names, made, many = [], [], [live]
    for g, key in enumerate(plan.network.groups):
        could, now = _year(plan, soonest[g]), _year(plan, live[g]) if live[g] >= 0 else 0
        verdict = DROPPED if live[g] < 0 else POSTPONED if now > could else CHOSEN
        if rows[key].mandatory and verdict == CHOSEN:
            continue
        other = live.copy()
        if verdict == CHOSEN:
            other[list(_with(plan.network, g, later=True))] = -1
        else:
            lost = [n for n in _with(plan.network, g, later=False) if n == g or live[n] < 0]
            other[lost] = soonest[lost]
        many.append(other)
        names.append((verdict != CHOSEN) * 2 - 1)
        day = plan.timeline.day(int(live[g])) if live[g] >= 0 else None
        made.append((key, rows[key].title_id, rows[key].title_en, rows[key].mandatory, verdict, day, could, int(paid[g])))
    frame = pd.DataFrame(made, columns=list(VERDICT_COLUMNS))
    frame["go_live"] = frame["go_live"].astype(object).where(frame["go_live"].notna(), None)
    measured = measure(plan, np.array(many), choice.objective.year)
    differs = (measured.iloc[1:].reset_index(drop=True) - measured.iloc[0]).mul(np.array(names, dtype=float), axis=0)
    frame[list(MEASURES)] = differs.round({"index": 6, "benefit_idr": 0}) + 0.0  # no negative nothing
    frame = frame.astype({name: "int64" for name in MEASURES if name != "index"})
    rank = frame["verdict"].map({CHOSEN: 0, POSTPONED: 1, DROPPED: 2}).to_numpy()
    return frame.iloc[np.lexsort((np.arange(len(frame)), rank))].reset_index(drop=True)


def _year(plan: Plan, week: int) -> int:
    """The year of a week; that behind the plan counts as the last."""
    return min(plan.timeline.day(int(week)).year, plan.timeline.years[-1])


def _with(network: Network, group: int, later: bool) -> set[int]:
    """A group with all that follow it, or with all that it follows."""
    made, ready = set(), [group]
    while ready:
        g = ready.pop()
        if g not in made:
            made.add(g)
            ready += [n for n, before in enumerate(network.after) if g in before] if later else list(network.after[g])
    return made


def paid_idr(problem: Problem, starts: np.ndarray) -> np.ndarray:
    """Money of every group with these start weeks (activities,; -1: left out), (groups,)."""
    made = np.zeros(len(problem.groups), dtype=np.int64)
    for payment in problem.payments:
        if starts[payment.activity] >= 0:
            made[problem.group[payment.activity]] += int(payment.amount[starts[payment.activity]].sum())
    return made


def frontier(choice: Choice, points: int, limit: float, tell: Callable[[str], None] = lambda text: None) -> pd.DataFrame:
    """Money against the objective: one row per point, every ceiling times `factor`, from the least money with a place for every mandatory
    initiative to where more no longer helps.

    Columns FRONTIER_COLUMNS: ceiling_idr of all years and funds, spent_idr, value as placed, best_value of any schedule found, the proven
    bound, gap of the two, status of the solver, how many initiatives are placed, and the dropped ones (ids, by blanks).
    """
    made, known, first = [], None, choice.found.placed
    for n, factor in enumerate(_factors(choice, points, limit), start=1):
        network, problem = _scaled(choice, factor)
        found = _best(choice.plan, network, problem, choice.objective, first, TRIES // 2, limit, known)
        known, first = found.proven.starts, found.placed  # the next point begins at what this one found
        spent = paid_idr(problem, found.placed.starts)
        out = [key for g, key in enumerate(network.groups) if g not in found.placed.order]
        sought = choice.objective
        made.append(
            (
                factor, int(problem.ceiling.sum()), int(spent.sum()), sought.value(found.placed.value), sought.value(found.proven.value),
                sought.value(found.proven.bound), found.gap, found.proven.status, len(found.placed.order), " ".join(out),
            )
        )  # fmt: skip
        tell(f"point {n} of {points}: ceilings x {factor:g}, {made[-1][3]:.6g} (bound {made[-1][5]:.6g}, {found.proven.status})")
    return pd.DataFrame(made, columns=list(FRONTIER_COLUMNS))


def _scaled(choice: Choice, factor: float) -> tuple[Network, Problem]:
    network = replace(choice.plan.network, ceiling_idr=np.rint(choice.plan.network.ceiling_idr * factor).astype(np.int64))
    return network, replace(choice.problem, ceiling=network.ceiling_idr[0])


def _factors(choice: Choice, points: int, limit: float) -> list[float]:
    """Where a frontier's points lie: evenly, between the two ends that `frontier` names."""
    first, last, whole = choice.found.placed, round(MOST_FACTOR / STEP), np.flatnonzero(choice.problem.required)

    def look(step: int) -> Ordered:
        network, problem = _scaled(choice, step * STEP)
        read = (choice.plan.duration_weeks[0], choice.plan.estimate.amount_idr[0])
        return choose_order(network, problem, choice.objective.worth, first, *read, FEWER_TRIES)

    most = _best(choice.plan, *_scaled(choice, MOST_FACTOR), choice.objective, first, FEWER_TRIES, limit).placed.value
    low = high = round(1 / STEP)
    while low * STEP > LEAST_FACTOR + STEP / 2 and np.isin(whole, look(low - 1).order).all():
        low -= 1
    while high < last and look(high).value < most:
        high += 1
    return [round(float(f), 3) for f in np.linspace(low * STEP, max(high, low + 1) * STEP, points)]


def one_billion(choice: Choice, limit: float, tell: Callable[[str], None] = lambda text: None) -> pd.DataFrame:
    """What one billion rupiah more and one less in a year's ceiling is worth: one row per year and fund.

    Columns year, fund, more and less (change of the objective of the best schedule found, in its unit), more_bound and less_bound (what the
    change cannot exceed: proven), lacking (mandatory initiatives that lose their place with less, ids by blanks). A ceiling never falls
    below 0.
    """
    plan, made = choice.plan, []
    base = choice.found.proven
    for y, year in enumerate(plan.timeline.years):
        for f, fund in enumerate(plan.network.funds):
            row: list = []
            for change in (BILLION_IDR, -BILLION_IDR):
                ceiling = plan.network.ceiling_idr.copy()
                ceiling[:, f, y] = np.maximum(ceiling[:, f, y] + change, 0)
                network = replace(plan.network, ceiling_idr=ceiling)
                problem = replace(choice.problem, ceiling=ceiling[0])
                known = base.starts if change > 0 else None
                found = _best(plan, network, problem, choice.objective, choice.found.placed, FEWER_TRIES, limit, known, follow=False)
                differ = [(value - base.value) / choice.objective.scale for value in (found.proven.value, found.proven.bound)]
                row.append((*differ, " ".join(network.groups[g] for g in found.lacking)))
            (more, more_bound, _), (less, less_bound, lacking) = row
            made.append((year, fund, more, more_bound, less, less_bound, lacking))
            tell(f"{year} {fund}: one billion more {more:+.6g}, less {less:+.6g} {choice.objective.unit}")
    return pd.DataFrame(made, columns=["year", "fund", "more", "more_bound", "less", "less_bound", "lacking"])
