"""Decisions dated back from when people are needed, by hand on the made-up regency."""

from __future__ import annotations

from datetime import date

from plan_samples import project
from test_measures import made
from test_posts import TECHNICIAN, TRAINED
from tiny_pack import with_changes

from egov_model.analysis.staff_calendar import BUDGET, COLUMNS, PROCURE, PROPOSE, TRAINING, staff_decisions
from egov_model.model.plan import build_plan


def rows(plan, *kinds):
    frame = staff_decisions(plan)
    assert list(frame.columns) == COLUMNS
    return [tuple(r) for r in frame[frame["kind"].isin(kinds)].drop(columns=["text", "how", "fiscal_year"]).itertuples(index=False)]


def test_a_planned_formation_is_proposed_and_budgeted(tmp_path):
    plan = build_plan(with_changes(tmp_path, ""))
    assert rows(plan, PROPOSE, BUDGET) == [
        (date(2027, 3, 31), PROPOSE, "analis", 1, date(2028, 1, 1), True, False),
        (date(2027, 6, 30), BUDGET, "analis", 1, date(2028, 1, 1), True, False),
    ]


def test_what_should_have_been_proposed_before_the_plan_is_overdue(tmp_path):
    row = "{role: analis, year: 2027, arrives_month: 1, hires: 1, unit: orang, source: uji, evidence: assumption}"
    first = rows(build_plan(with_changes(tmp_path, f"add: {{formations: [{row}]}}")), PROPOSE)[0]
    assert first == (date(2026, 3, 31), PROPOSE, "analis", 1, date(2027, 1, 1), True, True)


def test_a_late_formation_is_proposed_in_the_same_year(tmp_path):
    """Delayed by a year it comes after the plan's end, and is no decision of the plan."""
    assert rows(build_plan(with_changes(tmp_path, "set: {settings.hiring_delay_years: 1}")), PROPOSE) == []
    row = "{role: analis, year: 2027, arrives_month: 1, hires: 1, unit: orang, source: uji, evidence: assumption}"
    late = build_plan(with_changes(tmp_path / "two", f"set: {{settings.hiring_delay_years: 1}}\nadd: {{formations: [{row}]}}"))
    assert rows(late, PROPOSE) == [(date(2026, 3, 31), PROPOSE, "analis", 1, date(2028, 1, 1), True, True)]


def test_the_mix_adds_its_own(tmp_path):
    plan = made(tmp_path, "", f"add: {{roles: [{TECHNICIAN}], retraining: [{TRAINED}]}}")
    found = rows(plan, PROPOSE, BUDGET, TRAINING)
    assert (date(2027, 3, 31), PROPOSE, "analis", 1, date(2028, 1, 1), False, False) in found
    assert (date(2027, 3, 1), TRAINING, "analis", 1, date(2027, 6, 1), False, False) in found
    assert (date(2026, 6, 30), BUDGET, "analis", 1, date(2027, 6, 1), False, True) in found  # the main budget of 2027


def test_services_are_procured_three_weeks_before_and_budgeted_by_year(tmp_path):
    plan = made(tmp_path, ", norms.meja.contractable: y, roles.analis.contract_item: antarmuka")
    found = rows(plan, PROCURE, BUDGET)
    year = [r for r in found if r[4] == date(2028, 1, 1) and r[3] == 36]
    assert year == [
        (date(2027, 6, 30), BUDGET, "analis", 36, date(2028, 1, 1), False, False),
        (date(2027, 12, 11), PROCURE, "analis", 36, date(2028, 1, 1), False, False),
    ]


def test_money_after_the_cut_off_is_asked_for_in_the_revised_budget_if_that_comes_in_time(tmp_path):
    start = "settings.adopted_on: 2026-12-31, fiscal_years.2027.revised_budget: 2027-08-02"
    settings = f", norms.meja.contractable: y, roles.analis.contract_item: antarmuka, {start}"
    found = rows(made(tmp_path, settings), BUDGET)
    assert [r[0] for r in found if r[4].year == 2027] == [date(2027, 8, 2)]


def test_every_decision_of_the_project_comes_before_what_it_is_for():
    plan = project()
    frame = staff_decisions(plan)
    assert (frame["date"] <= frame["for_when"]).all() and frame["date"].is_monotonic_increasing
    assert set(frame["kind"]) <= {PROPOSE, BUDGET, TRAINING, PROCURE}
    money = frame[frame["kind"] == BUDGET]
    assert all(day.year == year - 1 or day.year == year for day, year in zip(money["date"], money["fiscal_year"], strict=True))
    assert (frame.loc[frame["kind"] != BUDGET, "fiscal_year"] == 0).all() and (money["fiscal_year"] >= plan.timeline.years[0]).all()
    chosen = frame[~frame["planned"]]
    assert (chosen["date"] >= plan.inputs.settings.adopted_on).all() and not chosen["overdue"].any()
    assert frame.loc[frame["kind"] == PROPOSE, "number"].sum() >= sum(f.hires for f in plan.inputs.rows["formations"].values())
