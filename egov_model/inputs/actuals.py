"""Records of what was really done and spent (realisasi), and what such rows owe each other and the plan."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from egov_model.inputs.errors import Problems, did_you_mean
from egov_model.inputs.record import Record, Sourced, ThreePoint
from egov_model.inputs.values import Count, Day, Note, Share, Slug, shown, to_date, to_text

ACTUALS = ("progress", "commitments", "dates")  # tables of what has happened: no part of the plan itself
NOTE = "a note that says why"
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")


def to_month(value: object) -> str:
    """A month such as 2027-03."""
    text = to_text(value)
    if not _MONTH.fullmatch(text):
        raise ValueError("a month such as 2027-03")
    return text


def to_day_or_none(value: object) -> date | None:
    """A day, or None for an empty cell."""
    return None if value in ("", None) else to_date(value)


Month = Annotated[str, BeforeValidator(to_month)]
DayOrNone = Annotated[date | None, BeforeValidator(to_day_or_none)]


class Progress(Sourced):
    """How far an initiative is at the end of a month.

    `paid_idr`: paid from 1 January of that year to the end of the month (realisasi keuangan s.d. bulan ini). `physical_share`: done of all
    its work until it goes live, in weeks of planned work, preparation and procurement included. Either falls only with a `note`.
    """

    month: Month
    initiative: Slug
    paid_idr: Count
    physical_share: Share
    note: Note = ""


class Commitment(Sourced):
    """A contract, order or other commitment: `value_idr` with VAT, the day it was signed and the day by which it says the work ends."""

    id: Slug
    initiative: Slug
    signed: Day
    ends: Day
    value_idr: Count
    note: Note = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.signed > self.ends:
            raise ValueError(f"signed {self.signed} is after ends {self.ends}")
        return self


class ActualDates(Sourced):
    """The day an initiative's work was started, and the day it went live (empty: not yet)."""

    initiative: Slug
    started: Day
    finished: DayOrNone = None
    note: Note = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.finished and self.started > self.finished:
            raise ValueError(f"started {self.started} is after finished {self.finished}")
        return self


class Absorption(ThreePoint):
    """Share of a year's budget that is typically paid by the end of a quarter (1 to 4)."""

    quarter: Annotated[Count, Field(ge=1, le=4)]


def last_day(month: str) -> date:
    """The last day of a month such as 2027-03."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, calendar.monthrange(year, number)[1])


def reported_until(rows: Mapping[str, Mapping[str, Record]]) -> date | None:
    """The last day of the last month that is reported; None when nothing is."""
    return max((last_day(row.month) for row in rows["progress"].values()), default=None)


def check_actuals(
    rows: Mapping[str, Mapping[str, Record]],
    years: Iterable[int],
    place: Callable[[str, str], tuple[str, int]],
    problems: Problems,
    lost: Mapping[str, Collection[str]],
    dropped: Collection[str] = (),
) -> None:
    """Note actuals of unknown initiatives (`dropped` ones may be named), of months that are not of the plan (unless the scenario plans
    other years than the pack) or not reported yet, figures that fall without a note, more paid than was committed, and finished work that
    is reported as unfinished."""
    known = {*rows["initiatives"], *lost.get("initiatives", ()), *dropped}
    years = tuple(years)
    elsewhere = any(not place("settings", name)[0].endswith(".csv") for name in ("first_year", "last_year"))  # the scenario's own years

    def problem(table: str, key: str, field: str, found: object, allowed: str, advice: str = "") -> None:
        file, number = place(table, key)
        problems.add(file, number, field, found=str(found), allowed=allowed, advice=advice)

    for table in ACTUALS:
        for key, row in rows[table].items():
            if row.initiative not in known and "" not in known:
                near = did_you_mean(row.initiative, sorted(known))
                problem(table, key, "initiative", shown(row.initiative), "the id of a row in initiatives.csv", near)
    for key, row in rows["progress"].items():
        if years and not elsewhere and int(row.month[:4]) not in years:
            problem("progress", key, "month", row.month, f"a month of the plan: {years[0]}-01 to {years[-1]}-12")
    if "progress" in lost and lost["progress"]:
        return
    _reported(rows, problem)
    by_initiative = _in_order(rows)
    for reports in by_initiative.values():
        _never_fall(reports, problem)
    _paid_is_committed(rows, by_initiative, problem)
    _quarters(rows, place, problems, lost)


def _in_order(rows: Mapping[str, Mapping[str, Record]]) -> dict[str, list[tuple[str, Progress]]]:
    """(key, report) of each initiative by month."""
    made: dict[str, list[tuple[str, Progress]]] = defaultdict(list)
    for key, row in sorted(rows["progress"].items(), key=lambda item: item[1].month):
        made[row.initiative].append((key, row))
    return made


def _reported(rows: Mapping[str, Mapping[str, Record]], problem: Callable[..., None]) -> None:
    """Days after the last month that is reported, and finished work without a full report."""
    until = reported_until(rows)
    allowed = f"a day until {until}, the end of the last month in actuals/progress.csv" if until else "nothing while no month is reported"
    done = {(row.initiative, row.month) for row in rows["progress"].values() if row.physical_share == 1}
    for table, names in (("commitments", ("signed",)), ("dates", ("started", "finished"))):
        for key, row in rows[table].items():
            for name in names:
                day = getattr(row, name)
                if day and (until is None or day > until):
                    problem(table, key, name, day, allowed, "report the month first")
    for key, row in rows["dates"].items():
        if row.finished and until and row.finished <= until and not any(
            initiative == row.initiative and last_day(month) >= row.finished for initiative, month in done
        ):  # fmt: skip
            problem("dates", key, "finished", row.finished, "nothing before a month that reports physical_share 1")


def _never_fall(reports: list[tuple[str, Progress]], problem: Callable[..., None]) -> None:
    for (_, before), (key, now) in zip(reports, reports[1:], strict=False):
        if now.note:
            continue
        if now.physical_share < before.physical_share:
            found = f"{now.physical_share:.15g}, less than {before.physical_share:.15g} in {before.month}"
            problem("progress", key, "physical_share", found, f"as much or more, or {NOTE}")
        if now.month[:4] == before.month[:4] and now.paid_idr < before.paid_idr:
            found = f"{now.paid_idr}, less than {before.paid_idr} in {before.month}"
            problem("progress", key, "paid_idr", found, f"as much or more within a year, or {NOTE}")


def _paid_is_committed(
    rows: Mapping[str, Mapping[str, Record]], by_initiative: Mapping[str, list[tuple[str, Progress]]], problem: Callable[..., None]
) -> None:
    """An initiative of which commitments are known pays no more than they add up to."""
    committed: dict[str, list[Commitment]] = defaultdict(list)
    for row in rows["commitments"].values():
        committed[row.initiative].append(row)
    for initiative, contracts in committed.items():
        by_year: dict[str, int] = {}
        for key, row in by_initiative.get(initiative, ()):
            by_year[row.month[:4]] = row.paid_idr
            paid, value = sum(by_year.values()), sum(c.value_idr for c in contracts if c.signed <= last_day(row.month))
            if paid > value:
                found = f"{paid} paid in all until {row.month}"
                advice = "add the commitment that is missing in actuals/commitments.csv"
                problem("progress", key, "paid_idr", found, f"at most the {value} that were committed by then", advice)


def _quarters(rows, place, problems, lost) -> None:
    """All four quarters, each as much as the one before or more."""
    if lost.get("absorption"):
        return
    shares = {row.quarter: row for row in rows["absorption"].values()}
    if missing := [q for q in (1, 2, 3, 4) if q not in shares]:
        problems.add(place("absorption", "")[0], field="quarter", found=f"no row for {missing}", allowed="quarters 1 to 4")
        return
    for key, row in rows["absorption"].items():
        before = shares.get(row.quarter - 1)
        if before and not (before.low <= row.low and before.mode <= row.mode and before.high <= row.high <= 1):
            file, number = place("absorption", key)
            found = f"{row.low:.15g}, {row.mode:.15g}, {row.high:.15g}"
            problems.add(file, number, "low, mode, high", found=found, allowed="as much as the quarter before or more, at most 1")
