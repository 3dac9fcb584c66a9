"""Whose doubt makes the spread of cost, finish and index: Sobol indices of groups of inputs over the draws of the risk analysis."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace

import numpy as np
import pandas as pd

from egov_model.analysis.drawn import Outlook, Sample
from egov_model.analysis.evaluate_draws import Evaluator, evaluator
from egov_model.analysis.reference import draw_outside
from egov_model.analysis.risk import prepared_of
from egov_model.analysis.sample import Sampler, sampler
from egov_model.analysis.sobol import block_groups, indices
from egov_model.analysis.tornado import COST, FINISH, INDEX
from egov_model.inputs.errors import InputError
from egov_model.inputs.uncertainty import GROUPS
from egov_model.model.plan import Plan

RISKS, OUTSIDE = "risks", "outside"
BASE, LEAST_BASE, MOST_BASE = 1000, 100, 100_000
PART = 500  # draws of a block that are evaluated at a time
EVENTS = ("happened", "running", "longer", "gate_weeks", "people", "ceiling")  # fields of Sample that risks alone make


@dataclass(frozen=True)
class VarianceShares:
    """`frame` has a row for each measure (`on`: cost, finish, index) and group, columns as in `sobol.indices`, the largest total first.

    `base` draws in each of two samples, `evaluations` of the plan in all; `spread`: standard deviation by measure, in rupiah, weeks and
    points of the index.
    """

    base: int
    seed: int
    evaluations: int
    spread: dict[str, float]
    frame: pd.DataFrame


def variance_shares(plan: Plan, base: int = BASE, seed: int | None = None, workers: int = 2) -> VarianceShares:
    """Shares of variance in the draws of `risk.simulate`: those of `first` come from a group alone, those of `total` with its interplay.

    Groups are those of correlations.csv and, where the scenario draws any, the risks and the outside view. Inputs of one group go
    together as they do in the risk analysis; shares of variance need groups that do not, so correlations between two groups are left
    out here. What has no place even in the years after the plan ends in the last week looked at. The same numbers for any number of
    `workers`. Raises InputError for too few or too many draws.
    """
    if not LEAST_BASE <= base <= MOST_BASE:
        raise InputError(f"base samples: found {base}; allowed: {LEAST_BASE} to {MOST_BASE:,}, such as {BASE:,}")
    seed = plan.inputs.settings.seed if seed is None else seed
    sampling, evaluating = _independent(sampler(prepared_of(plan))), evaluator(plan)
    names = _names(sampling)
    jobs = [(block, begin) for block in range(len(names) + 2) for begin in range(0, base, PART)]

    def one(job: tuple[int, int]) -> np.ndarray:
        block, begin = job
        draws, takes = min(PART, base - begin), block_groups(block, len(names))
        first, second = (sampling.sample(seed, draws, at) for at in (begin, base + begin))
        takes = {names[n] for n in takes}
        overruns = [draw_outside(sampling.outside, seed, draws, at)[0][0] for at in (begin, base + begin)]
        return _measured(evaluating, mixed_sample(sampling, first, second, takes, overruns))

    with ThreadPoolExecutor(max(1, workers)) as pool:
        made = list(pool.map(one, jobs))
    outputs = np.concatenate(made, axis=1).reshape(3, len(names) + 2, base)
    frames = [_shares(on, outputs[n], names, seed) for n, on in enumerate((COST, FINISH, INDEX))]
    spread = {on: float(outputs[n, [0, -1]].std()) for n, on in enumerate((COST, FINISH, INDEX))}
    return VarianceShares(base, seed, (len(names) + 2) * base, spread, pd.concat(frames, ignore_index=True))


def mixed_sample(sampling: Sampler, first: Sample, second: Sample, takes: set[str], overruns: list[np.ndarray]) -> Sample:
    """The first sample, with the inputs of the groups it `takes` from the second, draw by draw.

    `overruns`: factors on cost that the outside view drew in both, each (draws, groups of `Outside`); needed where risks or it are taken.
    """
    found, factors = sampling.points.inputs, {}
    for field in fields(first.factors):
        mine, other = getattr(first.factors, field.name), getattr(second.factors, field.name)
        columns = [int(c) for f, c, g in zip(found.field, found.column, found.group, strict=True) if f == field.name and GROUPS[g] in takes]
        if columns:
            mine = mine.copy()
            at = ... if mine.ndim == 1 else (slice(None), columns)
            mine[at] = other[at]
        factors[field.name] = mine
    made = replace(first, factors=replace(first.factors, **factors))
    if RISKS in takes:
        made = replace(made, cost=second.cost, **{name: getattr(second, name) for name in EVENTS})
    if OUTSIDE in takes:
        made = replace(made, weeks=second.weeks)
    if len(takes & {RISKS, OUTSIDE}) == 1:  # cost is a product of what both drew
        cost = made.cost.copy()
        out, into = overruns if OUTSIDE in takes else overruns[::-1]
        cost[:, sampling.outside.groups] *= (into / out)[:, :, None]
        made = replace(made, cost=cost)
    return made


def _independent(sampling: Sampler) -> Sampler:
    """The same distributions and correlations within groups, none between them."""
    return replace(sampling, points=replace(sampling.points, root=np.eye(len(GROUPS))))


def _names(sampling: Sampler) -> list[str]:
    """Groups with an input, in the order of `GROUPS`; risks and the outside view where the draws have any."""
    present = set(sampling.points.inputs.group.tolist())
    more = [(RISKS, bool(sampling.events.risks)), (OUTSIDE, bool(len(sampling.outside.groups)))]
    return [name for n, name in enumerate(GROUPS) if n in present] + [name for name, there in more if there]


def _measured(evaluating: Evaluator, sample: Sample) -> np.ndarray:
    """Cost, finish and index of the draws, shape (3, draws); the index of the last scored year, 0 where none is."""
    made: Outlook = evaluating.evaluate(sample)
    index = made.index[:, -1] if made.index.shape[1] else np.zeros(made.draws)
    return np.stack([made.total_idr.astype(float), made.finish_week.astype(float), index])


def _shares(on: str, outputs: np.ndarray, names: list[str], seed: int) -> pd.DataFrame:
    frame = indices(outputs, names, seed).sort_values(["total", "group"], ascending=[False, True])
    return frame.assign(on=on)[["on", *frame.columns]]
