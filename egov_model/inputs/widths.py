"""Whether an assumption admits how little is known: how far apart its P10 and P90 stand."""

from __future__ import annotations

import re

from egov_model.inputs.record import Record

TRIPLES = (
    ("low", "mode", "high"),
    ("minutes_low", "minutes", "minutes_high"),
    ("ramp_low", "ramp_months", "ramp_high"),
    ("size_fp_low", "size_fp", "size_fp_high"),
)
NARROWEST_SHARE = 0.2  # of the most likely value: less than a bare +-10 % claims knowledge that an assumption has not
REASON = re.compile(
    r"\b(menurut arti|menurut aturan|sempit karena)\b", re.IGNORECASE
)  # what the source says when it is narrow for a reason
ALLOWED = (
    f"P10 and P90 at least {NARROWEST_SHARE:.0%} of the most likely value apart, or a source that says why not: "
    "'menurut arti ...', 'menurut aturan ...' (a count or a rule) or 'sempit karena ...' (any other reason)"
)


def width_share(low: float, mode: float, high: float) -> float:
    """Distance of P10 and P90 as a share of the most likely value; infinite where that is 0 and they differ."""
    if high == low:
        return 0.0
    return (high - low) / mode if mode else float("inf")


def narrow_points(row: Record) -> list[tuple[tuple[str, str, str], tuple[float, float, float]]]:
    """Fields and values of every three-point value of an assumption that is narrower than honest and gives no reason.

    What is not there at all (three zeros) has no width to give.
    """
    if getattr(row, "evidence", "") != "assumption" or REASON.search(row.source):
        return []
    found = []
    for names in TRIPLES:
        if not all(name in type(row).model_fields for name in names):
            continue
        low, mode, high = (getattr(row, name) for name in names)
        if high > 0 and width_share(low, mode, high) < NARROWEST_SHARE - 1e-9:
            found.append((names, (low, mode, high)))
    return found
