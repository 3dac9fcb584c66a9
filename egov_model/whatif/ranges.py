"""How sure a what-if is: a few draws that every scenario shares, so that differences between two are no luck."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egov_model.analysis.confidence import held, quantiles
from egov_model.analysis.risk import simulate
from egov_model.model.plan import Plan

DRAWS = 200
TOLD = (0.1, 0.5, 0.8, 0.9)


@dataclass(frozen=True)
class Ranges:
    """P10, P50, P80 and P90 (first axis) of what the plan promises, over `draws` draws.

    `total_idr` (4,); `year_idr` (4, years) by year of payment; `finish_week` (4,); `index` (4,) of the last scored year, None without one;
    `holds_share`: draws in which every ceiling of every year is enough for the plan's own dates; `within_share`: in which all is finished
    within the plan's years.
    """

    draws: int
    total_idr: np.ndarray
    year_idr: np.ndarray
    finish_week: np.ndarray
    index: np.ndarray | None
    holds_share: float
    within_share: float


def ranges(plan: Plan, draws: int = DRAWS) -> Ranges:
    """The first `draws` draws of the scenario's own seed, whatever was moved."""
    made = simulate(plan, draws, workers=1)
    kept = held(made)
    return Ranges(
        draws=made.draws,
        total_idr=quantiles(made.total_idr, TOLD),
        year_idr=quantiles(made.by_year_idr[:, :-1], TOLD),
        finish_week=quantiles(made.finish_week, TOLD),
        index=quantiles(made.index[:, -1], TOLD) if made.index.shape[1] else None,
        holds_share=kept["ceilings"],
        within_share=kept["within"],
    )
