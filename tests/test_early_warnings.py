"""Early warnings: each by what was reported, none where all goes as planned, each in words with the day to act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from actuals_samples import following, with_actuals
from plan_samples import edge

from egov_model.analysis import early_warnings as warned
from egov_model.analysis.early_warnings import early_warnings
from egov_model.analysis.followed import follow
from egov_model.analysis.forecast import forecast
from egov_model.analysis.standing import standing
from egov_model.analysis.tracking import by_initiative, quarters
from egov_model.inputs.actuals import last_day
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan
from egov_model.report.realisation_words import ACTS, CAUSES, warning
from egov_model.report.wording import speak


def warnings_of(folder, day, draws=0, **rows):
    plan = build_plan(load_scenario("baseline", with_actuals(folder, **rows)))
    return plan, follow(plan, day, draws).warnings


@pytest.mark.parametrize("until", ["2027-03", "2027-06", "2028-04"])
def test_a_plan_that_is_followed_warns_of_nothing(tmp_path, until):
    rows = following(edge("as it is"), until)
    _, found = warnings_of(tmp_path, last_day(until), **rows)
    assert [w for w in found if w.kind != warned.ABSORPTION] == []


CASES = [
    (warned.LATE_START, "2027-06-30", {"progress": [("2027-06", "internet", 30_000_000, 1)]}, "alat-desa"),
    (warned.BEHIND, "2027-04-30", {"progress": [("2027-04", "alat-desa", 0, 0.3)]}, "alat-desa"),
    (warned.OVERSPENT, "2027-04-30", {"progress": [("2027-04", "alat-desa", 30_000_000, 0.5)]}, "alat-desa"),
    (warned.NOT_CLOSED, "2027-10-31", {"progress": [("2027-03", "alat-desa", 0, 0.1), ("2027-10", "alat-desa", 0, 0.3)]}, "alat-desa"),
    (
        warned.CONTRACT_OVER, "2027-06-30",
        {"progress": [("2027-06", "alat-desa", 5, 0.9)], "commitments": [("k", "alat-desa", "2027-03-01", "2027-06-10", 9)]}, "alat-desa",
    ),
    (warned.SILENT, "2027-06-30", {"progress": [("2027-03", "alat-desa", 0, 0.9), ("2027-06", "internet", 1, 1)]}, "alat-desa"),
    (warned.ABSORPTION, "2027-06-30", {"progress": [("2027-06", "internet", 1_000_000, 1)]}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "day", "rows", "initiative"), CASES, ids=[case[0] for case in CASES])
def test_each_warning_comes_with_its_cause_and_is_said_in_both_languages(tmp_path, kind, day, rows, initiative):
    plan, found = warnings_of(tmp_path, date.fromisoformat(day), **rows)
    mine = [w for w in found if w.kind == kind and w.initiative == initiative]
    assert len(mine) == 1, found
    assert mine[0].act_by is None or mine[0].act_by >= date.fromisoformat(day)
    for language in ("id", "en"):
        said = warning(speak(language), plan, mine[0])
        assert "{" not in said and said.endswith(".")
        title = plan.inputs.rows["initiatives"][initiative].title_id if initiative else ""
        assert language == "en" or title in said


@pytest.mark.parametrize(("as_of", "told"), [("2027-03-31", True), ("2026-12-31", False)])
def test_an_end_that_draws_put_off_is_told_when_it_is_near(tmp_path, as_of, told):
    plan = edge("as it is")
    frame = by_initiative(plan, standing(plan, date.fromisoformat("2026-12-31")))
    row = frame[frame["initiative"] == "aplikasi"].assign(planned_start=date(2027, 8, 20) if told else date(2027, 9, 20))
    late = forecast(plan, date(2026, 12, 31), 50)
    late = replace(late, live=late.live + 60)
    found = early_warnings(plan, row, quarters(plan), date.fromisoformat(as_of), late)
    assert [w.kind for w in found] == ([warned.LATE_END] if told else [])
    if told:
        assert found[0].act_by == date(2027, 8, 20) and found[0].values["weeks"] > 13


def test_the_nearest_day_to_act_comes_first(tmp_path):
    rows = {"progress": [("2027-06", "internet", 1_000_000, 1), ("2027-03", "alat-desa", 0, 0.2)]}
    _, found = warnings_of(tmp_path, date(2027, 6, 30), **rows)
    days = [w.act_by for w in found if w.act_by]
    assert len(found) >= 3 and days == sorted(days)


def test_every_kind_has_words():
    kinds = {getattr(warned, name) for name in ("LATE_START", "BEHIND", "OVERSPENT", "NOT_CLOSED", "CONTRACT_OVER", "SILENT", "LATE_END")}
    assert CAUSES.keys() == ACTS.keys() == kinds | {warned.ABSORPTION}
