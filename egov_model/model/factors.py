"""Everything uncertain, as arrays of draws; the plan itself is the one draw of most likely values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egov_model.inputs.priced import priced_items
from egov_model.inputs.scenario import PlanInputs


@dataclass(frozen=True)
class Factors:
    """One row per draw. Shapes: price_idr (draws, priced items), quantity (draws, cost lines), place (draws, place rows),
    escalation_rate (draws, price classes), vat_rate (draws, vat rows), phase_weeks (draws, phases), procurement_weeks (draws, methods),
    ceiling_idr (draws, ceilings), productivity (draws,) effort of all software and effort (draws, applications) of each application,
    both by 1 at most likely; columns follow the order of the input tables, priced items as in `priced_items`."""

    price_idr: np.ndarray
    quantity: np.ndarray
    place: np.ndarray
    escalation_rate: np.ndarray
    vat_rate: np.ndarray
    phase_weeks: np.ndarray
    procurement_weeks: np.ndarray
    ceiling_idr: np.ndarray
    productivity: np.ndarray
    effort: np.ndarray

    @property
    def draws(self) -> int:
        """Number of draws."""
        return len(self.escalation_rate)


def most_likely(inputs: PlanInputs) -> Factors:
    """The plan's own draw: every three-point input at its mode."""

    def modes(table: str) -> np.ndarray:
        rows = priced_items(inputs.rows) if table == "prices" else inputs.rows[table]
        return np.array([[row.mode for row in rows.values()]], dtype=float)

    return Factors(
        price_idr=modes("prices"),
        quantity=modes("cost_lines"),
        place=modes("places"),
        escalation_rate=modes("escalation") + inputs.settings.escalation_shift,
        vat_rate=modes("vat"),
        phase_weeks=modes("phases"),
        procurement_weeks=modes("procurement"),
        ceiling_idr=modes("ceilings") * inputs.settings.ceiling_factor,
        productivity=np.ones(1),
        effort=np.ones((1, len(inputs.rows["applications"]))),
    )
