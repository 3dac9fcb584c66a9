"""`egov weights`: results on stdout, that it is an example on stderr; bad input ends with 2."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from broken_packs import TINY, copy_of_tiny, edit
from group_samples import COMPETING
from tiny_pack import with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan

EXAMPLE = "example: these participants are made up; nobody judged so\n"


def test_as_a_table(egov):
    status, out, err = egov("weights", "--data", TINY)
    assert (status, err) == (0, EXAMPLE)
    lines = [line.split() for line in out.splitlines()]
    assert ["1", "aplikasi", "0.000", "1.000", "1-1", "3", "of", "3", "all", "yes"] in lines  # a single open one: nothing differs
    assert ["biaya", "0.583", "0.250", "1.000", "1.000", "0.250", "0.500"] in lines
    assert any(line[:6] == ["desa", "pairs", "2.000", "0.000", "0.000", "yes"] for line in lines)


def test_as_csv(egov):
    status, out, _ = egov("weights", "--data", TINY, "--format", "csv")
    assert status == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(r["initiative"], r["in_for"], r["verdict"]) for r in rows] == [("aplikasi", "3", "all")]
    rows = list(csv.DictReader(io.StringIO(egov("weights", "--data", TINY, "--format", "csv", "--part", "judgements")[1])))
    assert [r["participant"] for r in rows] == ["hemat", "desa", "imbang"]


def test_as_json(egov):
    status, out, _ = egov("weights", "--data", TINY, "--format", "json")
    made = json.loads(out)
    assert status == 0 and made["example"] is True and made["scenario"] == "baseline"
    assert made["weights"][0] == {
        "criterion": "biaya", "weight": pytest.approx(1.75 / 3), "low": 0.25, "high": 1.0, "hemat": 1.0, "desa": 0.25, "imbang": 0.5,
    }  # fmt: skip
    assert made["judgements"][0]["judged"] is None  # points cannot contradict each other


def test_another_folder_and_scenario(egov, tmp_path: Path):
    folder = Path(shutil.copytree(TINY / "fgd", tmp_path / "rapat-maret"))
    text = (folder / "participants.csv").read_text(encoding="utf-8").replace(",y,", ",n,")
    (folder / "participants.csv").write_text(text, encoding="utf-8")
    status, out, err = egov("weights", folder, "--data", TINY, "--format", "json")
    assert (status, err) == (0, "") and json.loads(out)["group"] == "rapat-maret"
    status, _, err = egov("weights", folder, "--scenario", "baselin", "--data", TINY)
    assert status == 2 and "did you mean 'baseline'?" in err


def test_the_judgement_to_look_at_again(egov):
    out = egov("weights")[1]
    line = next(line for line in out.splitlines() if line.strip().startswith("dinas-kesehatan "))
    assert " no " in line and "others imply" in line


def test_bad_input_ends_with_2_and_check_finds_it_too(egov, tmp_path: Path):
    pack = copy_of_tiny(tmp_path)
    edit(pack, "fgd/participants/hemat.csv", "biaya,100", "biaya,10")
    line = "  - field points: found 10 in all; allowed: 100; 90 are left to give\n"
    expected = "1 problem in the input; nothing was changed\nfgd/participants/hemat.csv\n" + line
    assert egov("weights", "--data", pack) == (2, "", expected)
    assert egov("check", "--data", pack) == (2, "", expected)
    edit(pack, "fgd/participants/hemat.csv", "biaya,10", "biaya,100")
    edit(pack, "fgd/criteria.csv", "rupiah,uji,", "rupiah,,")
    assert egov("check", "--data", pack)[0] == 0
    status, _, err = egov("check", "--strict", "--data", pack)
    assert status == 2 and "field biaya source: found an empty cell; allowed: a value in every row (--strict)" in err


def test_the_choice_as_a_scenario(egov, tmp_path: Path):
    with_changes(tmp_path, COMPETING)
    pack = tmp_path / "tiny"
    status, _, err = egov("weights", "--scenario", "case", "--data", pack, "--save", "pilihan")
    assert (status, err) == (0, EXAMPLE + "written: scenarios/pilihan.yaml\n")
    made = load_scenario("pilihan", pack)
    assert made.scenario.extends == ("case",)
    for text in (made.scenario.title, made.scenario.description):
        assert text.startswith("CONTOH, peserta rekaan: ")
    assert made.scenario.description_en == (
        "EXAMPLE, made-up participants: mean weights of 3 participants; 1 of 3 initiatives that are not mandatory are in."
    )
    frame = build_plan(made).initiatives
    assert dict(zip(frame["initiative"], frame["status"], strict=True)) == {"internet": "placed", "lain": "placed"}
    status, _, err = egov("weights", "--scenario", "case", "--data", pack, "--save", "pilihan")
    assert status == 2 and "scenarios/pilihan.yaml is there already" in err
    status, _, err = egov("weights", "--data", pack, "--save", "Pilihan Kami")
    assert status == 2 and "allowed is a short name of small letters" in err
    assert not (pack / "scenarios" / "Pilihan Kami.yaml").exists()


def test_a_choice_that_cannot_be_written_is_told(egov, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pack, write = copy_of_tiny(tmp_path), Path.write_text

    def refuse(path, *given, **named):
        if path.parent == pack / "scenarios":
            raise PermissionError(13, "Permission denied")
        return write(path, *given, **named)

    monkeypatch.setattr(Path, "write_text", refuse)
    status, _, err = egov("weights", "--data", pack, "--save", "pilihan")
    assert status == 2 and "scenarios/pilihan.yaml cannot be written: Permission denied" in err


def test_a_choice_that_would_be_no_scenario_leaves_no_file(egov, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    pack = copy_of_tiny(tmp_path)
    monkeypatch.setattr("egov_model.analysis.group_scenario.group_text", lambda outcome: "title: x\n")
    assert egov("weights", "--data", pack, "--save", "pilihan")[0] == 2
    assert not (pack / "scenarios" / "pilihan.yaml").exists()


def test_a_group_that_has_everything_in_drops_nothing(egov, tmp_path: Path):
    pack = copy_of_tiny(tmp_path)
    text = (pack / "fgd" / "participants.csv").read_text(encoding="utf-8").replace(",y,", ",n,")
    (pack / "fgd" / "participants.csv").write_text(text, encoding="utf-8")
    assert egov("weights", "--data", pack, "--save", "semua")[0] == 0
    made = load_scenario("semua", pack)
    assert made.changes == () and made.scenario.title == "Pilihan FGD fgd (Dasar)"  # real people: nothing says example


def test_a_folder_that_is_not_there(egov, tmp_path: Path):
    status, out, err = egov("weights", tmp_path / "tidak-ada", "--data", TINY)
    assert (status, out) == (2, "") and "found no such folder" in err
