"""Three-point inputs of the maturity index alone: levels at the start, and how long a level must have been kept."""

from __future__ import annotations

import numpy as np

from egov_model.analysis.points import Point, all_points
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.maturity import make_rules, scheme_of_years
from egov_model.model.outcomes import mature
from egov_model.model.plan import Plan
from egov_model.model.scope import in_scope

START, STAY = "start", "stay_years"  # arguments of outcomes.mature


def every_point(inputs: PlanInputs) -> list[Point]:
    """Every three-point input that moves cost, dates or the index."""
    return all_points(inputs) + index_points(inputs)


def index_points(inputs: PlanInputs) -> list[Point]:
    """Inputs of the scheme that scores the plan's last scored year; none where no scheme does."""
    by_year = {year: scheme for year, scheme in scheme_of_years(inputs).items() if scheme}
    if not by_year:
        return []
    scheme = by_year[max(by_year)]
    first = min(year for year, name in by_year.items() if name == scheme)
    rules = make_rules(inputs, scheme, in_scope(inputs), first)
    made = []
    for column, code in enumerate(rules.indicators):
        levels = {row.year: key for key, row in inputs.rows["start_levels"].items() if (row.scheme, row.indicator) == (scheme, code)}
        key = levels[max((year for year in levels if year < first), default=min(levels))]
        made.append(_point("start_levels", key, inputs.rows["start_levels"][key], START, column))
    return made + [_point("effects", n.effect, inputs.rows["effects"][n.effect], STAY, at) for at, n in enumerate(rules.needs)]


def _point(table: str, key: str, row, factor: str, column: int) -> Point:
    three = (float(row.low), float(row.mode), float(row.high))
    return Point(f"{table}.{key}.mode", table, key, "index", *three, row.unit, row.source, row.evidence, factor, column, three)


def index_at(plan: Plan, where: list[tuple[Point, float]]) -> np.ndarray:
    """Index of the last scored year with one input of the index at a place and the plan's own dates, shape (draws,)."""
    part, draws = plan.maturity[-1], len(where)
    drawn = {START: np.repeat(part.rules.start[None], draws, axis=0), STAY: np.repeat(part.rules.stay_years[None], draws, axis=0)}
    for draw, (point, t) in enumerate(where):
        drawn[point.factor][draw, point.column] = point.taken(t)
    live, climb = np.repeat(plan.schedule.live[:1], draws, axis=0), plan.inputs.settings.index_levels_per_year
    made = mature(part.rules, part.conditions, part.years, part.cut_off, live, climb, **drawn)
    return made.index[:, -1]
