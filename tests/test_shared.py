"""What one process has read and worked out it does not work out again, and a change of any file is seen all the same."""

from __future__ import annotations

from datetime import date

import pytest
from tiny_pack import TINY, copy_of_tiny

from egov_model.analysis.compare import headline
from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import ANYWAY, BASE
from egov_model.model.factors import most_likely
from egov_model.report import answers, shared
from egov_model.report.shared import anyway, build_plan, load_scenario, share, unchanged


def test_a_scenario_is_read_once_until_a_file_of_its_pack_changes(tmp_path):
    pack = copy_of_tiny(tmp_path)
    first = load_scenario("baseline", pack)
    assert load_scenario("baseline", pack) is first
    prices = pack / "prices.csv"
    prices.write_text(prices.read_text(encoding="utf-8").replace("exempt,umum,8000000", "exempt,umum,8000001"), encoding="utf-8")
    second = load_scenario("baseline", pack)
    assert second is not first and second.content_hash != first.content_hash
    assert load_scenario("baseline", pack, {"settings.ceiling_factor": "0.9"}).settings.ceiling_factor == 0.9
    with pytest.raises(InputError):
        load_scenario("tiada", pack)
    with pytest.raises(InputError, match="no such folder"):
        load_scenario("baseline", tmp_path / "tiada")


def test_values_typed_in_a_notebook_are_checked_by_the_same_record(tmp_path):
    changes = {"settings.ceiling_factor": 0.9, "initiatives.internet.earliest": date(2027, 3, 1), "initiatives.internet.mandatory": False}
    inputs = load_scenario("baseline", TINY, changes)
    row = inputs.rows["initiatives"]["internet"]
    assert (inputs.settings.ceiling_factor, row.earliest, row.mandatory) == (0.9, date(2027, 3, 1), False)
    with pytest.raises(InputError, match="did you mean 'settings.ceiling_factor'"):
        load_scenario("baseline", TINY, {"settings.ceiling_facto": 0.9})
    with pytest.raises(InputError, match="settings.ceiling_factor"):
        load_scenario("baseline", TINY, {"settings.ceiling_factor": -1})


def test_a_plan_is_worked_out_once_for_the_same_inputs():
    inputs = load_scenario("baseline", TINY)
    plan = build_plan(inputs)
    assert build_plan(load_scenario("baseline", TINY)) is plan
    assert headline(plan) == headline(answers.build_plan(inputs))
    assert build_plan(inputs, most_likely(inputs)) is not plan, "under other factors it is another plan"


def test_what_the_reports_share_is_ready_before_they_ask(tmp_path):
    pack = copy_of_tiny(tmp_path)
    assert anyway(pack) is None
    share("baseline", str(pack), ["unchanged", "anyway"])
    plan = build_plan(load_scenario(BASE, pack))
    assert {"budget", "staffing", "measures"} <= plan.__dict__.keys()
    assert unchanged(pack) is plan
    (pack / "scenarios" / f"{ANYWAY}.yaml").write_bytes((pack / "scenarios" / "baseline.yaml").read_bytes())
    share("", str(pack), ["anyway"])
    assert anyway(pack).inputs.scenario.name == ANYWAY and "budget" in anyway(pack).__dict__


def test_no_more_is_kept_than_a_build_needs():
    assert shared.KEPT == shared._load.cache_parameters()["maxsize"] == shared._build.cache_parameters()["maxsize"]
