"""An impossible problem is explained by demands of which none is spare."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from brute_force import best_by_trying_all, random_problem
from hypothesis import given, settings
from hypothesis import strategies as st

from egov_model.model.conflict import explain, relaxed
from egov_model.model.problem import Payment, Precedence, Problem
from egov_model.model.verify import LATENESS


def desk(packages: int) -> Problem:
    """Packages of one week each that all must start in weeks 4 to 9, at a desk for one; beside them one that is free."""
    count = packages + 1
    return Problem(
        names=tuple(f"package {n + 1}" for n in range(packages)) + ("other",),
        duration=np.ones(count, dtype=np.int64),
        weeks=30,
        resources=("procurement desk",),
        demand=np.ones((count, 1), dtype=np.int64),
        capacity=np.ones((1, 30), dtype=np.int64),
        starts=(((4, 9),),) * packages + (((0, 30),),),
        groups=tuple(f"initiative {n + 1}" for n in range(count)),
        group=np.arange(count),
    )


def test_eight_packages_where_six_are_possible():
    found = explain(desk(8))
    assert found.proven
    assert "weeks 4 to 10: procurement desk 7 in all, 6 possible" in found.sentences
    assert sum(s.endswith("must be placed") for s in found.sentences) == 7  # an eighth is not needed for the conflict
    assert "initiative 9: must be placed" not in found.sentences
    assert explain(desk(6)) is None


def test_a_year_that_cannot_pay():
    amount = np.zeros((31, 2), dtype=np.int64)
    amount[:, 1] = 60
    base = desk(2)
    problem = replace(
        base,
        funds=("dau",),
        years=("2028", "2029"),
        ceiling=np.array([[100, 100]]),
        payments=tuple(Payment(a, 0, amount) for a in range(2)),
    )
    assert explain(problem).sentences == (
        "2029: dau 120 at least, 100 possible",
        "initiative 1: must be placed",
        "initiative 2: must be placed",
    )


def test_ceilings_that_hold_the_whole_but_not_its_parts():
    """Each of two years would pay half of one contract of 150: 200 in all are there, 150 are needed, in one year."""
    amount = np.zeros((31, 2), dtype=np.int64)
    amount[:15, 0], amount[15:, 1] = 150, 150
    problem = replace(
        desk(1),
        starts=(((0, 30),),) * 2,
        funds=("dau",),
        years=("2028", "2029"),
        ceiling=np.array([[100, 100]]),
        payments=(Payment(0, 0, amount),),
        required=np.array([True, False]),
    )
    assert explain(problem).sentences == (
        "dau: 100 in 2028, 100 in 2029 possible; in one of these years at least initiative 1 150",
        "initiative 1: must be placed",
    )


def test_what_a_group_follows_counts_too():
    """Only the second must be placed, but it follows the first: both pay in the one year there is."""
    amount = np.full((31, 1), 60, dtype=np.int64)
    problem = replace(
        desk(2),
        precedences=(Precedence(0, 1),),
        starts=(((0, 30),),) * 3,
        funds=("dau",),
        years=("2028",),
        ceiling=np.array([[100]]),
        payments=tuple(Payment(a, 0, amount) for a in range(2)),
        required=np.array([False, True, False]),
    )
    assert explain(problem).sentences == ("2028: dau 120 at least, 100 possible", "initiative 2: must be placed")


def test_weeks_and_parts_have_the_names_of_the_problem():
    """People in thousandths, weeks by their first day: half a person is asked for where two fifths are; the window is not to blame."""
    problem = replace(
        desk(1),
        demand=np.array([[500], [0]]),
        capacity=np.full((1, 30), 400, dtype=np.int64),
        week_names=tuple(f"day {n}" for n in range(31)),
        parts=1000,
    )
    assert explain(problem).sentences == (
        "day 0 to day 30: procurement desk at most 0.40 at a time, for package 1 0.50",
        "initiative 1: must be placed",
    )


def test_many_share_a_sentence():
    found = explain(replace(desk(12), capacity=np.full((1, 30), 0.0).astype(np.int64) + 1, starts=(((4, 13),),) * 12 + (((0, 30),),)))
    assert found.proven and len(found.demands) == 1 + 11 + 11
    assert [s.split(":")[0] for s in found.sentences] == ["weeks 4 to 14", "start only in their windows", "must be placed"]


def test_no_time_no_answer():
    found = explain(desk(8), limit=0.0)
    assert (found.demands, found.proven) == ((), False)


@settings(max_examples=60)
@given(st.integers(0, 2**31))
def test_all_of_it_is_impossible_and_none_of_it_is_spare(seed):
    problem = random_problem(seed)
    problem = replace(problem, required=np.ones_like(problem.required))
    found = explain(problem)
    assert (found is None) == (best_by_trying_all(problem, LATENESS) is not None)
    if found is None:
        return
    assert found.proven and all(found.sentences)
    kinds = {d.kind for d in found.demands}
    assert len(found.sentences) >= len(kinds)
    assert best_by_trying_all(relaxed(problem, list(found.demands)), LATENESS) is None
    for spared in found.demands:
        assert best_by_trying_all(relaxed(problem, [d for d in found.demands if d != spared]), LATENESS) is not None
