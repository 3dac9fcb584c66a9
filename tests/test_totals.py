"""Sums over many draws are those of the whole estimate, however they are cut."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from tiny_pack import TINY

from egov_model.inputs.scenario import load_scenario
from egov_model.model.drivers import count_drivers
from egov_model.model.estimate import estimate
from egov_model.model.factors import most_likely
from egov_model.model.totals import in_parts, some_draws, year_totals_idr


@pytest.fixture(scope="module")
def parts():
    inputs = load_scenario("baseline", TINY)
    likely = most_likely(inputs)
    many = replace(likely, **{f.name: np.repeat(getattr(likely, f.name), 5, axis=0) for f in fields(likely)})
    many.price_idr[:] *= np.arange(1, 6)[:, None]
    return inputs, count_drivers(inputs), many


def test_totals_by_hand(parts):
    # 52 m internet + 3.5 x 10 m equipment + 52 m internet + 111 m goods with VAT (no escalation): 250 m, times the draw's factor
    assert year_totals_idr(*parts).tolist() == [[250_000_000 * n] * 2 for n in range(1, 6)]


@pytest.mark.parametrize("at_a_time", [1, 2, 4, 5, 6])
def test_cutting_changes_nothing(parts, at_a_time):
    whole = estimate(*parts)
    made = list(in_parts(*parts, at_a_time))
    assert [len(part.amount_idr) for part in made[:-1]] == [at_a_time] * (len(made) - 1)
    assert np.array_equal(np.concatenate([part.amount_idr for part in made]), whole.amount_idr)
    totals = year_totals_idr(*parts, at_a_time)
    assert totals.dtype == np.int64 and np.array_equal(totals, whole.amount_idr.sum(axis=1))


def test_some_draws_are_views_of_every_factor(parts):
    some = some_draws(parts[2], slice(1, 3))
    assert some.draws == 2
    assert all(np.shares_memory(getattr(some, f.name), getattr(parts[2], f.name)) for f in fields(some) if getattr(some, f.name).size)
