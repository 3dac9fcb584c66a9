"""The choice of initiatives against its bars: proven or a gap of at most 2 % in 60 s, and twelve points of a frontier in five minutes.

python -m benchmarks.portfolio [SCENARIO ...] --objective index --limit 8 --frontier 12
"""

from __future__ import annotations

import argparse
import time

from egov_model.analysis.objectives import CHOICE_OBJECTIVES, objective
from egov_model.analysis.portfolio import choose_initiatives, frontier, required_problem
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan
from egov_model.model.verify import violations

GAP, SECONDS, FRONTIER_SECONDS = 0.02, 60.0, 300.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenarios", nargs="*", default=["baseline"])
    parser.add_argument("--objective", nargs="*", default=list(CHOICE_OBJECTIVES), choices=CHOICE_OBJECTIVES)
    parser.add_argument("--limit", type=float, default=8.0, help="deterministic time of a question")
    parser.add_argument("--frontier", type=int, default=0, help="points, for the first objective")
    options, missed = parser.parse_args(), 0
    for name in options.scenarios:
        plan = build_plan(load_scenario(name))
        for sought in options.objective:
            began = time.perf_counter()
            choice = choose_initiatives(plan, objective(plan, required_problem(plan), sought), options.limit)
            seconds, found = time.perf_counter() - began, choice.found
            value = choice.objective.value
            print(
                f"{name} {sought}: placed {value(found.placed.value):,.6g}, best schedule {value(found.proven.value):,.6g}, "
                f"bound {value(found.proven.bound):,.6g}, {found.proven.status}, gap {100 * found.proven.gap:.2f} % "
                f"(as placed {100 * found.gap:.2f} %), {len(found.placed.order)} of {len(plan.network.groups)} placed, {seconds:.1f} s"
            )
            missed += found.proven.gap > GAP or seconds > SECONDS or bool(violations(choice.problem, found.proven.starts))
            if options.frontier and sought == options.objective[0]:
                began = time.perf_counter()
                frame = frontier(choice, options.frontier, options.limit / 2, print)
                seconds = time.perf_counter() - began
                proven = int((frame["status"] == "optimal").sum())
                print(f"{name} {sought}: {len(frame)} points, {proven} proven, {seconds:.1f} s")
                missed += seconds > FRONTIER_SECONDS
    return int(missed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
