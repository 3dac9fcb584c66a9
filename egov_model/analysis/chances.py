"""Scenarios over shared draws: how far they differ in each, who is best where, and how sure a choice is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from egov_model.analysis.compare import ANYWAY
from egov_model.analysis.drawn import Outlook
from egov_model.analysis.measures import measure, reached
from egov_model.analysis.robust import CRITERIA, Scores, dominated, finite, less, regret_frame
from egov_model.inputs.errors import InputError
from egov_model.model.plan import Plan

TOLD = (0.1, 0.5, 0.8, 0.9)


@dataclass(frozen=True)
class Chances:
    """Results over `draws` of `seed`, scenarios in the order given, the first of them the base.

    - `ranges` one row per scenario: total_p10_idr ... total_p90_idr, plan_held_share (draws in which the total is no more than the plan's),
      finish_p50, finish_p80 (last day; None when some initiative then has no place), finish_held_share, within_share (all is finished and
      paid in the plan's years), index_p10 ... index_p90 of the last scored year (None without)
    - `differences` to the base in the same draw: total_p10_idr ..., days_p10 ..., index_p10 ...; days are None where that quantile
      lies among draws in which only one of the two ends at all
    - `pairs` one row per ordered pair: cheaper_share, earlier_share, higher_share of draws in which `scenario` is, and not only as good
    - `regret` of all but what happens anyway, which is cheapest as it promises least: see `robust.regret_frame`
    - `dominated` one row per scenario: share of draws in which another is as good in everything and better in something, `by` the one that
      is most often, by_share
    - `stability` one row per initiative and scenario that knows it: mandatory, planned, within_share
    - `brought` one row per scenario: initiatives, services, villages by the end of the plan and benefit_idr, each _p10, _p50 and _p90; the
      benefit is counted over the first `benefit_draws` draws
    """

    draws: int
    seed: int
    benefit_draws: int
    ranges: pd.DataFrame
    differences: pd.DataFrame
    pairs: pd.DataFrame
    regret: pd.DataFrame
    dominated: pd.DataFrame
    stability: pd.DataFrame
    brought: pd.DataFrame


def chances(plans: Sequence[Plan], outlooks: Sequence[Outlook], benefit_draws: int = 200) -> Chances:
    """What shared draws say of plans; raises InputError when the draws are not the same ones."""
    first = outlooks[0]
    if any((o.seed, o.draws) != (first.seed, first.draws) for o in outlooks):
        raise InputError("scenarios can only be compared over the same draws: one seed and one number of draws for all")
    both = list(zip(plans, outlooks, strict=True))
    names = [plan.inputs.scenario.name for plan in plans]
    live = [_live(plan, outlook) for plan, outlook in both]
    reach = [reached(plan, weeks, plan.timeline.years[-1]) for plan, weeks in zip(plans, live, strict=True)]
    done = [((weeks >= 0) & (weeks <= plan.timeline.weeks)) for plan, weeks in zip(plans, live, strict=True)]
    values = np.full((first.draws, len(plans), len(CRITERIA)), np.nan)
    for n, (plan, outlook) in enumerate(both):
        values[:, n, 0] = outlook.total_idr
        if (outlook.finish_week > 0).all():
            days = plan.timeline.start.toordinal() + 7.0 * outlook.finish_week - 1  # the last day of work
            values[:, n, 1] = np.where(outlook.finish_week < outlook.never, days, np.inf)
        if outlook.index.shape[1]:
            values[:, n, 2] = outlook.index[:, -1]
        values[:, n, 3] = done[n].sum(axis=1)
        values[:, n, 4], values[:, n, 5] = reach[n]["services"], reach[n]["villages"]
    found = Scores(tuple(names), values)
    some = min(benefit_draws, first.draws)
    money = [measure(p, weeks[:some], p.timeline.years[-1])["benefit_idr"].to_numpy() for p, weeks in zip(plans, live, strict=True)]
    return Chances(
        first.draws,
        first.seed,
        some,
        pd.DataFrame([_range(plan, outlook) for plan, outlook in both]),
        pd.DataFrame([_difference(found, n) for n in range(len(names))]),
        pd.DataFrame([_pair(found, a, b) for a in range(len(names)) for b in range(len(names)) if a != b], columns=list(PAIR)),
        regret_frame(_choices(found)),
        _dominated(found),
        pd.concat([_stability(plan, part) for plan, part in zip(plans, done, strict=True)], ignore_index=True),
        pd.DataFrame([_brought(found, n, money[n]) for n in range(len(names))]),
    )


PAIR = ("scenario", "other", "cheaper_share", "earlier_share", "higher_share")


def quantile(values: np.ndarray, share: float) -> float:
    """The smallest of the values that is not exceeded in that share of them."""
    return float(np.quantile(values, share, method="inverted_cdf"))


def _choices(found: Scores) -> Scores:
    """All scenarios but what happens anyway, where two or more are left."""
    kept = [n for n, name in enumerate(found.scenarios) if name != ANYWAY]
    return Scores(tuple(found.scenarios[n] for n in kept), found.values[:, kept]) if len(kept) > 1 else found


def _live(plan: Plan, outlook: Outlook) -> np.ndarray:
    """Go-live weeks (draws, the plan's groups), -1 for what the plan does not promise."""
    made = np.full((outlook.draws, len(plan.network.groups)), -1, dtype=np.int64)
    made[:, [plan.network.groups.index(key) for key in outlook.groups]] = outlook.live
    return made


def _range(plan: Plan, outlook: Outlook) -> dict[str, object]:
    total, weeks, index = outlook.total_idr, outlook.finish_week, outlook.index[:, -1:]
    made: dict[str, object] = {"scenario": outlook.scenario, "plan_total_idr": outlook.plan_total_idr}
    made |= {f"total_p{round(share * 100)}_idr": int(quantile(total, share)) for share in TOLD}
    made["plan_held_share"] = float((total <= outlook.plan_total_idr).mean())
    for share in (0.5, 0.8):
        week = int(quantile(weeks, share))
        made[f"finish_p{round(share * 100)}"] = _date(plan, week) if 0 < week < outlook.never else None
    made["finish_held_share"] = float((weeks <= outlook.plan_finish_week).mean())
    made["within_share"] = float(outlook.within.mean())
    made |= {f"index_p{round(share * 100)}": quantile(index[:, 0], share) if index.size else None for share in (0.1, 0.5, 0.9)}
    return made


def _date(plan: Plan, week: int) -> date:
    return plan.timeline.last_day(week)


def _difference(found: Scores, n: int) -> dict[str, object]:
    made: dict[str, object] = {"scenario": found.scenarios[n]}
    for c, (name, unit, kind) in enumerate((("total", "_idr", int), ("days", "", int), ("index", "", float))):
        more = less(found.values[:, n, c], found.values[:, 0, c])
        for share in TOLD:
            number = None if np.isnan(more).any() else finite(quantile(more, share))
            made[f"{name}_p{round(share * 100)}{unit}"] = None if number is None else kind(number)
    return made


def _pair(found: Scores, a: int, b: int) -> tuple[object, ...]:
    better = found.signed[:, a, :3] > found.signed[:, b, :3]
    known = ~np.isnan(found.values[:, [a, b], :3]).any(axis=(0, 1))
    return (found.scenarios[a], found.scenarios[b], *(float(better[:, c].mean()) if known[c] else None for c in range(3)))


def _dominated(found: Scores) -> pd.DataFrame:
    worse = dominated(found)
    rows = []
    for n, name in enumerate(found.scenarios):
        by = worse[:, n].mean(axis=0)
        most = int(by.argmax())
        rows.append((name, float(worse[:, n].any(axis=1).mean()), found.scenarios[most] if by[most] else "", float(by[most])))
    return pd.DataFrame(rows, columns=["scenario", "share", "by", "by_share"])


def _stability(plan: Plan, done: np.ndarray) -> pd.DataFrame:
    rows, share, placed = plan.inputs.rows["initiatives"], done.mean(axis=0), plan.schedule.live[0] >= 0
    name = plan.inputs.scenario.name
    made = [(key, name, rows[key].mandatory, bool(placed[g]), float(share[g])) for g, key in enumerate(plan.network.groups)]
    return pd.DataFrame(made, columns=["initiative", "scenario", "mandatory", "planned", "within_share"])


def _brought(found: Scores, n: int, money: np.ndarray) -> dict[str, object]:
    made: dict[str, object] = {"scenario": found.scenarios[n]}
    parts = {name: found.values[:, n, c] for c, name in enumerate(CRITERIA) if name in ("initiatives", "services", "villages")}
    for name, values in (*parts.items(), ("benefit_idr", money)):
        made |= {f"{name}_p{round(share * 100)}": int(quantile(values, share)) for share in (0.1, 0.5, 0.9)}
    return made
