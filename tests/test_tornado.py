"""The tornado of the tiny plan by hand, and against swings with dates held still."""

from __future__ import annotations

import numpy as np
import pytest
from tiny_pack import TINY, with_changes

from egov_model.analysis.index_points import every_point
from egov_model.analysis.influence import swings
from egov_model.analysis.points import all_points
from egov_model.analysis.tornado import COST, FINISH, INDEX, MEASURES, _swing, tornado
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan


@pytest.fixture(scope="module")
def plan():
    return build_plan(load_scenario("baseline", TINY))


def test_the_plan_itself(plan):
    made = tornado(plan)
    assert (made.plan_idr, made.plan_finish_week, made.plan_index, made.promised) == (340_264_150, 27, 2.625, 3)
    assert len(made.frame) == len(every_point(plan.inputs)) and made.frame["fits"].all()


@pytest.mark.parametrize(
    ("key", "low_idr", "high_idr", "low_week", "high_week"),
    [
        ("prices.alat.mode", -7_000_000, 17_500_000, 27, 27),
        ("places.setempat.jauh.mode", -4_000_000, 5_000_000, 27, 27),
        ("procurement.langsung-barang.mode", 0, 0, 26, 28),  # the equipment waits for the documents in any case
        ("phases.beli.prepare.mode", 0, -981_132, 26, 30),  # one week later the equipment has 38 instead of 39 of 53 weeks
        ("settings.escalation_shift", 0, 21_500_000, 27, 27),  # 10 % on 111 and on two subscriptions of 52 in 2028
    ],
)
def test_ends_by_hand(plan, key, low_idr, high_idr, low_week, high_week):
    row = tornado(plan).frame.set_index("key").loc[key]
    assert row["low_idr"] - 340_264_150 == pytest.approx(low_idr, abs=2)
    assert row["high_idr"] - 340_264_150 == pytest.approx(high_idr, abs=2)
    assert (row["low_finish_week"], row["high_finish_week"]) == (low_week, high_week)


def test_equals_the_swings_where_dates_do_not_move(plan):
    """One line at whole rupiah each: equal to the rupiah."""
    mine, other = tornado(plan).frame.set_index("key"), swings(plan).set_index("key")
    assert len(other) > 30
    for key in other.index:
        assert mine.loc[key, ["low_finish_week", "high_finish_week"]].tolist() == [27, 27]
        for name in ("low_idr", "high_idr", "swing_idr"):
            assert mine.loc[key, name] == other.loc[key, name], (key, name)


@pytest.mark.parametrize("on", [COST, FINISH, INDEX])
def test_widest_first_and_ties_by_key(plan, on):
    frame = tornado(plan, on).frame
    assert frame[MEASURES[on]].is_monotonic_decreasing
    for _, part in frame.groupby(MEASURES[on]):
        assert part["key"].is_monotonic_increasing


def test_a_saving_by_falling_out_is_no_saving(tmp_path):
    plan = build_plan(with_changes(tmp_path, "set: {prices.barang-ppn.high: 900000000}"))
    row = tornado(plan).frame.iloc[0]
    assert row["key"] == "prices.barang-ppn.mode" and not row["fits"]
    assert (row["high_paid_idr"], row["high_idr"]) == (229_264_150, 1_228_264_150)
    assert (row["low_left_out"], row["high_left_out"], row["high_placed"]) == ((), ("aplikasi",), 2)
    assert row["swing_weeks"] == 105 - 27 and row["swing_index"] == pytest.approx(0.25)


def test_a_swing_counts_the_plan_between_its_ends():
    """Both ends may lie on one side of the plan."""
    assert _swing(np.array([12, 5, 9, 8, 20, 3]), np.array([10])).tolist() == [4, 15, 7]


def test_only_the_inputs_asked_for(plan):
    points = [point for point in all_points(plan.inputs) if point.table == "ceilings"]
    assert tornado(plan, points=points).frame["key"].tolist() == ["ceilings.2027.dau.mode", "ceilings.2028.dau.mode"]
