"""Where transactions come from: villages with their people, and offices with theirs; how far they are and whose connection they use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from egov_model.inputs.scenario import PlanInputs
from egov_model.inputs.services import CAPITAL, DISTRICT, OFFICE_DRIVERS, OWN
from egov_model.model.drivers import population_in
from egov_model.model.linkcost import distance_km
from egov_model.model.reach import NOBODY, Reach
from egov_model.model.sites import capital_district


@dataclass(frozen=True)
class Origins:
    """Villages, then districts without any, then offices; every array has shape (origins,) unless said.

    `weight` by driver of a service: units of it at each origin and year, (origins, years). `link` by access: index of the initiative (in
    `Reach.initiatives`) that connects the site in question, or NOBODY. `km` by place (district, capital): straight line there.
    """

    groups: tuple[str, ...]  # island groups
    group: np.ndarray  # index in `groups`
    district: np.ndarray  # index in the table of districts
    by_sea: np.ndarray  # bool: trips go by boat
    km: Mapping[str, np.ndarray]
    weight: Mapping[str, np.ndarray]
    link: Mapping[str, np.ndarray]
    homes: int  # how many of them are not offices


def find_origins(inputs: PlanInputs, reach: Reach, years: Sequence[int]) -> Origins:
    """The origins of a data pack over some years.

    People of a district are shared equally among its villages, as figures by village are not published; so are its schools and health
    centres. Outside the island of the capital every trip is by boat, also within a district: nearly all villages lie on the coast.
    """
    districts, villages, agencies = (inputs.rows[name] for name in ("districts", "villages", "agencies"))
    codes = list(districts)
    counts = dict.fromkeys(codes, 0)
    for village in villages.values():
        counts[village.district] += 1
    empty = [code for code in codes if not counts[code]]
    at = [(key, row, row.district) for key, row in villages.items()]
    at += [("", districts[code], code) for code in empty]
    homes = len(at)
    at += [(key, districts[row.district], row.district) for key, row in agencies.items()]
    where = [districts[code] for _, _, code in at]
    lat, lon = np.array([row.lat for _, row, _ in at]), np.array([row.lon for _, row, _ in at])
    capital = capital_district(inputs)
    groups = tuple(dict.fromkeys(d.island_group for d in districts.values()))
    shared = np.array([1 / max(1, counts[d.code]) for d in where[:homes]])

    def lived(units: Sequence[float]) -> np.ndarray:
        return _over_years(np.concatenate([np.asarray(units) * shared, np.zeros(len(at) - homes)]), years)

    people = np.array([[population_in(d, year) / 1000 for year in years] for d in where[:homes]]) * shared[:, None]
    weight = {
        "population_thousands": np.concatenate([people, np.zeros((len(at) - homes, len(years)))]),
        "villages": _over_years(np.array([1.0] * len(villages) + [0.0] * (len(at) - len(villages))), years),
        "schools": lived([d.schools for d in where[:homes]]),
        "puskesmas": lived([d.puskesmas for d in where[:homes]]),
    }
    kinds = {
        "users": [float(a.users) for a in agencies.values()],
        "agencies": [1.0] * len(agencies),
        "offices": [float(a.kind != "kecamatan") for a in agencies.values()],
        "district_offices": [float(a.kind == "kecamatan") for a in agencies.values()],
    }
    weight |= {name: _over_years(np.array([0.0] * homes + kinds[name]), years) for name in OFFICE_DRIVERS}
    return Origins(
        groups=groups,
        group=np.array([groups.index(d.island_group) for d in where]),
        district=np.array([codes.index(d.code) for d in where]),
        by_sea=np.array([d.island_group != capital.island_group for d in where]),
        km={
            DISTRICT: distance_km(lat, lon, np.array([d.lat for d in where]), np.array([d.lon for d in where])),
            CAPITAL: distance_km(lat, lon, capital.lat, capital.lon),
        },
        weight=weight,
        link=_links(reach, [key for key, _, _ in at], [code for _, _, code in at], homes),
        homes=homes,
    )


def _over_years(units: np.ndarray, years: Sequence[int]) -> np.ndarray:
    return np.repeat(units[:, None], len(years), axis=1)


def _links(reach: Reach, ids: Sequence[str], districts: Sequence[str], homes: int) -> dict[str, np.ndarray]:
    """Who connects the site that each origin uses, by access; an office uses its own whatever the access."""
    sites, given = reach.links.sites, reach.given["link"].tolist()
    by_id = dict(zip(sites.id, given, strict=True))
    own = np.array([by_id.get(key, NOBODY) for key in ids], dtype=np.int64)
    made = {OWN: own}
    for kind in ("district-office", "puskesmas"):
        first: dict[str, int] = {}  # the one reached by most is not known, so the first of a district stands for all
        for site_kind, code, who in zip(sites.kind, sites.district, given, strict=True):
            if site_kind == kind:
                first.setdefault(code, who)
        there = np.array([first.get(code, NOBODY) for code in districts], dtype=np.int64)
        made[kind] = np.where(np.arange(len(ids)) < homes, there, own)
    return made
