"""A scenario file written for a person: a head, only the differences, and beside each what it is, its base value and its source."""

from __future__ import annotations

import contextlib
import json
import os
import re
import textwrap
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from egov_model.inputs.catalogue import TABLES
from egov_model.inputs.errors import InputError
from egov_model.inputs.parameters import Parameter, parameter, row_title
from egov_model.inputs.scenario import PlanInputs, load_scenario, load_text, scenario_names
from egov_model.inputs.scenario_schema import MODELINE
from egov_model.inputs.values import to_slug

WIDTH = 130
BARE = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?|\d{4}-\d\d-\d\d")
UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")  # JSON leaves them as they are, YAML does not


@dataclass(frozen=True)
class Head:
    """What the scenario is called and who answers for it."""

    title: str
    title_en: str
    description: str
    description_en: str
    owner: str


def scenario_text(
    base: PlanInputs,
    head: Head,
    overrides: Mapping[str, str],
    drop: Mapping[str, Sequence[str]] | None = None,
    notes: Iterable[str] = (),
    together: Mapping[str, Collection[str]] | None = None,
) -> str:
    """YAML of a scenario that extends `base` by `overrides` (dotted key: value as typed) and by rows dropped (table: keys).

    `notes` stand as comments before everything. Keys of `together` (a sentence: keys) share that sentence as their comment. Raises
    `InputError` for a key there is not, and for a row that the base scenario itself adds, which another file cannot name.
    """
    told = [parameter(base.rows, key) for key in overrides]
    refuse_added(base, [(p.table, p.row, p.key) for p in told] + [(t, k, f"{t}.{k}") for t, keys in (drop or {}).items() for k in keys])
    lines = [MODELINE, *(line for note in notes for line in _comment(note, ""))]
    lines += [f"{f.name}: {_quoted(getattr(head, f.name))}" for f in fields(head)]
    lines.append(f"extends: [{base.scenario.name}]")
    shared = {key: sentence for sentence, keys in (together or {}).items() for key in keys}
    said: set[str] = set()
    if told:
        lines.append("set:")
    for p, value in zip(told, overrides.values(), strict=True):
        sentence = shared.get(p.key, "")
        if sentence not in said or not sentence:
            lines += _comment(sentence or _told(p), "  ")
            lines += [] if sentence or not p.source else _comment(f"Sumber nilai semula: {p.source}", "  ")
        said.add(sentence)
        lines.append(f"  {p.key}: {_scalar(p, value)}" + (f"  # {_plain(p.title_id)}" if sentence else ""))
    if drop and any(drop.values()):
        lines.append("drop:")
        for table, keys in drop.items():
            lines.append(f"  {table}:")
            lines += [f"    - {_quoted(key)}  # {_plain(row_title(base.rows, table, key, 0))}" for key in keys]
    return "\n".join(lines) + "\n"


def save_scenario(name: str, text: str, data: Path, replace: bool = False) -> Path:
    """Write `scenarios/<name>.yaml` once the same loader has taken it; nothing is written otherwise.

    Raises `InputError` with the loader's problems, for a name that cannot be one, and for a file that is there already unless it may be
    replaced; then every scenario that builds on it has to load as well.
    """
    path = scenario_file(name, data, replace)
    load_text(name, text, data, _built_on(name, data) if path.exists() else ())
    made = path.with_name(f".{path.name}.{os.getpid()}")
    claimed = False
    try:
        made.write_text(text, encoding="utf-8", newline="\n")
        if not replace:
            path.touch(exist_ok=False)  # two who save at once: the second is refused
            claimed = True
        made.replace(path)
    except FileExistsError:
        raise InputError(f"{name!r}: scenarios/{path.name} is there already; choose another name") from None
    except OSError as error:
        if claimed:  # nothing stands in it
            path.unlink(missing_ok=True)
        raise InputError(f"scenarios/{path.name} cannot be written: {error.strerror}") from None
    finally:
        made.unlink(missing_ok=True)
    return path


def scenario_file(name: str, data: Path, replace: bool = False, asked: str = "") -> Path:
    """Where a scenario of that name is written; raises `InputError` for no name, and for one that is there unless it may be replaced;
    `asked` stands before the name in the message, such as an option."""
    try:
        path = data / "scenarios" / f"{to_slug(name)}.yaml"
    except ValueError as error:
        raise InputError(f"{asked}{name!r}: allowed is {error}") from None
    if path.exists() and not replace:
        raise InputError(f"{asked}{name!r}: scenarios/{path.name} is there already; choose another name, or say that it may be replaced")
    return path


def _built_on(name: str, data: Path) -> list[str]:
    """Scenarios that load today and extend this one, near or far."""
    extends = {}
    for other in scenario_names(data):
        with contextlib.suppress(InputError):
            extends[other] = load_scenario(other, data).scenario.extends
    found, size = {name}, 0
    while len(found) > size:
        size = len(found)
        found |= {other for other, bases in extends.items() if found & set(bases)}
    return sorted(found - {name})


def refuse_added(base: PlanInputs, named: Iterable[tuple[str, str, str]]) -> None:
    """Raise `InputError` for (table, row, key) whose row the scenario itself adds: a file that extends it cannot name that row."""
    added = {c.key for c in base.changes if (c.base, c.value) == ("n", "y")}
    wrong = sorted(key for table, row, key in named if f"{table}.{row}" in added)
    if wrong:
        files = ", ".join(sorted({TABLES[key.partition(".")[0]].path for key in wrong}))
        raise InputError(f"{', '.join(wrong)}: a row that {base.scenario.name} adds; another scenario cannot name it: put it into {files}")


def _told(p: Parameter) -> str:
    """What a parameter is, with its unit, the value it replaces and its range."""
    inside = filter(None, (p.unit, f"semula {p.value or 'kosong'}", f"rentang {p.low} sampai {p.high}" if p.low else ""))
    return f"{p.title_id} ({'; '.join(inside)})"


def _scalar(p: Parameter, value: str) -> str:
    """A value as YAML: bare where its field is a number or a date, which YAML has too; everything else in quotes."""
    kind = TABLES[p.table].record.model_fields[p.field].annotation
    bare = p.table == "settings" or kind in (float, int, date)  # a setting is typed by its name, later
    return value if bare and BARE.fullmatch(value) else _quoted(value)


def _quoted(text: str) -> str:
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(str(text), ensure_ascii=False))


def _plain(text: str) -> str:
    """One line without what does not print."""
    return "".join(c for c in " ".join(str(text).split()) if c.isprintable())


def _comment(text: str, indent: str) -> list[str]:
    made = textwrap.wrap(_plain(text), WIDTH - len(indent), break_long_words=False, break_on_hyphens=False)
    return [f"{indent}# {line}" for line in made]
