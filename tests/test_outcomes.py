"""Levels and index: the tiny plan by hand, known answers of every scheme, and what must hold for any plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_samples import project
from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.conditions import NEVER
from egov_model.model.maturity import Rules
from egov_model.model.outcomes import mature
from egov_model.model.plan import build_plan


@pytest.fixture(scope="module")
def tiny():
    return build_plan(load_scenario("baseline", TINY)).maturity[0]


def again(part, live, levels_per_year=4, **drawn):
    return mature(part.rules, part.conditions, part.years, part.cut_off, np.array(live), levels_per_year, **drawn)


def test_the_tiny_plan_by_hand(tiny):
    # cut-offs of 15 September are day 257 of 2027 and day 623: weeks 36.7 and 89 on. The equipment is live in 2027, so its stay of a year
    # has passed by the second cut-off: levels 2 and 3. The application is level 2 at the start and goes live in time for 3.
    assert tiny.cut_off.tolist() == pytest.approx([257 / 7, 623 / 7])
    assert tiny.levels[0].tolist() == [[2, 3], [3, 3], [1.5, 1.5]]
    assert tiny.index[0].tolist() == pytest.approx([0.5 * 2 + 0.25 * 3 + 0.25 * 1.5, 0.5 * 3 + 0.25 * 3 + 0.25 * 1.5])


@pytest.mark.parametrize(
    ("live", "expected"),
    [
        ([0, 36, 36], [[2, 3], [3, 3]]),  # week 36 begins on 10 September, before the evidence is closed
        ([0, 37, 37], [[1, 2], [2, 3]]),  # week 37 after it: 52.14 weeks of stay then end in week 89.14
        ([0, -1, -1], [[1, 1], [2, 2]]),
        ([0, 36, -1], [[2, 3], [2, 2]]),
    ],
)
def test_weeks_of_going_live_by_hand(tiny, live, expected):
    assert again(tiny, [live]).levels[0, :2].tolist() == expected


def test_the_day_of_the_cut_off_still_counts(tiny):
    made = mature(tiny.rules, tiny.conditions, (0,), np.array([36.0]), np.array([[0, 36, 36], [0, 37, 37]]), 4)
    assert made.levels[:, 0, 0].tolist() == [2, 1]


def test_levels_are_climbed_one_by_one(tiny):
    rules = replace(tiny.rules, needs=tiny.rules.needs[1:], stay_years=tiny.rules.stay_years[1:])  # nothing asks for level 2 any more
    made = mature(rules, tiny.conditions, tiny.years, tiny.cut_off, np.array([[0, 0, 0]]), 4)
    assert made.levels[0, 0].tolist() == [1, 1]  # so level 3 is out of reach


def test_at_most_so_many_levels_a_year(tiny):
    many = again(tiny, [[0, 0, 0]], 4, stay_years=np.zeros((1, 3)))
    one = again(tiny, [[0, 0, 0]], 1, stay_years=np.zeros((1, 3)))
    assert many.levels[0, 0].tolist() == [3, 3] and one.levels[0, 0].tolist() == [2, 3]


def test_a_drawn_start_is_a_whole_level_except_for_outside_bodies(tiny):
    made = again(tiny, [[-1, -1, -1]] * 2, start=np.array([[1.4, 2.6, 1.7], [1, 1, 2]]))
    assert made.levels[:, :, 0].tolist() == [[1, 3, 1.7], [1, 1, 2]]


def test_a_level_already_held_needs_nothing_again(tiny):
    assert again(tiny, [[-1, -1, -1]], start=np.array([[3.0, 3, 1]])).levels[0].tolist() == [[3, 3], [3, 3], [1, 1]]


@pytest.mark.parametrize(("change", "expected"), [("0.6", 1), ("0.5", 3)])
def test_targets_decide_whether_all_agencies_are_covered(tmp_path, change, expected):
    body = f"set:\n  effects.aplikasi-3.condition: agencies_covered\n  effects.aplikasi-3.at_least: {change}\n"
    part = build_plan(with_changes(tmp_path, body)).maturity[0]
    assert part.levels[0, 1, 1] == max(2, expected)  # one of two agencies


def test_people_on_board_decide_too(tmp_path):
    body = "set:\n  roles.analis.on_board: {}\n  effects.aplikasi-3.condition: roles_on_board\n  effects.aplikasi-3.at_least: 1\n"
    rules = build_plan(with_changes(tmp_path / "a", body.format(1))).maturity[0]
    assert again(rules, [[0, 0, 0]]).levels[0, 1].tolist() == [3, 3]
    late = build_plan(with_changes(tmp_path / "b", body.format(0))).maturity[0]
    assert again(late, [[0, 0, 0]]).levels[0, 1].tolist() == [2, 3]  # the analyst comes in January 2028
    never = build_plan(with_changes(tmp_path / "c", body.format(0) + "drop: {formations: [analis.2028]}\n")).maturity[0]
    assert again(never, [[0, 0, 0]]).levels[0, 1].tolist() == [2, 2]


def test_dropping_an_initiative_makes_no_level_easier(tmp_path):
    for condition in ("", "set: {effects.aplikasi-3.condition: agencies_covered, effects.aplikasi-3.at_least: 0.5}\n"):
        part = build_plan(with_changes(tmp_path / f"case{len(condition)}", condition + "drop:\n  initiatives: [aplikasi]\n")).maturity[0]
        assert part.levels[0, 1].tolist() == [2, 2]


def test_a_need_is_met_from_its_week_on_and_for_its_stay(tiny):
    """Needs: levels 2 and 3 of the equipment, at once and after a year, level 3 of the application; what has no place never meets them."""
    made = again(tiny, [[0, 36, -1], [0, -1, 36]])
    assert made.met.tolist() == [[36, pytest.approx(36 + 365 / 7), NEVER], [NEVER, NEVER, 36]]


def test_a_level_held_from_the_start_does_not_hold_up_the_next(tiny):
    """Evidence closes half a week after the plan begins: the application, at level 2 before it, has been live since the first day."""
    made = mature(tiny.rules, tiny.conditions, (0,), np.array([0.5]), np.array([[0, 0, 0]]), 4)
    assert made.levels[0, :, 0].tolist() == [2, 3, 1.5]


def test_without_needs_all_stays_as_it_is(tiny):
    rules = replace(tiny.rules, needs=(), stay_years=np.zeros(0))
    made = mature(rules, tiny.conditions, tiny.years, tiny.cut_off, np.array([[0, 0, 0], [-1, -1, -1]]), 4)
    assert made.levels.tolist() == [[[1, 1], [2, 2], [1.5, 1.5]]] * 2 and made.met.shape == (2, 0)


def test_a_score_of_outside_bodies_does_not_move(tiny):
    rules = replace(tiny.rules, outside=np.array([True, False, True]))
    made = mature(rules, tiny.conditions, tiny.years, tiny.cut_off, np.array([[0, 0, 0]]), 4)
    assert made.levels[0].tolist() == [[1, 1], [3, 3], [1.5, 1.5]]


def test_a_scheme_that_begins_within_the_plan_begins_at_its_own_start(tmp_path):
    body = "set:\n  index_schemes.lama.valid_to: 2027\n  index_schemes.baru.valid_from: 2028\n"
    old, new = build_plan(with_changes(tmp_path, body)).maturity
    assert (old.rules.scheme, old.years, new.rules.scheme, new.years) == ("lama", (0,), "baru", (1,))
    assert old.index[0].tolist() == [2] and new.levels[0, :, 0].tolist() == [3, 3, 1.5]


# the schemes of the project


@pytest.fixture(scope="module", params=["pemdi-2026", "spbe-2020", "pegi-2012"])
def scheme(request) -> tuple[Rules, object]:
    plan = project()
    named = plan.inputs.settings.model_copy(update={"index_scheme": request.param})
    return replace(plan, inputs=replace(plan.inputs, settings=named)).maturity[0]


def test_all_at_the_top_is_the_top_and_all_at_the_bottom_the_bottom(scheme):
    groups, count = len(project().network.groups), len(scheme.rules.indicators)
    for level in (scheme.rules.low, scheme.rules.high):
        made = again(scheme, [[-1] * groups], start=np.full((1, count), float(level)))
        assert round(float(made.index[0, -1]), 9) == level  # all-5 is 5.00, all-1 is 1.00; the PeGI scale ends at 4


def test_the_index_is_weights_times_levels(scheme):
    expected = sum(w * n for w, n in zip(scheme.rules.weight, scheme.levels[0, :, -1], strict=True))
    assert float(scheme.index[0, -1]) == pytest.approx(expected)


def of_every_group(least: int, most: int) -> st.SearchStrategy[list[int]]:
    """A whole number for each group of the project's plan, which is made when a test asks."""

    def numbers() -> st.SearchStrategy[list[int]]:
        groups = len(project().network.groups)
        return st.lists(st.integers(least, most), min_size=groups, max_size=groups)

    return st.deferred(numbers)


LIVE = of_every_group(-1, 260)


@given(live=LIVE, later=of_every_group(0, 60), gone=st.integers(0, 10**6))
@settings(max_examples=60)
def test_later_or_fewer_never_raises_the_index_of_any_year(live, later, gone):
    part = project().maturity[0]
    delayed = [week if week < 0 else week + more for week, more in zip(live, later, strict=True)]
    fewer = [-1 if n == gone % len(live) else week for n, week in enumerate(live)]
    made = again(part, [live, delayed, fewer], 1)
    low, high = part.rules.low, part.rules.high
    assert ((made.index >= low) & (made.index <= high)).all() and ((made.levels >= low) & (made.levels <= high)).all()
    assert (made.index[1] <= made.index[0] + 1e-9).all() and (made.index[2] <= made.index[0] + 1e-9).all()
    assert (np.diff(made.index, axis=1) >= -1e-9).all()  # nothing reached is lost
    assert (made.levels[:, part.rules.outside] == part.rules.start[part.rules.outside][None, :, None]).all()


@given(lives=st.lists(LIVE, min_size=2, max_size=4), stay=st.integers(0, 300).map(lambda n: n / 100))
@settings(max_examples=25)
def test_many_draws_are_each_as_if_alone(lives, stay):
    part = project().maturity[0]
    drawn = np.full((len(lives), len(part.rules.needs)), stay)
    together = again(part, lives, 1, stay_years=drawn)
    for n, live in enumerate(lives):
        alone = again(part, [live], 1, stay_years=drawn[n : n + 1])
        assert np.array_equal(alone.levels[0], together.levels[n]) and np.array_equal(alone.index[0], together.index[n])


def test_a_longer_stay_never_helps():
    part = project().maturity[0]
    live = project().schedule.live
    short = again(part, live, 1, stay_years=np.zeros((1, len(part.rules.needs))))
    assert (part.index <= short.index + 1e-9).all() and short.index[0, -1] > part.index[0, -1]


def test_ten_thousand_draws_share_one_pass():
    part = project().maturity[0]
    made = again(part, np.repeat(project().schedule.live, 10_000, axis=0), 1)
    assert made.index.shape == (10_000, len(part.years)) and np.ptp(made.index, axis=0).max() == 0
