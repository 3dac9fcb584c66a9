"""Switching values: how far one input may go before a ceiling, a place, the end date or the choice breaks."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from egov_model.analysis.index_points import every_point
from egov_model.analysis.influence import WEIGHTY
from egov_model.analysis.kept import kept
from egov_model.analysis.moved import Moved, moved, moved_at, named
from egov_model.analysis.points import Point
from egov_model.analysis.tornado import tornado
from egov_model.model.factors import most_likely
from egov_model.model.plan import Plan

CEILING, FIT, FINISH, CHOICE = "ceiling", "fit", "finish", "choice"
BREAKS = (CEILING, FIT, FINISH, CHOICE)
TOLERANCE_WEEKS = 13
STEPS = 20  # places tried from most likely to the end of the range
PRECISION = 0.001  # of the way from most likely to P10 or P90
DIRECTIONS = {"down": -1.0, "up": 1.0}
COLUMNS = (
    "key", "table", "row", "group", "low", "mode", "high", "unit", "source", "evidence", "breaks", "down_value", "down_holds", "down_names",
    "up_value", "up_holds", "up_names", "nearest",
)  # fmt: skip


@dataclass(frozen=True)
class Switching:
    """`frame` has a row for each input that weighs and each break, the nearest first.

    Breaks: `ceiling` (at the plan's own dates a year's ceiling no longer holds), `fit` (something promised has no place), `finish` (the
    promised work ends more than `tolerance_weeks` after the plan, or not within it), `choice` (another set of optional initiatives has a
    place). Columns: key, table, row, group, low, mode, high, unit, source, evidence, breaks; for `down` and `up` from most likely:
    `*_value` (the first one found that breaks), `*_holds` (the last one before it that holds; both nan: none in the range) and `*_names`
    (tuple: fund and year, or initiatives); `nearest` (way to the nearest break, 1 at P10 or P90; nan: none). The range looked at goes
    `widen` times as far as P10 and P90; values are exact to `PRECISION` of the way from most likely to P10 or P90. `evaluations`: how
    often the plan was asked.
    """

    tolerance_weeks: int
    widen: float
    evaluations: int
    frame: pd.DataFrame


def switching(plan: Plan, tolerance_weeks: int = TOLERANCE_WEEKS, widen: float = 1.0, points: list[Point] | None = None) -> Switching:
    """Switching values of the given inputs, or of all that weigh: that move cost by `WEIGHTY` or more, the end, or what fits.

    From most likely outwards `STEPS` places are tried in each direction, and the first that breaks is closed in on by halving; a break and
    its mending between two places may be missed, as cost and dates need not move one way only.
    """
    points = weighty(plan) if points is None else points
    own = moved(plan, most_likely(plan.inputs))
    latest = int(own.finish_week[0]) + tolerance_weeks
    optional = np.array([not plan.inputs.rows["initiatives"][key].mandatory for key in own.groups], dtype=bool)
    known: dict[tuple[str, float], Moved] = {}

    def broken(where: list[tuple[Point, float]]) -> tuple[np.ndarray, Moved]:
        made = moved_at(plan, where, known)
        lost = made.left_out.any(axis=1)
        other = (made.has_place != made.promised)[:, optional].any(axis=1)
        return np.stack([made.short.any(axis=(1, 2)), lost, lost | (made.finish_week > latest), other], axis=1), made

    ways = [(n, sign) for n in range(len(points)) for sign in DIRECTIONS.values()]
    places = widen * np.arange(1, STEPS + 1) / STEPS
    found, _ = broken([(points[n], sign * t) for n, sign in ways for t in places])
    first = _first(found.reshape(len(ways), STEPS, len(BREAKS)))
    open_ = [(way, b) for way in range(len(ways)) for b in range(len(BREAKS)) if first[way, b] < STEPS]
    holds = np.array([places[first[way, b] - 1] if first[way, b] else 0.0 for way, b in open_])
    breaks = np.array([places[first[way, b]] for way, b in open_])
    halvings = max(0, math.ceil(math.log2(widen / STEPS / PRECISION)))
    for _ in range(halvings):
        middle = (holds + breaks) / 2
        found, _ = broken(_where(points, ways, open_, middle))
        broke = np.array([found[row, b] for row, (_, b) in enumerate(open_)], dtype=bool)
        holds, breaks = np.where(broke, holds, middle), np.where(broke, middle, breaks)
    _, made = broken(_where(points, ways, open_, breaks))
    ends = {
        (ways[way][0], b, ways[way][1]): (breaks[row], holds[row], _names(plan, made, row, BREAKS[b], optional))
        for row, (way, b) in enumerate(open_)
    }
    rows = [_row(point, n, b, ends) for n, point in enumerate(points) for b in range(len(BREAKS))]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).sort_values(["nearest", "key"], kind="stable", na_position="last")
    evaluations = len(ways) * STEPS + len(open_) * (halvings + 1)
    return Switching(tolerance_weeks, widen, evaluations, frame.reset_index(drop=True))


def weighty(plan: Plan) -> list[Point]:
    """The inputs that at P10 or P90 move cost by `WEIGHTY` or more, the end, or what fits."""
    frame = kept(plan, tornado).frame
    keys = set(frame.loc[(frame["share"] >= WEIGHTY) | (frame["swing_weeks"] > 0) | ~frame["fits"], "key"])
    return [point for point in every_point(plan.inputs) if point.key in keys]


def _first(found: np.ndarray) -> np.ndarray:
    """Number of the first place that breaks, shape (ways, breaks) of found (ways, places, breaks); the number of places where none does."""
    return np.where(found.any(axis=1), found.argmax(axis=1), found.shape[1])


def _where(points: list[Point], ways: list, open_: list, places: np.ndarray) -> list[tuple[Point, float]]:
    return [(points[ways[way][0]], ways[way][1] * float(t)) for (way, _), t in zip(open_, places, strict=True)]


def _names(plan: Plan, made: Moved, row: int, kind: str, optional: np.ndarray) -> tuple[str, ...]:
    """What breaks: funds and years whose ceiling does not hold, or initiatives."""
    if kind == CEILING:
        return tuple(f"{plan.network.funds[f]} {plan.timeline.years[y]}" for f, y in zip(*np.nonzero(made.short[row]), strict=True))
    if kind == CHOICE:
        return named(made, (made.has_place != made.promised)[row] & optional)
    return named(made, made.left_out[row])


def _row(point: Point, n: int, b: int, ends: dict) -> dict[str, object]:
    """An input of no width in its own unit (a counted size, whose doubt lies in the method) is told as its factor."""
    as_factor = point.low == point.high
    told = point.taken if as_factor else point.value
    made: dict[str, object] = {name: getattr(point, name) for name in ("key", "table", "row", "group")}
    made |= {name: told(t) for name, t in (("low", -1.0), ("mode", 0.0), ("high", 1.0))}
    made |= {"unit": "kali" if as_factor else point.unit, "source": point.source, "evidence": point.evidence, "breaks": BREAKS[b]}
    nearest = math.nan
    for name, sign in DIRECTIONS.items():
        t, held, names = ends.get((n, b, sign), (math.nan, math.nan, ()))
        there = not math.isnan(t)
        made |= {f"{name}_value": told(sign * t) if there else math.nan, f"{name}_holds": told(sign * held) if there else math.nan}
        made[f"{name}_names"] = names
        if there:
            way = abs(made[f"{name}_value"] - point.mode) / abs(point.value(sign) - point.mode) if point.whole else t
            nearest = float(np.nanmin([nearest, way]))
    return made | {"nearest": nearest}
