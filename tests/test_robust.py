"""Who is best where, how far the others are, and who is worse in everything: small tables by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_samples import edge

from egov_model.analysis.compare import headline
from egov_model.analysis.robust import CRITERIA, Scores, criteria, dominated, regret, regret_frame, scores

NAN = float("nan")


def table(*draws: list[tuple[float, ...]]) -> Scores:
    """Scenarios a, b, ... with (cost, finish, index); initiatives, services and villages are the same for all."""
    return Scores(tuple("abcd"[: len(draws[0])]), np.array([[(*row, 1, 1, 1) for row in draw] for draw in draws], dtype=float))


def test_what_a_plan_is_judged_by():
    plan = edge("as it is")
    found = criteria(plan)
    assert list(found) == list(CRITERIA)
    h = headline(plan)
    assert (found["total_idr"], found["finish"], found["initiatives"]) == (h.total_idr, h.finish, 3)
    assert (found["services"], found["villages"]) == (2, 3), (
        "the application and the offices' link are live, and the tools reach 3 villages"
    )
    none = criteria(edge("nothing fits"))
    assert (none["total_idr"], none["finish"], none["services"], none["villages"]) == (0, None, 0, 0)


def test_dates_and_what_is_missing_become_numbers():
    row = {"total_idr": 5, "finish": date(2027, 1, 2), "index": None, "initiatives": 1, "services": 2, "villages": 3}
    (values,) = scores({"a": row}).values[0]
    assert values[:2].tolist() == [5, date(2027, 1, 2).toordinal()] and np.isnan(values[2]) and values[3:].tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("a", "b", "worse"),
    [
        ((10, 5, 3), (11, 5, 3), True),
        ((10, 5, 3), (10, 6, 2), True),
        ((10, 5, 3), (10, 5, 3), False),
        ((10, 5, 3), (9, 6, 3), False),
        ((10, NAN, 3), (11, NAN, 3), True),
        ((10, NAN, 3), (11, 5, 3), False),
    ],
)
def test_dominated_is_no_better_in_anything_and_worse_in_something(a, b, worse):
    found = dominated(table([a, b]))[0]
    assert found.tolist() == [[False, False], [worse, False]]


def test_regret_is_the_distance_to_the_best_of_each_draw():
    found = table([(10, 5, 3), (12, 4, 3)], [(20, 5, 3), (15, 9, 2)])
    far = regret(found)
    assert far[:, :, 0].tolist() == [[0, 2], [5, 0]]
    assert far[:, :, 1].tolist() == [[1, 0], [0, 4]]
    assert far[:, :, 2].tolist() == [[0, 0], [0, 1]]
    frame = regret_frame(found).set_index(["criterion", "scenario"])
    assert frame.loc[("total_idr", "a"), ["best_share", "regret_mean", "regret_max", "minimax"]].tolist() == [0.5, 2.5, 5, False]
    assert frame.loc[("total_idr", "b"), ["best_share", "regret_mean", "regret_max", "minimax"]].tolist() == [0.5, 1.0, 2, True]
    assert (
        frame.loc[("index", "a"), "best_share"] == 1 and frame.loc[("villages", "a"), "minimax"] and frame.loc[("villages", "b"), "minimax"]
    )


def test_nine_of_ten_draws_are_within_the_p90():
    frame = regret_frame(table(*[[(0, 0, 0), (n, 0, 0)] for n in range(1, 11)])).set_index(["criterion", "scenario"])
    assert frame.loc[("total_idr", "b"), "regret_p90"] == 9


def test_a_scenario_without_a_value_has_no_regret():
    frame = regret_frame(table([(1, NAN, 1), (2, 7, 1)]))
    assert set(frame.loc[frame.criterion == "finish", "scenario"]) == {"b"}


numbers = st.integers(-5, 5)
rows = st.lists(st.lists(st.tuples(numbers, numbers, numbers), min_size=3, max_size=3), min_size=1, max_size=5)


@given(rows)
def test_what_holds_of_every_table(draws):
    found = table(*draws)
    worse, far = dominated(found), regret(found)
    assert not (worse & worse.transpose(0, 2, 1)).any() and not worse[:, range(3), range(3)].any()
    assert (far >= 0).all() and (far.min(axis=1) == 0).all()
    d, b, a = np.nonzero(worse)
    assert (far[d, b] >= far[d, a]).all(), "who is dominated is nowhere nearer to the best"
