"""Cost and duration of an initiative by itself, and how far they go together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tiny_pack import TINY

from egov_model.analysis.alone import cost_and_weeks, together
from egov_model.analysis.sample import sample
from egov_model.inputs.scenario import load_scenario
from egov_model.model.factors import most_likely
from egov_model.model.plan import build_plan
from egov_model.model.prepare import prepare


@pytest.fixture(scope="module")
def prepared():
    return prepare(load_scenario("baseline", TINY))


def quiet(prepared):
    """One draw of most likely values in which nothing happens."""
    made = sample(prepared, 1, 1)
    nothing = {name: np.ones_like(getattr(made, name)) for name in ("cost", "running", "weeks", "people", "ceiling")}
    plan = build_plan(prepared.inputs)
    return replace(made, factors=most_likely(prepared.inputs), longer=np.zeros_like(made.longer), **nothing), plan


def test_most_likely_values_are_those_of_the_plan(prepared):
    made, plan = quiet(prepared)
    cost, weeks = cost_and_weeks(prepared, made)
    owner = np.array([group for group, _ in plan.network.activities])
    once = np.flatnonzero(plan.network.line_activity >= 0)
    for n in range(len(plan.network.groups)):
        assert weeks[0, n] == plan.duration_weeks[0, owner == n].sum()
        assert cost[0, n] == plan.estimate.amount_idr[0, once[plan.network.line_group[once] == n], 0].sum()


def test_what_happens_in_a_year_counts_in_that_year(prepared):
    made, _ = quiet(prepared)
    dearer, longer = made.cost.copy(), made.longer.copy()
    dearer[:, :, 1], longer[:, 0, 1] = 3.0, 7
    disturbed = replace(made, cost=dearer, longer=longer, weeks=made.weeks * 2)
    owner = prepared.network.activities[0][0]
    (first, weeks), (second, more) = (cost_and_weeks(prepared, disturbed, year) for year in (0, 1))
    assert more[0, owner] == weeks[0, owner] + 7
    bought = second > 0
    assert (second[bought] > 2.9 * first[bought]).all()


def test_single_initiatives_go_together_as_real_projects_do():
    """Of the project's own initiatives the mean lies between 0.2 and 0.4, none is near 0.8."""
    inputs = load_scenario("baseline", overrides={"settings.scheduling": "priority"})
    ready = prepare(inputs)
    found = np.array(list(together(ready, sample(ready, inputs.settings.seed, 2000)).values()))
    assert len(found) > 40
    assert 0.2 < found.mean() < 0.4 and found.min() > -0.05 and found.max() < 0.7
