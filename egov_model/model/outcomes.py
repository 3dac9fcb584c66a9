"""What the plan brings: levels of every indicator and the maturity index by year, for any number of draws at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from egov_model.inputs.scenario import PlanInputs
from egov_model.model.conditions import NEVER, Conditions, done_week, live_weeks, make_conditions, share_week
from egov_model.model.drivers import Drivers
from egov_model.model.maturity import Need, Rules, make_rules, scheme_of_years
from egov_model.model.timeline import Timeline

WEEKS_PER_YEAR = 365 / 7  # a stay of years is counted from date to date


@dataclass(frozen=True)
class Maturity:
    """The years one scheme scores. `years` (columns of the plan's years), `cut_off` (week of each, with its days as a fraction),
    `met` (draws, needs): week from which a need is met, its stay elapsed; `levels` (draws, indicators, years), `index` (draws, years)."""

    rules: Rules
    conditions: Conditions
    years: tuple[int, ...]
    cut_off: np.ndarray
    met: np.ndarray
    levels: np.ndarray
    index: np.ndarray


def index_path(
    inputs: PlanInputs,
    timeline: Timeline,
    drivers: Drivers,
    groups: tuple[str, ...],
    live: np.ndarray,
    conditions: Conditions | None = None,
) -> tuple[Maturity, ...]:
    """Maturity under each scheme that scores years of the plan, in order; `live` (draws, groups) weeks, -1 for no place;
    `conditions` as `make_conditions` gives them for these groups, when they are at hand.

    Years without a scheme in the data have no part. A scheme that begins within the plan begins at its own starting levels: scores are
    not converted from one scheme to another.
    """
    by_year = scheme_of_years(inputs)
    conditions = conditions or make_conditions(inputs, timeline, drivers, groups)
    made = []
    for scheme in dict.fromkeys(filter(None, by_year.values())):
        years = tuple(n for n, year in enumerate(timeline.years) if by_year[year] == scheme)
        cut_off = np.array([_week(timeline, _cut_off(inputs, timeline.years[n])) for n in years])
        rules = make_rules(inputs, scheme, groups, timeline.years[years[0]])
        made.append(mature(rules, conditions, years, cut_off, live, inputs.settings.index_levels_per_year))
    return tuple(made)


def mature(
    rules: Rules, conditions: Conditions, years: tuple[int, ...], cut_off: np.ndarray, live: np.ndarray, levels_per_year: int,
    start: np.ndarray | None = None, stay_years: np.ndarray | None = None,
) -> Maturity:  # fmt: skip
    r"""Levels and index of one scheme.

    .. math:: I_t = \sum_j w_j N_{jt}

    Level N of indicator j is reached by the evidence cut-off of t when every need of N and of each level between the start and N has been
    met for its stay; at most `levels_per_year` levels are climbed from one year to the next; outside bodies' scores keep their start.
    `live` (draws, groups) weeks, -1 for no place; `start` (draws or 1, indicators) and `stay_years` (draws or 1, needs) as drawn,
    most likely when not given.
    """
    weeks = live_weeks(live)
    start = rules.start[None] if start is None else start
    start = np.where(rules.outside, start, np.rint(start))
    stay = (rules.stay_years[None] if stay_years is None else stay_years) * WEEKS_PER_YEAR
    begun = np.stack([_begun(need, weeks, conditions) for need in rules.needs], axis=1) if rules.needs else np.zeros((len(live), 0))
    met = np.where(begun >= NEVER, NEVER, begun + stay)
    steps = np.arange(rules.low + 1, rules.high + 1)
    reached = np.full((len(steps), len(met), len(rules.indicators)), -1.0)  # week of each level; -1: nothing asks anything
    for n, need in enumerate(rules.needs):
        slot = reached[need.level - rules.low - 1, :, need.indicator]
        np.maximum(slot, met[:, n], out=slot)
    reached[reached < 0] = NEVER  # no initiative of the plan lifts an indicator to this level
    reached = np.where(steps[:, None, None] <= start, -1.0, reached)
    reached = np.maximum.accumulate(reached, axis=0)  # levels are climbed one by one
    level, levels = np.broadcast_to(start, reached.shape[1:]), []
    for week in cut_off:
        could = rules.low + (reached <= week).sum(axis=0)
        level = np.where(rules.outside, start, np.minimum(np.maximum(could, level), level + levels_per_year))
        levels.append(level)
    stacked = np.stack(levels, axis=2)
    return Maturity(rules, conditions, years, cut_off, met, stacked, np.einsum("j,djt->dt", rules.weight, stacked))


def _begun(need: Need, weeks: np.ndarray, conditions: Conditions) -> np.ndarray:
    """First week in which a need is met, before any stay, shape (draws,)."""
    begun = done_week(weeks, need.groups)
    if need.condition in conditions.things:
        return np.maximum(begun, share_week(weeks, conditions.things[need.condition], need.at_least))
    if need.condition == "roles_on_board":
        enough = conditions.staffed >= need.at_least - 1e-9
        return np.maximum(begun, enough.argmax() if enough.any() else NEVER)
    if need.condition == "agencies_covered" and min(conditions.covered.get(i, 0) for i in need.initiatives) < need.at_least - 1e-9:
        return np.full(len(weeks), NEVER)
    return begun


def _cut_off(inputs: PlanInputs, year: int) -> date:
    return inputs.rows["fiscal_years"][str(year)].evidence_cut_off


def _week(timeline: Timeline, day: date) -> float:
    return (day - timeline.start).days / 7
