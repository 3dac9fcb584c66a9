"""The kernel of one notebook: the Python that runs us, with all its files in one folder and nobody's personal settings."""

from __future__ import annotations

import contextvars
import importlib.util
import os
import queue
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from egov_model.inputs.place import ROOT
from egov_model.report.failure import STDERR
from egov_model.report.forks import Warm
from egov_model.report.running import Kernels

ANSWER_SECONDS, HEAR_SECONDS = 1.0, 0.02  # after which a kernel is asked again whether it is ready, and whether its output is heard
T = TypeVar("T")


def cold() -> None:
    """Nothing to fork a kernel from."""


def kernel_class(folder: Path, kernels: Kernels, warm: Callable[[], Warm | None] = cold) -> type:
    """A kernel manager whose kernel is the Python that runs us, works in the project and reads nobody's personal settings."""
    from jupyter_client import AsyncKernelManager
    from jupyter_client.asynchronous import AsyncKernelClient
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from traitlets import Type, default

    from egov_model.report.kernels import metadata

    class ThisPython(KernelSpecManager):
        """Knows one kernel, whatever else is installed for this user."""

        def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
            command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
            forked = metadata(warm(), str(folder / STDERR))
            return KernelSpec(argv=command, display_name="Python 3", language="python", env=environment(folder), metadata=forked)

    class ReportClient(AsyncKernelClient):
        """Is ready as soon as the kernel has answered and its output is heard; the ordinary one listens on for a fifth of a second."""

        async def wait_for_ready(self, timeout: float | None = None) -> None:
            until = time.monotonic() + (float("inf") if timeout is None else timeout)
            while not await answers(self):
                if not await self.is_alive():
                    raise RuntimeError("Kernel died before replying to kernel_info")
                if time.monotonic() > until:
                    raise RuntimeError(f"Kernel didn't respond in {timeout:g} seconds")

    class ReportKernel(AsyncKernelManager):
        """Lives for one notebook and keeps all its files in that run's folder."""

        client_factory = Type(ReportClient)

        @default("kernel_spec_manager")
        def _this_python(self) -> KernelSpecManager:
            return ThisPython(parent=self)

        async def start_kernel(self, **settings: Any) -> None:
            self.connection_file = str(folder / "kernel.json")
            if sys.platform != "win32":  # sockets in our own folder: no open port, no race for one, works without any network
                self.transport, self.ip = "ipc", str(folder / "ipc")
            with Path(folder, STDERR).open("wb") as stderr:
                await super().start_kernel(cwd=str(ROOT), stdout=subprocess.DEVNULL, stderr=stderr, **settings)
            kernels.add(folder, self.provisioner.process)

    return ReportKernel


async def answers(client: Any) -> bool:
    """Whether a kernel answers, on the channel of replies and on that of outputs: what it says before its listener is connected is lost."""
    asked = client.kernel_info()
    replies, outputs = (client.get_shell_msg, "kernel_info_reply", ANSWER_SECONDS), (client.get_iopub_msg, "status", HEAR_SECONDS)
    for hear, last, seconds in (replies, outputs):
        while True:
            try:
                message = await hear(timeout=seconds)
            except queue.Empty:
                return False
            mine = message["parent_header"].get("msg_id") == asked and message["msg_type"] == last
            if mine and message["content"].get("execution_state", "idle") == "idle":
                break
    return True


def environment(folder: Path) -> dict[str, str]:
    """Variables that make a kernel behave alike on every machine: backend, hash order, encoding, no start-up files of the user."""
    matplotlib = importlib.util.find_spec("matplotlib")
    settings = Path(matplotlib.origin).parent / "mpl-data" / "matplotlibrc" if matplotlib and matplotlib.origin else ""
    paths = (str(ROOT), os.environ.get("PYTHONPATH", ""))
    return {
        "MPLBACKEND": "agg",
        "MATPLOTLIBRC": str(settings),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "OPENBLAS_NUM_THREADS": "1",  # sums do not depend on the number of cores, and a process to fork from has one thread
        "PYTHONSTARTUP": "",
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_PLATFORM_DIRS": "1",
    }


def with_own_loop(work: Callable[[], T]) -> T:
    """Do work that needs an event loop, and close the loop afterwards: papermill leaves one open in every thread it ran in."""
    import asyncio  # not above: whether there is anything to do is asked of this module's neighbours, in a moment

    from jupyter_core.utils import ensure_event_loop

    def run() -> T:
        loop = ensure_event_loop(prefer_selector_loop=True)
        try:
            return work()
        finally:
            for task in asyncio.all_tasks(loop):
                task.cancel()
            loop.run_until_complete(asyncio.sleep(0))
            loop.close()
            asyncio.set_event_loop(None)

    return contextvars.Context().run(run)  # a context without a loop, so the one we close is ours
