"""Faults put into the model are tried against the tests of every module of it (docs/mutation.md)."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_tests_of_every_module_of_the_model_are_tried():
    mutmut = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    selected = set(mutmut["pytest_add_cli_args_test_selection"])
    left_out = {Path(name).stem for name in mutmut["do_not_mutate"]}
    modules = {module.stem for module in (ROOT / "egov_model" / "model").glob("*.py")}
    assert left_out <= modules
    mirrored = {f"tests/test_{module}.py" for module in modules - left_out}
    assert {name for name in mirrored if (ROOT / name).is_file()} <= selected
    assert [name for name in selected if not (ROOT / name).is_file()] == []
