"""The made-up regency in two hundred draws, made once for all tests of a file."""

from __future__ import annotations

from functools import cache

from tiny_pack import TINY

from egov_model.analysis.drawn import Outlook
from egov_model.analysis.risk import simulate
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import Plan, build_plan


@cache
def drawn() -> tuple[Plan, Outlook]:
    """A plan and its outlook."""
    plan = build_plan(load_scenario("baseline", TINY))
    return plan, simulate(plan, 200, 7)
