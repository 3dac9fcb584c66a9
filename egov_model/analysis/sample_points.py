"""Three-point inputs, drawn: the distributions of a scenario as tables, made once, and the factors of any draws."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from scipy.special import ndtr, ndtri

from egov_model.analysis.compiled_points import CELLS, CELLS_U, Z_MOST, fill_points
from egov_model.analysis.distributions import fit
from egov_model.analysis.streams import stream_keys
from egov_model.analysis.uncertain import Uncertain, columns_of, uncertain
from egov_model.inputs.scenario import PlanInputs
from egov_model.inputs.uncertainty import GROUPS, distribution_of, group_matrix
from egov_model.model.factors import Factors, most_likely

SCORES = np.linspace(-Z_MOST, Z_MOST, CELLS + 1)
BY_PERCENTILE = ndtri(np.linspace(0.0, 1.0, CELLS_U + 1))  # infinite at both ends, which nobody looks up


@dataclass(frozen=True)
class Points:
    """What drawing the three-point inputs of a scenario needs.

    `tables` (inputs, CELLS + 1) values at the normal scores `SCORES`, before they are cut off at the input's floor; `common`
    and `own` (inputs,) loadings on the factor of the input's group and on its own stream; `root` (groups, groups) makes correlated
    factors of the groups.
    """

    inputs: Uncertain
    likely: Factors
    tables: np.ndarray
    common: np.ndarray
    own: np.ndarray
    root: np.ndarray


def make_points(inputs: PlanInputs) -> Points:
    """Distributions and correlations of a scenario's three-point inputs, under its settings `distribution` and `correlation`."""
    found = uncertain(inputs)
    tables, percent = np.empty((len(found.names), CELLS + 1)), ndtr(SCORES)
    chosen = [distribution_of(inputs.settings.distribution, group) for group in GROUPS]
    for name in sorted(set(chosen)):
        at = np.flatnonzero([chosen[g] == name for g in found.group])
        tables[at] = fit(name, found.low[at], found.mode[at], found.high[at]).quantile(percent)
    within, root = factor_loadings(np.array(group_matrix(inputs.rows["correlations"], inputs.settings.correlation)))
    common = within[found.group]
    return Points(found, most_likely(inputs), tables, common, np.sqrt(1 - common**2), root)


def factor_loadings(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Loading of an input on its group's factor, shape (groups,), and the symmetric root of the factors' own correlations.

    Of `matrix`, correlations of inputs by group (diagonal: within); a group whose inputs do not go together goes with no other.
    """
    within = np.sqrt(np.diag(matrix))
    both = np.outer(within, within)
    factors = np.divide(matrix, both, out=np.zeros_like(matrix), where=both > 0)
    np.fill_diagonal(factors, 1.0)
    values, vectors = np.linalg.eigh(factors)
    root = (vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T
    return within, root / np.linalg.norm(root, axis=1, keepdims=True)


def draw_points(points: Points, seed: int, draws: int, first: int = 0) -> tuple[Factors, np.ndarray]:
    """Factors of the draws `first` to `first + draws`, and the percentile that each input took, float32 (draws, inputs)."""
    found = points.inputs
    values, rank = np.empty((draws, len(found.names))), np.empty((draws, len(found.names)), dtype=np.float32)
    own_keys, common_keys = stream_keys(seed, found.names), stream_keys(seed, tuple(f"common.{group}" for group in GROUPS))
    loadings = (points.root, found.group, points.common, points.own)
    fill_points(own_keys, common_keys, *loadings, points.tables, found.floor, BY_PERCENTILE, ndtr(SCORES), first, values, rank)
    made = {}
    for field in fields(Factors):
        likely = getattr(points.likely, field.name)
        made[field.name] = np.repeat(likely, draws, axis=0)
        places = columns_of(found, field.name)
        at = [n for n, _ in places]
        if likely.ndim == 1 and at:
            made[field.name][:] = values[:, at[0]]
        elif at:
            made[field.name][:, [column for _, column in places]] = values[:, at]
    return Factors(**made), rank
