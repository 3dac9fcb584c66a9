"""Notebooks are thin pages: one typed `parameters` cell, imports from the front door alone, no functions, no stored output."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parent.parent / "notebooks").glob("*.ipynb"))
MOST_LINES = 70
PARAMETER = re.compile(r"^[a-z_]+: [^=]+ = .+  # \S.*$")


def broken_rules(notebook: nbformat.NotebookNode) -> list[str]:
    """Everything about this notebook that a thin page must not have."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    broken = [f"cell {cell.get('id')}: stored output" for cell in code if cell.outputs]
    broken += [f"cell {cell.get('id')}: execution count" for cell in code if cell.execution_count is not None]
    broken += [f"cell {index}: no id" for index, cell in enumerate(notebook.cells) if not cell.get("id")]
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        broken.append("kernelspec is not python3")
    broken += parameter_problems([cell for cell in code if "parameters" in cell.metadata.get("tags", [])])
    lines = 0
    for cell in code:
        tree = ast.parse(cell.source)
        broken += [f"cell {cell.get('id')}: {problem}" for problem in code_problems(tree)]
        lines += count_lines(cell.source)
    if lines > MOST_LINES:
        broken.append(f"{lines} lines of code, at most {MOST_LINES}: move something into the package")
    return broken


def parameter_problems(cells: list[nbformat.NotebookNode]) -> list[str]:
    if len(cells) != 1:
        return [f"{len(cells)} cells are tagged `parameters`, exactly one must be"]
    lines = [line for line in cells[0].source.splitlines() if line.strip() and not line.startswith("#")]
    broken = [f"parameters: `{line}` is not `name: type = value  # help`" for line in lines if not PARAMETER.match(line)]
    statements = ast.parse(cells[0].source).body
    if not statements or not all(isinstance(node, ast.AnnAssign) and node.value is not None for node in statements):
        broken.append("parameters: only annotated assignments belong here, one at least")
    if len(statements) != len(lines):
        broken.append("parameters: one assignment per line")
    return broken


def code_problems(tree: ast.Module) -> list[str]:
    broken = []
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            broken.append(f"line {node.lineno}: defines a function or class")
        elif isinstance(node, ast.Import):
            broken.append(f"line {node.lineno}: `import` of a module, only `from egov_model import ...` is allowed")
        elif isinstance(node, ast.ImportFrom) and (node.module != "egov_model" or node.level):
            broken.append(f"line {node.lineno}: imports from {node.module}, only egov_model is allowed")
        elif isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
            broken.append(f"line {node.lineno}: star import")
    return broken


def count_lines(source: str) -> int:
    """Lines that hold code: neither blank nor a comment alone."""
    quiet = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    tokens = [t for t in tokenize.generate_tokens(io.StringIO(source).readline) if t.type not in quiet]
    return len({line for t in tokens for line in range(t.start[0], t.end[0] + 1)})


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_is_a_thin_page(path):
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert broken_rules(notebook) == []


def test_there_are_notebooks():
    assert NOTEBOOKS


def page(*code: str, parameters: str = 'scenario: str = "baseline"  # which scenario') -> nbformat.NotebookNode:
    """A good notebook with these code cells added."""
    cells = [nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})]
    cells += [nbformat.v4.new_code_cell(source) for source in code]
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})


def test_a_good_page_passes():
    assert broken_rules(page("from egov_model import load_scenario\nload_scenario(scenario)")) == []


@pytest.mark.parametrize(
    ("notebook", "says"),
    [
        (page("def f(): ..."), "function or class"),
        (page("import pandas as pd"), "`import` of a module"),
        (page("from egov_model.model import plan"), "imports from egov_model.model"),
        (page("from egov_model import *"), "star import"),
        (page("\n".join("x = 1" for _ in range(MOST_LINES))), f"{MOST_LINES + 1} lines of code"),
        (page(parameters="scenario = 'baseline'  # which"), "annotated assignments"),
        (page(parameters="scenario: str = 'baseline'"), "# help"),
        (page(parameters="# nothing"), "one at least"),
        (nbformat.v4.new_notebook(), "exactly one must be"),
        (nbformat.v4.new_notebook(), "kernelspec"),
    ],
)
def test_rules_catch(notebook, says):
    assert any(says in rule for rule in broken_rules(notebook)), broken_rules(notebook)


def test_stored_output_counts_and_missing_ids_are_caught():
    notebook = page("1 + 1")
    notebook.cells[1].update(outputs=[nbformat.v4.new_output("stream", text="2")], execution_count=4)
    del notebook.cells[1]["id"]
    assert {rule.split(": ")[1] for rule in broken_rules(notebook)} == {"stored output", "execution count", "no id"}
