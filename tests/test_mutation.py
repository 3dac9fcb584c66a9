"""Faults put into the model are tried against the tests that mirror its modules (docs/mutation.md)."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "egov_model" / "model"
TEXT = (ROOT / "docs" / "mutation.md").read_text(encoding="utf-8")
MUTMUT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
MEASURED = re.compile(r"^\| (?P<module>\w+) \| (?P<faults>[\d,]+) \| (?P<noticed>[\d,]+) \| (?P<missed>[\d,]+) \| [\d.]+% \|$", re.M)
REASON = re.compile(r"^\| (?P<reason>[a-z]+) \| (?P<faults>\d+) \| [^|]+ \|$", re.M)
ROW = re.compile(r"^\| (?P<function>[\w.]+) (?P<numbers>\d+( \d+)*) \| .+ \| (?P<reason>[a-z]+)(: .+)? \|$")


def measured() -> dict[str, tuple[int, int, int]]:
    """Faults, noticed and not noticed by module, `all` among them."""
    rows = MEASURED.finditer(TEXT.replace("**", ""))
    return {m["module"]: tuple(int(m[part].replace(",", "")) for part in ("faults", "noticed", "missed")) for m in rows}


def left() -> list[tuple[str, str, int, str]]:
    """Module, function, number of faults and reason of every row about what was not noticed."""
    found, module = [], ""
    for line in TEXT[TEXT.index("\n### ") :].splitlines():
        if line.startswith("### "):
            module = line.removeprefix("### ")
        elif line.startswith("| ") and not line.startswith("| function and number"):
            row = ROW.match(line)
            assert row, f"no row of the form `| function 3 14 | changed | reason |`: {line}"
            found.append((module, row["function"], len(row["numbers"].split()), row["reason"]))
    return found


def functions(module: str) -> set[str]:
    """Names as the table has them: functions of a module, and methods as Class.method without underscores around."""
    made = set()
    for node in ast.parse((MODEL / f"{module}.py").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            made.add(node.name)
        elif isinstance(node, ast.ClassDef):
            made |= {f"{node.name}.{part.name}".strip("_") for part in node.body if isinstance(part, ast.FunctionDef)}
    return made


def test_what_is_left_out_is_there():
    assert [name for name in MUTMUT["do_not_mutate"] if not (ROOT / name).is_file()] == []
    tests = [name for name in MUTMUT["pytest_add_cli_args"] if "::" in name]
    files = {name: (ROOT / name.split("::")[0]).read_text(encoding="utf-8") for name in tests}
    assert tests and [name for name in tests if f"def {name.split('::')[1]}(" not in files[name]] == []


def test_what_is_measured_is_there_and_not_left_out():
    modules = measured().keys() - {"all"}
    assert modules <= {path.stem for path in MODEL.glob("*.py")} - {Path(name).stem for name in MUTMUT["do_not_mutate"]}


def test_every_fault_that_is_left_belongs_to_a_function_and_has_a_reason():
    reasons = {m["reason"] for m in REASON.finditer(TEXT)}
    there = {module: functions(module) for module in {row[0] for row in left()}}
    assert [row for row in left() if row[1] not in there[row[0]] or row[3] not in reasons] == []


def test_the_counts_agree():
    table = measured()
    *parts, total = table.values()
    assert list(table)[-1] == "all" and total == tuple(map(sum, zip(*parts, strict=True)))
    assert all(faults == noticed + missed for faults, noticed, missed in table.values())
    by_module, by_reason = Counter(), Counter()
    for module, _, faults, reason in left():
        by_module[module] += faults
        by_reason[reason] += faults
    assert by_module == Counter({module: missed for module, (_, _, missed) in table.items() if missed and module != "all"})
    assert by_reason == Counter({m["reason"]: int(m["faults"]) for m in REASON.finditer(TEXT)})
