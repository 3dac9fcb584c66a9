"""Schedules a second of the compiled `place_many` against one at a time in plain Python, and what 1,000 improved ones reach.

python benchmarks/place_many.py [FOLDER --best FILE.csv]     FOLDER of j120-like `.sm` files for the second part
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np

from egov_model.model.place_many import pack, place_many
from egov_model.model.problem import Precedence, Problem

ACTIVITIES, PRECEDENCES, ROLES, WEEKS, DRAWS = 300, 600, 4, 1000, 4000


def large_problem(rng: np.random.Generator) -> Problem:
    """300 activities, 600 precedences between neighbours in number, 4 roles of which each uses one or two."""
    links: set[tuple[int, int]] = set()
    while len(links) < PRECEDENCES:
        i = int(rng.integers(0, ACTIVITIES - 1))
        links.add((i, min(ACTIVITIES - 1, i + int(rng.integers(1, 40)))))
    demand = rng.integers(1, 6, (ACTIVITIES, ROLES)) * (rng.random((ACTIVITIES, ROLES)) < 0.4)
    return Problem(
        names=tuple(str(n) for n in range(ACTIVITIES)),
        duration=rng.integers(1, 11, ACTIVITIES),
        weeks=WEEKS,
        precedences=tuple(Precedence(i, j) for i, j in sorted(links)),
        resources=tuple(f"r{n}" for n in range(ROLES)),
        demand=demand,
        capacity=np.full((ROLES, WEEKS), 20),
    )


def plain(problem: Problem, duration: np.ndarray, order: list[int]) -> list[int]:
    """One schedule in Python and numpy, the way one would write it: the first week at which everybody is free for the whole length."""
    starts = np.zeros(len(order), dtype=np.int64)
    room = problem.capacity.copy()
    before: list[list[int]] = [[] for _ in order]
    for p in problem.precedences:
        before[p.after].append(p.before)
    for a in order:
        week = max([0, *(int(starts[b] + duration[b]) for b in before[a])])
        length, need = int(duration[a]), problem.demand[a][:, None]
        while (room[:, week : week + length] < need).any():
            week += 1
        starts[a] = week
        room[:, week : week + length] -= need
    return starts.tolist()


def speed() -> None:
    """Schedules a second with durations of their own, two threads, against plain Python in the same run."""
    rng = np.random.default_rng(1)
    problem = large_problem(rng)
    packed, order = pack(problem), problem.order
    duration = np.maximum(1, np.rint(problem.duration * rng.triangular(0.8, 1.0, 1.6, (DRAWS, ACTIVITIES)))).astype(np.int64)
    place_many(packed, duration[:4], order=order)
    seconds = []
    for _ in range(5):
        began = time.perf_counter()
        starts, ends = place_many(packed, duration, order=order)
        seconds.append(time.perf_counter() - began)
    began = time.perf_counter()
    slow = [plain(problem, duration[d], order.tolist()) for d in range(20)]
    one = (time.perf_counter() - began) / 20
    assert (starts[:20] == np.array(slow)).all() and (ends > 0).all()
    best = min(seconds) / DRAWS
    what = f"{ACTIVITIES} activities, {len(problem.precedences)} precedences, {ROLES} roles, {DRAWS} draws"
    print(f"{what}, 2 threads: {1 / best:,.0f} schedules/s")
    print(f"plain Python one at a time: {1 / one:,.0f} schedules/s; the same schedules; {one / best:,.0f} times slower")


def improved(folder: Path, best: Path) -> None:
    """The best of 1,000 improved schedules of each instance (latest finish with noise), its gap to the best known, and the time."""
    from instances import read
    from rcpsp import best_known

    from egov_model.model.makespan import heads_and_tails

    known = best_known(best)
    gaps, times = [], []
    for path in sorted(folder.rglob("j120*.sm")):
        if path.stem not in known:
            continue
        problem = read(path)
        packed, rng = pack(problem), np.random.default_rng(0)
        _, tail = heads_and_tails(problem)
        priority = -tail + rng.random((1000, len(tail))) * (0.25 * tail.max() + 1)
        duration = np.broadcast_to(problem.duration, priority.shape)
        place_many(packed, duration[:4], priority=priority[:4], improve=1)
        took = []
        for _ in range(3):
            began = time.perf_counter()
            _, ends = place_many(packed, duration, priority=priority, improve=1)
            took.append(time.perf_counter() - began)
        times.append(min(took))
        gaps.append(ends.min() / known[path.stem][1] - 1)
    print(f"1,000 improved schedules, {len(gaps)} instances: mean gap {100 * np.mean(gaps):.2f} %, mean {1000 * np.mean(times):.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--best", type=Path)
    options = parser.parse_args()
    speed()
    if options.folder and options.best:
        improved(options.folder, options.best)


if __name__ == "__main__":
    main()
