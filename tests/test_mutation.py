"""Faults put into the model are tried against the tests that mirror its modules (docs/mutation.md)."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_what_is_left_out_is_there():
    mutmut = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    assert [name for name in mutmut["do_not_mutate"] if not (ROOT / name).is_file()] == []
    tests = [name for name in mutmut["pytest_add_cli_args"] if "::" in name]
    files = {name: (ROOT / name.split("::")[0]).read_text(encoding="utf-8") for name in tests}
    assert tests and [name for name in tests if f"def {name.split('::')[1]}(" not in files[name]] == []
