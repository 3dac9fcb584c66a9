"""What becomes of the tiny plan when inputs move, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from tiny_pack import TINY, with_changes

from egov_model.analysis.moved import moved, moved_at, named
from egov_model.analysis.points import all_points, factors_at
from egov_model.inputs.scenario import load_scenario
from egov_model.model.factors import most_likely
from egov_model.model.plan import build_plan

TOTAL, FINISH, WEEKS, INDEX = 340_264_150, 27, 105, 2.625


@pytest.fixture(scope="module")
def plan():
    return build_plan(load_scenario("baseline", TINY))


def at(plan, *where):
    points = {point.key: point for point in all_points(plan.inputs)}
    return moved_at(plan, [(points[key], t) for key, t in where])


def test_most_likely_is_the_plan_itself(plan):
    made = moved(plan, most_likely(plan.inputs))
    assert made.full_idr.tolist() == made.paid_idr.tolist() == [TOTAL] == [int(plan.budget["amount_idr"].sum())]
    assert made.finish_week.tolist() == [FINISH] and made.index.tolist() == [INDEX]
    assert not made.short.any() and not made.left_out.any() and not made.added.any() and made.has_place.all()


def test_longer_building_by_hand(plan):
    """Twelve weeks instead of eight: the equipment ends in week 18, the application in 35; 35 of 53 weeks of a subscription in 2027."""
    made = at(plan, ("phases.beli.build.mode", 1.0), ("phases.beli.build.mode", -1.0))
    assert made.finish_week.tolist() == [35, 23]
    subscription = 52_000_000
    expected = [TOTAL - subscription * 39 // 53 + subscription * weeks // 53 for weeks in (35, 41)]
    assert made.full_idr.tolist() == made.paid_idr.tolist() == expected


def test_late_documents_by_hand(plan):
    """Ten weeks late the equipment is bought in week 16; one plan is made for each whole number of weeks."""
    made = at(plan, ("settings.dpa_delay_weeks", 1.0), ("settings.dpa_delay_weeks", 0.0), ("phases.beli.build.mode", 0.0))
    assert made.finish_week.tolist() == [37, 27, 27]
    assert made.full_idr[0] == TOTAL - 52_000_000 * 39 // 53 + 52_000_000 * 29 // 53


def test_what_falls_out_is_still_part_of_the_promise(tmp_path):
    """At Rp900 million before VAT the application fits neither year: it is not paid, and yet the promise costs 888 million more."""
    plan = build_plan(with_changes(tmp_path, "set: {prices.barang-ppn.high: 900000000}"))
    made = at(plan, ("prices.barang-ppn.mode", 1.0))
    assert named(made, made.left_out[0]) == ("aplikasi",) and made.has_place.sum() == 2
    assert made.paid_idr.tolist() == [TOTAL - 111_000_000] and made.full_idr.tolist() == [TOTAL + 888_000_000]
    assert made.finish_week.tolist() == [WEEKS] and made.index.tolist() == [INDEX - 0.25]
    assert made.short[0, 0].tolist() == [True, False]  # in week 19 of 2027 it would have been paid


def test_what_more_money_adds_is_no_part_of_the_promise(tmp_path):
    """Rp130 million of 2027 and 150 of 2028 are for the internet (52 a year) and the equipment (73 and 52); 240 are enough for all."""
    money = "ceilings.2027.dau.low: 126000000, ceilings.2027.dau.mode: 130000000, ceilings.2027.dau.high: 240000000"
    rest = "ceilings.2028.dau.low: 120000000, ceilings.2028.dau.mode: 150000000, ceilings.2028.dau.high: 160000000"
    plan = build_plan(with_changes(tmp_path, f"set: {{{money}, {rest}}}"))
    made = at(plan, ("ceilings.2027.dau.mode", 1.0), ("ceilings.2027.dau.mode", 0.0))
    assert named(made, made.added[0]) == ("aplikasi",) and not made.added[1].any()
    assert made.full_idr.tolist() == [TOTAL - 111_000_000] * 2 and made.paid_idr.tolist() == [TOTAL, TOTAL - 111_000_000]
    assert made.finish_week.tolist() == [14, 14]  # the equipment, which is all that is promised


def test_parts_of_many_draws_are_the_draws(plan, monkeypatch):
    points = [point for point in all_points(plan.inputs) if point.factor]
    where = [(point, t) for point in points for t in (-1.0, 1.0)]
    whole = moved_at(plan, where)
    monkeypatch.setattr("egov_model.analysis.moved.DRAWS_AT_A_TIME", 7)
    for made in (moved_at(plan, where), moved(plan, factors_at(plan.inputs, where))):
        for name in ("full_idr", "paid_idr", "finish_week", "index", "has_place", "short"):
            assert np.array_equal(getattr(made, name), getattr(whole, name))


def test_nothing_asked(plan):
    assert moved_at(plan, []).full_idr.shape == (0,)


def test_a_plan_of_nothing(tmp_path):
    plan = build_plan(with_changes(tmp_path, "drop: {initiatives: [internet, alat-desa, aplikasi]}"))
    made = at(plan, ("prices.alat.mode", 1.0), ("settings.dpa_delay_weeks", 1.0))
    assert made.full_idr.tolist() == [0, 0] and made.finish_week.tolist() == [0, 0]
