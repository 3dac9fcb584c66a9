"""Many evaluations share one preparation and answer as if each were alone."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pytest
from tiny_pack import TINY

from egov_model.inputs.scenario import load_scenario
from egov_model.model.factors import most_likely
from egov_model.model.plan import build_plan, evaluate
from egov_model.model.prepare import prepare

FRAMES = ("budget", "ceilings", "initiatives", "activities", "staffing")


@pytest.fixture(scope="module")
def prepared():
    return prepare(load_scenario("baseline", TINY))


def changed(inputs, **factors):
    likely = most_likely(inputs)
    return replace(likely, **{name: getattr(likely, name) * by for name, by in factors.items()})


def test_order_puts_what_runs_first_and_waits_for_predecessors(prepared):
    assert prepared.order.tolist() == [0, 1, 2]


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
