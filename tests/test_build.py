"""Building reports: only what is stale, side by side, each failure by itself, and a clean stop."""

from __future__ import annotations

import dataclasses
import json
import threading
import time
from pathlib import Path

import pytest
from git_samples import commit, git
from report_samples import notebook

from egov_model.inputs.errors import InputError
from egov_model.report import build as module
from egov_model.report.build import BuildResult, Failure, Job, alone, build, read_manifest
from egov_model.report.failure import RenderError
from egov_model.report.freshness import links
from egov_model.report.running import Kernels

NAMES = ("baseline/01-uji", "baseline/02-dua", "lean/01-uji", "lean/02-dua")


class Project:
    """A folder with two notebooks and two scenarios, built by a renderer that writes its parameters or fails as told."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch):
        self.root, self.out, self.said = folder, folder / "reports", []
        (folder / "egov_model").mkdir()
        (folder / "egov_model" / "a.py").write_text("", encoding="utf-8")
        self.notebooks = [notebook(folder, "x = 1", name=name) for name in ("01-uji", "02-dua")]
        self.jobs = [Job(s, path, "id", folder, f"key of {s}", path.stem[3:]) for s in ("baseline", "lean") for path in self.notebooks]
        self.fails: dict[str, Exception] = {}
        self.facts: dict[str, dict[str, object]] = {}
        self.rendered: list[tuple[str, dict, tuple]] = []
        monkeypatch.setattr(module, "render", self.render)
        monkeypatch.setattr("egov_model.report.farm.start", lambda env: None)  # nothing to fork from: it would only be waited for

    def render(self, path, target, parameters, *, language, links, facts, limit, kernels, warm):
        name = target.relative_to(self.out).with_suffix("").as_posix()
        self.rendered.append((name, dict(parameters), tuple(links)))
        self.facts[name] = dict(facts)
        if name in self.fails:
            raise self.fails[name]
        target.parent.mkdir(parents=True, exist_ok=True)
        for file in (target.with_suffix(".angka.json"), target):
            file.write_text(f"{name} {len(self.rendered)}", encoding="utf-8")

    def build(self, **settings) -> BuildResult:
        self.said.clear()
        self.rendered.clear()
        return build(self.jobs, **{"out": self.out, "say": self.said.append, "root": self.root, **settings})

    def change(self, place: int, **changes) -> None:
        self.jobs[place] = dataclasses.replace(self.jobs[place], **changes)


@pytest.fixture
def project(tmp_path, monkeypatch):
    return Project(tmp_path, monkeypatch)


def test_a_second_build_does_nothing_and_says_so(project):
    assert project.build() == BuildResult(NAMES, (), (), ())
    assert sorted(line.split("  ")[-1] for line in project.said[:-1]) == ["(not built yet)"] * 4
    assert project.said[-1] == "reports: 4 built"
    before = (project.out / "manifest.json").read_bytes()
    assert project.build() == BuildResult((), (), NAMES, ())
    assert project.said == ["4 reports up to date; nothing to do"]
    assert project.rendered == []
    assert (project.out / "manifest.json").read_bytes() == before


def test_progress_counts_what_is_built_and_says_how_long(project):
    project.build()
    project.change(1, key="other")
    result = project.build()
    assert (result.built, len(result.fresh)) == (("baseline/02-dua",), 3)
    assert project.said[0].startswith("[1/1] baseline/02-dua  0.0 s  (inputs changed)")
    assert project.said[1] == "reports: 1 built, 3 up to date"


def test_a_change_of_code_makes_every_report_stale_and_of_a_notebook_only_its_own(project):
    project.build()
    (project.root / "egov_model" / "a.py").write_text("x = 2", encoding="utf-8")
    assert project.build().built == NAMES
    notebook(project.root, "x = 2", name="02-dua")
    assert project.build().built == ("baseline/02-dua", "lean/02-dua")


def test_a_commit_makes_what_it_touches_stale_and_page_and_manifest_name_it(project):
    """Notebook `02-dua` is edited and committed; the other pages follow only from the module, which is committed from the start."""
    (project.root / "notebooks").mkdir()
    project.notebooks = [path.rename(project.root / "notebooks" / path.name) for path in project.notebooks]
    for place in range(4):
        project.change(place, notebook=project.notebooks[place % 2], facts=(("data", "d"), ("code", ""), ("seed", 7)))

    def told() -> list[object]:
        records = read_manifest(project.out)
        assert {name: dict(records[name].facts) for name in NAMES} == project.facts
        return [project.facts[name].get("code") for name in NAMES]

    project.build()
    assert told() == [None] * 4 and project.facts[NAMES[0]]["code_hash"] and list(project.facts[NAMES[0]]) == ["data", "code_hash", "seed"]
    git(project.root, "init", "-q")
    (project.root / ".gitignore").write_text("reports/", encoding="utf-8")
    first = commit(project.root)
    assert project.build().built == NAMES and told() == [first] * 4
    assert all("(the commit of its code changed)" in line for line in project.said[:4])
    notebook(project.root / "notebooks", "x = 2", name="02-dua")
    assert project.build().built == (NAMES[1], NAMES[3]) and told() == [first, f"{first}-dirty"] * 2
    assert all("(notebook changed)" in line for line in project.said[:2])
    (project.root / "README.md").write_text("x", encoding="utf-8")
    git(project.root, "add", "README.md")
    git(project.root, "commit", "-qm", "lain")
    assert project.build().built == ()
    second = commit(project.root)
    assert project.build().built == (NAMES[1], NAMES[3]) and told() == [first, second] * 2
    assert all("(its code has been committed since)" in line for line in project.said[:2])
    assert project.build().built == ()


def test_force_builds_what_is_chosen_and_leaves_the_rest(project):
    project.build()
    assert project.build(force=True, only={"lean/01-uji"}) == BuildResult(("lean/01-uji",), (), (), ())
    assert "(forced)" in project.said[0]


def test_reports_get_their_parameters_and_links_to_all_even_when_few_are_built(project):
    project.build(only={"lean/02-dua"})
    [(name, parameters, row)] = project.rendered
    assert (name, parameters) == ("lean/02-dua", {"scenario": "lean", "language": "id", "data": str(project.root.resolve())})
    assert row == (("Semua laporan", "../index.html", False), ("uji", "01-uji.html", False), ("dua", "02-dua.html", True))


def test_the_projects_own_data_are_passed_without_a_path_and_a_report_over_all_without_a_scenario(project):
    project.change(0, data=module.ROOT / "data", scenario="")
    project.build(only={"uji"})
    assert project.rendered[0][:2] == ("uji", {"language": "id", "data": ""})


def test_a_failure_stops_no_other_report_and_keeps_the_last_good_one(project):
    project.build(only={NAMES[0]})
    good = (project.out / f"{NAMES[0]}.html").read_text(encoding="utf-8")
    project.fails = {
        NAMES[0]: RenderError("01-uji.ipynb", "code cell 3 of 7 (x)", "KeyError: 'pagu'"), NAMES[1]: InputError("parameter x"),
        NAMES[3]: ZeroDivisionError("division by zero"),
    }  # fmt: skip
    result = project.build(force=True)
    assert result.built == (NAMES[2],)
    assert not result.ok
    assert result.failed == (
        Failure(NAMES[0], "code cell 3 of 7 (x): KeyError: 'pagu'", kept=True),
        Failure(NAMES[1], "parameter x", kept=False),
        Failure(NAMES[3], "ZeroDivisionError: division by zero", kept=False),
    )
    said = "\n".join(project.said)
    assert f"{NAMES[0]}  FAILED  code cell 3 of 7 (x): KeyError: 'pagu'\n  the last good report is kept" in said
    assert f"{NAMES[1]}  FAILED  parameter x\n  there is no report yet" in said
    assert said.endswith("reports: 1 built, 3 failed")
    assert (project.out / f"{NAMES[0]}.html").read_text(encoding="utf-8") == good
    records = read_manifest(project.out)
    assert [records[name].status for name in NAMES] == ["failed", "failed", "ok", "failed"]
    assert records[NAMES[0]].reason == "code cell 3 of 7 (x): KeyError: 'pagu'"

    project.fails = {}
    assert project.build().built == (NAMES[0], NAMES[1], NAMES[3])
    assert {line.split("  ")[-1] for line in project.said[:-1]} == {"(failed last time)"}
    assert read_manifest(project.out)[NAMES[0]].reason == ""


def test_reports_that_should_not_exist_any_more_go_when_everything_is_built(project):
    project.jobs.append(dataclasses.replace(project.jobs[0], language="en"))
    project.build()
    lean = [job for job in project.jobs if job.scenario == "lean"]
    project.jobs = [job for job in project.jobs if job.scenario == "baseline" and job.language == "id"]
    assert project.build(only={NAMES[0]}).removed == ()
    assert (project.out / "lean" / "01-uji.html").exists()
    result = project.build()
    assert result.removed == ("lean/01-uji", "lean/02-dua")
    assert "removed lean/01-uji: its scenario, notebook or agency does not exist any more" in project.said
    assert not (project.out / "lean").exists()
    assert (project.out / "baseline" / "01-uji.en.html").exists(), "another language of what exists stays"
    assert set(json.loads((project.out / "manifest.json").read_text(encoding="utf-8"))["reports"]) == {*NAMES[:2], "baseline/01-uji.en"}
    project.jobs += lean
    assert project.build().built == ("lean/01-uji", "lean/02-dua")


def test_a_manifest_without_its_reports_builds_them(project):
    project.build()
    (project.out / f"{NAMES[2]}.html").unlink()
    assert project.build().built == (NAMES[2],)


def test_as_many_at_a_time_as_asked_for(project, monkeypatch):
    now, most, lock = 0, [], threading.Lock()

    def render(*_, **__):
        nonlocal now
        with lock:
            now += 1
            most.append(now)
        time.sleep(0.05)
        with lock:
            now -= 1

    monkeypatch.setattr(module, "render", render)
    project.build(jobs=2)
    assert max(most) == 2
    most.clear()
    project.build(jobs=1, force=True)
    assert max(most) == 1


@pytest.fixture
def real(tmp_path):
    """The same folder with the renderer that is used in earnest."""
    (tmp_path / "egov_model").mkdir()

    def run(*cells: str, say=lambda line: None, **settings) -> BuildResult:
        paths = [notebook(tmp_path, cell, name=f"0{n}-uji") for n, cell in enumerate(cells, 1)]
        jobs = [Job("baseline", path, "id", tmp_path, "key", path.stem) for path in paths]
        return build(jobs, out=tmp_path / "reports", root=tmp_path, say=say, **settings)

    return run


def test_notebooks_are_built_side_by_side_and_one_that_fails_is_named(real, tmp_path):
    result = real("HTML('<p>satu</p>')", "1 / 0", "HTML('<p>tiga</p>')")
    assert result.built == ("baseline/01-uji", "baseline/03-uji")
    assert result.failed == (Failure("baseline/02-uji", "code cell 4 of 5 (1 / 0): ZeroDivisionError: division by zero", kept=False),)
    page = (tmp_path / "reports" / "baseline" / "03-uji.html").read_text(encoding="utf-8")
    assert "<p>tiga</p>" in page
    assert 'href="02-uji.html"' in page
    assert sorted(path.name for path in (tmp_path / "reports" / "baseline").glob("*.html")) == ["01-uji.html", "03-uji.html"]


def test_stopping_ends_every_kernel_and_keeps_what_is_finished(real, tmp_path, monkeypatch):
    seen = []
    add = Kernels.add

    def watched(self, folder, process):
        seen.append(process)
        add(self, folder, process)

    def interrupt(line: str) -> None:  # as if Ctrl-C came while the first report is told and the others run or wait
        raise KeyboardInterrupt

    monkeypatch.setattr(Kernels, "add", watched)
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        real("HTML('<p>satu</p>')", *["import time; time.sleep(60)"] * 2, say=interrupt)
    assert time.monotonic() - started < 30
    assert [process.pid for process in seen if process.poll() is None] == []
    assert len(seen) <= 3
    assert {name: record.status for name, record in read_manifest(tmp_path / "reports").items()} == {"baseline/01-uji": "ok"}
    assert sorted(path.name for path in (tmp_path / "reports" / "baseline").iterdir()) == ["01-uji.angka.json", "01-uji.html"]


def test_why_a_report_is_left_as_it_is_is_said_when_asked(project):
    project.build()
    project.change(0, key="other")
    project.build(why=True)
    told = "up to date (inputs, notebook, links, code and its commit, libraries and file are as when it was built)"
    assert project.said[:3] == [f"{name}  {told}" for name in NAMES[1:]]


@pytest.mark.parametrize(
    ("done", "every", "seconds", "says"),
    [(1, 54, 10, "  about 9 min left"), (2, 20, 8, ""), (3, 20, 9, "  about 51 s left"), (52, 54, 100, ""), (54, 54, 100, "")],
)
def test_the_time_left_is_told_unless_it_is_a_guess_or_hardly_any(done, every, seconds, says):
    """10 s for 1 of 54: 53 more at 10 s are 530 s; 9 s for 3 of 20: 17 more at 3 s."""
    assert module.time_left(done, every, seconds) == says


def test_two_builds_of_one_folder_wait_for_each_other(tmp_path):
    said, entered = [], threading.Event()

    def second():
        with module.alone(tmp_path, said.append):
            entered.set()

    with module.alone(tmp_path, said.append):
        waiting = threading.Thread(target=second)
        waiting.start()
        assert not entered.wait(0.2)
    waiting.join(10)
    assert entered.is_set() and said == [f"another build works in {tmp_path.name}/; waiting for it"]


def test_files_beside_the_reports_are_a_job_without_links_and_no_report_in_the_count(project, monkeypatch):
    figures, files = (Job("baseline", None, language, project.root, "key", "") for language in ("", "id"))
    project.jobs += [figures, files]

    def make(job, out, limit, kernels, farm):
        for name in job.files:
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (out / name).write_text(name, encoding="utf-8")
        return ""

    monkeypatch.setattr(module, "_beside", make)
    assert (figures.name, files.name) == ("baseline/angka", "baseline/berkas") and links(figures, project.jobs) == ()
    assert "baseline/anggaran.csv" in figures.files and "baseline/anggaran.xlsx" in files.files
    assert not set(figures.files) & set(files.files)
    assert [label for label, _, _ in links(project.jobs[0], project.jobs)] == ["Semua laporan", "uji", "dua"]
    assert {"baseline/angka", "baseline/berkas"} <= set(project.build().built)
    assert project.said[-1] == "reports: 4 built"
    (project.out / "baseline" / "anggaran.csv").write_text("edited", encoding="utf-8")
    assert project.build().built == ("baseline/angka",)
    project.jobs = [job for job in project.jobs if job.scenario == "lean"]
    assert {"baseline/angka", "baseline/berkas"} <= set(project.build().removed) and not (project.out / "baseline").exists()


def test_what_a_killed_build_left_half_written_is_cleared_away_in_every_folder(tmp_path):
    halves = [tmp_path / place / ".x.html.42.part" for place in ("", "baseline", "baseline/opd")]
    for half in halves:
        half.parent.mkdir(parents=True, exist_ok=True)
        half.write_text("<html", encoding="utf-8")
    with alone(tmp_path, print):
        assert not any(half.exists() for half in halves)
