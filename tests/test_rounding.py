"""Whole thousands that add up, by hand and for any cells."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from egov_model.model.rounding import reconciled, rounded_total

tables = st.integers(1, 4).flatmap(
    lambda years: st.lists(st.lists(st.integers(0, 10**10), min_size=years, max_size=years), min_size=1, max_size=12)
)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([1400, 1400, 1400], [2000, 1000, 1000]),  # 4,200 is 4,000: one thousand is missing, and of equals the upper one gets it
        ([600, 2000, 900], [1000, 2000, 1000]),  # 3,500 is 4,000: 600 and 900 lost most
        ([1999, 0, 1], [2000, 0, 0]),
        ([500], [1000]),  # half a thousand goes up
        ([499], [0]),
    ],
)
def test_by_hand(cells, expected):
    assert reconciled(np.array(cells)[:, None])[:, 0].tolist() == expected


@given(tables)
def test_every_year_is_its_exact_total_rounded_once_and_no_cell_moves_a_thousand(rows):
    cells = np.array(rows, dtype=np.int64).reshape(len(rows), -1)
    made = reconciled(cells)
    assert made.sum(axis=0).tolist() == rounded_total(cells.sum(axis=0)).tolist()
    assert (abs(made - cells) < 1000).all() and (made % 1000 == 0).all()
    assert (made[cells % 1000 == 0] == cells[cells % 1000 == 0]).all()


def test_nothing_stays_nothing():
    assert reconciled(np.zeros((0, 3), dtype=np.int64)).shape == (0, 3)


@given(tables)
def test_the_same_again(rows):
    cells = np.array(rows, dtype=np.int64).reshape(len(rows), -1)
    assert np.array_equal(reconciled(cells), reconciled(cells.copy()))


def test_whole_hundreds_add_up_to_the_nearest_hundred():
    assert reconciled(np.array([[140], [140], [140]]), 100)[:, 0].tolist() == [200, 100, 100]  # 420 is 400; in thousands nothing would stay
    assert rounded_total(1450, 100) == 1500 and rounded_total(1449, 100) == 1400


def test_of_many_equals_the_upper_ones_get_what_is_missing():
    made = reconciled(np.full((1000, 1), 1400))[:, 0]  # 1,400,000 of which 1,000 thousands are there
    assert made.tolist() == [2000] * 400 + [1000] * 600
