"""Record of which sites an initiative reaches, and what must hold between it, the cost lines and the policy for links."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator

from egov_model.inputs.errors import Problems, did_you_mean, listed
from egov_model.inputs.links import SITE_KINDS, missing_values, policy_rules
from egov_model.inputs.programme import SITE_DRIVERS
from egov_model.inputs.record import Record, Sourced
from egov_model.inputs.values import Count, Slug, shown, to_text

LINK, NETWORK, POWER = "link", "network", "power"
GIVES = (LINK, NETWORK, POWER)


class Reach(Sourced):
    """An initiative that reaches sites of a kind, up to its `target`; of those that give the same, a smaller `order` takes first.

    `gives`: link (connects the site), network (own cable to a site on town fibre), power (where the grid does not feed the link).
    """

    initiative: Slug
    site_kind: Annotated[Literal[SITE_KINDS], BeforeValidator(to_text)]
    gives: Annotated[Literal[GIVES], BeforeValidator(to_text)]
    order: Count


def check_reach(
    rows: Mapping[str, Mapping[str, Record]],
    place: Callable[[str, str], tuple[str, int]],
    problems: Problems,
    lost: Mapping[str, Collection[str]],
) -> None:
    """Note values of links that are missing, rules of the policy nobody knows, and cost lines that count sites no row gives them."""
    if not lost.get("technologies"):
        _links(rows, place, problems, lost)
    if lost.get("reach"):
        return
    reaching = {row.initiative for row in rows["reach"].values()}
    for key, line in rows["cost_lines"].items():
        if line.driver in SITE_DRIVERS and line.initiative in rows["initiatives"] and line.initiative not in reaching:
            file, number = place("cost_lines", key)
            allowed = f"a driver other than link_*, or a row of reach.csv for {line.initiative}"
            problems.add(file, number, "driver", found=shown(line.driver), allowed=allowed)


def _links(
    rows: Mapping[str, Mapping[str, Record]],
    place: Callable[[str, str], tuple[str, int]],
    problems: Problems,
    lost: Mapping[str, Collection[str]],
) -> None:
    links = rows["technologies"]
    if missing := missing_values(links.values()):
        problems.add(place("technologies", "")[0], found=f"no row for {listed(missing, 30)}", allowed="one row each")
    setting, known = rows["settings"].get("connectivity_policy"), policy_rules(links)
    for rule in str(setting.value).split() if setting is not None and not lost.get("settings") else ():
        if rule not in known:
            file, number = place("settings", "connectivity_policy")
            field = "value" if file.endswith(".csv") else "settings.connectivity_policy"
            problems.add(file, number, field, found=shown(rule), allowed=listed(known, 30), advice=did_you_mean(rule, known))
