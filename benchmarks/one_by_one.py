"""The estimate once more in plain Python, one draw and one line at a time: what the vectorised one is measured against, and must equal."""

from __future__ import annotations

from egov_model.inputs.priced import priced_items
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.drivers import Drivers
from egov_model.model.estimate import lines_in_scope
from egov_model.model.factors import Factors


def year_totals_idr(inputs: PlanInputs, drivers: Drivers, factors: Factors, draws: int) -> list[list[int]]:
    """Cost of all lines in scope by draw and year, as `totals.year_totals_idr`, of the first `draws` draws."""
    rows, years = inputs.rows, inputs.settings.years
    column = {table: {key: n for n, key in enumerate(rows[table])} for table in ("cost_lines", "places")}
    items = priced_items(rows)
    column["prices"] = {key: n for n, key in enumerate(items)}
    lines = [(key, rows["cost_lines"][key]) for key in lines_in_scope(inputs)]
    counts = {key: drivers.counts(line.driver, line.initiative).tolist() for key, line in lines}
    classes = {key: n for n, key in enumerate(rows["escalation"])}
    spans = [(row.valid_from, row.valid_to) for row in rows["vat"].values()]

    def rate(d: int, year: int) -> float:
        return float(factors.vat_rate[d, next(n for n, (first, last) in enumerate(spans) if first <= year <= last)])

    made = []
    for d in range(draws):
        quantity, prices, places = factors.quantity[d].tolist(), factors.price_idr[d].tolist(), factors.place[d].tolist()
        totals = [0] * len(years)
        for key, line in lines:
            price = items[line.item]
            bought, paid = quantity[column["cost_lines"][key]], prices[column["prices"][line.item]]
            for y, year in enumerate(years):
                units = 0.0
                for zone, count in zip(drivers.zones, counts[key], strict=True):
                    units += places[column["places"][f"{price.place_basis}.{zone}"]] * count[y]
                growth = float((1 + factors.escalation_rate[d, classes[price.price_class]]) ** (year - price.price_year))
                added = 1.0 if price.vat == "exempt" else 1 + rate(d, year)
                taken = 1 + rate(d, price.price_year) if price.vat == "included" else 1.0
                totals[y] += round(bought * units * paid * (growth * added / taken))
        made.append(totals)
    return made
