"""Inputs of the index alone, by the tiny plan's weights: equipment 50 %, application 25 %, outside bodies 25 %."""

from __future__ import annotations

import numpy as np
import pytest
from tiny_pack import TINY, with_changes

from egov_model.analysis.index_points import every_point, index_at, index_points
from egov_model.analysis.moved import moved_at
from egov_model.analysis.tornado import INDEX, tornado
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan


@pytest.fixture(scope="module")
def plan():
    return build_plan(load_scenario("baseline", TINY))


def test_only_the_scheme_that_scores_the_last_year(plan):
    keys = [point.key for point in index_points(plan.inputs)]
    starts = [f"start_levels.baru.I0{n}.2026.mode" for n in (1, 2, 3)]
    assert keys == [*starts, "effects.alat-2.mode", "effects.alat-3.mode", "effects.aplikasi-3.mode"]


@pytest.mark.parametrize(
    ("key", "t", "index"),
    [
        ("start_levels.baru.I03.2026.mode", 1.0, 2.75),  # outside bodies say 2 instead of 1.5, and stay with it
        ("start_levels.baru.I03.2026.mode", -1.0, 2.5),
        ("start_levels.baru.I02.2026.mode", -1.0, 2.125),  # from level 1 nothing leads to level 2, so not to 3 either: 1.5 + 0.25 + 0.375
        ("start_levels.baru.I01.2026.mode", 1.0, 2.625),
        ("effects.alat-3.mode", 1.0, 2.125),  # two years after April 2027 is after September 2028
        ("effects.alat-3.mode", -1.0, 2.625),
    ],
)
def test_ends_by_hand(plan, key, t, index):
    point = next(point for point in index_points(plan.inputs) if point.key == key)
    assert index_at(plan, [(point, t)])[0] == pytest.approx(index)


def test_dates_and_money_stay(plan):
    points = index_points(plan.inputs)
    others = [point for point in every_point(plan.inputs) if point.key in ("prices.alat.mode", "settings.dpa_delay_weeks")]
    mixed = [points[0], others[0], points[4], others[1]]
    made = moved_at(plan, [(point, 1.0) for point in mixed])
    assert made.finish_week.tolist() == [27, 27, 27, 37]
    assert (made.full_idr[[0, 2]] == 340_264_150).all() and made.full_idr[1] == 340_264_150 + 17_500_000
    assert np.allclose(made.index, [2.625, 2.625, 2.125, 2.625])


def test_the_tornado_on_the_index(plan):
    frame = tornado(plan, INDEX).frame
    assert frame["key"].iloc[0] == "effects.alat-3.mode" and frame["swing_index"].iloc[0] == pytest.approx(0.5)


def test_no_scheme_no_points(tmp_path):
    inputs = with_changes(tmp_path, "set: {index_schemes.baru.valid_to: 2026}")
    assert index_points(inputs) == [] and np.isnan(tornado(build_plan(inputs)).plan_index)
