"""How near `optimise` comes to the best known makespans of PSPLIB instances.

python benchmarks/rcpsp.py FOLDER --best FILE.csv --limit 5      FILE.csv: instance,lb,ub (instance as the file's name, with or without .sm)
python benchmarks/rcpsp.py FOLDER --limit 60 --write FILE.csv    write what was found as such a file
"""

from __future__ import annotations

import argparse
import csv
import re
import time
from pathlib import Path

import numpy as np
from instances import read

from egov_model.model.optimise import OPTIMAL, optimise
from egov_model.model.verify import MAKESPAN, violations


def best_known(path: Path) -> dict[str, tuple[int, int]]:
    """instance -> (lb, ub)."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["instance"].strip().removesuffix(".sm"): (int(row["lb"]), int(row["ub"])) for row in rows}


def set_of(name: str) -> str:
    """`j30` for j301_1, j3010_10 and j30own001."""
    found = re.match(r"(j120|j\d\d)(?=\d{1,2}_|own)", name)
    return found[1] if found else "other"


def warm_up() -> None:
    """Compile, or load what was compiled, before anything is timed."""
    from egov_model.model.evolve import shortest
    from egov_model.model.place_many import pack
    from egov_model.model.problem import Problem

    one = Problem(("a", "b"), np.array([1, 1]), 4, (), ("r",), np.array([[1], [1]]), np.ones((1, 4), dtype=np.int64))
    shortest(pack(one), 50, 0)
    optimise(one)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--best", type=Path)
    parser.add_argument("--limit", type=float, default=5.0, help="seconds by the clock for one instance")
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    known = best_known(options.best) if options.best else {}
    warm_up()
    rows, wrong = [], 0
    for path in sorted(options.folder.rglob("*.sm")):
        problem = read(path)
        began = time.perf_counter()
        found = optimise(problem, MAKESPAN, options.limit, options.seed, workers=options.workers, wall=options.limit)
        seconds = time.perf_counter() - began
        broken = ["no schedule"] if found.starts is None else violations(problem, found.starts)
        wrong += bool(broken)
        for sentence in broken:
            print(f"{path.stem}: {sentence}")
        rows.append((path.stem, found.bound, found.value, seconds, found.status == OPTIMAL))
        lb, ub = known.get(path.stem, (0, 0))
        if known and ub and (found.value < lb or found.bound > ub):
            print(f"{path.stem}: {found.bound}..{found.value} contradicts {lb}..{ub} of the file")
            wrong += 1
    report(rows, known)
    if options.write:
        with options.write.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(
                [("instance", "lb", "ub"), *((name, low, value) for name, low, value, *_ in rows)]
            )
    print("every solution verified" if not wrong else f"{wrong} instances are wrong")
    return 1 if wrong else 0


def report(rows: list[tuple], known: dict[str, tuple[int, int]]) -> None:
    """One line by set: mean gap to the best known makespan, share that reaches it, gap to the lower bound, share proven, wall time."""
    print(f"{'set':8}{'instances':>10}{'mean gap':>10}{'reached':>10}{'to bound':>10}{'proven':>9}{'mean s':>8}{'max s':>8}")
    for name in sorted({set_of(row[0]) for row in rows}, key=lambda s: (len(s), s)):
        mine = [row for row in rows if set_of(row[0]) == name]
        best = [(row[2], known[row[0]][1]) for row in mine if row[0] in known]
        gap = f"{100 * np.mean([v / u - 1 for v, u in best]):.2f} %" if best else "-"
        reached = f"{100 * np.mean([v <= u for v, u in best]):.1f} %" if best else "-"
        # the true gap is at most this: to the best lower bound known, ours or the file's
        bound = 100 * np.mean([row[2] / max(row[1], known.get(row[0], (0, 0))[0], 1) - 1 for row in mine])
        seconds = [row[3] for row in mine]
        print(
            f"{name:8}{len(mine):10d}{gap:>10}{reached:>10}{bound:8.2f} %{100 * np.mean([row[4] for row in mine]):7.1f} %"
            f"{np.mean(seconds):8.2f}{max(seconds):8.2f}"
        )


if __name__ == "__main__":
    raise SystemExit(main())
