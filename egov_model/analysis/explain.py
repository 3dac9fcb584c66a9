"""What one parameter is, where it comes from, what it moves, and which data and code use it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from dataclasses import dataclass

import egov_model.model as model_room
from egov_model.analysis.influence import swings
from egov_model.inputs.catalogue import TABLES
from egov_model.inputs.chain import set_entry
from egov_model.inputs.errors import InputError, Problems, did_you_mean
from egov_model.inputs.pack import Pack
from egov_model.inputs.priced import PRICED
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.plan import build_plan

MOST = 12  # uses named in full


@dataclass(frozen=True)
class Explanation:
    """One parameter; `base` and `set_by` are empty unless the scenario changes it, `swing` is empty when it moves no cost."""

    key: str
    value: str
    range: str
    unit: str
    source: str
    evidence: str
    base: str
    set_by: str
    swing: str
    data_uses: tuple[str, ...]
    code_uses: tuple[str, ...]


def explain(inputs: PlanInputs, key: str) -> Explanation:
    """Explain `table.row.field` under a scenario; raises `InputError` with the nearest key for one that does not exist."""
    table, row_key, field = locate(inputs, key)
    row = inputs.rows[table][row_key]
    change = next((c for c in inputs.changes if c.key == f"{table}.{row_key}.{field}"), None)
    low, high = getattr(row, "low", ""), getattr(row, "high", "")
    return Explanation(
        key=f"{table}.{row_key}.{field}",
        value=_text(getattr(row, field)),
        range=f"{_text(low)} to {_text(high)}" if low not in ("", None) else "",
        unit=getattr(row, "unit", ""),
        source=getattr(row, "source", ""),
        evidence=getattr(row, "evidence", ""),
        base=change.base if change else "",
        set_by=change.set_by if change else "",
        swing=_swing(inputs, table, row_key, field),
        data_uses=tuple(_data_uses(inputs, table, row_key)),
        code_uses=tuple(code_uses(table, row_key, field)),
    )


def locate(inputs: PlanInputs, key: str) -> tuple[str, str, str]:
    """Table, row and field of a key; a key of only table and row means its value or most likely value."""
    rows = inputs.rows
    table, _, rest = key.partition(".")
    if table in TABLES and rest in rows[table]:
        fields = TABLES[table].record.model_fields
        principal = next((f for f in ("value", "mode") if f in fields), "")
        if principal:
            return table, rest, principal
    problems = Problems()
    entry = set_entry(key, "", "", "", 0, Pack(None, None, rows, {}, {name: frozenset() for name in TABLES}), problems)
    if entry is None:
        near = did_you_mean(key, [f"{t}.{k}" for t, records in rows.items() for k in records])
        raise InputError(" ".join(filter(None, (f"no parameter {key!r}.", near or "; ".join(str(p) for p in problems.found)))))
    return entry.table, entry.key, entry.field


def _swing(inputs: PlanInputs, table: str, row: str, field: str) -> str:
    if field not in ("mode", "value"):
        return ""
    frame = swings(build_plan(inputs)).set_index("key")
    name = f"{table}.{row}.{field}"
    if name not in frame.index:
        return ""
    found = frame.loc[name]
    return f"total from Rp{found['low_idr']:,} (P10) to Rp{found['high_idr']:,} (P90): {found['share']:.1%} of the total; {found['rating']}"


def _data_uses(inputs: PlanInputs, table: str, row: str) -> list[str]:
    """Rows of other tables that name this one."""
    made = []
    for other in TABLES.values():
        for field in _references(other.name, table):
            for key, record in inputs.rows[other.name].items():
                named = getattr(record, field)
                if row == named or (isinstance(named, tuple) and row in named):
                    made.append(f"{other.path}: {key} ({field})")
    return made


def _references(other: str, table: str) -> list[str]:
    fields = [f for f, target in TABLES[other].references() if target == table]
    if other in PRICED and table == "places":
        fields.append("place_basis")
    return fields


def code_uses(table: str, row: str, field: str) -> list[str]:
    """Lines of the model that read this field: `module.py:line  text`."""
    pattern = re.compile(
        rf"settings\.{re.escape(row)}\b"
        if table == "settings"
        else rf'"{re.escape(row.rpartition(".")[2])}"'
        if table == "technologies"
        else rf'modes\("{table}"\)'
        if field == "mode"
        else rf"\.{re.escape(field)}\b"
    )
    table_too = re.compile(rf'["\']{table}["\']')
    made = []
    for info in pkgutil.iter_modules(model_room.__path__):
        module = importlib.import_module(f"egov_model.model.{info.name}")
        source = inspect.getsource(module)
        if table not in ("settings", "technologies") and not table_too.search(source):
            continue
        made += [f"model/{info.name}.py:{n}  {line.strip()}" for n, line in enumerate(source.splitlines(), 1) if pattern.search(line)]
    return made


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "y" if value else "n"
    if isinstance(value, tuple):
        return " ".join(value)
    return f"{value:.15g}" if isinstance(value, float) else str(value)
