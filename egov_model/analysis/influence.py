"""How far the total moves when one input goes from its P10 to its P90, everything else and all dates held still."""

from __future__ import annotations

import numpy as np
import pandas as pd

from egov_model.analysis.points import Point, cost_points, factors_at
from egov_model.model.paid_at import paid_at
from egov_model.model.plan import Plan
from egov_model.model.totals import in_parts

WEIGHTY = 0.01  # an input that moves the total by this share or more weighs


def swings(plan: Plan) -> pd.DataFrame:
    """One row per three-point input that moves cost, widest swing first.

    Columns: key (table.row.mode), table, row, low, mode, high, unit, source, evidence, low_idr and high_idr (total at P10 and P90,
    int), swing_idr (their distance), share (of the plan's total), rating (red, amber, green: see `rating`).
    """
    points = cost_points(plan.inputs)
    totals = _totals(plan, points).reshape(len(points), 2)
    base = int(plan.budget["amount_idr"].sum())
    rows = []
    for point, (low_idr, high_idr) in zip(points, totals.tolist(), strict=True):
        share = abs(high_idr - low_idr) / max(1, base)
        rows.append(
            {
                "key": point.key,
                "table": point.table,
                "row": point.row,
                "low": point.low,
                "mode": point.mode,
                "high": point.high,
                "unit": point.unit,
                "source": point.source,
                "evidence": point.evidence,
                "low_idr": low_idr,
                "high_idr": high_idr,
                "swing_idr": abs(high_idr - low_idr),
                "share": share,
                "rating": rating(point.evidence, share),
            }
        )
    return pd.DataFrame(rows).sort_values(["swing_idr", "key"], ascending=[False, True]).reset_index(drop=True)


def rating(evidence: str, share: float) -> str:
    """red: weighs and is poorly known; amber: one of the two; green: neither."""
    poor, weighs = evidence in ("assumption", "low"), share >= WEIGHTY
    return "red" if poor and weighs else "amber" if poor or weighs else "green"


def _totals(plan: Plan, points: list[Point]) -> np.ndarray:
    """Total cost at P10 and at P90 of each input in turn, as one set of draws at the plan's own dates, shape (2 x points,)."""
    many = factors_at(plan.inputs, [(point, t) for point in points for t in (-1.0, 1.0)])
    parts = in_parts(plan.inputs, plan.drivers, many)
    return np.concatenate([paid_at(plan.network, plan.schedule, part.amount_idr).sum(axis=(1, 2)) for part in parts])
