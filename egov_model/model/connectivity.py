"""How each office, puskesmas and village office gets its link: the technology of least annual cost among those that can serve it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from egov_model.inputs.errors import InputError, listed
from egov_model.inputs.links import NONE, TECHNOLOGIES, TERRESTRIAL, TOWN_FIBRE, LinkValue, missing_values
from egov_model.inputs.scenario import PlanInputs
from egov_model.model import pricing
from egov_model.model.factors import most_likely
from egov_model.model.linkcost import DAYS, annual_idr, battery_wh, need_mbps, panel_wp, shortfall_hours
from egov_model.model.linkpolicy import BANDWIDTH, DISTANCE, OPEN, POLICY, apply_policy, check_policy
from egov_model.model.sites import Sites, distance_to, make_sites

POWERS = ("grid", "solar", "genset")
REASONS = {OPEN: "cost", DISTANCE: "distance", BANDWIDTH: "bandwidth", POLICY: "policy"}  # not taken; `cost`: it could serve, but is dearer


@dataclass(frozen=True)
class Connectivity:
    """What every draw chooses for every site; arrays are (draws, sites) unless said otherwise.

    `choice` counts in `technologies`, whose last is "none" (nothing serves the site); `power` counts in POWERS. Rupiah of the base
    price year with VAT and transport. `options_idr` and `blocked` (draws, sites, technologies but "none"): what each would cost
    a year, and OPEN or the first reason it cannot serve. `power_capex_idr` and `power_opex_idr_year` are parts of capex and opex.
    """

    sites: Sites
    technologies: tuple[str, ...]
    users: np.ndarray
    need_mbps: np.ndarray
    choice: np.ndarray
    power: np.ndarray
    capex_idr: np.ndarray
    opex_idr_year: np.ndarray
    annual_idr: np.ndarray
    power_capex_idr: np.ndarray
    power_opex_idr_year: np.ndarray
    panel_wp: np.ndarray  # 0 where no solar, as is battery_wh
    battery_wh: np.ndarray
    genset_hours_year: np.ndarray
    options_idr: np.ndarray
    blocked: np.ndarray


@dataclass(frozen=True)
class _Values:
    """The drawn quantities: a number by draw, and rupiah by draw and site."""

    links: Mapping[str, LinkValue]
    column: Mapping[str, int]  # of each link in the arrays
    drawn: np.ndarray  # (draws, links)
    place: Mapping[str, np.ndarray]  # factor by place basis, (draws, sites)
    carried: np.ndarray  # rupiah of the base year per rupiah of the row, with VAT, (draws, links)

    def number(self, technology: str, quantity: str, absent: float = 0.0) -> np.ndarray:
        """A quantity, shape (draws, 1)."""
        at = self.column.get(f"{technology}.{quantity}")
        return np.full((len(self.drawn), 1), absent) if at is None else self.drawn[:, at : at + 1]

    def rupiah(self, technology: str, quantity: str) -> np.ndarray:
        """A price of the base year at the site, with VAT and transport, shape (draws, sites)."""
        key = f"{technology}.{quantity}"
        at = self.column.get(key)
        if at is None:
            return np.zeros_like(next(iter(self.place.values())))
        return self.drawn[:, at : at + 1] * self.carried[:, at : at + 1] * self.place[self.links[key].place_basis]


def connect(
    inputs: PlanInputs,
    links: Mapping[str, LinkValue],
    *,
    values: np.ndarray | None = None,
    place: np.ndarray | None = None,
    escalation_rate: np.ndarray | None = None,
    vat_rate: np.ndarray | None = None,
    policy: Sequence[str] = (),
    presence: Sequence[str] = (),
) -> Connectivity:
    """The cheapest link of every site in every draw.

    `links` are the rows of technologies.csv by key. `values` (draws, links), `place` (draws, places), `escalation_rate` (draws, price
    classes) and `vat_rate` (draws, vat rows) are draws in the order of their tables; None: most likely. `presence`: codes of districts
    whose centre has a point of presence for terrestrial links besides the capital. `policy`: rules in order of weight, see
    `check_policy`; a preference no technology of a site can meet is passed over there. Ties go to the technology that stands first in
    the table. Raises `InputError`.
    """
    check_links(inputs, links)
    check_policy(policy, links)
    sites = make_sites(inputs)
    found = _values(inputs, links, sites, values, place, escalation_rate, vat_rate)
    users = _users(found, sites)
    need = need_mbps(users, *(found.number("need", q) for q in ("active_share", "mbps_per_active_user", "least_mbps")))
    hours = shortfall_hours(found.number("need", "hours_needed_day"), sites.electricity_hours)
    offered = tuple(dict.fromkeys(row.technology for row in links.values() if row.technology in TECHNOLOGIES))
    beyond = {TOWN_FIBRE: np.maximum(sites.km_capital - found.number(TOWN_FIBRE, "ring_km"), 0.0)}
    if TERRESTRIAL in offered:
        beyond[TERRESTRIAL] = distance_to(inputs, sites, presence)
    shape = (len(found.drawn), len(sites.id), len(offered))
    capex, opex, yearly, blocked = np.zeros(shape), np.zeros(shape), np.zeros(shape), np.zeros(shape, dtype=np.int8)
    rate = found.number("need", "discount_rate")
    watts = np.stack([found.number(name, "watts") for name in offered], axis=-1)
    power, *added = _power(found, watts, hours, rate)
    for n, name in enumerate(offered):
        far = np.broadcast_to(beyond.get(name, 0.0), shape[:2]) > found.number(name, "reach_km", np.inf)
        slow = need > found.number(name, "bandwidth_mbps")
        blocked[..., n] = np.where(far, DISTANCE, np.where(slow, BANDWIDTH, OPEN))
        once = found.rupiah(name, "capex_idr")
        year = found.rupiah(name, "opex_idr_year") + found.rupiah(name, "opex_idr_mbps_year") * need
        capex[..., n], opex[..., n] = once + added[0][..., n], year + added[1][..., n]
        yearly[..., n] = annual_idr(once, year, rate, found.number(name, "life_years")) + added[2][..., n]
    supply = (*added[:2], *added[3:])
    apply_policy(policy, offered, sites, blocked)
    able = blocked == OPEN
    best = np.where(able, yearly, np.inf).argmin(axis=-1)
    served = able.any(axis=-1)

    def taken(of: np.ndarray) -> np.ndarray:
        """What the chosen technology has; 0 where there is none."""
        return np.where(served, np.take_along_axis(of, best[..., None], axis=-1)[..., 0], 0)

    def chosen(of: np.ndarray) -> np.ndarray:
        """The same in whole rupiah."""
        return np.rint(taken(of)).astype(np.int64)

    return Connectivity(
        sites, (*offered, NONE), users, need, np.where(served, best, len(offered)), chosen(power), chosen(capex), chosen(opex),
        chosen(yearly), chosen(supply[0]), chosen(supply[1]), *(taken(part) for part in supply[2:]), yearly, blocked,
    )  # fmt: skip


def check_links(inputs: PlanInputs, links: Mapping[str, LinkValue]) -> None:
    """Raises `InputError` for no technology, for a quantity the model needs without a row, and for a place basis without factors."""
    if missing := missing_values(links.values()):
        raise InputError(f"technologies.csv: no row for {listed(missing, 30)}")
    if not any(row.technology in TECHNOLOGIES for row in links.values()):
        raise InputError(f"technologies.csv: no technology; allowed: {listed(TECHNOLOGIES)}")
    bases = {row.place_basis for row in inputs.rows["places"].values()}
    for key, row in links.items():
        if row.money and row.place_basis not in bases:
            raise InputError(f"technologies.csv: place_basis of {key} is {row.place_basis!r}; allowed: {listed(sorted(bases))}")


def _values(
    inputs: PlanInputs,
    links: Mapping[str, LinkValue],
    sites: Sites,
    values: np.ndarray | None,
    place: np.ndarray | None,
    escalation_rate: np.ndarray | None,
    vat_rate: np.ndarray | None,
) -> _Values:
    places = inputs.rows["places"]
    likely = most_likely(inputs)
    drawn = np.array([[row.mode for row in links.values()]], dtype=float) if values is None else np.asarray(values, dtype=float)
    factor = likely.place if place is None else np.asarray(place, dtype=float)
    growth = likely.escalation_rate if escalation_rate is None else np.asarray(escalation_rate, dtype=float)
    tax = likely.vat_rate if vat_rate is None else np.asarray(vat_rate, dtype=float)
    draws = max(map(len, (drawn, factor, growth, tax)))
    column = {key: n for n, key in enumerate(places)}
    by_basis = {
        basis: np.broadcast_to(factor[:, [column[f"{basis}.{zone}"] for zone in sites.zone]], (draws, len(sites.id)))
        for basis in dict.fromkeys(row.place_basis for row in places.values())
    }
    drawn = np.broadcast_to(drawn, (draws, len(links)))
    histories, at = pricing.distinct(row for row in links.values() if row.money)
    base = np.ones((draws, len(links)))  # quantities that are not money stay as they are
    base[:, [row.money for row in links.values()]] = pricing.carried(inputs, histories, [inputs.settings.base_price_year], growth, tax)[
        :, at, 0
    ]
    return _Values(links, {key: n for n, key in enumerate(links)}, drawn, MappingProxyType(by_basis), base)


def _users(found: _Values, sites: Sites) -> np.ndarray:
    """Users by draw and site: those of the agencies as counted, of the others as the need table says."""
    kind = np.array(sites.kind)
    users = np.where(kind == "puskesmas", found.number("need", "users_puskesmas"), sites.users)
    return np.where(kind == "village", found.number("need", "users_village"), users)


def _power(found: _Values, watts: np.ndarray, hours: np.ndarray, rate: np.ndarray) -> tuple[np.ndarray, ...]:
    """What runs links of `watts` (draws, 1, technologies) through `hours` a day (draws, sites) without the grid: the cheaper of solar and
    genset a year (solar when equal).

    Gives, each of shape (draws, sites, technologies), power as it counts in POWERS, its capex [Rp],
    running cost [Rp per year] and annual cost [Rp per year], and the panel [Wp], battery [Wh] and hours of the genset a year.
    """
    hours, rate = hours[..., None], rate[..., None]

    def number(name: str, quantity: str) -> np.ndarray:
        return found.number(name, quantity)[..., None]

    def rupiah(name: str, quantity: str) -> np.ndarray:
        return found.rupiah(name, quantity)[..., None]

    peak = panel_wp(watts, hours, number("solar", "sun_hours_day"), number("solar", "efficiency_share"))
    store = battery_wh(watts, hours, number("solar", "autonomy_days"), number("solar", "discharge_share"))
    panel = rupiah("solar", "kit_idr") + rupiah("solar", "panel_idr_wp") * peak
    battery = rupiah("solar", "battery_idr_wh") * store
    upkeep = rupiah("solar", "opex_idr_year")
    sun = annual_idr(panel, upkeep, rate, number("solar", "life_years"))
    sun = sun + annual_idr(battery, 0.0, rate, number("solar", "battery_life_years"))
    engine = rupiah("genset", "capex_idr")
    running = rupiah("genset", "opex_idr_year") + rupiah("genset", "fuel_idr_hour") * hours * DAYS
    motor = annual_idr(engine, running, rate, number("genset", "life_years"))
    kind = np.where((hours > 0) & (watts > 0), np.where(sun <= motor, 1, 2), 0)
    by_sun, by_motor = kind == 1, kind == 2
    money = (panel + battery, engine), (upkeep, running), (sun, motor)
    size = (peak, 0.0), (store, 0.0), (0.0, hours * DAYS)
    return kind, *(by_sun * one + by_motor * other for one, other in (*money, *size))


def site_frame(made: Connectivity, draw: int = 0) -> pd.DataFrame:
    """One row per site for one draw.

    Columns: id, kind, name, district (code), district_name, centre, island_group, lat, lon, km_capital, users, need_mbps, technology,
    power (grid, solar, genset; empty without a link), capex_idr, opex_idr_year, annual_idr, why (`technology:reason` for each one
    not taken, the reason as in REASONS).
    """
    sites, offered = made.sites, made.technologies[:-1]
    choice = made.choice[draw]
    why = [
        " ".join(f"{name}:{REASONS[blocked[n]]}" for n, name in enumerate(offered) if n != taken)
        for taken, blocked in zip(choice, made.blocked[draw], strict=True)
    ]
    return pd.DataFrame(
        {
            "id": sites.id, "kind": sites.kind, "name": sites.name, "district": sites.district, "district_name": sites.district_name,
            "centre": sites.centre, "island_group": sites.island_group, "lat": sites.lat, "lon": sites.lon, "km_capital": sites.km_capital,
            "users": np.rint(made.users[draw]).astype(np.int64), "need_mbps": made.need_mbps[draw],
            "technology": [made.technologies[c] for c in choice],
            "power": [POWERS[p] if c < len(offered) else "" for p, c in zip(made.power[draw], choice, strict=True)],
            "capex_idr": made.capex_idr[draw], "opex_idr_year": made.opex_idr_year[draw], "annual_idr": made.annual_idr[draw], "why": why,
        }
    )  # fmt: skip
