"""How a report that could not be made is told: which notebook, which cell and why, in plain words."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from egov_model.inputs.errors import EgovModelError
from egov_model.inputs.place import ROOT

STDERR = "stderr.txt"  # in the folder of a run: what its kernel says outside of its cells

_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")


class RenderError(EgovModelError):
    """A report could not be made; says which notebook, which cell and why, in plain words."""

    def __init__(self, notebook: str, cell: str, reason: str):
        self.notebook, self.cell, self.reason = notebook, cell, reason
        super().__init__(": ".join(filter(None, (notebook, cell, reason))))


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
