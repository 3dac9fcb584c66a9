"""The index as frames: the tiny plan by hand, every cause that holds an indicator, and what each initiative is worth."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from plan_samples import project
from tiny_pack import TINY, with_changes

from egov_model.analysis import index_levels as room
from egov_model.analysis.compare import headline
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan


@pytest.fixture(scope="module")
def tiny():
    return build_plan(load_scenario("baseline", TINY))


def plan_with(tmp_path, body: str):
    return build_plan(with_changes(tmp_path, body))


def causes(plan, column: int = -1) -> dict[str, list[str]]:
    frame = room.held(plan, plan.maturity[-1], column)
    return {code: list(part["cause"]) for code, part in frame.groupby("indicator")}


def test_the_tiny_plan_by_year(tiny):
    frame = room.index_by_year(tiny).to_dict("records")
    assert [(r["year"], r["scheme"], r["predicate"]) for r in frame] == [(2027, "baru", "cukup"), (2028, "baru", "baik")]
    first, second = frame
    assert (first["index"], second["index"]) == pytest.approx((2.13, 2.63))  # 0.5*2 + 0.25*3 + 0.25*1.5, then the equipment at 3
    assert (first["rise"], second["rise"]) == pytest.approx((2.13 - 1.38, 0.5))  # start: 0.5*1 + 0.25*2 + 0.25*1.5
    assert (first["gap"], second["gap"]) == pytest.approx((2.13 - 1.5, 2.63 - 2.5))


def test_the_headline_tells_the_last_index(tiny):
    made = headline(tiny)
    assert (made.index, made.index_year, made.index_scheme, made.index_predicate) == (2.63, 2028, "baru", "baik")


def test_years_without_a_scheme_have_no_index(tmp_path):
    plan = plan_with(tmp_path, "set: {index_schemes.baru.valid_to: 2027}\n")
    last = room.index_by_year(plan).iloc[-1]
    assert last["scheme"] == last["predicate"] == "" and math.isnan(last["index"]) and math.isnan(last["gap"])
    assert headline(plan).index_year == 2027
    none = plan_with(tmp_path / "b", "set: {index_schemes.baru.valid_from: 2040}\n")
    assert none.maturity == () and headline(none).index is None and headline(none).index_predicate == ""


def test_a_year_without_a_target_has_no_gap(tmp_path):
    frame = room.index_by_year(plan_with(tmp_path, "drop: {index_targets: [baru.2028]}\n"))
    assert math.isnan(frame["target"].iloc[1]) and math.isnan(frame["gap"].iloc[1]) and frame["gap"].iloc[0] > 0


def test_parts_are_means_by_weight(tiny):
    frame = room.by_part(tiny, tiny.maturity[0]).set_index("code")
    assert list(frame.index) == ["D1", "A1", "A2", "D2"]
    assert frame["start"].tolist() == pytest.approx([(50 * 1 + 25 * 2) / 75, 1, 2, 1.5])
    assert frame[2027].tolist() == pytest.approx([(50 * 2 + 25 * 3) / 75, 2, 3, 1.5])
    assert frame[2028].tolist() == pytest.approx([3, 3, 3, 1.5])


@pytest.mark.parametrize("scheme", ["pemdi-2026", "spbe-2020"])
def test_top_parts_add_up_to_the_index(scheme):
    base = project()
    named = base.inputs.settings.model_copy(update={"index_scheme": scheme})
    plan = build_plan(type(base.inputs)(**{**base.inputs.__dict__, "settings": named}))
    part = plan.maturity[0]
    frame = room.by_part(plan, part)
    for rows in (frame[frame["within"] == ""], frame[~frame["code"].isin(set(frame["within"]))]):
        assert float((rows[2031] * rows["weight_pct"]).sum() / 100) == pytest.approx(float(part.index[0, -1]))


def test_what_holds_each_indicator(tiny, tmp_path):
    assert causes(tiny) == {"I01": [room.NOTHING], "I02": [room.NOTHING], "I03": [room.OUTSIDE]}
    assert causes(tiny, 0) == {"I01": [room.STAY], "I02": [room.NOTHING], "I03": [room.OUTSIDE]}
    frame = room.held(tiny, tiny.maturity[0], 0).set_index("indicator")
    assert frame["worth"].to_dict() == pytest.approx({"I01": 0.5, "I02": 0.25, "I03": 0.125})  # 1.5 to 2 by an outside body
    live = tiny.initiatives.set_index("initiative").loc["alat-desa", "go_live"]
    assert frame.loc["I01", "ready"] == live + timedelta(days=365)  # a year after going live
    late = causes(plan_with(tmp_path / "late", "set: {initiatives.aplikasi.earliest: 2028-08-01}\n"))
    assert late["I02"] == [room.LATE]
    absent = causes(plan_with(tmp_path / "gone", "drop: {initiatives: [aplikasi]}\n"))
    assert absent["I02"] == [room.ABSENT]
    scope = causes(plan_with(tmp_path / "scope", "set: {settings.scope: running}\n"))
    assert scope["I01"] == [room.ABSENT] and scope["I02"] == [room.ABSENT]
    body = "set: {settings.index_levels_per_year: 1, effects.alat-3.low: 0, effects.alat-3.mode: 0}\n"
    assert causes(plan_with(tmp_path / "pace", body), 0)["I01"] == [room.PACE]


def test_what_is_live_on_the_day_of_the_cut_off_is_not_late(tmp_path):
    plan = plan_with(tmp_path, "set: {fiscal_years.2028.evidence_cut_off: 2028-09-08}\n")  # the first day of week 88
    plan = replace(plan, schedule=replace(plan.schedule, live=np.array([[0, 88, 89]])))
    assert causes(plan) == {"I01": [room.STAY], "I02": [room.LATE], "I03": [room.OUTSIDE]}


def test_a_condition_tells_its_share(tmp_path):
    body = "set: {effects.aplikasi-3.condition: agencies_integrated, effects.aplikasi-3.at_least: 0.8}\n"
    plan = plan_with(tmp_path, body)
    row = room.held(plan, plan.maturity[0]).set_index("indicator").loc["I02"]
    assert (row["cause"], row["share"], row["at_least"], row["ready"]) == (room.CONDITION, 0.5, 0.8, None)
    covered = plan_with(tmp_path / "b", "set: {effects.aplikasi-3.condition: agencies_covered, effects.aplikasi-3.at_least: 1}\n")
    assert room.held(covered, covered.maturity[0]).set_index("indicator").loc["I02", "share"] == 0.5  # for one of two agencies
    people = "set: {effects.aplikasi-3.condition: roles_on_board, effects.aplikasi-3.at_least: 1, roles.analis.on_board: 0}\n"
    staffed = plan_with(tmp_path / "c", people + "drop: {formations: [analis.2028]}\n")
    assert causes(staffed)["I02"] == [room.ABSENT, room.CONDITION]  # nobody builds it either


def test_what_an_initiative_is_worth(tiny):
    frame = room.contributions(tiny, tiny.maturity[0]).set_index("initiative")
    assert frame["loss"].to_dict() == pytest.approx({"internet": 0, "alat-desa": 0.5 * 2, "aplikasi": 0.25})
    assert frame["gain"].to_dict() == pytest.approx({"internet": 0, "alat-desa": 0, "aplikasi": 0})


def test_an_early_start_is_worth_what_it_saves_in_waiting(tmp_path):
    plan = plan_with(tmp_path, "set: {effects.alat-3.mode: 1.6, effects.alat-3.high: 1.6}\n")  # from 2027-01-01 it would have lasted
    frame = room.contributions(plan, plan.maturity[0]).set_index("initiative")
    assert frame.loc["alat-desa", "gain"] == pytest.approx(0.5) and frame.loc["alat-desa", "loss"] == pytest.approx(0.5)


def test_the_regency_without_a_plan_hardly_moves():
    without = room.index_by_year(project("do-minimum"))["index"].iloc[-1]
    assert without < room.index_by_year(project())["index"].iloc[-1]
