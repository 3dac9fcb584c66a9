"""Undated cost: what each line of the bill of quantities costs in whichever year it is paid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egov_model.inputs.scenario import PlanInputs
from egov_model.model.drivers import Drivers
from egov_model.model.factors import Factors


@dataclass(frozen=True)
class Estimate:
    """Cost by line, still without dates.

    `lines` are the cost lines of the initiatives in scope; `units` (draws, lines, years) the quantity bought;
    `amount_idr` (draws, lines, years), int64, what the line costs if it is paid in that year.
    """

    lines: tuple[str, ...]
    units: np.ndarray
    amount_idr: np.ndarray


def amount_idr(quantity, unit_price_idr, escalation_rate, years_since_price, vat_rate):
    r"""Amount in whole rupiah of the year of payment.

    .. math:: a = q \, p \, (1+e)^{t} \, (1+v)

    quantity q [units, already weighted by the place factor], unit_price_idr p [Rp of the price year], escalation_rate e [per year],
    years_since_price t [years], vat_rate v [share, 0 when included]; numbers or arrays that broadcast. Rounds half to even.
    """
    exact = np.asarray(quantity) * unit_price_idr * (1 + np.asarray(escalation_rate)) ** years_since_price * (1 + np.asarray(vat_rate))
    return np.rint(exact).astype(np.int64)


def in_scope(inputs: PlanInputs) -> tuple[str, ...]:
    """Initiatives the scenario plans: all, the mandatory ones with what already runs, or only what already runs."""
    keep = {
        "all": lambda i: True,
        "mandatory": lambda i: i.mandatory or i.budget_status == "running",
        "running": lambda i: i.budget_status == "running",
    }[inputs.settings.scope]
    return tuple(key for key, i in inputs.rows["initiatives"].items() if keep(i))


def estimate(inputs: PlanInputs, drivers: Drivers, factors: Factors) -> Estimate:
    """Cost of every line in scope for every draw and year of payment."""
    scope = set(in_scope(inputs))
    column = {key: n for n, key in enumerate(inputs.rows["cost_lines"])}
    lines = tuple(key for key, line in inputs.rows["cost_lines"].items() if line.initiative in scope)
    price_column = {key: n for n, key in enumerate(inputs.rows["prices"])}
    place_column = {key: n for n, key in enumerate(inputs.rows["places"])}
    years = np.array(drivers.years)
    units = np.zeros((factors.draws, len(lines), len(years)))
    amounts = np.zeros((factors.draws, len(lines), len(years)), dtype=np.int64)
    for n, key in enumerate(lines):
        line = inputs.rows["cost_lines"][key]
        price = inputs.rows["prices"][line.item]
        counts = drivers.counts(line.driver, line.initiative)  # (zones, years)
        place = factors.place[:, [place_column[f"{price.place_basis}.{zone}"] for zone in drivers.zones]]  # (draws, zones)
        quantity = factors.quantity[:, column[key], None]
        units[:, n] = quantity * counts.sum(axis=0)
        amounts[:, n] = amount_idr(
            quantity * (place[:, :, None] * counts).sum(axis=1),
            factors.price_idr[:, price_column[line.item], None],
            factors.escalation_rate[:, None],
            years - price.price_year,
            inputs.settings.vat_rate if price.vat == "excluded" else 0.0,
        )
    return Estimate(lines, units, amounts)
