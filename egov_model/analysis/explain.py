"""What one parameter is, where it comes from, what it moves, and which data and code use it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType

from egov_model.analysis.compare import Headline, headline
from egov_model.analysis.influence import swings
from egov_model.analysis.uses import code_uses, data_uses
from egov_model.inputs.catalogue import TABLES
from egov_model.inputs.chain import set_entry
from egov_model.inputs.errors import InputError, Problems, did_you_mean, listed
from egov_model.inputs.pack import Pack
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.plan import Plan, build_plan
from egov_model.model.scope import in_scope

MOST = 12  # uses named in full
PRINCIPAL = ("value", "mode", "size_fp", "fte", "hires", "rating", "count")  # what a row is about, when no field is named
TOLD = {  # figures besides the total that a parameter may move
    "placed": "initiatives placed",
    "finish": "last finish",
    "own_staff_pay_idr": "pay of own staff",
    "person_months": "person-months",
    "peak_gap_fte": "largest gap in people (FTE)",
}


@dataclass(frozen=True)
class Explanation:
    """One parameter; `base` and `set_by` are empty unless the scenario changes it, what it moves is empty where it has no range.

    `swing`: the total when it goes from P10 to P90 and every date stays; `planned_again`: the total and other figures when the
    plan is made anew at either end.
    """

    key: str
    value: str
    range: str
    unit: str
    source: str
    evidence: str
    base: str
    set_by: str
    swing: str
    planned_again: str
    data_uses: tuple[str, ...]
    code_uses: tuple[str, ...]


def explain(inputs: PlanInputs, key: str) -> Explanation:
    """Explain `table.row.field` under a scenario; raises `InputError` with the nearest key for one that does not exist."""
    table, row_key, field = locate(inputs, key)
    row, name = inputs.rows[table][row_key], f"{table}.{row_key}.{field}"
    change = next((c for c in inputs.changes if c.key == name), None)
    ends = _ends(row, field)
    plan = build_plan(inputs)
    return Explanation(
        key=name,
        value=_text(getattr(row, field)),
        range=f"{_text(ends[0])} to {_text(ends[1])}" if ends else "",
        unit=getattr(row, "unit", "") if ends or field in PRINCIPAL else "",  # a row's unit is that of its value
        source=getattr(row, "source", ""),
        evidence=getattr(row, "evidence", ""),
        base=change.base if change else "",
        set_by=change.set_by if change else "",
        swing=_swing(plan, name),
        planned_again=_planned_again(plan, table, row_key, field, ends) if ends else "",
        data_uses=tuple(data_uses(inputs, table, row_key)),
        code_uses=tuple(code_uses(inputs, table, row_key, field)),
    )


def locate(inputs: PlanInputs, key: str) -> tuple[str, str, str]:
    """Table, row and field of a key; a key of only table and row means what the row is about (see `PRINCIPAL`).

    The last part of a row's key may be left out where it is empty: `effort_values.constant.A`.
    """
    rows = inputs.rows
    table, _, rest = key.partition(".")
    if table in TABLES:
        fields = TABLES[table].record.model_fields
        row = next((r for r in (rest, f"{rest}.") if r in rows[table]), None)
        if row is not None:
            principal = next((f for f in PRINCIPAL if f in fields), "")
            if principal:
                return table, row, principal
            own = [f for f in fields if f not in TABLES[table].key]
            raise InputError(f"{key!r} is a row; name one of its fields: {listed(own, 30)}.")
        row, _, field = rest.rpartition(".")
        if f"{row}." in rows[table] and field in fields:
            return table, f"{row}.", field
    problems = Problems()
    entry = set_entry(key, "", "", "", 0, Pack(None, None, rows, {}, {name: frozenset() for name in TABLES}), problems)
    if entry is None:
        near = did_you_mean(key, [f"{t}.{k}" for t, records in rows.items() for k in records])
        raise InputError(" ".join(filter(None, (f"no parameter {key!r}.", near or "; ".join(str(p) for p in problems.found)))))
    return entry.table, entry.key, entry.field


def _ends(row: object, field: str) -> tuple[float, float] | None:
    """P10 and P90 of a field, or None where it has none."""
    names = ("low", "high") if field in ("value", "mode") else (f"{field}_low", f"{field}_high")
    ends = tuple(getattr(row, name, "") for name in names)
    return (float(ends[0]), float(ends[1])) if all(end not in ("", None) for end in ends) else None


def _swing(plan: Plan, name: str) -> str:
    frame = swings(plan).set_index("key")
    if name not in frame.index:
        return ""
    found = frame.loc[name]
    return f"total from Rp{found['low_idr']:,} (P10) to Rp{found['high_idr']:,} (P90): {found['share']:.1%} of the total; {found['rating']}"


def _planned_again(plan: Plan, table: str, row: str, field: str, ends: tuple[float, float]) -> str:
    """What the plan says when it is made again, in the same order of initiatives, with the value at P10 and at P90."""
    low, high = (headline(_again(plan, _with(plan.inputs, table, row, field, end))) for end in ends)
    moved = [
        f"{words} {_figure(low, name)} to {_figure(high, name)}"
        for name, words in TOLD.items()
        if getattr(low, name) != getattr(high, name)
    ]
    if low.total_idr == high.total_idr:
        total = f"total stays Rp{low.total_idr:,}"
    else:
        total = f"total from Rp{low.total_idr:,} (P10) to Rp{high.total_idr:,} (P90)"
    return "; ".join([total, *moved])


def _again(plan: Plan, inputs: PlanInputs) -> Plan:
    same = in_scope(inputs) == plan.network.groups
    return build_plan(inputs, order=plan.order if same else None)


def _figure(made: Headline, name: str) -> str:
    value = getattr(made, name)
    return f"Rp{value:,}" if name.endswith("_idr") else str(value)


def _with(inputs: PlanInputs, table: str, row: str, field: str, value: float) -> PlanInputs:
    """The same input with one field at another value of its range; gates are not asked again."""
    record = inputs.rows[table][row]
    same_kind = type(getattr(record, field))(int(value) if isinstance(getattr(record, field), int) else value)
    rows = {**inputs.rows, table: {**inputs.rows[table], row: record.model_copy(update={field: same_kind})}}
    settings = inputs.settings.model_copy(update={row: value}) if table == "settings" else inputs.settings
    return replace(inputs, settings=settings, rows=MappingProxyType(rows))


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "y" if value else "n"
    if isinstance(value, tuple):
        return " ".join(value)
    return f"{value:.15g}" if isinstance(value, float) else str(value)
