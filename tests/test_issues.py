"""Recorded issues: what is kept, what changed since, and files that are damaged."""

from __future__ import annotations

import sys
from datetime import date

import pytest
from drawn_samples import drawn
from tiny_pack import copy_of_tiny

from egov_model import cli
from egov_model.analysis.compare import headline
from egov_model.analysis.issued import Since, figures, issue_of, since_last
from egov_model.inputs.errors import InputError
from egov_model.inputs.issues import TableChange, issue_file, issues_hash, past_issues, row_changes, row_hashes
from egov_model.inputs.scenario import load_scenario


def test_rows_that_differ_are_new_or_gone():
    before = {"prices": {"a": "1", "b": "2"}, "old": {"x": "1"}, "same": {"y": "1"}}
    now = {"prices": {"a": "1", "b": "3", "c": "4"}, "same": {"y": "1"}}
    assert row_changes(before, now) == (TableChange("prices", ("b",), ("c",), ()), TableChange("old", (), (), ("x",)))
    assert row_changes(before, now)[0].count == 2 and row_changes(now, now) == ()


def test_a_value_changes_the_row_and_its_source_does_not(tmp_path):
    pack = copy_of_tiny(tmp_path)
    before = row_hashes(load_scenario("baseline", pack))
    path = pack / "prices.csv"
    path.write_text(path.read_text().replace("uji", "uji yang lain"))
    assert row_changes(before, row_hashes(load_scenario("baseline", pack))) == ()
    key = next(iter(before["prices"]))
    inputs = load_scenario("baseline", pack, {f"prices.{key}.high": "999000000000"})
    assert row_changes(before, row_hashes(inputs)) == (TableChange("prices", (key,), (), ()),)


def test_the_date_of_issue_is_no_change(tmp_path):
    pack = copy_of_tiny(tmp_path)
    later = load_scenario("baseline", pack, {"settings.issued_on": "2031-01-01"})
    assert row_changes(row_hashes(load_scenario("baseline", pack)), row_hashes(later)) == ()


def test_figures_are_those_of_the_plan():
    plan, outlook = drawn()
    told, h, ranked = figures(plan, outlook), headline(plan), sorted(outlook.total_idr.tolist())
    assert (told.total_idr, told.finish, told.placed, told.hires, told.index) == (h.total_idr, h.finish, h.placed, h.hires_planned, h.index)
    assert (told.total_p50_idr, told.total_p80_idr) == (ranked[99], ranked[159]), "100th and 160th of 200"


def test_the_last_issue_is_the_one_before_this():
    plan, outlook = drawn()
    own, day = issue_of(plan, outlook), plan.inputs.settings.issued_on
    dated = {n: own.model_copy(update={"issued_on": day.replace(year=day.year + n)}) for n in (-2, -1, 1)}
    assert since_last((), plan, outlook) is None
    assert since_last((own,), plan, outlook) is None, "the page of that issue itself"
    assert since_last((dated[1],), plan, outlook) is None, "issued later"
    assert since_last((dated[-2], dated[-1], own, dated[1]), plan, outlook) == Since(dated[-1], own.figures, ())
    moved = own.model_copy(update={"figures": own.figures.model_copy(update={"total_idr": 1})})
    assert since_last((dated[-1], moved), plan, outlook).issue == moved, "the same date, but not what is told today"


@pytest.fixture
def egov(monkeypatch, capsys, tmp_path):
    pack = copy_of_tiny(tmp_path)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["egov", "issue", "baseline", "--data", str(pack), *arguments])
        return cli.main(), capsys.readouterr().err

    return pack, run


def test_an_issue_is_recorded_once_and_read_again(egov):
    pack, run = egov
    assert issues_hash(pack, "baseline") == issues_hash(pack, "lean")
    status, err = run("--date", "2026-11-26", "--note", "rapat TAPD")
    assert status == 0 and err.strip() == "baseline as issued on 2026-11-26 recorded in tiny/issues/baseline/2026-11-26.json"
    (kept,) = past_issues("baseline", pack)
    assert (kept.issued_on, kept.note, kept.scenario) == (date(2026, 11, 26), "rapat TAPD", "baseline")
    assert kept.rows == row_hashes(load_scenario("baseline", pack)) and kept.figures.total_idr > 0
    assert issues_hash(pack, "baseline") != issues_hash(pack, "lean")
    text = issue_file(pack, "baseline", kept.issued_on).read_bytes()
    for again in ("2026-11-26", "2026-11-25"):
        status, err = run("--date", again)
        assert status == 2 and f"was issued on 2026-11-26 and stays as it is; {again} is not after that" in err
    assert issue_file(pack, "baseline", kept.issued_on).read_bytes() == text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "text that is not JSON"),
        ('{"scenario": "baseline"}', "Field required"),
        ("", "an empty file"),
    ],
)
def test_a_damaged_file_is_told(tmp_path, text, says):
    pack = copy_of_tiny(tmp_path)
    file = issue_file(pack, "baseline", date(2026, 1, 1))
    file.parent.mkdir(parents=True)
    file.write_text(text)
    with pytest.raises(InputError) as error:
        past_issues("baseline", pack)
    assert says in str(error.value) and "tiny/issues/baseline/2026-01-01.json" in str(error.value)


def test_a_file_under_another_name_is_told(tmp_path):
    pack = copy_of_tiny(tmp_path)
    plan, outlook = drawn()
    file = issue_file(pack, "lean", date(2020, 1, 1))
    file.parent.mkdir(parents=True)
    file.write_text(issue_of(plan, outlook).model_dump_json())
    with pytest.raises(InputError, match="the issue of baseline on 20.*allowed: that of lean on 2020-01-01"):
        past_issues("lean", pack)
