"""Compiled drawing of overrun factors: cost and weeks of an initiative go together, and all initiatives share a part."""

from __future__ import annotations

import math

import numpy as np

from egov_model.analysis.compiled_points import CELLS, LAST_CELL, RANK_MOST, Z_MOST, looked_up
from egov_model.analysis.streams import BATCH, fill_batch
from egov_model.model.machine_code import compiled


@compiled
def fill_overruns(own_keys, common_keys, shared, together, tables, scores, ranks, first, made, rank):
    """Factors (2, draws, groups) and percentiles (draws, 2 x groups) of the draws from `first` on.

    Score of cost: c = s C + sqrt(1 - s^2) e; of weeks: r c + sqrt(1 - r^2) (s D + sqrt(1 - s^2) f), C and D common to all groups, e and f
    their own streams, s `shared` and r `together` (groups,). `tables` (2, groups, CELLS + 1) are looked up by score.
    """
    draws, groups = made.shape[1], made.shape[2]
    u, common, z = np.empty(BATCH), np.empty((2, BATCH)), np.empty((2, BATCH))
    for b in range(first // BATCH, (first + draws + BATCH - 1) // BATCH):
        begin, end = max(b * BATCH, first) - b * BATCH, min((b + 1) * BATCH, first + draws) - b * BATCH
        for w in range(2):
            fill_batch(common_keys[w], b, u)
            for n in range(BATCH):
                common[w, n] = looked_up(u[n], scores)
        for g in range(groups):
            s, r = shared[g], together[g]
            alone, apart = math.sqrt(1.0 - s * s), math.sqrt(1.0 - r * r)
            for w in range(2):
                fill_batch(own_keys[w * groups + g], b, u)
                for n in range(begin, end):
                    z[w, n] = s * common[w, n] + alone * looked_up(u[n], scores)
            for n in range(begin, end):
                z[1, n] = r * z[0, n] + apart * z[1, n]
            for w in range(2):
                for n in range(begin, end):
                    at = min(max((z[w, n] + Z_MOST) * (CELLS / (2 * Z_MOST)), 0.0), LAST_CELL)
                    k = int(at)
                    part = at - k
                    row = b * BATCH + n - first
                    made[w, row, g] = tables[w, g, k] + part * (tables[w, g, k + 1] - tables[w, g, k])
                    rank[row, w * groups + g] = min(ranks[k] + part * (ranks[k + 1] - ranks[k]), RANK_MOST)
