"""How users take up what is offered: the diffusion of Bass (1969) in closed form, alone and averaged over a stretch of time."""

from __future__ import annotations

import numpy as np

_FAR = 500.0  # beyond this exponent nothing is left, and smaller numbers could not be told from 0


def adopted_share(years: np.ndarray, innovation: np.ndarray, imitation: np.ndarray) -> np.ndarray:
    """Share of those who ever adopt that has done so after `years`; arrays that broadcast, 0 before the offer.

    F(t) = (1 - e^-(p+q)t) / (1 + q/p e^-(p+q)t) with p = innovation > 0 and q = imitation per year (Bass, Management Science 15, 1969).
    """
    left = _left(years, innovation + imitation)
    return (1 - left) / (1 + imitation / innovation * left)


def adopted_years(years: np.ndarray, innovation: np.ndarray, imitation: np.ndarray) -> np.ndarray:
    """Integral of `adopted_share` from the offer to `years` after it, in years: t - (1+b)/a [L(1) - L(e^-at)], L(u) = ln(1+bu)/b.

    a = p + q, b = q/p; L(u) is u where nobody imitates.
    """
    rate, ratio = innovation + imitation, imitation / innovation
    some = np.where(ratio > 0, ratio, 1.0)

    def log(left: np.ndarray | float) -> np.ndarray:
        return np.where(ratio > 0, np.log1p(ratio * left) / some, left)

    return np.maximum(years, 0.0) - (1 + ratio) / rate * (log(1.0) - log(_left(years, rate)))


def mean_adopted_share(
    offered: np.ndarray, begins: np.ndarray, ends: np.ndarray, innovation: np.ndarray, imitation: np.ndarray
) -> np.ndarray:
    """Mean share adopted from `begins` to `ends` (years on one clock) of what is `offered` at a time on it; never offered: infinite.

    People whom the network reaches later are a cohort of their own: for them the clock starts when they are reached, so a population
    that grows is a sum of such shares, each weighted by its people.
    """
    gained = adopted_years(ends - offered, innovation, imitation) - adopted_years(begins - offered, innovation, imitation)
    return gained / (ends - begins)


def effective_ceiling(
    ceiling_share: np.ndarray, skill_share: np.ndarray, literacy_share: np.ndarray, desk_reach_share: np.ndarray
) -> np.ndarray:
    """Share of transactions that ever becomes digital: the class's ceiling, less those who lack the skill and have nobody to help them.

    Of what needs skill, `literacy_share` can do it, and `desk_reach_share` of the others is helped at a desk.
    """
    able = literacy_share + (1 - literacy_share) * desk_reach_share
    return ceiling_share * (1 - skill_share * (1 - able))


def _left(years: np.ndarray, rate: np.ndarray) -> np.ndarray:
    return np.exp(-np.minimum(np.maximum(years, 0.0) * rate, _FAR))
