"""The APBD year as the plan meets it, counted on the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from plan_samples import LANGUAGES, edge, project
from tiny_pack import with_changes

from egov_model.analysis.budget_calendar import DATES, MAIN, NONE, REVISED, budget_years, short_days
from egov_model.model.plan import build_plan
from egov_model.report.calendar_figure import budget_years_figure, calendar_finding
from egov_model.report.schedule_view import years
from egov_model.report.wording import speak


def test_a_plan_in_time_uses_the_main_budget():
    """Weeks begin on Fridays: 12 February to 29 October 2027 are weeks 6 to 43; of 2028 11 February (58) to 27 October (95)."""
    frame = budget_years(edge("as it is"))
    assert frame["new_by"].tolist() == [MAIN, MAIN] and frame["new_weeks"].tolist() == [38, 38]
    assert frame.loc[2027, "new_from"] == date(2027, 2, 12) and frame.loc[2027, "new_until"] == date(2027, 10, 29)
    assert frame["working_days"].tolist() == [261, 260] and frame["days_off"].tolist() == [0, 0]


def test_a_late_plan_uses_the_revised_budget_first():
    """1 October to 12 November 2027: weeks 39 to 45."""
    frame = budget_years(edge("late"))
    assert frame["new_by"].tolist() == [REVISED, MAIN]
    assert frame.loc[2027, ["new_from", "new_until", "new_weeks"]].tolist() == [date(2027, 10, 1), date(2027, 11, 12), 7]


def test_a_revised_budget_that_is_not_held():
    frame = budget_years(edge("late and no revision"))
    assert frame["new_by"].tolist() == [NONE, MAIN] and frame.loc[2027, "new_weeks"] == 0
    assert frame["revised_budget"].tolist() == [None, None] and frame.loc[2027, "new_from"] is None


def test_a_late_dpa_and_days_off(tmp_path):
    """Two weeks later than 12 February; of the holiday from Friday 8 to Monday 11 January two working days count, at half."""
    holiday = "{name: Libur, first: 2027-01-08, last: 2027-01-11, capacity: 0.5, unit: bagian, source: uji, evidence: assumption}"
    plan = build_plan(with_changes(tmp_path, f"set: {{settings.dpa_delay_weeks: 2}}\nadd: {{holidays: [{holiday}]}}"))
    frame = budget_years(plan)
    assert frame["dpa_available"].tolist() == [date(2027, 2, 26), date(2028, 2, 25)] and frame.loc[2027, "new_from"] == date(2027, 2, 26)
    assert frame["days_off"].tolist() == [1, 0]
    assert short_days(plan) == [("Libur", date(2027, 1, 8), date(2027, 1, 11), 0.5)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_strip_shows_every_year_and_its_table_every_date(language):
    say, plan = speak(language), project()
    view = budget_years_figure(plan, say)
    frame = budget_years(plan)
    assert [row[0] for row in view.data.rows] == [str(y) for y in frame.index] and view.data == years(say, plan)
    row = plan.inputs.rows["fiscal_years"]["2029"]
    for name in DATES:
        assert say.short_day(getattr(row, name)) in view.data.rows[2]
    for year in frame.index:
        assert f">{year}</text>" in view.svg


def test_the_finding_names_the_budget_of_the_first_year():
    say = speak("en")
    assert calendar_finding(say, edge("as it is")) == (
        "In 2027 new work can be signed for 38 weeks, from the main budget; in later years for 38 weeks a year"
    )
    days = f"({say.day(date(2027, 10, 1))} to {say.day(date(2027, 11, 12))}); in later years"
    late = "In 2027 new work can be signed for 7 weeks only, from the revised budget " + days
    assert calendar_finding(say, edge("late")).startswith(late)
    assert calendar_finding(say, edge("late and no revision")).startswith("In 2027 no new work can be signed; ")
    assert calendar_finding(say, edge("one year")).endswith("from the main budget")
