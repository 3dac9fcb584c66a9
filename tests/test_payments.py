"""Payments as lines: never above the table, and below it by no more than the tolerance."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from egov_model.model.payments import pieces


@settings(max_examples=150)
@given(st.integers(0, 2**31), st.sampled_from((0, 3, 50)))
def test_lines_stand_below_the_table_by_no_more_than_the_tolerance(seed, tolerance):
    rng = np.random.default_rng(seed)
    weeks = np.flatnonzero(rng.random(80) < 0.8)
    rows = np.stack([np.where(np.arange(80) < 40, 7 * np.arange(80), 900), rng.integers(0, 3, 80) * (seed % 2)], axis=1)[weeks] * 10
    made = pieces(rows, weeks, tolerance)
    assert np.concatenate([p.weeks for p in made]).tolist() == weeks.tolist() if made else not len(weeks)
    for piece in made:
        exact = rows[np.isin(weeks, piece.weeks)]
        line = piece.base + piece.slope * piece.weeks[:, None]
        assert (line <= exact).all() and (exact <= line + piece.error).all() and (piece.error <= tolerance).all()


def test_two_years_of_running_costs_are_two_lines():
    """52 a week in the first year until week 51, then 30 a week: two pieces, exact."""
    weeks = np.arange(104)
    rows = np.stack([np.maximum(52 - weeks, 0) * 52, np.minimum(104 - weeks, 52) * 30], axis=1)
    made = pieces(rows, weeks, 0)
    assert [(int(p.weeks[0]), int(p.weeks[-1])) for p in made] == [(0, 52), (53, 103)]
    assert [p.slope.tolist() for p in made] == [[-52, 0], [0, -30]]
