"""Money that follows from what is done: the rest of contracts under way, and what runs of what is live, in each draw."""

from __future__ import annotations

import numpy as np

from egov_model.analysis.drawn import Sample
from egov_model.analysis.evaluate_draws import Evaluator, Undated
from egov_model.analysis.planned_value import WEEK, days_until, year_days
from egov_model.analysis.standing import LIVE, Standing, year_at
from egov_model.model.network import ONCE

HAIR = 1e-6  # of a rupiah: what multiplying may lose


def contracts_ahead(
    base: Evaluator, sample: Sample, drawn: Undated, reached: Standing, now: float, group: int, finish: np.ndarray, signed: int
) -> np.ndarray:
    """What is still to be paid of the activity that an initiative is at, shape (draws, years with those after the plan).

    `finish` (draws,) is the week it ends, `signed` the year of its price. A commitment that is known holds whatever prices do.
    """
    network, plan = base.plan.network, base.plan
    activity, fraction = int(reached.activity[group]), float(reached.fraction[group])
    lines = np.flatnonzero(network.line_activity == activity)
    years = len(plan.timeline.years)
    amount = np.rint(drawn.base_idr[:, lines, signed] * sample.cost[:, group, min(signed, years - 1), None]).sum(axis=1)
    rest = amount - np.rint(fraction * amount)
    if reached.committed_idr[group] and len(lines):
        rest = np.full(len(amount), float(max(0, reached.committed_idr[group] - reached.paid_idr[group].sum())))
        amount = rest / max(1 - fraction, HAIR)
    made = np.zeros((sample.draws, drawn.base_idr.shape[2]))
    this_year = year_at(plan, reached.as_of)
    if not network.multi_year[group]:
        made[:, this_year] = rest
        return made.astype(np.int64)
    ends = np.cumsum(np.bincount(base.further.timeline.week_year))
    left = np.maximum(finish - now, HAIR)
    before = amount - rest
    for year in range(this_year, made.shape[1]):
        done = fraction + (1 - fraction) * np.clip((ends[year] - now) / left, 0, 1)
        by_then = np.where(ends[year] >= finish, amount, np.floor(amount * done + HAIR))
        made[:, year] = np.maximum(by_then - before, 0)
        before = np.maximum(by_then, before)
    return np.rint(made).astype(np.int64)


def running_ahead(base: Evaluator, sample: Sample, drawn: Undated, reached: Standing) -> np.ndarray:
    """What is still to be paid for what is live, within the plan's years, shape (draws, groups, years)."""
    plan, network = base.plan, base.plan.network
    years, weeks = len(plan.timeline.years), plan.timeline.year_weeks
    ends, edges = np.cumsum(weeks), year_days(plan)
    made = np.zeros((sample.draws, len(network.groups), years))
    for line, g in enumerate(network.line_group.tolist()):
        every, live = int(network.line_every[line]), int(reached.live[g])
        if every == ONCE or reached.stage[g] != LIVE or plan.schedule.live[0, g] < 0 or live >= plan.timeline.weeks:
            continue
        amount = np.rint(drawn.base_idr[:, line, :years] * sample.running[:, g, :])
        first = int(plan.timeline.week_year[live])
        if every:
            made[:, g, first + every :: every] += amount[:, first + every :: every]
        else:
            made[:, g, first] += np.floor(amount[:, first] * (ends[first] - live) / weeks[first] + HAIR)
            made[:, g, first + 1 :] += amount[:, first + 1 :]
    this_year = year_at(plan, reached.as_of)
    made[:, :, :this_year] = 0
    today = days_until(plan, reached.as_of)
    begin = np.maximum(edges[this_year], np.where(reached.live >= 0, reached.live * WEEK, edges[-1]))
    elapsed = np.clip((today - begin) / np.maximum(edges[this_year + 1] - begin, 1), 0, 1)
    made[:, :, this_year] -= np.rint(made[:, :, this_year] * elapsed)
    return made.astype(np.int64)
