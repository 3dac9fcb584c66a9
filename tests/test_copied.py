"""Copies are whole, leave their source alone, and go into part of another array as well."""

from __future__ import annotations

import numpy as np

from egov_model.model.copied import copy, copy_table


def test_a_list_is_copied_into_its_place_alone():
    source, into = np.array([3, 1, 2]), np.full(5, -1)
    copy(source, into[1:4])
    assert into.tolist() == [-1, 3, 1, 2, -1] and source.tolist() == [3, 1, 2]
    copy(source[:0], into[:0])
    assert into.tolist() == [-1, 3, 1, 2, -1]


def test_a_table_is_copied_into_its_place_alone():
    source, into = np.arange(6.0).reshape(2, 3), np.zeros((2, 2, 3))
    copy_table(source, into[1])
    assert (into[1] == source).all() and not into[0].any() and (source == np.arange(6.0).reshape(2, 3)).all()
