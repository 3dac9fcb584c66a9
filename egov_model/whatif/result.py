"""What a what-if shows of a plan: figures alone, so that two of them can be set side by side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from egov_model.analysis.compare import Headline, headline
from egov_model.analysis.reached import site_links
from egov_model.analysis.side_by_side import by_year
from egov_model.analysis.summary import staff_by_month
from egov_model.model.plan import Plan


@dataclass(frozen=True)
class Result:
    """A plan measured. `years`: a row per year (see `side_by_side.by_year`); `people`: need_fte and available_fte by month;
    `sites`: kind, lat, lon, year (0: not in this plan) of every site that can be connected."""

    plan: Plan
    headline: Headline
    years: pd.DataFrame
    people: pd.DataFrame
    sites: pd.DataFrame

    def same_figures(self, other: Result) -> bool:
        """Whether the other shows the very same numbers."""
        mine, others = vars(self.headline), vars(other.headline)
        alike = all(mine[name] == others[name] for name in mine if name != "scenario")
        frames = ((self.years.drop(columns="scenario"), other.years.drop(columns="scenario")), (self.people, other.people))
        return alike and all(a.equals(b) for a, b in (*frames, (self.sites, other.sites)))

    @property
    def lost(self) -> pd.DataFrame:
        """Rows of `plan.initiatives` without a place."""
        frame = self.plan.initiatives
        return frame[frame["status"] != "placed"]


def measure(plan: Plan) -> Result:
    """Everything the screen shows of a plan."""
    sites = site_links(plan)[["kind", "lat", "lon", "year"]]
    sites = sites.assign(year=sites["year"].astype("float").fillna(0).astype(np.int64))
    return Result(plan, headline(plan), by_year(plan), staff_by_month(plan)[["need_fte", "available_fte"]], sites)
