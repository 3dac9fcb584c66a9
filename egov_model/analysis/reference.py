"""Outside view: overrun factors of initiatives from reference classes, less what the inside view says already."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from egov_model.analysis.compiled_reference import fill_overruns
from egov_model.analysis.inside import Inside
from egov_model.analysis.sample_points import BY_PERCENTILE, SCORES
from egov_model.analysis.streams import stream_keys
from egov_model.inputs.reference import ReferenceClass, class_of_kind
from egov_model.inputs.scenario import PlanInputs

KNOT_SCORES = ndtri([0.1, 0.5, 0.8, 0.9])
WHATS = ("cost", "weeks")


@dataclass(frozen=True)
class Outside:
    """Overrun factors of the initiatives that a class stands for: `groups` their positions, `names` their streams (cost, then weeks).

    `tables` (2, groups, scores) the factor at each normal score of `SCORES`; `shared` (groups,) the loading on what is common to all,
    `together` (groups,) the correlation of weeks with cost.
    """

    groups: np.ndarray
    names: tuple[str, ...]
    tables: np.ndarray
    shared: np.ndarray
    together: np.ndarray


def ratio_logs(row: ReferenceClass, what: str, scores: np.ndarray) -> np.ndarray:
    r"""Logarithm of actual over planned at normal scores z, shape of `scores`.

    Straight in z between the stated quantiles and on below P10; above P90 :math:`x_{90} (0.1 / (1 - u))^{1/\alpha}`, at most the cap.
    """
    logs = np.log(row.quantiles(what))
    made = np.interp(scores, KNOT_SCORES, logs)
    slope = (logs[1] - logs[0]) / (KNOT_SCORES[1] - KNOT_SCORES[0])
    made = np.where(scores < KNOT_SCORES[0], logs[0] + slope * (scores - KNOT_SCORES[0]), made)
    tail = logs[-1] + (np.log(0.1) - np.log(ndtr(-scores))) / getattr(row, f"{what}_tail")
    made = np.where(scores > KNOT_SCORES[-1], tail, made)
    return np.minimum(made, np.log(getattr(row, f"{what}_cap")))


def residual_logs(logs: np.ndarray, scores: np.ndarray, inside_median: float, inside_spread: float) -> np.ndarray:
    r"""What a class adds to the inside view, of the class's log ratios L at normal scores z.

    Up to P90 :math:`(L - L_{50}) \sqrt{1 - s_i^2 / s_o^2}`, nothing where the inside view is as wide; s is the
    distance of P10 and P90 in standard deviations of a normal distribution. Above P90 the tail :math:`L - L_{90}` comes on top whole, as no
    three-point input has one. All moved up by :math:`L_{50} - l_{50}` where the class's median is the greater.
    """
    low, middle, high = np.interp(ndtri([0.1, 0.5, 0.9]), scores, logs)
    spread = (high - low) / (2 * ndtri(0.9))
    left = np.sqrt(max(0.0, 1 - (inside_spread / spread) ** 2))
    return (np.minimum(logs, high) - middle) * left + np.maximum(logs - high, 0.0) + max(0.0, middle - inside_median)


def make_outside(inputs: PlanInputs, groups: tuple[str, ...], inside: Inside) -> Outside:
    """Factors of the initiatives in scope under the settings `risk_view` and `outside_weight`; `groups` their ids."""
    settings, classes = inputs.settings, class_of_kind(inputs.rows["reference_classes"])
    weight = {"inside": 0.0, "outside": 1.0, "blend": settings.outside_weight}[settings.risk_view]
    kinds = [inputs.rows["initiatives"][key].kind for key in groups]
    at = [n for n, kind in enumerate(kinds) if kind in classes and weight > 0]
    tables = np.ones((2, len(at), len(SCORES)))
    for w, what in enumerate(WHATS):
        for k, n in enumerate(at):
            logs = ratio_logs(classes[kinds[n]], what, SCORES)
            median, spread = (float(a[w, n]) for a in (inside.median, inside.spread))
            tables[w, k] = np.exp(weight * residual_logs(logs, SCORES, median, spread))
    return Outside(
        groups=np.array(at, dtype=np.int64),
        names=tuple(f"reference.{what}.{groups[n]}" for what in WHATS for n in at),
        tables=tables,
        shared=np.sqrt([classes[kinds[n]].common_share for n in at]),
        together=np.array([classes[kinds[n]].correlation for n in at], dtype=float),
    )


def draw_outside(outside: Outside, seed: int, draws: int, first: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Factors (2, draws, groups with a class) on cost and weeks, and the percentiles of both, float32 (draws, 2 x groups)."""
    count = len(outside.groups)
    made, rank = np.empty((2, draws, count)), np.empty((draws, 2 * count), dtype=np.float32)
    common = stream_keys(seed, ("common.reference.cost", "common.reference.weeks"))
    tables = (outside.tables, BY_PERCENTILE, ndtr(SCORES))
    fill_overruns(stream_keys(seed, outside.names), common, outside.shared, outside.together, *tables, first, made, rank)
    return made, rank
