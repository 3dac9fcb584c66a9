"""Rules a planner sets over the choice of links: what they exclude, and what they prefer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from egov_model.inputs.errors import InputError, did_you_mean, listed
from egov_model.inputs.links import FIBRE_IN_TOWN, SATELLITE_FIRST, SATELLITES, TOWN_FIBRE, LinkValue, policy_rules
from egov_model.model.sites import Sites

OPEN, DISTANCE, BANDWIDTH, POLICY = range(4)  # whether a technology can serve a site, or the first reason why not


def check_policy(policy: Sequence[str], links: Mapping[str, LinkValue]) -> None:
    """Raises `InputError` for a rule that is none of: `fibre-in-labuha-only` (no fibre outside the capital's district), `satellite-first`
    (a satellite wherever one serves), `kind=technology` (for a kind of site, wherever it serves, such as `puskesmas=vsat`)."""
    known = policy_rules(links)
    for rule in policy:
        if rule not in known:
            advice = did_you_mean(rule, known)
            raise InputError(f"policy {rule!r}: allowed are {listed(known, 30)}{'; ' + advice if advice else ''}")


def apply_policy(policy: Sequence[str], offered: tuple[str, ...], sites: Sites, blocked: np.ndarray) -> None:
    """Block, in place, what the rules exclude; preferences in their order, each among what the earlier ones left."""
    kind, names = np.array(sites.kind), np.array(offered)
    if FIBRE_IN_TOWN in policy:
        outside = (~np.array(sites.in_capital))[:, None] & (names == TOWN_FIBRE)
        blocked[(blocked == OPEN) & outside] = POLICY
    for rule in policy:
        if rule == FIBRE_IN_TOWN:
            continue
        who, _, technology = rule.partition("=")
        concerned = np.ones(len(kind), dtype=bool) if rule == SATELLITE_FIRST else kind == who
        wanted = np.isin(names, SATELLITES if rule == SATELLITE_FIRST else (technology,))
        able = blocked == OPEN
        meets = (able & wanted).any(axis=-1) & concerned
        blocked[able & meets[..., None] & ~wanted] = POLICY
