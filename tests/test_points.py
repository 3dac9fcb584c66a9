"""Three-point inputs as things that can be moved."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tiny_pack import TINY, with_changes

from egov_model.analysis.points import ALL, FRAME, WORTH, all_points, cost_points, factors_at, with_setting
from egov_model.inputs.rules import Settings
from egov_model.inputs.scenario import load_scenario
from egov_model.model.factors import Factors, most_likely
from egov_model.model.plan import build_plan


@pytest.fixture(scope="module")
def inputs():
    return load_scenario("baseline", TINY)


@pytest.fixture(scope="module")
def points(inputs):
    return {point.key: point for point in all_points(inputs)}


@pytest.mark.parametrize(("t", "value"), [(-1, 6), (-0.5, 7), (0, 8), (0.5, 10), (1, 12), (2, 16), (-2, 4)])
def test_a_place_is_even_between_and_beyond(points, t, value):
    point = points["phases.beli.build.mode"]
    assert point.value(t) == value and point.taken(t) == value


def test_below_zero_only_prices_may_grow(points):
    assert points["prices.alat.mode"].taken(-6) == 0  # 10 million less 6 x 2
    assert points["escalation.langganan.mode"].taken(-2) == pytest.approx(-0.1)


def test_ends_are_exact(points):
    for point in points.values():
        assert [point.value(t) for t in (-1, 0, 1)] == [point.low, point.mode, point.high]
        assert [point.taken(t) for t in (-1, 0, 1)] == list(point.counted)


def test_every_input_is_there_once(inputs, points):
    assert len(points) == len(all_points(inputs))
    assert {point.key for point in cost_points(inputs)} <= set(points)
    for table in ("phases", "procurement", "ceilings", "prices", "cost_lines", "places", "escalation", "vat"):
        assert {key for key in inputs.rows[table]} == {point.row for point in points.values() if point.table == table}


def test_settings_are_numbers_with_a_range_that_do_not_make_another_plan(points):
    named = {point.row for point in points.values() if point.table == "settings"}
    assert {"ceiling_factor", "escalation_shift", "dpa_delay_weeks", "hiring_delay_years"} <= named
    assert not named & {"first_year", "last_year", "base_price_year", "adopted_on", "scope", "revised_budget_held"}
    assert points["settings.dpa_delay_weeks"].whole and not points["settings.ceiling_factor"].whole


def test_the_frame_is_made_of_settings():
    assert set(FRAME + WORTH) <= set(Settings.model_fields)


@pytest.mark.parametrize("key", WORTH)
def test_what_is_left_out_moves_nothing_that_is_measured(inputs, key):
    plan, value = build_plan(inputs), getattr(inputs.settings, key)
    other = build_plan(replace(inputs, settings=inputs.settings.model_copy(update={key: type(value)(value + 1)})))
    for one, two in ((plan.schedule.paid_idr, other.schedule.paid_idr), (plan.schedule.finish, other.schedule.finish)):
        assert (one == two).all()
    assert (plan.maturity[-1].index == other.maturity[-1].index).all()


def test_a_setting_outside_its_range_is_its_own_end(tmp_path):
    point = next(p for p in all_points(with_changes(tmp_path, "set: {settings.ceiling_factor: 0.2}")) if p.row == "ceiling_factor")
    assert (point.low, point.mode, point.high) == (0.2, 0.2, 1.5)


def test_ceilings_count_with_their_factor(tmp_path):
    point = next(p for p in all_points(with_changes(tmp_path, "set: {settings.ceiling_factor: 0.5}")) if p.key == "ceilings.2027.dau.mode")
    assert point.low == 800_000_000 and point.counted == (400_000_000, 500_000_000, 550_000_000)


def test_one_input_moves_in_each_draw(inputs, points):
    key = list(inputs.rows["phases"]).index("beli.build")
    made = factors_at(inputs, [(points["phases.beli.build.mode"], 1.0), (points["effort_values.calibration.effort..mode"], -1.0)])
    one = most_likely(inputs)
    assert made.draws == 2 and made.phase_weeks[:, key].tolist() == [12, 8]
    assert made.productivity.tolist() == [1, 0.22 / 0.35]
    for name in Factors.__dataclass_fields__:
        moved = {"phase_weeks": [key], "productivity": [0]}.get(name, [])
        here, there = getattr(made, name).reshape(2, -1), getattr(one, name).reshape(1, -1)
        assert [n for n in range(here.shape[1]) if (here[:, n] != there[0, n]).any()] == moved


def test_a_setting_made_again(inputs, points):
    made = with_setting(inputs, points["settings.dpa_delay_weeks"], 0.34)
    assert made.settings.dpa_delay_weeks == 3 and isinstance(made.settings.dpa_delay_weeks, int)
    assert made.rows["settings"]["dpa_delay_weeks"].value == "3"
    assert replace(made, settings=inputs.settings, rows=inputs.rows) == inputs  # nothing else moves


@pytest.mark.parametrize("body", ["set: {}", "set: {settings.ceiling_factor: 0.8, settings.escalation_shift: 0.02}"])
@pytest.mark.parametrize("t", [-1.0, 0.4, 1.0])
def test_settings_of_many_columns_are_what_inputs_made_again_say(tmp_path, body, t):
    inputs = with_changes(tmp_path, body)
    moved = [p for p in all_points(inputs) if p.column == ALL]
    assert {p.row for p in moved} == {"ceiling_factor", "escalation_shift"}
    for draw, point in enumerate(moved):
        made, again = factors_at(inputs, [(p, t) for p in moved]), most_likely(with_setting(inputs, point, t))
        for name in ("ceiling_idr", "escalation_rate"):
            assert getattr(made, name)[draw] == pytest.approx(getattr(again, name)[0])


def test_a_ceiling_factor_of_nothing_cannot_multiply(tmp_path):
    point = next(p for p in all_points(with_changes(tmp_path, "set: {settings.ceiling_factor: 0}")) if p.row == "ceiling_factor")
    assert point.factor == "" and point.counted == (0, 0, 1.5)
