"""The live what-if served on this machine for as long as it is needed, and its kernel, whose memory can be asked."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from egov_model.cli_whatif import NOTEBOOK, with_parameters
from egov_model.inputs.place import ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage", "--enable-precise-memory-info"]
START_SECONDS = 180  # what has to be compiled the first time takes long
VOILA, LAB = "voila", "lab"


@dataclass(frozen=True)
class Served:
    """Where it is, and the process that serves it."""

    url: str
    process: int

    def kernel_mb(self) -> float:
        """Memory that its kernels hold (Linux)."""
        parents, sizes = {}, {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                if b"ipykernel_launcher" in (folder / "cmdline").read_bytes():
                    pages = int((folder / "statm").read_text().split()[1])
                    sizes[int(folder.name)] = pages * os.sysconf("SC_PAGE_SIZE") / 1e6
            except (OSError, ValueError, IndexError):
                continue
        return sum(size for pid, size in sizes.items() if self.process in _above(pid, parents))


def _above(pid: int, parents: dict[int, int]) -> set[int]:
    found: set[int] = set()
    while pid in parents and pid not in found:
        found.add(pid)
        pid = parents[pid]
    return found


@contextmanager
def served(data: Path, scenario: str = "baseline", language: str = "id", by: str = VOILA) -> Iterator[Served]:
    """The page over a data pack, by Voila as `make what-if` serves it, or in JupyterLab."""
    port = _free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "egov_model", "what-if", scenario, "--data", str(data), "--lang", language, "--no-browser"]
        command, url = [*command, "--port", str(port)], f"http://127.0.0.1:{port}/"
        if by == LAB:
            page = Path(folder) / "bagaimana-jika.ipynb"
            page.write_text(with_parameters(NOTEBOOK, scenario=scenario, language=language, data=str(data.resolve())), encoding="utf-8")
            command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ServerApp.token=", "--LabApp.expose_app_in_browser=True"]
            command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--ServerApp.root_dir={folder}", "--allow-root"]
            url += "lab/tree/bagaimana-jika.ipynb?reset"
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True, **quiet)
        try:
            _wait_for(port, process)
            yield Served(url, process.pid)
        finally:
            _end(process)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser: the system's own, or the one that CHROMIUM names."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        raise SystemExit("no Chromium found: install it (Debian: apt install chromium) or name it, CHROMIUM=/path/to/chrome")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield running
        running.close()


def opened(browser: Browser | BrowserContext, at: Served, by: str = VOILA, size: tuple[int, int] = (1280, 800)) -> Page:
    """The page once it shows its figures."""
    page = browser.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(at.url)
    if by == LAB:
        page.wait_for_function("window.jupyterapp && document.querySelector('.jp-Notebook .jp-Cell')", timeout=START_SECONDS * 1000)
        page.wait_for_timeout(3000)  # until the kernel is there
        page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_selector(".wi-cards", timeout=START_SECONDS * 1000)
    return page


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(port: int, process: subprocess.Popen) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the page's server ended with status {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the page was not served within {START_SECONDS} s")


def _end(process: subprocess.Popen) -> None:
    """End the server and its kernels; it leads a group of its own, so this reaches nothing else."""
    for signal_, seconds in ((signal.SIGINT, 15), (signal.SIGKILL, 5)):
        try:
            os.killpg(process.pid, signal_)
            process.wait(seconds)
        except (subprocess.TimeoutExpired, ProcessLookupError):
            continue
