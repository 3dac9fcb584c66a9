"""Compiled drawing of three-point inputs: stream, common factor of the group, lookup of the value; some draws at a time."""

from __future__ import annotations

import math

import numpy as np

from egov_model.analysis.streams import BATCH, fill_batch
from egov_model.model.machine_code import compiled

Z_MOST, CELLS = 6.0, 1024  # tables run from -6 to 6 standard deviations; beyond lies one draw in a thousand million
LAST_CELL = CELLS - 1e-9
CELLS_U, OUTER = 4096, 128  # table of normal scores by percentile; within 1/32 of the ends the curve is too steep for it
TOGETHER = 8
RANK_MOST = 1 - 2.0**-24  # the last percentile below 1 that a float32 holds
# Wichura's algorithm AS 241 (PPND16): coefficients in rising powers
NEAR = np.array(
    [
        [3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
         4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3],
        [1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
         2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3],
    ]
)  # fmt: skip
MIDDLE = np.array(
    [
        [1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
         1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4],
        [1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
         1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9],
    ]
)  # fmt: skip
FAR = np.array(
    [
        [6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
         2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7],
        [1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
         7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15],
    ]
)  # fmt: skip


@compiled
def _ratio(c, x):
    above, below = c[0, 7], c[1, 7]
    for n in range(6, -1, -1):
        above = above * x + c[0, n]
        below = below * x + c[1, n]
    return above / below


@compiled
def normal_score(u):
    """Standard normal quantile of u in (0, 1)."""
    q = u - 0.5
    if abs(q) <= 0.425:
        return q * _ratio(NEAR, 0.180625 - q * q)
    r = math.sqrt(-math.log(min(u, 1.0 - u)))
    z = _ratio(MIDDLE, r - 1.6) if r <= 5.0 else _ratio(FAR, r - 5.0)
    return -z if q < 0 else z


@compiled
def looked_up(u, scores):
    """The same by a table of `scores` (CELLS_U + 1,) with linear interpolation where the curve is flat: within 3e-6 of it."""
    at = u * CELLS_U
    k = int(at)
    if k < OUTER or k >= CELLS_U - OUTER:
        return normal_score(u)
    return scores[k] + (at - k) * (scores[k + 1] - scores[k])


@compiled
def fill_points(own_keys, common_keys, root, group, common, own, tables, floor, scores, ranks, first, values, rank):
    """Values and percentiles of inputs (draws, inputs) for the draws from `first` on.

    An input's normal score is `common` (inputs,) times its group's factor plus `own` times its own stream; `root` (groups, groups) makes
    the groups' factors of the groups' streams. `tables` (inputs, CELLS + 1) and `ranks` (CELLS + 1,) are looked up by that
    score; no value falls below its `floor`.
    """
    draws, groups, inputs = values.shape[0], len(common_keys), len(own_keys)
    u, z, factor = np.empty(BATCH), np.empty((groups, BATCH)), np.empty((groups, BATCH))
    made, took = np.empty((BATCH, TOGETHER)), np.empty((BATCH, TOGETHER), dtype=np.float32)
    scale = CELLS / (2 * Z_MOST)
    for b in range(first // BATCH, (first + draws + BATCH - 1) // BATCH):
        begin, end = max(b * BATCH, first) - b * BATCH, min((b + 1) * BATCH, first + draws) - b * BATCH
        for g in range(groups):
            fill_batch(common_keys[g], b, u)
            for n in range(BATCH):
                z[g, n] = looked_up(u[n], scores)
        for g in range(groups):
            for n in range(BATCH):
                total = 0.0
                for h in range(groups):
                    total += root[g, h] * z[h, n]
                factor[g, n] = total
        for left in range(0, inputs, TOGETHER):  # a few inputs at a time, so that rows are written in whole lines of the cache
            wide = min(TOGETHER, inputs - left)
            for i in range(wide):
                j = left + i
                g, shared, alone = group[j], common[j], own[j]
                if alone > 0.0:
                    fill_batch(own_keys[j], b, u)
                for n in range(begin, end):
                    score = shared * factor[g, n]
                    if alone > 0.0:
                        score += alone * looked_up(u[n], scores)
                    at = min(max((score + Z_MOST) * scale, 0.0), LAST_CELL)
                    k = int(at)
                    part = at - k
                    made[n, i] = max(tables[j, k] + part * (tables[j, k + 1] - tables[j, k]), floor[j])
                    took[n, i] = min(ranks[k] + part * (ranks[k + 1] - ranks[k]), RANK_MOST)
            for n in range(begin, end):
                row = b * BATCH + n - first
                for i in range(wide):
                    values[row, left + i] = made[n, i]
                    rank[row, left + i] = took[n, i]
