"""How fast a scenario is drawn: 10,000 draws in parts of 1,000 on one thread, against the same in plain Python, which must equal it.

python -m benchmarks.sampling [scenario] [--check]
"""

from __future__ import annotations

import argparse
import sys
import time
import tracemalloc

import numpy as np

from benchmarks.plain_sample import PlainSamples
from egov_model.analysis.sample import sampler
from egov_model.analysis.streams import BATCH
from egov_model.inputs.scenario import load_scenario
from egov_model.model.prepare import prepare

DRAWS, PART, PLAIN, REPEATS = 10_000, 1_000, 40, 5
MOST_SECONDS = 0.5  # of the three seconds that a whole risk analysis may take


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scenario", nargs="?", default="baseline")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    inputs = load_scenario(options.scenario, overrides={"settings.scheduling": "priority"})
    ready = sampler(prepare(inputs))
    seed = inputs.settings.seed
    whole = ready.sample(seed, PART)

    def processor(run) -> float:
        begin = time.process_time()
        run()
        return time.process_time() - begin

    fast = min(processor(lambda: [ready.sample(seed, PART, n) for n in range(0, DRAWS, PART)]) for _ in range(REPEATS))
    making = min(processor(lambda: sampler(ready.prepared)) for _ in range(REPEATS))
    slow = PlainSamples(ready, seed)
    drawn, shuffled = [], processor(lambda: slow.draw(0)) / BATCH  # the first draw shuffles the batches for all of theirs
    plain = shuffled + processor(lambda: drawn.extend(slow.draw(d) for d in range(PLAIN))) / PLAIN
    for d, one in enumerate(drawn):
        if not (np.array_equal(one.rank[0], whole.rank[d]) and np.allclose(one.cost[0], whole.cost[d], rtol=1e-12)):
            print(f"plain draw {d} differs", file=sys.stderr)
            return 1
    tracemalloc.start()
    ready.sample(seed, PART)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    ratio = plain / (fast / DRAWS)
    print(f"{options.scenario}: {len(whole.names)} inputs, {len(ready.events.names)} events of {len(whole.risks)} risks")
    print(f"ready to draw          {making:8.3f} s, once for a scenario")
    print(f"{DRAWS:,} draws           {fast:8.3f} s of one processor")
    print(f"plain Python, a draw   {plain * 1e3:8.2f} ms, {ratio:,.0f} times as long; {PLAIN} draws equal")
    print(f"memory of {PART:,} draws  {peak / 1e6:8.1f} MB")
    if options.check and fast > MOST_SECONDS:
        print(f"missed: at most {MOST_SECONDS} s", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
