"""Amounts in whole thousands of rupiah that still add up: the form an RKA asks for."""

from __future__ import annotations

import numpy as np

RKA_UNIT_IDR = 1000  # RKA and DPA are written in whole thousands of rupiah


def rounded_total(total_idr, unit_idr: int = RKA_UNIT_IDR):
    """Whole rupiah to the nearest unit, halves upwards; numbers or arrays of int64, 0 or more."""
    return (np.asarray(total_idr, dtype=np.int64) + unit_idr // 2) // unit_idr * unit_idr


def reconciled(cells_idr: np.ndarray, unit_idr: int = RKA_UNIT_IDR) -> np.ndarray:
    """Cells in whole units whose sum by column is the exact sum rounded to the unit; int64, shape (lines, years) as given, 0 or more.

    Largest remainder (Hamilton's method): every cell is rounded down, and the units still missing in a column go to the cells that lost
    most; of equals, the upper one. So each cell is less than one unit from its exact amount, a cell of whole units or of nothing stays
    as it is, and sums of cells agree however they are taken, since only cells are rounded.
    """
    cells = np.asarray(cells_idr, dtype=np.int64)
    lower, lost = np.divmod(cells, unit_idr)
    missing = rounded_total(cells.sum(axis=0), unit_idr) // unit_idr - lower.sum(axis=0)
    order = np.argsort(-lost, axis=0, kind="stable")
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(len(cells)).reshape(-1, *([1] * (cells.ndim - 1))), axis=0)
    return (lower + (rank < missing)) * unit_idr
