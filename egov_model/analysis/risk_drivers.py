"""What drives cost and finish over the draws: activities on the chain that sets the finish, and inputs that the results follow."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from egov_model.analysis.confidence import rank_correlation
from egov_model.analysis.drawn import Outlook
from egov_model.analysis.risk import PART, prepared_of
from egov_model.analysis.sample import sampler
from egov_model.model.compiled_chain import count_on_chain
from egov_model.model.plan import Plan
from egov_model.model.shape import Lists, lists

BINS = 20  # of equal counts, by which an input is told apart


def activity_drivers(plan: Plan, outlook: Outlook) -> pd.DataFrame:
    """One row per promised activity, most critical first: initiative, phase, criticality_share, cruciality.

    `criticality_share`: share, of the draws in which all work has a date, of those in which the activity is on the chain that sets the
    finish (see `count_on_chain`; waits for gates and money belong to the chain). `cruciality`: rank correlation of its duration with the
    finish over the draws in which it has a date; 0 where it never varies.
    """
    before, shares = _links(plan, outlook)
    count = np.zeros(len(outlook.activities), dtype=np.int64)
    arrays = (np.ascontiguousarray(part, dtype=np.int64) for part in (outlook.start, outlook.finish))
    dated = count_on_chain(*arrays, before.at, before.item, shares, count)
    crucial = []
    for a in range(len(outlook.activities)):
        there = outlook.start[:, a] >= 0
        lasts = (outlook.finish[:, a] - outlook.start[:, a])[there]
        crucial.append(rank_correlation(lasts, outlook.finish_week[there]) if there.sum() > 1 else 0.0)
    rows = {
        "initiative": [outlook.groups[g] for g, _ in outlook.activities],
        "phase": [name for _, name in outlook.activities],
        "criticality_share": count / max(1, dated),
        "cruciality": np.array(crucial, dtype=float),
    }
    return pd.DataFrame(rows).sort_values(["criticality_share", "cruciality"], ascending=False, kind="stable", ignore_index=True)


def _links(plan: Plan, outlook: Outlook) -> tuple[Lists, np.ndarray]:
    """What each activity of an outlook follows, and which two need the same role, (activities, activities)."""
    network, of_group = plan.network, [[] for _ in outlook.groups]
    for a, (g, _) in enumerate(outlook.activities):
        of_group[g].append(a)
    at = {network.groups.index(key): n for n, key in enumerate(outlook.groups)}

    def ends(group: int) -> list[int]:
        """Last activities of a group, or what a group without work itself follows."""
        if of_group[at[group]]:
            return of_group[at[group]][-1:]
        return [a for other in network.after[group] for a in ends(other)]

    follows: list[list[int]] = [[] for _ in outlook.activities]
    for group, g in at.items():
        for one, other in zip(of_group[g], of_group[g][1:], strict=False):
            follows[other] = [one]
        if of_group[g]:
            follows[of_group[g][0]] = [a for other in network.after[group] for a in ends(other)]
    demand = network.role_demand[[a for a, (g, _) in enumerate(network.activities) if g in at]] > 0
    return lists(follows), np.ascontiguousarray(demand.astype(np.int64) @ demand.T.astype(np.int64) > 0)


def input_shares(plan: Plan, outlook: Outlook) -> pd.DataFrame:
    r"""How much of cost and finish follows each input alone: input, cost_share, finish_share; the largest of cost first.

    .. math:: \varepsilon^2 = \frac{SS_b - (k - 1) \, SS_w / (n - k)}{SS_b + SS_w}

    Share of variance of the draws' ranks that lies between k classes of an input (Kelley 1935), 0 where chance explains as much: twenty
    classes of a continuous input, of an event (risks.<id>) the number of years in which it came true. Inputs that are drawn together
    share what they explain, so the shares do not add up. The draws of `outlook` (from 0 on) are drawn again for it.
    """
    ranks = [pd.Series(values).rank().to_numpy() for values in (outlook.total_idr, outlook.finish_week)]
    rows = [(name, *(explained(classes, rank) for rank in ranks)) for name, classes in _classes(plan, outlook)]
    made = pd.DataFrame(rows, columns=["input", "cost_share", "finish_share"])
    return made.sort_values("cost_share", ascending=False, kind="stable", ignore_index=True)


def _classes(plan: Plan, outlook: Outlook) -> Iterator[tuple[str, np.ndarray]]:
    """Every input with the class of each draw."""
    drawing = sampler(prepared_of(plan))
    parts = [drawing.sample(outlook.seed, min(PART, outlook.draws - n), n) for n in range(0, outlook.draws, PART)]
    rank, happened = np.concatenate([p.rank for p in parts]), np.concatenate([p.happened.sum(axis=2) for p in parts])
    for n, name in enumerate(parts[0].names):
        yield name, np.minimum((rank[:, n] * BINS).astype(np.int64), BINS - 1)
    for n, risk in enumerate(parts[0].risks):
        yield f"risks.{risk}", happened[:, n]


def explained(classes: np.ndarray, values: np.ndarray) -> float:
    """Share of the variance of values (draws,) that lies between classes (draws,), less what chance would give; at least 0."""
    found, at = np.unique(classes, return_inverse=True)
    k, n = len(found), len(values)
    count = np.bincount(at, minlength=k)
    means = np.bincount(at, weights=values, minlength=k) / count
    between = float((count * (means - values.mean()) ** 2).sum())
    whole = float(((values - values.mean()) ** 2).sum())
    if k < 2 or n <= k or whole == 0:
        return 0.0
    return min(1.0, max(0.0, (between - (k - 1) * (whole - between) / (n - k)) / whole))
