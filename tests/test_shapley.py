"""Shares among causes: games whose Shapley values are published or worked by hand, and what must hold of every game."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egov_model.analysis.shapley import EXACT, shapley, whole_numbers


def members(subset: int, players: int) -> set[int]:
    return {p for p in range(players) if subset >> p & 1}


def first(found) -> list[Fraction]:
    return [row[0] for row in found.shares]


def test_the_glove_game():
    """Two left gloves and one right one make one pair: a sixth, a sixth, two thirds (Shapley and Shubik)."""

    def worth(subset):
        return (60 * int(2 in members(subset, 3) and bool(members(subset, 3) & {0, 1})),)

    found = shapley(worth, 3)
    assert first(found) == [10, 10, 40] and found.exact and not found.error.any()


def test_the_airport_game():
    """A runway for the largest of those who land: each stretch is shared by those who need it (Littlechild and Owen 1973)."""
    needs = [8, 11, 13, 18]
    found = shapley(lambda s: (max((needs[p] for p in members(s, 4)), default=0),), 4)
    assert first(found) == [2, 3, 4, 9]


def test_two_quantities_at_once_and_what_is_there_before():
    found = shapley(lambda s: (7 + 3 * s.bit_count(), -s), 2)
    assert found.shares == ((3, -1), (3, -2))


def test_nobody_changes_nothing():
    assert shapley(lambda s: (5,), 0).shares == ()


games = st.integers(1, 4).flatmap(
    lambda n: st.tuples(st.just(n), st.lists(st.integers(-(10**12), 10**12), min_size=1 << n, max_size=1 << n))
)


@given(games)
def test_shares_add_up_and_no_player_is_told_from_an_equal_one(game):
    players, values = game
    shares = first(shapley(lambda s: (values[s],), players))
    assert sum(shares) == values[-1] - values[0]
    assert sum(whole_numbers(tuple(shares))) == values[-1] - values[0]
    turned = first(shapley(lambda s: (values[sum(1 << (players - 1 - p) for p in members(s, players))],), players))
    assert turned == shares[::-1]


@given(games)
def test_a_player_who_adds_nothing_gets_nothing(game):
    players, values = game
    found = first(shapley(lambda s: (values[s & (1 << players) - 1],), players + 1))
    assert found[:-1] == first(shapley(lambda s: (values[s],), players)) and found[-1] == 0
    assert whole_numbers(tuple(found))[-1] == 0


def test_rests_go_to_the_largest_and_the_first():
    third = Fraction(1, 3)
    assert whole_numbers((third, third, third)) == (1, 0, 0)
    assert whole_numbers((Fraction(3, 2), Fraction(-5, 2), Fraction(0))) == (2, -3, 0)
    assert whole_numbers((Fraction(1, 4), Fraction(3, 4), Fraction(-1))) == (0, 1, -1)
    assert whole_numbers(()) == ()


@settings(max_examples=20)
@given(st.lists(st.integers(-(10**9), 10**9), min_size=EXACT + 1, max_size=12), st.integers(0, 3))
def test_sampled_shares_of_what_only_adds_are_exact(adds, seed):
    found = shapley(lambda s: (sum(adds[p] for p in members(s, len(adds))),), len(adds), seed)
    assert not found.exact and first(found) == adds and found.error == pytest.approx(0, abs=1e-3)


def test_sampled_shares_are_as_near_as_their_standard_error_says():
    """A square of the number who joined, weighted: phi_i = w_i * sum(w), so the exact answer is known for any number of players."""
    weights = list(range(1, 11))
    exact = [w * sum(weights) for w in weights]
    found = shapley(lambda s: (sum(weights[p] for p in members(s, 10)) ** 2,), 10, seed=3)
    assert sum(first(found)) == sum(weights) ** 2
    off = np.array([float(share) - e for share, e in zip(first(found), exact, strict=True)])
    assert (np.abs(off) <= 4 * found.error[:, 0] + 1e-9).all()
    again = shapley(lambda s: (sum(weights[p] for p in members(s, 10)) ** 2,), 10, seed=3)
    assert again.shares == found.shares and (again.error == found.error).all()


def test_sampled_players_who_adds_nothing_gets_nothing():
    found = shapley(lambda s: ((s & 0x1FF).bit_count() ** 3,), 10)
    assert first(found)[-1] == 0 and found.error[-1, 0] == 0
