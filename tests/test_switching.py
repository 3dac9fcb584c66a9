"""Switching values of the tiny plan by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from tiny_pack import TINY, with_changes

from egov_model.analysis.points import all_points
from egov_model.analysis.switching import BREAKS, PRECISION, _first, switching, weighty
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan


def found(plan, key, **asked):
    points = [point for point in all_points(plan.inputs) if point.key == key]
    made = switching(plan, points=points, **asked).frame
    assert len(made) == len(BREAKS)
    return made.set_index("breaks")


def close(row, name, value, way):
    """The value lies between the last that holds and the first that breaks, which are as near as promised."""
    holds, breaks = row[f"{name}_holds"], row[f"{name}_value"]
    low, high = sorted((holds, breaks))
    assert low <= value <= high and high - low <= way * PRECISION * 1.0001


def test_a_ceiling_by_hand(tmp_path):
    """The plan pays 236,264,150 in 2027; with less the application goes to 2028, where it ends in week 66, and nothing falls out."""
    body = "set: {ceilings.2027.dau.low: 200000000, ceilings.2027.dau.mode: 300000000, ceilings.2027.dau.high: 320000000}"
    made = found(build_plan(with_changes(tmp_path, body)), "ceilings.2027.dau.mode")
    for kind in ("ceiling", "finish"):
        close(made.loc[kind], "down", 236_264_150, 100_000_000)
    assert made.loc["ceiling", "down_names"] == ("dau 2027",)
    assert made.loc[["fit", "choice"], ["down_value", "up_value", "nearest"]].isna().all(axis=None)
    assert made["up_value"].isna().all()


def test_a_price_by_hand(tmp_path):
    """Of 2027 are left 1,000 - 125.26415 million, of 2028 1,000 - 104; the application costs 1.11 times its price."""
    plan = build_plan(with_changes(tmp_path, "set: {prices.barang-ppn.high: 900000000}"))
    made = found(plan, "prices.barang-ppn.mode")
    for kind in ("ceiling", "finish"):
        close(made.loc[kind], "up", 874_735_850 / 1.11, 800_000_000)
    for kind in ("fit", "choice"):
        close(made.loc[kind], "up", 896_000_000 / 1.11, 800_000_000)
        assert made.loc[kind, "up_names"] == ("aplikasi",)
    assert made["down_value"].isna().all()
    assert made.loc["fit", "nearest"] == pytest.approx((896_000_000 / 1.11 - 1e8) / 8e8, abs=PRECISION)


def test_what_is_mandatory_is_no_choice(tmp_path):
    plan = build_plan(with_changes(tmp_path, "set: {prices.barang-ppn.high: 900000000, initiatives.aplikasi.mandatory: y}"))
    made = found(plan, "prices.barang-ppn.mode")
    assert made.loc["fit", "up_names"] == ("aplikasi",) and math.isnan(made.loc["choice", "up_value"])


def test_a_tolerance_by_hand(tmp_path):
    """Above 200 million with VAT the application needs a tender: eight weeks instead of three, five more than the plan."""
    plan = build_plan(with_changes(tmp_path, "set: {prices.barang-ppn.high: 900000000}"))
    close(found(plan, "prices.barang-ppn.mode", tolerance_weeks=4).loc["finish"], "up", 200_000_000 / 1.11, 800_000_000)
    close(found(plan, "prices.barang-ppn.mode", tolerance_weeks=5).loc["finish"], "up", 874_735_850 / 1.11, 800_000_000)


def test_whole_numbers_are_exact():
    """Each week that the documents are late is a week at the end."""
    row = found(build_plan(load_scenario("baseline", TINY)), "settings.dpa_delay_weeks", tolerance_weeks=4).loc["finish"]
    assert (row["up_holds"], row["up_value"], row["nearest"]) == (4, 5, 0.5) and math.isnan(row["down_value"])


def test_a_wider_range_finds_more(tmp_path):
    plan = build_plan(with_changes(tmp_path, "set: {prices.barang-ppn.high: 500000000}"))
    assert found(plan, "prices.barang-ppn.mode")["nearest"].isna().all()
    wide = found(plan, "prices.barang-ppn.mode", widen=2.0).loc["fit"]
    close(wide, "up", 896_000_000 / 1.11, 400_000_000)
    assert wide["nearest"] > 1


def test_the_first_break_counts_even_where_it_mends():
    broken = np.array([[False, True, False, True], [False, False, False, False], [True, True, True, True]])
    assert _first(broken[:, :, None]).tolist() == [[1], [4], [0]]


def test_inputs_that_weigh_and_their_order(tmp_path):
    plan = build_plan(with_changes(tmp_path, "set: {prices.barang-ppn.high: 900000000}"))
    keys = {point.key for point in weighty(plan)}
    assert {"prices.barang-ppn.mode", "phases.beli.build.mode", "settings.dpa_delay_weeks"} <= keys
    assert not keys & {"prices.antarmuka.mode", "vat.2000.mode", "settings.benefit_years_after"}
    frame = switching(plan).frame
    assert set(frame["key"]) == keys and len(frame) == len(keys) * len(BREAKS)
    near = frame["nearest"].dropna()
    assert near.is_monotonic_increasing and frame["nearest"].iloc[len(near) :].isna().all() and len(near) > 3


def test_a_counted_size_is_told_as_a_factor(tmp_path):
    """Counted functions leave no width in function points: what moves is how much work they are."""
    plan = build_plan(load_scenario("baseline", TINY))
    point = next(point for point in all_points(plan.inputs) if point.key == "applications.surat.size_fp")
    row = switching(plan, points=[replace(point, low=point.mode, high=point.mode)]).frame.iloc[0]
    assert row["unit"] == "kali" and (row["low"], row["mode"], row["high"]) == point.counted


def test_nothing_to_look_at():
    plan = build_plan(load_scenario("baseline", TINY))
    assert switching(plan, points=[]).frame.empty
