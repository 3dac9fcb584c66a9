"""Own instances of the kind of PSPLIB's single-mode sets: network complexity, resource factor, resource strength.

After Kolisch, Sprecher and Drexl (1995).

python benchmarks/generate_rcpsp.py FOLDER --set j30 --count 48 --seed 1
"""

from __future__ import annotations

import argparse
from itertools import product
from pathlib import Path

import numpy as np

# set: activities, resource strengths; as published for PSPLIB, complexity and factors are those of every set
SETS = {"j30": (30, (0.2, 0.5, 0.7, 1.0)), "j60": (60, (0.2, 0.5, 0.7, 1.0)), "j120": (120, (0.1, 0.2, 0.3, 0.4, 0.5))}
COMPLEXITY, FACTORS, ROLES = (1.5, 1.8, 2.1), (0.25, 0.5, 0.75, 1.0), 4


def network(rng: np.random.Generator, n: int, complexity: float) -> list[set[int]]:
    """Successors of jobs 0 (source) to n + 1 (sink): up to three first and last jobs, at most three arcs a job, none that is implied."""
    after: list[set[int]] = [set() for _ in range(n + 2)]
    before: list[set[int]] = [set() for _ in range(n + 2)]
    reach = np.zeros((n + 2, n + 2), dtype=bool)  # reach[i, j]: a path from i to j

    def link(i: int, j: int) -> bool:
        # implied already, or it would make another arc implied
        if reach[i, j] or len(after[i]) >= 3 or len(before[j]) >= 3:
            return False
        up, down = np.append(np.flatnonzero(reach[:, i]), i), np.append(np.flatnonzero(reach[j]), j)
        if any(after[u] & set(down.tolist()) for u in up.tolist()):
            return False
        after[i].add(j)
        before[j].add(i)
        reach[np.ix_(up, down)] = True
        return True

    first, last = (1, 2, 3), (n - 2, n - 1, n)
    for j in first:
        link(0, j)
    for i in last:
        link(i, n + 1)
    for j in range(4, n + 1):  # every job follows one
        low = [i for i in range(1, j) if i not in last and len(after[i]) < 3]
        for i in rng.permutation(low):
            if link(int(i), j):
                break
    for i in range(1, n - 2):  # and is followed by one
        if not after[i]:
            for j in rng.permutation(np.arange(max(i + 1, 4), n + 1)):
                if link(i, int(j)):
                    break
    wanted, tries = round(complexity * (n + 2)), 0
    while sum(map(len, after)) < wanted and tries < 20_000:
        i, j = sorted(rng.choice(np.arange(1, n + 1), 2, replace=False).tolist())
        if j not in first and i not in last:
            link(i, j)
        tries += 1
    for i in range(1, n + 1):
        if not after[i]:
            after[i].add(n + 1)
        if not before[i]:
            after[0].add(i)
    return after


def instance(rng: np.random.Generator, n: int, complexity: float, factor: float, strength: float) -> str:
    """One instance as the text of a `.sm` file."""
    after = network(rng, n, complexity)
    duration = np.concatenate([[0], rng.integers(1, 11, n), [0]])
    uses = np.zeros(n * ROLES, dtype=bool)
    uses[rng.permutation(n * ROLES)[: round(factor * n * ROLES)]] = True
    demand = np.zeros((n + 2, ROLES), dtype=np.int64)
    demand[1:-1] = np.where(uses, rng.integers(1, 11, n * ROLES), 0).reshape(n, ROLES)
    for a in range(1, n + 1):
        if not demand[a].any():
            demand[a, rng.integers(ROLES)] = rng.integers(1, 11)
    early = np.zeros(n + 2, dtype=np.int64)
    for i in range(n + 2):
        for j in after[i]:
            early[j] = max(early[j], early[i] + duration[i])
    peak = np.array([[demand[(early <= t) & (t < early + duration), r].sum() for t in range(int(early[-1]) + 1)] for r in range(ROLES)])
    low, high = demand.max(axis=0), peak.max(axis=1)
    capacity = low + np.rint(strength * np.maximum(high - low, 0)).astype(int)
    return text(n, after, duration, demand, np.maximum(capacity, 1), int(duration.sum()))


def text(n: int, after: list[set[int]], duration, demand, capacity, horizon: int) -> str:
    """The `.sm` format: jobs from 1, precedence, requests, availabilities."""
    stars = "*" * 72
    names = "  ".join(f"R {r + 1}" for r in range(ROLES))
    lines = [
        stars,
        "projects                      :  1",
        f"jobs (incl. supersource/sink ):  {n + 2}",
        f"horizon                       :  {horizon}",
    ]
    lines += ["RESOURCES", f"  - renewable                 :  {ROLES}   R", "  - nonrenewable              :  0   N", stars]
    lines += ["PRECEDENCE RELATIONS:", "jobnr.    #modes  #successors   successors"]
    lines += [f"{i + 1:4d}        1     {len(s):4d}     " + "".join(f"{j + 1:5d}" for j in sorted(s)) for i, s in enumerate(after)]
    lines += [stars, "REQUESTS/DURATIONS:", f"jobnr. mode duration  {names}", "-" * 72]
    lines += [f"{i + 1:4d}      1   {duration[i]:4d}  " + "".join(f"{d:5d}" for d in demand[i]) for i in range(n + 2)]
    lines += [stars, "RESOURCEAVAILABILITIES:", f"  {names}", "".join(f"{c:5d}" for c in capacity), stars]
    return "\n".join(lines) + "\n"


def write(folder: Path, name: str, count: int, seed: int) -> list[Path]:
    """Write `count` instances of a set, spread evenly over its parameters."""
    n, strengths = SETS[name]
    cells = list(product(COMPLEXITY, FACTORS, strengths))
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for k in range(count):
        # a stride that shares no factor with the number of cells visits all before it repeats one
        complexity, factor, strength = cells[(k * 7) % len(cells)]
        rng = np.random.default_rng([seed, n, k])
        made.append(folder / f"{name}own{k + 1:03d}.sm")
        made[-1].write_text(instance(rng, n, complexity, factor, strength), encoding="ascii")
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--set", choices=SETS, default="j30")
    parser.add_argument("--count", type=int, default=48)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    made = write(options.folder, options.set, options.count, options.seed)
    print(f"{len(made)} instances in {options.folder}")


if __name__ == "__main__":
    main()
