"""Second looks at the tiny plan, by hand."""

from __future__ import annotations

import pytest
from tiny_pack import TINY

from egov_model.analysis.crosscheck import ratios, software_by_initiative
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan


@pytest.fixture(scope="module")
def plan():
    return build_plan(load_scenario("baseline", TINY))


def test_software_is_shown_for_the_initiative_that_does_it(plan):
    frame = software_by_initiative(plan)
    assert list(frame.index) == ["aplikasi"] and frame.loc["aplikasi", "applications"] == 1
    assert frame.loc["aplikasi", "paid_idr"] == 0  # it is bought by the piece, not by size


def test_ratios(plan):
    made = ratios(plan)
    assert made["village"] == pytest.approx(340_264_150 / 2 / 3)
    assert made["user"] == pytest.approx(340_264_150 / 2 / 25)
    assert made["inhabitant"] == pytest.approx(340_264_150 / 2 / 11_000)
    assert made["run_share"] == pytest.approx((104_000_000 + 90_264_150) / 340_264_150)
    assert made["run_to_build_share"] == pytest.approx(104_000_000 / (35_000_000 + 111_000_000))  # 2028: two subscriptions
    assert "spending_share" not in made  # the figure is not in the tiny pack
