"""What becomes of a plan when its inputs move: its cost, its end, its index, and who falls out, in each draw."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from egov_model.analysis.index_points import START, STAY, index_at
from egov_model.analysis.points import Point, factors_at, with_setting
from egov_model.model.factors import Factors, most_likely
from egov_model.model.paid_at import paid_at
from egov_model.model.plan import Plan, evaluate
from egov_model.model.prepare import Prepared, prepare
from egov_model.model.totals import some_draws

DRAWS_AT_A_TIME = 1000
FACTORS = tuple(field.name for field in fields(Factors))
BY_DRAW = ("full_idr", "paid_idr", "finish_week", "index", "has_place", "short")  # fields of Moved with an axis of draws


@dataclass(frozen=True)
class Moved:
    """A plan in each draw, scheduled again in its own order; its promise is what has a place at most likely values (`promised`).

    - `full_idr` (draws,), int64: cost of all that is promised; what has no place in the draw counts at the plan's own dates
    - `paid_idr` (draws,), int64: what is paid in the draw, for whatever has a place in it
    - `finish_week` (draws,): first week after the promised work; the first one after the plan where some of it has no place
    - `index` (draws,): maturity index of the last year that a scheme scores; nan where none does
    - `has_place` (draws, groups), bool
    - `short` (draws, funds, years), bool: the plan's own dates would cost more than the ceiling
    """

    groups: tuple[str, ...]
    promised: np.ndarray
    full_idr: np.ndarray
    paid_idr: np.ndarray
    finish_week: np.ndarray
    index: np.ndarray
    has_place: np.ndarray
    short: np.ndarray

    @property
    def left_out(self) -> np.ndarray:
        """Promised, and without a place in the draw, shape (draws, groups)."""
        return self.promised & ~self.has_place

    @property
    def added(self) -> np.ndarray:
        """Not promised, and with a place in the draw, shape (draws, groups)."""
        return ~self.promised & self.has_place


def moved(plan: Plan, factors: Factors) -> Moved:
    """The plan under other factors, its order kept."""
    prepared = Prepared(plan.inputs, plan.timeline, plan.drivers, plan.network, plan.order)
    parts = [slice(begin, begin + DRAWS_AT_A_TIME) for begin in range(0, factors.draws, DRAWS_AT_A_TIME)]
    return _joined([_against(plan, evaluate(prepared, some_draws(factors, part))) for part in parts])


def moved_at(plan: Plan, where: list[tuple[Point, float]], known: dict[tuple[str, float], Moved] | None = None) -> Moved:
    """One draw for each (input, place) in turn, all else at most likely.

    Inputs of the index alone leave the dates; settings are inputs made again, each value once: who asks more than once keeps them in
    `known`.
    """
    known = {} if known is None else known
    at = np.zeros(len(where), dtype=np.int64)
    made: list[Moved] = []
    drawn = [n for n, (point, _) in enumerate(where) if point.factor in FACTORS]
    for begin in range(0, len(drawn), DRAWS_AT_A_TIME):
        part = drawn[begin : begin + DRAWS_AT_A_TIME]
        made.append(moved(plan, factors_at(plan.inputs, [where[n] for n in part])))
    at[drawn] = np.arange(len(drawn))
    scored = [n for n, (point, _) in enumerate(where) if point.factor in (START, STAY)]
    if scored:
        same = _picked(_against(plan, plan), np.zeros(len(scored), dtype=np.int64))
        made.append(replace(same, index=index_at(plan, [where[n] for n in scored])))
        at[scored] = len(drawn) + np.arange(len(scored))
    settings = [n for n, (point, _) in enumerate(where) if not point.factor]
    at[settings] = len(drawn) + len(scored) + np.arange(len(settings))
    made += [_with_setting(plan, *where[n], known) for n in settings]
    return _picked(_joined(made), at) if made else _picked(_against(plan, plan), at)


def _with_setting(plan: Plan, point: Point, t: float, known: dict[tuple[str, float], Moved]) -> Moved:
    value = point.value(t)
    name = (point.key, value) if value != point.mode else ("", 0.0)
    if name not in known:
        inputs = with_setting(plan.inputs, point, t) if value != point.mode else plan.inputs
        known[name] = _against(plan, evaluate(prepare(inputs, plan.order), most_likely(inputs)))
    return known[name]


def _against(plan: Plan, other: Plan) -> Moved:
    """The draws of a plan held against the promise of another of the same scope."""
    network, live = plan.network, other.schedule.live
    promised = plan.schedule.live[0] >= 0
    left_out = promised & (live < 0)
    at_own_dates = paid_at(network, plan.schedule, other.estimate.amount_idr)
    kept, lost = (where[:, network.line_group] for where in (promised & (live >= 0), left_out))
    paid = other.schedule.paid_idr.sum(axis=2)
    full = (paid * kept).sum(axis=1) + (at_own_dates.sum(axis=2) * lost).sum(axis=1)
    works = np.array([promised[group] for group, _ in network.activities], dtype=bool)
    finish = other.schedule.finish[:, works].max(axis=1, initial=0)
    index = other.maturity[-1].index[:, -1] if other.maturity else np.full(len(live), np.nan)
    fund = network.fund[network.line_group]
    need = np.stack([at_own_dates[:, fund == n].sum(axis=1) for n in range(len(network.funds))], axis=1)
    return Moved(
        groups=network.groups,
        promised=promised,
        full_idr=full,
        paid_idr=paid.sum(axis=1),
        finish_week=np.where(left_out.any(axis=1), plan.timeline.weeks, finish),
        index=index,
        has_place=live >= 0,
        short=need > other.network.ceiling_idr,
    )


def named(made: Moved, which: np.ndarray) -> tuple[str, ...]:
    """The initiatives that a row (groups,) of truths means."""
    return tuple(made.groups[n] for n in np.flatnonzero(which))


def _joined(parts: list[Moved]) -> Moved:
    return replace(parts[0], **{name: np.concatenate([getattr(part, name) for part in parts]) for name in BY_DRAW})


def _picked(made: Moved, at: np.ndarray) -> Moved:
    return replace(made, **{name: getattr(made, name)[at] for name in BY_DRAW})
