"""Each job gets the process of its scenario, worked out one scenario ahead, ended after its last job."""

from __future__ import annotations

from pathlib import Path

import pytest

from egov_model.inputs.place import ROOT
from egov_model.report import farm as module
from egov_model.report.farm import Farm, place_of
from egov_model.report.forks import WarmError
from egov_model.report.freshness import Job
from egov_model.report.running import Kernels


class Tree:
    """Stands for a warm process: notes what is branched from it and whether it was ended."""

    def __init__(self, name: str = "root", names: tuple[str, ...] = ()):
        self.name, self.names, self.closed, self.branches = name, names, False, []

    def branch(self, scenario, data, names):
        self.branches.append(Tree(scenario or "trunk", tuple(sorted(names))))
        return self.branches[-1]

    def close(self):
        self.closed = True


JOBS = [Job(scenario, Path(f"{stem}.ipynb"), "id", ROOT / "data", "", "") for scenario in ("a", "b", "c") for stem in ("01-x", "02-y")]
OVER_ALL = Job("", Path("09-z.ipynb"), "id", ROOT / "data", "", "")


@pytest.fixture
def root(monkeypatch):
    made = Tree()
    monkeypatch.setattr(module, "start", lambda env: made)
    return made


def test_scenarios_are_worked_out_one_ahead_and_ended_after_their_last_job(root):
    farm = Farm([*JOBS, OVER_ALL], {"a/01-x": frozenset({"anyway"}), "b/01-x": frozenset({"unchanged"})}, Kernels())
    assert root.branches == [], "nothing is asked of a process that still imports"
    first = farm.of(JOBS[0])
    (trunk,) = root.branches
    assert trunk.names == ("anyway", "unchanged")
    assert [(tree.name, tree.names) for tree in trunk.branches] == [("a", ("anyway",)), ("b", ("unchanged",))]
    assert farm.of(JOBS[1]) is first is trunk.branches[0] and farm.of(JOBS[2]) is trunk.branches[1]
    farm.done(JOBS[0])
    assert not first.closed
    farm.done(JOBS[1])
    assert first.closed and not trunk.branches[1].closed
    assert farm.of(OVER_ALL) is trunk
    farm.done(OVER_ALL)
    assert not trunk.closed, "others are still forked from it"


def test_all_of_them_end_when_the_kernels_are_stopped(root):
    kernels = Kernels()
    farm = Farm(JOBS, {}, kernels)
    farm.of(JOBS[0])
    kernels.stop()
    assert root.closed and all(tree.closed for tree in (*root.branches, *root.branches[0].branches))
    assert farm.of(JOBS[4]).closed, "one that comes late ends at once"


def test_without_a_process_to_fork_from_kernels_start_as_always(monkeypatch, root):
    monkeypatch.setattr(module, "start", lambda env: None)
    farm = Farm(JOBS, {}, Kernels())
    assert farm.of(JOBS[0]) is None
    farm.done(JOBS[0])

    def broken(scenario, data, names):
        raise WarmError("it has ended")

    monkeypatch.setattr(module, "start", lambda env: root)
    monkeypatch.setattr(root, "branch", broken)
    assert Farm(JOBS, {}, Kernels()).of(JOBS[0]) is None


def test_nothing_is_started_when_there_is_nothing_to_do(monkeypatch):
    monkeypatch.setattr(module, "start", lambda env: pytest.fail("started"))
    Farm([], {}, Kernels())


def test_the_projects_own_data_have_no_place(tmp_path):
    assert place_of(ROOT / "data") == "" and place_of(tmp_path) == str(tmp_path.resolve())
