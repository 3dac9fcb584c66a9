"""Rows of technologies.csv for tests: the project's own, and a made-up table of round numbers."""

from __future__ import annotations

from egov_model.inputs.catalogue import Table, make_record
from egov_model.inputs.errors import Problems
from egov_model.inputs.links import LinkValue
from egov_model.inputs.pack import PROJECT_DATA
from egov_model.inputs.tables import read_csv

TABLE = Table("technologies", "technologies.csv", LinkValue, ("technology", "quantity"))

# Without interest, tax, growth or transport, lives of 10 years: annual cost = capex / 10 + opex, to be done by hand
ROUND = {
    "town-fibre.ring_km": 2, "town-fibre.reach_km": 1, "town-fibre.bandwidth_mbps": 100, "town-fibre.life_years": 10,
    "town-fibre.watts": 50, "town-fibre.capex_idr": 40_000_000, "town-fibre.opex_idr_year": 6_000_000,  # 10 million a year
    "terrestrial.reach_km": 30, "terrestrial.bandwidth_mbps": 50, "terrestrial.life_years": 10,
    "terrestrial.watts": 50, "terrestrial.capex_idr": 50_000_000, "terrestrial.opex_idr_mbps_year": 2_000_000,  # 5 + 2 a Mbps
    "leo.bandwidth_mbps": 20, "leo.life_years": 10, "leo.watts": 100,
    "leo.capex_idr": 20_000_000, "leo.opex_idr_year": 10_000_000,  # 12 million a year
    "vsat.bandwidth_mbps": 4, "vsat.life_years": 10, "vsat.watts": 100,
    "vsat.capex_idr": 30_000_000, "vsat.opex_idr_mbps_year": 10_000_000,  # 3 + 10 a Mbps
    "solar.life_years": 10, "solar.battery_life_years": 5, "solar.sun_hours_day": 4, "solar.efficiency_share": 0.5,
    "solar.discharge_share": 0.5, "solar.autonomy_days": 1,
    "solar.kit_idr": 1_000_000, "solar.panel_idr_wp": 1000, "solar.battery_idr_wh": 1000, "solar.opex_idr_year": 100_000,
    "genset.life_years": 10, "genset.capex_idr": 5_000_000, "genset.opex_idr_year": 500_000, "genset.fuel_idr_hour": 1000,
    "need.users_puskesmas": 10, "need.users_village": 5, "need.mbps_per_active_user": 1, "need.active_share": 0.2,
    "need.least_mbps": 1, "need.hours_needed_day": 24, "need.discount_rate": 0,
}  # fmt: skip


def links_of_project() -> dict[str, LinkValue]:
    """The rows of data/technologies.csv by key; raises `InputError` when one does not pass."""
    problems = Problems()
    made = {}
    for row in read_csv(PROJECT_DATA / TABLE.path, TABLE.path, TABLE.columns(), problems):
        record = make_record(LinkValue, row.cells, row.file, row.number, problems)
        if record is not None:
            made[TABLE.key_of(record.__dict__)] = record
    problems.stop()
    return made


def value(key: str, amount: float, **changes: object) -> LinkValue:
    """One row whose three points are the same number; money is of 2027, the base year of the tiny pack, without tax."""
    technology, quantity = key.split(".")
    money = {"price_year": 2027, "place_basis": "setempat", "vat": "exempt", "price_class": "umum"} if "idr" in quantity.split("_") else {}
    cells = {"name": key, "price_year": 0, "place_basis": "", "vat": "", "price_class": "", **money, **changes}
    return LinkValue(technology=technology, quantity=quantity, low=amount, mode=amount, high=amount, **cells)


def round_links(**changes: float | None) -> dict[str, LinkValue]:
    """The table of round numbers with differences (`leo__watts=5`); None takes a row out."""
    given = {key.replace("__", ".").replace("town_fibre", "town-fibre"): amount for key, amount in changes.items()}
    return {key: value(key, amount) for key, amount in {**ROUND, **given}.items() if amount is not None}
