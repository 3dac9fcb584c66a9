"""What joining applications costs over a hub and point to point, and from when on the hub is the cheaper one.

Every argument is a number or an array of draws; arrays broadcast.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from egov_model.inputs.integration import INTERFACE_ITEM
from egov_model.model import pricing
from egov_model.model.estimate import amount_idr
from egov_model.model.factors import most_likely
from egov_model.model.interfaces import (
    applications_joined,
    connectors_by_initiative,
    interface_pairs,
    pairs_by_initiative,
    payers,
)
from egov_model.model.plan import Plan

PLANNED, INVENTORY = "plan", "inventory"  # which interfaces: those the plan pays for, or all of the inventory
CURVE_STEPS = 8


@dataclass(frozen=True)
class UnitCosts:
    """Prices of both architectures: interface_idr [Rp per interface built point to point], connector_effort [interfaces per connector],
    upkeep_share [share of what was built, per year], hub_build_idr [Rp], hub_upkeep_idr_year [Rp per year]."""

    interface_idr: float | np.ndarray
    connector_effort: float | np.ndarray
    upkeep_share: float | np.ndarray
    hub_build_idr: float | np.ndarray
    hub_upkeep_idr_year: float | np.ndarray


@dataclass(frozen=True)
class Cost:
    """build_idr [Rp], upkeep_idr_year [Rp per year] and total_idr [Rp over the years, discounted when asked for]."""

    build_idr: float | np.ndarray
    upkeep_idr_year: float | np.ndarray
    total_idr: float | np.ndarray


def years_worth(years, discount_rate=0.0):
    r"""What one rupiah at the end of every year is worth today (annuity factor).

    .. math:: A = \frac{1 - (1+r)^{-Y}}{r}, \quad A = Y\ (r = 0)

    years Y; discount_rate r [share per year].
    """
    years, rate = np.asarray(years, dtype=float), np.asarray(discount_rate, dtype=float)
    safe = np.where(rate == 0, 1.0, rate)
    return np.where(rate == 0, years, (1 - (1 + safe) ** -years) / safe)


def hub_cost(connectors, costs: UnitCosts, years, discount_rate=0.0) -> Cost:
    r"""Cost over the hub: the hub itself and one connector per application.

    .. math:: B = H + n c p, \quad U = h + s\,n c p, \quad T = B + U A

    connectors n; work c of a connector in interfaces of price p; hub H to build and h a year; upkeep share s; A from `years_worth`.
    """
    joined = np.asarray(connectors) * costs.connector_effort * costs.interface_idr
    return _cost(costs.hub_build_idr + joined, costs.hub_upkeep_idr_year + costs.upkeep_share * joined, years, discount_rate)


def point_to_point_cost(pairs, costs: UnitCosts, years, discount_rate=0.0) -> Cost:
    r"""Cost point to point: one interface per pair of applications that exchange data.

    .. math:: B = m p, \quad U = s\,m p, \quad T = B + U A

    pairs m; price p; upkeep share s; A from `years_worth`.
    """
    joined = np.asarray(pairs) * costs.interface_idr
    return _cost(joined, costs.upkeep_share * joined, years, discount_rate)


def hub_in_interfaces(costs: UnitCosts, years, discount_rate=0.0):
    r"""How many interfaces point to point cost as much as the empty hub.

    .. math:: F = \frac{H + h A}{p (1 + s A)}

    A free interface (p = 0) never pays for a hub that costs something: infinite.
    """
    worth = years_worth(years, discount_rate)
    hub = np.asarray(costs.hub_build_idr + costs.hub_upkeep_idr_year * worth, dtype=float)
    each = np.asarray(costs.interface_idr * (1 + costs.upkeep_share * worth), dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(hub == 0, 0.0, hub / each)


def crossover_pairs(connectors, costs: UnitCosts, years, discount_rate=0.0):
    r"""Interfaces from which on the hub is the cheaper one for `connectors` applications.

    .. math:: m^* = c n + F

    where both totals are equal; per application m*/n = c + F/n. F from `hub_in_interfaces`.
    """
    return np.asarray(connectors) * costs.connector_effort + hub_in_interfaces(costs, years, discount_rate)


def crossover_applications(costs: UnitCosts, years, discount_rate=0.0, interfaces_per_application=None):
    r"""Applications from which on the hub is the cheaper one.

    .. math:: n^* = \frac{F}{k - c}, \qquad n^* = c + \tfrac12 + \sqrt{(c + \tfrac12)^2 + 2F}

    left: k = m/n interfaces per application (infinite when k <= c: the hub never pays); right: every application with every other,
    m = n(n-1)/2, when interfaces_per_application is None. F from `hub_in_interfaces`.
    """
    hub = hub_in_interfaces(costs, years, discount_rate)
    if interfaces_per_application is None:
        half = np.asarray(costs.connector_effort) + 0.5
        return half + np.sqrt(half**2 + 2 * hub)
    saved = np.asarray(interfaces_per_application, dtype=float) - costs.connector_effort
    return np.where(saved > 0, hub / np.where(saved > 0, saved, 1.0), np.inf)


def unit_costs(plan: Plan) -> UnitCosts:
    """Most likely prices in the first year of the plan, delivered in the capital, VAT included.

    The hub is every cost line with driver `hub`, with its pilot connectors; own staff is paid apart.
    """
    rows, values = plan.inputs.rows, plan.inputs.rows["integration"]
    lines = [line for line in rows["cost_lines"].values() if line.driver == "hub"]
    return UnitCosts(
        interface_idr=_price_idr(plan, INTERFACE_ITEM),
        connector_effort=values["connector_effort"].mode,
        upkeep_share=values["upkeep_share"].mode,
        hub_build_idr=sum(line.mode * _price_idr(plan, line.item) for line in lines if line.timing == "once"),
        hub_upkeep_idr_year=sum(
            line.mode * _price_idr(plan, line.item) / max(1, line.every_years) for line in lines if line.timing != "once"
        ),
    )


def architectures(plan: Plan) -> pd.DataFrame:
    """Both architectures side by side, one row for the interfaces the plan pays for and one for the whole inventory, in full.

    Index: `plan`, `inventory`. Columns: connectors, pairs (counts), hub_build_idr, hub_upkeep_idr_year, hub_total_idr,
    point_to_point_build_idr, ..._upkeep_idr_year, ..._total_idr (int, over the years of the plan, not discounted), crossover_low,
    crossover, crossover_high (pairs from which on the hub is cheaper, at the P10, most likely and P90 work of a connector),
    crossover_applications (the same in applications of which each exchanges data with every other).
    """
    costs, years = unit_costs(plan), len(plan.timeline.years)
    effort = plan.inputs.rows["integration"]["connector_effort"]
    spread = replace(costs, connector_effort=np.array([effort.low, effort.mode, effort.high]))
    made = {}
    for name, (connectors, pairs) in _counts(plan).items():
        row: dict[str, float] = {"connectors": connectors, "pairs": pairs}
        for kind, cost in (("hub", hub_cost(connectors, costs, years)), ("point_to_point", point_to_point_cost(pairs, costs, years))):
            for field in ("build_idr", "upkeep_idr_year", "total_idr"):
                row[f"{kind}_{field}"] = round(float(getattr(cost, field)))
        at = crossover_pairs(connectors, spread, years)
        made[name] = row | dict(zip(("crossover_low", "crossover", "crossover_high"), map(float, at), strict=True))
        made[name]["crossover_applications"] = float(crossover_applications(costs, years))
    return pd.DataFrame.from_dict(made, orient="index")


def cost_curve(plan: Plan, most: int) -> pd.DataFrame:
    """Total cost [Rp over the years of the plan] of joining the inventory's applications with 0 to `most` interfaces.

    Columns: pairs, hub_idr (the same for any number), point_to_point_idr.
    """
    costs, years = unit_costs(plan), len(plan.timeline.years)
    pairs = np.linspace(0, most, CURVE_STEPS + 1)
    hub = hub_cost(_counts(plan)[INVENTORY][0], costs, years).total_idr
    return pd.DataFrame({"pairs": pairs, "hub_idr": float(hub), "point_to_point_idr": point_to_point_cost(pairs, costs, years).total_idr})


def _counts(plan: Plan) -> dict[str, tuple[int, int]]:
    """Connectors and pairs, by which interfaces."""
    pairs, paying = interface_pairs(plan.inputs), payers(plan.inputs)
    connectors, owned = connectors_by_initiative(plan.inputs, pairs), pairs_by_initiative(plan.inputs, pairs)
    paid = sum(len(connectors.get(key, ())) for key in paying), sum(len(owned.get(key, ())) for key in paying)
    return {PLANNED: paid, INVENTORY: (len(applications_joined(pairs)), len(pairs))}


def _cost(build, upkeep, years, discount_rate) -> Cost:
    return Cost(build, upkeep, build + upkeep * years_worth(years, discount_rate))


def _price_idr(plan: Plan, item: str) -> float:
    """Rupiah of one unit in the plan's first year, delivered in the capital."""
    inputs, price = plan.inputs, plan.inputs.rows["prices"][item]
    zone = plan.drivers.zones[int(plan.drivers.regency["one"][:, 0].argmax())]
    likely = most_likely(inputs)
    carried = pricing.carried(inputs, [pricing.history(price)], plan.timeline.years[:1], likely.escalation_rate, likely.vat_rate)[0, 0, 0]
    return float(amount_idr(inputs.rows["places"][f"{price.place_basis}.{zone}"].mode, price.mode, carried))
