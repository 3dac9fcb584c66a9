"""Levers follow from the records: their range, steps and choices; what a scenario adds is left out."""

from __future__ import annotations

import pytest
from tiny_pack import TINY, with_changes

from egov_model.inputs.parameters import of_row
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan
from egov_model.whatif.levers import CHOICE, DEAREST, FLAG, MONEY, NUMBER, PEOPLE, PRICES, THEMES, WHOLE, lever, levers


@pytest.fixture(scope="module")
def plan():
    return build_plan(load_scenario("baseline", TINY))


def found(plan, key: str):
    return next(one for theme in THEMES for one in levers(plan, theme) if one.key == key)


def test_every_key_is_a_lever_once(plan):
    keys = [one.key for theme in THEMES for one in levers(plan, theme)]
    assert len(keys) == len(set(keys))


def test_a_number_moves_between_the_ends_of_its_record(plan):
    made = found(plan, "settings.ceiling_factor")
    assert (made.kind, made.low, made.high) == (NUMBER, 0.5, 1.5)
    assert made.step == 0.05  # 1.0 / 40 = 0.025, of 0.01, 0.02, 0.05 the first that is no less


def test_a_count_moves_by_whole_steps(plan):
    made = found(plan, "settings.dpa_delay_weeks")
    assert (made.kind, made.low, made.high, made.step) == (WHOLE, 0, 10, 1)


def test_choices_are_those_of_the_record(plan):
    assert found(plan, "settings.delivery").choices == ("in_house", "vendor", "mixed")
    assert found(plan, "settings.revised_budget_held").kind == FLAG
    policy = found(plan, "settings.connectivity_policy")
    assert (policy.kind, policy.choices[0]) == (CHOICE, "")


def test_a_value_in_use_is_among_the_choices(tmp_path):
    inputs = with_changes(tmp_path, 'set:\n  settings.connectivity_policy: "office=leo"\n')
    assert "office=leo" in lever(of_row(inputs.rows, "settings", "connectivity_policy", "value")).choices


def test_ceilings_and_people_are_those_of_the_plan(plan):
    assert {one.key for one in levers(plan, MONEY)} >= {f"ceilings.{key}.mode" for key in plan.inputs.rows["ceilings"]}
    assert {one.key for one in levers(plan, PEOPLE)} >= {f"roles.{key}.on_board" for key in plan.inputs.rows["roles"]}


def test_prices_are_the_dearest_ones_first(plan):
    made = levers(plan, PRICES)
    assert 0 < len(made) <= DEAREST
    budget = plan.budget.groupby("item")["amount_idr"].sum()
    costs = [budget[one.parameter.row] for one in made]
    assert costs == sorted(costs, reverse=True)


def test_what_the_scenario_itself_adds_is_left_out(tmp_path):
    role = next(iter(load_scenario("baseline", TINY).rows["roles"]))
    free = next(y for y in (2027, 2028) if f"{role}.{y}" not in load_scenario("baseline", TINY).rows["formations"])
    body = f'add:\n  formations:\n    - {{role: "{role}", year: {free}, arrives_month: 1, hires: 1, unit: "orang", source: "uji"}}\n'
    plan = build_plan(with_changes(tmp_path, body))
    assert f"{role}.{free}" in plan.inputs.rows["formations"]
    assert f"formations.{role}.{free}.hires" not in [one.key for one in levers(plan, PEOPLE)]
