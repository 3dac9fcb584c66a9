"""A maturity scheme as arrays: weights, where the regency stands, and what each level of each indicator asks for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egov_model.inputs.indices import WHOLE_PCT
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.conditions import MISSING


@dataclass(frozen=True)
class Need:
    """One row of effects.csv: a level of an indicator, the groups it waits for (MISSING: not in the plan), and its condition."""

    effect: str
    indicator: int
    level: int
    groups: tuple[int, ...]
    initiatives: tuple[str, ...]
    condition: str
    at_least: float


@dataclass(frozen=True)
class Rules:
    """One scheme; shapes (indicators,) and (needs,). `weight` adds to 1, `start` is the level before the plan, `outside` indicators
    keep theirs; `stay_years`: how long each need must have been met."""

    scheme: str
    low: int
    high: int
    indicators: tuple[str, ...]
    weight: np.ndarray
    start: np.ndarray
    outside: np.ndarray
    needs: tuple[Need, ...]
    stay_years: np.ndarray


def make_rules(inputs: PlanInputs, scheme: str, groups: tuple[str, ...], first_year: int) -> Rules:
    """The rules of a scheme for a path of these groups from a year on, at most likely starting levels and stays."""
    of_scheme = {key: i for key, i in inputs.rows["indicators"].items() if i.scheme == scheme}
    at = {i.code: n for n, i in enumerate(of_scheme.values())}
    index = {key: n for n, key in enumerate(groups)}
    effects = [e for e in inputs.rows["effects"].values() if e.scheme == scheme]
    row = inputs.rows["index_schemes"][scheme]
    return Rules(
        scheme=scheme,
        low=row.scale_low,
        high=row.scale_high,
        indicators=tuple(i.code for i in of_scheme.values()),
        weight=np.array([i.weight_pct for i in of_scheme.values()]) / WHOLE_PCT,
        start=np.array([_start(inputs, i, first_year) for i in of_scheme.values()], dtype=float),
        outside=np.array([bool(i.scored_by) for i in of_scheme.values()]),
        needs=tuple(
            Need(
                e.id, at[e.indicator], e.level, tuple(sorted({index.get(i, MISSING) for i in e.initiatives})), e.initiatives,
                e.condition, e.at_least,
            )
            for e in effects
        ),
        stay_years=np.array([e.mode for e in effects], dtype=float),
    )  # fmt: skip


def _start(inputs: PlanInputs, indicator, first_year: int) -> float:
    """Level of the latest year before a path begins, or of the earliest there is."""
    key = (indicator.scheme, indicator.code)
    levels = {s.year: s.mode for s in inputs.rows["start_levels"].values() if (s.scheme, s.indicator) == key}
    return levels[max((year for year in levels if year < first_year), default=min(levels))]


def scheme_of_years(inputs: PlanInputs) -> dict[int, str]:
    """The scheme that scores each year of the plan: the one in force, or the one the scenario names; "" when the data has none."""
    named = inputs.settings.index_scheme
    made = {}
    for year in inputs.settings.years:
        valid = [key for key, s in inputs.rows["index_schemes"].items() if s.valid_from <= year <= s.valid_to]
        made[year] = named or next(iter(valid), "")
    return made


def published(index: float) -> float:
    """An index as it is published: two decimals, halves up."""
    return round(index + 1e-9, 2)


def predicate(inputs: PlanInputs, scheme: str, index: float) -> str:
    """Id of the word for an index as it is published."""
    rows = sorted((p for p in inputs.rows["predicates"].values() if p.scheme == scheme), key=lambda p: p.index_from)
    return [p.id for p in rows if p.index_from <= published(index)][-1]
