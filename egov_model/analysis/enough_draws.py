"""Draws are added until what is printed is sure enough."""

from __future__ import annotations

from collections.abc import Callable

from egov_model.analysis.confidence import SURE, quantiles, standard_errors
from egov_model.analysis.drawn import Outlook
from egov_model.analysis.risk import joined, simulate
from egov_model.model.plan import Plan

MOST = 20_000  # then it is said that the error is larger


def enough(outlook: Outlook, error_share: float) -> bool:
    """Whether the standard error of the total's P80 is no more than this share of it."""
    return bool(standard_errors(outlook.total_idr, [SURE])[0] <= error_share * quantiles(outlook.total_idr, [SURE])[0])


def simulate_enough(
    plan: Plan, draws: int | None = None, seed: int | None = None, most: int = MOST, progress: Callable[[int, int], None] | None = None
) -> Outlook:
    """The outlook over `draws` (those of the settings unless given), doubled until the P80 of the total is sure enough
    (`settings.p80_error_share`) or doubling would pass `most`; draws that were made are kept."""
    made = simulate(plan, draws, seed, progress=progress)
    while not enough(made, plan.inputs.settings.p80_error_share) and made.draws * 2 <= most:
        made = joined([made, simulate(plan, made.draws, seed, first=made.draws, progress=progress)])
    return made
