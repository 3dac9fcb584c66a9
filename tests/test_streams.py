"""Streams: each draw is the same whatever is drawn beside it, and every batch is a Latin hypercube."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from egov_model.analysis.streams import BATCH, percentiles, stream_keys

NAMES = ("prices.laptop.mode", "phases.beli.build.mode", "common.prices")


def test_every_part_of_a_batch_is_taken_once():
    made = percentiles(7, NAMES, 3 * BATCH)
    for batch in range(3):
        parts = np.floor(made[batch * BATCH : (batch + 1) * BATCH] * BATCH).astype(int)
        assert (np.sort(parts, axis=0) == np.arange(BATCH)[:, None]).all()


def test_percentiles_lie_strictly_between_0_and_1():
    made = percentiles(7, NAMES, 5000)
    assert made.min() > 0 and made.max() < 1


@given(st.integers(0, 2000), st.integers(1, 1300))
def test_a_draw_is_the_same_in_any_part(first, draws):
    whole = percentiles(3, NAMES, 3300)
    assert (percentiles(3, NAMES, draws, first) == whole[first : first + draws]).all()


def test_another_name_changes_no_other_stream():
    alone, among = percentiles(3, NAMES[:1], 600), percentiles(3, ("new", *NAMES[::-1]), 600)
    assert (alone[:, 0] == among[:, 3]).all()


def test_names_and_seeds_give_streams_of_their_own():
    made = np.column_stack([percentiles(3, NAMES, 2000), percentiles(4, NAMES, 2000)])
    correlations = np.corrcoef(made.T)[np.triu_indices(6, 1)]
    assert np.abs(correlations).max() < 4 / np.sqrt(2000)


def test_two_streams_fill_the_square_evenly():
    """Chi-squared of 2 x 10,000 draws on a grid of 10 x 10: 81 degrees of freedom, both margins being fixed."""
    x, y = percentiles(11, ("a", "b"), 10_000).T
    counts = np.histogram2d(x, y, bins=10, range=[[0, 1], [0, 1]])[0]
    assert 0.001 < stats.chi2(81).sf(((counts - 100) ** 2 / 100).sum()) < 0.999


def test_points_within_a_part_are_uniform():
    made = percentiles(5, NAMES, 5000) * BATCH % 1
    assert stats.kstest(made.ravel(), "uniform").pvalue > 0.001


def test_keys_are_those_of_the_published_hash():
    """`printf 1/a | b2sum -l 64` prints these eight bytes."""
    assert int(stream_keys(1, ("a",))[0]).to_bytes(8, "little").hex() == "a96be28aaeced097"


@pytest.mark.parametrize("draws", [1, BATCH - 1, BATCH, BATCH + 1])
def test_any_number_of_draws(draws):
    assert percentiles(1, NAMES, draws).shape == (draws, 3)
