"""When a plan that is under way ends and what it costs then: what is done is fixed, what is left is placed again in each draw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date

import numpy as np

from egov_model.analysis.drawn import Sample
from egov_model.analysis.evaluate_draws import Evaluator, Undated, evaluator, plan_never
from egov_model.analysis.rest_network import Rest, rest_of
from egov_model.analysis.risk import PART, check_draws, prepared_of
from egov_model.analysis.sample import sampler
from egov_model.analysis.spent_ahead import contracts_ahead, running_ahead
from egov_model.analysis.standing import LIVE, Standing, signed_year, standing, week_at, year_at
from egov_model.model.compiled_outlook import outlook_draws
from egov_model.model.horizon import again, budgeted_from
from egov_model.model.plan import Plan
from egov_model.model.shape import shape_of


@dataclass(frozen=True)
class Forecast:
    """What becomes of a plan from where it stands, in each draw; `groups` are its promises.

    - `total_idr` (draws,), `by_year_idr` (draws, years + 1) with what is paid after the plan last, `by_group_idr` (draws, groups): int64,
      what was paid included
    - `live` (draws, groups): first week after the work, -1: never; `finish_week` (draws,): the last of them, `never` where one has none
    """

    as_of: date
    years: tuple[int, ...]
    groups: tuple[str, ...]
    never: int
    total_idr: np.ndarray
    by_year_idr: np.ndarray
    by_group_idr: np.ndarray
    live: np.ndarray
    finish_week: np.ndarray

    @property
    def draws(self) -> int:
        """Number of draws."""
        return len(self.total_idr)


def forecast(plan: Plan, as_of: date, draws: int, seed: int | None = None, progress: Callable[[int, int], None] | None = None) -> Forecast:
    """The forecast of a plan over draws of the streams of `seed` (the setting unless given), those that its risk report draws from.

    Raises InputError for draws and seeds that cannot be.
    """
    seed = plan.inputs.settings.seed if seed is None else seed
    check_draws(draws, seed)
    drawing, base, reached = sampler(prepared_of(plan)), evaluator(plan), standing(plan, as_of)
    made = []
    for first in range(0, draws, PART):
        sample = drawing.sample(seed, min(PART, draws - first), first)
        made.append(from_here(base, reached, sample, base.drawn(sample)))
        if progress:
            progress(min(first + PART, draws), draws)
    arrays = [field.name for field in fields(Forecast) if isinstance(getattr(made[0], field.name), np.ndarray)]
    return replace(made[0], **{name: np.concatenate([getattr(part, name) for part in made]) for name in arrays})


def from_here(base: Evaluator, reached: Standing, sample: Sample, drawn: Undated) -> Forecast:
    """The forecast of some draws; `drawn` is what the evaluator draws of the sample."""
    plan, further = base.plan, base.further
    now, exactly = week_at(plan, reached.as_of)
    rest = rest_of(plan, further.network, budgeted_from(plan.network, plan.schedule), reached, now)
    years, all_years = len(plan.timeline.years), len(further.timeline.years)
    this_year = year_at(plan, reached.as_of)
    fixed = np.zeros((sample.draws, len(plan.network.groups), all_years), dtype=np.int64)
    fixed[:, :, :years] = running_ahead(base, sample, drawn, reached)
    weeks, longer = drawn.weeks[:, rest.activity].copy(), sample.longer[:, rest.activity].copy()
    for part in np.flatnonzero(rest.under_way):
        g, n = int(rest.parent[part]), next(i for i, (p, _) in enumerate(rest.network.activities) if p == part)
        signed = signed_year(plan, g, reached)
        lasts = np.where(weeks[:, n] > 0, weeks[:, n] + longer[:, n, min(signed, years - 1)], 0)
        finish = np.maximum(np.rint(exactly + (1 - float(reached.fraction[g])) * lasts).astype(np.int64), now)
        weeks[:, n], longer[:, n] = finish - now, 0
        fixed[:, g] += contracts_ahead(base, sample, drawn, reached, exactly, g, finish, signed)
    ceiling = _left(base, reached, drawn, fixed, this_year)
    live, by_year, by_group = _place(base, rest, sample, drawn, weeks, longer, ceiling)
    return _told(base, reached, rest, sample, fixed, live, by_year, by_group, this_year)


def _left(base: Evaluator, reached: Standing, drawn: Undated, fixed: np.ndarray, this_year: int) -> np.ndarray:
    """Ceilings less what was paid this year and what is fixed; after the plan all funds are one, in the first row."""
    network, years = base.plan.network, len(base.plan.timeline.years)
    left = drawn.ceiling_idr.copy()
    for g, fund in enumerate(network.fund.tolist()):
        left[:, fund, this_year] -= reached.paid_idr[g, this_year]
        left[:, fund, :years] -= fixed[:, g, :years]
        left[:, 0, years:] -= fixed[:, g, years:]
    return left


def _place(base: Evaluator, rest: Rest, sample: Sample, drawn: Undated, weeks, longer, ceiling) -> tuple[np.ndarray, ...]:
    """`live` (draws, parts), money `by_year` (draws, years + 1) and `by_group` (draws, parts) of what is placed again."""
    plan, network, draws = base.plan, rest.network, sample.draws
    years, all_years = len(plan.timeline.years), len(base.further.timeline.years)
    shape = shape_of(network, all_years, years, plan.duration_weeks[0][rest.activity])
    start, finish = (np.full((draws, len(rest.activity)), -1, dtype=np.int32) for _ in range(2))
    live, by_year = np.full((draws, len(rest.parent)), -1, dtype=np.int64), np.zeros((draws, years + 1), dtype=np.int64)
    by_group, need = np.zeros((draws, len(rest.parent)), dtype=np.int64), np.zeros((draws, len(network.funds), years), dtype=np.int64)
    gate_weeks, people = (np.ascontiguousarray(again(part, all_years - years)) for part in (sample.gate_weeks, sample.people))
    cost, running = (np.ascontiguousarray(part[:, rest.parent]) for part in (sample.cost, sample.running))
    outlook_draws(
        0, draws, shape, rest.order, np.arange(len(rest.line)), network.line_group, years, np.zeros((0, 7), dtype=np.int64),
        np.ascontiguousarray(weeks), np.ascontiguousarray(drawn.base_idr[:, rest.line]), cost, running, ceiling,
        np.ascontiguousarray(longer), gate_weeks, people, start, finish, live, by_year, by_group, need,
    )  # fmt: skip
    return live, by_year, by_group


def _told(
    base: Evaluator, reached: Standing, rest: Rest, sample: Sample, fixed: np.ndarray, placed: np.ndarray, by_year: np.ndarray,
    by_part: np.ndarray, this_year: int,
) -> Forecast:  # fmt: skip
    """What was paid, what is fixed and what is placed, together."""
    plan, promised = base.plan, base.promised
    years = len(plan.timeline.years)
    by_year[:, :years] += reached.paid_idr.sum(axis=0) + fixed.sum(axis=1)[:, :years]
    by_year[:, years] += fixed.sum(axis=1)[:, years:].sum(axis=1)
    by_year[:, this_year:years] += sample.response_idr.sum(axis=0)[this_year:]
    by_group = np.repeat(reached.paid_idr.sum(axis=1)[None, :], sample.draws, axis=0) + fixed.sum(axis=2)
    np.add.at(by_group, (slice(None), rest.parent), by_part)
    live = np.where(reached.stage == LIVE, reached.live, -1)[None, :].repeat(sample.draws, axis=0)
    ahead = np.flatnonzero(rest.final >= 0)
    live[:, ahead] = placed[:, rest.final[ahead]]
    never = plan_never(base.further)
    works = np.array([bool(plan.network.chains[g]) for g in promised], dtype=bool)
    finish = np.where(works, live[:, promised], 0).max(axis=1, initial=0)
    finish[(live[:, promised] < 0).any(axis=1)] = never
    return Forecast(
        reached.as_of, plan.timeline.years, tuple(plan.network.groups[g] for g in promised), never, by_year.sum(axis=1), by_year,
        by_group[:, promised], live[:, promised], finish,
    )  # fmt: skip
