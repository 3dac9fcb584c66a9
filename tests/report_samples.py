"""Tiny notebooks for the tests of the rendering pipeline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

PARAMETERS = """\
scenario: str = "baseline"  # file name in data/scenarios
language: str = "id"  # id or en
data: str = ""  # folder of the data pack; empty: the project's own
"""
HEAD = """HTML('<header class="page"><p>Rencana Uji</p><h1>Satu jawaban</h1><p class="meta">' + escape(scenario) + '</p></header>')"""
FOOT = """HTML('<footer class="page"><p>kaki</p></footer>')"""


def notebook(folder: Path, *cells: str, name: str = "01-uji", parameters: str = PARAMETERS, frame: bool = True) -> Path:
    """Write a notebook whose cells show these things; a cell that begins with `#md ` is text. frame: with a page's head and foot."""
    sources: Sequence[str] = ("from html import escape\nfrom IPython.display import HTML", *((HEAD, *cells, FOOT) if frame else cells))
    made = [new_code_cell(parameters, metadata={"tags": ["parameters"]}, id="parameters")]
    for number, source in enumerate(sources):
        text = source.startswith("#md ")
        made.append(new_markdown_cell(source[4:], id=f"c{number}") if text else new_code_cell(source, id=f"c{number}"))
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path = folder / f"{name}.ipynb"
    nbformat.write(new_notebook(cells=made, metadata=kernel), path)
    return path
