"""How much money rests on what is known, by hand in the tiny plan and against the bar in the project's own."""

from __future__ import annotations

import pytest
from plan_samples import EDGES, PROJECT, plan_of, project
from tiny_pack import with_changes

from egov_model.analysis.evidence import KINDS, MOST_ASSUMED_SHARE, assumed_share, bar_problems, money
from egov_model.model.plan import build_plan

# 35 million for equipment, 52 + 52 + 0 or more for internet, 111 million for an application: test_summary, by hand
SOURCED = """
set:
  prices.alat.evidence: high
  prices.langganan.evidence: low
  cost_lines.alat-desa-alat.evidence: medium
  cost_lines.internet-langganan.evidence: high
"""


def test_the_baseline_meets_the_bar():
    assert MOST_ASSUMED_SHARE == 0.4
    assert 0 < assumed_share(project()) <= MOST_ASSUMED_SHARE


@pytest.mark.parametrize("name", [*EDGES, *PROJECT])
def test_every_column_is_all_of_the_money(name):
    plan = plan_of(name)
    frame = money(plan)
    assert list(frame.index) == list(KINDS)
    assert set(frame.sum()) == {plan.budget["amount_idr"].sum()}


@pytest.mark.parametrize("name", [*EDGES, *PROJECT])
def test_the_weaker_of_both_is_never_better_than_either(name):
    running = money(plan_of(name)).cumsum()  # money known at least this well
    assert (running["both_idr"] <= running["price_idr"]).all()
    assert (running["both_idr"] <= running["quantity_idr"]).all()


def test_by_hand(tmp_path):
    plan = build_plan(with_changes(tmp_path, SOURCED))
    frame = money(plan)
    internet = int(plan.budget.loc[plan.budget["item"] == "langganan", "amount_idr"].sum())
    office = int(plan.budget.loc[plan.budget["line"] == "internet-langganan", "amount_idr"].sum())
    assert office == 104_000_000
    assert frame["price_idr"].to_dict() == {"high": 35_000_000, "medium": 0, "low": internet, "assumption": 111_000_000}
    rest = internet - office + 111_000_000
    assert frame["quantity_idr"].to_dict() == {"high": office, "medium": 35_000_000, "low": 0, "assumption": rest}
    assert frame["both_idr"].to_dict() == {"high": 0, "medium": 35_000_000, "low": office, "assumption": rest}
    assert assumed_share(plan) == pytest.approx(111_000_000 / plan.budget["amount_idr"].sum())


def test_no_evidence_counts_as_an_assumption(tmp_path):
    frame = money(build_plan(with_changes(tmp_path, 'set: {prices.alat.evidence: ""}')))
    assert frame.loc["assumption", "price_idr"] == 35_000_000 + 111_000_000


def test_strict_refuses_too_much_on_assumed_prices(tmp_path):
    plan = build_plan(with_changes(tmp_path, "set: {prices.langganan.evidence: assumption}"))
    (problem,) = bar_problems(plan, "tiny")
    assert problem.file == "tiny/prices.csv"
    assert str(problem) == (
        "field evidence: found 89.7% of the money of case on assumptions; allowed: at most 40% (--strict); "
        "the Assumptions report names the prices that weigh most"
    )
    assert bar_problems(plan_of("as it is"), "tiny") == []


def test_nothing_spent_is_no_share():
    assert assumed_share(plan_of("nothing in scope")) == 0
