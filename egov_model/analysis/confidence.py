"""How sure a plan is: quantiles with their errors, chances that its numbers hold, and what it takes to be surer; from draws alone."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from egov_model.analysis.drawn import Outlook
from egov_model.model.plan import Plan

TOLD = (0.1, 0.5, 0.8, 0.9, 0.95)
SURE = 0.8  # the share of draws that a budget is held against
NEAR = 0.025  # draws on either side of a quantile's rank that stand for it, as a share of all


def quantiles(values: np.ndarray, shares: Sequence[float] = TOLD) -> np.ndarray:
    """The smallest values not exceeded in these shares of the draws, shape (shares, ...) for values (draws, ...)."""
    return np.quantile(values, shares, axis=0, method="inverted_cdf")


def standard_errors(values: np.ndarray, shares: Sequence[float] = TOLD) -> np.ndarray:
    r"""Standard errors of `quantiles`, same shape, in the values' unit.

    .. math:: s = \tfrac12 \left( x_{(np + e)} - x_{(np - e)} \right), \quad e = \sqrt{n p (1 - p)}

    Half the distance of the order statistics one binomial standard deviation away, for independent draws: on the safe side for Latin
    hypercubes (David and Nagaraja, Order Statistics, 2003, chapter 7). NaN with fewer than ten draws beyond the quantile.
    """
    ranked, n = np.sort(values, axis=0), len(values)
    made = []
    for share in shares:
        away = math.sqrt(n * share * (1 - share))
        below, above = math.floor(n * share - away) - 1, math.ceil(n * share + away) - 1
        known = min(n * share, n * (1 - share)) >= 10
        made.append((ranked[min(above, n - 1)] - ranked[max(below, 0)]) / 2 if known else np.full(ranked.shape[1:], np.nan))
    return np.array(made, dtype=float)


def money(plan: Plan, outlook: Outlook) -> pd.DataFrame:
    """Money of the plan's promises by year of payment; the last rows are what is paid `after` the plan and the `total`.

    Index: year, `after`, `total`. Columns: plan_idr, p10_idr ... p95_idr (int; quantiles of a row by itself do not add up to the total's),
    p80_error_idr, held_share (draws in which the row is no more than the plan's).
    """
    paid = plan.schedule.paid_idr[0].sum(axis=0)
    drawn = np.column_stack([outlook.by_year_idr, outlook.total_idr])
    planned = np.concatenate([paid, [0, paid.sum()]])
    made = pd.DataFrame({"plan_idr": planned}, index=pd.Index([*outlook.years, "after", "total"], name="year"))
    for share, row in zip(TOLD, quantiles(drawn), strict=True):
        made[_name(share, "_idr")] = row
    made["p80_error_idr"] = standard_errors(drawn, [SURE])[0]
    return made.assign(held_share=(drawn <= planned).mean(axis=0))


def ceilings(plan: Plan, outlook: Outlook) -> pd.DataFrame:
    """What the plan's own dates cost in each year against what there is: columns plan_idr, need_p50_idr, need_p80_idr, ceiling_p20_idr,
    ceiling_idr (most likely), holds_share (draws in which every fund is enough)."""
    need, there = outlook.need_idr.sum(axis=1), outlook.ceiling_idr.sum(axis=1)
    return pd.DataFrame(
        {
            "plan_idr": plan.schedule.paid_idr[0].sum(axis=0),
            "need_p50_idr": quantiles(need, [0.5])[0],
            "need_p80_idr": quantiles(need, [SURE])[0],
            "ceiling_p20_idr": quantiles(there, [1 - SURE])[0],
            "ceiling_idr": plan.network.ceiling_idr[0].sum(axis=0),
            "holds_share": (outlook.need_idr <= outlook.ceiling_idr).all(axis=1).mean(axis=0),
        },
        index=pd.Index(outlook.years, name="year"),
    )


def held(outlook: Outlook) -> dict[str, float]:
    """Shares of draws in which the plan's own numbers hold.

    `cost` and `finish`: no more and no later than the plan says; `both` at once; `ceilings`: at the plan's own dates every fund is enough
    in every year; `within`: everything promised is finished and paid within the plan's years.
    """
    cost, finish = outlook.total_idr <= outlook.plan_total_idr, outlook.finish_week <= outlook.plan_finish_week
    enough = (outlook.need_idr <= outlook.ceiling_idr).all(axis=(1, 2))
    parts = {"cost": cost, "finish": finish, "both": cost & finish, "ceilings": enough, "within": outlook.within}
    return {name: float(values.mean()) for name, values in parts.items()}


def finish_weeks(outlook: Outlook) -> pd.DataFrame:
    """Finish by share of draws (index): week, error_weeks, known (False: beyond every date that draws have)."""
    weeks = quantiles(outlook.finish_week).astype(np.int64)
    made = {"week": weeks, "error_weeks": standard_errors(outlook.finish_week)[:, ...], "known": weeks < outlook.never}
    return pd.DataFrame(made, index=pd.Index(TOLD, name="share"))


def milestones(plan: Plan, outlook: Outlook) -> pd.DataFrame:
    """One row per promised initiative: plan_week and p10_week ... p95_week of going live, p80_error_weeks, held_share, within_share (of
    draws in which it is live by the end of the plan); weeks of `outlook.never` where it has no date."""
    live = np.where(outlook.live < 0, outlook.never, outlook.live).astype(np.int64)
    column = [plan.network.groups.index(key) for key in outlook.groups]
    planned = plan.schedule.live[0, column]
    made = pd.DataFrame({"plan_week": planned}, index=pd.Index(outlook.groups, name="initiative"))
    for share, row in zip(TOLD, quantiles(live), strict=True):
        made[_name(share, "_week")] = row.astype(np.int64)
    made["p80_error_weeks"] = standard_errors(live, [SURE])[0]
    return made.assign(held_share=(live <= planned).mean(axis=0), within_share=(live <= plan.timeline.weeks).mean(axis=0))


def contingency(plan: Plan, outlook: Outlook) -> pd.DataFrame:
    """What must be added to the plan's money to be enough in 80 of 100 draws, and to which year it belongs.

    One row per year and one for `after`: plan_idr, at_share_idr, added_idr (their difference, may be negative). The parts are those of the
    draws whose total stands next to the quantile, so they add up to it exactly; quantiles of the parts would not.
    """
    paid = np.concatenate([plan.schedule.paid_idr[0].sum(axis=0), [0]])
    parts = _parts(outlook.total_idr, outlook.by_year_idr)
    index = pd.Index([*outlook.years, "after"], name="year")
    return pd.DataFrame({"plan_idr": paid, "at_share_idr": parts, "added_idr": parts - paid}, index=index)


def parts_of_total(outlook: Outlook) -> pd.DataFrame:
    """Each initiative's part of the total's quantile, dearest first: at_share_idr (with what responses cost under the empty id)."""
    response = outlook.total_idr - outlook.by_group_idr.sum(axis=1)
    parts = _parts(outlook.total_idr, np.column_stack([outlook.by_group_idr, response]))
    made = pd.DataFrame({"at_share_idr": parts}, index=pd.Index([*outlook.groups, ""], name="initiative"))
    return made[made["at_share_idr"] != 0].sort_values("at_share_idr", ascending=False, kind="stable")


def _parts(total_idr: np.ndarray, parts_idr: np.ndarray) -> np.ndarray:
    """Parts (draws, n) of a total as they are where the total is at its quantile, whole rupiah that add up to it."""
    whole = int(quantiles(total_idr, [SURE])[0])
    n, order = len(total_idr), np.argsort(total_idr, kind="stable")
    rank = math.ceil(SURE * n) - 1
    width = max(1, round(NEAR * n))
    near = parts_idr[order[max(0, rank - width) : rank + width + 1]].astype(float).mean(axis=0)
    scaled = near * (whole / near.sum()) if near.sum() else near
    made = np.floor(scaled).astype(np.int64)
    rest = whole - int(made.sum())
    made[np.argsort(made - scaled, kind="stable")[:rest]] += 1
    return made


def joint(outlook: Outlook, costs_idr: np.ndarray, weeks: np.ndarray) -> np.ndarray:
    """Joint confidence: share of draws that cost no more than costs_idr (n,) and finish no later than weeks (m,), shape (n, m)."""
    cost = outlook.total_idr[:, None] <= np.asarray(costs_idr)
    finish = outlook.finish_week[:, None] <= np.asarray(weeks)
    return cost.T.astype(float) @ finish.astype(float) / outlook.draws


def frontier(outlook: Outlook, share: float = 0.7) -> pd.DataFrame:
    """Pairs of finish and money that hold together in `share` of the draws: for each week that draws end in, the least money.

    Columns week, total_idr; money falls as weeks rise, and weeks that save nothing are left out. Empty when too many draws have no date.
    """
    weeks, totals, needed = outlook.finish_week, outlook.total_idr, math.ceil(share * outlook.draws - 1e-9)
    rows, best = [], None
    for week in np.unique(weeks[weeks < outlook.never]).tolist():
        within = totals[weeks <= week]
        if len(within) < needed:
            continue
        least = int(np.partition(within, needed - 1)[needed - 1])
        if best is None or least < best:
            rows.append((week, least))
            best = least
    return pd.DataFrame(rows, columns=["week", "total_idr"])


def rank_correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Spearman's rank correlation of two results over the draws; 0 where one of them never changes."""
    ranks = [pd.Series(values).rank().to_numpy() for values in (one, other)]
    if any(r.std() == 0 for r in ranks):
        return 0.0
    return float(np.corrcoef(*ranks)[0, 1])


def _name(share: float, unit: str) -> str:
    return f"p{round(share * 100)}{unit}"
