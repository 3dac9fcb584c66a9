"""What an input is called and how its value is written, for people; formats, never computes."""

from __future__ import annotations

import math

from egov_model.inputs.scenario import PlanInputs
from egov_model.report.wording import Say, marked
from egov_model.report.words import PHASES, named

SIGNIFICANT = 4
MONEY, RATES, WEEKS = ("prices", "technologies", "ceilings"), ("escalation", "vat", "escalation_shift"), ("phases", "procurement")
GROUPS = {
    "prices": marked("Unit prices"),
    "links": marked("Prices of links"),
    "freight": marked("Freight to the islands"),
    "growth": marked("Growth of prices, VAT"),
    "quantities": marked("Quantities"),
    "effort": marked("Work on software"),
    "durations": marked("Duration of phases"),
    "procurement": marked("Duration of procurement"),
    "ceilings": marked("Ceilings"),
    "risks": marked("Risks of the register"),
    "outside": marked("Overruns of comparable projects"),
}


def input_name(say: Say, inputs: PlanInputs, table: str, key: str) -> str:
    """What an input is, in a few words."""
    rows = inputs.rows
    row = rows[table].get(key)
    match table:
        case "cost_lines":
            items = rows["prices"].get(row.item) or rows["technologies"].get(row.item)
            title = say.title(rows["initiatives"][row.initiative])
            return say("Quantity: {item} ({initiative})", item=getattr(items, "name", row.item), initiative=title)
        case "places":
            return say("Freight: {basis} to {zone}", basis=row.place_basis, zone=row.zone)
        case "escalation":
            return say("Growth of prices: {kind}", kind=say.title(row))
        case "vat":
            return say("VAT rate from {year}", year=row.valid_from)
        case "phases":
            return say("Weeks of {phase}: {kind}", phase=named(say, PHASES, row.phase).lower(), kind=say.title(rows["kinds"][row.kind]))
        case "procurement":
            return say("Weeks of procurement: {method}", method=say.title(row))
        case "ceilings":
            return say("Ceiling of {year}: {fund}", year=row.year, fund=say.title(rows["funds"][row.fund]))
        case "effort_values":
            return say("Work on all software")
        case "applications":
            return say("Work on {application}", application=row.name)
        case "start_levels":
            title = say.title(next(i for i in rows["indicators"].values() if (i.scheme, i.code) == (row.scheme, row.indicator)))
            return say("Level at the start: {indicator}", indicator=title)
        case "effects":
            return say("How long to be kept: {what}", what=row.asks_id if say.language == "id" else row.asks_en)
        case "settings":
            return say.title(row)
        case _:
            return row.name


def input_value(say: Say, table: str, key: str, value: float) -> str:
    """A value of an input, to the few digits that a switching value has."""
    if math.isnan(value):
        return "\N{EN DASH}"
    if table in MONEY:
        return say.rupiah(round(_rounded(value)))
    if table in RATES or key in RATES:
        return say.percent(value, 2)
    if table in WEEKS:
        return say.number(value, 0 if value == int(value) else 1)
    return say.figure(_rounded(value))


def _rounded(value: float) -> float:
    """To four digits that count."""
    return float(f"{value:.{SIGNIFICANT}g}")
