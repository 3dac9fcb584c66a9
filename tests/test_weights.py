"""Weights from judgements: Saaty's published examples, and what holds for any judgements."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from egov_model.analysis.weights import RANDOM_INDEX, from_matrix, from_pairs, from_points, group_weights

# Saaty, How to make a decision: the analytic hierarchy process, European Journal of Operational Research 48 (1990) 9-26: buying a house.
HOUSE = ("size", "transport", "neighbourhood", "age", "yard", "facilities", "condition", "financing")
HOUSE_ABOVE = (
    (5, 3, 7, 6, 6, 1 / 3, 1 / 4),
    (1 / 3, 5, 3, 3, 1 / 5, 1 / 7),
    (6, 3, 4, 6, 1 / 5),
    (1 / 3, 1 / 4, 1 / 7, 1 / 8),
    (1 / 2, 1 / 5, 1 / 6),
    (1 / 5, 1 / 6),
    (1 / 2,),
)
HOUSE_WEIGHTS = (0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333)
# Saaty, Decision making with the analytic hierarchy process, International Journal of Services Sciences 1 (2008) 83-98: what people drink.
DRINKS = ("coffee", "wine", "tea", "beer", "sodas", "milk", "water")
DRINKS_ABOVE = (
    (9, 5, 2, 1, 1, 1 / 2),
    (1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9),
    (1 / 3, 1 / 4, 1 / 3, 1 / 9),
    (1 / 2, 1, 1 / 3),
    (2, 1 / 2),
    (1 / 3,),
)
DRINKS_WEIGHTS = (0.177, 0.019, 0.042, 0.116, 0.190, 0.129, 0.327)


def judged(names, above) -> dict[tuple[str, str], float]:
    return {(names[i], names[i + 1 + k]): value for i, row in enumerate(above) for k, value in enumerate(row)}


def test_saatys_house():
    made = from_pairs(judged(HOUSE, HOUSE_ABOVE), HOUSE)
    assert np.round(made.weight, 3) == pytest.approx(HOUSE_WEIGHTS)
    assert (round(made.lambda_max, 3), round(made.index, 3), round(made.ratio, 3)) == (9.669, 0.238, 0.169)
    assert not made.consistent


def test_saatys_drinks():
    made = from_pairs(judged(DRINKS, DRINKS_ABOVE), DRINKS)
    assert np.round(made.weight, 3) == pytest.approx(DRINKS_WEIGHTS)
    assert round(made.ratio, 3) == 0.022 and made.consistent


def test_random_indices_of_saaty_1980():
    assert RANDOM_INDEX[:10] == (0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
    assert len(RANDOM_INDEX) == 15


def test_one_pair_by_hand():
    made = from_pairs({("b", "a"): 3}, ("a", "b"))
    assert made.weight == pytest.approx([0.25, 0.75]) and made.lambda_max == pytest.approx(2)
    assert (made.index, made.ratio, made.worst) == (0, 0, None)


def test_a_circle_by_hand():
    """a over b, b over c, c over a, each twice: equal weights, lambda 1 + 2 + 1/2, so CI = (3.5 - 3) / 2, CR = 0.25 / 0.58."""
    made = from_pairs({("a", "b"): 2, ("b", "c"): 2, ("c", "a"): 2}, ("a", "b", "c"))
    assert made.weight == pytest.approx([1 / 3] * 3)
    assert (made.lambda_max, made.index, made.ratio) == (pytest.approx(3.5), pytest.approx(0.25), pytest.approx(0.25 / 0.58))


def test_the_judgement_to_look_at_again():
    """All say a : b : c : d = 8 : 4 : 2 : 1, but a against d is given as 1/8."""
    said = {("a", "b"): 2, ("a", "c"): 4, ("a", "d"): 1 / 8, ("b", "c"): 2, ("b", "d"): 4, ("c", "d"): 2}
    a, b, value, implied = from_pairs(said, tuple("abcd")).worst
    assert (a, b, value) == (0, 3, 1 / 8) and implied > 1 / 8


def test_points_and_their_mean_by_hand():
    first, second = from_points({"a": 60, "b": 40}, ("a", "b")), from_points({"b": 100, "a": 0}, ("a", "b"))
    assert first.weight == pytest.approx([0.6, 0.4]) and first.consistent and first.worst is None
    assert group_weights([first, second]) == pytest.approx([0.3, 0.7])


positive = st.floats(1 / 9, 9)


@st.composite
def matrices(draw):
    n = draw(st.integers(2, 8))
    matrix = np.eye(n)
    for i in range(n):
        for j in range(i + 1, n):
            matrix[i, j] = draw(positive)
            matrix[j, i] = 1 / matrix[i, j]
    return matrix


@given(matrices())
def test_weights_are_the_principal_eigenvector_and_sum_to_one(matrix):
    made = from_matrix(matrix)
    assert made.weight.sum() == pytest.approx(1) and (made.weight > 0).all()
    assert matrix @ made.weight == pytest.approx(made.lambda_max * made.weight, rel=1e-6)
    assert made.lambda_max == pytest.approx(np.linalg.eigvals(matrix).real.max(), rel=1e-6)  # Perron: the largest is real and simple
    assert made.lambda_max >= len(matrix) and made.ratio >= 0


@given(st.lists(st.floats(0.05, 1), min_size=2, max_size=8))
def test_a_consistent_matrix_gives_its_own_weights_and_no_contradiction(given_weights):
    weight = np.array(given_weights) / sum(given_weights)
    made = from_matrix(weight[:, None] / weight)
    assert made.weight == pytest.approx(weight) and made.ratio == pytest.approx(0, abs=1e-9) and made.worst is None


@given(matrices(), st.randoms(use_true_random=False))
def test_the_order_of_criteria_changes_nothing(matrix, random):
    turn = list(range(len(matrix)))
    random.shuffle(turn)
    made, turned = from_matrix(matrix), from_matrix(matrix[np.ix_(turn, turn)])
    assert turned.weight == pytest.approx(made.weight[turn], rel=1e-9)
    assert turned.ratio == pytest.approx(made.ratio, rel=1e-9, abs=1e-12)


@given(st.lists(st.integers(0, 100), min_size=2, max_size=8).filter(any), st.floats(0.01, 100))
def test_scaling_points_changes_nothing(points, factor):
    names = [f"c{n}" for n in range(len(points))]
    plain = from_points(dict(zip(names, points, strict=True)), names).weight
    assert plain.sum() == pytest.approx(1)
    assert from_points({n: p * factor for n, p in zip(names, points, strict=True)}, names).weight == pytest.approx(plain)


@given(st.lists(st.lists(st.integers(1, 100), min_size=3, max_size=3), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_who_speaks_first_changes_nothing_at_all(groups, random):
    names = ("a", "b", "c")
    heard = [from_points(dict(zip(names, points, strict=True)), names) for points in groups]
    mean = group_weights(heard)
    assert mean.sum() == pytest.approx(1)
    random.shuffle(heard)
    assert group_weights(heard).tolist() == mean.tolist()
