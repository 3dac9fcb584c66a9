"""How fast the index of real regions has risen, to hold a plan's own rises against."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from egov_model.analysis.index_levels import index_by_year
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.plan import Plan

FAST_PERCENTILE = 90
LOCAL = ("regency", "city")


@dataclass(frozen=True)
class Speed:
    """The rise a year that 9 in 10 of the known ones stay below, over provinces reported whole (`limit`) and over all found
    (`limit_reported`); counts of rises and regions of each; first and last year."""

    limit: float
    rises: int
    regions: int
    limit_reported: float
    rises_reported: int
    regions_reported: int
    first_year: int
    last_year: int


def peer_rises(inputs: PlanInputs) -> pd.DataFrame:
    """Rises of regencies and cities from one year to the next under one scheme: region, scheme, year (the later), rise, sample.

    Figures of low evidence are left out; rises across a change of scheme are none.
    """
    schemes = inputs.rows["index_schemes"]
    rows = {(p.region, p.year): p for p in inputs.rows["peer_indices"].values() if p.kind in LOCAL and p.evidence != "low"}
    made = []
    for (region, year), p in rows.items():
        before = rows.get((region, year - 1))
        scheme = next((key for key, s in schemes.items() if s.valid_from <= year - 1 and year <= s.valid_to), "")
        if before is not None and scheme:
            made.append((region, scheme, year, round(p.index - before.index, 6), p.sample))
    return pd.DataFrame(made, columns=["region", "scheme", "year", "rise", "sample"])


def speed(inputs: PlanInputs) -> Speed | None:
    """What is fast, by real rises; None when no province was reported whole, as news tell of large rises first."""
    frame = peer_rises(inputs)
    whole = frame[frame["sample"] == "census"]
    if whole.empty:
        return None
    return Speed(
        limit=float(np.percentile(whole["rise"], FAST_PERCENTILE)),
        rises=len(whole),
        regions=whole["region"].nunique(),
        limit_reported=float(np.percentile(frame["rise"], FAST_PERCENTILE)),
        rises_reported=len(frame),
        regions_reported=frame["region"].nunique(),
        first_year=int(frame["year"].min()) - 1,
        last_year=int(frame["year"].max()),
    )


def fast_years(plan: Plan) -> pd.DataFrame:
    """Rows of `index_by_year` whose rise is above what 9 in 10 real rises stay below."""
    frame, known = index_by_year(plan), speed(plan.inputs)
    return frame[frame["rise"] > known.limit + 1e-9] if known else frame[:0]
