"""The draws of a scenario as a whole: shapes, parts, and scenarios that share what they have in common."""

from __future__ import annotations

from dataclasses import fields
from functools import cache

import numpy as np
import pytest
from tiny_pack import TINY, with_changes

from egov_model.analysis.sample import sample, sampler
from egov_model.inputs.scenario import load_scenario
from egov_model.model.factors import Factors
from egov_model.model.prepare import prepare


@cache
def tiny():
    return prepare(load_scenario("baseline", TINY))


def same(a, b, rows=slice(None)) -> bool:
    """Whether the draws of `a` are those `rows` of `b`, to the byte."""
    for field in fields(a):
        one, other = getattr(a, field.name), getattr(b, field.name)
        if isinstance(one, Factors):
            if not same(one, other, rows):
                return False
        elif isinstance(one, np.ndarray) and field.name != "response_idr" and not (one == other[rows]).all():
            return False
    return True


def test_shapes_are_those_of_the_record():
    made, network = sample(tiny(), 1, 40), tiny().network
    groups, years = len(network.groups), 2
    assert made.draws == made.factors.draws == 40
    assert made.rank.shape == (40, len(made.names)) and made.rank.dtype == np.float32
    assert made.cost.shape == made.running.shape == (40, groups, years) and made.weeks.shape == (40, groups)
    assert made.longer.shape == (40, len(network.activities), years) and made.gate_weeks.shape == (40, years)
    assert made.people.shape == (40, len(network.roles), years) and made.ceiling.shape == (40, len(network.funds), years)
    assert made.happened.shape == (40, len(made.risks), years) and made.response_idr.shape == (len(network.funds), years)


def test_same_seed_same_bytes_whatever_the_parts():
    ready = sampler(tiny())
    whole = ready.sample(1, 1200)
    for first, draws in ((0, 500), (500, 1), (501, 699), (0, 1200)):
        assert same(ready.sample(1, draws, first), whole, slice(first, first + draws))
    assert not same(ready.sample(2, 1200), whole)


def test_a_scenario_shares_the_draws_of_what_it_does_not_change(tmp_path):
    base = sample(tiny(), 1, 600)
    other = sample(prepare(with_changes(tmp_path, "drop: {initiatives: [aplikasi]}\nset: {settings.ceiling_factor: 0.5}")), 1, 600)
    for n, name in enumerate(other.names):
        assert (other.rank[:, n] == base.rank[:, base.names.index(name)]).all()


@pytest.mark.parametrize(
    "body",
    [
        "set: {settings.scope: running}\ndrop: {initiatives: [internet]}",  # nothing in scope
        "set: {settings.ceiling_factor: 0}",
        "set: {settings.last_year: 2027}",
        "drop: {risks: [potong, tender], reference_classes: [pembelian]}",
        "set: {settings.correlation: full, settings.distribution: pert prices=lognormal, settings.risk_view: outside}",
    ],
)
def test_unusual_plans_can_be_drawn(tmp_path, body):
    ready = prepare(with_changes(tmp_path, body))
    made = sample(ready, 1, 20)
    assert made.cost.shape == (20, len(ready.network.groups), len(ready.timeline.years))
    assert all(np.isfinite(getattr(made, name)).all() for name in ("rank", "cost", "running", "weeks", "people", "ceiling"))


@pytest.mark.parametrize(("draws", "first"), [(0, 0), (-1, 0), (5, -1)])
def test_no_draws_are_refused(draws, first):
    with pytest.raises(ValueError, match="expected at least one draw"):
        sample(tiny(), 1, draws, first)
