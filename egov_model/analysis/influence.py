"""How far the total moves when one input goes from its P10 to its P90, everything else and all dates held still."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from egov_model.inputs.priced import priced_items
from egov_model.model.estimate import estimate
from egov_model.model.factors import Factors, most_likely
from egov_model.model.plan import Plan

FACTORS = ("price_idr", "quantity", "place")  # three-point factors that move cost
ESCALATION = "settings.escalation_rate.value"
WEIGHTY = 0.01  # an input that moves the total by this share or more weighs


@dataclass(frozen=True)
class _Change:
    """One input at one value: which factor, which column, what it becomes."""

    key: str
    factor: str
    column: int
    value: float


def swings(plan: Plan) -> pd.DataFrame:
    """One row per three-point input that moves cost, widest swing first.

    Columns: key (table.row.mode), table, row, low, mode, high, unit, source, evidence, low_idr and high_idr (total at P10 and P90,
    int), swing_idr (their distance), share (of the plan's total), rating (red, amber, green: see `rating`).
    """
    changes = _changes(plan)
    totals = _totals(plan, changes)
    base = int(plan.budget["amount_idr"].sum())
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
                "mode": _mode(row),
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


def _mode(row: object) -> float:
    return float(row.value) if hasattr(row, "value") else float(row.mode)


def _changes(plan: Plan) -> list[_Change]:
    """Pairs (P10, P90) of every input."""
    made = []
    rows = plan.inputs.rows
    items = [("prices" if key in rows["prices"] else "technologies", key, row) for key, row in priced_items(rows).items()]
    others = [[(table, *item) for item in rows[table].items()] for table in ("cost_lines", "places")]
    for factor, columns in zip(FACTORS, (items, *others), strict=True):
        for column, (table, key, row) in enumerate(columns):
            made += [_Change(f"{table}.{key}.mode", factor, column, value) for value in (row.low, row.high)]
    setting = plan.inputs.rows["settings"]["escalation_rate"]
    if setting.low and setting.high:
        made += [_Change(ESCALATION, "escalation_rate", 0, float(value)) for value in (setting.low, setting.high)]
    return made


def _totals(plan: Plan, changes: list[_Change]) -> np.ndarray:
    """Total cost under each change, as one set of draws: every line keeps the share of its price that the plan pays in each year."""
    one = most_likely(plan.inputs)
    many = replace(one, **{name: np.repeat(getattr(one, name), len(changes), axis=0) for name in Factors.__dataclass_fields__})
    for draw, change in enumerate(changes):
        target = getattr(many, change.factor)
        target[(draw, change.column) if target.ndim == 2 else draw] = change.value
    amounts = estimate(plan.inputs, plan.drivers, many).amount_idr
    base = plan.estimate.amount_idr[0]
    paid = np.divide(plan.schedule.paid_idr[0], base, out=np.zeros(base.shape), where=base > 0)
    return np.rint((amounts * paid).sum(axis=(1, 2))).astype(np.int64)
