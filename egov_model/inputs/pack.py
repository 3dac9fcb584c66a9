"""A data pack: every table of a folder, checked row by row, before any scenario changes it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from egov_model.inputs.catalogue import TABLES, Table, make_record
from egov_model.inputs.errors import Problems, did_you_mean, listed
from egov_model.inputs.inventory import Region
from egov_model.inputs.place import PROJECT_DATA as PROJECT_DATA
from egov_model.inputs.record import Record
from egov_model.inputs.tables import Row, Scalar, read_csv, read_yaml

JOURNAL = ".survey-journal"  # a folder in a pack while an import of forms replaces its files


@dataclass(frozen=True)
class Pack:
    """All rows of a folder by table and key, and where each came from.

    `lost` names the keys of rows that were there but did not pass ("" when nobody knows which), so that nothing else is blamed for it.
    """

    folder: Path
    region: Region | None
    rows: Mapping[str, Mapping[str, Record]]
    places: Mapping[tuple[str, str], tuple[str, int]]
    lost: Mapping[str, frozenset[str]]


def read_pack(folder: Path, problems: Problems) -> Pack:
    """Read every table of `folder` through gate one; problems are noted, not raised."""
    rows: dict[str, dict[str, Record]] = {}
    places: dict[tuple[str, str], tuple[str, int]] = {}
    if not folder.is_dir():
        problems.add(folder.name, found="no such folder", allowed="a folder with a data pack", advice="give it with --data")
        return Pack(folder, None, {name: {} for name in TABLES}, places, {name: frozenset([""]) for name in TABLES})
    if (folder / JOURNAL).exists():
        problems.add(folder.name, found="an import of forms under way or interrupted", allowed="whole files", advice="egov survey recover")
    lost: dict[str, frozenset[str]] = {}
    calendar = _calendar(folder, problems)
    for table in TABLES.values():
        shown = f"{folder.name}/{table.path}"
        if table.path.endswith(".yaml"):
            raw = calendar[table.name]
        else:
            raw = read_csv(folder / table.path, shown, table.columns(), problems, table.may_be_empty)
        unread = {""} if any(p.file == shown for p in problems.found) else set()
        rows[table.name], gone = records_of(table, raw, places, problems)
        lost[table.name] = frozenset(unread | gone)
    shown = f"{folder.name}/region.yaml"
    cells = read_yaml(folder / "region.yaml", shown, problems)
    region = make_record(Region, cells, shown, 0, problems) if cells else None
    return Pack(folder, region, rows, places, lost)


def copy_of(folder: Path, into: Path) -> Path:
    """A copy of a folder that can be changed, also where the folder itself cannot."""
    copy = Path(shutil.copytree(folder, into / folder.name, copy_function=shutil.copyfile))
    for place in (copy, *copy.rglob("*")):
        if place.is_dir():
            place.chmod(0o700)
    return copy


def records_of(
    table: Table, raw: list[Row], places: dict[tuple[str, str], tuple[str, int]], problems: Problems
) -> tuple[dict[str, Record], set[str]]:
    """The records by key, and the keys of rows that did not pass."""
    made: dict[str, Record] = {}
    gone: set[str] = set()
    for row in raw:
        own = Problems()
        record = make_record(table.record, row.cells, row.file, row.number, own)
        problems.found += own.found
        if record is None:
            wrong_key = any(p.field in table.key for p in own.found)
            gone.add("" if wrong_key else table.key_of(row.cells))
            continue
        key = table.key_of(record.__dict__)
        if key in made:
            first = places[table.name, key][1]
            word = "line" if row.file.endswith(".yaml") else "row"
            problems.add(row.file, row.number, ", ".join(table.key), found=f"{key!r}, already in {word} {first}", allowed="each key once")
            gone.add("")  # another key may have been meant
            continue
        made[key] = record
        places[table.name, key] = (row.file, row.number)
    return made, gone


def _calendar(folder: Path, problems: Problems) -> dict[str, list[Row]]:
    """The two lists of calendar.yaml (`fiscal_years`, `holidays`) as rows of cells."""
    shown = f"{folder.name}/calendar.yaml"
    tree = read_yaml(folder / "calendar.yaml", shown, problems)
    tables = [t.name for t in TABLES.values() if t.path == "calendar.yaml"]
    for key in tree:
        if key not in tables:
            near = did_you_mean(key, tables)
            problems.add(shown, getattr(key, "line", 0), str(key), found="an unknown key", allowed=listed(tables), advice=near)
    made: dict[str, list[Row]] = {}
    for name in tables:
        made[name] = []
        items = tree.get(name, [])
        if not isinstance(items, list):
            line = getattr(items, "line", 0)
            problems.add(shown, line, name, found="something that is not a list", allowed="entries that begin with '- '")
            continue
        for item in items:
            if isinstance(item, dict) and item:
                line = next((k.line for k in item if isinstance(k, Scalar)), 0)
                made[name].append(Row(shown, line, {k: v if k != "source" else str(v) for k, v in item.items()}))
            else:
                problems.add(shown, getattr(item, "line", 0), name, found="an entry without keys", allowed="- key: value")
        if tree and name not in tree:
            problems.add(shown, field=name, found="no such list", allowed=f"a list called {name}")
    return made
