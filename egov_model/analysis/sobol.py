"""First and total Sobol indices of groups of inputs, by SALib, from a model evaluated in blocks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

CONFIDENCE = 0.95
RESAMPLES = 200


def block_groups(block: int, groups: int) -> frozenset[int]:
    """Which groups take the second sample in a block: none in block 0, group k - 1 alone in block k, all of them in the last one."""
    return frozenset(range(groups)) if block > groups else frozenset([block - 1] if block else [])


def mixed(first: np.ndarray, second: np.ndarray, group: np.ndarray, block: int, groups: int) -> np.ndarray:
    """One block of inputs (base, columns): columns whose `group` (columns,) takes the second sample from it, the others from the first."""
    takes = np.isin(group, sorted(block_groups(block, groups)))
    return np.where(takes, second, first)


def indices(outputs: np.ndarray, names: Sequence[str], seed: int = 1) -> pd.DataFrame:
    r"""Indices of a model's outputs, shape (groups + 2, base): a row for each block of two independent samples (see `block_groups`).

    .. math:: S_k = \frac{V[E(Y \mid X_k)]}{V(Y)}, \qquad S^T_k = 1 - \frac{V[E(Y \mid X_{\sim k})]}{V(Y)}

    The estimators are those of Saltelli et al. 2010 (Computer Physics Communications 181, 259-270) as SALib has them, the intervals the
    bootstrap's. Columns: group, first, first_half, total, total_half (half the width of the 95 % interval); rows in the order of `names`.
    A model that does not move in either sample has only zeros.
    """
    from SALib.analyze import sobol

    if outputs.shape[0] != len(names) + 2:
        raise ValueError(f"{outputs.shape[0]} blocks of {len(names)} groups: expected {len(names) + 2}")
    columns = ["first", "first_half", "total", "total_half"]
    if np.ptp(outputs[[0, -1]]) == 0:  # the two samples themselves, in which variance is measured
        return pd.DataFrame(0.0, index=range(len(names)), columns=columns).assign(group=list(names))[["group", *columns]]
    centred = outputs.astype(float) - outputs.mean()
    problem = {"num_vars": len(names), "names": list(names)}
    asked = {"calc_second_order": False, "num_resamples": RESAMPLES, "conf_level": CONFIDENCE}
    scaled = (centred / np.abs(centred).max()).T.ravel()
    found = sobol.analyze(problem, scaled, **asked, seed=1 + abs(seed))  # to SALib, 0 means none
    made = {"first": found["S1"], "first_half": found["S1_conf"], "total": found["ST"], "total_half": found["ST_conf"]}
    return pd.DataFrame({"group": list(names), **made})
