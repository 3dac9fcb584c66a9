"""Every three-point input as one thing that can be moved: by how far from its most likely value, in whichever array it counts."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from types import MappingProxyType

import numpy as np

from egov_model.inputs.priced import priced_items
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.appsize import application_sizes
from egov_model.model.factors import Factors, most_likely
from egov_model.model.software import software_effort

# Three-point factors that move cost -> their table; prices are followed by what technologies.csv prices
COST_TABLES = {"price_idr": "", "quantity": "cost_lines", "place": "places", "escalation_rate": "escalation", "vat_rate": "vat"}
TIME_TABLES = {"phase_weeks": "phases", "procurement_weeks": "procurement", "ceiling_idr": "ceilings"}
GROUPS = {
    "price_idr": "prices", "quantity": "quantities", "place": "freight", "escalation_rate": "growth", "vat_rate": "growth",
    "productivity": "effort", "effort": "effort", "phase_weeks": "durations", "procurement_weeks": "procurement", "ceiling_idr": "ceilings",
    "": "settings",
}  # fmt: skip
PRODUCTIVITY = "effort_values.calibration.effort..mode"
WORTH = (  # settings of what the plan is worth and is held against, which move neither cost nor dates nor index
    "digital_literacy_share", "service_desk_reach_share", "social_discount_rate", "benefit_years_after", "waiting_cost_share",
    "personnel_limit_share",
)  # fmt: skip
# settings that say which plan is made and how it is looked at, not what it does
FRAME = ("first_year", "last_year", "base_price_year", "seed", "draws", "p80_error_share", "outside_weight")
ALL = -1  # every column of a factor


@dataclass(frozen=True)
class Point:
    """One input: P10, most likely and P90 as its row says them, and as `factor` counts them (`counted`) in its `column`.

    `factor` is a field of Factors, or empty for a setting, whose inputs are made again; in the column `ALL` a setting multiplies the
    factor (`ceiling_factor`) or is added to it (`escalation_shift`). `whole`: it takes whole numbers only.
    A place `t` on the input is 0 at most likely, -1 at P10 and 1 at P90, evenly between and beyond.
    """

    key: str
    table: str
    row: str
    group: str
    low: float
    mode: float
    high: float
    unit: str
    source: str
    evidence: str
    factor: str
    column: int
    counted: tuple[float, float, float]
    whole: bool = False

    def value(self, t: float) -> float:
        """What the row would say at a place on the input."""
        made = _between(t, (self.low, self.mode, self.high))
        return float(round(made)) if self.whole else made

    def taken(self, t: float) -> float:
        """What the factor counts there; never below zero, growth of prices excepted."""
        made = _between(t, self.counted)
        return made if self.factor == "escalation_rate" else max(0.0, made)


def _between(t: float, three: tuple[float, float, float]) -> float:
    """Exact at -1, 0 and 1."""
    return (1 - abs(t)) * three[1] + abs(t) * three[2 if t > 0 else 0]


def cost_points(inputs: PlanInputs) -> list[Point]:
    """Inputs that move cost at given dates: prices, quantities, place factors, growth, VAT, and how much work software is."""
    rows = inputs.rows
    made = []
    for factor, table in COST_TABLES.items():
        more = inputs.settings.escalation_shift if table == "escalation" else 0.0
        if not table:
            items = priced_items(rows).items()
            made += [_plain("prices" if key in rows["prices"] else "technologies", key, r, factor, n) for n, (key, r) in enumerate(items)]
        else:
            made += [_plain(table, key, row, factor, n, more=more) for n, (key, row) in enumerate(rows[table].items())]
    return made + _effort(inputs)


def all_points(inputs: PlanInputs) -> list[Point]:
    """Every input of `Factors`, and every setting that is a number with a range and moves cost, dates or the index."""
    made = cost_points(inputs)
    for factor, table in TIME_TABLES.items():
        times = inputs.settings.ceiling_factor if table == "ceilings" else 1.0
        made += [_plain(table, key, row, factor, n, times=times) for n, (key, row) in enumerate(inputs.rows[table].items())]
    return made + _settings(inputs)


def _plain(table: str, key: str, row, factor: str, column: int, more: float = 0.0, times: float = 1.0) -> Point:
    three = (row.low, row.mode, row.high)
    counted = tuple(value * times + more for value in three)
    group = "links" if table == "technologies" else GROUPS[factor]
    return Point(f"{table}.{key}.mode", table, key, group, *three, row.unit, row.source, row.evidence, factor, column, counted)


def _effort(inputs: PlanInputs) -> list[Point]:
    """How much work software is: of all by local productivity, and of each application by its size and the second method."""
    row = inputs.rows["effort_values"]["calibration.effort."]
    three, told = (row.low, row.mode, row.high), (row.unit, row.source, row.evidence)
    counted = tuple(value / row.mode for value in three)
    made = [Point(PRODUCTIVITY, "effort_values", "calibration.effort.", "effort", *three, *told, "productivity", 0, counted)]
    size, software = application_sizes(inputs), software_effort(inputs)
    for n, key in enumerate(software.applications):
        column, effort, app = int(software.column[n]), software.effort, inputs.rows["applications"][key]
        months = (effort.low[n], effort.mode[n], effort.high[n])
        counted = tuple(float(m / effort.mode[n]) for m in months)
        told = (app.unit, app.source, app.evidence)
        name = f"applications.{key}.size_fp"
        made.append(Point(name, "applications", key, "effort", *map(float, size[column]), *told, "effort", column, counted))
    return made


def _settings(inputs: PlanInputs) -> list[Point]:
    """Numbers with a range; one that a scenario set outside its range has its end there."""
    made = []
    for key, row in inputs.rows["settings"].items():
        now = getattr(inputs.settings, key)
        ends = [_number(text) for text in (row.low, row.high)]
        if key in FRAME + WORTH or isinstance(now, bool | str) or None in ends or not isinstance(now, int | float):
            continue
        three = (min(ends[0], now), float(now), max(ends[1], now))
        told = (row.unit, row.source, row.evidence)
        where = ("", 0, three)
        if key == "escalation_shift":
            where = ("escalation_rate", ALL, tuple(value - now for value in three))
        elif key == "ceiling_factor" and now > 0:
            where = ("ceiling_idr", ALL, tuple(value / now for value in three))
        made.append(Point(f"settings.{key}", "settings", key, "settings", *three, *told, *where, isinstance(now, int)))
    return made


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def factors_at(inputs: PlanInputs, moved: list[tuple[Point, float]]) -> Factors:
    """One draw for each (input, place): that input there, all others at most likely; inputs of `Factors` only."""
    one = most_likely(inputs)
    many = replace(one, **{field.name: np.repeat(getattr(one, field.name), len(moved), axis=0) for field in fields(Factors)})
    for draw, (point, t) in enumerate(moved):
        target = getattr(many, point.factor)
        if point.column == ALL:
            target[draw] = target[draw] * point.taken(t) if point.factor == "ceiling_idr" else target[draw] + point.taken(t)
        else:
            target[(draw, point.column) if target.ndim == 2 else draw] = point.taken(t)
    return many


def with_setting(inputs: PlanInputs, point: Point, t: float) -> PlanInputs:
    """The same inputs with a setting at a place of its range; the gates are not asked again."""
    value = point.value(t)
    row = inputs.rows["settings"][point.row].model_copy(update={"value": f"{value:.15g}"})
    rows = {**inputs.rows, "settings": MappingProxyType({**inputs.rows["settings"], point.row: row})}
    settings = inputs.settings.model_copy(update={point.row: int(value) if point.whole else value})
    return replace(inputs, settings=settings, rows=MappingProxyType(rows))
