"""Many evaluations share one preparation and answer as if each were alone."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pytest
from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.factors import most_likely
from egov_model.model.plan import build_plan, evaluate
from egov_model.model.prepare import going_on, prepare
from egov_model.model.schedule import priority_order

FRAMES = ("budget", "ceilings", "initiatives", "activities", "staffing")


@pytest.fixture(scope="module")
def prepared():
    return prepare(load_scenario("baseline", TINY))


def with_setting(inputs, scheduling):
    return replace(inputs, settings=inputs.settings.model_copy(update={"scheduling": scheduling}))


def changed(inputs, **factors):
    likely = most_likely(inputs)
    return replace(likely, **{name: getattr(likely, name) * by for name, by in factors.items()})


def test_order_puts_what_runs_first_and_waits_for_predecessors(prepared):
    assert prepared.order.tolist() == [0, 1, 2]


def test_a_listed_order_is_kept_whatever_runs_or_is_mandatory(tmp_path):
    listed = "set: {settings.scheduling: listed, initiatives.internet.priority: 3, initiatives.alat-desa.priority: 1, "
    prepared = prepare(with_changes(tmp_path, listed + "initiatives.aplikasi.priority: 2}"))
    assert [prepared.network.groups[g] for g in prepared.order] == ["alat-desa", "aplikasi", "internet"]


def test_a_known_order_is_taken_as_it_is(prepared):
    again = prepare(prepared.inputs, np.array([2, 0, 1]))
    assert again.order.tolist() == [2, 0, 1] and again.inputs is prepared.inputs and again.timeline.years == (2027, 2028)
    assert again.network.groups == prepared.network.groups and again.drivers.zones == ("dekat", "jauh")


def test_order_by_priority_alone_or_by_what_finishes_sooner(tmp_path):
    """The order that was looked for leaves out no more initiatives, and no more mandatory ones, than the priority."""
    by_priority = prepare(with_changes(tmp_path / "one", "set: {settings.scheduling: priority}"))
    assert by_priority.order.tolist() == priority_order(by_priority.network).tolist()
    for name in ("baseline", "lean"):
        inputs = load_scenario(name)
        first = evaluate(prepare(with_setting(inputs, "priority")), most_likely(inputs))
        best = evaluate(prepare(inputs), most_likely(inputs))
        out = [plan.initiatives[plan.initiatives["status"] != "placed"] for plan in (first, best)]
        assert len(out[1]) <= len(out[0]) and out[1]["mandatory"].sum() <= out[0]["mandatory"].sum()
        runs = going_on(inputs, best.network)
        assert runs.sum() == 3 and (best.schedule.live[0, runs] == 0).all(), "what runs goes on from the first week"


@pytest.mark.parametrize("factors", [{}, {"ceiling_idr": 0.06}, {"price_idr": 3}, {"phase_weeks": 2}, {"quantity": 0}])
def test_shared_and_alone_are_equal(prepared, factors):
    asked = changed(prepared.inputs, **factors)
    evaluate(prepared, changed(prepared.inputs, ceiling_idr=0))  # another question in between leaves nothing behind
    one, two = evaluate(prepared, asked), build_plan(prepared.inputs, asked)
    for name in FRAMES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name))
    assert all(np.array_equal(getattr(one.schedule, f.name), getattr(two.schedule, f.name)) for f in fields(one.schedule))


def test_ceilings_are_those_of_the_factors(prepared):
    made = evaluate(prepared, changed(prepared.inputs, ceiling_idr=0.5))
    assert made.ceilings["ceiling_idr"].tolist() == [500_000_000, 500_000_000]
    assert prepared.network.ceiling_idr.tolist() == [[[10**9, 10**9]]]
