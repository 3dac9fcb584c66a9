"""Lines of a regency's realisation table, each given to the initiative of the plan that its code and title name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from egov_model.inputs.actuals_sheet import SheetRow
from egov_model.inputs.actuals_write import Entry
from egov_model.inputs.errors import listed, nearest
from egov_model.inputs.programme import Initiative
from egov_model.inputs.scenario import PlanInputs
from egov_model.inputs.survey_notes import Note, text
from egov_model.model.network import Network
from egov_model.model.plan import Plan
from egov_model.model.schedule import Schedule
from egov_model.model.scope import in_scope

FULL = 1e-9


@dataclass(frozen=True)
class Told:
    """What a table tells of a plan: `entries`, what is refused (`notes`), lines of other work (`left`), and initiatives with money this
    year of which it says nothing (`silent`)."""

    entries: tuple[Entry, ...]
    notes: tuple[Note, ...]
    left: int
    silent: tuple[str, ...]


def told(plan: Plan, rows: Sequence[SheetRow], month: str, file: str) -> Told:
    """Entries of the initiatives in scope; a code that several share needs a line for each below it, named by id or title.

    The percentage of a table is of one year's work; of an initiative that goes on for more years it counts for this year's part of the
    planned weeks of work that were left when the year began.
    """
    year = int(month[:4])
    sharing = defaultdict(list)
    for key in in_scope(plan.inputs):
        sharing[code_of(plan.inputs, plan.inputs.rows["initiatives"][key], year)].append(key)
    chosen: dict[str, SheetRow] = {}
    notes: list[Note] = []
    left = 0
    for code, row, below in _blocks(rows):
        keys = sharing.get(code)
        if not keys:
            left += 1 + len(below)
            continue
        for key, line in _named(plan.inputs, keys, row, below, notes):
            if key in chosen:
                notes.append(text("{key} stands in row {first} already: add the two up in one line", key=key, first=chosen[key].row)
                             .at(line.sheet, f"A{line.row}"))  # fmt: skip
            chosen.setdefault(key, line)
    source = f"Laporan realisasi fisik dan keuangan {month}: {file}"
    shares = {key: _whole_share(plan, key, year, row.physical_share) for key, row in chosen.items()}
    entries = [Entry(month, key, row.paid_idr, shares[key], source, file) for key, row in chosen.items()]
    paid = plan.budget[plan.budget["year"] == year].groupby("initiative")["amount_idr"].sum()
    silent = [key for key in in_scope(plan.inputs) if paid.get(key, 0) > 0 and key not in chosen]
    return Told(tuple(sorted(entries, key=lambda e: e.initiative)), tuple(notes), left, tuple(silent))


def code_of(inputs: PlanInputs, initiative: Initiative, year: int) -> str:
    """The programme code under which an initiative is budgeted in a year; empty when there is none."""
    for row in inputs.rows["sub_activities"].values():
        if row.key == initiative.sub_activity and row.valid_from <= year <= row.valid_to:
            return row.code.replace("X.XX", inputs.rows["agencies"][initiative.owner].urusan)
    return ""


def weeks_by_year(network: Network, schedule: Schedule, years: int) -> np.ndarray:
    """Weeks of planned work of each initiative in each year, shape (groups, years)."""
    made = np.zeros((len(network.groups), years), dtype=np.int64)
    for a, (group, _) in enumerate(network.activities):
        if schedule.live[0, group] >= 0:
            weeks = network.week_year[schedule.start[0, a] : schedule.finish[0, a]]
            made[group] += np.bincount(weeks, minlength=years)
    return made


def _blocks(rows: Sequence[SheetRow]) -> list[tuple[str, SheetRow, list[SheetRow]]]:
    """Lines with a code, each with the lines below it that have none."""
    made: list[tuple[str, SheetRow, list[SheetRow]]] = []
    for row in rows:
        if row.code:
            made.append((row.code, row, []))
        elif made:
            made[-1][2].append(row)
    return made


def _named(
    inputs: PlanInputs, keys: Sequence[str], row: SheetRow, below: Sequence[SheetRow], notes: list[Note]
) -> list[tuple[str, SheetRow]]:
    """Which initiative each line is about; what cannot be told apart is noted."""
    if len(keys) == 1:
        return [(keys[0], row)]
    titles: Mapping[str, str] = {}
    for key in keys:
        titles |= {key: key, inputs.rows["initiatives"][key].title_id.casefold(): key}
    made = []
    for line in below:
        said = line.title.casefold()
        if said in titles:
            made.append((titles[said], line))
        else:
            made_of = {"found": line.title[:60], "code": row.code, "known": listed(keys)}
            if near := nearest(said, titles):
                refusal = text("{found} names none of the initiatives of {code}; do you mean {near}?", near=titles[near], **made_of)
            else:
                refusal = text("{found} names none of the initiatives of {code}: {known}", **made_of)
            notes.append(refusal.at(line.sheet, f"A{line.row}"))
    if not below and (row.paid_idr or row.physical_share):
        notes.append(
            text("{code} is shared by {known}: add a line for each below it, with its id or title in the column of titles",
                 code=row.code, known=listed(keys)).at(row.sheet, f"A{row.row}")
        )  # fmt: skip
    return made


def _whole_share(plan: Plan, key: str, year: int, share: float) -> float:
    """How much of all its work an initiative has done, of which a table tells the part of this year."""
    group = plan.network.groups.index(key)
    if not plan.network.chains[group]:
        return 1.0
    reports = [row for row in plan.inputs.rows["progress"].values() if row.initiative == key and int(row.month[:4]) < year]
    before = max(reports, key=lambda row: row.month).physical_share if reports else 0.0
    ahead = weeks_by_year(plan.network, plan.schedule, len(plan.timeline.years))[group, plan.timeline.years.index(year) :]
    part = ahead[0] / ahead.sum() if ahead.any() and ahead[0] else 1.0
    made = before + (1 - before) * part * share
    return 1.0 if made > 1 - FULL else round(float(made), 6)
