"""The maturity index of a plan as frames: by year and by part, what holds each indicator, and what each initiative is worth."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from egov_model.model.conditions import NEVER, live_weeks, share_at
from egov_model.model.maturity import Need, predicate, published
from egov_model.model.outcomes import Maturity, mature
from egov_model.model.plan import Plan

# why an indicator stays where it is
OUTSIDE, NOTHING, ABSENT, LATE, CONDITION, STAY, PACE = "outside", "nothing", "absent", "late", "condition", "stay", "pace"
HELD_COLUMNS = ["indicator", "level", "worth", "cause", "initiative", "effect", "ready", "share", "at_least"]


def index_by_year(plan: Plan) -> pd.DataFrame:
    """One row per year of the plan.

    Columns: year, scheme ("" when the data has none), index (as published, two decimals), rise (since the year before under the same
    scheme, or since its start), predicate (id), target, gap (index less target); what is not there is NaN or "".
    """
    made = []
    targets = plan.inputs.rows["index_targets"]
    scored = {year: (part, n) for part in plan.maturity for n, year in enumerate(years_of(plan, part))}
    for year in plan.timeline.years:
        if year not in scored:
            made.append((year, "", np.nan, np.nan, "", np.nan, np.nan))
            continue
        part, n = scored[year]
        scheme, index = part.rules.scheme, published(float(part.index[0, n]))
        before = published(float(part.index[0, n - 1])) if n else start_index(part)
        target = targets.get(f"{scheme}.{year}")
        aim = target.mode if target else np.nan
        made.append((year, scheme, index, round(index - before, 9), predicate(plan.inputs, scheme, index), aim, round(index - aim, 9)))
    return pd.DataFrame(made, columns=["year", "scheme", "index", "rise", "predicate", "target", "gap"])


def years_of(plan: Plan, part: Maturity) -> list[int]:
    """The years a scheme scores."""
    return [plan.timeline.years[n] for n in part.years]


def start_index(part: Maturity) -> float:
    """Index at the starting levels, before the plan, as it is published."""
    return published(float(part.rules.weight @ part.rules.start))


def by_part(plan: Plan, part: Maturity) -> pd.DataFrame:
    """Index of every domain and aspect of a scheme, in the order of the data: columns code, within, weight_pct, start, and one per year.

    The index of a part is the mean of its indicators' levels by their weight.
    """
    scheme, rules = part.rules.scheme, part.rules
    parts = [p for p in plan.inputs.rows["index_parts"].values() if p.scheme == scheme]
    within = {p.code: p.within for p in parts}
    own = [plan.inputs.rows["indicators"][f"{scheme}.{code}"].part for code in rules.indicators]
    made = []
    for p in parts:
        weight = rules.weight * [p.code in _around(code, within) for code in own]
        share = weight / weight.sum()
        made.append((p.code, p.within, p.weight_pct, float(share @ rules.start), *(share @ part.levels[0]).tolist()))
    return pd.DataFrame(made, columns=["code", "within", "weight_pct", "start", *years_of(plan, part)])


def _around(code: str, within: dict[str, str]) -> list[str]:
    """A part and those it stands in."""
    made = [code]
    while within.get(made[-1]):
        made.append(within[made[-1]])
    return made


def held(plan: Plan, part: Maturity, column: int = -1) -> pd.DataFrame:
    """What holds every indicator that is not at the top in a year (`column` of the scheme's years), one row per cause.

    Columns: indicator, level (reached), worth (index points of the next level), cause (see the names above), initiative ("" when it is
    not about one), effect (id), ready (date from which the need is met, None for never), share and at_least (of a condition).
    """
    rules, cut_off = part.rules, part.cut_off[column]
    weeks, rows = live_weeks(plan.schedule.live[:1]), []
    for j, code in enumerate(rules.indicators):
        level = float(part.levels[0, j, column])
        worth = float(rules.weight[j] * (min(np.floor(level) + 1, rules.high) - level))
        head = (code, level, worth)
        needs = [(n, need) for n, need in enumerate(rules.needs) if need.indicator == j and need.level == int(level) + 1]
        if rules.outside[j]:
            rows.append((*head, OUTSIDE, "", "", None, np.nan, np.nan))
        elif level < rules.high and not needs:
            rows.append((*head, NOTHING, "", "", None, np.nan, np.nan))
        elif level < rules.high:
            unmet = [(n, need) for n, need in needs if part.met[0, n] > cut_off]
            for n, need in unmet:
                rows += [(*head, *why) for why in _why(plan, part, need, float(part.met[0, n]), weeks, float(cut_off))]
            if not unmet:
                rows.append((*head, PACE, "", "", None, np.nan, np.nan))
    frame = pd.DataFrame(rows, columns=HELD_COLUMNS)
    return frame.sort_values("worth", ascending=False, kind="stable").reset_index(drop=True)


def _why(plan: Plan, part: Maturity, need: Need, met: float, weeks: np.ndarray, cut_off: float) -> list[tuple]:
    """(cause, initiative, effect, ready, share, at_least) of a need that is not met by the cut-off."""
    groups, made = plan.network.groups, []
    for key in need.initiatives:
        week = weeks[0, groups.index(key)] if key in groups else NEVER
        if week > cut_off:
            made.append((LATE if week < NEVER else ABSENT, key, need.effect, _day(plan, week), np.nan, np.nan))
    if need.condition:
        share = _share(part, need, weeks, cut_off)
        if share < need.at_least - 1e-9:
            made.append((CONDITION, "", need.effect, None, share, need.at_least))
    return made or [(STAY, "", need.effect, _day(plan, met), np.nan, np.nan)]


def _share(part: Maturity, need: Need, weeks: np.ndarray, week: float) -> float:
    """What a condition stands at in a week."""
    conditions = part.conditions
    if need.condition in conditions.things:
        return float(share_at(weeks, conditions.things[need.condition], week)[0])
    if need.condition == "roles_on_board":
        return float(conditions.staffed[: int(week) + 1].max())
    return min(conditions.covered.get(key, 0.0) for key in need.initiatives)


def _day(plan: Plan, week: float) -> date | None:
    return None if week >= NEVER else plan.timeline.start + timedelta(days=int(np.ceil(week * 7)))


def shifted(plan: Plan, part: Maturity, weeks: int) -> float:
    """The scheme's last index, as published, with everything that was not live on the first day so many weeks later (earlier: negative)."""
    live = plan.schedule.live[:1]
    moved = np.where(live > 0, np.maximum(live + weeks, 0), live)
    made = mature(part.rules, part.conditions, part.years, part.cut_off, moved, plan.inputs.settings.index_levels_per_year)
    return published(float(made.index[0, -1]))


def contributions(plan: Plan, part: Maturity) -> pd.DataFrame:
    """What each initiative is worth to the scheme's last index, everything else unchanged: one row per initiative in scope.

    Columns: initiative, loss (index points lost without it), gain (won were it live from the first day). One alone may win nothing
    where a level waits for several.
    """
    groups, live = plan.network.groups, plan.schedule.live[0]
    many = np.repeat(live[None], 2 * len(groups), axis=0)
    own = np.arange(len(groups))
    many[own, own], many[len(groups) + own, own] = -1, 0
    index = mature(part.rules, part.conditions, part.years, part.cut_off, many, plan.inputs.settings.index_levels_per_year).index[:, -1]
    now = float(part.index[0, -1])
    made = {"initiative": list(groups), "loss": now - index[: len(groups)], "gain": index[len(groups) :] - now}
    return pd.DataFrame(made).round({"loss": 9, "gain": 9})
