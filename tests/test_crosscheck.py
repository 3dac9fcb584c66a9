"""Second looks at the tiny plan, by hand."""

from __future__ import annotations

import pytest
from tiny_pack import TINY

from egov_model.analysis.crosscheck import connections, paid_for_links, ratios, software_by_initiative, workload_by_role
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan


@pytest.fixture(scope="module")
def plan():
    return build_plan(load_scenario("baseline", TINY))


def test_workload_is_volume_times_norm_time_over_a_year(plan):
    row = workload_by_role(plan).iloc[0]
    assert row["norm_fte"] == pytest.approx(25 * 12 * 1 * 30 / 75_000)  # 25 users, a ticket a month, 30 minutes
    assert row["operate_fte"] == pytest.approx(0.2) and row["on_board"] == 1


def test_software_is_shown_for_the_initiative_that_does_it(plan):
    frame = software_by_initiative(plan)
    assert list(frame.index) == ["aplikasi"] and frame.loc["aplikasi", "applications"] == 1
    assert frame.loc["aplikasi", "paid_idr"] == 0  # it is bought by the piece, not by size


def test_every_site_is_connected_once(plan):
    frame = connections(plan)
    assert len(frame) == 2 + 2 + 3 and frame["id"].is_unique  # agencies, puskesmas, villages


def test_what_the_plan_pays_for_links(plan):
    assert paid_for_links(plan) == 104_000_000  # 2028: two subscriptions of 52 million


def test_ratios(plan):
    made = ratios(plan)
    assert made["village"] == pytest.approx(340_264_150 / 2 / 3)
    assert made["user"] == pytest.approx(340_264_150 / 2 / 25)
    assert made["inhabitant"] == pytest.approx(340_264_150 / 2 / 11_000)
    assert made["run_share"] == pytest.approx((104_000_000 + 90_264_150) / 340_264_150)
    assert made["run_to_build_share"] == pytest.approx(104_000_000 / (35_000_000 + 111_000_000))  # 2028: two subscriptions
    assert "spending_share" not in made  # the figure is not in the tiny pack
