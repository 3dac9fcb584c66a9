"""Measure building reports against the stock loop, and what a killed build leaves; `--check` fails when a bar is missed."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.run import Row, table
from egov_model.inputs.place import PROJECT_DATA, ROOT
from egov_model.inputs.scenario import load_scenario, scenario_names
from egov_model.report.forks import Warm, start
from egov_model.report.own_kernel import cold, environment, kernel_class, with_own_loop
from egov_model.report.publish import OVER_ALL, PER_AGENCY
from egov_model.report.running import Kernels

PARTS = ("kernel", "cold", "jobs", "changes")
SHEET = ROOT / "notebooks" / f"{PER_AGENCY}.ipynb"
NOTEBOOKS = sorted(p for p in ROOT.glob("notebooks/[0-9][0-9]-*.ipynb") if p.stem not in {*OVER_ALL, PER_AGENCY} and p.stem[:2] != "00")
IMPORTS = "from egov_model import anyway, build_plan, focus_group, load_scenario, report_page, unchanged"
ALONE = """
import sys
from pathlib import Path
from egov_model.report.build import build
from egov_model.inputs.place import ROOT
from egov_model.report.publish import wanted_reports
data, out, jobs, sheets = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
every = [job for job in wanted_reports(ROOT / "notebooks", data, "id") if job.notebook and job.scenario]
left = {job.name for job in [job for job in every if job.agency][sheets:]}
wanted = [job for job in every if job.name not in left]
sys.exit(not build(wanted, out=out, jobs=jobs, say=lambda line: None).ok)
"""
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def pack_of(folder: Path, reports: int) -> tuple[Path, int]:
    """The project's data pack and how many sheets of agencies there are to build, besides every notebook of every scenario, to make so many
    reports; when there are not enough agencies, scenarios are added, copies with other titles."""
    data = Path(shutil.copytree(PROJECT_DATA, folder / "data"))
    names, agencies = scenario_names(data), len(load_scenario("baseline", data).rows["agencies"])
    sheets = min(agencies, max(0, reports - len(names) * len(NOTEBOOKS)))
    for number in range(max(0, -(-(reports - sheets) // len(NOTEBOOKS)) - len(names))):
        text = (data / "scenarios" / f"{names[number % len(names)]}.yaml").read_text(encoding="utf-8")
        (data / "scenarios" / f"copy-{number}.yaml").write_text(titled(text, f"Salinan {number}"), encoding="utf-8")
    alone(data, folder / "first", 2, 0)  # the order, the draws and other results that are kept in build/ are found by both sides
    shutil.rmtree(folder / "first")
    return data, sheets


def titled(text: str, title: str) -> str:
    """A scenario file under another title."""
    return re.sub(r"^title(_en)?:.*$", lambda found: f"title{found[1] or ''}: {title}", text, flags=re.M)


def report(data: Path, out: Path, *more: str) -> tuple[float, str]:
    """Seconds of `egov report`, and what it said."""
    begun = time.perf_counter()
    command = [sys.executable, "-P", "-m", "egov_model", "report", "--data", str(data), "--out", str(out), *more]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    return time.perf_counter() - begun, done.stderr


def alone(data: Path, out: Path, jobs: int, sheets: int) -> float:
    """Seconds of building the reports of every scenario and some sheets from nothing, as the stock loop does: without the files beside."""
    begun = time.perf_counter()
    command = [sys.executable, "-P", "-c", ALONE, str(data), str(out), str(jobs), str(sheets)]
    subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=True)
    return time.perf_counter() - begun


def stock(data: Path, folder: Path, rounds: int) -> dict[Path, float]:
    """Mean seconds a report takes papermill and nbconvert as they are, by notebook; each round takes the next scenario."""
    tools, names, spent = Path(sys.executable).parent, scenario_names(data), dict[Path, float]()
    for number in range(rounds):
        for notebook in (*NOTEBOOKS, SHEET):
            made = folder / f"stock-{number}.ipynb"
            begun = time.perf_counter()
            values = ["-p", "scenario", names[number % len(names)], "-p", "data", str(data)]
            for command in (["papermill", str(notebook), str(made), *values], ["jupyter-nbconvert", "--to", "html", str(made)]):
                subprocess.run([str(tools / command[0]), *command[1:]], env=ENVIRONMENT, capture_output=True, check=True, cwd=ROOT)
            spent[notebook] = spent.get(notebook, 0.0) + (time.perf_counter() - begun) / rounds
    return spent


def kernel_seconds(warm: Callable[[], Warm | None]) -> float:
    """Seconds until a new kernel has answered that it has imported what reports use."""

    async def measured() -> float:
        with tempfile.TemporaryDirectory() as folder:
            kernels = Kernels()
            manager = kernel_class(Path(folder), kernels, warm)(kernel_name="python3")
            begun = time.perf_counter()
            await manager.start_kernel()
            client = manager.client()
            client.start_channels()
            await client.wait_for_ready(timeout=120)
            reply = await client.execute_interactive(IMPORTS, timeout=120)
            seconds = time.perf_counter() - begun
            client.stop_channels()
            await manager.shutdown_kernel(now=True)
            kernels.drop(Path(folder))
            if reply["content"]["status"] != "ok":
                raise RuntimeError("the kernel cannot import the package")
            return seconds

    return with_own_loop(lambda: asyncio.get_event_loop().run_until_complete(measured()))


def kernel_ratio(times: int = 5) -> tuple[float, float]:
    """Median seconds of a stock kernel and of a forked one, in turn."""
    root = start({**os.environ, **environment(Path(tempfile.gettempdir()))})
    if root is None:
        raise RuntimeError("processes cannot be forked here")
    try:
        root.ask(do="status", pid=0)
        both = [(kernel_seconds(cold), kernel_seconds(lambda: root)) for _ in range(times)]
    finally:
        root.close()
    return sorted(one for one, _ in both)[times // 2], sorted(two for _, two in both)[times // 2]


def content(out: Path) -> dict[str, bytes]:
    """Every file of a folder of reports."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def killed_builds(data: Path, folder: Path, times: int, seed: int = 7) -> tuple[int, float]:
    """How many of so many builds that were killed at a random moment did not end in the undisturbed bytes when built again.

    Every second one is killed while it replaces the reports of a plan with another title, the others while they begin from nothing.
    """
    undisturbed, before, out = folder / "undisturbed", folder / "before", folder / "killed"
    seconds, said = report(data, undisturbed)
    wanted, moments, wrong, lines = content(undisturbed), random.Random(seed), 0, len(said.splitlines())
    other = Path(shutil.copytree(data, folder / "other"))
    for scenario in (other / "scenarios").glob("*.yaml"):
        scenario.write_text(titled(scenario.read_text(encoding="utf-8"), "Judul lain"), encoding="utf-8")
    report(other, before)
    command = [sys.executable, "-P", "-m", "egov_model", "report", "--data", str(data), "--out", str(out)]
    for number in range(1, times + 1):
        shutil.rmtree(out, ignore_errors=True)
        if number % 2 == 0:
            shutil.copytree(before, out)
        with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
            for _ in range(moments.randrange(lines)):  # so many lines of progress, and a while: as likely early as late under any load
                process.stderr.readline()
            time.sleep(moments.uniform(0, 2 * seconds / lines))
            process.send_signal(signal.SIGKILL)
        left = content(out) if out.exists() else {}
        done = sum(left.get(name) == text for name, text in wanted.items())
        report(data, out)
        wrong += content(out) != wanted
        told = f"killed with {done} of {len(wanted)} files done" if process.returncode == -signal.SIGKILL else "had ended"
        print(f"{number} of {times}: {told}; built again otherwise than undisturbed so far: {wrong}", file=sys.stderr, flush=True)
    return wrong, seconds


class Rows(list[Row]):
    """Rows that are told as soon as they are known: measuring takes minutes."""

    def append(self, row: Row) -> None:
        print(f"{row.name}: {row.value:.4g} {row.unit}", file=sys.stderr, flush=True)
        super().append(row)


def measure(reports: int, sample: int, kills: int, parts: Sequence[str]) -> list[Row]:
    """The figures of these parts; the pack and all that is built live in a temporary folder."""
    rows = Rows()
    with tempfile.TemporaryDirectory(prefix="egov-bench-") as made:
        folder = Path(made)
        if "kernel" in parts:
            stock_kernel, warm_kernel = kernel_ratio()
            rows.append(Row("stock kernel with the imports", stock_kernel, "s"))
            rows.append(Row("warm kernel against it", warm_kernel / stock_kernel, "", 0.25))
        data, sheets = pack_of(folder, reports) if {"cold", "jobs", "changes"} & set(parts) else (PROJECT_DATA, 0)
        if "cold" in parts:
            cold_build(rows, data, folder, sample, sheets)
        if "jobs" in parts:
            alone(data, folder / "j2", 2, sheets)
            for jobs in (1, 4):
                alone(data, folder / f"j{jobs}", jobs, sheets)
                differs = content(folder / f"j{jobs}") != content(folder / "j2")
                rows.append(Row(f"files that differ with {jobs} at a time", float(differs), "", 0))
        if "changes" in parts:
            changes(rows, data, folder / "reports")
        if kills:
            tiny = Path(shutil.copytree(ROOT / "tests" / "tiny", folder / "tiny"))
            wrong, seconds = killed_builds(tiny, folder, kills)
            rows.append(Row(f"of {kills} killed builds, ended otherwise than undisturbed ({seconds:.0f} s)", wrong, "", 0))
    return rows


def cold_build(rows: list[Row], data: Path, folder: Path, rounds: int, sheets: int) -> None:
    """The reports of every scenario and some sheets built from nothing, against the stock loop before and after: the load of a machine
    changes. The stock loop is taken notebook by notebook, as often as each is built."""
    scenarios = len(scenario_names(data))
    count = scenarios * len(NOTEBOOKS) + sheets
    before = stock(data, folder, rounds)
    seconds = alone(data, folder / "cold", 2, sheets)
    after = stock(data, folder, rounds)
    loop = sum((before[one] + after[one]) / 2 * (sheets if one == SHEET else scenarios) for one in before)
    rows.append(Row(f"stock loop, a report (of each notebook {2 * rounds})", loop / count, "s"))
    rows.append(Row("stock loop, a sheet", (before[SHEET] + after[SHEET]) / 2, "s"))
    rows.append(Row(f"cold build of {count} reports, {sheets} of them sheets, a report", seconds / count, "s"))
    rows.append(Row("cold build against the stock loop", loop / seconds, "x", 12, least=True))
    agencies = len(load_scenario("baseline", data).rows["agencies"])
    alone_seconds, _ = report(data, folder / "sheets", "baseline", "--each", "agency")
    rows.append(Row(f"{agencies} sheets of the base scenario with the files beside them, a sheet", alone_seconds / agencies, "s", 1.0))


def changes(rows: list[Row], data: Path, out: Path) -> None:
    """What is built again when a title changes, and how long it takes to see that nothing has."""
    rows.append(Row("everything, with the files beside and what is over all scenarios", report(data, out)[0], "s"))
    rows.append(Row("nothing to do (best of 5)", min(report(data, out)[0] for _ in range(5)), "s", 0.5))
    changed = data / "scenarios" / "lean.yaml"
    changed.write_text(titled(changed.read_text(encoding="utf-8"), "Judul lain"), encoding="utf-8")
    seconds, said = report(data, out)
    names = re.findall(r"\] (\S+)  .*inputs changed", said)
    others = sum("/" in name and not name.startswith("lean/") for name in names)  # one over all scenarios follows from each
    rows.append(Row(f"one title changed: of {len(names)} built, those of other scenarios", others, "", 0))
    rows.append(Row("one title changed", seconds, "s"))


def main() -> int:
    """Print the figures; with `--check` the status is 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100, help="about so many reports")
    parser.add_argument("--sample", type=int, default=1, help="times that the stock loop builds each notebook, before and after")
    parser.add_argument("--parts", nargs="*", choices=PARTS, default=PARTS)
    parser.add_argument("--kills", type=int, default=0, help="builds of the made-up regency that are killed")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    rows = measure(given.reports, given.sample, given.kills, given.parts)
    print(table(rows))
    print(f"load {os.getloadavg()[0]:.1f}")
    if given.json:
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps([asdict(row) for row in rows], indent=1), encoding="utf-8")
    missed = [row.name for row in rows if not row.held]
    print("missed: " + "; ".join(missed) if missed else "every bar is kept")
    return int(bool(missed) and given.check)


if __name__ == "__main__":
    sys.exit(main())
