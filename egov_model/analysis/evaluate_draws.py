"""What a plan becomes in each draw of a sample: `evaluator` makes ready what all draws share, `evaluate` answers some of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from egov_model.analysis.drawn import Outlook, Sample
from egov_model.model.compiled_outlook import outlook_draws
from egov_model.model.conditions import Conditions, make_conditions
from egov_model.model.estimate import estimate
from egov_model.model.horizon import YEARS_AFTER, again, as_one_fund, budgeted_from, go_on, price_growth
from egov_model.model.network import durations_weeks, with_ceilings
from egov_model.model.outcomes import index_path
from egov_model.model.plan import Plan
from egov_model.model.planned_payments import planned_payments
from egov_model.model.prepare import Prepared
from egov_model.model.shape import Shape, shape_of


@dataclass(frozen=True)
class Undated:
    """What the draws of a sample ask for and what there is: `weeks` (draws, activities), `base_idr` (draws, lines, years with those after
    the plan) before anything happens, `ceiling_idr` (draws, funds, all years)."""

    weeks: np.ndarray
    base_idr: np.ndarray
    ceiling_idr: np.ndarray


@dataclass(frozen=True)
class Evaluator:
    """What every draw of a plan shares.

    `further` is the plan that goes on after its last year; `order` (promised groups,) what is placed, in that order; `lines` theirs;
    `promised` and `activities` the groups and activities of an Outlook among those of the network. `planned` the
    payments on the plan's own dates (`planned_payments`). `latest` (promised groups,): the last week in which going live is
    within the plan; what has no work to end begins before the plan's end. `growth`: of ceilings after the plan, per year.
    """

    plan: Plan
    further: Prepared
    shape: Shape
    order: np.ndarray
    promised: np.ndarray
    activities: np.ndarray
    lines: np.ndarray
    planned: np.ndarray
    latest: np.ndarray
    conditions: Conditions
    growth: float

    def evaluate(self, sample: Sample) -> Outlook:
        """The outlook of the draws of a sample of the same scenario."""
        plan, further, network = self.plan, self.further, self.further.network
        inputs, years, draws = plan.inputs, len(plan.timeline.years), sample.draws
        drawn, group = self.drawn(sample), np.array([g for g, _ in network.activities], dtype=np.int64)
        after = len(further.timeline.years) - years
        start, finish = (np.full((draws, len(group)), -1, dtype=np.int32) for _ in range(2))
        live = np.full((draws, len(network.groups)), -1, dtype=np.int64)
        by_year, by_group = np.zeros((draws, years + 1), dtype=np.int64), np.zeros((draws, len(network.groups)), dtype=np.int64)
        need = np.zeros((draws, len(network.funds), years), dtype=np.int64)
        gate_weeks, people = (np.ascontiguousarray(again(part, after)) for part in (sample.gate_weeks, sample.people))
        outlook_draws(
            0, draws, self.shape, self.order, self.lines, network.line_group, years, self.planned, drawn.weeks, drawn.base_idr,
            sample.cost, sample.running, drawn.ceiling_idr, sample.longer, gate_weeks, people, start, finish, live, by_year, by_group, need,
        )  # fmt: skip
        by_year[:, :years] += sample.response_idr.sum(axis=0)
        need += sample.response_idr
        never = plan_never(further)
        finish, finish_week = finish[:, self.activities], np.zeros(draws, dtype=np.int64)
        if finish.shape[1]:
            finish_week = finish.max(axis=1).astype(np.int64)
        finish_week[(live[:, self.promised] < 0).any(axis=1)] = never
        numbers = {g: n for n, g in enumerate(self.promised.tolist())}
        return Outlook(
            scenario=inputs.scenario.name,
            seed=sample.seed,
            years=plan.timeline.years,
            groups=tuple(network.groups[g] for g in self.promised),
            activities=tuple((numbers[network.activities[a][0]], network.activities[a][1]) for a in self.activities),
            funds=network.funds,
            never=never,
            plan_total_idr=int(plan.schedule.paid_idr[0].sum()),
            plan_finish_week=int(plan.schedule.finish[0].max(initial=0)),
            total_idr=by_year.sum(axis=1),
            by_year_idr=by_year,
            by_group_idr=by_group[:, self.promised],
            need_idr=need,
            ceiling_idr=ceilings_idr(plan, sample, responses=False),
            start=start[:, self.activities],
            finish=finish,
            live=live[:, self.promised].astype(np.int32),
            finish_week=finish_week,
            within=(finish_week < never) & (live[:, self.promised] <= self.latest).all(axis=1) & (by_year[:, -1] == 0),
            index=self._index(live),
        )

    def drawn(self, sample: Sample) -> Undated:
        """Durations, prices and ceilings of a sample, before anything is placed."""
        plan, further, network, factors = self.plan, self.further, self.further.network, sample.factors
        costs = estimate(plan.inputs, further.drivers, factors)
        weeks = durations_weeks(plan.inputs, further.drivers, network, costs, factors)
        group = np.array([g for g, _ in network.activities], dtype=np.int64)
        weeks = np.rint(weeks * sample.weeks[:, group]).astype(np.int64)
        ceiling, after = ceilings_idr(plan, sample), len(further.timeline.years) - len(plan.timeline.years)
        undisturbed = with_ceilings(plan.network, plan.inputs, plan.timeline, factors).ceiling_idr
        later = as_one_fund(np.broadcast_to(undisturbed, ceiling.shape), sample.ceiling, self.growth, after)
        return Undated(weeks, costs.amount_idr, np.ascontiguousarray(np.concatenate([ceiling, later], axis=2)))

    def _index(self, live: np.ndarray) -> np.ndarray:
        """Maturity index of the whole scenario, shape (draws, scored years)."""
        plan = self.plan
        paths = index_path(plan.inputs, plan.timeline, plan.drivers, plan.network.groups, live, self.conditions)
        return np.concatenate([path.index for path in paths], axis=1) if paths else np.zeros((len(live), 0))


def evaluator(plan: Plan) -> Evaluator:
    """What draws of a plan at most likely values share; draws go on for `YEARS_AFTER` years after its last."""
    prepared = Prepared(plan.inputs, plan.timeline, plan.drivers, plan.network, plan.order)
    further, live = go_on(prepared, YEARS_AFTER), plan.schedule.live[0]
    network = replace(further.network, earliest=budgeted_from(plan.network, plan.schedule))
    group = np.array([g for g, _ in network.activities], dtype=np.int64)
    return Evaluator(
        plan=plan,
        further=further,
        shape=shape_of(network, len(further.timeline.years), len(plan.timeline.years), plan.duration_weeks[0]),
        order=plan.order[live[plan.order] >= 0],
        promised=np.flatnonzero(live >= 0),
        activities=np.flatnonzero(live[group] >= 0),
        lines=np.flatnonzero(live[network.line_group] >= 0),
        planned=planned_payments(plan.network, plan.schedule),
        latest=np.array([plan.timeline.weeks - (not network.chains[g]) for g in np.flatnonzero(live >= 0)], dtype=np.int64),
        conditions=make_conditions(plan.inputs, plan.timeline, plan.drivers, plan.network.groups),
        growth=price_growth(plan.inputs, plan.network, plan.schedule.paid_idr[0]),
    )


def ceilings_idr(plan: Plan, sample: Sample, responses: bool = True) -> np.ndarray:
    """What each fund may spend in each draw and year of the plan, less the cost of responses, shape (draws, funds, years)."""
    drawn = with_ceilings(plan.network, plan.inputs, plan.timeline, sample.factors).ceiling_idr
    left = np.rint(drawn * sample.ceiling).astype(np.int64)
    return np.maximum(left - sample.response_idr, 0) if responses else left


def plan_never(further: Prepared) -> int:
    """A week that stands for never: after all that can have a date."""
    return further.timeline.weeks + 1
