"""What a report was built from: its commit or hashes, seed, draws and date of issue."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from tiny_pack import TINY, copy_of_tiny

from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import load_scenario
from egov_model.report.freshness import Job, digest
from egov_model.report.traces import built_from, facts


def test_facts_of_a_scenario(tmp_path):
    inputs = load_scenario("baseline", TINY)
    (tmp_path / "requirements.lock").write_text("numpy==2", encoding="utf-8")
    told = dict(facts(inputs, tmp_path))
    assert told == {
        "scenario": inputs.content_hash[:16], "data": inputs.model_hash[:16], "code": "", "lock": digest("numpy==2"),
        "issued": "2026-11-23", "seed": inputs.settings.seed, "draws": inputs.settings.draws,
    }  # fmt: skip


def test_the_code_is_told_as_its_commit_or_where_there_is_none_as_its_hash(tmp_path):
    job = Job("baseline", Path("a.ipynb"), "id", tmp_path, "key", "", facts=(("data", "d"), ("code", ""), ("seed", 7)))
    key = {"version": "ab12-dirty", "code": "cd34"}
    assert built_from(job, key) == (("data", "d"), ("code", "ab12-dirty"), ("seed", 7))
    assert built_from(job, key | {"version": ""}) == (("data", "d"), ("code_hash", "cd34"), ("seed", 7))
    assert built_from(dataclasses.replace(job, facts=()), key) == ()


def test_a_title_and_who_changed_what_are_no_data(tmp_path):
    pack = copy_of_tiny(tmp_path)
    file = pack / "scenarios" / "baseline.yaml"
    before = load_scenario("baseline", pack)
    file.write_text(file.read_text(encoding="utf-8").replace("title: Dasar", "title: Lain"), encoding="utf-8")
    after = load_scenario("baseline", pack)
    assert after.content_hash != before.content_hash and after.model_hash == before.model_hash


def test_what_the_base_says_beside_a_changed_value_counts(tmp_path):
    """The report names it: 0.9 instead of 1."""
    pack = copy_of_tiny(tmp_path)
    file = pack / "scenarios" / "baseline.yaml"
    file.write_text(file.read_text(encoding="utf-8") + "\nset: {settings.ceiling_factor: 0.9}\n", encoding="utf-8")
    before = load_scenario("baseline", pack)
    settings = (pack / "settings.csv").read_text(encoding="utf-8").splitlines()
    rows = [line.replace(",1,", ",0.95,", 1) if line.startswith("ceiling_factor,") else line for line in settings]
    assert rows != settings
    (pack / "settings.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    after = load_scenario("baseline", pack)
    assert after.rows["settings"]["ceiling_factor"].value == before.rows["settings"]["ceiling_factor"].value
    assert after.content_hash != before.content_hash


@pytest.mark.parametrize(("text", "day"), [("0", "1970-01-01"), ("1798761600", "2027-01-01"), ("", "2026-11-23")])
def test_the_date_of_issue_can_be_given_from_outside(monkeypatch, text, day):
    """2027-01-01T00:00:00Z is 1798761600 s after 1970 (20,819 days of 86,400 s)."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", text)
    assert load_scenario("baseline", TINY).settings.issued_on.isoformat() == day


@pytest.mark.parametrize("text", ["kemarin", "1e9", "9" * 30])
def test_a_date_of_issue_that_is_none_is_told(monkeypatch, text):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", text)
    with pytest.raises(InputError, match="SOURCE_DATE_EPOCH(.|\n)*whole seconds since 1970-01-01"):
        load_scenario("baseline", TINY)
