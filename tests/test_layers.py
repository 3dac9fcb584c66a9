"""Imports flow one way (inputs -> model -> analysis -> report -> whatif -> top), checked in the source of every module under egov_model."""

from __future__ import annotations

import ast
import importlib
import sys
from pathlib import Path

import pytest

import egov_model

PACKAGE = Path(__file__).resolve().parent.parent / "egov_model"
ROOMS = ("inputs", "model", "analysis", "report", "whatif", "top")
STDLIB_ONLY = ("environment", "__main__", "__init__")
READS = {"open", "read_text", "read_bytes"}
MAY_READ = ("inputs/tables", "model/machine_code")  # the second reads our own source, never an input
RUNS_NOTEBOOKS = {"papermill", "nbconvert"}
MAY_RUN_NOTEBOOKS = ("report/execute", "report/render")
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")
INNER_INITS = sorted(path for path in PACKAGE.rglob("__init__.py") if path.parent != PACKAGE)


def name_of(path: Path) -> str:
    """`inputs/tables` for egov_model/inputs/tables.py."""
    return path.relative_to(PACKAGE).with_suffix("").as_posix()


def room_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else "top"


def imported(tree: ast.Module) -> set[str]:
    """Every module an `import` names, wherever it stands: lazy and type-only imports count as well."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level:
            found.add("." * node.level + (node.module or ""))
        elif isinstance(node, ast.ImportFrom) and node.module:
            # `from egov_model import cli` imports a module when there is one of that name, else a name of the front door
            inner = {f"{node.module}.{alias.name}" for alias in node.names if is_module(f"{node.module}.{alias.name}")}
            found |= inner or {node.module}
    return found


def is_module(dotted: str) -> bool:
    parts = dotted.split(".")
    place = PACKAGE.parent.joinpath(*parts)
    return parts[0] == PACKAGE.name and (place.with_suffix(".py").is_file() or (place / "__init__.py").is_file())


def calls(tree: ast.Module) -> set[str]:
    """Names of everything called: `open` for open(...) and for path.open(...)."""
    functions = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {f.id if isinstance(f, ast.Name) else f.attr for f in functions if isinstance(f, (ast.Name, ast.Attribute))}


def broken_rules(tree: ast.Module, name: str, room: str) -> list[str]:
    """What the module does that its place does not allow."""
    broken = []
    allowed = ROOMS[: ROOMS.index(room) + 1]
    for module in sorted(imported(tree)):
        top, *rest = module.split(".")
        if module.startswith("."):
            broken.append(f"relative import {module}")
        elif top != PACKAGE.name:
            if name in STDLIB_ONLY and top not in sys.stdlib_module_names:
                broken.append(f"{module} is not of the standard library")
            if top in RUNS_NOTEBOOKS and name not in MAY_RUN_NOTEBOOKS:
                broken.append(f"{module}: only report/execute.py and report/render.py do with notebooks")
        elif not rest:
            broken.append("imports the front door egov_model itself")
        elif room != "top" and (rest[0] not in ROOMS or rest[0] not in allowed):
            broken.append(f"{room} may not import {module}")
    if room in ("inputs", "model", "analysis") and name not in MAY_READ:
        broken += [f"calls {call}(): only inputs/tables.py opens input files" for call in sorted(calls(tree) & READS)]
    return broken


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_keeps_to_its_place(path):
    assert room_of(path) in ROOMS, "a new room needs a place in the order"
    assert broken_rules(ast.parse(path.read_text(encoding="utf-8")), name_of(path), room_of(path)) == []


@pytest.mark.parametrize("path", INNER_INITS, ids=name_of)
def test_inner_init_is_empty(path):
    assert path.read_text(encoding="utf-8").strip() == ""


def test_every_room_is_a_package():
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    assert [name for name in folders if not (PACKAGE / name / "__init__.py").is_file()] == []


def test_front_door_needs_only_the_standard_library_until_a_name_is_asked_for():
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    assert [m for m in imported(tree) if m.split(".")[0] not in sys.stdlib_module_names] == []


@pytest.mark.parametrize("name", egov_model.__all__)
def test_every_name_of_the_front_door_exists(name):
    assert getattr(egov_model, name) is not None


def test_front_door_lists_each_name_once_and_refuses_others():
    assert len(set(egov_model.__all__)) == len(egov_model.__all__)
    assert set(egov_model.__all__) <= set(dir(egov_model))
    with pytest.raises(AttributeError):
        egov_model.no_such_name  # noqa: B018


@pytest.mark.parametrize(
    ("source", "name", "says"),
    [
        ("from egov_model.model.plan import Plan", "inputs/x", "inputs may not import"),
        ("def f():\n    import egov_model.report.render", "analysis/x", "analysis may not import"),
        ("from egov_model.whatif.session import Session", "report/x", "report may not import"),
        ("from egov_model.cli import main", "whatif/x", "whatif may not import"),
        ("if TYPE_CHECKING:\n    from egov_model.cli import main", "report/x", "report may not import"),
        ("from egov_model import environment", "model/x", "model may not import"),
        ("from egov_model import run", "report/x", "front door"),
        ("import egov_model", "report/x", "front door"),
        ("from . import tables", "inputs/x", "relative"),
        ("path.read_text()", "model/x", "opens input files"),
        ("open('x')", "inputs/x", "opens input files"),
        ("import papermill as pm", "report/build", "only report/execute.py"),
        ("import click", "environment", "standard library"),
    ],
)
def test_rules_catch(source, name, says):
    assert any(says in rule for rule in broken_rules(ast.parse(source), name, name.split("/")[0] if "/" in name else "top"))


def test_rules_let_good_modules_pass():
    source = "import numpy\nfrom egov_model.inputs.errors import InputError\nfrom egov_model.model import plan"
    assert broken_rules(ast.parse(source), "model/x", "model") == []


TRIED_ELSEWHERE = sorted(
    path for folder in ("benchmarks", "tests/browser", "tests/guide", "tests/office") for path in (PACKAGE.parent / folder).glob("*.py")
)


@pytest.mark.parametrize("path", TRIED_ELSEWHERE, ids=lambda path: path.name)
def test_what_only_long_checks_run_names_what_is_there(path):
    """A name that has moved is noticed here, not at the end of an hour."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("egov_model"):
            module = importlib.import_module(node.module)
            for alias in node.names:
                assert hasattr(module, alias.name) or is_module(f"{node.module}.{alias.name}"), f"{node.module}.{alias.name}"
