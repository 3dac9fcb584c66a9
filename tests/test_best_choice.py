"""The choice that `place` makes against the best of all schedules, and required groups that cannot all be placed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from portfolio_samples import random_worth
from test_choose_order import beginning, choices
from test_schedule import hand, problems

from egov_model.model.best_choice import best_choice
from egov_model.model.from_network import from_network, starts_of
from egov_model.model.optimise import OPTIMAL
from egov_model.model.schedule import place, priority_order
from egov_model.model.verify import violations
from egov_model.model.worth import Gain, Worth, worth_of


@settings(max_examples=15)
@given(problems(), st.integers(0, 10**6))
def test_no_choice_that_place_can_make_exceeds_what_is_proven(made, seed):
    network, duration, amount = made
    problem = from_network(network, duration[0], amount[0])
    worth = random_worth(np.random.default_rng(seed), problem)
    first = beginning(network, problem, priority_order(network))
    found = best_choice(network, problem, worth, first, duration[0], amount[0], 500, 3)
    assert found.placed.value == worth_of(worth, problem, found.placed.starts) <= found.proven.value <= found.proven.bound
    assert violations(problem, found.placed.starts) == [] == violations(problem, found.proven.starts)
    if len(network.groups) <= 3:
        best = max(worth_of(worth, problem, starts_of(network, place(network, o, duration[:1], amount[:1]))) for o in choices(network))
        assert best <= found.proven.bound


def test_what_cannot_all_be_placed_is_named_and_proven():
    """Three required contracts of 60, money for two: one lacks its place, and the worth of the third decides which."""
    network, duration, amount = hand([(10, 60)], [(10, 60)], [(10, 60)], ceiling=(60, 60))
    problem = from_network(network, duration[0], amount[0], required=("g0", "g1", "g2"))
    worth = Worth((Gain(4, ((2, problem.weeks),)),))
    found = best_choice(network, problem, worth, beginning(network, problem, [0, 1, 2]), duration[0], amount[0], 200, 20)
    assert len(found.lacking) == 1 and found.lacking != (2,) and found.lacking_proven
    assert (found.proven.status, found.placed.value, found.gap) == (OPTIMAL, 4, 0.0)


def test_what_stands_gives_way_to_no_two_others():
    """One required contract of 120 that stands, two of 60: money for 120. Without standing the two would count more than the one."""
    network, duration, amount = hand([(10, 120)], [(10, 60)], [(10, 60)], ceiling=(120, 0))
    problem = from_network(network, duration[0], amount[0], required=("g0", "g1", "g2"))
    for standing, lacking in ((False, (0,)), (True, (1, 2))):
        asked = replace(problem, standing=np.array([standing, False, False]))
        found = best_choice(network, asked, Worth(()), beginning(network, asked, [0, 1, 2]), duration[0], amount[0], 200, 20)
        assert found.lacking == lacking and found.lacking_proven


def test_a_schedule_that_is_known_is_never_lost():
    network, duration, amount = hand([(10, 60)], [(10, 60)], ceiling=(60, 0))
    problem = from_network(network, duration[0], amount[0])
    worth = Worth((Gain(2, ((0, problem.weeks),)), Gain(3, ((1, problem.weeks),))))
    known = starts_of(network, place(network, np.array([1, 0]), duration[:1], amount[:1]))
    found = best_choice(network, problem, worth, beginning(network, problem, [0, 1]), duration[0], amount[0], 0, 0.0, known=known)
    assert found.proven.value == 3 == found.placed.value
