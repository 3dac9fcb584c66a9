"""Nothing to do is said at once, and only when nothing at all has changed: no input, no code, no built file."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from git_samples import commit, git
from report_samples import notebook
from tiny_pack import copy_of_tiny

from egov_model.report import settled as module
from egov_model.report.freshness import Record, digest, write_manifest
from egov_model.report.settled import nothing_to_do, request, requests, settled, state

REAL = module.ROOT
ALL = {"scenarios": (), "notebooks": (), "language": "id"}


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Path:
    """A project folder whose reports are built and recorded as such."""
    (tmp_path / "egov_model").mkdir()
    (tmp_path / "egov_model" / "a.py").write_text("x = 1", encoding="utf-8")
    (tmp_path / "requirements.lock").write_text("numpy==2", encoding="utf-8")
    (tmp_path / "notebooks").mkdir()
    notebook(tmp_path / "notebooks", "x = 1", name="02-anggaran")
    copy_of_tiny(tmp_path).rename(tmp_path / "data")
    out = tmp_path / "reports"
    (out / "baseline").mkdir(parents=True)
    for name in ("index.html", "baseline/02-anggaran.html", "baseline/anggaran.csv"):
        (out / name).write_text(name, encoding="utf-8")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    record(tmp_path)
    return tmp_path


def record(desk: Path, status: str = "ok") -> None:
    records = {
        "baseline/02-anggaran": Record({}, status, "", {"baseline/02-anggaran.html": digest("baseline/02-anggaran.html")}),
        "baseline/angka": Record({}, "ok", "", {"baseline/anggaran.csv": digest("baseline/anggaran.csv")}),
    }
    asked = request((), (), "id", desk / "data", desk)
    now = state(desk / "notebooks", desk / "data", desk)
    write_manifest(desk / "reports", records, {asked: now, "index.html": digest("index.html")})


def count(desk: Path, **asked: object) -> int | None:
    return nothing_to_do(desk / "notebooks", desk / "data", desk / "reports", **{**ALL, **asked})


def test_when_nothing_has_changed_the_reports_are_counted(desk):
    assert count(desk) == 1, "the files beside a report are no report"


@pytest.mark.parametrize(
    "file",
    [
        "egov_model/a.py", "egov_model/b.py", "notebooks/02-anggaran.ipynb", "notebooks/03-baru.ipynb", "data/prices.csv",
        "data/scenarios/baru.yaml", "data/fgd/participants/hemat.csv", "requirements.lock", "reports/index.html",
        "reports/baseline/02-anggaran.html", "reports/baseline/anggaran.csv", "reports/manifest.json",
    ],
)  # fmt: skip
def test_any_change_of_any_file_makes_one_look_closer(desk, file):
    (desk / file).write_text("changed", encoding="utf-8")
    assert count(desk) is None


@pytest.mark.parametrize("file", ["reports/index.html", "reports/baseline/anggaran.csv", "data/prices.csv", "reports/manifest.json"])
def test_a_file_that_is_gone_makes_one_look_closer(desk, file):
    (desk / file).unlink()
    assert count(desk) is None


def test_a_commit_of_the_code_makes_one_look_closer_and_one_of_anything_else_does_not(desk):
    git(desk, "init", "-q")
    assert count(desk) == 1, "no commit yet"
    commit(desk)
    assert count(desk) is None
    record(desk)
    assert count(desk) == 1
    git(desk, "commit", "-q", "--allow-empty", "-m", "kosong")
    commit(desk, README="x", docs__a="x")
    assert count(desk) == 1
    git(desk, "commit", "-q", "--amend", "--reset-author", "-m", "lain")
    assert count(desk) == 1
    git(desk, "reset", "-q", "--soft", "HEAD~2")
    git(desk, "commit", "-q", "--amend", "-m", "the same code in another commit")
    assert count(desk) is None


@pytest.mark.parametrize("asked", [{"language": "en"}, {"scenarios": ("baseline",)}, {"notebooks": ("02",)}])
def test_what_was_never_asked_for_is_looked_at_closer(desk, asked):
    assert count(desk, **asked) is None


def test_another_pack_a_missing_one_a_failure_and_another_date_of_issue_are_looked_at_closer(desk, monkeypatch):
    other = Path(shutil.copytree(desk / "data", desk / "other"))
    assert nothing_to_do(desk / "notebooks", other, desk / "reports", **ALL) is None
    assert nothing_to_do(desk / "notebooks", desk / "none", desk / "reports", **ALL) is None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    assert count(desk) is None
    monkeypatch.undo()
    monkeypatch.setattr(module, "ROOT", desk)
    record(desk, status="failed")
    assert count(desk) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 1}', '{"format": 3, "reports": {}}'])
def test_a_manifest_that_cannot_be_understood_settles_nothing(desk, text):
    (desk / "reports" / "manifest.json").write_text(text, encoding="utf-8")
    assert count(desk) is None and requests(desk / "reports") == {}
    assert settled("", "", desk) is None


def test_a_request_is_the_same_whatever_the_order_of_its_names(tmp_path):
    one = request(("b", "a"), ("02",), "id", tmp_path / "data", tmp_path)
    assert one == request(("a", "b"), ("02",), "id", tmp_path / "data", tmp_path) == "id; a b; 02"
    assert request((), (), "en", tmp_path / "x", tmp_path) == f"en; all; all; {digest(str((tmp_path / 'x').resolve()))}"


def test_the_answer_comes_before_any_library_is_loaded():
    slow = ["pydantic", "numpy", "pandas", "jinja2", "asyncio", "babel", "ruamel.yaml", "jupyter_client", "zmq"]
    code = f"import sys, egov_model.cli, egov_model.report.settled; print([name for name in {slow} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=REAL, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
