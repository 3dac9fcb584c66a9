"""Processes that are forked warm: they answer, share what was worked out, and none outlives whoever started it, however that one ends."""

from __future__ import annotations

import asyncio
import json
import os
import queue
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from jupyter_client.provisioning import KernelProvisionerFactory
from report_samples import notebook

from egov_model.inputs.place import ROOT
from egov_model.report import forks
from egov_model.report.execute import execute
from egov_model.report.forks import Forked, Warm, WarmError, start
from egov_model.report.kernels import NAME, WarmProvisioner, metadata
from egov_model.report.own_kernel import answers, environment
from egov_model.report.running import Kernels

ENVIRONMENT = {**os.environ, **environment(Path(os.devnull))}
GIVEN = {"scenario": "baseline", "language": "id", "data": str(ROOT / "tests" / "tiny")}


def alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def gone(pids: list[int], seconds: float = 10) -> bool:
    """Whether all of them end in time."""
    until = time.monotonic() + seconds
    while any(map(alive, pids)):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


@pytest.fixture(scope="module")
def root():
    """One warm process for all tests of this file."""
    made = start(ENVIRONMENT)
    yield made
    made.close()


@pytest.fixture(scope="module")
def branch(root):
    """A process that has worked out the made-up regency."""
    made = root.branch("baseline", GIVEN["data"], ["unchanged"])
    yield made
    made.close()


def shown(path: Path, kernels: Kernels | None = None, warm=lambda: None) -> str:
    executed = execute(path, GIVEN, kernels=kernels, warm=warm)
    return "".join(output.data.get("text/html", "") for cell in executed.cells for output in cell.get("outputs", []))


def test_a_process_that_is_forked_from_has_one_thread_and_no_socket_of_zmq(root, branch):
    for warm in (root, branch):
        warm.ask(do="status", pid=0)
        assert len(list(Path(f"/proc/{warm.pid}/task").iterdir())) == 1
        links = [str(file.readlink()) for file in Path(f"/proc/{warm.pid}/fd").iterdir()]
        assert sum(link.startswith("socket:") for link in links) == 1
        assert not any("eventpoll" in link or "eventfd" in link for link in links), "zmq opens them with its context"


def test_a_forked_kernel_gives_what_an_ordinary_one_gives(tmp_path, branch):
    cell = (
        "import os, sys, matplotlib\nfrom egov_model import build_plan, load_scenario\n"
        "plan = build_plan(load_scenario(scenario, data))\n"
        "facts = [os.getcwd(), os.environ['PYTHONHASHSEED'], hash('a'), matplotlib.get_backend(), __name__, plan.budget.amount_idr.sum()]\n"
        "HTML(escape(str(facts)))"
    )
    path = notebook(tmp_path, cell)
    assert shown(path, warm=lambda: branch) == shown(path)


def test_notebooks_of_a_scenario_find_what_was_worked_out_and_do_not_disturb_each_other(tmp_path, branch):
    cell = (
        "from egov_model import build_plan, load_scenario\nplan = build_plan(load_scenario(scenario, data))\n"
        "HTML(f\"<p>{'budget' in plan.__dict__} {'measures' in plan.__dict__} {'mark' in plan.__dict__}</p>\")"
    )
    spoil = cell + "\nplan.__dict__['mark'] = 1\nplan.budget['amount_idr'] = 0"
    assert "<p>True True False</p>" in shown(notebook(tmp_path, cell), warm=lambda: branch)
    shown(notebook(tmp_path, spoil, name="02-dua"), warm=lambda: branch)
    assert "<p>True True False</p>" in shown(notebook(tmp_path, cell), warm=lambda: branch)


def test_where_nothing_can_be_forked_the_ordinary_provisioner_serves(tmp_path, monkeypatch):
    monkeypatch.setattr(forks, "CAN_FORK", False)
    assert start(ENVIRONMENT) is None
    assert metadata(None, "") == {}
    ended = start_and_end(monkeypatch)
    seen = []
    monkeypatch.setattr(Kernels, "add", lambda self, folder, process, add=Kernels.add: (seen.append(process), add(self, folder, process)))
    assert "Satu jawaban" in shown(notebook(tmp_path), warm=lambda: ended)
    assert isinstance(seen[0], subprocess.Popen)


def start_and_end(monkeypatch) -> Warm:
    monkeypatch.setattr(forks, "CAN_FORK", True)
    made = start(ENVIRONMENT)
    made.close()
    with pytest.raises(WarmError):
        made.ask(do="status", pid=0)
    return made


def test_the_entry_point_is_the_one_that_pyproject_names():
    points = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    assert points[KernelProvisionerFactory.GROUP_NAME] == {NAME: f"{WarmProvisioner.__module__}:{WarmProvisioner.__name__}"}


def test_a_call_tells_what_it_raises_and_how_it_ended(root, tmp_path):
    told = tmp_path / "told"
    bad = root.call("egov_model.report.exports:make_figures", {"scenario": "tiada", "data": GIVEN["data"], "folder": ""},
                    str(tmp_path), str(told))  # fmt: skip
    assert bad.wait(60) == 1
    assert "no scenario 'tiada'" in told.read_text(encoding="utf-8")
    good = root.call("os:mkdir", {"path": "made"}, str(tmp_path), str(told))
    assert good.wait(60) == 0 and (tmp_path / "made").is_dir()


def test_a_forked_process_behaves_like_one_that_was_started(root, tmp_path):
    process = root.call("signal:pause", {}, str(tmp_path), str(tmp_path / "told"))
    assert process.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.05)
    process.kill()
    assert process.wait(10) == -signal.SIGKILL
    assert isinstance(process, Forked) and gone([process.pid])
    process.terminate()  # one that has ended is left alone


BUILDER = """
import json, os, sys, time
from egov_model.report.forks import start
root = start(dict(os.environ))
branch = root.branch("baseline", sys.argv[1], [])
waiting = [warm.call("signal:pause", {}, "/", "") for warm in (root, branch)]
print(json.dumps([root.pid, branch.pid, *(process.pid for process in waiting)]), flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_outlives_a_builder_that_is_killed(number, tmp_path):
    command = [sys.executable, "-c", BUILDER, GIVEN["data"]]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as builder:
        pids = json.loads(builder.stdout.readline())
        assert len(pids) == 4 and all(map(alive, pids))
        builder.send_signal(number)
    assert gone(pids)


def test_a_process_that_works_out_a_scenario_ends_with_its_builder_at_once(tmp_path):
    """It is busy and reads nothing: the signal that the closed pipe sends ends it."""
    busy = BUILDER.replace('sys.argv[1], [])', 'sys.argv[1], [])\nbusy = root.branch("", "", [])').replace(
        "waiting = ", "open(sys.argv[2], 'w').write(str(busy.pid))\nwaiting = "
    )  # fmt: skip
    command = [sys.executable, "-c", busy, GIVEN["data"], str(tmp_path / "pid")]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as builder:
        pids = json.loads(builder.stdout.readline())
        builder.kill()
    assert gone([*pids, int((tmp_path / "pid").read_text())])


class Heard:
    """A client whose channels give these messages in turn, and nothing after them."""

    def __init__(self, shell: list[tuple[str, str]], outputs: list[tuple[str, str, str]]):
        self.shell = [{"parent_header": {"msg_id": asked}, "msg_type": kind, "content": {}} for asked, kind in shell]
        self.outputs = [
            {"parent_header": {"msg_id": asked}, "msg_type": kind, "content": {"execution_state": state}} for asked, kind, state in outputs
        ]

    def kernel_info(self) -> str:
        return "mine"

    async def get_shell_msg(self, timeout: float):
        return self.next(self.shell)

    async def get_iopub_msg(self, timeout: float):
        return self.next(self.outputs)

    @staticmethod
    def next(left: list):
        if not left:
            raise queue.Empty
        return left.pop(0)


REPLY, BUSY, IDLE = ("mine", "kernel_info_reply"), ("mine", "status", "busy"), ("mine", "status", "idle")


@pytest.mark.parametrize(
    ("shell", "outputs", "ready"),
    [
        ([REPLY], [("", "status", "starting"), BUSY, IDLE], True),
        ([("earlier", "kernel_info_reply"), REPLY], [("earlier", "status", "idle"), IDLE], True),
        ([REPLY], [], False),  # its output was said before anyone listened
        ([REPLY], [("earlier", "status", "idle"), BUSY], False),
        ([], [IDLE], False),
    ],
)
def test_a_kernel_is_ready_when_its_answer_and_its_output_are_heard(shell, outputs, ready):
    assert asyncio.run(answers(Heard(shell, outputs))) is ready


def test_a_kernel_that_is_killed_has_ended_when_that_is_told(root, tmp_path):
    asleep = root.kernel(["-f", str(tmp_path / "kernel.json")], ENVIRONMENT, str(tmp_path), "")
    provisioner = WarmProvisioner(warm=root)
    provisioner.process, provisioner.pid, provisioner.pgid = asleep, asleep.pid, asleep.pid
    asyncio.run(provisioner.kill())
    assert asleep.returncode == -signal.SIGKILL
