"""What a scenario changes: files that name only differences, chained by `extends`, applied to copies of the base rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from egov_model.inputs.catalogue import TABLES, Table, make_record
from egov_model.inputs.errors import Problems, did_you_mean, listed
from egov_model.inputs.pack import Pack
from egov_model.inputs.record import Record
from egov_model.inputs.tables import read_yaml
from egov_model.inputs.values import Ids, Name, Slug, shown

COMMAND_LINE = "--set"


class ScenarioFile(Record):
    """Head of a scenario file: what it is called and who answers for it."""

    name: Slug
    title: Name
    title_en: Name
    description: Name
    description_en: Name
    owner: Name
    extends: Ids = ()


@dataclass(frozen=True)
class Change:
    """One field that differs from the base: dotted key, both values as text, and who set it."""

    key: str
    base: str
    value: str
    set_by: str


@dataclass(frozen=True)
class Entry:
    """One thing a scenario file says: a key set, a row added (table, cells) or dropped (table, key)."""

    what: str  # set, add, drop
    table: str
    key: str
    field: str
    value: object
    scenario: str
    file: str
    line: int


@dataclass(frozen=True)
class Chain:
    """A scenario and everything it and its bases change, in order of precedence (later wins)."""

    scenario: ScenarioFile
    entries: tuple[Entry, ...]


def read_chain(pack: Pack, name: str, problems: Problems, waiting: tuple[str, ...] = ()) -> Chain | None:
    """The scenario `name` with its bases; siblings may not set one key twice; notes problems and returns None on any."""
    folder = pack.folder / "scenarios"
    file = f"{pack.folder.name}/scenarios/{name}.yaml"
    if not (folder / f"{name}.yaml").is_file():
        known = sorted(p.stem for p in folder.glob("*.yaml"))
        problems.add(file, found=f"no scenario {name!r}", allowed=listed(known) or "a file in scenarios/", advice=did_you_mean(name, known))
        return None
    tree = read_yaml(folder / f"{name}.yaml", file, problems)
    if not tree:
        return None
    body = {k: tree.pop(k) for k in ("set", "add", "drop") if k in tree}
    scenario = make_record(ScenarioFile, {"name": name, **tree}, file, 1, problems)
    before = len(problems.found)
    entries = _entries(body, name, file, pack, problems)
    if scenario is None or len(problems.found) > before:
        return None
    inherited: dict[tuple[str, str, str, str], Entry] = {}
    for base in scenario.extends:
        if base in (*waiting, name):
            problems.add(file, field="extends", found=" -> ".join([*waiting, name, base]), allowed="bases that do not extend each other")
            return None
        chain = read_chain(pack, base, problems, (*waiting, name))
        if chain is None:
            return None
        for entry in chain.entries:
            slot = (entry.what, entry.table, entry.key, entry.field)
            other = inherited.get(slot)
            if other and entry.what == "set" and other.scenario != entry.scenario:
                problems.add(file, field="extends", found=f"{entry.table}.{entry.key}.{entry.field} set by both {other.scenario!r} and {entry.scenario!r}", allowed="one of them")
            inherited[slot] = entry
    return Chain(scenario, (*inherited.values(), *entries))


def _entries(body: Mapping[str, object], name: str, file: str, pack: Pack, problems: Problems) -> list[Entry]:
    made: list[Entry] = []
    for what in ("drop", "add", "set"):
        part = body.get(what, {})
        if not isinstance(part, dict):
            problems.add(file, getattr(part, "line", 0), what, found=shown(part), allowed="keys and values" if what == "set" else "table: [rows]")
            continue
        for key, value in part.items():
            line = getattr(key, "line", 0)
            if what == "set":
                entry = _set_entry(str(key), value, name, file, line, pack, problems)
                made += [entry] if entry else []
                continue
            if key not in TABLES:
                problems.add(file, line, f"{what} {key}", found="an unknown table", allowed=listed(TABLES, 30), advice=did_you_mean(key, TABLES))
                continue
            for item in value if isinstance(value, list) else [value]:
                if what == "drop" and str(item) not in pack.rows[key]:
                    problems.add(file, getattr(item, "line", line), f"drop {key}", found=shown(item), allowed=f"a row of {TABLES[key].path}", advice=did_you_mean(str(item), pack.rows[key]))
                elif what == "add" and not isinstance(item, dict):
                    problems.add(file, getattr(item, "line", line), f"add {key}", found=shown(item), allowed="a row written as keys and values")
                else:
                    made.append(Entry(what, str(key), str(item) if what == "drop" else str(len(made)), "", item, name, file, line))
    return made


def _set_entry(key: str, value: object, name: str, file: str, line: int, pack: Pack, problems: Problems) -> Entry | None:
    """`table.row.field` checked against the pack: the row's key may itself hold points."""
    table_name, _, rest = key.partition(".")
    if table_name not in TABLES:
        problems.add(file, line, key, found=f"unknown table {table_name!r}", allowed=listed(TABLES, 30), advice=did_you_mean(table_name, TABLES))
        return None
    table, rows = TABLES[table_name], pack.rows[table_name]
    if rest in rows and "value" in table.record.model_fields:
        rest += ".value"
    row, _, field = rest.rpartition(".")
    if row in rows and field in table.record.model_fields and field not in table.key:
        return Entry("set", table_name, row, field, value, name, file, line)
    every = [f"{table_name}.{k}.{f}" for k in rows for f in table.record.model_fields if f not in table.key]
    if row in rows:
        allowed = listed((f for f in table.record.model_fields if f not in table.key), 30)
        problems.add(file, line, key, found=f"unknown field {field!r}", allowed=allowed, advice=did_you_mean(key, [f"{table_name}.{row}.{f}" for f in table.record.model_fields]))
    else:
        problems.add(file, line, key, found=f"no row {row or rest!r} in {table.path}", allowed=f"{table_name}.<{'.'.join(table.key)}>.<field>", advice=did_you_mean(key, every))
    return None


def apply_overrides(
    pack: Pack, chain: Chain, overrides: Mapping[str, str], problems: Problems
) -> tuple[dict[str, dict[str, Record]], tuple[Change, ...], dict[tuple[str, str], tuple[str, int]]]:
    """Copies of the base rows with the chain and then the command line applied; what changed; and where each row now comes from."""
    rows = {name: dict(records) for name, records in pack.rows.items()}
    places = dict(pack.places)
    entries = list(chain.entries)
    for key, value in overrides.items():
        entry = _set_entry(key, value, COMMAND_LINE, COMMAND_LINE, 0, pack, problems)
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
        cells = {**old.model_dump(), **{f: e.value for f, e in fields.items()}}
        names = {f: f"{table}.{key}.{f}" for f in cells}
        new = make_record(type(old), cells, first.file, first.line, problems, names=names)
        if new is None:
            continue
        rows[table][key] = new
        places[table, key] = (first.file, first.line)
        base = pack.rows[table][key]
        for field, entry in fields.items():
            if getattr(new, field) != getattr(base, field):
                changes.append(Change(f"{table}.{key}.{field}", _text(getattr(base, field)), _text(getattr(new, field)), entry.scenario))
    return rows, tuple(changes), places


def _add(rows: dict[str, dict[str, Record]], places: dict, table: Table, entry: Entry, changes: list[Change], problems: Problems) -> None:
    record = make_record(table.record, entry.value, entry.file, entry.line, problems)
    if record is None:
        return
    key = table.key_of(record.__dict__)
    if key in rows[table.name]:
        problems.add(entry.file, entry.line, f"add {table.name}", found=f"{key!r}, which exists", allowed="a new key", advice="use set to change it")
        return
    rows[table.name][key] = record
    places[table.name, key] = (entry.file, entry.line)
    changes.append(Change(f"{table.name}.{key}", "n", "y", entry.scenario))


def _drop(rows: dict[str, dict[str, Record]], table: str, gone: set[str]) -> None:
    """Take rows out, with what hangs on them: rows that must name them go too, optional mentions are blanked."""
    for key in gone:
        rows[table].pop(key, None)
    for other in TABLES.values():
        for field, target in other.refers.items():
            if target != table:
                continue
            orphans: set[str] = set()
            for key, row in rows[other.name].items():
                named = getattr(row, field)
                if isinstance(named, tuple) and gone & set(named):
                    rows[other.name][key] = row.model_copy(update={field: tuple(n for n in named if n not in gone)})
                elif named in gone and other.record.model_fields[field].is_required():
                    orphans.add(key)
                elif named in gone:
                    rows[other.name][key] = row.model_copy(update={field: ""})
            if orphans:
                _drop(rows, other.name, orphans)


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return " ".join(value)
    return f"{value:.15g}" if isinstance(value, float) else str(value)


