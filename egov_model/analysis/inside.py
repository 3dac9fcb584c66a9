"""The inside view of each initiative as it stands alone: how far its three-point inputs and its risks spread its cost and its duration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from egov_model.analysis.sample_events import EventFactors
from egov_model.model.estimate import estimate
from egov_model.model.factors import Factors, most_likely
from egov_model.model.network import durations_weeks
from egov_model.model.prepare import Prepared


@dataclass(frozen=True)
class Inside:
    """Logarithm of an initiative's cost paid once and of the sum of its durations over their most likely values: `median` and `spread`.

    Both of shape (2, groups), cost and weeks; the spread is the distance of P10 and P90 in standard deviations of a normal distribution.
    An initiative without such money, or without work, has 0.
    """

    median: np.ndarray
    spread: np.ndarray


def inside_view(prepared: Prepared, factors: Factors, events: EventFactors) -> Inside:
    """The inside view from some draws of the three-point inputs and of the risks' events, at prices of the plan's first year."""
    once, weeks = _once_and_weeks(prepared, factors)
    likely_once, likely_weeks = _once_and_weeks(prepared, most_likely(prepared.inputs))
    owner = np.array([group for group, _ in prepared.network.activities], dtype=np.int64)
    longer = _by_group(events.longer.transpose(0, 2, 1).astype(float), owner, len(prepared.network.groups))  # (draws, years, groups)
    cost = once[:, None, :] * events.cost.transpose(0, 2, 1)
    made = [_quantiles(cost, likely_once[0]), _quantiles(weeks[:, None, :] + longer, likely_weeks[0])]
    return Inside(np.array([m for m, _ in made]), np.array([s for _, s in made]))


def _once_and_weeks(prepared: Prepared, factors: Factors) -> tuple[np.ndarray, np.ndarray]:
    """Money paid once and weeks of work of each group, each of shape (draws, groups)."""
    inputs, network, groups = prepared.inputs, prepared.network, len(prepared.network.groups)
    costs = estimate(inputs, prepared.drivers, factors)
    weeks = durations_weeks(inputs, prepared.drivers, network, costs, factors)
    owner = np.array([group for group, _ in network.activities], dtype=np.int64)
    once = np.flatnonzero(network.line_activity >= 0)
    return _by_group(costs.amount_idr[:, once, 0].astype(float), network.line_group[once], groups), _by_group(
        weeks.astype(float), owner, groups
    )


def _by_group(values: np.ndarray, owner: np.ndarray, groups: int) -> np.ndarray:
    """Sums over the last axis by owner."""
    made = np.zeros((*values.shape[:-1], groups))
    for n, group in enumerate(owner.tolist()):
        made[..., group] += values[..., n]
    return made


def _quantiles(values: np.ndarray, likely: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Median and spread (groups,) of log(value / likely), of values (draws, years, groups)."""
    draws, years, groups = values.shape
    flat = values.reshape(draws * years, groups)
    there = (likely > 0) & (flat > 0).all(axis=0)
    ratio = np.divide(flat, likely, out=np.ones_like(flat), where=there)
    low, middle, high = np.quantile(np.log(ratio), [0.1, 0.5, 0.9], axis=0)
    return middle, (high - low) / (2 * ndtri(0.9))
