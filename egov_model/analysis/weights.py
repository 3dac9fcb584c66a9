"""Weights of criteria from one person's judgements (Analytic Hierarchy Process, or points), their consistency, and a group's mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

# mean consistency index of random reciprocal matrices by size 1 to 15 (Saaty, The Analytic Hierarchy Process, 1980)
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
ACCEPTABLE_RATIO = 0.10  # Saaty: above it judgements should be looked at again
ROUNDS, STILL = 10_000, 1e-15


@dataclass(frozen=True)
class Weights:
    """Weights (criteria,) that sum to 1, and how far the judgements behind them contradict each other.

    `lambda_max` is the principal eigenvalue, `index` = (lambda_max - n) / (n - 1), `ratio` the index over that of random judgements.
    `worst` is the pair whose judgement is farthest from the ratio of its weights: (a, b, judged, implied). Points cannot contradict each
    other: for them `lambda_max` is n and `worst` is None, as it is without any contradiction.
    """

    weight: np.ndarray
    lambda_max: float
    index: float
    ratio: float
    worst: tuple[int, int, float, float] | None

    @property
    def consistent(self) -> bool:
        """Whether the ratio is one that Saaty accepts."""
        return self.ratio <= ACCEPTABLE_RATIO


def from_pairs(pairs: Mapping[tuple[str, str], float], criteria: Sequence[str]) -> Weights:
    """Weights from ratios by (criterion, criterion), each pair at least one way round."""
    at = {key: n for n, key in enumerate(criteria)}
    matrix = np.eye(len(criteria))
    for (a, b), value in pairs.items():
        matrix[at[a], at[b]], matrix[at[b], at[a]] = value, 1 / value
    return from_matrix(matrix)


def from_matrix(matrix: np.ndarray) -> Weights:
    r"""Weights of a positive reciprocal matrix (n, n), n up to 15: its principal eigenvector, by power iteration.

    .. math:: A w = \lambda_{max} w, \quad CI = (\lambda_{max} - n) / (n - 1), \quad CR = CI / RI_n

    Saaty, How to make a decision: the analytic hierarchy process, European Journal of Operational Research 48 (1990) 9-26.
    """
    n = len(matrix)
    weight = np.full(n, 1 / n)
    for _ in range(ROUNDS):
        before, weight = weight, _times(matrix, weight)
        weight = weight / weight.sum()
        if np.abs(weight - before).max() <= STILL:
            break
    largest = max(float((_times(matrix, weight) / weight).mean()), float(n))  # it is at least n; less is rounding
    index = (largest - n) / (n - 1) if n > 1 else 0.0
    ratio = index / RANDOM_INDEX[n - 1] if RANDOM_INDEX[n - 1] else 0.0
    return Weights(weight, largest, index, ratio, _worst(matrix, weight))


def from_points(points: Mapping[str, float], criteria: Sequence[str]) -> Weights:
    """Weights as shares of the points given, which are not all 0."""
    given = np.array([points[key] for key in criteria], dtype=float)
    return Weights(given / given.sum(), float(len(criteria)), 0.0, 0.0, None)


def group_weights(weights: Sequence[Weights]) -> np.ndarray:
    """Arithmetic mean of the participants' weights (criteria,), each counting the same.

    Aggregation of individual priorities: participants speak for agencies with ends of their own, not as one person (Forman, Peniwati,
    Aggregating individual judgments and priorities, European Journal of Operational Research 108 (1998) 165-169).
    """
    # summed in order of size: the mean is then the same whoever speaks first
    return np.sort(np.array([w.weight for w in weights]), axis=0).sum(axis=0) / len(weights)


def _times(matrix: np.ndarray, vector: np.ndarray) -> np.ndarray:
    """Matrix by vector without BLAS, whose rounding differs between machines."""
    return (matrix * vector).sum(axis=1)


def _worst(matrix: np.ndarray, weight: np.ndarray) -> tuple[int, int, float, float] | None:
    implied = weight[:, None] / weight
    off = np.triu(np.round(np.abs(np.log(matrix / implied)), 9), 1)
    if not off.any():
        return None
    a, b = (int(n) for n in np.unravel_index(off.argmax(), off.shape))
    return a, b, float(matrix[a, b]), float(implied[a, b])
