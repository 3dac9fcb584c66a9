"""What a stream of benefits is worth against a stream of costs: present value, ratio, payback."""

from __future__ import annotations

import numpy as np


def present_value_idr(amounts_idr: np.ndarray, rate: np.ndarray | float) -> np.ndarray:
    """Worth in the first year of amounts by year (last axis, the first year not discounted): sum of amount / (1 + rate)^n."""
    years = np.arange(np.shape(amounts_idr)[-1])
    return (np.asarray(amounts_idr, dtype=float) / (1 + np.asarray(rate, dtype=float)[..., None]) ** years).sum(axis=-1)


def benefit_cost_ratio(benefits_idr: np.ndarray, costs_idr: np.ndarray, rate: np.ndarray | float) -> np.ndarray:
    """Present value of benefits over that of costs, by year on the last axis; not a number where nothing is spent."""
    gain, cost = present_value_idr(benefits_idr, rate), present_value_idr(costs_idr, rate)
    return np.divide(gain, cost, out=np.full(np.broadcast(gain, cost).shape, np.nan), where=cost > 0)


def payback_year(net_idr: np.ndarray) -> np.ndarray:
    """Index of the first year (last axis) from which the running sum of net benefits never falls below 0 again; -1 when there is none."""
    short = np.cumsum(net_idr, axis=-1) < 0
    years = short.shape[-1]
    last_short = np.where(short.any(axis=-1), years - 1 - np.argmax(short[..., ::-1], axis=-1), -1)
    return np.where(last_short == years - 1, -1, last_short + 1)


def real_idr(amounts_idr: np.ndarray, years: np.ndarray, inflation_rate: np.ndarray | float, base_year: int) -> np.ndarray:
    """Amounts of each year (last axis) at prices of `base_year`, by general inflation."""
    level = (1 + np.asarray(inflation_rate, dtype=float)[..., None]) ** (np.asarray(years) - base_year)
    return np.asarray(amounts_idr, dtype=float) / level
