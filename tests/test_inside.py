"""The inside view of one initiative: spread and median of its cost and duration, against draws made by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import ndtri
from tiny_pack import TINY

from egov_model.analysis.inside import inside_view
from egov_model.analysis.sample_events import draw_events, make_events
from egov_model.inputs.scenario import load_scenario
from egov_model.model.factors import Factors, most_likely
from egov_model.model.prepare import prepare


@pytest.fixture(scope="module")
def prepared():
    return prepare(load_scenario("baseline", TINY))


def repeated(inputs, draws) -> Factors:
    likely = most_likely(inputs)
    return Factors(**{name: np.repeat(getattr(likely, name), draws, axis=0) for name in Factors.__dataclass_fields__})


def quiet(prepared, draws):
    return draw_events(make_events(prepared.inputs, prepared.timeline, prepared.network, off=("potong", "tender")), 1, draws)


def test_most_likely_values_have_neither_spread_nor_shift(prepared):
    made = inside_view(prepared, repeated(prepared.inputs, 5), quiet(prepared, 5))
    assert not made.median.any() and not made.spread.any()


def test_quantities_spread_cost_and_phases_duration(prepared):
    """All quantities at 1/2, 1, 2 in equal parts: P10 and P90 of the logarithm are ln 2 either side. Weeks x 2 in every draw: ln 2 up."""
    factors = repeated(prepared.inputs, 9)
    times = np.array([0.5] * 3 + [1.0] * 3 + [2.0] * 3)[:, None]
    factors = replace(
        factors, quantity=factors.quantity * times, phase_weeks=factors.phase_weeks * 2, procurement_weeks=factors.procurement_weeks * 2
    )
    made = inside_view(prepared, factors, quiet(prepared, 9))
    bought = prepared.network.groups.index("alat-desa")
    assert made.median[:, bought] == pytest.approx([0.0, np.log(2)], abs=1e-6)
    assert made.spread[:, bought] == pytest.approx([np.log(2) / ndtri(0.9), 0.0], abs=1e-6)


def test_what_is_neither_paid_once_nor_worked_on_has_none(prepared):
    made = inside_view(prepared, repeated(prepared.inputs, 3), quiet(prepared, 3))
    running = prepared.network.groups.index("internet")
    assert not made.median[:, running].any() and not made.spread[:, running].any()


def test_events_count(prepared):
    """The tender fails for one in four: half as long again and more moves P90, not the median."""
    events = draw_events(make_events(prepared.inputs, prepared.timeline, prepared.network), 1, 500)
    made = inside_view(prepared, repeated(prepared.inputs, 500), events)
    bought = prepared.network.groups.index("alat-desa")
    assert made.median[1, bought] == 0 and made.spread[1, bought] > 0.1
