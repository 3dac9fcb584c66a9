"""Normal scores of percentiles: Wichura's algorithm and its table against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from egov_model.analysis.compiled_points import CELLS_U, looked_up, normal_score

U = np.concatenate([np.logspace(-300, -3, 60), np.linspace(0.001, 0.999, 997), 1 - np.logspace(-15, -3, 30)])


def test_normal_score_equals_the_published_function():
    assert [normal_score(u) for u in U] == pytest.approx(ndtri(U).tolist(), rel=1e-13, abs=1e-13)


def test_table_of_scores_is_near_enough():
    scores = ndtri(np.linspace(0, 1, CELLS_U + 1))
    assert [looked_up(u, scores) for u in U] == pytest.approx(ndtri(U).tolist(), rel=1e-13, abs=3e-6)
