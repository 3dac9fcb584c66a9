"""Compiled loop that prices the lines of an estimate."""

from __future__ import annotations

import numpy as np

from egov_model.model.machine_code import borrowing


@borrowing
def price_lines(bought, place, price, carried, at_place, at_price, at_history, counts, growing, amount):
    """Fill `amount` (draws, lines, years) as `estimate.amount_idr` does: what is `bought` (draws, lines) times the counts (lines, zones,
    years) of a line, each zone's by its `place` factor, at its `price`, `carried` (draws, histories, years). Where `growing` (lines,) is
    false the first year's counts stand for all."""
    for d in range(amount.shape[0]):
        for n in range(amount.shape[1]):
            made, by, unit_price, where, count = amount[d, n], carried[d, at_history[n]], price[d, at_price[n]], at_place[n], counts[n]
            if growing[n]:
                for y in range(len(made)):
                    units = 0.0
                    for z in range(len(where)):
                        units += place[d, where[z]] * count[z, y]
                    made[y] = np.int64(np.rint(bought[d, n] * units * unit_price * by[y]))
                continue
            units = 0.0
            for z in range(len(where)):
                units += place[d, where[z]] * count[z, 0]
            money = bought[d, n] * units * unit_price
            for y in range(len(made)):
                made[y] = np.int64(np.rint(money * by[y]))
