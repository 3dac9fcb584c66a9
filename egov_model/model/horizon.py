"""A plan that goes on after its last year: what is pushed out still gets a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from egov_model.inputs.rules import FiscalYear
from egov_model.model.drivers import Drivers
from egov_model.model.prepare import Prepared
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
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year + years, day=28 if leap else day.day)
