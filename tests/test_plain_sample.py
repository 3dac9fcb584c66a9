"""The draws in plain Python are those of the compiled loops."""

from __future__ import annotations

from dataclasses import fields
from functools import cache

import numpy as np
import pytest
from tiny_pack import TINY

from benchmarks.plain_sample import PlainSamples, plain_sample
from egov_model.analysis.sample import sampler
from egov_model.inputs.scenario import load_scenario
from egov_model.model.factors import Factors
from egov_model.model.prepare import prepare


@cache
def ready(answered: str = "none"):
    overrides = {"settings.risk_responses": answered, "settings.outside_weight": "0.8"}
    return sampler(prepare(load_scenario("baseline", TINY, overrides)))


def assert_equal(one, other, row: int) -> None:
    """Every array of a sample of one draw against one row of another's."""
    for field in fields(one):
        a, b = getattr(one, field.name), getattr(other, field.name)
        if isinstance(a, Factors):
            assert_equal(a, b, row)
        elif isinstance(a, np.ndarray):
            assert a == pytest.approx(b if field.name == "response_idr" else b[row : row + 1], rel=1e-12), field.name


@pytest.mark.parametrize("answered", ["none", "all"])
@pytest.mark.parametrize("draw", [0, 499, 500, 1203])
def test_one_draw_equals_its_row(answered, draw):
    made, whole = plain_sample(ready(answered), 5, draw), ready(answered).sample(5, 1204)
    assert (made.draws, made.names, made.risks, made.first) == (1, whole.names, whole.risks, draw)
    assert_equal(made, whole, draw)


def test_many_draws_share_what_they_can():
    slow, whole = PlainSamples(ready(), 9), ready().sample(9, 30)
    for draw in range(30):
        assert_equal(slow.draw(draw), whole, draw)
