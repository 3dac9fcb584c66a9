"""Shares of a change among its causes, whatever their order (Shapley values), exact or sampled; they add up to the change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import factorial

import numpy as np

EXACT = 8  # players up to which all subsets are looked at
ORDERS = 64  # orders sampled for more, each with its reverse

Worth = Callable[[int], tuple[int, ...]]  # of a set of players, player p being bit p


@dataclass(frozen=True)
class Shares:
    """`shares` (players, quantities) exact fractions that add up to the change; `error` (players, quantities) standard error of each, 0
    when all subsets were looked at (`exact`)."""

    shares: tuple[tuple[Fraction, ...], ...]
    error: np.ndarray
    exact: bool


def shapley(worth: Worth, players: int, seed: int = 0) -> Shares:
    r"""Shares of worth(all) - worth(none) among players, each the mean of what the player adds over all orders in which players may join.

    .. math:: \phi_i = \sum_{S \not\ni i} \frac{|S|! (n - |S| - 1)!}{n!} (v(S \cup i) - v(S))

    Shapley (1953), A value for n-person games. Above EXACT players over ORDERS sampled orders, half of them the reverse of the others
    (Castro, Gomez and Tejada 2009; antithetic pairs: Mitchell et al. 2022); what is added along each order telescopes to the whole change.
    """
    worth = cache(worth)
    if players <= EXACT:
        shares = _all_subsets(worth, players)
        return Shares(shares, np.zeros((players, len(worth(0)))), True)
    random, orders = np.random.default_rng(seed), []
    for _ in range(ORDERS // 2):
        order = random.permutation(players).tolist()
        orders += [order, order[::-1]]
    added = np.array([_along(worth, order) for order in orders], dtype=object)  # (orders, players, quantities) whole numbers
    shares = tuple(tuple(Fraction(int(total), len(orders)) for total in row) for row in added.sum(axis=0))
    pairs = (added[::2] + added[1::2]).astype(float) / 2
    return Shares(shares, pairs.std(axis=0, ddof=1) / np.sqrt(len(pairs)), False)


def whole_numbers(shares: tuple[Fraction, ...]) -> tuple[int, ...]:
    """Shares that add up to a whole number as whole numbers that do too: rounded down, what is left goes to the largest rests, the first
    of equal ones first; a share that is whole stays."""
    down = [share.numerator // share.denominator for share in shares]
    left = int(sum(shares)) - sum(down)
    for n in sorted(range(len(shares)), key=lambda n: (down[n] - shares[n], n))[:left]:
        down[n] += 1
    return tuple(down)


def _all_subsets(worth: Worth, players: int) -> tuple[tuple[Fraction, ...], ...]:
    made = []
    for player in range(players):
        total = [0] * len(worth(0))
        for subset in range(1 << players):
            if not subset >> player & 1:
                size = subset.bit_count()
                weight = factorial(size) * factorial(players - size - 1)
                total = [t + weight * (b - a) for t, a, b in zip(total, worth(subset), worth(subset | 1 << player), strict=True)]
        made.append(tuple(Fraction(t, factorial(players)) for t in total))
    return tuple(made)


def _along(worth: Worth, order: list[int]) -> list[tuple[int, ...]]:
    """What each player adds when they join in this order."""
    added: dict[int, tuple[int, ...]] = {}
    subset, before = 0, worth(0)
    for player in order:
        subset |= 1 << player
        after = worth(subset)
        added[player] = tuple(b - a for a, b in zip(before, after, strict=True))
        before = after
    return [added[player] for player in range(len(order))]
