"""Up to date means inputs, notebook, code and environment; the manifest remembers it and a build says why not."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from git_samples import commit, git
from report_samples import notebook

from egov_model.report import freshness
from egov_model.report.freshness import (
    Job,
    Record,
    changes,
    environment,
    links,
    notebook_hash,
    parts,
    read_manifest,
    stale,
    versions,
    write_manifest,
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project folder with a package, a template, words and a lock file."""
    for name, text in {
        "egov_model/a.py": "x = 1\n", "egov_model/report/template/report.css": "p{}", "egov_model/report/locale/id.po": "",
        "requirements.lock": "numpy==2.4.0\n", "pyproject.toml": '[project]\ndependencies = ["jinja2>=3", "no-such-library"]\n',
    }.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def job(folder: Path, scenario: str = "baseline", name: str = "01-uji", **changes: str) -> Job:
    made = Job(scenario, folder / f"{name}.ipynb", "id", folder, "key-1", name[3:].title())
    return dataclasses.replace(made, **changes)


def key(root: Path) -> dict[str, str]:
    return parts([job(root)], root)["baseline/01-uji"]


@pytest.mark.parametrize(
    ("file", "part"),
    [
        ("egov_model/a.py", "code"), ("egov_model/b.py", "code"), ("egov_model/report/template/report.css", "code"),
        ("egov_model/report/locale/id.po", "code"), ("requirements.lock", "environment"),
        ("egov_model/__pycache__/a.cpython-311.pyc", ""), ("egov_model/report/locale/id.mo", ""), ("egov_model/.a.py.swp", ""),
        ("README.md", ""),
    ],
)  # fmt: skip
def test_a_key_follows_code_and_environment_and_nothing_else(root, file, part):
    before = key(root)
    (root / file).parent.mkdir(exist_ok=True)
    (root / file).write_text("changed", encoding="utf-8")
    after = key(root)
    assert [name for name in before if before[name] != after[name]] == [part] * bool(part)
    assert key(root) == after


def test_environment_follows_python_and_library_versions(root, monkeypatch):
    before = environment(root)
    monkeypatch.setattr("platform.python_version_tuple", lambda: ("3", "99", "1"))
    assert environment(root) != before
    monkeypatch.undo()
    monkeypatch.setattr("importlib.metadata.version", lambda name: "99")
    assert environment(root) != before
    assert versions(root) == ["jinja2==99", "no-such-library==99"]


def test_a_library_that_is_not_installed_counts_too(root):
    assert versions(root)[1] == "no-such-library is not installed"


def test_a_notebook_is_what_it_says_not_how_it_was_last_opened(tmp_path):
    path = notebook(tmp_path, "x = 1")
    before = notebook_hash(path)
    made = json.loads(path.read_text(encoding="utf-8"))
    made["cells"][-1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x"}]
    made["metadata"]["language_info"] = {"name": "python"}
    path.write_text(json.dumps(made, indent=4), encoding="utf-8")
    assert notebook_hash(path) == before
    assert notebook_hash(notebook(tmp_path, "x = 2")) != before
    path.write_text("not json", encoding="utf-8")
    assert notebook_hash(path) not in (before, "")
    assert notebook_hash(tmp_path / "none.ipynb") == ""


def test_names_and_links_of_reports(tmp_path):
    jobs = [job(tmp_path), job(tmp_path, name="02-dua"), job(tmp_path, language="en"), job(tmp_path, "lean"), job(tmp_path, "", "09-semua")]
    assert [each.name for each in jobs] == ["baseline/01-uji", "baseline/02-dua", "baseline/01-uji.en", "lean/01-uji", "semua"]
    mine = (("Semua laporan", "../index.html", False), ("Uji", "01-uji.html", True), ("Dua", "02-dua.html", False))
    assert links(jobs[0], jobs) == (*mine, ("Semua", "../semua.html", False)), "the reports over all scenarios come last"
    assert links(jobs[0], [jobs[4], *jobs[:4]]) == links(jobs[0], jobs)
    assert links(jobs[2], jobs) == (("All reports", "../index.en.html", False), ("Uji", "01-uji.en.html", True))
    assert links(jobs[4], jobs) == (("Semua laporan", "index.html", False), ("Semua", "semua.html", True))


def test_every_reason_to_build_is_said(root):
    notebook(root, "x = 1")
    one = job(root)
    key = parts([one], root)[one.name]

    def why(key=key, force=False, **known: str) -> str:
        record = dataclasses.replace(Record(key, "ok", files={name: freshness.digest("x") for name in one.files}), **known)
        return stale(one, parts([one], root)[one.name], {one.name: record}, root, force)

    assert stale(one, key, {}, root) == "not built yet"
    assert why() == "its file is gone"
    freshness.file_of(root, one.name).parent.mkdir()
    for name in one.files:
        (root / name).write_text("x", encoding="utf-8")
    assert why() == ""
    assert why(force=True) == "forced"
    assert why(status="failed") == "failed last time"
    assert why(files={name: "other" for name in one.files}) == "its file is not the one that was built"
    assert why(key={**key, "inputs": ""}) == "inputs changed"
    assert why(key={**key, "page": ""}) == "links changed"
    (root / "egov_model" / "a.py").write_text("x = 2\n", encoding="utf-8")
    notebook(root, "x = 2")
    assert why() == "notebook changed, code or template changed"
    (root / "requirements.lock").write_text("", encoding="utf-8")
    assert why().endswith(", Python, library or lock file changed")


def test_links_of_a_report_change_when_another_report_comes(root):
    notebook(root, "x = 1")
    alone, both = parts([job(root)], root), parts([job(root), job(root, name="02-dua"), job(root, "lean")], root)
    assert [name for name in alone["baseline/01-uji"] if alone["baseline/01-uji"][name] != both["baseline/01-uji"][name]] == ["page"]


def test_manifest_is_the_same_text_for_the_same_state(tmp_path):
    records = {"b/1": Record({"z": "1", "a": "2"}, "failed", "Sél 3", {"b/1.html": "h"}, {"code": "abc"}), "a/1": Record({}, "ok")}
    write_manifest(tmp_path, records)
    text = (tmp_path / "manifest.json").read_text(encoding="utf-8")
    assert text.index('"a/1"') < text.index('"b/1"')
    assert "Sél 3" in text
    assert read_manifest(tmp_path) == records
    write_manifest(tmp_path, dict(reversed(records.items())))
    assert (tmp_path / "manifest.json").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("text", ["", "[]", '{"reports": []}', '{"reports": {"a": {}}}', '{"reports": {"a": 1}}'])
def test_a_manifest_that_cannot_be_understood_counts_as_none(tmp_path, text):
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    assert read_manifest(tmp_path) == {}


@pytest.fixture
def desk(root) -> Path:
    """The project folder with two notebooks, all of it committed."""
    (root / "notebooks").mkdir()
    for name in ("01-uji", "02-dua"):
        notebook(root / "notebooks", "x = 1", name=name)
    git(root, "init", "-q")
    commit(root)
    return root


def commits_of(root: Path) -> list[str]:
    made = parts([job(root / "notebooks", name=name) for name in ("01-uji", "02-dua")], root)
    return [key["version"] for key in made.values()]


def test_the_commit_of_a_report_is_the_last_of_what_it_uses(desk):
    first = git(desk, "rev-parse", "HEAD")[:12]
    assert commits_of(desk) == [first, first]
    commit(desk, README="x", data__settings="x")
    assert commits_of(desk) == [first, first]
    notebook(desk / "notebooks", "x = 2", name="02-dua")
    assert commits_of(desk) == [first, f"{first}-dirty"]
    second = commit(desk)
    assert commits_of(desk) == [first, second]
    third = commit(desk, egov_model__a_py="x = 3")
    assert commits_of(desk) == [third, third]


def test_a_notebook_that_was_only_run_is_as_it_was_committed(desk):
    first, path = git(desk, "rev-parse", "HEAD")[:12], desk / "notebooks" / "01-uji.ipynb"
    made = json.loads(path.read_text(encoding="utf-8"))
    made["cells"][-1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x"}]
    path.write_text(json.dumps(made, indent=4), encoding="utf-8")
    assert commits_of(desk) == [first, first]
    made["cells"][-1]["source"] = "y"
    path.write_text(json.dumps(made), encoding="utf-8")
    assert commits_of(desk) == [f"{first}-dirty", first]


def test_a_notebook_elsewhere_belongs_to_no_commit(desk, tmp_path_factory):
    folder = tmp_path_factory.mktemp("lain")
    notebook(folder, "x = 1")
    assert parts([job(folder)], desk)["baseline/01-uji"]["version"] == git(desk, "rev-parse", "HEAD")[:12] + "-dirty"


@pytest.mark.parametrize(
    ("before", "now", "says"),
    [
        ("aa-dirty", "bb", ["its code has been committed since"]), ("aa-dirty", "aa", ["its code has been committed since"]),
        ("aa", "bb", ["the commit of its code changed"]), ("aa", "aa-dirty", ["the commit of its code changed"]),
        ("aa-dirty", "bb-dirty", ["the commit of its code changed"]), ("aa-dirty", "", ["the commit of its code changed"]),
        ("", "aa", ["the commit of its code changed"]), ("aa", "aa", []), ("", "", []),
    ],
)  # fmt: skip
def test_a_commit_alone_is_told_as_such(before, now, says):
    rest = dict.fromkeys(freshness.WHY, "x")
    assert changes(rest | {"version": before}, rest | {"version": now}) == says


@pytest.mark.parametrize("part", ["code", "notebook"])
def test_of_a_commit_nothing_is_told_when_the_code_itself_changed(part):
    rest = dict.fromkeys(freshness.WHY, "x")
    assert changes(rest | {"version": "aa-dirty", part: "y"}, rest) == [freshness.WHY[part]]
    assert changes(rest | {"version": "aa-dirty", "inputs": "y"}, rest) == ["inputs changed", "its code has been committed since"]
