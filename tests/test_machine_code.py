"""Compiled functions are kept by the code they come from: whoever imports them, and whatever they call."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from egov_model.inputs import place
from egov_model.model import machine_code
from egov_model.model.compiled import serial

PACKAGE = Path(machine_code.__file__).resolve().parents[1]
CALLED = "from egov_model.model.machine_code import compiled\n\n\n@compiled\ndef called(x):\n    return {} * x\n"
CALLER = """from egov_model.model.called import called
from egov_model.model.machine_code import compiled


@compiled
def caller(x):
    return called(x) + 1
"""

READER = """from egov_model.model.layout import Layout
from egov_model.model.machine_code import compiled


@compiled
def reader(x):
    return x.first


print(reader(Layout(first=1, second=2)))
"""
LAYOUT = "from typing import NamedTuple\n\n\nclass Layout(NamedTuple):\n    {}: int\n    {}: int\n"


def run(folder: Path, code: str, **variables: str) -> str:
    """What a script prints that imports the package of this folder and knows nothing of the command line."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA")} | {"PYTHONPATH": str(folder)} | variables
    return subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=folder, env=env, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.fixture
def package(tmp_path) -> Path:
    """A package of one compiled function that calls another one, in a file of its own."""
    folder = tmp_path / "egov_model" / "model"
    for room, module in ((folder, machine_code), (folder.parent / "inputs", place)):
        room.mkdir(parents=True)
        (room / "__init__.py").touch()
        shutil.copy(module.__file__, room)
    (folder.parent / "__init__.py").touch()
    (folder / "called.py").write_text(CALLED.format(2), encoding="utf-8")
    (folder / "caller.py").write_text(CALLER, encoding="utf-8")
    return folder


def test_a_caller_is_compiled_anew_when_what_it_calls_changes(package, tmp_path):
    script = "from egov_model.model.caller import caller; print(caller(10))"
    assert run(tmp_path, script) == "21"
    (package / "called.py").write_text(CALLED.format(3), encoding="utf-8")
    assert run(tmp_path, script) == "31"


def test_a_function_is_compiled_anew_when_fields_that_it_reads_change_places(package, tmp_path):
    (package / "reader.py").write_text(READER, encoding="utf-8")
    for fields in (("first", "second"), ("second", "first")):
        (package / "layout.py").write_text(LAYOUT.format(*fields), encoding="utf-8")
        assert run(tmp_path, "import egov_model.model.reader") == "1", fields


def test_what_cannot_be_kept_with_the_project_is_kept_with_the_user_by_its_code(package, tmp_path):
    (tmp_path / "build").write_text("no folder", encoding="utf-8")
    script = "from egov_model.model.caller import caller; print(caller(10), caller.stats.cache_path)"
    home = {name: str(tmp_path / "home") for name in ("HOME", "USERPROFILE")}
    worth, where = run(tmp_path, script, **home).split(" ", 1)
    assert worth == "21"
    assert Path(where).is_relative_to(tmp_path / "home" / ".cache" / "egov-model" / machine_code.code_hash.__wrapped__(tmp_path))
    (package / "called.py").write_text(CALLED.format(3), encoding="utf-8")
    assert run(tmp_path, script, **home).startswith("31 ")


def test_what_can_be_kept_nowhere_is_compiled_all_the_same(package, tmp_path):
    (tmp_path / "build").write_text("no folder", encoding="utf-8")
    script = "from egov_model.model.caller import caller; print(caller(10), caller.stats.cache_path)"
    assert run(tmp_path, script, HOME=str(tmp_path / "build"), USERPROFILE=str(tmp_path / "build")) == "21 None"


def test_the_folder_is_named_by_what_is_compiled_and_by_nothing_else(package, tmp_path):
    before = machine_code.code_hash.__wrapped__(tmp_path)
    (package / "other.py").write_text("x = 1\n", encoding="utf-8")
    assert machine_code.code_hash.__wrapped__(tmp_path) == before
    (package / "caller.py").write_text(CALLER.replace("+ 1", "+ 2"), encoding="utf-8")
    assert machine_code.code_hash.__wrapped__(tmp_path) != before


def test_a_folder_of_the_users_own_holds_a_folder_of_this_code(package, tmp_path):
    script = "from egov_model.model.caller import caller; print(caller.stats.cache_path)"
    own = tmp_path / "own"
    assert Path(run(tmp_path, script, NUMBA_CACHE_DIR=str(own))).parent == own / machine_code.code_hash.__wrapped__(tmp_path)
    assert Path(run(tmp_path, script)).is_relative_to(tmp_path / "build" / "compiled")


def test_a_plain_import_compiles_where_the_command_does_and_leaves_numba_as_it_was():
    script = "from egov_model.model.compiled import serial as s; import numba; print(s.stats.cache_path, repr(numba.config.CACHE_DIR))"
    where, users = run(PACKAGE.parent, script).rsplit(" ", 1)
    assert Path(where).parent == PACKAGE.parent / "build" / "compiled" / machine_code.code_hash()
    assert users == "''"
    assert Path(serial.stats.cache_path).parent.name == machine_code.code_hash(), "and so does this process"


def test_nothing_is_compiled_elsewhere_and_nothing_frozen_into_it_comes_from_elsewhere():
    """Numba freezes the constants that a function names: those of a file that is not compiled would not change the folder."""
    texts = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts): path.read_text("utf-8") for path in PACKAGE.rglob("*.py")}
    hashed = {name for name, text in texts.items() if "machine_code" in text}
    assert len(hashed) > 15
    for name, text in texts.items():
        taken = {}
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom):
                taken |= {alias.asname or alias.name: node.module for alias in node.names}
            elif isinstance(node, ast.Import):
                taken |= {alias.name: alias.name for alias in node.names}
        assert name == machine_code.__name__ or not [m for m in taken.values() if m.split(".")[0] == "numba"], name
        own = {n: m for n, m in taken.items() if m.startswith("egov_model.")}
        for function in ast.parse(text).body:
            if isinstance(function, ast.FunctionDef) and {ast.unparse(d) for d in function.decorator_list} & {"compiled", "borrowing"}:
                named = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)} - {"compiled", "borrowing"}
                assert {own[n] for n in named & own.keys()} <= hashed, f"{name}.{function.name}"


def test_borrowed_arrays_are_not_counted_and_made_ones_are():
    def total(x):
        return x.sum()

    assert machine_code.borrowing(total).targetoptions["_nrt"] is False
    assert "_nrt" not in machine_code.compiled(total).targetoptions
