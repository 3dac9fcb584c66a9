"""What drives the draws: chains by hand, shares that are known, risks taken out one at a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from plan_samples import edge
from risk_samples import eventful, still

from egov_model.analysis.evaluate_draws import evaluator
from egov_model.analysis.risk import simulate
from egov_model.analysis.risk_drivers import activity_drivers, explained, input_shares
from egov_model.analysis.risk_ranking import response_worth, risk_ranking, under
from egov_model.model.compiled_chain import count_on_chain
from egov_model.model.shape import lists


@pytest.fixture(scope="module")
def plan():
    return edge("as it is")


def on_chain(start, finish, before, shares=()):
    count, needs = np.zeros(len(start), dtype=np.int64), np.zeros((len(start), len(start)), dtype=bool)
    for a, b in shares:
        needs[a, b] = needs[b, a] = True
    follows = lists(before)
    dated = count_on_chain(np.array([start]), np.array([finish]), follows.at, follows.item, needs, count)
    return dated, count.tolist()


def test_the_chain_goes_back_from_what_ends_last():
    assert on_chain([0, 5, 0], [5, 9, 8], [[], [0], []]) == (1, [1, 1, 0])
    assert on_chain([0, 5, 0], [5, 9, 10], [[], [0], []]) == (1, [0, 0, 1])


def test_of_several_predecessors_the_last_to_end_counts_and_of_equals_the_first():
    assert on_chain([0, 0, 6], [4, 6, 9], [[], [], [0, 1]]) == (1, [0, 1, 1])
    assert on_chain([0, 0, 6], [6, 6, 9], [[], [], [1, 0]]) == (1, [0, 1, 1])


def test_who_waits_for_people_hangs_on_what_frees_them():
    assert on_chain([0, 0, 7], [5, 7, 9], [[], [], [0]], shares=[(1, 2)]) == (1, [0, 1, 1])
    assert on_chain([0, 0, 7], [5, 7, 9], [[], [], [0]]) == (1, [1, 0, 1])  # nobody shared: a gate or money
    assert on_chain([0, 0, 7], [5, 6, 9], [[], [], [0]], shares=[(1, 2)]) == (1, [1, 0, 1])  # freed a week before


def test_a_draw_without_a_date_has_no_chain():
    assert on_chain([0, -1], [5, -1], [[], [0]]) == (0, [0, 0])
    assert on_chain([], [], []) == (0, [])


def test_with_nothing_uncertain_the_chain_of_the_plan_is_always_critical(plan):
    made = activity_drivers(plan, evaluator(plan).evaluate(still(plan, 3)))
    last = plan.schedule.finish[0].argmax()
    group = plan.network.groups[plan.network.activities[last][0]]
    assert set(made["criticality_share"]) <= {0.0, 1.0} and (made["cruciality"] == 0).all()
    assert (made.loc[made["initiative"] == group, "criticality_share"] == 1).all()


def test_what_sets_the_finish_alone_is_crucial(plan):
    sample = still(plan, 60)
    weeks = sample.weeks.copy()
    weeks[:, 2] = np.linspace(1.0, 4.0, 60)  # aplikasi, with nothing else uncertain
    outlook = evaluator(plan).evaluate(replace(sample, weeks=weeks))
    made = activity_drivers(plan, outlook).set_index(["initiative", "phase"])
    assert made.loc["aplikasi", "cruciality"].max() > 0.9
    assert made.loc["alat-desa", "cruciality"].abs().max() < 0.5


def test_activities_are_all_there_once_whatever_happens(plan):
    outlook = evaluator(plan).evaluate(eventful(plan, 80))
    made = activity_drivers(plan, outlook)
    assert len(made) == len(outlook.activities) and made["criticality_share"].between(0, 1).all()
    assert made["cruciality"].between(-1, 1).all() and made["criticality_share"].is_monotonic_decreasing


def test_explained_shares_that_are_known():
    rng = np.random.default_rng(5)
    one, two = rng.random((2, 20_000))
    classes = (one * 20).astype(int)
    assert explained(classes, classes.astype(float)) == 1.0
    assert explained(classes, two) < 0.002
    assert explained(classes, one + two) == pytest.approx(0.5, abs=0.02)  # half of it, less what twenty classes miss
    assert explained(np.zeros(10, dtype=int), one[:10]) == 0.0 and explained(classes, np.full(20_000, 3.0)) == 0.0


def test_every_input_and_risk_has_its_shares(plan):
    made = input_shares(plan, simulate(plan, 300, 7))
    assert {f"risks.{key}" for key in plan.inputs.rows["risks"]} <= set(made["input"])
    assert made[["cost_share", "finish_share"]].stack().between(0, 1).all() and made["cost_share"].is_monotonic_decreasing
    assert made["cost_share"].max() > 0.02


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_removing_a_risk_never_raises_what_the_plan_costs_in_any_draw(plan, seed):
    before = simulate(plan, 200, seed)
    for key in plan.inputs.rows["risks"]:
        after = simulate(under(plan, risks_off=(key,)), 200, seed)
        assert (after.need_idr <= before.need_idr).all()
    assert (risk_ranking(plan, before)["need_idr"] >= 0).all()


def test_without_its_only_cause_nothing_is_lost(plan):
    """The cut of 2028 takes a share of ceilings alone; without it they are whole, and all other draws stay."""
    before, after = simulate(plan, 200, 4), simulate(under(plan, risks_off=("potong",)), 200, 4)
    assert (after.ceiling_idr >= before.ceiling_idr).all() and (after.ceiling_idr[:, :, 1] > before.ceiling_idr[:, :, 1]).any()
    assert (after.need_idr == before.need_idr).all()


def test_ranking_and_responses_name_each_risk_once_and_leave_out_what_is_settled(plan):
    outlook = simulate(plan, 100, 4)
    assert sorted(risk_ranking(plan, outlook)["risk"]) == sorted(plan.inputs.rows["risks"])
    worth = response_worth(plan, outlook).set_index("risk")
    assert worth.loc["potong", "response_idr"] == 1_000_000 and worth.loc["tender", "response_idr"] == 2 * 2_000_000
    settled = under(plan, risks_off=("potong",), risk_responses=("tender",))
    assert risk_ranking(settled, outlook)["risk"].tolist() == ["tender"] and response_worth(settled, outlook).empty
