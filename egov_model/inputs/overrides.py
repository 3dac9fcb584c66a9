"""What a scenario does to the base pack: its chain of differences and the command line's, applied to copies of the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from egov_model.inputs.catalogue import TABLES, Table, make_record
from egov_model.inputs.chain import Entry, set_entry
from egov_model.inputs.errors import Problems
from egov_model.inputs.pack import Pack
from egov_model.inputs.record import Record

COMMAND_LINE = "--set"


@dataclass(frozen=True)
class Change:
    """One field that differs from the base: dotted key, both values as text, and who set it."""

    key: str
    base: str
    value: str
    set_by: str


def apply_overrides(
    pack: Pack, said: Iterable[Entry], overrides: Mapping[str, str], problems: Problems
) -> tuple[dict[str, dict[str, Record]], tuple[Change, ...], dict[tuple[str, str], tuple[str, int]]]:
    """Copies of the base rows with what a chain of files `said` and then the command line applied; what changed; where each row is from."""
    rows = {name: dict(records) for name, records in pack.rows.items()}
    places = dict(pack.places)
    entries = list(said)
    for key, value in overrides.items():
        entry = set_entry(key, value, COMMAND_LINE, COMMAND_LINE, 0, pack, problems)
        entries += [entry] if entry else []
    changes: list[Change] = []
    for entry in entries:
        if entry.what == "drop" and entry.key in rows[entry.table]:
            _drop(rows, entry.table, {entry.key})
            changes.append(Change(f"{entry.table}.{entry.key}", "y", "n", entry.scenario))
        elif entry.what == "add":
            _add(rows, places, TABLES[entry.table], entry, changes, problems)
    wanted: dict[tuple[str, str], dict[str, Entry]] = {}
    for entry in entries:
        if entry.what == "set":
            wanted.setdefault((entry.table, entry.key), {})[entry.field] = entry
    for (table, key), fields in wanted.items():
        if key not in rows[table]:
            continue  # the scenario dropped the row it inherited a change for
        old, first = rows[table][key], next(iter(fields.values()))
        new = _changed(old, f"{table}.{key}", fields, problems)
        if new is None:
            continue
        rows[table][key] = new
        places[table, key] = (first.file, first.line)
        base = pack.rows[table][key]
        for field, entry in fields.items():
            if getattr(new, field) != getattr(base, field):
                changes.append(
                    Change(f"{table}.{key}.{field}", as_text(getattr(base, field)), as_text(getattr(new, field)), entry.scenario)
                )
    return rows, tuple(changes), places


def _changed(old: Record, key: str, fields: Mapping[str, Entry], problems: Problems) -> Record | None:
    """The row with its new values, or None after noting each problem where that value was set."""
    own = Problems()
    cells = {**old.model_dump(), **{f: e.value for f, e in fields.items()}}
    new = make_record(type(old), cells, "", 0, own, whole=key)
    for p in own.found:
        entry = fields.get(p.field) or list(fields.values())[-1]
        name = f"{key}.{p.field}" if p.field in fields else p.field
        problems.add(entry.file, entry.line, name, found=p.found, allowed=p.allowed, advice=p.advice)
    return new


def _add(rows: dict[str, dict[str, Record]], places: dict, table: Table, entry: Entry, changes: list[Change], problems: Problems) -> None:
    record = make_record(table.record, entry.value, entry.file, entry.line, problems)
    if record is None:
        return
    key = table.key_of(record.__dict__)
    if key in rows[table.name]:
        found = f"{key!r}, which exists"
        problems.add(entry.file, entry.line, f"add {table.name}", found=found, allowed="a new key", advice="use set to change it")
        return
    rows[table.name][key] = record
    places[table.name, key] = (entry.file, entry.line)
    changes.append(Change(f"{table.name}.{key}", "n", "y", entry.scenario))


def _drop(rows: dict[str, dict[str, Record]], table: str, gone: set[str]) -> None:
    """Take rows out, with what hangs on them: rows that must name them go too (a list that must, if any is gone); others are blanked."""
    for key in gone:
        rows[table].pop(key, None)
    for other in TABLES.values():
        for field, target in other.references():
            if target != table or field in other.keeps:
                continue
            orphans: set[str] = set()
            for key, row in rows[other.name].items():
                named = getattr(row, field)
                required = other.record.model_fields[field].is_required()
                if required and (named in gone if isinstance(named, str) else gone & set(named)):
                    orphans.add(key)
                elif isinstance(named, tuple) and gone & set(named):
                    rows[other.name][key] = row.model_copy(update={field: tuple(n for n in named if n not in gone)})
                elif named in gone:
                    rows[other.name][key] = row.model_copy(update={field: ""})
            if orphans:
                _drop(rows, other.name, orphans)


def as_text(value: object) -> str:
    """A cell's value as it is typed in a file."""
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, bool):
        return "y" if value else "n"
    return f"{value:.15g}" if isinstance(value, float) else str(value)
