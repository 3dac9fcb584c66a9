"""The same rules over the past: the index that follows from what is known since 2017, beside what is known of the index itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

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
                known = rows["index_known"].get(f"{scheme}.{year}")
                low, high = (known.index_low, known.index_high) if known else (np.nan, np.nan)
                miss = round(min(0.0, index - low) + max(0.0, index - high), 9) if known else np.nan
                made.append((year, scheme, index, predicate(plan.inputs, scheme, index), low, high, miss))
    return pd.DataFrame(made, columns=COLUMNS).sort_values("year", kind="stable").reset_index(drop=True)
