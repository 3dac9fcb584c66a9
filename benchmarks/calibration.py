"""Does an interval made of past projects hold for others? Fits quantiles of actual over planned on one half and counts in the other.

python -m benchmarks.calibration                     # the data sets of benchmarks/overruns/
python -m benchmarks.calibration FILE.csv ... --check

Each file has the columns id, planned, actual. Status 1 with --check when an 80 % interval covers less than 70 % or more than 90 %; 2 when a
file cannot be used.
"""

from __future__ import annotations

import argparse
import csv
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from egov_model.inputs.errors import InputError, Problems
from egov_model.inputs.values import shown

OVERRUNS = Path(__file__).with_name("overruns")
HALVINGS, LEAST = 400, 10  # random halves, and rows without which nothing is fitted
TAIL_SHARE = 0.1
LOWEST, HIGHEST = 0.7, 0.9  # bar on the coverage of intervals of 80 %


@dataclass(frozen=True)
class Fit:
    """Quantiles of actual over planned, Hill's tail index above P90, and the largest ratio."""

    p10: float
    p50: float
    p80: float
    p90: float
    tail: float
    largest: float


def fit(ratios: np.ndarray) -> Fit:
    r"""A reference class of ratios; Hill: :math:`1 / \alpha = \frac{1}{k} \sum \ln(x_i / x_{k+1})` over the k largest, a tenth of all."""
    rising = np.sort(ratios)
    largest = max(1, round(TAIL_SHARE * len(rising)))
    mean = float(np.mean(np.log(rising[-largest:] / rising[-largest - 1])))
    return Fit(*np.quantile(rising, [0.1, 0.5, 0.8, 0.9]).tolist(), 1 / mean if mean > 0 else float("inf"), float(rising[-1]))


def coverage(ratios: np.ndarray, seed: int = 1, halvings: int = HALVINGS) -> tuple[float, float, float]:
    """Share of one half that lies from P10 to P90 of the other: mean over random halves, and their P10 and P90."""
    rng, shares = np.random.default_rng(seed), []
    for _ in range(halvings):
        order = rng.permutation(len(ratios))
        for one, other in ((order[::2], order[1::2]), (order[1::2], order[::2])):
            made = fit(ratios[one])
            shares.append(np.mean((ratios[other] >= made.p10) & (ratios[other] <= made.p90)))
    return float(np.mean(shares)), *np.quantile(shares, [0.1, 0.9]).tolist()


def read_ratios(path: Path) -> np.ndarray:
    """Actual over planned of every row of a file with the columns id, planned, actual; raises `InputError` with every problem."""
    problems, made = Problems(), []
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}") from None
    missing = [name for name in ("id", "planned", "actual") if not rows or name not in rows[0]]
    if missing:
        raise InputError(f"{path}: no column {', '.join(missing)}; expected id,planned,actual and a row for each project")
    for n, row in enumerate(rows, start=2):
        numbers = []
        for name in ("planned", "actual"):
            try:
                number = float(row[name] or "")
            except ValueError:
                number = float("nan")
            if not 0 < number < float("inf"):
                problems.add(str(path), n, name, found=shown(row[name] or ""), allowed="a number above 0")
            numbers.append(number)
        made.append(numbers[1] / numbers[0] if all(number > 0 for number in numbers) else float("nan"))
    problems.stop()
    if len(made) < LEAST:
        raise InputError(f"{path}: {len(made)} projects; at least {LEAST} are needed to fit on one half and count in the other")
    return np.array(made)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    files = options.files or sorted(OVERRUNS.glob("*.csv"))
    try:
        sets = [(path, read_ratios(path)) for path in files]
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{'data':22}{'n':>5}{'P10':>7}{'P50':>7}{'P80':>7}{'P90':>7}{'tail':>7}{'largest':>9}  coverage of P10-P90 in the other half")
    missed = []
    for path, ratios in sets:
        made, (share, low, high) = fit(ratios), coverage(ratios)
        numbers = f"{made.p10:7.2f}{made.p50:7.2f}{made.p80:7.2f}{made.p90:7.2f}{made.tail:7.1f}{made.largest:9.2f}"
        print(f"{path.stem:22}{len(ratios):5}{numbers}  {share:.1%} (halves: {low:.0%} to {high:.0%})")
        missed += [path.stem] if not LOWEST <= share <= HIGHEST else []
    if options.check and missed:
        print(f"missed: coverage of {', '.join(missed)} outside {LOWEST:.0%} to {HIGHEST:.0%}", file=sys.stderr)
    return 1 if options.check and missed else 0


if __name__ == "__main__":
    sys.exit(main())
