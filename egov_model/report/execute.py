"""Run a notebook with typed parameters in a kernel of its own; the only module that knows papermill."""

from __future__ import annotations

import logging
import math
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from egov_model.inputs.errors import InputError, Problems, did_you_mean, listed
from egov_model.report.failure import RenderError, label, last_words, plain
from egov_model.report.forks import Warm
from egov_model.report.own_kernel import cold, kernel_class, with_own_loop
from egov_model.report.running import Kernels
from egov_model.report.scratch import scratch

TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
LIMIT = 600.0  # seconds one notebook may take

_QUIET = logging.NullHandler()


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
    with scratch() as folder:
        source = _blank_copy(notebook, folder)
        first = next((i for i, cell in enumerate(source.cells) if "parameters" in cell.metadata.get("tags", [])), -1)
        values = typed(papermill.inspect_notebook(str(folder / "notebook.ipynb")), parameters, name)

        def original(index: int) -> int:  # papermill adds one cell after the parameters
            return index - 1 if values and index > first else index

        def fail(index: int, reason: str) -> RenderError:
            return RenderError(name, label(source, original(index)) if index >= 0 else "", reason)

        try:
            manager = kernel_class(folder, kernels, warm)
            executed = with_own_loop(lambda: _every_cell(folder, values, manager, started + limit, at))
        except PapermillExecutionError as error:
            raise fail(error.cell_index, plain(error.ename, error.evalue)) from None
        except CellTimeoutError:
            raise fail(at[0], f"took longer than the time limit of {limit:g} s") from None
        except DeadKernelError:
            raise fail(at[0], f"the Python process of the notebook died{last_words(folder)}") from None
        except RuntimeError as error:
            why = plain("", str(error)) + last_words(folder)
            raise fail(at[0], f"the Python process of the notebook did not start: {why}") from None
        finally:
            kernels.drop(folder)
    if values:
        del executed.cells[first + 1]
    return executed


def _every_cell(folder: Path, values: Mapping[str, object], manager: type, until: float, at: list[int]) -> Any:
    """papermill's own run of the copy in the folder; `at[0]` follows the cell that runs; until: of the monotonic clock, in seconds."""
    import papermill

    return papermill.execute_notebook(
        str(folder / "notebook.ipynb"),
        None,
        values,
        kernel_name="python3",
        language="python",
        progress_bar=False,
        log_output=False,
        request_save_on_cell_execute=False,
        start_timeout=60,
        kernel_manager_class=manager,
        shutdown_kernel="immediate",
        force_raise_errors=True,
        timeout_func=lambda cell: max(1, math.ceil(until - time.monotonic())),
        on_cell_execute=lambda cell, cell_index: at.__setitem__(0, cell_index),
    )


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
