"""Weeks, months and fiscal years of a plan, and the windows in which the APBD lets a contract start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from egov_model.inputs.rules import FiscalYear, Settings


@dataclass(frozen=True)
class Timeline:
    """Week k is the seven days from `start` + 7k; its fiscal year is that of its first day.

    `week_year` and `week_month` have shape (weeks,): index of the year in `years`, and months since the plan's start.
    """

    start: date
    years: tuple[int, ...]
    week_year: np.ndarray
    week_month: np.ndarray

    @property
    def weeks(self) -> int:
        """Number of weeks whose first day lies in the plan's years."""
        return len(self.week_year)

    @property
    def months(self) -> tuple[str, ...]:
        """Names of the plan's months, such as 2027-01."""
        return tuple(f"{y}-{m:02d}" for y in self.years for m in range(1, 13))

    @property
    def year_weeks(self) -> np.ndarray:
        """Number of weeks in each year, shape (years,)."""
        return np.bincount(self.week_year, minlength=len(self.years))

    def day(self, week: int) -> date:
        """First day of a week."""
        return self.start + timedelta(days=7 * int(week))

    def last_day(self, finish: int) -> date:
        """Last day of work that ends before week `finish` begins."""
        return self.day(finish) - timedelta(days=1)

    def week_from(self, day: date) -> int:
        """First week that begins on or after `day`; never before the plan."""
        return max(0, -(-(day - self.start).days // 7))

    def week_until(self, day: date) -> int:
        """Last week that begins on or before `day`; -1 when that is before the plan."""
        return (day - self.start).days // 7


def make_timeline(settings: Settings) -> Timeline:
    """The timeline of a plan's years."""
    start, years = settings.start, settings.years
    days = (date(settings.last_year, 12, 31) - start).days + 1
    firsts = [start + timedelta(days=7 * k) for k in range(-(-days // 7))]
    week_year = np.array([d.year - years[0] for d in firsts])
    week_month = np.array([(d.year - years[0]) * 12 + d.month - 1 for d in firsts])
    return Timeline(start, years, week_year, week_month)


@dataclass(frozen=True)
class Window:
    """Weeks of a fiscal year in which a contract may start (`opens` to `last_start`); a single-year one must end before `closes`."""

    year: int
    opens: int
    last_start: int
    closes: int
    revised: bool


def contract_windows(timeline: Timeline, fiscal_years: dict[int, FiscalYear], settings: Settings, running: bool) -> tuple[Window, ...]:
    """Windows of the plan's years for money that is already `running`, or new.

    New money adopted after the RKPD cut-off of a year can only come with that year's revised budget (Perubahan APBD); when the
    revised budget is not held, that year offers nothing new. A late DPA moves the opening of the main budget.
    """
    made = []
    for index, year in enumerate(timeline.years):
        row = fiscal_years[year]
        late = not running and settings.adopted_on > row.rkpd_cut_off
        if late and not settings.revised_budget_held:
            continue
        opens = timeline.week_from(row.revised_budget if late else row.dpa_available + timedelta(weeks=settings.dpa_delay_weeks))
        last = timeline.week_until(row.last_contract_revised if late else row.last_contract)
        closes = timeline.week_until(row.payment_close - timedelta(days=6)) + 1  # weeks that lie wholly before the close
        if opens <= last:
            made.append(Window(index, opens, last, closes, late))
    return tuple(made)
