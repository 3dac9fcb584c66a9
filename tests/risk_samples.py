"""Samples of draws made by hand: nothing happens, or a lot does, whatever the data says of risks."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from benchmarks.draws import sampled
from egov_model.analysis.drawn import Sample
from egov_model.model.factors import Factors, most_likely
from egov_model.model.plan import Plan


def still(plan: Plan, draws: int = 1, factors: Factors | None = None) -> Sample:
    """Nothing happens; with `factors` only they vary."""
    network, years = plan.network, len(plan.timeline.years)
    likely = most_likely(plan.inputs)
    repeated = Factors(**{f.name: np.repeat(getattr(likely, f.name), draws, axis=0) for f in fields(likely)})
    groups = len(network.groups)
    return Sample(
        seed=0,
        first=0,
        factors=factors or repeated,
        names=(),
        rank=np.zeros((draws, 0), dtype=np.float32),
        risks=(),
        happened=np.zeros((draws, 0, years), dtype=bool),
        cost=np.ones((draws, groups, years)),
        running=np.ones((draws, groups, years)),
        weeks=np.ones((draws, groups)),
        longer=np.zeros((draws, len(network.activities), years), dtype=np.int64),
        gate_weeks=np.zeros((draws, years), dtype=np.int64),
        people=np.ones((draws, len(network.roles), years)),
        ceiling=np.ones((draws, len(network.funds), years)),
        response_idr=np.zeros((len(network.funds), years), dtype=np.int64),
    )


def eventful(plan: Plan, draws: int, seed: int = 1) -> Sample:
    """Prices, quantities and durations vary, and in most draws something goes wrong somewhere."""
    made, rng = still(plan, draws, sampled(plan.inputs, draws, seed)), np.random.default_rng(seed)
    factors = replace(
        made.factors,
        phase_weeks=made.factors.phase_weeks * rng.uniform(0.8, 1.8, made.factors.phase_weeks.shape),
        procurement_weeks=made.factors.procurement_weeks * rng.uniform(0.8, 2.0, made.factors.procurement_weeks.shape),
        ceiling_idr=made.factors.ceiling_idr * rng.uniform(0.7, 1.1, made.factors.ceiling_idr.shape),
        productivity=rng.uniform(0.7, 1.6, draws),
        effort=rng.uniform(0.7, 1.6, made.factors.effort.shape),
    )
    return replace(
        made,
        factors=factors,
        cost=made.cost * rng.choice([0.9, 1.0, 1.3, 2.5], made.cost.shape),
        running=made.running * rng.choice([0.9, 1.0, 1.2], made.running.shape),
        weeks=made.weeks * rng.choice([0.8, 1.0, 1.5], made.weeks.shape),
        longer=rng.choice([0, 0, 0, 0, 8], made.longer.shape),
        gate_weeks=rng.choice([0, 0, 6, 30], made.gate_weeks.shape),
        people=rng.choice([1.0, 1.0, 0.8, 0.5], made.people.shape),
        ceiling=rng.choice([1.0, 1.0, 0.8], made.ceiling.shape),
        response_idr=rng.integers(0, 10**7, made.response_idr.shape),
    )
