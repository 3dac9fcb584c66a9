"""How far the total moves when one input goes from its P10 to its P90, everything else and all dates held still."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from egov_model.inputs.priced import priced_items
from egov_model.model.appsize import application_sizes
from egov_model.model.factors import Factors, most_likely
from egov_model.model.plan import Plan
from egov_model.model.software import software_effort
from egov_model.model.totals import in_parts

# Three-point factors that move cost -> their table; prices are followed by what technologies.csv prices
TABLES = {"price_idr": "", "quantity": "cost_lines", "place": "places", "escalation_rate": "escalation", "vat_rate": "vat"}
PRODUCTIVITY = "effort_values.calibration.effort..mode"
WEIGHTY = 0.01  # an input that moves the total by this share or more weighs


@dataclass(frozen=True)
class _Change:
    """One input at one value: which factor, which column, what it becomes there (`by`: as the factor counts it)."""

    key: str
    factor: str
    column: int
    value: float
    by: float


def swings(plan: Plan) -> pd.DataFrame:
    """One row per three-point input that moves cost, widest swing first.

    Columns: key (table.row.mode), table, row, low, mode, high, unit, source, evidence, low_idr and high_idr (total at P10 and P90,
    int), swing_idr (their distance), share (of the plan's total), rating (red, amber, green: see `rating`).
    """
    changes = _changes(plan)
    totals = _totals(plan, changes)
    base = int(plan.budget["amount_idr"].sum())
    sizes = dict(zip(plan.inputs.rows["applications"], application_sizes(plan.inputs)[:, 1].tolist(), strict=True))
    rows = []
    for n in range(0, len(changes), 2):
        key = changes[n].key
        table, _, rest = key.partition(".")
        row = plan.inputs.rows[table][rest.rpartition(".")[0]]
        low_idr, high_idr = int(totals[n]), int(totals[n + 1])
        share = abs(high_idr - low_idr) / max(1, base)
        rows.append(
            {
                "key": key,
                "table": table,
                "row": rest.rpartition(".")[0],
                "low": changes[n].value,
                "mode": sizes[row.id] if table == "applications" else row.mode,
                "high": changes[n + 1].value,
                "unit": row.unit,
                "source": row.source,
                "evidence": row.evidence,
                "low_idr": low_idr,
                "high_idr": high_idr,
                "swing_idr": abs(high_idr - low_idr),
                "share": share,
                "rating": rating(row.evidence, share),
            }
        )
    return pd.DataFrame(rows).sort_values(["swing_idr", "key"], ascending=[False, True]).reset_index(drop=True)


def rating(evidence: str, share: float) -> str:
    """red: weighs and is poorly known; amber: one of the two; green: neither."""
    poor, weighs = evidence in ("assumption", "low"), share >= WEIGHTY
    return "red" if poor and weighs else "amber" if poor or weighs else "green"


def _changes(plan: Plan) -> list[_Change]:
    """Pairs (P10, P90) of every input."""
    made = []
    rows = plan.inputs.rows
    items = [("prices" if key in rows["prices"] else "technologies", key, row) for key, row in priced_items(rows).items()]
    for factor, table in TABLES.items():
        more = plan.inputs.settings.escalation_shift if table == "escalation" else 0.0
        for column, (where, key, row) in enumerate([(table, *item) for item in rows[table].items()] if table else items):
            made += [_Change(f"{where}.{key}.mode", factor, column, value, value + more) for value in (row.low, row.high)]
    return made + _effort(plan)


def _effort(plan: Plan) -> list[_Change]:
    """How much work software is: of each application by its size and the second method, and of all by local productivity."""
    row = plan.inputs.rows["effort_values"]["calibration.effort."]
    made = [_Change(PRODUCTIVITY, "productivity", 0, value, value / row.mode) for value in (row.low, row.high)]
    size, software = application_sizes(plan.inputs), software_effort(plan.inputs)
    for n, key in enumerate(software.applications):
        column, effort = int(software.column[n]), software.effort
        ends = ((size[column, 0], effort.low[n]), (size[column, 2], effort.high[n]))
        made += [_Change(f"applications.{key}.size_fp", "effort", column, float(fp), float(months / effort.mode[n])) for fp, months in ends]
    return made


def _totals(plan: Plan, changes: list[_Change]) -> np.ndarray:
    """Total cost under each change, as one set of draws: every line keeps the share of its price that the plan pays in each year."""
    one = most_likely(plan.inputs)
    many = replace(one, **{name: np.repeat(getattr(one, name), len(changes), axis=0) for name in Factors.__dataclass_fields__})
    for draw, change in enumerate(changes):
        target = getattr(many, change.factor)
        target[(draw, change.column) if target.ndim == 2 else draw] = change.by
    base = plan.estimate.amount_idr[0]
    paid = np.divide(plan.schedule.paid_idr[0], base, out=np.zeros(base.shape), where=base > 0)
    parts = in_parts(plan.inputs, plan.drivers, many)
    return np.concatenate([np.rint((part.amount_idr * paid).sum(axis=(1, 2))).astype(np.int64) for part in parts])
