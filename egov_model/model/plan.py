"""The plan: what is paid in which year, what is finished when, whom it takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from egov_model.inputs.scenario import PlanInputs
from egov_model.model import frames
from egov_model.model.budget import budget_frame
from egov_model.model.drivers import Drivers
from egov_model.model.estimate import Estimate, estimate
from egov_model.model.factors import Factors, most_likely
from egov_model.model.from_network import from_network
from egov_model.model.measures import Measures, close_gaps
from egov_model.model.network import Network, durations_weeks, with_ceilings
from egov_model.model.outcomes import Maturity, index_path
from egov_model.model.prepare import Prepared, prepare
from egov_model.model.problem import Problem
from egov_model.model.schedule import Schedule, place
from egov_model.model.staffing import staffing_frame
from egov_model.model.timeline import Timeline


@dataclass(frozen=True)
class Plan:
    """Everything one scenario answers; arrays keep their axis of draws, the frames show the first draw.

    `duration_weeks` (draws, activities) is what was placed, `order` (groups,) in which order.
    """

    inputs: PlanInputs
    timeline: Timeline
    drivers: Drivers
    estimate: Estimate
    network: Network
    schedule: Schedule
    duration_weeks: np.ndarray
    order: np.ndarray

    @cached_property
    def budget(self) -> pd.DataFrame:
        """One row per cost line and year of payment: initiative, title_id, title_en, section, agency, fund, program_code, kegiatan_code,
        sub_kegiatan_code, sub_kegiatan, account_code, account, account_group, item, item_name, timing, line, year, units,
        amount_idr (int, exact), rka_idr (int, whole thousands that add up to the year's total: see `rounding.reconciled`)."""
        return budget_frame(self.inputs, self.timeline.years, self.estimate, self.schedule.paid_idr[0])

    @cached_property
    def ceilings(self) -> pd.DataFrame:
        """One row per year and fund: ceiling_idr, used_idr, left_idr (int)."""
        return frames.ceilings_frame(self.timeline, self.network, self.schedule)

    @cached_property
    def initiatives(self) -> pd.DataFrame:
        """One row per initiative in scope: id, titles, section, owner, status, `concerns` (year, role or initiative
        the status is about), `works` (placed and has phases), start and finish dates (None when without
        place or without work), go_live date, waited weeks by cause, total_idr, target, unit, milestone, mandatory."""
        return frames.initiative_frame(self.inputs, self.timeline, self.network, self.schedule)

    @cached_property
    def activities(self) -> pd.DataFrame:
        """One row per placed activity: initiative, phase, spends, start_week, weeks, start, finish (last day), waits in weeks by cause."""
        return frames.activity_frame(self.timeline, self.network, self.schedule)

    @cached_property
    def maturity(self) -> tuple[Maturity, ...]:
        """Levels and index of every draw, by scheme in the order of the years: see `outcomes.index_path`."""
        return index_path(self.inputs, self.timeline, self.drivers, self.network.groups, self.schedule.live)

    @cached_property
    def problem(self) -> Problem:
        """The plan's schedule as a plain problem, ceilings and prices of the first draw: for those who ask why it is as it is."""
        return from_network(self.network, self.duration_weeks[0], self.estimate.amount_idr[0], timeline=self.timeline)

    @cached_property
    def staffing(self) -> pd.DataFrame:
        """One row per role and month: project_fte, operate_fte, need_fte, supply_fte (people on board), available_fte, gap_fte, pay_idr."""
        return staffing_frame(self.inputs, self.timeline, self.drivers, self.network, self.schedule)

    @cached_property
    def measures(self) -> Measures:
        """What closes the gaps of staffing at least cost: hires, training, services and waiting."""
        return close_gaps(self.inputs, self.timeline, self.drivers, self.network, self.schedule)


def build_plan(inputs: PlanInputs, factors: Factors | None = None, order: np.ndarray | None = None) -> Plan:
    """The answer of one scenario: undated estimate, dated schedule, and both joined; in a known `order` (groups,) or the one looked for."""
    return evaluate(prepare(inputs, order), factors or most_likely(inputs))


def evaluate(prepared: Prepared, factors: Factors) -> Plan:
    """The answer under other factors: for what-if and draws, which share everything that follows from the inputs alone."""
    inputs, timeline, drivers = prepared.inputs, prepared.timeline, prepared.drivers
    costs = estimate(inputs, drivers, factors)
    network = with_ceilings(prepared.network, inputs, timeline, factors)
    weeks = durations_weeks(inputs, drivers, network, costs, factors)
    schedule = place(network, prepared.order, weeks, costs.amount_idr)
    return Plan(inputs, timeline, drivers, costs, network, schedule, weeks, prepared.order)
