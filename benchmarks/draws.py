"""Draws of every three-point input that moves cost, for the benchmark alone: from an explicit seed, without correlation."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from egov_model.inputs.priced import priced_items
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.factors import Factors, most_likely

TABLES = {"price_idr": "prices", "quantity": "cost_lines", "place": "places"}
P90 = 1.2815515655446004  # standard normal quantile


def sampled(inputs: PlanInputs, draws: int, seed: int) -> Factors:
    """Prices, quantities and place factors from the two-piece normal with the rows' P10, mode as median and P90 (never below 0), escalation
    within one percentage point of the most likely; everything else stays at its most likely value in every draw."""
    rng, likely = np.random.default_rng(seed), most_likely(inputs)
    made = {field.name: np.repeat(getattr(likely, field.name), draws, axis=0) for field in fields(likely)}
    for name, table in TABLES.items():
        records = priced_items(inputs.rows) if table == "prices" else inputs.rows[table]
        low, mode, high = np.array([[row.low, row.mode, row.high] for row in records.values()], dtype=float).reshape(-1, 3).T
        z = rng.standard_normal((draws, len(mode))) / P90
        made[name] = np.maximum(0.0, mode + np.where(z > 0, high - mode, mode - low) * z)
    rate = made["escalation_rate"]
    made["escalation_rate"] = np.maximum(0.0, rate + rng.uniform(-0.01, 0.01, (draws, *[1] * (rate.ndim - 1))))
    return replace(likely, **made)
