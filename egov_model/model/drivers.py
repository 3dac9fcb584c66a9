"""Counts that quantities scale with: places, agencies, users, sites with their links, and applications, by zone and year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from egov_model.inputs.integration import HUB
from egov_model.inputs.inventory import District
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.appsize import application_sizes
from egov_model.model.delivery import Build, deliver
from egov_model.model.interfaces import interfaces_to_build
from egov_model.model.reach import Reach, reach_sites, site_counts
from egov_model.model.training import linked_days


@dataclass(frozen=True)
class Drivers:
    """Counts by driver; each array has shape (zones, years), in units of the driver. `builds`: software by initiative."""

    zones: tuple[str, ...]
    years: tuple[int, ...]
    regency: Mapping[str, np.ndarray]
    linked: Mapping[tuple[str, str], np.ndarray]  # (driver, initiative)
    builds: Mapping[str, Build]
    reach: Reach  # the sites behind the link_* counts

    def counts(self, driver: str, initiative: str) -> np.ndarray:
        """Count of `driver` for an initiative, shape (zones, years); what the initiative does not have counts zero."""
        if driver in self.regency:
            return self.regency[driver]
        return self.linked.get((driver, initiative), np.zeros((len(self.zones), len(self.years))))


def count_drivers(inputs: PlanInputs) -> Drivers:
    """Count every driver from the inventory.

    Population grows at its own yearly rate between 2020 and 2023, district by district; every other count holds still.
    """
    districts, agencies, rows = inputs.rows["districts"], inputs.rows["agencies"], inputs.rows["applications"]
    years = inputs.settings.years
    zones = tuple(sorted({d.zone for d in districts.values()}))
    capital = _capital_zone(inputs)

    def spread(pairs) -> np.ndarray:
        totals = dict.fromkeys(zones, 0.0)
        for zone, count in pairs:
            totals[zone] += count
        return np.array([[total] * len(years) for total in totals.values()]).reshape(len(zones), len(years))

    def at_capital(count: float) -> np.ndarray:
        made = np.zeros((len(zones), len(years)))
        made[zones.index(capital)] = count
        return made

    def zone_of(agency: str) -> str:
        return districts[agencies[agency].district].zone

    population = np.zeros((len(zones), len(years)))
    for d in districts.values():
        population[zones.index(d.zone)] += [population_in(d, year) / 1000 for year in years]
    regency = {
        "one": at_capital(1),
        "agencies": spread((zone_of(a), 1) for a in agencies),
        "offices": spread((zone_of(k), 1) for k, a in agencies.items() if a.kind != "kecamatan"),
        "district_offices": spread((zone_of(k), 1) for k, a in agencies.items() if a.kind == "kecamatan"),
        "villages": spread((districts[v.district].zone, 1) for v in inputs.rows["villages"].values()),
        "users": spread((zone_of(k), a.users) for k, a in agencies.items()),
        "puskesmas": spread((d.zone, d.puskesmas) for d in districts.values()),
        "schools": spread((d.zone, d.schools) for d in districts.values()),
        "population_thousands": population,
        "applications": spread((zone_of(a.agency), 1) for a in inputs.rows["applications"].values()),
        "hub": at_capital(inputs.settings.integration == HUB),
    }
    to_build = interfaces_to_build(inputs)
    linked: dict[tuple[str, str], np.ndarray] = {}
    builds = deliver(inputs)
    size = dict(zip(rows, application_sizes(inputs)[:, 1], strict=True))
    treated: dict[str, list] = {}
    for app in rows.values():
        treated.setdefault(app.initiative, []).append(app)
    for key, initiative in inputs.rows["initiatives"].items():
        apps, build = treated.get(key, []), builds.get(key)
        linked["target", key] = at_capital(initiative.target)
        if apps:
            linked["linked_applications", key] = spread((zone_of(a.agency), 1) for a in apps)
            linked["linked_function_points", key] = at_capital(sum(size[a.id] for a in apps))
            linked["linked_interfaces", key] = at_capital(sum(len(a.interfaces) for a in apps))
            linked["linked_agencies", key] = spread((zone_of(name), 1) for name in sorted({a.agency for a in apps}))
        if build:
            linked["linked_vendor_person_months", key] = at_capital(build.vendor_person_months)
            linked["linked_person_months", key] = at_capital(build.person_months)
        if key in to_build:
            linked["linked_connectors", key] = at_capital(to_build[key])
    reach = reach_sites(inputs)
    counts = site_counts(reach, zones)
    if counts:
        linked |= dict(zip(counts, np.repeat(np.array(list(counts.values()))[:, :, None], len(years), axis=2), strict=True))
    linked |= linked_days(inputs, Drivers(zones, years, regency, linked, builds, reach).counts)
    return Drivers(zones, years, regency, linked, builds, reach)


def _capital_zone(inputs: PlanInputs) -> str:
    """Zone of the district whose centre is the capital, or of the nearest district when none is named so."""
    districts = inputs.rows["districts"].values()
    return min(districts, key=lambda d: (d.centre != inputs.region.capital, d.sea_km)).zone


def population_in(district: District, year: int) -> float:
    """People of a district in a year, by its own yearly growth between 2020 and 2023."""
    growth = (
        (district.population_2023 / district.population_2020) ** (1 / 3) if district.population_2020 and district.population_2023 else 1.0
    )
    return district.population_2023 * growth ** (year - 2023)
