"""What a cost line can buy: every row of prices.csv, and the rows of technologies.csv that are money."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from egov_model.inputs.errors import Problems, did_you_mean
from egov_model.inputs.links import LinkValue
from egov_model.inputs.programme import CostLine, Price
from egov_model.inputs.record import Record
from egov_model.inputs.values import shown

PRICED = ("prices", "technologies")
Rows = Mapping[str, Mapping[str, Record]]


def priced_items(rows: Rows) -> dict[str, Price | LinkValue]:
    """Every item a cost line may name, by its key, in the order that arrays of unit prices have.

    An item has name, price_year, place_basis, vat, unit, source, evidence, and its price `low, mode, high` [Rp of price_year].
    """
    return {**rows["prices"], **{key: row for key, row in rows["technologies"].items() if row.money}}


def renewal_years(rows: Rows, line: CostLine) -> int:
    """Years between two payments of a refresh line; 0 in its row: the life of the technology it buys, in whole years."""
    if line.every_years:
        return line.every_years
    technology, _, quantity = line.item.partition(".")
    life = "battery_life_years" if quantity.startswith("battery") else "life_years"
    return max(1, round(rows["technologies"][f"{technology}.{life}"].mode))


def check_items(rows: Rows, place: Callable[[str, str], tuple[str, int]], problems: Problems, lost: Mapping[str, Collection[str]]) -> None:
    """Note every cost line whose item nobody prices, or that is renewed at the end of a life nobody gives; every key in both tables."""
    for key in rows["prices"]:
        if key in rows["technologies"]:
            file, number = place("prices", key)
            problems.add(file, number, "item", found=f"{key!r}, also a row of technologies.csv", allowed="each key once")
    missing = {key for table in PRICED for key in lost.get(table, ())}
    if "" in missing:
        return
    known = {*priced_items(rows), *missing}
    allowed = "the item of a row in prices.csv, or technology.quantity of a row in technologies.csv that is money"
    for key, figure in rows["published"].items():
        for item in figure.items:
            if item not in known:
                file, number = place("published", key)
                problems.add(file, number, "items", found=shown(item), allowed=allowed, advice=did_you_mean(item, sorted(known)))
    for key, line in rows["cost_lines"].items():
        file, number = place("cost_lines", key)
        if line.item not in known:
            problems.add(file, number, "item", found=shown(line.item), allowed=allowed, advice=did_you_mean(line.item, sorted(known)))
        elif line.timing == "refresh" and not line.every_years and line.item in rows["prices"]:
            problems.add(file, number, "every_years", found="0", allowed="an interval in years (0 only for an item of technologies.csv)")
