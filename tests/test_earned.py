"""Earned value and earned schedule against published examples and by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egov_model.analysis.earned import Earned, earned_time

# R package PRA (P. Govan), reference pages spi, cpi and eac (https://paulgovan.github.io/PRA/reference/eac.html): budget 100,000, planned
# 40 % and done 35 % in period 3, spent 36,000; and the three estimates at completion
PRA = Earned(pv=40_000, ev=35_000, ac=36_000, bac=100_000)


def test_indices_of_a_published_example():
    assert PRA.spi == 0.875
    assert round(PRA.cpi, 7) == 0.9722222
    assert PRA.cv == -1_000 and PRA.sv == -5_000


def test_estimates_at_completion_of_a_published_example():
    assert round(Earned(40_000, 83, 100, 100_000).eac_typical, 1) == 120_481.9  # CPI 0.83
    assert Earned(40_000, 35_000, 63_000, 100_000).eac_planned == 128_000


def test_a_half_done_year_of_a_lecture():
    # UT Dallas, Advanced Topics in Project Management, week 10 (Spring 2024, https://www.scribd.com/document/798488677/Week-10), slide
    # "Example": 100,000 for a year, half done after six months, 55,000 planned, 45,000 spent; by hand: 50/45, 50/55, 100,000 x 45/50
    year = Earned(pv=55_000, ev=50_000, ac=45_000, bac=100_000)
    assert year.cpi == pytest.approx(10 / 9) and year.spi == pytest.approx(10 / 11) and year.eac_typical == pytest.approx(90_000)
    assert (year.cv, year.sv) == (5_000, -5_000)


def test_a_building_project_of_an_examination_guide():
    # https://ceboardexamgenerator.com/subjects/mstc/construction/3project-control-and-earned-value: BAC 5 m, EV 1.5 m, AC 1.8 m
    assert Earned(pv=0, ev=1_500_000, ac=1_800_000, bac=5_000_000).eac_typical == pytest.approx(6_000_000)


def test_what_cannot_be_divided_is_none():
    nothing = Earned(pv=0, ev=0, ac=0, bac=100)
    assert nothing.cpi is None and nothing.spi is None and nothing.eac_typical is None and nothing.eac_combined is None
    assert nothing.eac_planned == 100 and nothing.tcpi == 1
    assert Earned(pv=1, ev=1, ac=100, bac=100).tcpi is None


def test_combined_estimate_by_hand():
    # 36,000 + 65,000 / (0.97222 x 0.875) = 36,000 + 65,000 x 36/35 x 8/7
    assert PRA.eac_combined == pytest.approx(36_000 + 65_000 * 36 / 35 * 8 / 7)


def test_earned_schedule_as_lipke_defines_it():
    # Lipke, "Earned Schedule Concept" (https://www.scribd.com/doc/47929652/Earned-Schedule-Concept): at the end of July (AT = 7) all of
    # May's plan is earned and a part of June's: ES = 5 + (EV - PV(May)) / (PV(June) - PV(May)); 100 a month and 540 are made up
    july = earned_time([100, 200, 300, 400, 500, 600, 700, 800, 900, 1000], ev=540, at=7)
    assert july.es == pytest.approx(5.4)
    assert july.sv == pytest.approx(-1.6) and july.spi == pytest.approx(5.4 / 7) and july.finish == pytest.approx(10 * 7 / 5.4)


def test_late_work_stays_late_when_it_is_done():
    # where SPI in money ends at 1 whatever the delay: ten months of work done after twelve (ibid.)
    done = earned_time([100 * n for n in range(1, 11)], ev=1000, at=12)
    assert (done.es, done.sv, done.planned) == (10, -2, 10) and done.spi == pytest.approx(10 / 12)


@pytest.mark.parametrize(("at", "es"), [(1, 1), (2, 2), (3, 3), (4, 3), (0.5, 1)])
def test_while_nothing_is_planned_time_is_not_lost(at, es):
    assert earned_time([100, 100, 100, 300], ev=100, at=at).es == es


def test_nothing_planned_yet_is_on_time():
    assert earned_time([0, 0, 100], ev=0, at=1.5).spi == 1


@given(st.lists(st.integers(0, 1000), min_size=2, max_size=24).filter(any), st.data())
def test_a_plan_that_is_followed_has_earned_its_time(steps, data):
    curve = [sum(steps[: n + 1]) for n in range(len(steps))]
    at = data.draw(st.integers(1, len(steps)))
    made = earned_time(curve, curve[at - 1], at)
    assert made.es == (at if curve[at - 1] < curve[-1] else made.planned) and made.planned >= made.es
