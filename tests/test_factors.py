"""The draw of most likely values of the tiny pack."""

from __future__ import annotations

import pytest
from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.factors import most_likely


def test_software_takes_its_most_likely_effort():
    likely = most_likely(load_scenario("baseline", TINY))
    assert likely.draws == 1 and likely.productivity.tolist() == [1.0] and likely.effort.tolist() == [[1.0, 1.0]]


def test_half_the_ceilings(tmp_path):
    half = most_likely(with_changes(tmp_path, "set: {settings.ceiling_factor: 0.5}"))
    assert half.ceiling_idr == pytest.approx(0.5 * most_likely(load_scenario("baseline", TINY)).ceiling_idr)
    assert half.ceiling_idr.tolist() == [[500_000_000, 500_000_000]]
