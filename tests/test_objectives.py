"""What is sought, said in weeks and groups, is what the model's own functions count: for any go-live weeks."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from tiny_pack import TINY

from egov_model.analysis.measures import measure
from egov_model.analysis.net_benefit import UNIT_IDR, group_costs_idr, service_joints
from egov_model.analysis.objectives import BENEFIT, INDEX, SERVICES, VILLAGES, WEIGHT_STEPS, objective
from egov_model.analysis.portfolio import paid_idr, required_problem
from egov_model.analysis.reached import subscriptions
from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import load_scenario
from egov_model.model.choose_order import flatten
from egov_model.model.compiled_choice import flat_worth
from egov_model.model.plan import Plan, build_plan
from egov_model.model.problem import earliest_starts
from egov_model.model.worth import Worth, most


@cache
def plan_of(data: str) -> Plan:
    return build_plan(load_scenario("baseline", data, {"settings.scheduling": "priority"}))


def random_live(plan: Plan, seed: int) -> np.ndarray:
    """Go-live weeks of every kind: most groups live early enough for something, some never."""
    rng = np.random.default_rng(seed)
    late = min(rng.choice([60, 130, 260]), plan.timeline.weeks)
    return np.where(rng.random(len(plan.network.groups)) < 0.1, -1, rng.integers(0, late + 1, len(plan.network.groups)))


def worth_of_live(plan: Plan, worth: Worth, live: np.ndarray) -> int:
    problem = plan.problem
    starts = np.maximum(live[problem.group], 0)
    return flat_worth(flatten(worth, problem.weeks), problem.group, starts, live)[0]


@pytest.mark.parametrize("data", [str(TINY), ""])
@pytest.mark.parametrize("name", [INDEX, VILLAGES, SERVICES])
def test_equals_what_the_model_counts(data, name):
    plan = plan_of(data)
    many = np.array([random_live(plan, seed) for seed in range(60)])
    differ = set()
    scored = [plan.timeline.years[n] for part in plan.maturity for n in part.years]
    for year in scored if name == INDEX else plan.timeline.years:
        sought = objective(plan, plan.problem, name, year)
        counted = measure(plan, many, year)[name].to_numpy(dtype=float)
        said = [sought.value(worth_of_live(plan, sought.worth, live)) for live in many]
        assert said == pytest.approx(counted, abs=1e-9)
        differ |= set(np.round(said, 6))
    assert len(differ) > 1


@pytest.mark.parametrize("data", [str(TINY), ""])
def test_benefits_of_services_are_those_of_the_model(data):
    """Up to a million for each service and connection, which is what they are rounded to."""
    plan = plan_of(data)
    joints = service_joints(plan)
    for seed in range(10):
        live = random_live(plan, seed)
        counted = measure(plan, live[None], plan.timeline.years[-1])["benefit_idr"].iloc[0]
        said = worth_of_live(plan, Worth(joints=joints), live)
        assert said == pytest.approx(counted / UNIT_IDR, abs=max(1, len(joints)))
    assert joints and max(int(j.worth[0]) for j in joints) > 0


def test_costs_are_what_is_paid_and_worked_at_an_early_start():
    """Without discount and inflation: the plan's money of an early schedule, and pay and subscriptions on top, of every initiative."""
    plan = plan_of(str(TINY))
    settings = plan.inputs.settings.model_copy(update={"social_discount_rate": 0.0})
    rate = plan.inputs.rows["benefit_values"]["prices.inflation_rate"].model_copy(update={"mode": 0.0})
    rows = {**plan.inputs.rows, "benefit_values": {**plan.inputs.rows["benefit_values"], "prices.inflation_rate": rate}}
    flat = replace(plan, inputs=replace(plan.inputs, settings=settings, rows=rows))
    problem = required_problem(flat)
    costs, paid = group_costs_idr(flat, problem), paid_idr(problem, earliest_starts(problem))
    pay, others = plan.staffing["pay_idr"].sum(), subscriptions(plan)["others_idr"].sum()
    assert (costs >= paid).all() and (paid > 0).all()
    assert (plan.schedule.start[0] >= 0).all()
    early = earliest_starts(problem)[: len(plan.network.activities)] == plan.schedule.start[0]
    assert early.all()  # nothing of the tiny plan waits, so its own pay and subscriptions are those of an early start
    assert costs.sum() - paid.sum() == pytest.approx(pay + others, rel=0.02)  # months by weeks
    assert group_costs_idr(plan, problem).sum() < costs.sum()


def test_weights_count_each_part_against_the_most_it_could_be():
    plan = plan_of("")
    problem = required_problem(plan)
    parts = {name: objective(plan, problem, name, 2031) for name in (INDEX, VILLAGES)}
    both = objective(plan, problem, "", 2031, {INDEX: 3.0, VILLAGES: 1.0})
    live = random_live(plan, 5)
    share = {name: worth_of_live(plan, part.worth, live) / most(part.worth, problem) for name, part in parts.items()}
    assert both.value(worth_of_live(plan, both.worth, live)) == pytest.approx(0.75 * share[INDEX] + 0.25 * share[VILLAGES], abs=1e-4)
    assert both.scale == WEIGHT_STEPS


def test_net_benefit_falls_with_a_later_service_and_with_what_is_added_for_nothing():
    plan = plan_of("")
    sought = objective(plan, required_problem(plan), BENEFIT)
    groups = plan.network.groups
    live = np.full(len(groups), 52)
    late, less = live.copy(), live.copy()
    late[groups.index("ly-adminduk")] = 200
    less[groups.index("if-perangkat")] = -1  # no service needs it
    now = worth_of_live(plan, sought.worth, live)
    assert worth_of_live(plan, sought.worth, late) < now < worth_of_live(plan, sought.worth, less)


@pytest.mark.parametrize(
    ("name", "year", "weights", "told"),
    [
        ("money", None, None, "--objective 'money': allowed index, benefit, villages, services"),
        (INDEX, 1999, None, "--target 1999: allowed 2027 to 2031"),
        ("", None, {"index": -1.0, "villages": 2.0}, "numbers of 0 or more"),
        ("", None, {"index": 0.0}, "not all 0"),
        ("", None, {"hope": 1.0}, "--weights hope=1"),
        ("", None, {"index": float("inf")}, "--weights index=inf"),
    ],
)
def test_what_cannot_be_sought_is_refused(name, year, weights, told):
    plan = plan_of("")
    with pytest.raises(InputError, match=told):
        objective(plan, plan.problem, name, year, weights)


def test_a_year_that_no_scheme_scores_is_refused():
    plan = plan_of("")
    rows = {**plan.inputs.rows, "index_schemes": {}}
    bare = replace(plan, inputs=replace(plan.inputs, rows=rows))
    with pytest.raises(InputError, match="no scheme"):
        objective(bare, plan.problem, INDEX, 2031)
