"""Every place that wants a link: agencies and puskesmas at the centre of their district, village offices where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from egov_model.inputs.errors import InputError, did_you_mean
from egov_model.inputs.inventory import District
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.linkcost import distance_km


@dataclass(frozen=True)
class Sites:
    """Sites in a fixed order: agencies, puskesmas by district, villages. `users` counts the agencies' own and is 0 for the others."""

    id: tuple[str, ...]
    kind: tuple[str, ...]  # as in SITE_KINDS
    name: tuple[str, ...]
    district: tuple[str, ...]
    district_name: tuple[str, ...]
    centre: tuple[str, ...]
    island_group: tuple[str, ...]
    zone: tuple[str, ...]
    in_capital: tuple[bool, ...]  # in the capital's district
    lat: np.ndarray
    lon: np.ndarray
    km_capital: np.ndarray  # straight line to the capital
    electricity_hours: np.ndarray  # hours a day
    users: np.ndarray


def make_sites(inputs: PlanInputs) -> Sites:
    """The sites of a data pack."""
    districts = inputs.rows["districts"]
    found = []  # id, kind, name, district, lat, lon, users
    for key, agency in inputs.rows["agencies"].items():
        at = districts[agency.district]
        kind = "district-office" if agency.kind == "kecamatan" else "office"
        found.append((key, kind, agency.short_name, at, at.lat, at.lon, agency.users))
    for code, at in districts.items():
        for n in range(1, at.puskesmas + 1):
            name = f"Puskesmas {at.name}" + (f" {n}" if at.puskesmas > 1 else "")
            found.append((f"pkm-{code.replace('.', '')}-{n}", "puskesmas", name, at, at.lat, at.lon, 0))
    for code, village in inputs.rows["villages"].items():
        found.append((code, "village", village.name, districts[village.district], village.lat, village.lon, 0))
    ids, kinds, names, where, lat, lon, users = zip(*found, strict=True)
    lat, lon, capital = np.array(lat), np.array(lon), capital_district(inputs)
    return Sites(
        id=ids,
        kind=kinds,
        name=names,
        district=tuple(d.code for d in where),
        district_name=tuple(d.name for d in where),
        centre=tuple(d.centre for d in where),
        island_group=tuple(d.island_group for d in where),
        zone=tuple(d.zone for d in where),
        in_capital=tuple(d.code == capital.code for d in where),
        lat=lat,
        lon=lon,
        km_capital=distance_km(lat, lon, capital.lat, capital.lon),
        electricity_hours=np.array([d.electricity_hours for d in where]),
        users=np.array(users, dtype=float),
    )


def capital_district(inputs: PlanInputs) -> District:
    """The district whose centre is the capital, or the nearest one when none is named so."""
    return min(inputs.rows["districts"].values(), key=lambda d: (d.centre != inputs.region.capital, d.sea_km))


def distance_to(inputs: PlanInputs, sites: Sites, presence: Sequence[str]) -> np.ndarray:
    """Kilometres to the nearest point of presence, shape (sites,): the capital and the centres of the named districts.

    Raises `InputError` for a code that is no district.
    """
    districts = inputs.rows["districts"]
    for code in presence:
        if code not in districts:
            advice = did_you_mean(code, districts)
            raise InputError(f"point of presence {code!r}: no district has this code{'; ' + advice if advice else ''}")
    points = [capital_district(inputs), *(districts[code] for code in presence)]
    return np.min([distance_km(sites.lat, sites.lon, p.lat, p.lon) for p in points], axis=0)
