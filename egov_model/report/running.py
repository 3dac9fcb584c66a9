"""The kernels that run, so that none outlives its notebook, a failed build or a Ctrl-C."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from pathlib import Path

from egov_model.report.forks import Forked, Warm

Process = subprocess.Popen[bytes] | Forked


class Kernels:
    """The kernels that run now, by the folder of their run, so that none outlives its notebook or a Ctrl-C."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._live: dict[Path, Process] = {}
        self._warm: list[Warm] = []
        self.stopped = False

    def keep(self, warm: Warm) -> Warm:
        """Remember a process that kernels are forked from; after `stop` it is ended at once."""
        with self._lock:
            self._warm.append(warm)
            late = self.stopped
        if late:
            warm.close()
        return warm

    def add(self, folder: Path, process: Process) -> None:
        """Remember the kernel of a run; after `stop` it is ended at once."""
        with self._lock:
            self._live[folder] = process
            late = self.stopped
        if late:
            end(process)

    def drop(self, folder: Path) -> None:
        """End the kernel of a run, if it still lives, and forget it."""
        with self._lock:
            process = self._live.pop(folder, None)
        if process is not None:
            end(process)
            process.wait(10)

    def stop(self) -> None:
        """End every kernel and let no new one live; safe to call from another thread."""
        with self._lock:
            self.stopped = True
            live, warm = list(self._live.values()), list(self._warm)
        for process in live:
            end(process)
        for each in warm:
            each.close()


def end(process: Process) -> None:
    """End a kernel together with whatever it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(OSError):  # the whole group may be gone already
            os.killpg(process.pid, signal.SIGKILL)  # a kernel starts as leader of its own session, so this is its group alone
    elif process.poll() is None:
        process.kill()
