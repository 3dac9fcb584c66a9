"""Distributions that three points stand for: P10 and P90 hold exactly, and the most likely value is the mode."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv, ndtri

P10, P90 = 0.1, 0.9
C = 1.2815515655446004  # standard normal quantile of P90


@dataclass(frozen=True)
class Fitted:
    r"""Fitted distributions, one a row: :math:`Q(u) = m + (h - l) \, S(u)`, S of `name` and `shape` (rows,).

    `double-triangular`: two triangles of one height back to back, shape the probability p of the lower one. `pert`: beta(1 + 4 s, 5 - 4 s),
    shape the place s of the mode between its ends. `lognormal`: shifted, shape the standard deviation of its logarithm, negative where it
    is mirrored because it leans to the left, 0 for the normal. Values are cut off at `floor`, which the three points themselves respect.
    """

    name: str
    low: np.ndarray
    mode: np.ndarray
    high: np.ndarray
    shape: np.ndarray
    floor: np.ndarray

    def quantile(self, u: np.ndarray) -> np.ndarray:
        """Values at the percentiles `u` in (0, 1), shape (rows, n), of u (n,) or (rows, n)."""
        mode, width, shape = self.mode[:, None], (self.high - self.low)[:, None], self.shape[:, None]
        with np.errstate(under="ignore"):
            made = mode + width * STANDARD[self.name](np.atleast_2d(u), shape)
        return np.maximum(made, self.floor[:, None])

    def moments(self) -> tuple[np.ndarray, np.ndarray]:
        """Mean and variance, each of shape (rows,), before values are cut off at the floor."""
        mean, variance = MOMENTS[self.name](self.shape)
        width = self.high - self.low
        return self.mode + width * mean, width**2 * variance


def fit(name: str, low: np.ndarray, mode: np.ndarray, high: np.ndarray, floor: np.ndarray | float = -np.inf) -> Fitted:
    """Distributions whose P10 is low, whose mode is mode and whose P90 is high, all of shape (rows,); three equal points are a constant."""
    low, mode, high = (np.asarray(a, dtype=float) for a in (low, mode, high))
    width = high - low
    with np.errstate(under="ignore"):
        below = np.divide(mode - low, width, out=np.full(len(low), 0.5), where=width > 0)  # share of the distance below the mode
    return Fitted(name, low, mode, high, SHAPE[name](below), np.broadcast_to(np.asarray(floor, dtype=float), low.shape))


def _rising(f: Callable[[np.ndarray], np.ndarray], wanted: np.ndarray, least: float, most: float) -> np.ndarray:
    """Where a rising function takes the wanted values, by halving."""
    a, b = np.full(len(wanted), least), np.full(len(wanted), most)
    for _ in range(54):
        middle = (a + b) / 2
        low = f(middle) < wanted
        a, b = np.where(low, middle, a), np.where(low, b, middle)
    return (a + b) / 2


def _leg(p: np.ndarray) -> np.ndarray:
    return p - np.sqrt(P10 * p)  # from the mode to the tenth percentile, by the base of both triangles


def _triangular_shape(below: np.ndarray) -> np.ndarray:
    r"""p with :math:`g(p) / (g(p) + g(1 - p))` = below, :math:`g(p) = p - \sqrt{0.1 p}`; 0.1 where the mode is P10, 0.9 where it is P90."""
    return _rising(lambda p: _leg(p) / (_leg(p) + _leg(1 - p)), below, P10, P90)


def _triangular(u: np.ndarray, p: np.ndarray) -> np.ndarray:
    base = 1 / (_leg(p) + _leg(1 - p))
    return base * np.where(u < p, np.sqrt(u * p) - p, (1 - p) - np.sqrt((1 - u) * (1 - p)))


def _triangular_moments(p: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    base = 1 / (_leg(p) + _leg(1 - p))
    return base * (1 - 2 * p) / 3, base**2 * (1 - p * (1 - p)) / 18


def _pert_ends(s: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return betaincinv(1 + 4 * s, 5 - 4 * s, P10), betaincinv(1 + 4 * s, 5 - 4 * s, P90)


def _pert_below(s: np.ndarray) -> np.ndarray:
    ends = _pert_ends(s)
    return (s - ends[0]) / (ends[1] - ends[0])


def _pert_shape(below: np.ndarray) -> np.ndarray:
    return _rising(_pert_below, below, 0.0, 1.0)


def _pert(u: np.ndarray, s: np.ndarray) -> np.ndarray:
    ends = _pert_ends(s)
    return (betaincinv(1 + 4 * s, 5 - 4 * s, u) - s) / (ends[1] - ends[0])


def _pert_moments(s: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    ends, mean = _pert_ends(s), (1 + 4 * s) / 6
    width = ends[1] - ends[0]
    return (mean - s) / width, mean * (1 - mean) / 7 / width**2


def _lognormal_below(spread: np.ndarray) -> np.ndarray:
    r""":math:`(e^{-s^2} - e^{-cs}) / (e^{cs} - e^{-cs})`: 1/2 at s = 0, falling to 0 at s = c."""
    s = np.maximum(spread, 1e-9)
    return (np.exp(-(s**2)) - np.exp(-C * s)) / (np.exp(C * s) - np.exp(-C * s))


def _lognormal_shape(below: np.ndarray) -> np.ndarray:
    right = np.minimum(below, 1 - below)
    spread = _rising(lambda s: -_lognormal_below(s), -right, 0.0, C)
    spread = np.where(right > 0.5 - 1e-6, 0.0, spread)  # as good as normal
    return np.where(below <= 0.5, spread, -spread)


def _lognormal(u: np.ndarray, spread: np.ndarray) -> np.ndarray:
    s, sign = np.abs(spread), np.where(spread < 0, -1.0, 1.0)
    z, safe = sign * ndtri(u), np.where(s > 0, s, 1.0)
    skew = (np.exp(safe * z) - np.exp(-(safe**2))) / (np.exp(C * safe) - np.exp(-C * safe))
    return sign * np.where(s > 0, skew, z / (2 * C))


def _lognormal_moments(spread: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    s, sign = np.abs(spread), np.where(spread < 0, -1.0, 1.0)
    safe = np.where(s > 0, s, 1.0)
    width = np.exp(C * safe) - np.exp(-C * safe)
    mean = (np.exp(safe**2 / 2) - np.exp(-(safe**2))) / width
    variance = np.exp(safe**2) * np.expm1(safe**2) / width**2
    return sign * np.where(s > 0, mean, 0.0), np.where(s > 0, variance, 1 / (2 * C) ** 2)


SHAPE = {"double-triangular": _triangular_shape, "pert": _pert_shape, "lognormal": _lognormal_shape}
STANDARD = {"double-triangular": _triangular, "pert": _pert, "lognormal": _lognormal}
MOMENTS = {"double-triangular": _triangular_moments, "pert": _pert_moments, "lognormal": _lognormal_moments}
