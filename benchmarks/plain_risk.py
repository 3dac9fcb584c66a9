"""What a plan becomes in draws, one at a time in plain Python: what `evaluate_draws` is measured against and must equal."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from benchmarks import plain_schedule
from benchmarks.one_by_one import Durations, Lines
from benchmarks.plain_index import PlainIndex
from egov_model.analysis.drawn import Sample
from egov_model.model.horizon import YEARS_AFTER, again, as_one_fund, budgeted_from, go_on, price_growth
from egov_model.model.network import ONCE, YEARLY
from egov_model.model.plan import Plan
from egov_model.model.prepare import Prepared
from egov_model.model.schedule import Disturbances


@dataclass(frozen=True)
class Drawn:
    """One draw: money by year (the last: after the plan), by group in scope and of the plan's dates by fund and year; dates and go-live
    weeks by activity and group in scope; all money, the end, whether both are within the plan, and the index of every scored year."""

    by_year_idr: list[int]
    by_group_idr: list[int]
    need_idr: list[list[int]]
    start: list[int]
    finish: list[int]
    live: list[int]
    total_idr: int
    finish_week: int
    within: bool
    index: list[float]


class PlainDraws:
    """Draws of a plan with what all of them share."""

    def __init__(self, plan: Plan):
        self.plan, self.years = plan, len(plan.timeline.years)
        further = go_on(Prepared(plan.inputs, plan.timeline, plan.drivers, plan.network, plan.order))
        self.further = replace(further, network=replace(further.network, earliest=budgeted_from(plan.network, plan.schedule)))
        self.growth = price_growth(plan.inputs, plan.network, plan.schedule.paid_idr[0])
        self.lines = Lines(plan.inputs, self.further.drivers)
        self.durations = Durations(plan.inputs, self.further.drivers, plan.network)
        self.live = plan.schedule.live[0].tolist()
        self.order = np.array([g for g in plan.order.tolist() if self.live[g] >= 0], dtype=np.int64)
        self.year_weeks = plan.timeline.year_weeks.tolist()
        self.index = PlainIndex(plan)

    def draw(self, sample: Sample, d: int) -> Drawn:
        """What the plan becomes in draw `d` of a sample."""
        network, years = self.further.network, self.years
        amounts = self.lines.amounts_idr(sample.factors, d)
        weeks = self.durations.weeks(amounts, sample.factors, d)
        amounts = self._happen(amounts, sample, d)
        weeks = [round(length * float(sample.weeks[d, g])) for length, (g, _) in zip(weeks, network.activities, strict=True)]
        ceiling, drawn = (np.array(self._ceiling(sample, d, happens), dtype=np.int64) for happens in (True, False))
        ceiling = np.concatenate([ceiling, as_one_fund(drawn, sample.ceiling[d], self.growth, YEARS_AFTER)], axis=1)
        disturbed = Disturbances(*(again(part[d], YEARS_AFTER)[None] for part in (sample.longer, sample.gate_weeks, sample.people)))
        placed = plain_schedule.place(
            replace(network, ceiling_idr=ceiling[None]),
            self.order,
            np.array([weeks]),
            np.array([amounts]),
            disturbed,
            years,
            self.plan.duration_weeks[0],
        )
        by_year, by_group = sample.response_idr.sum(axis=0).tolist() + [0], [0] * len(network.groups)
        need = sample.response_idr.tolist()
        for line, paid in enumerate(placed.paid_idr[0].tolist()):
            g = int(network.line_group[line])
            if self.live[g] < 0:
                continue
            if placed.live[0, g] < 0 and network.line_every[line] == ONCE:
                paid[-1] = amounts[line][-1]
            for y, money in enumerate(paid):
                by_year[min(y, years)] += money
                by_group[g] += money
            for y, money in enumerate(self._as_planned(line, amounts[line])):
                need[network.fund[g]][y] += money
        start, finish, live = (getattr(placed, name)[0].tolist() for name in ("start", "finish", "live"))
        end, within = self._end(finish, live)
        return Drawn(
            by_year, by_group, need, start, finish, live, sum(by_year), end, within and by_year[-1] == 0, self.index.index(live)
        )  # fmt: skip

    def _end(self, finish: list[int], live: list[int]) -> tuple[int, bool]:
        """First week after all work of what is promised, and whether all of it is live within the plan."""
        network, plan_weeks = self.further.network, self.plan.timeline.weeks
        promised = [g for g, week in enumerate(self.live) if week >= 0]
        if any(live[g] < 0 for g in promised):
            return self.further.timeline.weeks + 1, False
        last = max((finish[a] for g in promised for a in network.chains[g]), default=0)
        return last, all(live[g] <= plan_weeks - (not network.chains[g]) for g in promised)

    def _happen(self, undisturbed: list[list[int]], sample: Sample, d: int) -> list[list[int]]:
        """What each line costs by year with what happens: running costs count within the plan alone."""
        network, made = self.further.network, []
        for line, amounts in enumerate(undisturbed):
            g = int(network.line_group[line])
            if network.line_every[line] == ONCE:
                factors = sample.cost[d, g].tolist()
                factors = again(np.array(factors), YEARS_AFTER).tolist()
            else:
                factors = sample.running[d, g].tolist() + [0.0] * YEARS_AFTER
            made.append([round(amount * factor) for amount, factor in zip(amounts, factors, strict=True)])
        return made

    def _ceiling(self, sample: Sample, d: int, happens: bool) -> list[list[int]]:
        """Ceilings by fund and year as drawn, with or without what happens to them and what responses take."""
        network, years = self.plan.network, self.plan.timeline.years
        made = [[0] * len(years) for _ in network.funds]
        for n, row in enumerate(self.plan.inputs.rows["ceilings"].values()):
            if row.year in years:
                f, y = network.funds.index(row.fund), years.index(row.year)
                made[f][y] = round(float(sample.factors.ceiling_idr[d, n]))
                if happens:
                    left = round(made[f][y] * float(sample.ceiling[d, f, y]))
                    made[f][y] = max(0, left - int(sample.response_idr[f, y]))
        return made

    def _as_planned(self, line: int, amounts: list[int]) -> list[int]:
        """Money of a line by year of the plan on the plan's own dates."""
        network, schedule, timeline = self.plan.network, self.plan.schedule, self.plan.timeline
        g, a, every = (int(part[line]) for part in (network.line_group, network.line_activity, network.line_every))
        paid, live, ends = [0] * self.years, self.live[g], np.cumsum(self.year_weeks).tolist()
        if every == ONCE:
            start, length = int(schedule.start[0, a]), int(schedule.finish[0, a] - schedule.start[0, a])
            year = int(timeline.week_year[min(start, timeline.weeks - 1)])
            if not network.multi_year[g] or not length:
                paid[year] = amounts[year]
                return paid
            before = 0
            for y, end in enumerate(ends):
                by_then = amounts[year] * min(max(end - start, 0), length) // length
                paid[y], before = by_then - before, by_then
        elif live < timeline.weeks:
            first = int(timeline.week_year[live])
            for y in range(first, self.years):
                if every == YEARLY:
                    paid[y] = amounts[y] * min(ends[y] - live, self.year_weeks[y]) // self.year_weeks[y]
                elif y > first and (y - first) % every == 0:
                    paid[y] = amounts[y]
        return paid
