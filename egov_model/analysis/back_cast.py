"""The same rules over the past: the index that follows from what is known since 2017, beside what is known of the index itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from egov_model.analysis.index_levels import index_by_year
from egov_model.inputs.indices import KnownIndex, PeerIndex
from egov_model.model.conditions import make_conditions
from egov_model.model.maturity import make_rules, predicate, published
from egov_model.model.outcomes import mature
from egov_model.model.plan import Plan

COLUMNS = ["year", "scheme", "index", "predicate", "known_low", "known_high", "miss"]


def back_cast(plan: Plan) -> pd.DataFrame:
    """One row per past year scored by a scheme whose criteria the start is known under, from the year after the first event to the
    year before the plan.

    Columns: year, scheme, index (as published), predicate, known_low and known_high (NaN: nothing is known), miss (how far the index is
    below, negative, or above what is known; 0 within). Events of history.csv stand for initiatives, levels are climbed from the starting
    levels of the latest year before the first event on, each year's evidence closes on the day of the plan's first year, and nobody is
    counted as on board. No parameter is fitted.
    """
    rows = plan.inputs.rows
    events = rows["index_history"]
    if not events:
        return pd.DataFrame(columns=COLUMNS)
    groups, first = tuple(events), min(e.live_on for e in events.values()).year
    years = tuple(range(first + 1, plan.timeline.years[0]))
    start = date(first + 1, 1, 1)
    live = np.array([[max(0.0, (e.live_on - start).days / 7) for e in events.values()]])
    closes = rows["fiscal_years"][str(plan.timeline.years[0])].evidence_cut_off
    cut_off = np.array([(closes.replace(year=year) - start).days / 7 for year in years])
    conditions = make_conditions(plan.inputs, plan.timeline, plan.drivers, groups)
    conditions = replace(conditions, staffed=np.zeros(1))
    made = []
    begun = {s.scheme for s in rows["start_levels"].values() if s.year <= first}
    for scheme, row in rows["index_schemes"].items():
        if not years or scheme not in begun or row.valid_to < years[0] or row.valid_from > years[-1]:
            continue
        rules = make_rules(plan.inputs, scheme, groups, first + 1)
        part = mature(rules, conditions, years, cut_off, live, plan.inputs.settings.index_levels_per_year)
        for n, year in enumerate(years):
            if row.valid_from <= year <= row.valid_to:
                index = published(float(part.index[0, n]))
                made.append(_beside(plan, year, scheme, index, predicate(plan.inputs, scheme, index)))
    return pd.DataFrame(made, columns=COLUMNS).sort_values("year", kind="stable").reset_index(drop=True)


def known_years(plan: Plan) -> list[KnownIndex]:
    """What is known of the regency's index in years of the plan itself: of a plan of the past, under the scheme that scores them."""
    schemes = {(r.scheme, r.year) for r in index_by_year(plan).itertuples()}
    return [k for k in plan.inputs.rows["index_known"].values() if (k.scheme, k.year) in schemes]


def own_path(plan: Plan) -> pd.DataFrame:
    """The plan's own index beside what is known: the columns of `back_cast`, one row per year that a scheme scores."""
    made = [_beside(plan, r.year, r.scheme, r.index, r.predicate) for r in index_by_year(plan).itertuples(index=False) if r.scheme]
    return pd.DataFrame(made, columns=COLUMNS)


def past_path(plan: Plan) -> pd.DataFrame:
    """The path that is held against the past: a plan's own where something is known of its years, else `back_cast`."""
    return own_path(plan) if known_years(plan) else back_cast(plan)


def neighbours(plan: Plan, year: int) -> list[PeerIndex]:
    """What is known of the other governments of the regency's province in a year, highest index first."""
    rows = plan.inputs.rows["peer_indices"].values()
    found = [p for p in rows if p.year == year and p.province == plan.inputs.region.province and p.kind != "average"]
    return sorted(found, key=lambda p: (-p.index, p.region))


def _beside(plan: Plan, year: int, scheme: str, index: float, word: str) -> tuple:
    known = plan.inputs.rows["index_known"].get(f"{scheme}.{year}")
    low, high = (known.index_low, known.index_high) if known else (np.nan, np.nan)
    miss = round(min(0.0, index - low) + max(0.0, index - high), 9) if known else np.nan
    return (year, scheme, index, word, low, high, miss)
