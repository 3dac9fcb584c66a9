"""Run a notebook with typed parameters in a kernel of its own; the only module that knows papermill."""

from __future__ import annotations

import contextlib
import contextvars
import importlib.util
import logging
import math
import os
import queue
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from egov_model.inputs.errors import EgovModelError, InputError, Problems, did_you_mean, listed
from egov_model.report.forks import Forked, Warm

ROOT = Path(__file__).resolve().parents[2]
TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
T = TypeVar("T")
Process = subprocess.Popen[bytes] | Forked
LIMIT = 600.0  # seconds one notebook may take
ANSWER_SECONDS, HEAR_SECONDS = 1.0, 0.02  # after which a kernel is asked again whether it is ready, and whether its output is heard
STDERR = "stderr.txt"

_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")
_QUIET = logging.NullHandler()


class RenderError(EgovModelError):
    """A report could not be made; says which notebook, which cell and why, in plain words."""

    def __init__(self, notebook: str, cell: str, reason: str):
        self.notebook, self.cell, self.reason = notebook, cell, reason
        super().__init__(": ".join(filter(None, (notebook, cell, reason))))


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


def typed(declared: Mapping[str, Mapping[str, Any]], parameters: Mapping[str, object], notebook: str) -> dict[str, object]:
    """The parameters as the notebook's first cell declares them; `InputError` names every one that does not fit."""
    problems, values = Problems(), {}
    for name, value in parameters.items():
        if name not in declared:
            known = f"declared: {listed(declared)}" if declared else "no cell tagged 'parameters' declares any"
            problems.add(notebook, field=name, advice="; ".join(filter(None, ("unknown parameter", did_you_mean(name, declared), known))))
            continue
        kind = declared[name]["inferred_type_name"]
        if kind not in TYPES:
            problems.add(notebook, field=name, found=f"type {kind}", allowed=listed(TYPES), advice="write the type in the parameters cell")
        elif kind == "float" and type(value) is int:
            values[name] = float(value)
        elif type(value) is not TYPES[kind] or (isinstance(value, float) and not math.isfinite(value)):
            allowed = "a finite float" if kind == "float" else kind
            problems.add(notebook, field=name, found=f"{value!r} ({type(value).__name__})", allowed=allowed)
        else:
            values[name] = value
    problems.stop()
    return values


def cold() -> None:
    """Nothing to fork a kernel from."""


def execute(
    notebook: Path,
    parameters: Mapping[str, object],
    *,
    limit: float = LIMIT,
    kernels: Kernels | None = None,
    warm: Callable[[], Warm | None] = cold,
) -> Any:
    """Run every cell and return the executed notebook (a nbformat node without papermill's own cell).

    limit: seconds for the whole notebook; kernels: register that can stop this run from another thread; warm: gives what to fork from.
    Raises `InputError` (no such notebook, parameter it does not declare) or `RenderError` (a cell fails, takes too long, kills its kernel).
    """
    _no_grammars()
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    logging.getLogger("papermill").addHandler(_QUIET)  # it logs what we say better
    name, kernels, started, at = notebook.name, kernels or Kernels(), time.monotonic(), [-1]
    with tempfile.TemporaryDirectory(prefix="egov-", ignore_cleanup_errors=True) as folder:
        source = _blank_copy(notebook, Path(folder))
        first = next((i for i, cell in enumerate(source.cells) if "parameters" in cell.metadata.get("tags", [])), -1)
        values = typed(papermill.inspect_notebook(str(Path(folder, "notebook.ipynb"))), parameters, name)

        def original(index: int) -> int:  # papermill adds one cell after the parameters
            return index - 1 if values and index > first else index

        def fail(index: int, reason: str) -> RenderError:
            return RenderError(name, label(source, original(index)) if index >= 0 else "", reason)

        try:
            executed = with_own_loop(
                lambda: papermill.execute_notebook(
                    str(Path(folder, "notebook.ipynb")),
                    None,
                    values,
                    kernel_name="python3",
                    language="python",
                    progress_bar=False,
                    log_output=False,
                    request_save_on_cell_execute=False,
                    start_timeout=60,
                    kernel_manager_class=kernel_class(Path(folder), kernels, warm),
                    shutdown_kernel="immediate",
                    force_raise_errors=True,
                    timeout_func=lambda cell: max(1, math.ceil(started + limit - time.monotonic())),
                    on_cell_execute=lambda cell, cell_index: at.__setitem__(0, cell_index),
                )
            )
        except PapermillExecutionError as error:
            raise fail(error.cell_index, plain(error.ename, error.evalue)) from None
        except CellTimeoutError:
            raise fail(at[0], f"took longer than the time limit of {limit:g} s") from None
        except DeadKernelError:
            raise fail(at[0], f"the Python process of the notebook died{last_words(Path(folder))}") from None
        except RuntimeError as error:
            why = plain("", str(error)) + last_words(Path(folder))
            raise fail(at[0], f"the Python process of the notebook did not start: {why}") from None
        finally:
            kernels.drop(Path(folder))
    if values:
        del executed.cells[first + 1]
    return executed


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


def _no_grammars() -> None:
    """Keep jsonschema, which reads notebooks, from making 38 grammars for addresses: it takes most of a second for nothing."""
    sys.modules.setdefault("rfc3987_syntax", None)  # what is None there cannot be imported, and jsonschema does without


def _blank_copy(notebook: Path, folder: Path) -> Any:
    """Write the notebook without stored outputs into the folder (as `notebook.ipynb`) and return it."""
    _no_grammars()
    import nbformat

    try:
        node = nbformat.read(notebook, as_version=4)
    except OSError as error:
        raise InputError(f"{notebook.name}: cannot read this notebook ({error.strerror})") from None
    except (ValueError, nbformat.ValidationError) as error:
        raise InputError(f"{notebook.name}: not a notebook ({plain('', str(error))})") from None
    if sum("parameters" in cell.metadata.get("tags", []) for cell in node.cells) > 1:
        raise InputError(f"{notebook.name}: more than one cell is tagged 'parameters'")
    for cell in node.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    node.metadata.setdefault("kernelspec", {"name": "python3", "display_name": "Python 3", "language": "python"})
    nbformat.write(node, folder / "notebook.ipynb")
    return node


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


def label(node: Any, index: int) -> str:
    """How a reader finds a cell: "code cell 3 of 7 (first line)"."""
    code = [i for i, cell in enumerate(node.cells) if cell.cell_type == "code"]
    first = next((line.strip() for line in node.cells[index].source.splitlines() if line.strip()), "")
    place = f"code cell {code.index(index) + 1} of {len(code)}" if index in code else f"cell {index + 1} of {len(node.cells)}"
    return f"{place} ({shortened(first)})" if first else place


def plain(kind: str, message: str) -> str:
    """An exception in plain words: no colour codes, no traceback, no path of this machine."""
    message = _ANSI.sub("", message).strip().replace(str(ROOT) + os.sep, "").replace(str(Path.home()), "~")
    return message if kind in ("", "InputError", "EgovModelError") and message else ": ".join(filter(None, (kind, message)))


def shortened(text: str, most: int = 80) -> str:
    """The text, cut with an ellipsis when longer than `most` characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def last_words(folder: Path) -> str:
    """What a kernel wrote before it died, in one line, as an addition to a message."""
    try:
        lines = Path(folder, STDERR).read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return ""
    said = [line.strip() for line in reversed(lines) if line.strip()]
    last = next((line for line in said if "error" in line.lower()), said[0] if said else "")
    return f" (last words: {shortened(plain('', last), 200)})" if last else ""
