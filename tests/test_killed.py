"""Whatever happens to a build: killed, interrupted, without room, with more or fewer at a time, the next one ends in the same bytes."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from report_samples import notebook
from tiny_pack import copy_of_tiny

from egov_model.inputs.errors import EgovModelError
from egov_model.inputs.place import ROOT
from egov_model.report.page import write_whole
from egov_model.report.publish import publish

PLAN = """from egov_model import build_plan, load_scenario, report_page
page = report_page(build_plan(load_scenario(scenario, data)), language)
"""
PROGRAM = """
import sys
from pathlib import Path
from egov_model.report.publish import publish
folder, data, out = map(Path, sys.argv[1:4])
wanted = {"scenarios": (), "notebooks": (), "language": "id"}
publish(folder, data, out, **wanted, jobs=2, force=False, talk=lambda line: print(line, flush=True))
"""


class Desk:
    """Two notebooks over the made-up regency, built here or, to be killed, by a process of its own."""

    def __init__(self, folder: Path):
        self.folder, self.out = folder / "notebooks", folder / "reports"
        self.folder.mkdir()
        self.data = copy_of_tiny(folder)
        notebook(self.folder, PLAN + 'page.figure("budget_by_year")', name="01-ringkasan-eksekutif")
        notebook(self.folder, PLAN + 'page.table("by_section")', name="02-anggaran")

    def start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", PROGRAM, str(self.folder), str(self.data), str(self.out)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def build(self, jobs: int = 2) -> dict[str, bytes]:
        wanted = {"scenarios": (), "notebooks": (), "language": "id"}
        assert publish(self.folder, self.data, self.out, **wanted, jobs=jobs, force=False, talk=lambda line: None) == 0
        return self.files()

    def files(self) -> dict[str, bytes]:
        return {path.relative_to(self.out).as_posix(): path.read_bytes() for path in sorted(self.out.rglob("*")) if path.is_file()}

    def empty(self) -> None:
        shutil.rmtree(self.out, ignore_errors=True)


def descendants(pid: int) -> set[int]:
    """Processes below one, as the system tells them."""
    found, waiting = set(), [pid]
    while waiting:
        try:
            children = {int(n) for task in Path(f"/proc/{waiting.pop()}/task").iterdir() for n in (task / "children").read_text().split()}
        except OSError:
            continue
        waiting += children - found
        found |= children
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The desk and what a build gives that nothing disturbs."""
    desk = Desk(tmp_path_factory.mktemp("desk"))
    return desk, desk.build()


def test_the_number_at_a_time_changes_no_byte(undisturbed):
    desk, wanted = undisturbed
    desk.empty()
    assert desk.build(jobs=1) == wanted


KILL, STOP = signal.SIGKILL, signal.SIGINT


@pytest.mark.parametrize(("lines", "number"), [(0, KILL), (1, KILL), (2, STOP)])
def test_a_build_that_is_killed_leaves_no_process_and_the_next_one_ends_as_if_nothing_had_been(undisturbed, lines, number):
    """Killed after so many lines of progress, or while the first one is awaited; benchmarks/build.py kills at random moments."""
    desk, wanted = undisturbed
    desk.empty()
    with desk.start() as process:
        for _ in range(lines):
            process.stdout.readline()
        time.sleep(0.3 if not lines else 0.05)
        below = descendants(process.pid)
        process.send_signal(number)
        process.communicate(timeout=60)
    until = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in below) and time.monotonic() < until:
        time.sleep(0.05)
    assert [pid for pid in below if Path(f"/proc/{pid}").exists()] == []
    whole = {name: text for name, text in desk.files().items() if name not in ("manifest.json", "index.html") and name[-5:] != ".part"}
    assert whole == {name: wanted[name] for name in whole}, "no half file"
    for folder in (desk.out, desk.out / "baseline"):  # what it may leave half written
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".01-ringkasan-eksekutif.html.4242.part").write_text("<html", encoding="utf-8")
    assert desk.build() == wanted


@pytest.mark.parametrize(
    ("number", "says"), [(errno.ENOSPC, "the disk is full; what was there is kept"), (errno.EACCES, "in another program")]
)
def test_a_file_that_cannot_be_written_is_told_and_the_old_one_kept(tmp_path, monkeypatch, number, says):
    target = tmp_path / "a.html"
    write_whole(target, "lama")

    def refuse(self, text, **settings):
        self.touch()
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(EgovModelError, match=says):
        write_whole(target, "baru")
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"] and target.read_bytes() == b"lama"
