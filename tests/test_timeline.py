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
    assert [w.last_start for w in windows(late, running=False)] == [45, 95]  # 12 November = day 315; 27 October 2028 = day 665
    assert [(w.opens, w.revised) for w in windows(late, running=True)] == [(6, False), (58, False)]


def test_no_revised_budget_no_new_money(tmp_path):
    late = with_changes(tmp_path, "set: {settings.adopted_on.value: 2026-12-31, settings.revised_budget_held.value: n}")
    assert [w.year for w in windows(late, running=False)] == [1]


@pytest.mark.parametrize(
    ("first_year", "last_year", "weeks", "last_week"),
    [
        (2027, 2027, 53, date(2027, 12, 31)),  # 365 days are 52 weeks and a day, and that day begins one more
        (2025, 2030, 313, date(2030, 12, 25)),  # 2,191 days are 313 whole weeks
    ],
)
def test_the_last_week_begins_within_the_plan(inputs, first_year, last_year, weeks, last_week):
    made = make_timeline(inputs.settings.model_copy(update={"first_year": first_year, "last_year": last_year}))
    assert made.weeks == len(made.week_month) == weeks and made.day(made.weeks - 1) == last_week


def one_window(inputs, timeline, **dates):
    """The window of 2027 with other dates; None when there is none."""
    year = next(iter(inputs.rows["fiscal_years"].values())).model_copy(update=dates)
    other = {row.year: row for row in inputs.rows["fiscal_years"].values()}
    found = contract_windows(timeline, other | {2027: year}, inputs.settings, running=False)
    return next((w for w in found if w.year == 0), None)


@pytest.mark.parametrize(("close", "closes"), [(date(2027, 12, 15), 49), (date(2027, 12, 16), 50), (date(2027, 12, 22), 50)])
def test_a_week_counts_when_its_last_day_is_the_day_of_the_close(inputs, timeline, close, closes):
    assert one_window(inputs, timeline, payment_close=close).closes == closes  # week 49 is 10 to 16 December


@pytest.mark.parametrize(("dpa", "opens"), [(date(2027, 10, 29), 43), (date(2027, 10, 30), None)])
def test_a_window_of_a_single_week_is_one_and_a_later_dpa_leaves_none(inputs, timeline, dpa, opens):
    found = one_window(inputs, timeline, dpa_available=dpa)
    assert (found and found.opens) == opens and (found is None or found.last_start == 43)


def test_a_plan_adopted_on_the_day_of_the_cut_off_is_in_time(tmp_path):
    for day, opens in (("2026-06-30", 6), ("2026-07-01", 39)):
        (tmp_path / day).mkdir()
        made = with_changes(tmp_path / day, f"set: {{settings.adopted_on.value: {day}}}")
        assert windows(made, running=False)[0].opens == opens


def test_a_late_dpa_opens_the_window_that_much_later(tmp_path):
    made = with_changes(tmp_path, "set: {settings.dpa_delay_weeks: 4}")
    assert [w.opens for w in windows(made, running=False)] == [10, 62]  # weeks 6 and 58 without it
