"""The focus group of tests/tiny/fgd on a plan whose three open initiatives compete for money that is enough for one."""

from __future__ import annotations

from pathlib import Path

from portfolio_samples import COMPETING as SCARCE
from tiny_pack import TINY, with_changes

from egov_model.analysis.focus_group import Outcome, hear
from egov_model.inputs.focus_group import Group, load_group
from egov_model.model.plan import Plan, build_plan

COMPETING = (
    SCARCE
    + """add:
  initiatives:
    - {id: lain, title_id: Aplikasi lain, title_en: Other application, section: aplikasi, owner: kominfo, kind: beli,
       sub_activity: internet, fund: dau, after: [], earliest: 2027-01-01, mandatory: n, budget_status: new, contract: single,
       priority: 15, milestone: n, target: 1, unit: aplikasi, source: uji, evidence: assumption}
  cost_lines:
    - {id: lain-barang, initiative: lain, item: barang-ppn, driver: one, timing: once, every_years: 0, phase: build, account: jaringan,
       low: 1, mode: 1, high: 1, unit: unit, source: "uji: menurut arti", evidence: assumption}
"""
)


def competing(folder: Path) -> tuple[Plan, Group]:
    """The plan, and the group of the tiny pack."""
    inputs = with_changes(folder, COMPETING)
    return build_plan(inputs), load_group(TINY / "fgd", inputs)


def competing_outcome(folder: Path) -> Outcome:
    """What that group makes of that plan."""
    return hear(*competing(folder))
