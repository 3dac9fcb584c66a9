"""How far cost, finish and index swing when one input goes from its P10 to its P90 and the plan is scheduled again in its own order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from egov_model.analysis.index_points import every_point
from egov_model.analysis.moved import Moved, moved, moved_at, named
from egov_model.analysis.points import Point
from egov_model.model.factors import most_likely
from egov_model.model.plan import Plan

COST, FINISH, INDEX = "cost", "finish", "index"
MEASURES = {COST: "swing_idr", FINISH: "swing_weeks", INDEX: "swing_index"}
ENDS = ("low", "high")
TOLD = ("key", "table", "row", "group", "low", "mode", "high", "unit", "source", "evidence")


@dataclass(frozen=True)
class Tornado:
    """What the plan itself says (`plan_*`; `promised` initiatives have a place), and one row of `frame` per input, widest swing first.

    Columns: key, table, row, group, low, mode, high, unit, source, evidence; for the plan with the input at its P10 (`low_*`) and P90
    (`high_*`): `*_idr` (all that is promised, see `Moved.full_idr`), `*_paid_idr` (what has a place), `*_finish_week`, `*_index`,
    `*_placed` (initiatives that fit), `*_left_out` and `*_added` (tuples of initiatives); `swing_idr`, `swing_weeks`, `swing_index` (the
    largest less the smallest of P10, most likely and P90), `share` of the swing in the plan's cost, `fits` (bool: the same initiatives
    have a place at both ends).
    """

    plan_idr: int
    plan_finish_week: int
    plan_index: float
    promised: int
    frame: pd.DataFrame


def tornado(plan: Plan, on: str = COST, points: list[Point] | None = None) -> Tornado:
    """The tornado of a plan on `cost`, `finish` or `index`, over all three-point inputs or the given ones; ties by key."""
    points = every_point(plan.inputs) if points is None else points
    own = moved(plan, most_likely(plan.inputs))
    made = moved_at(plan, [(point, t) for t in (-1.0, 1.0) for point in points])
    total = int(own.full_idr[0])
    columns = {name: [getattr(point, name) for point in points] for name in TOLD}
    for n, end in enumerate(ENDS):
        columns |= _columns(end, made, slice(n * len(points), (n + 1) * len(points)))
    places = made.has_place.reshape(2, len(points), len(own.groups))
    columns["swing_idr"] = _swing(made.full_idr, own.full_idr)
    columns["swing_weeks"] = _swing(made.finish_week, own.finish_week)
    columns["swing_index"] = _swing(made.index, own.index)
    columns["share"] = columns["swing_idr"] / max(1, total)
    columns["fits"] = (places == own.has_place).all(axis=(0, 2))
    frame = pd.DataFrame(columns).sort_values([MEASURES[on], "key"], ascending=[False, True]).reset_index(drop=True)
    return Tornado(total, int(own.finish_week[0]), float(own.index[0]), int(own.promised.sum()), frame)


def _columns(end: str, made: Moved, part: slice) -> dict[str, object]:
    left_out, added = ([named(made, row) for row in rows[part]] for rows in (made.left_out, made.added))
    return {
        f"{end}_idr": made.full_idr[part],
        f"{end}_paid_idr": made.paid_idr[part],
        f"{end}_finish_week": made.finish_week[part],
        f"{end}_index": made.index[part],
        f"{end}_placed": made.has_place[part].sum(axis=1),
        f"{end}_left_out": left_out,
        f"{end}_added": added,
    }


def _swing(ends: np.ndarray, own: np.ndarray) -> np.ndarray:
    """The largest less the smallest of both ends and the plan itself, shape (points,)."""
    low, high = ends.reshape(2, -1)
    return np.maximum(np.maximum(low, high), own) - np.minimum(np.minimum(low, high), own)
