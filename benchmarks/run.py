"""Measure the model: one plan, many cost draws, loading; `python -m benchmarks.run --check` fails when a bar is missed."""

from __future__ import annotations

import argparse
import csv
import gc
import json
import os
import platform
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import numpy as np

from benchmarks import one_by_one, plain_schedule
from benchmarks.draws import sampled
from egov_model.inputs.pack import PROJECT_DATA
from egov_model.inputs.scenario import PlanInputs, load_scenario
from egov_model.model.drivers import count_drivers
from egov_model.model.estimate import estimate
from egov_model.model.factors import most_likely
from egov_model.model.network import durations_weeks, with_ceilings
from egov_model.model.plan import Plan, build_plan, evaluate
from egov_model.model.prepare import prepare
from egov_model.model.schedule import place
from egov_model.model.totals import year_totals_idr

FRAMES = ("budget", "ceilings", "initiatives", "activities", "staffing")
SEED = 20270101


@dataclass(frozen=True)
class Row:
    """One measured figure; `bar` is what it must not exceed, or with `least` must reach; None: measured for comparison only."""

    name: str
    value: float
    unit: str
    bar: float | None = None
    least: bool = False

    @property
    def held(self) -> bool:
        """Whether the bar is kept."""
        return self.bar is None or (self.value >= self.bar if self.least else self.value <= self.bar)


def median_s(work: Callable[[], object], times: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """Median seconds of a call, after one that is not counted; the collector rests meanwhile, as in `timeit`."""
    work()
    gc.collect()
    gc.disable()
    try:
        taken = []
        for _ in range(times):
            begin = clock()
            work()
            taken.append(clock() - begin)
    finally:
        gc.enable()
    return statistics.median(taken)


def peak_mb(work: Callable[[], object]) -> float:
    """Most memory that a call holds at once, in MB."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def with_frames(plan: Plan) -> Plan:
    """The plan with every frame made."""
    for frame in FRAMES:
        getattr(plan, frame)
    return plan


def one_plan(inputs: PlanInputs, times: int) -> list[Row]:
    """(a) One full evaluation in the order of priority, the same when what follows from the inputs alone is shared, and the search for
    the order, made once for a scenario."""
    prepared, likely = prepare(inputs), most_likely(inputs)
    known = replace(inputs, settings=inputs.settings.model_copy(update={"scheduling": "priority"}))
    plan = build_plan(inputs)
    full = median_s(lambda: with_frames(build_plan(known)), times)
    busy = median_s(lambda: with_frames(build_plan(known)), times, time.process_time)
    order = median_s(lambda: prepare(inputs), 3) - median_s(lambda: prepare(known), 3)
    shared = median_s(lambda: with_frames(evaluate(prepared, likely)), times)
    bare = median_s(lambda: evaluate(prepared, likely), times)
    return [
        Row("plan: cells (lines x years)", plan.estimate.amount_idr[0].size, "cells"),
        Row("plan: initiatives", len(plan.network.groups), "initiatives"),
        Row("plan: activities", len(plan.network.activities), "activities"),
        Row("plan: full evaluation", full * 1e3, "ms", bar=20),
        Row("plan: full evaluation, processor time", busy * 1e3, "ms"),
        Row("plan: preparation shared", shared * 1e3, "ms"),
        Row("plan: preparation shared, no frames", bare * 1e3, "ms"),
        Row("plan: full against shared, no frames", full / bare, "x"),
        Row("plan: search for the order", order, "s"),
    ]


def many_schedules(inputs: PlanInputs, draws: int, few: int, times: int) -> list[Row]:
    """(c) Schedules of many draws of durations and money, with people, gates and ceilings, against the same draws in plain Python."""
    prepared, factors = prepare(inputs), sampled(inputs, draws, SEED)
    costs = estimate(inputs, prepared.drivers, factors)
    network = with_ceilings(prepared.network, inputs, prepared.timeline, factors)
    weeks = durations_weeks(inputs, prepared.drivers, network, costs, factors)
    read = (network, prepared.order, weeks, costs.amount_idr)
    made = place(*read)
    begin = time.perf_counter()
    slow = plain_schedule.place(network, prepared.order, weeks[:few], costs.amount_idr[:few])
    loop = (time.perf_counter() - begin) / few
    if any(not np.array_equal(getattr(slow, f.name), getattr(made, f.name)[:few]) for f in fields(made)):
        raise SystemExit("the plain and the compiled schedule differ: one of them is wrong, nothing is measured")
    compiled = median_s(lambda: place(*read), times) / draws
    return [
        Row("schedules: number", draws, "draws"),
        Row("schedules: compiled, two threads", 1 / compiled, "a second"),
        Row(f"schedules: plain Python ({few} draws)", 1 / loop, "a second"),
        Row("schedules: compiled against plain", loop / compiled, "x"),
    ]


def many_draws(inputs: PlanInputs, draws: int, few: int, times: int) -> list[Row]:
    """(b) Cost of all lines in many draws against the same draws one by one."""
    drivers, factors = count_drivers(inputs), sampled(inputs, draws, SEED)
    cells = median_s(lambda: estimate(inputs, drivers, factors), times)
    sums = median_s(lambda: year_totals_idr(inputs, drivers, factors), times)
    begin = time.perf_counter()
    slow = one_by_one.year_totals_idr(inputs, drivers, factors, few)
    loop = (time.perf_counter() - begin) / few * draws
    if slow != year_totals_idr(inputs, drivers, factors)[:few].tolist():
        raise SystemExit("the loop and the vectorised estimate differ: one of them is wrong, nothing is measured")
    return [
        Row("draws: number", draws, "draws"),
        Row("draws: every cell", cells, "s", bar=0.3),
        Row("draws: yearly totals", sums, "s", bar=0.3),
        Row(
            "draws: most memory, every cell (with the sampling)",
            peak_mb(lambda: estimate(inputs, drivers, sampled(inputs, draws, SEED))),
            "MB",
            bar=500,
        ),
        Row(
            "draws: most memory, yearly totals",
            peak_mb(lambda: year_totals_idr(inputs, drivers, sampled(inputs, draws, SEED))),
            "MB",
            bar=500,
        ),
        Row(f"draws: loop in Python ({few} draws, scaled)", loop, "s"),
        Row("draws: loop against every cell", loop / cells, "x", bar=100, least=True),
    ]


def loading(times: int) -> list[Row]:
    """(d) Reading and checking the pack against merely reading its files."""

    def files() -> None:
        for path in sorted(PROJECT_DATA.rglob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                list(csv.reader(file))

    checked, read = median_s(load_scenario, times), median_s(files, times)
    return [
        Row("load: baseline, checked", checked * 1e3, "ms"),
        Row("load: its files by csv.reader", read * 1e3, "ms"),
        Row("load: checked against read", checked / read, "x"),
    ]


def table(rows: list[Row]) -> str:
    """The figures as a text table."""
    width = max(len(row.name) for row in rows)
    lines = []
    for row in rows:
        bar = "" if row.bar is None else f"{'>=' if row.least else '<='} {row.bar:g} {row.unit}: {'held' if row.held else 'MISSED'}"
        number = f"{row.value:,.0f}" if row.value >= 100 or row.value == int(row.value) else f"{row.value:.3g}"
        lines.append(f"{row.name:<{width}}  {number:>9} {row.unit:<12} {bar}".rstrip())
    return "\n".join(lines)


def machine() -> dict[str, object]:
    """Where the figures were taken; the load says how far to trust them."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {"python": platform.python_version(), "numpy": np.__version__, "cpus": os.cpu_count(), "load": load}


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and with `--check` return 1 when a bar is missed."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--check", action="store_true", help="status 1 when a bar is missed")
    ask.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    ask.add_argument("--times", type=int, default=50, help="evaluations whose median counts (default 50)")
    ask.add_argument("--draws", type=int, default=10_000)
    ask.add_argument("--loop-draws", type=int, default=200, help="draws of the loop in Python (default 200)")
    asked = ask.parse_args(arguments)
    where, inputs = machine(), load_scenario()
    few = max(3, asked.times // 10)
    loop = min(asked.loop_draws, asked.draws)
    rows = [*one_plan(inputs, asked.times), *many_draws(inputs, asked.draws, loop, few)]
    rows += [*many_schedules(inputs, asked.draws // 5, loop, few), *loading(few)]
    print(", ".join(f"{name} {value}" for name, value in where.items()))
    print(table(rows))
    if asked.json:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        made = {"machine": where, "rows": [asdict(row) | {"held": row.held} for row in rows]}
        asked.json.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    return verdict(rows, asked.check)


def verdict(rows: Iterable[Row], check: bool) -> int:
    """Tell the bars that are missed; 1 when there are any and they are to be checked, else 0."""
    missed = [row for row in rows if not row.held]
    for row in missed:
        print(f"missed: {row.name} is {row.value:.4g} {row.unit}, the bar is {row.bar:g} {row.unit}", file=sys.stderr)
    return int(check and bool(missed))


if __name__ == "__main__":
    sys.exit(main())
