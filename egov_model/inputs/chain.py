"""What a scenario file says: only differences from the base pack, chained by `extends`, each checked against the rows it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from egov_model.inputs.catalogue import TABLES, make_record
from egov_model.inputs.errors import Problems, did_you_mean, listed
from egov_model.inputs.pack import Pack
from egov_model.inputs.record import Record
from egov_model.inputs.tables import read_yaml
from egov_model.inputs.values import Ids, Name, Slug, Told, shown

PARTS = ("set", "add", "drop")
KNOWN_KEY = "a value of this data pack, table.row.field"  # an editor says the same of a key that is not one


class ScenarioFile(Record):
    """Head of a scenario file: what it is called and who answers for it."""

    name: Slug
    title: Name
    title_en: Name
    description: Told
    description_en: Told
    owner: Name
    extends: Ids = ()


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
        asked = (f"{pack.folder.name}/scenarios/{waiting[-1]}.yaml", 0, "extends") if waiting else (file,)
        allowed = listed(known) or "a file in scenarios/"
        problems.add(*asked, found=f"no scenario {name!r}", allowed=allowed, advice=did_you_mean(name, known))
        return None
    tree = read_yaml(folder / f"{name}.yaml", file, problems)
    if not tree:
        return None
    before = len(problems.found)
    head = _head(tree, file, problems)
    scenario = make_record(ScenarioFile, {"name": name, **head}, file, 0, problems)
    entries = _entries({k: tree[k] for k in PARTS if k in tree}, name, file, pack, problems)
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
        own = {(e.what, e.table, e.key, e.field): e for e in chain.entries}  # within one base the later entry wins
        for slot, entry in own.items():
            other = inherited.get(slot)
            if other and entry.what == "set" and other.scenario != entry.scenario:
                found = f"{'.'.join(slot[1:])} set by both {other.scenario!r} and {entry.scenario!r}"
                problems.add(file, field="extends", found=found, allowed="one of them")
            inherited[slot] = entry
    return Chain(scenario, (*inherited.values(), *entries))


def _head(tree: Mapping[str, object], file: str, problems: Problems) -> dict[str, object]:
    """The keys that describe the scenario; unknown ones are noted and left out. Its name is the file's, so it has no key."""
    known = [*(f for f in ScenarioFile.model_fields if f != "name"), *PARTS]
    for key in tree:
        if key not in known:
            problems.add(file, getattr(key, "line", 0), key, found="an unknown key", allowed=listed(known), advice=did_you_mean(key, known))
    return {key: value for key, value in tree.items() if key in known and key not in PARTS}


def _entries(body: Mapping[str, object], name: str, file: str, pack: Pack, problems: Problems) -> list[Entry]:
    made: list[Entry] = []
    for what in ("drop", "add", "set"):
        part = body.get(what, {})
        if not isinstance(part, dict):
            allowed = "keys and values" if what == "set" else "table: [rows]"
            problems.add(file, getattr(part, "line", 0), what, found=shown(part), allowed=allowed)
            continue
        for key, value in part.items():
            line = getattr(key, "line", 0)
            if what == "set":
                entry = set_entry(str(key), value, name, file, line, pack, problems)
                made += [entry] if entry else []
                continue
            if key not in TABLES:
                near = did_you_mean(key, TABLES)
                problems.add(file, line, f"{what} {key}", found="an unknown table", allowed=listed(TABLES, len(TABLES)), advice=near)
                continue
            for item in value if isinstance(value, list) else [value]:
                if what == "drop" and {"", str(item)} & pack.lost[key]:
                    continue  # that row has a problem of its own
                if what == "drop" and str(item) not in pack.rows[key]:
                    near = did_you_mean(str(item), pack.rows[key])
                    line = getattr(item, "line", line)
                    problems.add(file, line, f"drop {key}", found=shown(item), allowed=f"a row of {TABLES[key].path}", advice=near)
                elif what == "add" and not isinstance(item, dict):
                    line = getattr(item, "line", line)
                    problems.add(file, line, f"add {key}", found=shown(item), allowed="a row written as keys and values")
                else:  # an added row has no key yet: where it stands tells it from every other
                    slot = str(item) if what == "drop" else f"{name} {len(made)}"
                    line = next((k.line for k in item), line) if what == "add" else line
                    made.append(Entry(what, str(key), slot, "", item, name, file, line))
    return made


def set_entry(key: str, value: object, name: str, file: str, line: int, pack: Pack, problems: Problems) -> Entry | None:
    """`table.row.field` checked against the pack: the row's key may itself hold points."""
    table_name, _, rest = key.partition(".")
    if table_name not in TABLES:
        near, allowed = did_you_mean(table_name, TABLES), f"{KNOWN_KEY}; tables: {listed(TABLES, len(TABLES))}"
        problems.add(file, line, key, found=f"unknown table {table_name!r}", allowed=allowed, advice=near)
        return None
    table, rows = TABLES[table_name], pack.rows[table_name]
    if rest in rows and "value" in table.record.model_fields:
        rest += ".value"
    row, _, field = rest.rpartition(".")
    if row in rows and field in table.record.model_fields and field not in table.key:
        return Entry("set", table_name, row, field, value, name, file, line)
    if row not in rows and {"", row, rest.removesuffix(".value")} & pack.lost[table_name]:
        return None  # that row has a problem of its own
    fields = [f for f in table.record.model_fields if f not in table.key]
    if row in rows:
        near = did_you_mean(key, [f"{table_name}.{row}.{f}" for f in fields])
        problems.add(file, line, key, found=f"unknown field {field!r}", allowed=f"{KNOWN_KEY}; fields: {listed(fields, 60)}", advice=near)
    else:
        ends = ["", ".value"] if "value" in fields else [f".{f}" for f in fields]
        near = did_you_mean(key, [f"{table_name}.{k}{end}" for k in rows for end in ends]) if rest else ""
        found = f"no row {row or rest!r} in {table.path}" if rest else "a table without a row and a field"
        problems.add(file, line, key, found=found, allowed=f"{KNOWN_KEY}, here {table_name}.<{'.'.join(table.key)}>.<field>", advice=near)
    return None
