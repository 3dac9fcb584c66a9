"""The estimate once more in plain Python, one draw and one line at a time: what the vectorised one is measured against, and must equal."""

from __future__ import annotations

from egov_model.inputs.priced import priced_items
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.drivers import Drivers
from egov_model.model.estimate import BY_EFFORT, lines_in_scope
from egov_model.model.factors import Factors
from egov_model.model.network import Network, members, packages


def year_totals_idr(inputs: PlanInputs, drivers: Drivers, factors: Factors, draws: int) -> list[list[int]]:
    """Cost of all lines in scope by draw and year, as `totals.year_totals_idr`, of the first `draws` draws."""
    lines = Lines(inputs, drivers)
    return [[sum(year) for year in zip(*lines.amounts_idr(factors, d), strict=True)] for d in range(draws)]


class Lines:
    """The lines in scope with what every draw shares."""

    def __init__(self, inputs: PlanInputs, drivers: Drivers):
        rows, self.drivers = inputs.rows, drivers
        self.column = {table: {key: n for n, key in enumerate(rows[table])} for table in ("cost_lines", "places", "applications")}
        self.items = priced_items(rows)
        self.column["prices"] = {key: n for n, key in enumerate(self.items)}
        self.lines = [(key, rows["cost_lines"][key]) for key in lines_in_scope(inputs)]
        self.counts = {key: drivers.counts(line.driver, line.initiative).tolist() for key, line in self.lines}
        self.classes = {key: n for n, key in enumerate(rows["escalation"])}
        self.spans = [(row.valid_from, row.valid_to) for row in rows["vat"].values()]

    def amounts_idr(self, factors: Factors, d: int) -> list[list[int]]:
        """What each line costs in one draw if it is paid in each year."""
        quantity, prices, places = factors.quantity[d].tolist(), factors.price_idr[d].tolist(), factors.place[d].tolist()
        productivity, efforts = float(factors.productivity[d]), factors.effort[d].tolist()

        def rate(year: int) -> float:
            return float(factors.vat_rate[d, next(n for n, (first, last) in enumerate(self.spans) if first <= year <= last)])

        made = []
        for key, line in self.lines:
            price, count = self.items[line.item], self.counts[key]
            bought, paid = quantity[self.column["cost_lines"][key]], prices[self.column["prices"][line.item]]
            build = self.drivers.builds.get(line.initiative)
            if line.driver in BY_EFFORT and build:
                bought *= productivity * effort(build, efforts, build.paid_shares)
            amounts = []
            for y, year in enumerate(self.drivers.years):
                units = 0.0
                for zone, of_zone in zip(self.drivers.zones, count, strict=True):
                    units += places[self.column["places"][f"{price.place_basis}.{zone}"]] * of_zone[y]
                growth = float((1 + factors.escalation_rate[d, self.classes[price.price_class]]) ** (year - price.price_year))
                added = 1.0 if price.vat == "exempt" else 1 + rate(year)
                taken = 1 + rate(price.price_year) if price.vat == "included" else 1.0
                amounts.append(round(bought * units * paid * (growth * added / taken)))
            made.append(amounts)
        return made


def effort(build, efforts: list[float], shares) -> float:
    """How a build's effort compares with the most likely one."""
    made = 0.0
    for part, share in zip(build.parts.tolist(), shares.tolist(), strict=True):
        made += efforts[part] * share
    return made


class Durations:
    """The weeks of every activity with what every draw shares; as `network.durations_weeks`."""

    def __init__(self, inputs: PlanInputs, drivers: Drivers, network: Network):
        self.inputs, self.drivers, self.network = inputs, drivers, network
        self.column = {key: n for n, key in enumerate(inputs.rows["phases"])}
        self.kinds = [inputs.rows["initiatives"][key].kind for key in network.groups]
        self.bought = dict(packages(inputs, network))
        self.lines_of = members(network.line_activity, len(network.activities))
        self.methods = [(row.category, row.max_value_idr, n) for n, row in enumerate(inputs.rows["procurement"].values())]

    def weeks(self, amounts_idr: list[list[int]], factors: Factors, d: int) -> list[int]:
        """Whole weeks of every activity in one draw, for contracts of these amounts."""
        rows, efforts, made = self.inputs.rows, factors.effort[d].tolist(), []
        for a, (group, name) in enumerate(self.network.activities):
            kind, column = self.kinds[group], self.column[f"{self.kinds[group]}.{name}"]
            phase, build, drawn = (
                rows["phases"][f"{kind}.{name}"],
                self.drivers.builds.get(self.network.groups[group]),
                float(factors.phase_weeks[d, column]),
            )
            if a in self.bought:
                value = sum(amounts_idr[line][0] for other in self.bought[a] for line in self.lines_of[other])
                fitting = sorted(m for m in self.methods if m[0] == rows["kinds"][kind].procurement)
                method = next((m for m in fitting if value <= m[1]), fitting[-1])
                made.append(round(float(factors.procurement_weeks[d, method[2]])) if value else 0)
            elif phase.builds and build:
                power = (float(factors.productivity[d]) * effort(build, efforts, build.shares)) ** build.weeks_power
                made.append(round(max(build.weeks, phase.mode) * power * drawn / phase.mode))
            else:
                made.append(round(drawn))
        return made
