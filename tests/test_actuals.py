"""Actuals: rows that fit each other and the plan, and every kind that does not, with what to do about it."""

from __future__ import annotations

from datetime import date

import pytest
from actuals_samples import with_actuals
from broken_packs import edit, refused, scenario
from pydantic import ValidationError

from egov_model.inputs.actuals import ActualDates, Commitment, Progress, last_day, reported_until
from egov_model.inputs.scenario import load_scenario

GOOD = {
    "progress": [
        ("2027-03", "alat-desa", 0, 0.1), ("2027-04", "alat-desa", 30_000_000, 0.4), ("2027-05", "alat-desa", 30_000_000, 1),
        ("2028-01", "alat-desa", 2_000_000, 1),
    ],
    "commitments": [("k1", "alat-desa", "2027-03-10", "2027-06-01", 32_000_000)],
    "dates": [("alat-desa", "2027-03-01", "2027-05-20")],
}  # fmt: skip


def test_actuals_that_fit_are_read_and_paid_begins_anew_each_year(tmp_path):
    rows = load_scenario("baseline", with_actuals(tmp_path, **GOOD)).rows
    assert rows["progress"]["2027-04.alat-desa"].paid_idr == 30_000_000
    assert rows["dates"]["alat-desa"].finished == date(2027, 5, 20)
    assert reported_until(rows) == date(2028, 1, 31)


def test_nothing_reported_is_no_problem_and_has_no_last_day():
    assert reported_until(load_scenario("baseline").rows) is None


@pytest.mark.parametrize(("month", "day"), [("2027-02", 28), ("2028-02", 29), ("2027-12", 31)])
def test_the_last_day_of_a_month(month, day):
    assert last_day(month).day == day


@pytest.mark.parametrize(
    ("record", "cells", "words"),
    [
        (Progress, {"month": "2027-13", "initiative": "a", "paid_idr": "0", "physical_share": "0"}, "a month such as 2027-03"),
        (Progress, {"month": "2027-03", "initiative": "a", "paid_idr": "-1", "physical_share": "0"}, "greater than or equal to 0"),
        (Progress, {"month": "2027-03", "initiative": "a", "paid_idr": "0", "physical_share": "1.2"}, "less than or equal to 1"),
        (Commitment, {"id": "k", "initiative": "a", "signed": "2027-03-02", "ends": "2027-03-01", "value_idr": "1"}, "is after ends"),
        (ActualDates, {"initiative": "a", "started": "2027-03-02", "finished": "2027-03-01"}, "is after finished"),
    ],
)
def test_a_row_that_cannot_be_is_refused_by_itself(record, cells, words):
    with pytest.raises(ValidationError, match=words):
        record.model_validate(cells)


@pytest.mark.parametrize(
    ("change", "field", "found", "advice"),
    [
        ({"progress": [("2027-03", "alat-dessa", 0, 0)]}, "initiative", "'alat-dessa'", "did you mean 'alat-desa'?"),
        ({"progress": [("2031-03", "alat-desa", 0, 0)]}, "month", "2031-03", ""),
        ({"progress": [("2027-03", "alat-desa", 0, 0.5), ("2027-04", "alat-desa", 0, 0.4)]}, "physical_share", "0.4, less than 0.5", ""),
        ({"progress": [("2027-03", "alat-desa", 9, 0), ("2027-04", "alat-desa", 8, 0)]}, "paid_idr", "8, less than 9 in 2027-03", ""),
        (GOOD | {"commitments": [("k1", "alat-desa", "2027-04-10", "2027-06-01", 31_000_000)]}, "paid_idr", "32000000 paid in all", "add"),
        (GOOD | {"commitments": [("k1", "alat-desa", "2027-05-10", "2027-06-01", 99_000_000)]}, "paid_idr", "30000000 paid in all", "add"),
        (GOOD | {"commitments": [("k1", "alat-desa", "2028-02-01", "2028-06-01", 32_000_000)]}, "signed", "2028-02-01", "report the month"),
        (GOOD | {"dates": [("alat-desa", "2028-02-01")]}, "started", "2028-02-01", "report the month first"),
        (
            {"progress": [("2027-03", "alat-desa", 0, 0.9)], "dates": [("alat-desa", "2027-02-01", "2027-03-01")]},
            "finished", "2027-03-01", "",
        ),
        ({"dates": [("alat-desa", "2027-02-01")]}, "started", "2027-02-01", "report the month first"),
    ],
)  # fmt: skip
def test_rows_that_do_not_fit_are_told_with_file_row_and_field(tmp_path, change, field, found, advice):
    problems = refused(with_actuals(tmp_path, **change))
    told = [p for p in problems if p.field == field]
    assert told and all(p.file.startswith("tiny/actuals/") and p.row >= 2 and p.allowed for p in told)
    assert any(found in p.found and advice in p.advice for p in told), problems


def test_a_note_lets_a_figure_fall(tmp_path):
    rows = [("2027-03", "alat-desa", 9, 0.5), ("2027-04", "alat-desa", 8, 0.4, "salah hitung bulan lalu")]
    assert load_scenario("baseline", with_actuals(tmp_path, progress=rows))


def test_a_scenario_that_drops_an_initiative_keeps_its_actuals(tmp_path):
    pack = with_actuals(tmp_path, progress=[("2027-03", "aplikasi", 5, 0.5)])
    scenario(pack, "tanpa", "drop: {initiatives: [aplikasi]}")
    assert "2027-03.aplikasi" in load_scenario("tanpa", pack).rows["progress"]


def test_a_scenario_over_other_years_lets_the_actuals_of_the_plan_be(tmp_path):
    """Years of its own leave the actuals of others be; a month beyond the pack's own years is refused."""
    pack = with_actuals(tmp_path, progress=[("2028-03", "aplikasi", 5, 0.5)])
    scenario(pack, "lalu", "set: {settings.first_year: 2027, settings.last_year: 2027}")
    assert "2028-03.aplikasi" in load_scenario("lalu", pack).rows["progress"]
    assert refused(with_actuals(tmp_path / "other", progress=[("2031-03", "aplikasi", 5, 0.5)]))


def test_actuals_do_not_make_another_plan(tmp_path):
    plain, reported = (with_actuals(tmp_path / name, progress=rows) for name, rows in (("a", []), ("b", [("2027-03", "aplikasi", 5, 0.5)])))
    one, other = load_scenario("baseline", plain), load_scenario("baseline", reported)
    assert one.model_hash == other.model_hash and one.content_hash != other.content_hash


@pytest.mark.parametrize(("old", "new", "found"), [("2,0.2,", "2,0.01,", "0.01, 0.4, 0.5"), ("4,0.8,0.9,1,", "3,0.8,0.9,1,", "")])
def test_the_typical_curve_has_four_quarters_that_rise(tmp_path, old, new, found):
    pack = with_actuals(tmp_path)
    edit(pack, "absorption.csv", old, new)
    assert any(p.file == "tiny/absorption.csv" and found in p.found for p in refused(pack))
