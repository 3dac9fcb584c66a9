"""How long `egov sensitivity` takes: `python -m benchmarks.sensitivity`, each part against as many plans made one by one."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

from benchmarks.run import Row, machine, median_s, table
from egov_model.analysis.kept import kept
from egov_model.analysis.switching import switching
from egov_model.analysis.tornado import tornado
from egov_model.analysis.variance_shares import BASE, variance_shares
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import Plan, build_plan


def measured(name: str, work: Callable[[], object], evaluations: Callable[[object], int], plain_s: float, times: int) -> list[Row]:
    """Median seconds of a calculation, its evaluations, and how many times as long these would take one by one."""
    made, taken = work(), []
    for _ in range(times):
        begin = time.perf_counter()
        made = work()
        taken.append(time.perf_counter() - begin)
    seconds, count = sorted(taken)[len(taken) // 2], evaluations(made)
    return [
        Row(f"{name}: evaluations of the plan", count, "plans"),
        Row(name, seconds, "s"),
        Row(f"{name}: as many plans one by one", count * plain_s / seconds, "x"),
    ]


def figures(plan: Plan, base: int, times: int) -> list[Row]:
    """Tornado, switching values and shares of variance of a plan."""
    plain_s = median_s(lambda: build_plan(plan.inputs, order=plan.order), max(5, times))
    rows = [Row("one plan in its known order", plain_s * 1e3, "ms")]
    rows += measured("tornado", lambda: tornado(plan), lambda made: 2 * len(made.frame) + 1, plain_s, times)
    kept(plan, tornado)  # switching values ask it which inputs weigh
    rows += measured("switching values", lambda: switching(plan), lambda made: made.evaluations, plain_s, times)
    return rows + measured("shares of variance", lambda: variance_shares(plan, base), lambda made: made.evaluations, plain_s, times)


def main(arguments: list[str] | None = None) -> int:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("scenario", nargs="?", default="baseline")
    ask.add_argument("--times", type=int, default=3, help="calculations whose median counts (default 3)")
    ask.add_argument("--base", type=int, default=BASE, help=f"draws in each of two samples of the shares (default {BASE})")
    asked = ask.parse_args(arguments)
    where = machine()
    rows = figures(build_plan(load_scenario(asked.scenario)), asked.base, asked.times)
    print(", ".join(f"{name} {value}" for name, value in where.items()))
    print(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
