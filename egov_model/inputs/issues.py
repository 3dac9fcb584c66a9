"""Issues of a scenario's reports: the figures that were published and hashes of the inputs behind them, one file for each in the pack."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from egov_model.inputs.catalogue import make_record
from egov_model.inputs.errors import Problems
from egov_model.inputs.record import Record
from egov_model.inputs.scenario import PlanInputs
from egov_model.inputs.tables import content_hash, data_files, file_bytes, read_json
from egov_model.inputs.values import Note

FOLDER = "issues"  # of a data pack
UNCOUNTED = frozenset({"source", "evidence"})  # words about a value, not the value
OWN_DATE = ("settings", "issued_on")  # differs from issue to issue
LETTERS = 8  # of a row's hash; a change goes unseen once in four thousand million times

Rows = Mapping[str, Mapping[str, str]]


class IssuedFigures(Record):
    """What leadership was told; money in rupiah, `finish_p80` none when even that is beyond what is followed."""

    total_idr: int
    total_p50_idr: int
    total_p80_idr: int
    finish: date | None
    finish_p80: date | None
    ceilings_hold_share: float
    placed: int
    villages: int
    services: int
    hires: int
    index: float | None


class IssuedInitiative(Record):
    """When an initiative of an issue begins and is live, and what it costs."""

    starts: date
    live: date
    total_idr: int


class Noted(Record):
    """Why something was issued."""

    note: Note


class Issue(Record):
    """One issue: when, why, what was told, and a hash of every row behind it by table and key; initiatives as far as they were recorded."""

    scenario: str
    issued_on: date
    note: Note
    data: str  # hash of what the model read
    figures: IssuedFigures
    rows: dict[str, dict[str, str]]
    initiatives: dict[str, IssuedInitiative] = {}


@dataclass(frozen=True)
class TableChange:
    """Keys of one table's rows that differ, are new, or are gone since an issue."""

    table: str
    changed: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many rows in all."""
        return len(self.changed) + len(self.new) + len(self.gone)


def note_of(text: str) -> str:
    """A note as it is kept; raises `InputError` for one that cannot be."""
    problems = Problems()
    made = make_record(Noted, {"note": text}, "--note", 0, problems)
    problems.stop()
    return made.note


def issue_file(data: Path, scenario: str, day: date) -> Path:
    """Where an issue is kept."""
    return data / FOLDER / scenario / f"{day.isoformat()}.json"


def past_issues(scenario: str, data: Path) -> tuple[Issue, ...]:
    """Every recorded issue of a scenario, the oldest first; raises `InputError` for files that cannot be understood."""
    problems, made = Problems(), []
    for path in sorted((data / FOLDER / scenario).glob("*.json")):
        shown = path.relative_to(data.parent).as_posix()
        held = read_json(path, shown, problems)
        if held is None:
            continue
        try:
            issue = Issue.model_validate(held)
        except ValidationError as error:
            where = ".".join(str(part) for part in error.errors()[0]["loc"]) or "its text"
            problems.add(shown, field=where, found=error.errors()[0]["msg"], allowed="a file that egov issue wrote", advice=RESTORE)
            continue
        if (issue.scenario, issue.issued_on.isoformat()) != (scenario, path.stem):
            found = f"the issue of {issue.scenario} on {issue.issued_on}"
            problems.add(shown, found=found, allowed=f"that of {scenario} on {path.stem}", advice=RESTORE)
            continue
        made.append(issue)
    problems.stop()
    return tuple(made)


RESTORE = "bring it back as it was recorded (git restore), or remove it"


def issues_hash(data: Path, scenario: str) -> str:
    """Hash of a scenario's recorded issues."""
    folder = data / FOLDER / scenario
    return content_hash({path.name: file_bytes(path) for path in data_files(folder)} if folder.is_dir() else {})


def row_hashes(inputs: PlanInputs) -> dict[str, dict[str, str]]:
    """A short hash of every row's values by table and key; fields at their default do not count, so a new column changes no row."""
    return {table: {key: _hash(row) for key, row in records.items() if (table, key) != OWN_DATE} for table, records in inputs.rows.items()}


def _hash(row: Record) -> str:
    values = row.model_dump(mode="json", exclude=set(UNCOUNTED), exclude_defaults=True)
    return content_hash({"row": json.dumps(values, ensure_ascii=False, sort_keys=True).encode()})[:LETTERS]


def row_changes(before: Rows, now: Rows) -> tuple[TableChange, ...]:
    """The tables in which rows differ, in the order of `now`, tables that are gone last."""
    made = []
    for table in dict.fromkeys([*now, *before]):
        then, today = before.get(table, {}), now.get(table, {})
        changed = tuple(key for key in today if key in then and then[key] != today[key])
        new, gone = tuple(key for key in today if key not in then), tuple(key for key in then if key not in today)
        if changed or new or gone:
            made.append(TableChange(table, changed, new, gone))
    return tuple(made)
