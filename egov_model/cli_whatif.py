"""`egov what-if`: the live what-if in the browser, full screen and without code, over Voila."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from egov_model.inputs.place import PROJECT_DATA, ROOT

NOTEBOOK = ROOT / "notebooks" / "00-bagaimana-jika.ipynb"
TEMPLATES = ROOT / "egov_model" / "whatif" / "jupyter"  # where Voila looks for the page's frame
ALONE_SECONDS = {"interval": 60, "idle_timeout": 600}  # a kernel whose page is gone ends after so long, looked for so often
NOT_NEEDED = ["@voila-dashboards/jupyterlab-preview"]


@click.command(name="what-if")
@click.argument("scenario", default="baseline")
@click.option("--lang", "language", type=click.Choice(["id", "en"]), default="id", show_default=True)
@click.option("--data", type=click.Path(path_type=Path), default=PROJECT_DATA, show_default="data/", help="Folder of the data pack.")
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="Of the page on this machine [default: a free one].")
@click.option("--browser/--no-browser", default=True, show_default=True, help="Open the page in the browser.")
def what_if(scenario: str, language: str, data: Path, port: int | None, browser: bool) -> None:
    """Open the live what-if: move levers, see money, people, dates and index follow, save the answer as a scenario.

    It runs on this machine alone, without network, until it is ended with Ctrl-C.
    """
    from egov_model.whatif.ranges import ranges
    from egov_model.whatif.session import Session

    click.echo("Menyiapkan bagaimana-jika ... (getting ready)", err=True)
    ranges(Session(scenario, data).base.plan, 2)  # bad input is told here, and what has to be compiled is compiled before the page opens
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "bagaimana-jika.ipynb"
        page.write_text(with_parameters(NOTEBOOK, scenario=scenario, language=language, data=str(data.resolve())), encoding="utf-8")
        command = [sys.executable, "-m", "voila", str(page), "--theme=light", "--template=bagaimana-jika", "--Voila.ip=127.0.0.1"]
        command += ["--show_tracebacks=True", f"--VoilaConfiguration.extension_denylist={NOT_NEEDED}"]
        command += [f"--MappingKernelManager.cull_{name}={seconds}" for name, seconds in ALONE_SECONDS.items()]
        command += ["--no-browser"] if not browser else []
        command += [f"--port={port}"] if port else []
        environment = {**os.environ, "PYTHONPATH": _joined(ROOT, "PYTHONPATH"), "JUPYTER_PATH": _joined(TEMPLATES, "JUPYTER_PATH")}
        process = subprocess.Popen(command, cwd=ROOT, env=environment)
        try:
            status = process.wait()
        except KeyboardInterrupt:  # it gets the same Ctrl-C and ends its kernels
            status = process.wait() and 0
    sys.exit(status)


def with_parameters(notebook: Path, **values: str) -> str:
    """The notebook with these values in its cell of parameters."""
    made = json.loads(notebook.read_text(encoding="utf-8"))
    cell = next(cell for cell in made["cells"] if "parameters" in cell["metadata"].get("tags", []))
    cell["source"] = "\n".join(f"{name}: str = {json.dumps(value)}" for name, value in values.items())
    return json.dumps(made, ensure_ascii=False, indent=1)


def _joined(first: Path, name: str) -> str:
    """A path before those that a variable of the environment names."""
    return os.pathsep.join(filter(None, (str(first), os.environ.get(name))))
