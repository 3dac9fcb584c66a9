"""Tries every small fault that mutmut writes into the model against the tests (docs/mutation.md; `make mutation MUTANTS="budget scope"`).

mutmut writes the faults of each function beside it in a copy of the project, mutants/, where one name switches a fault on. Here the tests
that mirror the model's modules are collected once; each fault then runs in a forked process with those of them that reach its function,
its module's own first, until one fails.
Names: budget, budget.budget_frame or budget.budget_frame.6, with * and ?; none: all. With --own only test files of the modules asked for
are collected, which is quicker and stricter. Settings: [tool.mutmut] of pyproject.toml.
"""

from __future__ import annotations

import contextlib
import fnmatch
import functools
import gc
import itertools
import json
import os
import pickle
import re
import resource
import shutil
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from mutmut import __main__ as mutmut
from mutmut.configuration import config
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state

PREFIX = "egov_model.model."
LISTED = re.compile(r"^\| (?P<function>[\w.]+) (?P<numbers>\d[\d ]*)\|")
MEMORY = 8 << 30  # bytes of address space: a fault may ask for an array of any size
TEST_SECONDS = 2.0  # of processor time for tests of other modules: a fault that only slower ones would notice counts as not noticed
NOTICED, MISSED, ENDLESS = "noticed", "not noticed", "endless"


def name_of(mutant: str) -> str:
    """`budget.budget_frame.6` for mutmut's egov_model.model.budget.x_budget_frame__mutmut_6; a method as `plan.Plan.frames.2`."""
    module, mangled = mutant.removeprefix(PREFIX).rsplit(".", 1)
    function, number = mangled.split("__mutmut_")
    return f"{module}.{'.'.join(function[1:].strip('_ǁ').split('ǁ')) if 'ǁ' in function else function[2:]}.{number}"


def listed(text: str) -> set[str]:
    """Names of the faults that docs/mutation.md lists: rows `| function 3 14 15 | ...` below a heading with the module's name."""
    found, module = set(), ""
    for line in text.splitlines():
        if line.startswith("### "):
            module = line.removeprefix("### ").strip()
        elif row := LISTED.match(line):
            found |= {f"{module}.{row['function']}.{number}" for number in row["numbers"].split()}
    return found


def written() -> dict[str, str]:
    """Writes every fault into mutants/ and returns mutmut's name of each by its short name."""
    shutil.rmtree("mutants", ignore_errors=True)
    Path("mutants").mkdir()
    set_mutant_under_test("mutant_generation")
    with Path(os.devnull).open("w") as quiet, contextlib.redirect_stdout(quiet):
        mutmut.copy_src_dir()
        mutmut.copy_also_copy_files()
        mutmut.setup_source_paths()
        mutmut.create_mutants(1)
    return {name_of(name): name for _, name, _ in mutmut.collect_source_file_mutation_data(mutant_names=())[0]}


def warm_up() -> None:
    """Before any fork: reads the two data packs of the tests (reading is not what is put to the test) and loads what is compiled."""
    from egov_model.inputs import pack, scenario
    from egov_model.inputs.errors import Problems
    from egov_model.model.plan import build_plan

    tiny = Path("tests/tiny").resolve()
    read = {folder: pack.read_pack(folder, Problems()) for folder in (pack.PROJECT_DATA, tiny)}
    scenario.read_pack = lambda folder, problems: read.get(folder) or pack.read_pack(folder, problems)
    build_plan(scenario.load_scenario("baseline", tiny))


class Trial:
    """A pytest plugin that runs the collected tests once without a fault and then once for each fault."""

    def __init__(self, faults: dict[str, str]) -> None:
        self.faults, self.results, self.reached_at_import = faults, {}, frozenset()

    def pytest_configure(self) -> None:
        from hypothesis import Phase, settings  # not sooner: pytest wants to load it first

        # no shrinking: that a test fails is enough; the same examples every time, so a measurement can be repeated
        settings.register_profile("mutation", phases=[Phase.explicit, Phase.generate], derandomize=True, database=None, deadline=None)
        settings.load_profile("mutation")

    @staticmethod
    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> None:
        if call.excinfo is not None:  # noticed: to write down how would take longer than all the rest
            os._exit(1)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise pytest.UsageError("the tests cannot be collected")
        warm_up()
        if in_child(lambda _: run(session.items, "fail"), 600)[0] == 0:
            raise pytest.UsageError("no test fails although every function does: the copy in mutants/ is not what is tested")
        code, sent = in_child(lambda tell: tell(reached(session.items)), 3600)
        if code or not sent:
            raise pytest.UsageError("the tests fail without any fault")
        seconds, tests_of, self.reached_at_import = sent
        modules = Counter(name.split(".")[0] for name in self.faults)
        for module, count in modules.items():
            began = time.monotonic()
            for name, mutant in self.faults.items():
                if name.split(".")[0] == module:
                    hit = tests_of[mutant.split("__mutmut_")[0]]
                    items = chosen([item for item in session.items if item.nodeid in hit], module, seconds)
                    self.results[name] = self.tried(items, mutant, 10 + 3 * sum(seconds[item.nodeid] for item in items))
            Path("faults.json").write_text(json.dumps(self.results, indent=0), encoding="utf-8")
            missed = sum(self.results[name] == MISSED for name in self.results if name.split(".")[0] == module)
            say(f"{module}: {count} faults, {count - missed} noticed, {missed} not, {time.monotonic() - began:.0f} s")
        return True

    def tried(self, items: list[pytest.Item], mutant: str, limit: float) -> str:
        code, _ = in_child(lambda _: run(items, mutant, self.reached_at_import), limit)
        return MISSED if code == 0 else NOTICED if code == 1 else ENDLESS


def chosen(items: list[pytest.Item], module: str, seconds: dict[str, float]) -> list[pytest.Item]:
    """Those of the module's own test file, the quickest first, and then as many others as take TEST_SECONDS in all."""
    items = sorted(items, key=lambda item: seconds[item.nodeid])
    own = [item for item in items if item.path.name == f"test_{module}.py"]
    others = [item for item in items if item.path.name != f"test_{module}.py"]
    until = itertools.accumulate(seconds[item.nodeid] for item in others)
    return own + [item for item, so_far in zip(others, until, strict=True) if so_far <= TEST_SECONDS]


def in_child(work: Callable[[Callable[[Any], None]], Any], limit: float) -> tuple[int, Any]:
    """Exit code of `work` in a forked process of at most `limit` s of processor time, and what it told; -24 when the time was over."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        code = 1
        try:
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            used = int(time.process_time()) + int(limit) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (used, used + 1))
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            with os.fdopen(writes, "wb") as pipe:
                code = work(lambda what: pickle.dump(what, pipe)) or 0
        finally:
            os._exit(code)
    os.close(writes)
    with os.fdopen(reads, "rb") as pipe:
        sent = pipe.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), pickle.loads(sent) if sent else None


def run(items: Iterable[pytest.Item], mutant: str, anew_in: frozenset[str] = frozenset()) -> None:
    """Runs the tests with the fault switched on; the first that fails ends the process with 1."""
    set_mutant_under_test(mutant)
    items = list(items)
    for module in {item.module.__name__: item.module for item in items if item.module.__name__ in anew_in}.values():
        anew(module)  # what a test file works out at import is worked out with the fault
    for item, after in zip(items, [*items[1:], None], strict=True):
        item.ihook.pytest_runtest_protocol(item=item, nextitem=after)


def anew(module: ModuleType) -> None:
    """Runs the body of a test file once more; its tests then see the new values."""
    module.__spec__.loader.exec_module(module)


def reached(items: list[pytest.Item]) -> tuple[dict[str, float], defaultdict[str, set[str]], frozenset[str]]:
    """Seconds of each test, the tests that reach each function and the test files that reach one at import, when nothing is wrong.

    Each test prepares everything anew: what is kept for several tests counts as reached by each of them.
    """
    set_mutant_under_test("stats")
    seconds, tests_of = {}, defaultdict(set)
    kept = [thing for thing in gc.get_objects() if isinstance(thing, functools._lru_cache_wrapper)]
    at_import: dict[str, set[str]] = {}
    for item in items:
        for thing in kept:
            thing.cache_clear()
        if item.module.__name__ not in at_import:
            anew(item.module)
            at_import[item.module.__name__] = set(state()._stats)
        began = time.process_time()
        item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
        seconds[item.nodeid] = time.process_time() - began
        for function in state()._stats | at_import[item.module.__name__]:
            tests_of[function].add(item.nodeid)
        state()._stats.clear()
    return seconds, tests_of, frozenset(name for name, functions in at_import.items() if functions)


def change(mutant: str) -> str:
    """The changed lines, `- before` and `+ after`, in one text."""
    path = Path(*mutant.rsplit(".", 1)[0].split(".")).with_suffix(".py")
    lines = get_diff_for_mutant(mutant, path=path).splitlines()[2:]
    return "\n".join(line[0] + " " + line[1:].strip() for line in lines if line[:1] in "+-")


def table(results: dict[str, str]) -> str:
    """Markdown: faults, noticed and not noticed by module."""
    count: defaultdict[str, Counter] = defaultdict(Counter)
    for name, result in results.items():
        for module in (name.split(".")[0], "all"):
            count[module][result == MISSED] += 1
    rows = [
        f"| {module} | {c.total():,} | {c[False]:,} | {c[True]:,} | {c[False] / c.total():.1%} |"
        for module, c in sorted(count.items(), key=lambda pair: (pair[0] == "all", pair[0]))
    ]
    return "\n".join(["| module | faults | noticed | not noticed | share |", "|---|---:|---:|---:|---:|", *rows])


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def main(arguments: list[str]) -> int:
    """Prints the faults that no test notices and the table by module; 1 when docs/mutation.md does not list one of them."""
    root, own = Path.cwd(), "--own" in arguments
    patterns = [name for name in arguments if name != "--own"]
    known = listed((root / "docs" / "mutation.md").read_text(encoding="utf-8"))
    names = written()
    asked = {n: m for n, m in names.items() if not patterns or any(fnmatch.fnmatch(n, p) or n.startswith(f"{p}.") for p in patterns)}
    if not asked:
        modules = ", ".join(sorted({name.split(".")[0] for name in names}))
        print(f"no fault is called {' or '.join(patterns)}; modules: {modules}", file=sys.stderr)
        return 2
    files = {path.as_posix() for path in Path("tests").glob("test_*.py")}
    mirrored = {f"tests/test_{name.split('.')[0]}.py" for name in (asked if own else names)} & files
    trial, more = Trial(asked), config().pytest_add_cli_args
    selection = sorted(mirrored if own and mirrored else {*mirrored, "tests/test_cases.py"})
    # one thread each; machine code is kept beside the other things that are built
    os.environ |= {"PY_IGNORE_IMPORTMISMATCH": "1", "OPENBLAS_NUM_THREADS": "1", "NUMBA_CACHE_DIR": str(root / "build" / "numba")}
    os.chdir("mutants")
    code = pytest.main(["--rootdir=.", "-q", "-s", "--no-header", "--no-summary", *more, *selection], plugins=[trial])
    os.chdir(root)
    if len(trial.results) < len(asked):
        return int(code) or 1
    missed = [name for name, result in trial.results.items() if result == MISSED]
    for name in missed:
        say(f"\n{name}{'' if name in known else '  (not listed in docs/mutation.md)'}\n{change(asked[name])}")
    say("\n" + table(trial.results))
    for name in sorted(known & {*asked} - {*missed}):
        say(f"listed in docs/mutation.md, yet noticed: {name}")
    for name in sorted(known - {*names}):
        say(f"listed in docs/mutation.md, yet there is no such fault: {name}")
    return int(not known.issuperset(missed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
