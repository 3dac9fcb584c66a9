"""Sums over many draws of the cost, some draws at a time: the cells of all draws never stand in memory together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

import numpy as np

from egov_model.inputs.scenario import PlanInputs
from egov_model.model.drivers import Drivers
from egov_model.model.estimate import Estimate, estimate
from egov_model.model.factors import Factors

DRAWS_AT_A_TIME = 1000


def some_draws(factors: Factors, part: slice) -> Factors:
    """Some of the draws, as views."""
    return replace(factors, **{field.name: getattr(factors, field.name)[part] for field in fields(factors)})


def in_parts(inputs: PlanInputs, drivers: Drivers, factors: Factors, at_a_time: int = DRAWS_AT_A_TIME) -> Iterator[Estimate]:
    """The estimate of every draw in order, `at_a_time` draws in each part."""
    for begin in range(0, factors.draws, at_a_time):
        yield estimate(inputs, drivers, some_draws(factors, slice(begin, begin + at_a_time)))


def year_totals_idr(inputs: PlanInputs, drivers: Drivers, factors: Factors, at_a_time: int = DRAWS_AT_A_TIME) -> np.ndarray:
    """Cost of all lines in scope when all are paid in that year, shape (draws, years), int64: a year's price level, without dates."""
    return np.concatenate([part.amount_idr.sum(axis=1) for part in in_parts(inputs, drivers, factors, at_a_time)])
