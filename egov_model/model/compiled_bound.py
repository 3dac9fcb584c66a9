"""Compiled loops of the bound: what start weeks cost at given prices, and better prices step by step."""

from __future__ import annotations

import numpy as np

from egov_model.model.copied import copy
from egov_model.model.forest import NEVER, cheapest, spans
from egov_model.model.machine_code import compiled

FRESH = 0.01  # share of the newest answer in the average of answers
PATIENCE, SLOWER, SLOWEST = 20, 0.5, 1e-3  # steps without gain until the pace falls, by how much, and where it ends


@compiled
def charge(rows, price, low, high, cost):
    """Add what each start week of low..high uses of all rows at these prices of a unit to `cost` (activities, weeks + 1)."""
    ptr, activity, first, last, coefficient = rows[0], rows[1], rows[2], rows[3], rows[4]
    n, width = cost.shape
    change = np.zeros((n, width + 1), dtype=price.dtype)
    for j in range(len(price)):
        if price[j] != 0:
            for e in range(ptr[j], ptr[j + 1]):
                extra = price[j] * coefficient[e]
                change[activity[e], first[e]] += extra
                change[activity[e], last[e] + 1] -= extra
    for a in range(n):
        extra = change[a, 0] * 0
        for s in range(high[a] + 1):
            extra += change[a, s]
            if s >= low[a]:
                cost[a, s] += extra


@compiled
def volume(forest, rows, base, absent, price, target, steps, use, share):
    """The volume algorithm: fills `price` with the best prices, `use` and `share` with the average of the answers on the way."""
    order, parent, waits, shift, heads = forest
    ptr, activity, first, last, coefficient, limit, scale = rows
    n, width = base.shape
    count = len(price)
    cost, own, later = np.empty_like(base), np.empty_like(base), np.empty_like(base)
    best, start, out = np.empty(base.shape, dtype=np.int64), np.empty(n, dtype=np.int64), np.empty(n)
    tried, unit, now = price.copy(), np.empty(count), np.empty(count)
    highest, pace, since, faded = -1e18, 0.3, 0, 1.0
    low, high = np.empty(n, dtype=np.int64), np.empty(n, dtype=np.int64)
    spans(base, float(NEVER), low, high)
    for step in range(steps):
        for a in range(n):
            for s in range(low[a], high[a] + 1):
                cost[a, s] = base[a, s]
        paid = 0.0
        for j in range(count):
            unit[j] = tried[j] / scale[j]
            paid += unit[j] * limit[j]
        charge(rows, unit, low, high, cost)
        value = cheapest(cost, absent, order, parent, waits, shift, heads, low, high, float(NEVER), start, own, later, best, out) - paid
        fresh = max(FRESH, 1.0 / (step + 1))
        same = 0.0
        for j in range(count):
            now[j] = 0.0
            for e in range(ptr[j], ptr[j + 1]):
                if first[e] <= start[activity[e]] <= last[e]:
                    now[j] += coefficient[e]
            over = (use[j] - limit[j]) / scale[j]
            if over > 0 or price[j] > 0:
                same += over * (now[j] - limit[j]) / scale[j]
            use[j] += fresh * (now[j] - use[j])
        # all shares fade by the same factor: kept apart until the end
        if step == 0:
            share.fill(0.0)
        elif fresh < 1.0:
            faded *= 1.0 - fresh
        for a in range(n):
            if start[a] >= 0:
                share[a, start[a]] += fresh / faded
        if value > highest:
            highest, since = value, 0
            copy(tried, price)
            if same > 0:
                pace = min(pace * 1.1, 2.0)
        else:
            since += 1
            if since >= PATIENCE:
                pace, since = pace * SLOWER, 0
                if pace < SLOWEST:
                    break
        length = 0.0
        for j in range(count):
            over = (use[j] - limit[j]) / scale[j]
            if over > 0 or price[j] > 0:
                length += over * over
        if length < 1e-12 or highest >= target:
            break
        reach = pace * (target - highest) / length
        for j in range(count):
            tried[j] = max(0.0, price[j] + reach * (use[j] - limit[j]) / scale[j])
    share *= faded
