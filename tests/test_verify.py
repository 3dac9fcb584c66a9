"""A report is built again and compared; a difference is told with what is known of it, and nothing is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_samples import notebook
from tiny_pack import copy_of_tiny

from egov_model import cli_verify
from egov_model.inputs.errors import EgovModelError, InputError
from egov_model.report.commits import History
from egov_model.report.freshness import digest
from egov_model.report.publish import publish
from egov_model.report.verify import Verdict, verify


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Path:
    """A folder with one notebook, a data pack and built reports."""
    folder = tmp_path_factory.mktemp("desk")
    copy_of_tiny(folder)
    notebook(folder, "HTML('<p>angka</p>')", name="02-anggaran")
    wanted = {"scenarios": (), "notebooks": (), "language": "id"}
    assert publish(folder, folder / "tiny", folder / "reports", **wanted, jobs=1, force=False, talk=lambda line: None) == 0
    return folder


def again(desk: Path, report: str = "baseline/02-anggaran.html") -> Verdict:
    return verify(desk / "reports" / report, desk, desk / "tiny")


def test_a_report_as_it_was_built_is_the_same(desk):
    before = {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()}
    found = again(desk)
    assert (found.name, found.same, found.reasons) == ("baseline/02-anggaran", True, ())
    assert found.hash == digest((desk / "reports/baseline/02-anggaran.html").read_bytes())
    told = dict(found.built_from)
    assert set(told) >= {"scenario", "data", "lock", "issued", "seed", "draws"} and set(told) & {"code", "code_hash"}
    assert told["issued"] == "2026-11-23"
    assert {path: path.read_bytes() for path in desk.rglob("*") if path.is_file()} == before


def test_a_report_edited_by_hand_is_found_with_the_place(desk):
    file = desk / "reports/baseline/02-anggaran.html"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("angka", "angin"), encoding="utf-8")
    found = again(desk)
    assert not found.same and found.reasons[0] == "the file is not the one that was built"
    assert "angin" in found.reasons[-1].partition("in the file")[0] and "angka" in found.reasons[-1].partition("in the file")[2]
    file.write_text(good, encoding="utf-8")


def test_what_changed_since_is_said(desk):
    file = desk / "02-anggaran.ipynb"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("angka", "angin"), encoding="utf-8")
    found = again(desk)
    file.write_text(good, encoding="utf-8")
    assert not found.same and found.reasons[0] == "notebook changed"
    settings = desk / "tiny/settings.csv"
    good = settings.read_text(encoding="utf-8")
    settings.write_text(good.replace("2026-11-23", "2026-11-24"), encoding="utf-8")
    found = again(desk)
    settings.write_text(good, encoding="utf-8")
    assert not found.same and found.reasons[0] == "inputs changed", "this notebook shows nothing of the data, but the foot names them"


def test_another_commit_of_the_same_code_is_said(desk, monkeypatch):
    built = digest((desk / "reports/baseline/02-anggaran.html").read_bytes())
    monkeypatch.setattr("egov_model.report.freshness.history", lambda root: History(("ab" * 20,), {"egov_model/report/render.py": 0}))
    found = again(desk)
    assert (found.same, found.hash) == (False, built)
    assert found.reasons[0] == "the commit of its code changed" and len(found.reasons) == 2
    assert "abababababab-dirty" in found.reasons[1].partition("in the file")[2], "all but one of its files are in no commit"


@pytest.mark.parametrize(
    ("report", "says"),
    [
        ("baseline/02-angaran.html", "no such file: 02-angaran.html did you mean '02-anggaran.html'"),
        ("index.html", "index is no report of these notebooks and scenarios; there are: baseline/02-anggaran"),
    ],
)
def test_a_file_that_is_no_report_is_told(desk, report, says):
    with pytest.raises(InputError) as error:
        again(desk, report)
    assert says in str(error.value)


def test_a_file_outside_of_reports_is_told(desk, tmp_path):
    (tmp_path / "a.html").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="none above it holds manifest.json"):
        verify(tmp_path / "a.html", desk, desk / "tiny")


def test_a_report_that_cannot_be_built_any_more_is_told(desk):
    file = desk / "02-anggaran.ipynb"
    good = file.read_text(encoding="utf-8")
    file.write_text(good.replace("HTML('<p>angka</p>')", "1 / 0"), encoding="utf-8")
    with pytest.raises(EgovModelError, match="cannot be built again: .*ZeroDivisionError"):
        again(desk)
    file.write_text(good, encoding="utf-8")


@pytest.mark.parametrize(("same", "status"), [(True, 0), (False, 1)])
def test_the_command_says_it_and_ends_accordingly(egov, monkeypatch, same, status):
    made = Verdict("baseline/02-anggaran", same, "abc", () if same else ("notebook changed",), (("code", "1234"), ("seed", "")))
    monkeypatch.setattr("egov_model.report.verify.verify", lambda report, folder, data: made)
    code, out, err = egov("verify", "reports/baseline/02-anggaran.html")
    assert code == status
    assert out.splitlines()[0] == "baseline/02-anggaran was built from code 1234"
    assert ("the same bytes" in out) == same and ("notebook changed" in err) != same
    assert cli_verify.NOTEBOOKS.is_dir()
