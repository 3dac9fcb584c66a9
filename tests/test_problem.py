"""What a problem refuses, with the activity and the reason, and its helpers."""

from __future__ import annotations

import numpy as np
import pytest

from egov_model.inputs.errors import InputError
from egov_model.model.problem import Payment, Precedence, Problem, check_problem, earliest_starts
from egov_model.model.verify import violations


def problem(**changes) -> Problem:
    base = {
        "names": ("plan", "buy", "build"),
        "duration": np.array([2, 3, 4]),
        "weeks": 20,
        "precedences": (Precedence(0, 1), Precedence(1, 2, 1)),
        "resources": ("desk",),
        "demand": np.array([[0], [2], [1]]),
        "capacity": np.full((1, 20), 2),
    }
    return Problem(**(base | changes))


def refusal(**changes) -> str:
    with pytest.raises(InputError) as caught:
        check_problem(problem(**changes))
    return str(caught.value)


def test_a_sound_problem_passes():
    check_problem(problem())
    assert earliest_starts(problem()).tolist() == [0, 2, 6]


def test_a_cycle_is_named():
    text = refusal(precedences=(Precedence(0, 1), Precedence(1, 2), Precedence(2, 1)))
    assert "buy -> build -> buy" in text and "circle" in text


def test_a_demand_above_every_week_is_named():
    assert "buy: found 5 of desk; allowed: at most 2 in any week" in refusal(demand=np.array([[0], [5], [1]]))


def test_an_empty_window_is_named():
    assert "build: found 4 weeks; no window leaves it a start week" in refusal(starts=(((0, 9),), ((0, 9),), ((18, 20),)))


def test_a_window_without_people_is_named():
    capacity = np.full((1, 20), 2)
    capacity[:, 5:10] = 0
    text = refusal(capacity=capacity, starts=(((0, 9),), ((4, 8),), ((0, 16),)))
    assert "buy: found 3 weeks; its windows never have the people" in text


def test_a_payment_above_every_ceiling_is_named():
    pay = Payment(2, 0, np.full((21, 1), 9))
    text = refusal(funds=("dau",), years=("2027",), ceiling=np.array([[8]]), payments=(pay,))
    assert "build: found a payment above the ceiling" in text


def test_a_window_that_closes_before_its_turn_is_named():
    assert "build: found no start week left" in refusal(starts=(((0, 9),), ((0, 9),), ((0, 5),)))


def test_all_problems_at_once():
    text = refusal(demand=np.array([[9], [9], [9]]))
    assert all(name in text for name in ("plan", "buy", "build"))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"duration": np.array([2, 3])}, r"duration: found shape \(2,\); allowed: \(3,\)"),
        ({"duration": np.array([2, 3, -1])}, "duration: found a negative number"),
        ({"duration": np.array([2.0, 3, 1])}, "duration: found float64; allowed: whole numbers"),
        ({"precedences": (Precedence(0, 7),)}, "precedences: found 0 -> 7"),
        ({"group": np.array([0, 0, 4])}, "group: found an unknown group"),
        ({"payments": (Payment(9, 0, np.zeros((21, 0), dtype=np.int64)),)}, "payments: found activity 9"),
        ({"starts": (((0, 9),),)}, "starts: found 1 rows; allowed: 3"),
    ],
)
def test_what_does_not_fit_together_is_named(changes, says):
    with pytest.raises(InputError, match=says):
        check_problem(problem(**changes))


def test_a_group_that_may_be_left_out_may_be_hopeless():
    hopeless = problem(demand=np.array([[0], [5], [1]]), required=np.array([False]))
    check_problem(hopeless)
    assert not hopeless.allowed[1].any()


@pytest.mark.parametrize(
    ("starts", "says"),
    [
        ([0, 2, 6], None),
        ([0, 1, 6], "buy: does not wait for plan"),
        ([0, 2, 5], "build: does not wait for buy"),
        ([0, 2, -1], "all: placed in part"),
        ([0, 2, 17], "build: ends in week 21, behind the plan"),
    ],
)
def test_violations(starts, says):
    found = violations(problem(), np.array(starts))
    assert found == [] if says is None else says in found


def test_violations_of_people_and_money():
    both = problem(
        precedences=(), funds=("dau",), years=("2027",), ceiling=np.array([[8]]),
        payments=(Payment(0, 0, np.full((21, 1), 5)), Payment(1, 0, np.full((21, 1), 5))),
    )  # fmt: skip
    found = violations(both, np.array([0, 0, 2]))
    assert found == ["desk: 3 in week 2, 2 possible", "dau 2027: 10, 8 possible"]
