"""The headline answers of every scenario are those that were recorded; after a change that is meant `make golden` records them again."""

from __future__ import annotations

import json
import sys

from tiny_pack import TINY, copy_of_tiny

from egov_model import cli
from egov_model.analysis.golden import answers, as_text, moved
from egov_model.cli_golden import FILE, kept_answers
from egov_model.inputs.pack import PROJECT_DATA
from egov_model.inputs.scenario import scenario_names
from egov_model.report.answers import build_plan


def test_no_answer_of_any_scenario_moved():
    kept = kept_answers(FILE)
    assert list(kept) == scenario_names(PROJECT_DATA)
    assert moved(kept, answers(PROJECT_DATA, build_plan)) == []


def test_what_moved_is_told_by_scenario_and_figure():
    kept = {"a": {"total": 1, "finish": "2031-01-01", "old": 5}, "b": {"total": 3}}
    now = {"a": {"total": 2, "finish": "2031-01-01", "more": None}, "c": {"total": 3}}
    told = ["a total: 1 -> 2", "a old: 5 -> not there", "a more: not there -> None", "b: gone", "c: new"]
    assert moved(kept, now) == told and moved(kept, kept) == []


def test_recorded_and_checked_from_the_command_line(tmp_path, monkeypatch, capsys):
    pack, file = copy_of_tiny(tmp_path), tmp_path / "kept" / "headline.json"

    def egov(*arguments) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["egov", "golden", "--data", str(pack), "--file", str(file), *arguments])
        return cli.main(), *capsys.readouterr()

    status, _, err = egov("--check")
    assert status == 2 and "make golden records them" in err
    assert egov()[0] == 0
    assert file.read_text(encoding="utf-8") == as_text(json.loads(as_text(answers(TINY, build_plan))))
    assert egov("--check")[:2] == (0, "1 scenario: no answer moved\n")
    ceilings = pack / "ceilings.csv"
    ceilings.write_text(ceilings.read_text(encoding="utf-8").replace("1000000000", "1000000001", 1), encoding="utf-8")
    status, out, err = egov("--check")
    assert status == 1 and "baseline ceiling_idr: 2000000000 -> 2000000001" in out and "of the answers moved" in err
    assert egov()[1].startswith("baseline ceiling_idr: ") and egov("--check")[0] == 0
