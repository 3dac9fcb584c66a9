"""The estimate once more in plain Python, one draw and one line at a time: what the vectorised one is measured against, and must equal."""

from __future__ import annotations

from egov_model.inputs.scenario import PlanInputs
from egov_model.model.drivers import Drivers
from egov_model.model.estimate import lines_in_scope
from egov_model.model.factors import Factors


def year_totals_idr(inputs: PlanInputs, drivers: Drivers, factors: Factors, draws: int) -> list[list[int]]:
    """Cost of all lines in scope by draw and year, as `totals.year_totals_idr`, of the first `draws` draws."""
    rows, years = inputs.rows, inputs.settings.years
    column = {table: {key: n for n, key in enumerate(rows[table])} for table in ("prices", "cost_lines", "places")}
    lines = [(key, rows["cost_lines"][key]) for key in lines_in_scope(inputs)]
    counts = {key: drivers.counts(line.driver, line.initiative).tolist() for key, line in lines}
    made = []
    for d in range(draws):
        quantity, prices, places = factors.quantity[d].tolist(), factors.price_idr[d].tolist(), factors.place[d].tolist()
        totals = [0] * len(years)
        for key, line in lines:
            price = rows["prices"][line.item]
            bought, paid = quantity[column["cost_lines"][key]], prices[column["prices"][line.item]]
            vat = inputs.settings.vat_rate if price.vat == "excluded" else 0.0
            for y, year in enumerate(years):
                units = 0.0
                for zone, count in zip(drivers.zones, counts[key], strict=True):
                    units += places[column["places"][f"{price.place_basis}.{zone}"]] * count[y]
                growth = float((1 + factors.escalation_rate[d]) ** (year - price.price_year))
                totals[y] += round(bought * units * paid * (1 + vat) * growth)
        made.append(totals)
    return made
