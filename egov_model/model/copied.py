"""Copies between compiled arrays. `into[:] = source` does the same, but each takes the compiler up to seconds to make ready."""

from __future__ import annotations

from egov_model.model.machine_code import borrowing


@borrowing
def copy(source, into):
    """Copy a list of numbers into one of the same length."""
    for n in range(len(source)):
        into[n] = source[n]


@borrowing
def copy_table(source, into):
    """Copy a table of numbers into one of the same shape."""
    for n in range(source.shape[0]):
        for m in range(source.shape[1]):
            into[n, m] = source[n, m]
