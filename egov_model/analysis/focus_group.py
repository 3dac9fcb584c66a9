"""What a focus group's weights make of a plan: ranking of the initiatives that are open, its spread, and what fits the ceilings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from egov_model.analysis.criteria import criterion_values, on_one_scale, unhindered
from egov_model.analysis.weights import Weights, from_pairs, from_points, group_weights
from egov_model.inputs.focus_group import FOLDER, Group, load_group, undecided
from egov_model.inputs.place import PROJECT_DATA
from egov_model.model.plan import Plan
from egov_model.model.schedule import place, priority_order

ALL, MOST, SOME, NONE = "all", "most", "some", "none"  # under whose weights an initiative is in: everybody's, of more than half, of fewer
PAIRS, POINTS = "pairs", "points"  # how a participant judged
WORTH_DECIMALS = 12  # beyond these two initiatives are worth the same


@dataclass(frozen=True)
class Outcome:
    """A group's judgements on a plan. Rows of arrays are participants in file order; `ranks` and `worth` (participants, initiatives).

    `initiatives` are those that are open (see inputs.focus_group.undecided) and in the plan's scope; `values` and `scaled` are theirs by
    criterion. `placed` (participants + 1, groups) tells which groups of the plan fit; its last row, like `group_worth` and `group_ranks`,
    is that of the group's mean weights. `paid_idr` (participants + 1,).
    """

    plan: Plan
    group: Group
    weights: Mapping[str, Weights]
    shared: np.ndarray
    initiatives: tuple[str, ...]
    values: pd.DataFrame
    scaled: pd.DataFrame
    worth: np.ndarray
    group_worth: np.ndarray
    ranks: np.ndarray
    group_ranks: np.ndarray
    placed: np.ndarray
    paid_idr: np.ndarray

    @cached_property
    def alike(self) -> tuple[str, ...]:
        """Criteria by which the open initiatives do not differ, so that their weight decides nothing."""
        return tuple(key for key in self.scaled.columns if self.initiatives and not self.scaled[key].any())

    @cached_property
    def weight_frame(self) -> pd.DataFrame:
        """One row per criterion: criterion, weight (of the group), low and high (of participants), then one column per participant."""
        own = {key: w.weight for key, w in self.weights.items()}
        spread = np.array(list(own.values()))
        head = {"criterion": list(self.group.criteria), "weight": self.shared, "low": spread.min(axis=0), "high": spread.max(axis=0)}
        return pd.DataFrame({**head, **own}).round(WORTH_DECIMALS)

    @cached_property
    def judgement_frame(self) -> pd.DataFrame:
        """One row per participant: participant, example, method (pairs, points), lambda_max, consistency_index, consistency_ratio,
        consistent; criterion_a, criterion_b, judged and implied of the judgement that contradicts the others most ("" and NaN when none
        does); placed (open initiatives that fit), total_idr (of the whole plan)."""
        criteria, rows = list(self.group.criteria), []
        open_at = self._at()
        for n, (key, w) in enumerate(self.weights.items()):
            a, b, judged, implied = w.worst if w.worst else (-1, -1, np.nan, np.nan)
            method = PAIRS if key in self.group.pairs else POINTS
            names = (criteria[a], criteria[b]) if w.worst else ("", "")
            fits = int(self.placed[n, open_at].sum())
            numbers = (round(w.lambda_max, 9), round(w.index, 9), round(w.ratio, 9), w.consistent, *names, judged, round(implied, 9))
            rows.append((key, self.group.participants[key].example, method, *numbers, fits, int(self.paid_idr[n])))
        columns = [
            "participant", "example", "method", "lambda_max", "consistency_index", "consistency_ratio", "consistent", "criterion_a",
            "criterion_b", "judged", "implied", "placed", "total_idr",
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=columns)

    @cached_property
    def ranking(self) -> pd.DataFrame:
        """One row per open initiative, best first: initiative, rank and worth (0 to 1; of the group's weights), rank_min, rank_q1,
        rank_median, rank_q3, rank_max (over participants), in_for (participants under whose weights it fits), participants, verdict
        (all, most, some, none), in_group (fits under the group's weights), in_plan (has a place in the plan as it is)."""
        quarters = np.percentile(self.ranks, [0, 25, 50, 75, 100], axis=0) if self.initiatives else np.zeros((5, 0))
        people, open_at = len(self.weights), self._at()
        fits = self.placed[:-1, open_at].sum(axis=0)
        frame = {
            "initiative": list(self.initiatives), "rank": self.group_ranks, "worth": np.round(self.group_worth, WORTH_DECIMALS),
            "rank_min": quarters[0].astype(np.int64), "rank_q1": quarters[1], "rank_median": quarters[2], "rank_q3": quarters[3],
            "rank_max": quarters[4].astype(np.int64), "in_for": fits, "participants": people,
            "verdict": [_verdict(n, people) for n in fits], "in_group": self.placed[-1, open_at],
            "in_plan": self.plan.schedule.live[0, open_at] >= 0,
        }  # fmt: skip
        return pd.DataFrame(frame).sort_values("rank").reset_index(drop=True)

    def _at(self) -> list[int]:
        return [self.plan.network.groups.index(key) for key in self.initiatives]


def focus_group(plan: Plan, data: Path | str = "") -> Outcome | None:
    """What the group in the data pack's folder `fgd` makes of a plan; None when there is none.

    Raises `InputError` with every problem of its files.
    """
    folder = (Path(data).resolve() if data else PROJECT_DATA) / FOLDER
    return hear(plan, load_group(folder, plan.inputs)) if folder.is_dir() else None


def hear(plan: Plan, group: Group) -> Outcome:
    """Rank the open initiatives under each participant's weights and the group's, and place each ranking under the plan's ceilings.

    What is mandatory, or needed by what is, comes first in the plan's own order; then the open ones by rank, each behind those it must
    follow. What does not fit is passed over, and the next one is tried.
    """
    criteria = list(group.criteria)
    weights = {
        key: from_pairs(group.pairs[key], criteria) if key in group.pairs else from_points(group.points[key], criteria)
        for key in group.participants
    }
    shared = group_weights(list(weights.values()))
    still_open = set(undecided(plan.inputs))
    initiatives = tuple(key for key in plan.network.groups if key in still_open)
    values = criterion_values(plan, unhindered(plan), group, initiatives)
    scaled = on_one_scale(values, group)
    each = np.array([*(w.weight for w in weights.values()), shared])
    worth = (each[:, None, :] * scaled.to_numpy()).sum(axis=2)  # (participants + 1, initiatives)
    ranks = np.array([_ranks(row, plan, initiatives) for row in worth]).reshape(worth.shape)
    orders = np.array([_order(plan, initiatives, row) for row in ranks])
    draws = len(orders)
    amounts = np.repeat(plan.estimate.amount_idr[:1], draws, axis=0)
    network = replace(plan.network, ceiling_idr=plan.network.ceiling_idr[:1])
    made = place(network, orders, np.repeat(plan.duration_weeks[:1], draws, axis=0), amounts)
    heard = (worth[:-1], worth[-1], ranks[:-1], ranks[-1])
    return Outcome(plan, group, weights, shared, initiatives, values, scaled, *heard, made.live >= 0, made.paid_idr.sum(axis=(1, 2)))


def consistent_only(outcome: Outcome) -> Outcome | None:
    """The same heard from those alone whose judgements Saaty would accept; None when nobody's are."""
    group = outcome.group
    kept = {key: row for key, row in group.participants.items() if outcome.weights[key].consistent}
    return hear(outcome.plan, replace(group, participants=kept)) if kept else None


def _ranks(worth: np.ndarray, plan: Plan, initiatives: tuple[str, ...]) -> np.ndarray:
    """Rank of each initiative from 1; of two that are worth the same, the one the plan gives priority comes first."""
    at = [plan.network.groups.index(key) for key in initiatives]
    best_first = np.lexsort((at, plan.network.priority[at], -np.round(worth, WORTH_DECIMALS)))
    made = np.empty(len(initiatives), dtype=np.int64)
    made[best_first] = np.arange(1, len(initiatives) + 1)
    return made


def _order(plan: Plan, initiatives: tuple[str, ...], ranks: np.ndarray) -> np.ndarray:
    """Groups in the order of placing, shape (groups,)."""
    groups = plan.network.groups
    turn = np.empty(len(groups), dtype=np.int64)
    turn[plan.order] = np.arange(len(groups))
    turn[[groups.index(key) for key in initiatives]] = len(groups) + ranks
    return priority_order(replace(plan.network, priority=turn))


def _verdict(count: int, people: int) -> str:
    return ALL if count == people else NONE if not count else MOST if 2 * count > people else SOME
