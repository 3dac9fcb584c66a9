"""The calendar of a plan: a year that leaves no time for a contract is refused, at the value that can be mended."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_pack import HEAD, copy_of_tiny

from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import load_scenario


def refused(folder: Path, body: str) -> list[str]:
    """What loading the tiny pack under a scenario complains of; line 6 of the scenario is its first after the head."""
    pack = copy_of_tiny(folder)
    (pack / "scenarios" / "case.yaml").write_text(HEAD + body, encoding="utf-8")
    try:
        load_scenario("case", pack)
    except InputError as error:
        return [" ".join(f"{p.file}: {p}".split()) for p in error.problems]
    return []


def test_a_late_dpa_within_the_year_is_no_problem(tmp_path):
    """12 February to 29 October 2027 are 259 days, 37 weeks; the setting allows 26."""
    assert refused(tmp_path, "set: {settings.dpa_delay_weeks: 26}") == []


@pytest.mark.parametrize(("last", "fine"), [("2027-04-09", True), ("2027-04-08", False)])
def test_the_last_day_a_late_dpa_may_come_is_that_of_the_last_contract(tmp_path, last, fine):
    """Eight weeks after Friday 12 February is Friday 9 April 2027."""
    said = refused(tmp_path, f"set:\n  settings.dpa_delay_weeks: 8\n  fiscal_years.2027.last_contract: {last}\n")
    expected = (
        "tiny/scenarios/case.yaml: line 7, field settings.dpa_delay_weeks: found 8: the DPA of 2027 comes on 2027-04-09, after the last "
        "contract 2027-04-08; allowed: at most 7"
    )
    assert said == ([] if fine else [expected])


def test_every_year_without_time_is_named(tmp_path):
    body = "set: {settings.dpa_delay_weeks: 26, fiscal_years.2027.last_contract: 2027-03-01, fiscal_years.2028.last_contract: 2028-02-11}"
    said = refused(tmp_path, body)
    assert [line.rpartition("allowed: ")[2] for line in said] == ["at most 2", "at most 0"]
