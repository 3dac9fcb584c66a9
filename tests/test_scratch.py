"""Folders of runs: gone when a run ends, swept when its process was killed, and left alone in every other case."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from egov_model.report import scratch as module
from egov_model.report.build import build
from egov_model.report.scratch import PREFIX, YOUNG_SECONDS, scratch, sweep

HOLD = """
import tempfile, time
from egov_model.report.scratch import scratch
with scratch() as folder:
    (folder / "kernel.json").touch()
    print(folder, flush=True)
    time.sleep(60)
"""
CAN_TELL = sys.platform != "win32"


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch) -> Path:
    """A temporary folder of our own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def aged(folder: Path) -> Path:
    """The folder as if nobody had touched it for a while."""
    then = time.time() - 2 * YOUNG_SECONDS
    os.utime(folder, (then, then), follow_symlinks=False)
    return folder


def left_behind(temporary: Path, name: str = "old") -> Path:
    """What a killed run leaves."""
    folder = temporary / f"{PREFIX}{name}"
    folder.mkdir()
    (folder / "kernel.json").touch()
    return aged(folder)


def test_a_run_has_its_folder_and_leaves_none(temporary):
    with scratch() as folder:
        assert folder.is_dir() and folder.parent == temporary
        (folder / "notebook.ipynb").touch()
    assert list(temporary.iterdir()) == []


def test_what_a_living_process_holds_stays_and_what_a_killed_one_left_is_swept(temporary):
    environment = os.environ | {"TMPDIR": str(temporary), "TEMP": str(temporary), "TMP": str(temporary)}
    with subprocess.Popen([sys.executable, "-c", HOLD], env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            folder = Path(process.stdout.readline().strip())
            sweep()
            assert (aged(folder) / "kernel.json").exists()
            sweep()
            assert (folder / "kernel.json").exists()
        finally:
            process.kill()
    sweep()
    assert folder.exists() is not CAN_TELL


def test_our_own_folder_stays_too():
    with scratch() as folder:
        aged(folder)
        sweep()
        assert folder.is_dir()


def test_a_young_folder_stays(temporary):
    folder = left_behind(temporary)
    os.utime(folder)
    sweep()
    assert folder.is_dir()


def test_what_belongs_to_others_stays(temporary, monkeypatch):
    folder = left_behind(temporary)
    owner = folder.stat().st_uid
    monkeypatch.setattr(os, "getuid", lambda: owner + 1, raising=False)
    sweep()
    assert folder.is_dir()


def test_other_names_files_and_what_a_link_leads_to_stay(temporary):
    other, file, target = temporary / "egov-abc", temporary / f"{PREFIX}file", temporary / "target"
    for folder in (other, target):
        folder.mkdir()
        (folder / "kept").touch()
    file.touch()
    link = temporary / f"{PREFIX}link"
    link.symlink_to(target, target_is_directory=True)
    for path in (other, file, target, link):
        aged(path)
    sweep()
    assert (other / "kept").exists() and (target / "kept").exists() and file.exists() and link.is_symlink()


def test_where_the_system_cannot_tell_nothing_is_swept(temporary, monkeypatch):
    folder = left_behind(temporary)
    monkeypatch.setitem(sys.modules, "fcntl", None)
    sweep()
    assert folder.is_dir()
    with scratch() as run:
        assert run.is_dir()
    assert not run.exists()


def test_a_build_sweeps(temporary):
    folder = left_behind(temporary)
    build([], out=temporary / "reports", say=lambda line: None)
    assert folder.exists() is not CAN_TELL


def test_two_that_sweep_at_once_do_not_disturb_each_other(temporary, monkeypatch):
    folder, found = left_behind(temporary), []
    remove = module.shutil.rmtree

    def twice(path, **how):
        found.append(path)
        sweep()  # the other one: it finds the folder held
        remove(path, **how)

    monkeypatch.setattr(module.shutil, "rmtree", twice)
    sweep()
    assert found == ([folder] if CAN_TELL else [])
