"""Which parameters a planner moves, in themes, each made from its record: what it may be and by which steps."""

from __future__ import annotations

import math
import typing
from collections.abc import Iterator
from dataclasses import dataclass

from egov_model.analysis.summary import cost_drivers
from egov_model.inputs.links import FIBRE_IN_TOWN, SATELLITE_FIRST
from egov_model.inputs.parameters import Parameter, of_row
from egov_model.inputs.rules import Settings
from egov_model.model.plan import Plan

NUMBER, WHOLE, CHOICE, FLAG, TEXT = "number", "whole", "choice", "flag", "text"
MONEY, CALENDAR, PEOPLE, WAYS, PRICES, GAINS, RISK = "money", "calendar", "people", "ways", "prices", "gains", "risk"
THEMES: dict[str, tuple[str, ...]] = {  # settings of each; tables of rows follow in `levers`
    MONEY: ("ceiling_factor", "escalation_shift"),
    CALENDAR: ("dpa_delay_weeks", "revised_budget_held", "adopted_on"),
    PEOPLE: ("hiring_delay_years",),
    WAYS: ("connectivity_policy", "integration", "delivery"),
    PRICES: (),
    GAINS: ("index_levels_per_year", "digital_literacy_share", "service_desk_reach_share"),
    RISK: ("risk_view", "outside_weight", "correlation", "risk_responses"),
}
OFFERED = {"connectivity_policy": ("", FIBRE_IN_TOWN, SATELLITE_FIRST), "risk_responses": ("none", "all")}  # of what may be any words
DEAREST = 16  # prices: the items that cost the plan most
STEPS = 40  # of a slider, about


@dataclass(frozen=True)
class Lever:
    """A parameter and how it is moved: `low`, `high`, `step` of a slider (None: no range, so none is drawn), `choices` as typed."""

    parameter: Parameter
    kind: str
    low: float | None = None
    high: float | None = None
    step: float = 1.0
    choices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """As a scenario file names it."""
        return self.parameter.key


def levers(plan: Plan, theme: str) -> tuple[Lever, ...]:
    """The levers of a theme, in reading order; what a scenario itself added is left out, as no other file can name it."""
    rows = plan.inputs.rows
    added = {c.key for c in plan.inputs.changes if (c.base, c.value) == ("n", "y")}
    found = [(table, row, field) for table, row, field in _of(theme, plan) if row in rows[table] and f"{table}.{row}" not in added]
    return tuple(lever(of_row(rows, *one)) for one in found)


def _of(theme: str, plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Table, row and field of each lever of a theme."""
    yield from (("settings", key, "value") for key in THEMES[theme])
    rows = plan.inputs.rows
    if theme == MONEY:
        yield from (("ceilings", key, "mode") for key, row in rows["ceilings"].items() if row.year in plan.timeline.years)
    elif theme == PEOPLE:
        yield from (("roles", key, "on_board") for key in rows["roles"])
        yield from (("formations", key, "hires") for key, row in rows["formations"].items() if row.year in plan.timeline.years)
        yield from (("roles", key, "attrition") for key in rows["roles"])
    elif theme == PRICES:
        dear = (key for key in cost_drivers(plan)["item"] if key in rows["prices"])
        yield from (("prices", key, "mode") for key, _ in zip(dear, range(DEAREST), strict=False))


def lever(known: Parameter) -> Lever:
    """How a parameter is moved, from its record."""
    if known.table == "settings":
        return _setting(known)
    if known.field in ("on_board", "hires"):
        return Lever(known, WHOLE, 0, max(5.0, 2 * float(known.value)), 1)
    if known.field == "attrition":
        return Lever(known, NUMBER, 0.0, 0.5, 0.01)
    return _ranged(known, NUMBER)


def _setting(known: Parameter) -> Lever:
    field = Settings.model_fields[known.row]
    if typing.get_origin(field.annotation) is typing.Literal:
        return Lever(known, CHOICE, choices=tuple(typing.get_args(field.annotation)))
    if field.annotation is bool:
        return Lever(known, FLAG)
    if known.row in OFFERED:
        return Lever(known, CHOICE, choices=tuple(dict.fromkeys((*OFFERED[known.row], known.value))))
    if field.annotation in (int, float):
        return _ranged(known, WHOLE if field.annotation is int else NUMBER)
    return Lever(known, TEXT)


def _ranged(known: Parameter, kind: str) -> Lever:
    if not known.low:
        return Lever(known, TEXT)
    low, high = float(known.low), float(known.high)
    if not low < high:
        return Lever(known, TEXT)
    return Lever(known, kind, low, high, 1.0 if kind == WHOLE else _step(high - low))


def _step(span: float) -> float:
    """The round number (1, 2 or 5 times a power of ten) of which about forty make the span."""
    rough = span / STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    return float(f"{next(power * n for n in (1, 2, 5, 10) if power * n >= rough * 0.999):.6g}")
