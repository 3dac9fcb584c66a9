"""Undated cost: what each line of the bill of quantities costs in whichever year it is paid."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egov_model.inputs.priced import priced_items
from egov_model.inputs.scenario import PlanInputs
from egov_model.model import pricing
from egov_model.model.compiled_estimate import price_lines
from egov_model.model.delivery import effort_share
from egov_model.model.drivers import Drivers
from egov_model.model.factors import Factors
from egov_model.model.scope import in_scope

BY_EFFORT = ("linked_vendor_person_months", "linked_person_months")  # drivers that count work, whose doubt is that of the effort


@dataclass(frozen=True)
class Estimate:
    """Cost by line, still without dates.

    `lines` are the cost lines of the initiatives in scope; `amount_idr` (draws, lines, years), int64, what the line costs if it is paid
    in that year. What is bought is `quantity` (draws, lines) per unit of the driver times `counts` (lines, years) of the driver.
    """

    lines: tuple[str, ...]
    quantity: np.ndarray
    counts: np.ndarray
    amount_idr: np.ndarray

    @property
    def units(self) -> np.ndarray:
        """Units bought if paid in that year, shape (draws, lines, years)."""
        return self.quantity[:, :, None] * self.counts


def amount_idr(quantity, unit_price_idr, carried):
    r"""Amount in whole rupiah of the year of payment.

    .. math:: a = q \, p \, c

    quantity q [units, already weighted by the place factor], unit_price_idr p [Rp of the price year], carried c [Rp of the year of payment
    per Rp of the price list: growth and VAT, see `pricing.carried`]; numbers or arrays that broadcast. Rounds half to even.
    """
    return np.rint(np.asarray(quantity) * unit_price_idr * carried).astype(np.int64)


def lines_in_scope(inputs: PlanInputs) -> tuple[str, ...]:
    """Cost lines of the initiatives in scope, in file order."""
    scope = set(in_scope(inputs))
    return tuple(key for key, line in inputs.rows["cost_lines"].items() if line.initiative in scope)


def estimate(inputs: PlanInputs, drivers: Drivers, factors: Factors) -> Estimate:
    """Cost of every line in scope for every draw and year of payment."""
    column = {key: n for n, key in enumerate(inputs.rows["cost_lines"])}
    items = priced_items(inputs.rows)
    price_column = {key: n for n, key in enumerate(items)}
    place_column = {key: n for n, key in enumerate(inputs.rows["places"])}
    keys = lines_in_scope(inputs)
    lines = [inputs.rows["cost_lines"][key] for key in keys]
    prices = [items[line.item] for line in lines]
    zones, years = len(drivers.zones), drivers.years
    counts = np.array([drivers.counts(line.driver, line.initiative) for line in lines]).reshape(len(lines), zones, len(years))
    at_place = np.array([[place_column[f"{p.place_basis}.{zone}"] for zone in drivers.zones] for p in prices], dtype=np.int64).reshape(
        len(lines), zones
    )
    at_line = np.array([column[key] for key in keys], dtype=np.int64)
    at_price = np.array([price_column[line.item] for line in lines], dtype=np.int64)
    bought = np.take(factors.quantity, at_line, axis=1)  # (draws, lines), an own copy
    for n, line in enumerate(lines):
        build = drivers.builds.get(line.initiative)
        if line.driver in BY_EFFORT and build:
            bought[:, n] *= factors.productivity * effort_share(build, factors.effort, build.paid_shares)
    histories, at_history = pricing.distinct(prices)
    growing = (counts != counts[:, :, :1]).any(axis=(1, 2))  # elsewhere one year's count stands for all
    amounts = np.empty((factors.draws, len(lines), len(years)), dtype=np.int64)
    carried = pricing.carried(inputs, histories, years, factors.escalation_rate, factors.vat_rate)
    price_lines(bought, factors.place, factors.price_idr, carried, at_place, at_price, at_history, counts, growing, amounts)
    return Estimate(keys, bought, counts.sum(axis=1), amounts)
