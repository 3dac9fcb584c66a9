"""The plan's own schedule, by the order it looked for, against the optimiser under weighted completion, with the proven gap and the time.

python benchmarks/halsel.py [SCENARIO ...] --seconds 60
"""

from __future__ import annotations

import argparse
import hashlib
import time

from egov_model.inputs.scenario import load_scenario
from egov_model.model.factors import most_likely
from egov_model.model.from_network import from_network, starts_of
from egov_model.model.network import durations_weeks
from egov_model.model.optimise import optimise
from egov_model.model.plan import build_plan
from egov_model.model.verify import COMPLETION, value_of, violations


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenarios", nargs="*", default=["baseline"])
    parser.add_argument("--seconds", type=float, default=60.0, help="by the clock; 0: no such limit")
    parser.add_argument(
        "--limit", type=float, default=1e6, help="deterministic time: with one that ends first the digest is that of any machine"
    )
    parser.add_argument("--workers", type=int, default=None)
    options = parser.parse_args()
    for name in options.scenarios:
        plan = build_plan(load_scenario(name))
        weeks = durations_weeks(plan.inputs, plan.drivers, plan.network, plan.estimate, most_likely(plan.inputs))[0]
        problem = from_network(plan.network, weeks, plan.estimate.amount_idr[0])
        placed = starts_of(plan.network, plan.schedule)
        began = time.perf_counter()
        found = optimise(problem, COMPLETION, options.limit, hint=placed, workers=options.workers, wall=options.seconds or None)
        seconds = time.perf_counter() - began
        broken = violations(problem, found.starts)
        for sentence in broken:
            print(sentence)
        before = value_of(problem, placed, COMPLETION)
        out = [sum((s[problem.group == g] < 0).any() for g in range(len(problem.groups))) for s in (placed, found.starts)]
        digest = hashlib.sha256(found.starts.tobytes()).hexdigest()[:12]
        print(
            f"{name}: place {before:,} ({out[0]} left out), optimise {found.value:,} ({out[1]} left out), bound {found.bound:,}, "
            f"gap {100 * found.gap:.2f} %, {found.status}, {seconds:.1f} s, digest {digest}"
        )
        if broken or found.value > before:
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
