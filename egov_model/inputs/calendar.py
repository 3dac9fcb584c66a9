"""What the calendar must give the plan: dates of every year that leave a contract time, and holidays that begin before they end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import timedelta

from egov_model.inputs.errors import Problems
from egov_model.inputs.record import Record

DELAY = "dpa_delay_weeks"
OF_THE_YEAR = ("dpa_available", "last_contract", "revised_budget", "last_contract_revised", "payment_close", "evidence_cut_off")


def check_calendar(
    rows: Mapping[str, Mapping[str, Record]],
    years: Iterable[int],
    place: Callable[[str, str], tuple[str, int]],
    problems: Problems,
    lost: Mapping[str, Collection[str]],
) -> None:
    """Add a problem for a year of the plan without dates, a date of another year, a DPA so late that no day is left to sign a contract,
    and a holiday that ends before it begins."""
    late = _delay_weeks(rows)
    for key, row in rows["fiscal_years"].items():
        file, number = place("fiscal_years", key)
        for name in OF_THE_YEAR:
            if getattr(row, name).year != row.year:
                problems.add(file, number, name, found=str(getattr(row, name)), allowed=f"a day of {row.year}")
        if row.rkpd_cut_off.year >= row.year:
            allowed = f"a day before {row.year}, as the RKPD is closed in the year before"
            problems.add(file, number, "rkpd_cut_off", found=str(row.rkpd_cut_off), allowed=allowed)
    for year in years:
        row = rows["fiscal_years"].get(str(year))
        if row is None:
            if not lost.get("fiscal_years"):
                file = place("fiscal_years", "")[0]
                problems.add(file, field="fiscal_years", found=f"no dates for {year}", allowed="every year of the plan")
            continue
        opens = row.dpa_available + timedelta(weeks=late)
        if opens > row.last_contract:  # with no delay the record itself has refused it
            file, number = place("settings", DELAY)
            found = f"{late}: the DPA of {year} comes on {opens}, after the last contract {row.last_contract}"
            allowed = f"at most {(row.last_contract - row.dpa_available).days // 7}"
            field = "value" if file.endswith(".csv") else f"settings.{DELAY}"
            problems.add(file, number, field, found=found, allowed=allowed)
    for key, day in rows["holidays"].items():
        if day.first > day.last:
            file, number = place("holidays", key)
            problems.add(file, number, "first", found=f"{day.first} after last {day.last}", allowed="first on or before last")


def _delay_weeks(rows: Mapping[str, Mapping[str, Record]]) -> int:
    """Weeks that every DPA is late; 0 where the setting itself is no such number, which is a problem of its own."""
    text = getattr(rows["settings"].get(DELAY), "value", "")
    return int(text) if text.isdecimal() else 0
