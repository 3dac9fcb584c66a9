"""Which initiative reaches which site, and how many sites of each technology that makes: what link_* quantities scale with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from egov_model.inputs.links import SITE_KINDS, TECHNOLOGIES, TOWN_FIBRE
from egov_model.inputs.reach import GIVES, NETWORK, POWER
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.connectivity import POWERS, Connectivity, connect

NOBODY = -1


@dataclass(frozen=True)
class Reach:
    """The link of every site at most likely values under the scenario's policy, and who gives the site what.

    `given` by link, network and power: for every site the index in `initiatives`, or NOBODY.
    """

    links: Connectivity
    initiatives: tuple[str, ...]
    given: Mapping[str, np.ndarray]


def reach_sites(inputs: PlanInputs) -> Reach:
    """Choose links once for the plan and share the sites out among the initiatives of reach.csv.

    Sites with the longest hours of electricity come first (their link works all day at once), then the nearest to the capital (the
    cheapest to install and mend), then those with most users; for power the shortest hours come first. Initiatives take in their
    `order` (rows of one initiative with the same order at once), each at most what is left of its `target`. Power goes where the grid
    does not feed the link, a network of its own where a site is on town fibre; a site no technology serves is nobody's.
    """
    links = connect(inputs, inputs.rows["technologies"], policy=inputs.settings.connectivity_policy)
    sites, choice = links.sites, links.choice[0]
    longest_first = np.lexsort((-links.users[0], sites.km_capital, -sites.electricity_hours))
    shortest_first = np.lexsort((-links.users[0], sites.km_capital, sites.electricity_hours))
    wanted = {POWER: links.power[0] > 0, NETWORK: choice == _column(links, TOWN_FIBRE)}
    served, kind = choice < len(links.technologies) - 1, np.array([SITE_KINDS.index(name) for name in sites.kind])
    turns: dict[tuple[int, str, str], list[int]] = {}  # kinds an initiative takes at once
    for row in sorted(inputs.rows["reach"].values(), key=lambda row: row.order):
        turns.setdefault((row.order, row.initiative, row.gives), []).append(SITE_KINDS.index(row.site_kind))
    initiatives = tuple(dict.fromkeys(key for _, key, _ in turns))
    left = {key: int(inputs.rows["initiatives"][key].target) for key in initiatives}
    given = {gives: np.full(len(sites.id), NOBODY) for gives in GIVES}
    for (_, key, gives), kinds in turns.items():
        free = served & np.isin(kind, kinds) & (given[gives] == NOBODY) & wanted.get(gives, True)
        ranked = shortest_first if gives == POWER else longest_first
        taken = ranked[free[ranked]][: left[key]]
        given[gives][taken] = initiatives.index(key)
        left[key] -= len(taken)
    return Reach(links, initiatives, given)


def site_counts(reach: Reach, zones: tuple[str, ...]) -> dict[tuple[str, str], np.ndarray]:
    """Counts by (driver, initiative) of the sites it reaches, each of shape (zones,)."""
    links = reach.links
    measured = {"link_sites": np.ones(len(links.sites.id))}
    for name in TECHNOLOGIES:
        there = links.choice[0] == _column(links, name)
        measured[f"link_{name.replace('-', '_')}"] = there
        measured[f"link_{name.replace('-', '_')}_mbps"] = there * links.need_mbps[0]
    measured["link_solar"] = links.power[0] == POWERS.index("solar")
    measured["link_solar_wp"], measured["link_solar_wh"] = links.panel_wp[0], links.battery_wh[0]
    measured["link_genset"] = links.power[0] == POWERS.index("genset")
    measured["link_genset_hours"] = links.genset_hours_year[0]
    values = np.array(list(measured.values()), dtype=float)  # (drivers, sites)
    at_zone = np.array([zones.index(zone) for zone in links.sites.zone]) == np.arange(len(zones))[:, None]  # (zones, sites)
    holders = np.arange(len(reach.initiatives))[:, None]
    mine = np.any([who == holders for who in reach.given.values()], axis=0)  # (initiatives, sites)
    places = (mine[:, None] & at_zone).reshape(-1, values.shape[1]).astype(float)
    counts = (values @ places.T).reshape(len(values), len(reach.initiatives), len(zones))
    return {(driver, key): counts[d, n] for d, driver in enumerate(measured) for n, key in enumerate(reach.initiatives)}


def _column(links: Connectivity, technology: str) -> int:
    """How `choice` counts a technology; NOBODY for one that is not on offer."""
    return links.technologies.index(technology) if technology in links.technologies else NOBODY
