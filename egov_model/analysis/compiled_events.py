"""Compiled drawing of risk events and of what they do."""

from __future__ import annotations

import numpy as np

from egov_model.analysis.streams import BATCH, counted, fill_batch, mixed, unit
from egov_model.model.machine_code import compiled

COST, RUNNING, WEEKS, GATE, PEOPLE, CEILING = range(6)  # in the order of `IMPACTS`


@compiled
def looked_up_share(u, table):
    """Value at percentile u of a table of equal steps of u, straight between them."""
    at = u * (len(table) - 1)
    k = min(int(at), len(table) - 2)
    return table[k] + (at - k) * (table[k + 1] - table[k])


@compiled
def fill_events(
    keys, risk, case, year, alone, chance_keys, chances, impact_ptr, impact_kind, impact_key, impact_felt, impact_size, sizes, target_ptr,
    target, first, happened, cost, running, longer, gate_weeks, people, ceiling,
):  # fmt: skip
    """Fill in what every event does, for the draws from `first` on.

    Event e is that of `risk` e in `year` e; it comes true where its percentile lies below the draw's chance, percentiles in batches or,
    where `alone`, each by itself. `chances` (risks, steps) and `sizes` (sizes, steps) are quantile tables. What it does are the impacts of
    its `case` c, from impact_ptr[c] on; what they fall on (groups, activities, roles, funds) are the targets from target_ptr[i] on.
    """
    draws, years = happened.shape[0], gate_weeks.shape[1]
    u, chance = np.empty(BATCH), np.empty(BATCH)
    for b in range(first // BATCH, (first + draws + BATCH - 1) // BATCH):
        begin, end = max(b * BATCH, first) - b * BATCH, min((b + 1) * BATCH, first + draws) - b * BATCH
        before = -1
        for e in range(len(keys)):
            r, y, c = risk[e], year[e], case[e]
            if r != before:
                before = r
                fill_batch(chance_keys[r], b, chance)
                for n in range(BATCH):
                    chance[n] = looked_up_share(chance[n], chances[r])
            if alone[e]:
                base = mixed(keys[e])
                for n in range(begin, end):
                    u[n] = counted(base, b * BATCH + n)
            else:
                fill_batch(keys[e], b, u)
            for n in range(begin, end):
                if u[n] >= chance[n]:
                    continue
                d = b * BATCH + n - first
                happened[d, r, y] = True
                for i in range(impact_ptr[c], impact_ptr[c + 1]):
                    size = looked_up_share(unit(keys[e] ^ impact_key[i], b * BATCH + n), sizes[impact_size[i]])
                    kind, last = impact_kind[i], min(y + impact_felt[i], years)
                    for t in range(y, last):
                        if kind == GATE:
                            gate_weeks[d, t] += int(round(size))
                        for k in range(target_ptr[i], target_ptr[i + 1]):
                            if kind == COST:
                                cost[d, target[k], t] *= 1.0 + size
                            elif kind == RUNNING:
                                running[d, target[k], t] *= 1.0 + size
                            elif kind == WEEKS:
                                longer[d, target[k], t] += int(round(size))
                            elif kind == PEOPLE:
                                people[d, target[k], t] *= 1.0 - size
                            else:
                                ceiling[d, target[k], t] *= 1.0 - size
