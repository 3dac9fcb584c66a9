"""Many draws: the same numbers whatever the parts and the threads, and a clear word for what cannot be drawn."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from plan_samples import edge

from egov_model.analysis import risk
from egov_model.analysis.risk import joined, simulate
from egov_model.inputs.errors import InputError


def same(one, other):
    return all(np.array_equal(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))


@pytest.fixture(scope="module")
def plan():
    return edge("as it is")


def test_one_two_and_four_workers_give_the_same_bytes(plan, monkeypatch):
    monkeypatch.setattr(risk, "PART", 30)
    made = [simulate(plan, 130, 7, workers) for workers in (1, 2, 4)]
    assert made[0].draws == 130 and same(made[0], made[1]) and same(made[0], made[2])
    assert len(np.unique(made[0].total_idr)) > 100


def test_parts_do_not_matter(plan, monkeypatch):
    whole = simulate(plan, 90, 7)
    monkeypatch.setattr(risk, "PART", 40)
    assert same(whole, simulate(plan, 90, 7))
    assert same(whole, joined([simulate(plan, 50, 7), simulate(plan, 40, 7, first=50)]))


def test_seeds_differ_and_settings_say_which_unless_told(plan):
    settings = plan.inputs.settings
    made = simulate(plan, 20, settings.seed)
    assert same(made, simulate(plan, 20)) and not same(made, simulate(plan, 20, settings.seed + 1))
    assert simulate(plan, seed=1).draws == settings.draws


def test_progress_is_told_up_to_the_end(plan, monkeypatch):
    monkeypatch.setattr(risk, "PART", 40)
    told = []
    simulate(plan, 90, 7, progress=lambda done, draws: told.append((done, draws)))
    assert told == [(40, 90), (80, 90), (90, 90)]


@pytest.mark.parametrize(("draws", "seed", "said"), [(0, 1, "draws: found 0"), (1_000_001, 1, "1,000,000"), (10, -1, "seed: found -1")])
def test_no_draws_and_no_such_seed(plan, draws, seed, said):
    with pytest.raises(InputError, match=said):
        simulate(plan, draws, seed)
