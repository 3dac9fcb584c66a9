"""Weeks, fiscal years and windows, counted by hand on the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.timeline import contract_windows, make_timeline


@pytest.fixture(scope="module")
def inputs():
    return load_scenario("baseline", TINY)


@pytest.fixture(scope="module")
def timeline(inputs):
    return make_timeline(inputs.settings)


def test_weeks_belong_to_the_year_of_their_first_day(timeline):
    assert timeline.day(52) == date(2027, 12, 31)
    assert timeline.week_year[52] == 0 and timeline.week_year[53] == 1
    assert timeline.year_weeks.tolist() == [53, 52]  # 2027 begins and ends on a Friday
    assert timeline.months[0] == "2027-01" and timeline.months[-1] == "2028-12"


def test_dates_become_weeks_and_back(timeline):
    assert timeline.week_from(date(2027, 2, 12)) == 6  # 42 days after 1 January
    assert timeline.week_from(date(2027, 2, 13)) == 7
    assert timeline.week_until(date(2027, 2, 18)) == 6
    assert timeline.week_from(date(2026, 5, 1)) == 0
    assert timeline.last_day(14) == date(2027, 4, 8)


@given(st.integers(0, 104))
def test_every_week_finds_itself(week):
    timeline = make_timeline(load_scenario("baseline", TINY).settings)
    assert timeline.week_from(timeline.day(week)) == timeline.week_until(timeline.day(week)) == week


def windows(inputs, running):
    return contract_windows(
        make_timeline(inputs.settings), {f.year: f for f in inputs.rows["fiscal_years"].values()}, inputs.settings, running
    )


def test_windows_of_a_plan_adopted_in_time(inputs):
    first, second = windows(inputs, running=False)
    assert (first.opens, first.last_start, first.closes, first.revised) == (6, 43, 50, False)  # 12 Feb; 29 Oct = day 301; 17 Dec
    assert (second.year, second.opens) == (1, 58)


def test_new_money_of_a_late_plan_comes_with_the_revised_budget(tmp_path):
    late = with_changes(tmp_path, "set: {settings.adopted_on.value: 2026-12-31}")
    assert [(w.opens, w.revised) for w in windows(late, running=False)] == [(39, True), (58, False)]
    assert [(w.opens, w.revised) for w in windows(late, running=True)] == [(6, False), (58, False)]


def test_no_revised_budget_no_new_money(tmp_path):
    late = with_changes(tmp_path, "set: {settings.adopted_on.value: 2026-12-31, settings.revised_budget_held.value: n}")
    assert [w.year for w in windows(late, running=False)] == [1]
