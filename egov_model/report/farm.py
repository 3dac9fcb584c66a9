"""Warm processes of a build: one has imported the stack, one of those forked from it per scenario has worked out what its reports share."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import gettempdir

from egov_model.inputs.place import ROOT
from egov_model.report.forks import Warm, WarmError, start
from egov_model.report.freshness import Job
from egov_model.report.own_kernel import environment
from egov_model.report.running import Kernels


class Farm:
    """Gives each job the process to fork from, worked out one scenario ahead and ended after its last job; safe to use from threads."""

    def __init__(self, todo: Sequence[Job], asked: Mapping[str, frozenset[str]], kernels: Kernels):
        """todo: the jobs in their order; asked: by report the names of the front door that it asks for; kernels: ends the processes."""
        self._kernels, self._asked, self._lock = kernels, asked, threading.Lock()
        self._left: dict[str, list[Job]] = {}
        for job in todo:
            self._left.setdefault(job.scenario, []).append(job)
        self._order = list(self._left)
        self._branches: dict[str, Warm | None] = {}
        self._trunk: Warm | None = None
        home = Path(gettempdir())  # a kernel gets its own; none is written here
        self._root = start({**os.environ, **environment(home)}) if todo else None
        if self._root is not None:
            kernels.keep(self._root)

    def of(self, job: Job) -> Warm | None:
        """The process to fork this job's kernel from; None: start it as always."""
        with self._lock:
            at = self._order.index(job.scenario)
            for scenario in self._order[at : at + 2]:
                if scenario not in self._branches:
                    self._branches[scenario] = self._branch(scenario, job.data)
            return self._branches[job.scenario]

    def done(self, job: Job) -> None:
        """The job is finished."""
        with self._lock:
            self._left[job.scenario].remove(job)
            ended = None if self._left[job.scenario] or not job.scenario else self._branches.get(job.scenario)  # the trunk stays
        if ended is not None:
            ended.close()

    def _branch(self, scenario: str, data: Path) -> Warm | None:
        names = frozenset[str]().union(*(self._asked.get(job.name, frozenset()) for job in self._left[scenario]))
        every = frozenset[str]().union(*self._asked.values())
        try:
            if self._root is None:
                return None
            if self._trunk is None:
                self._trunk = self._kernels.keep(self._root.branch("", place_of(data), every))
            return self._kernels.keep(self._trunk.branch(scenario, place_of(data), names)) if scenario else self._trunk
        except WarmError:
            self._root = None
            return None


def place_of(data: Path) -> str:
    """The data pack as notebooks are told it: no path of this machine for the project's own."""
    return "" if data.resolve() == ROOT / "data" else str(data.resolve())
