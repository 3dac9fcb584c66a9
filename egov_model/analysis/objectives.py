"""What a choice of initiatives is sought for, said in weeks and groups: index, villages, services, net benefit, or several weighed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from egov_model.analysis.net_benefit import net_benefit
from egov_model.inputs.errors import InputError
from egov_model.inputs.reach import LINK
from egov_model.model.conditions import MISSING
from egov_model.model.maturity import Need
from egov_model.model.outcomes import WEEKS_PER_YEAR, Maturity
from egov_model.model.plan import Plan
from egov_model.model.problem import Problem
from egov_model.model.reach import NOBODY
from egov_model.model.worth import Gain, Share, Worth, most, weighted

INDEX, BENEFIT, VILLAGES, SERVICES, WEIGHTED = "index", "benefit", "villages", "services", "weighted"
CHOICE_OBJECTIVES = (INDEX, BENEFIT, VILLAGES, SERVICES)
UNITS = {INDEX: "index points", BENEFIT: "IDR", VILLAGES: "villages", SERVICES: "services", WEIGHTED: "share of the best"}
INDEX_STEPS = 10**6  # a point of the index is so many units of worth
WEIGHT_STEPS = 10**7  # a weighted objective counts each part in so many steps up to the most it could be


@dataclass(frozen=True)
class Objective:
    """What is sought in a year: `value = base + worth / scale` in `unit`; `tolerance` of the lines that stand for tables (see `choose`)."""

    name: str
    year: int
    unit: str
    worth: Worth
    base: float = 0.0
    scale: float = 1.0
    tolerance: int = 0

    def value(self, worth: int) -> float:
        """A worth in the objective's unit."""
        return self.base + worth / self.scale


def objective(plan: Plan, problem: Problem, name: str, year: int | None = None, weights: Mapping[str, float] | None = None) -> Objective:
    """The objective of that name at the end of a year of the plan (None: its last); `weights` of `weighted`.

    Raises InputError for an unknown name, a year outside the plan or without a scheme, and weights that say nothing.
    """
    years = plan.timeline.years
    year = years[-1] if year is None else year
    if year not in years:
        raise InputError(f"--target {year}: allowed {years[0]} to {years[-1]}")
    if weights:
        return _weighted(plan, problem, year, weights)
    if name == INDEX:
        return index_objective(plan, year)
    if name == BENEFIT:
        worth, tolerance = net_benefit(plan, problem)
        return Objective(BENEFIT, years[-1], UNITS[BENEFIT], worth, scale=1e-6, tolerance=tolerance)
    if name not in CHOICE_OBJECTIVES:
        raise InputError(f"--objective {name!r}: allowed {', '.join(CHOICE_OBJECTIVES)}")
    by = int(np.cumsum(plan.timeline.year_weeks)[years.index(year)]) - 1
    gains = _villages(plan, by) if name == VILLAGES else _services(plan, by)
    return Objective(name, year, UNITS[name], Worth(gains))


def _villages(plan: Plan, by: int) -> tuple[Gain, ...]:
    """As many as each initiative connects when it is live by a week."""
    reach, at = plan.drivers.reach, {key: n for n, key in enumerate(plan.network.groups)}
    kinds = np.array(reach.links.sites.kind) == "village"
    made = []
    for n, key in enumerate(reach.initiatives):
        count = int((kinds & (reach.given[LINK] == n)).sum())
        if count and n != NOBODY and key in at:
            made.append(Gain(count, ((at[key], by),)))
    return tuple(made)


def _services(plan: Plan, by: int) -> tuple[Gain, ...]:
    """One for each service whose initiatives are all live by a week."""
    at = {key: n for n, key in enumerate(plan.network.groups)}
    services = plan.inputs.rows["services"].values()
    return tuple(Gain(1, tuple((at[key], by) for key in row.initiatives)) for row in services if all(key in at for key in row.initiatives))


def _weighted(plan: Plan, problem: Problem, year: int, weights: Mapping[str, float]) -> Objective:
    """Each part as a share of the most it could be with every initiative as early as it alone could be, times its weight over all."""
    total = sum(weights.values())
    unknown = [name for name in weights if name not in CHOICE_OBJECTIVES]
    if unknown or total <= 0 or min(weights.values()) < 0 or not math.isfinite(total):
        allowed = f"{', '.join(CHOICE_OBJECTIVES)} with numbers of 0 or more, not all 0"
        raise InputError(f"--weights {', '.join(f'{k}={v:g}' for k, v in weights.items())}: allowed {allowed}")
    parts, tolerance = [], 0
    for name, weight in weights.items():
        part = objective(plan, problem, name, year)
        best = most(part.worth, problem)
        if weight and best:
            factor = WEIGHT_STEPS * weight / total / best
            parts.append((part.worth, factor))
            tolerance = max(tolerance, math.ceil(part.tolerance * factor))
    # factors are no whole numbers: values are rounded one by one, here and wherever the objective is told
    return Objective(WEIGHTED, year, UNITS[WEIGHTED], weighted(parts), scale=float(WEIGHT_STEPS), tolerance=tolerance)


def index_objective(plan: Plan, year: int) -> Objective:
    """The maturity index of a year, exactly: a level is a gain whose needs are groups live by weeks and shares reached by weeks.

    Level N at assessment T needs level M <= N by the assessment (N - M) / pace years before, since at most `pace` levels are climbed a
    year; a need that must have lasted s years must have begun s years before that.
    """
    part, at = next(((p, p.years.index(n)) for p in plan.maturity for n in p.years if plan.timeline.years[n] == year), (None, 0))
    if part is None:
        raise InputError(f"--target {year}: no scheme of the data scores that year")
    rules, pace = part.rules, plan.inputs.settings.index_levels_per_year
    gains = []
    for j in range(len(rules.indicators)):
        start = int(np.rint(rules.start[j]))
        top = start if rules.outside[j] else min(rules.high, start + pace * (at + 1))
        for level in range(start + 1, top + 1):
            needs: list[tuple[int, int]] | None = []
            shares: list[Share] = []
            for step in range(start + 1, level + 1):
                asked = [(n, need) for n, need in enumerate(rules.needs) if (need.indicator, need.level) == (j, step)]
                cut_off = float(part.cut_off[at - (level - step) // pace])
                met = [_need(part, need, _begin(cut_off, float(rules.stay_years[n]))) for n, need in asked]
                if not asked or None in met:
                    needs = None
                    break
                needs += [pair for own, _ in met for pair in own]
                shares += [share for _, own in met for share in own]
            if needs is None:
                break
            earliest: dict[int, int] = {}
            for g, by in needs:
                earliest[g] = min(by, earliest.get(g, by))
            gains.append(Gain(round(float(rules.weight[j]) * INDEX_STEPS), tuple(earliest.items()), tuple(shares)))
    base = float(rules.weight @ np.where(rules.outside, rules.start, np.rint(rules.start)))
    return Objective(INDEX, year, UNITS[INDEX], Worth(tuple(gains)), base, float(INDEX_STEPS))


def _begin(cut_off: float, stay_years: float) -> int:
    """Last whole week from which a stay has elapsed by the cut-off, counted as the index does it."""
    stay = stay_years * WEEKS_PER_YEAR
    week = math.floor(cut_off - stay) + 1
    while week + stay > cut_off:
        week -= 1
    return week


def _need(part: Maturity, need: Need, by: int) -> tuple[list[tuple[int, int]], list[Share]] | None:
    """A need met by a week as groups and shares; None when no schedule can meet it."""
    conditions = part.conditions
    if MISSING in need.groups or by < 0:
        return None
    needs, shares = [(g, by) for g in need.groups], []
    if need.condition in conditions.things:
        things = conditions.things[need.condition]
        least = math.ceil(need.at_least * int(things.count.sum()) - 1e-9)
        parts = tuple((int(n), groups) for n, groups in zip(things.count, things.groups, strict=True) if MISSING not in groups)
        if sum(n for n, _ in parts) < least:
            return None
        shares = [Share(parts, least, by)] if least > 0 else []
    elif need.condition == "roles_on_board":
        enough = conditions.staffed >= need.at_least - 1e-9
        if not enough.any() or int(enough.argmax()) > by:
            return None
    elif need.condition == "agencies_covered" and min(conditions.covered.get(i, 0) for i in need.initiatives) < need.at_least - 1e-9:
        return None
    return needs, shares
