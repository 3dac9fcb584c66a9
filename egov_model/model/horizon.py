"""A plan that goes on after its last year: what is pushed out still gets a date."""

from __future__ import annotations

from calendar import isleap
from dataclasses import replace
from datetime import date

import numpy as np

from egov_model.inputs.priced import priced_items
from egov_model.inputs.rules import FiscalYear
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.drivers import Drivers
from egov_model.model.network import ONCE, Network
from egov_model.model.prepare import Prepared
from egov_model.model.schedule import Schedule
from egov_model.model.timeline import contract_windows, make_timeline

YEARS_AFTER = 5
DAYS_OF_A_YEAR = ("rkpd_cut_off", "dpa_available", "last_contract", "revised_budget", "last_contract_revised", "payment_close",
                  "evidence_cut_off")  # fmt: skip


def go_on(prepared: Prepared, years_after: int = YEARS_AFTER) -> Prepared:
    """The same plan with so many years more, each as its last: counts, people week by week, ceilings, and budget dates a year later.

    Nothing within the plan's years changes. Weeks are those of the calendar, and prices go on rising (see `estimate`).
    """
    inputs, years = prepared.inputs, prepared.timeline.years
    timeline = make_timeline(inputs.settings.model_copy(update={"last_year": years[-1] + years_after}))
    fiscal = {row.year: row for row in inputs.rows["fiscal_years"].values()}
    fiscal |= {years[-1] + n: years_later(fiscal[years[-1]], n) for n in range(1, years_after + 1)}
    windows = {running: contract_windows(timeline, fiscal, inputs.settings, running) for running in (True, False)}
    rows = (inputs.rows["initiatives"][key] for key in prepared.network.groups)
    network = replace(
        prepared.network,
        windows=tuple(windows[row.budget_status == "running"] for row in rows),
        capacity=prepared.network.capacity[:, weeks_alike(timeline.week_year, len(years))],
        ceiling_idr=as_last(prepared.network.ceiling_idr, years_after),
        week_year=timeline.week_year,
    )
    return replace(prepared, timeline=timeline, drivers=counts_as_last(prepared.drivers, years_after), network=network)


def years_later(row: FiscalYear, years: int) -> FiscalYear:
    """The dates of a budget year so many years later."""
    moved = {name: _later(getattr(row, name), years) for name in DAYS_OF_A_YEAR}
    return row.model_copy(update={"year": row.year + years, **moved})


def weeks_alike(week_year: np.ndarray, years: int) -> np.ndarray:
    """Of every week the week of the plan's `years` that it is like: itself, or the same in the last of them; shape (weeks,)."""
    first = np.searchsorted(week_year, np.arange(week_year[-1] + 2))  # of each year, and the end
    alike = np.arange(len(week_year))
    after = alike >= first[years]
    of_year = alike - first[week_year]
    return np.where(after, np.minimum(first[years - 1] + of_year, first[years] - 1), alike)


def as_last(values: np.ndarray, years_after: int) -> np.ndarray:
    """Values by year (last axis) with so many years more, each as the last."""
    return np.concatenate([values, np.repeat(values[..., -1:], years_after, axis=-1)], axis=-1)


def again(values: np.ndarray, years_after: int) -> np.ndarray:
    """Values by year (last axis) with so many years more, which are the first ones over again: luck after a plan is no other than in it."""
    return np.concatenate([values, values[..., np.arange(years_after) % values.shape[-1]]], axis=-1)


def as_one_fund(ceilings_idr: np.ndarray, left: np.ndarray, growth: float, years_after: int) -> np.ndarray:
    """Ceilings (..., funds, years) with so many years more, in which the row of the first fund holds the last year's sum of all, growing,
    and of it what is `left` (same shape; a share) of each fund's in the years over again. Only the years after the plan.

    Which fund pays after the plan is for the next plan to say; with prices growing and ceilings not, fewer goods would fit each year.
    """
    grown = (1 + growth) ** np.arange(1, years_after + 1)
    shares = again(left, years_after)[..., left.shape[-1] :]
    after = np.zeros((*ceilings_idr.shape[:-1], years_after), dtype=np.int64)
    after[..., 0, :] = np.rint((ceilings_idr[..., -1:] * shares).sum(axis=-2) * grown)
    return after


def price_growth(inputs: PlanInputs, network: Network, paid_idr: np.ndarray) -> float:
    """Most likely growth per year of the prices of what the plan pays once, weighted by what it pays for each line (lines, years)."""
    items, weights = priced_items(inputs.rows), paid_idr.sum(axis=1) * (network.line_every == ONCE)
    classes = [items[inputs.rows["cost_lines"][line].item].price_class for line in network.lines]
    rates = np.array([inputs.rows["escalation"][name].mode for name in classes]) + inputs.settings.escalation_shift
    return float(rates @ weights / weights.sum()) if weights.any() else 0.0


def budgeted_from(network: Network, schedule: Schedule) -> np.ndarray:
    """Earliest week of each group (groups,) once the plan is made: not before the year in which its dates begin, which is the year that
    budgets it."""
    first = np.searchsorted(network.week_year, np.arange(network.week_year[-1] + 2))
    made = network.earliest.copy()
    for g, chain in enumerate(network.chains):
        begins = int(schedule.start[0, chain[0]] if chain else schedule.live[0, g])
        if schedule.live[0, g] >= 0:
            made[g] = max(made[g], first[network.week_year[min(begins, len(network.week_year) - 1)]])
    return made


def counts_as_last(drivers: Drivers, years_after: int) -> Drivers:
    """Counts that hold still after the plan's last year."""
    return replace(
        drivers,
        years=(*drivers.years, *(drivers.years[-1] + n for n in range(1, years_after + 1))),
        regency={key: as_last(counts, years_after) for key, counts in drivers.regency.items()},
        linked={key: as_last(counts, years_after) for key, counts in drivers.linked.items()},
    )


def _later(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes the 28th where there is none."""
    year = day.year + years
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) and not isleap(year) else day.day)
