"""Every uncertain input of a scenario: its name, its group, where it stands in `Factors`, and its three points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from egov_model.inputs.priced import priced_items
from egov_model.inputs.scenario import PlanInputs
from egov_model.inputs.uncertainty import CEILINGS, GROUPS
from egov_model.model.software import software_effort

PRODUCTIVITY = "effort_values.calibration.effort..mode"


@dataclass(frozen=True)
class Uncertain:
    """Inputs whose P10 and P90 differ, in the units of `Factors`; all arrays have shape (inputs,).

    `names` are dotted keys such as prices.laptop.mode, `group` positions in `GROUPS`, `field` the name in `Factors` and `column` the column
    there; `floor` is what values do not fall below.
    """

    names: tuple[str, ...]
    group: np.ndarray
    field: tuple[str, ...]
    column: np.ndarray
    low: np.ndarray
    mode: np.ndarray
    high: np.ndarray
    floor: np.ndarray


_Row = tuple[str, str, str, int, float, float, float, float]


def uncertain(inputs: PlanInputs) -> Uncertain:
    """The uncertain inputs of a scenario, in the order of `Factors` and of its tables."""
    rows = [row for row in _rows(inputs) if row[4] < row[6]]
    names, groups, fields, columns, *points = (tuple(column) for column in zip(*rows, strict=True)) if rows else [()] * 8
    low, mode, high, floor = (np.array(p, dtype=float) for p in points)
    group = np.array([GROUPS.index(g) for g in groups], dtype=np.int64)
    return Uncertain(names, group, fields, np.array(columns, dtype=np.int64), low, mode, high, floor)


def _rows(inputs: PlanInputs) -> Iterator[_Row]:
    rows, settings = inputs.rows, inputs.settings
    for n, (key, row) in enumerate(priced_items(rows).items()):
        table, group = ("prices", "prices") if key in rows["prices"] else ("technologies", "links")
        yield f"{table}.{key}.mode", group, "price_idr", n, row.low, row.mode, row.high, 0.0
    yield from _table(inputs, "cost_lines", "quantities", "quantity")
    yield from _table(inputs, "places", "freight", "place")
    yield from _table(inputs, "escalation", "growth", "escalation_rate", more=settings.escalation_shift, floor=-1.0)
    yield from _table(inputs, "vat", "growth", "vat_rate")
    yield from _table(inputs, "phases", "durations", "phase_weeks")
    yield from _table(inputs, "procurement", "procurement", "procurement_weeks")
    yield from _table(inputs, "ceilings", CEILINGS, "ceiling_idr", by=settings.ceiling_factor)
    if "calibration.effort." in rows["effort_values"]:
        row = rows["effort_values"]["calibration.effort."]
        yield PRODUCTIVITY, "effort", "productivity", 0, row.low / row.mode, 1.0, row.high / row.mode, 0.0
        yield from _applications(inputs)


def _table(
    inputs: PlanInputs, table: str, group: str, field: str, by: float = 1.0, more: float = 0.0, floor: float = 0.0
) -> Iterator[_Row]:
    for n, (key, row) in enumerate(inputs.rows[table].items()):
        low, mode, high = (value * by + more for value in (row.low, row.mode, row.high))
        yield f"{table}.{key}.mode", group, field, n, low, mode, high, floor


def _applications(inputs: PlanInputs) -> Iterator[_Row]:
    """Work on each application, by 1 at most likely: its size and the second method (see `software_effort`)."""
    made = software_effort(inputs)
    for n, key in enumerate(made.applications):
        low, mode, high = made.effort.low[n], made.effort.mode[n], made.effort.high[n]
        yield f"applications.{key}.size_fp", "effort", "effort", int(made.column[n]), float(low / mode), 1.0, float(high / mode), 0.0


def columns_of(found: Uncertain, field: str) -> Iterable[tuple[int, int]]:
    """(position among the inputs, column in `Factors`) of every input of one field."""
    return [(n, int(found.column[n])) for n, name in enumerate(found.field) if name == field]
