"""Quantiles, their errors, chances, contingency and joint confidence, on small arrays worked by hand."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from egov_model.analysis import confidence
from egov_model.analysis.drawn import Outlook


def outlook(totals, weeks, years=(2027, 2028), by_year=None, need=None, ceiling=None, never=300, plan_total=50, plan_week=60) -> Outlook:
    """An outlook of one initiative, its money all in the first year unless told."""
    totals, weeks = np.array(totals, dtype=np.int64), np.array(weeks, dtype=np.int64)
    draws = len(totals)
    if by_year is None:
        by_year = np.column_stack([totals, *[np.zeros(draws, dtype=np.int64)] * len(years)])
    nothing = np.zeros((draws, 1, len(years)), dtype=np.int64)
    return Outlook(
        scenario="made-up", seed=1, years=years, groups=("a",), activities=((0, "do"),), funds=("f",), never=never,
        plan_total_idr=plan_total, plan_finish_week=plan_week,
        total_idr=totals, by_year_idr=np.array(by_year, dtype=np.int64), by_group_idr=totals[:, None],
        need_idr=nothing if need is None else np.array(need), ceiling_idr=nothing if ceiling is None else np.array(ceiling),
        start=np.zeros((draws, 1), dtype=np.int64), finish=weeks[:, None], live=weeks[:, None], finish_week=weeks,
        within=weeks <= 104, index=np.zeros((draws, 0)),
    )  # fmt: skip


def plan(paid_by_year, live_week=60, weeks=104):
    """As much of a plan as these figures ask for."""
    paid = np.array(paid_by_year, dtype=np.int64)
    return SimpleNamespace(
        schedule=SimpleNamespace(paid_idr=paid[None, None, :], live=np.array([[live_week]])),
        network=SimpleNamespace(groups=("a",), ceiling_idr=np.array([[[40, 20]]])),
        timeline=SimpleNamespace(weeks=weeks),
    )


HUNDRED = list(range(1, 101))


def test_quantiles_are_values_that_were_drawn():
    assert confidence.quantiles(np.array(HUNDRED)).tolist() == [10, 50, 80, 90, 95]


def test_standard_error_is_half_the_distance_of_ranks_one_deviation_away():
    # n 100, p 0.8: e = sqrt(100 x 0.8 x 0.2) = 4, ranks 76 and 84
    assert confidence.standard_errors(np.array(HUNDRED), [0.8]).tolist() == [4.0]


def test_too_few_draws_beyond_a_quantile_have_no_error():
    assert np.isnan(confidence.standard_errors(np.arange(40), [0.8])).all()  # eight beyond it


def test_standard_error_of_normal_draws_is_that_of_theory():
    # sqrt(p (1 - p) / n) / density at the quantile: 0.4 / 100 / 0.27996 for p = 0.8
    drawn = np.random.default_rng(5).standard_normal(10_000)
    assert confidence.standard_errors(drawn, [0.8])[0] == pytest.approx(0.4 / 100 / 0.27996, rel=0.2)


def test_money_by_year_and_in_all():
    made = confidence.money(plan([50, 0]), outlook(HUNDRED, [10] * 100))
    assert made.index.tolist() == [2027, 2028, "after", "total"]
    assert made.loc["total", ["plan_idr", "p50_idr", "p80_idr"]].tolist() == [50, 50, 80]
    assert made.loc["total", "held_share"] == 0.5
    assert made.loc["after", "held_share"] == 1.0


def test_chances_that_the_plans_numbers_hold():
    need = [[[30, 10]], [[30, 10]], [[50, 10]], [[30, 30]]]
    there = [[[40, 20]]] * 4
    made = confidence.held(outlook([40, 60, 45, 50], [50, 50, 70, 200], need=need, ceiling=there))
    assert made == {"cost": 0.75, "finish": 0.5, "both": 0.25, "ceilings": 0.5, "within": 0.75}


def test_ceilings_by_year():
    need = [[[30, 10]], [[30, 10]], [[50, 10]], [[30, 30]]]
    made = confidence.ceilings(plan([30, 10]), outlook([40] * 4, [50] * 4, need=need, ceiling=[[[40, 20]]] * 4))
    assert made["holds_share"].tolist() == [0.75, 0.75]
    assert made["need_p80_idr"].tolist() == [50, 30]


def test_finish_that_most_draws_do_not_reach_is_not_known():
    made = confidence.finish_weeks(outlook([1] * 10, [10] * 7 + [300] * 3))
    assert made["week"].tolist() == [10, 10, 300, 300, 300]
    assert made["known"].tolist() == [True, True, False, False, False]


def test_contingency_belongs_to_the_years_of_the_draws_at_the_quantile():
    # every draw pays half in each year: at P80 (80) that is 40 and 40, the plan has 30 and 20
    halves = [(t // 2, t - t // 2, 0) for t in HUNDRED]
    made = confidence.contingency(plan([30, 20]), outlook(HUNDRED, [10] * 100, by_year=halves))
    assert made["at_share_idr"].tolist() == [40, 40, 0]
    assert made["added_idr"].tolist() == [10, 20, 0]


@given(arrays(np.int64, (60, 4), elements=st.integers(0, 10**11)))
def test_parts_add_up_to_the_totals_quantile(parts):
    total = parts.sum(axis=1)
    made = confidence._parts(total, parts)
    assert made.sum() == confidence.quantiles(total, [0.8])[0] or parts.sum() == 0


@given(arrays(np.int64, 50, elements=st.integers(0, 40)), arrays(np.int64, 50, elements=st.integers(0, 40)))
def test_joint_confidence_is_no_more_than_either(totals, weeks):
    made = outlook(totals, weeks)
    costs, ends = np.arange(0, 45, 5), np.arange(0, 45, 5)
    both = confidence.joint(made, costs, ends)
    alone = [(totals[:, None] <= costs).mean(axis=0)[:, None], (weeks[:, None] <= ends).mean(axis=0)[None, :]]
    assert (both <= np.minimum(*alone) + 1e-12).all()


@given(arrays(np.int64, 50, elements=st.integers(0, 40)), arrays(np.int64, 50, elements=st.integers(0, 40)))
def test_each_pair_of_the_frontier_holds_and_a_rupiah_less_does_not(totals, weeks):
    made = outlook(totals, weeks)
    for week, total in confidence.frontier(made).itertuples(index=False):
        assert confidence.joint(made, [total], [week])[0, 0] >= 0.7
        assert confidence.joint(made, [total - 1], [week])[0, 0] < 0.7


def test_frontier_by_hand():
    # seven of ten: by week 7 all seven first draws, the dearest of them 10; by week 10 the seven cheapest of ten, up to 7
    made = confidence.frontier(outlook([10, 2, 3, 4, 5, 6, 7, 1, 1, 1], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))
    assert list(made.itertuples(index=False, name=None)) == [(7, 10), (8, 7), (9, 6), (10, 5)]


def test_frontier_is_empty_when_too_many_draws_have_no_date():
    assert confidence.frontier(outlook([1] * 10, [10] * 6 + [300] * 4)).empty


def test_rank_correlation():
    assert confidence.rank_correlation(np.array([1, 2, 3, 4]), np.array([1, 4, 9, 16])) == pytest.approx(1.0)
    assert confidence.rank_correlation(np.array([1, 2, 3, 4]), np.array([5, 5, 5, 5])) == 0.0


def test_milestones_and_parts():
    made = confidence.milestones(plan([50, 0]), outlook(HUNDRED, [50] * 60 + [70] * 30 + [-1] * 10))
    row = made.loc["a"]
    assert row[["plan_week", "p50_week", "p80_week", "p95_week"]].tolist() == [60, 50, 70, 300]
    assert (row["held_share"], row["within_share"]) == (0.6, 0.9)
    assert confidence.parts_of_total(outlook(HUNDRED, [1] * 100))["at_share_idr"].to_dict() == {"a": 80}
