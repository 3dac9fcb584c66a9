"""Risk events: how often they come true, whom they befall, what they do, and what a response leaves of them."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_pack import TINY, with_changes

from egov_model.analysis.sample_events import draw_events, make_events
from egov_model.inputs.scenario import load_scenario
from egov_model.model.prepare import prepare

DRAWS = 10_000


@cache
def tiny():
    return prepare(load_scenario("baseline", TINY))


@cache
def events(off: tuple[str, ...] = (), responses: tuple[str, ...] = ("none",)):
    return make_events(tiny().inputs, tiny().timeline, tiny().network, off, responses)


def changed(tmp_path, body):
    prepared = prepare(with_changes(tmp_path, body))
    return prepared, make_events(prepared.inputs, prepared.timeline, prepared.network)


def test_a_common_event_comes_true_exactly_as_often_as_it_should():
    """Probability 0.2 of 10,000 draws in batches of 500 equal parts: 2,000, and none in the year without threat."""
    made = draw_events(events(), 1, DRAWS)
    assert made.happened[:, 0].sum(axis=0).tolist() == [0, 2000]


def test_an_event_of_each_initiative_comes_true_by_itself():
    """Two initiatives at a mean probability p: in a share 1 - (1 - p)^2 of draws at least one; weeks of both uncorrelated but for p."""
    made = draw_events(events(), 1, DRAWS)
    hit = made.longer[:, :, 0] > 0
    first, second = np.flatnonzero(hit.any(axis=0))
    p = hit[:, [first, second]].mean(axis=0)
    assert p == pytest.approx([0.265, 0.265], abs=0.015)  # mean of the chances 0.1, 0.3, 0.4
    assert made.happened[:, 1, 0].mean() == pytest.approx((hit[:, first] | hit[:, second]).mean())
    assert (hit[:, first] & hit[:, second]).mean() == pytest.approx(p[0] ** 2, abs=0.02)


def test_impacts_fall_on_what_they_name():
    made, network = draw_events(events(), 1, DRAWS), tiny().network
    named = [network.activities[a][1] for a in np.flatnonzero(made.longer.any(axis=(0, 2)))]
    assert named == ["procure", "procure"]
    cut = made.ceiling[:, 0, 1]
    happened = made.happened[:, 0, 1]
    assert (cut[~happened] == 1).all() and (cut[happened] < 1).all()
    assert np.quantile(1 - cut[happened], [0.1, 0.9]) == pytest.approx([0.1, 0.3], abs=0.012)
    assert made.people[happened, 0, 1] == pytest.approx(0.75)
    assert (made.ceiling[:, 0, 0] == 1).all() and (made.running == 1).all() and (made.gate_weeks == 0).all()


def test_weeks_have_their_stated_quantiles():
    longer = draw_events(events(), 1, DRAWS).longer
    weeks = longer[longer > 0]
    assert np.quantile(weeks, [0.1, 0.9]).tolist() == [3, 8]


def test_an_impact_may_be_felt_in_later_years(tmp_path):
    """The cut comes in 2027 and is felt for two years: both years lose the same share."""
    prepared, made = changed(tmp_path, "set: {risks.potong.first_year: 2027, risks.potong.last_year: 2027}")
    drawn = draw_events(made, 1, 500)
    assert (drawn.people[:, 0, 0] == drawn.people[:, 0, 1]).all() and (drawn.people[:, 0, 0] < 1).sum() == 100
    assert (drawn.ceiling[:, 0, 1] == 1).all() and prepared.timeline.years == (2027, 2028)


@pytest.mark.parametrize(("impact", "array"), [("running", "running"), ("gate_weeks", "gate_weeks"), ("cost", "cost")])
def test_every_kind_of_impact(tmp_path, impact, array):
    row = f"{{id: baru, risk: potong, impact: {impact}, felt_years: 1, low: 2, mode: 2, high: 2}}"
    _, made = changed(tmp_path, f"drop: {{risk_impacts: [potong-pagu, potong-orang, tender-biaya]}}\nadd: {{risk_impacts: [{row}]}}")
    drawn = draw_events(made, 1, 500)
    values, happened = getattr(drawn, array), drawn.happened[:, 0, 1]
    column = values[:, 1] if values.ndim == 2 else values[:, 0, 1]
    assert (column[happened] == (2 if impact == "gate_weeks" else 3.0)).all()
    assert (column[~happened] == (0 if impact == "gate_weeks" else 1.0)).all()


def test_a_response_leaves_what_it_says_and_costs_what_it_says():
    without, made = draw_events(events(), 1, DRAWS), draw_events(events(responses=("all",)), 1, DRAWS)
    happened = made.happened[:, 0, 1]
    assert happened.sum() == 2000  # residual probability 1
    assert 1 - made.ceiling[happened, 0, 1] == pytest.approx(0.5 * (1 - without.ceiling[happened, 0, 1]))
    assert made.happened[:, 1].mean() < without.happened[:, 1].mean() and not (made.happened & ~without.happened).any()
    assert events(responses=("all",)).response_idr.tolist() == [[2_000_000, 3_000_000]]
    assert events(responses=("potong",)).response_idr.tolist() == [[0, 1_000_000]]
    assert not events().response_idr.any()


def test_a_risk_that_is_off_is_gone_and_leaves_the_others_as_they_are():
    whole, made = draw_events(events(), 1, 2000), draw_events(events(off=("potong",)), 1, 2000)
    assert events(off=("potong",)).risks == ("tender",)
    assert (made.longer == whole.longer).all() and (made.cost == whole.cost).all()
    assert (made.ceiling == 1).all() and (made.happened[:, 0] == whole.happened[:, 1]).all()


@settings(max_examples=20)
@given(st.integers(0, 1500), st.integers(1, 900))
def test_a_draw_is_the_same_in_any_part(first, draws):
    whole, part = draw_events(events(), 4, 2400), draw_events(events(), 4, draws, first)
    for name in ("happened", "cost", "longer", "people", "ceiling"):
        assert (getattr(part, name) == getattr(whole, name)[first : first + draws]).all()


def test_a_risk_of_what_is_out_of_scope_does_nothing(tmp_path):
    _, made = changed(tmp_path, "set: {settings.scope: running}")
    assert not draw_events(made, 1, 500).happened[:, 1].any()


def test_certain_and_impossible_events(tmp_path):
    chances = ", ".join(f"risks.{key}.{end}: {p}" for key, p in (("potong", 1), ("tender", 0)) for end in ("low", "mode", "high"))
    _, made = changed(tmp_path, f"set: {{{chances}}}")
    happened = draw_events(made, 1, 500).happened
    assert happened[:, 0, 1].all() and not happened[:, 1].any()
