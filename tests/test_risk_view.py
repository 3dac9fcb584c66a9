"""Every figure that a sentence or table on risk prints is that of the draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from drawn_samples import drawn
from plan_samples import LANGUAGES, read, rupiah, says

from egov_model.analysis import confidence
from egov_model.report import risk_view
from egov_model.report.risk_words import month_of, of_hundred
from egov_model.report.wording import speak


@pytest.mark.parametrize("language", LANGUAGES)
def test_answer_and_cost(language):
    plan, outlook = drawn()
    say, total = speak(language), confidence.quantiles(outlook.total_idr, [0.5, 0.8])
    told = read(
        risk_view.answer(say, plan, outlook), language,
        "Of 100 possible outcomes, 80 stay below {money} and 80 end by {month}",
        "Of 100 possible outcomes, 80 stay below {money}; fewer than 80 have an end",
    )  # fmt: skip
    assert says(told["money"], language, int(total[1]))
    cost = "Of 100 possible outcomes, 50 stay below {half} and 80 below {most}; the plan's {plan} is enough in {held}"
    told = read(risk_view.cost_finding(say, plan, outlook), language, cost)
    assert says(told["half"], language, int(total[0])) and says(told["most"], language, int(total[1]))
    assert says(told["plan"], language, outlook.plan_total_idr)
    assert told["held"] == of_hundred(say, float((outlook.total_idr <= outlook.plan_total_idr).mean()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_end_that_is_drawn_and_one_that_is_not(language):
    plan, outlook = drawn()
    say = speak(language)
    dated = replace(outlook, finish_week=np.full(outlook.draws, 30))
    told = read(risk_view.answer(say, plan, dated), language, "Of 100 possible outcomes, 80 stay below {money} and 80 end by {month}")
    assert told["month"] == say.month(plan.timeline.last_day(30))
    undated = replace(outlook, finish_week=np.full(outlook.draws, outlook.never))
    read(risk_view.answer(say, plan, undated), language, "Of 100 possible outcomes, 80 stay below {money}; fewer than 80 have an end")


@pytest.mark.parametrize("language", LANGUAGES)
def test_ceilings_and_finish(language):
    plan, outlook = drawn()
    say, held, frame = speak(language), confidence.held(outlook), confidence.ceilings(plan, outlook)
    told = read(
        risk_view.ceilings_finding(say, plan, outlook), language,
        "At the plan's own dates the ceilings are enough in every year in {all} possible outcomes; {year} is the tightest, enough in {one}",
    )  # fmt: skip
    assert told["all"] == of_hundred(say, held["ceilings"]) and int(told["year"]) == frame["holds_share"].idxmin()
    assert told["one"] == of_hundred(say, float(frame["holds_share"].min()))
    told = read(
        risk_view.finish_finding(say, plan, outlook), language,
        "Half of the possible outcomes end by {half}, 80 of 100 by {most}; {held} end by the plan's own date, {plan}, and {within} finish "
        "everything within the plan's years",
    )  # fmt: skip
    weeks = confidence.quantiles(outlook.finish_week, [0.5, 0.8])
    assert [told["half"], told["most"]] == [month_of(say, plan, outlook, int(w)) for w in weeks]
    assert (told["held"], told["within"]) == (of_hundred(say, held["finish"]), of_hundred(say, held["within"]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_add_up(language):
    plan, outlook = drawn()
    say = speak(language)
    p80 = int(confidence.quantiles(outlook.total_idr, [0.8])[0])
    years = risk_view.contingency_table(say, plan, outlook)
    for column in (1, 2, 3):
        assert sum(rupiah(row[column], language) for row in years.rows[:-1]) == rupiah(years.rows[-1][column], language)
    assert rupiah(years.rows[-1][2], language) == p80
    parts = risk_view.parts_table(say, plan, outlook)
    assert sum(rupiah(row[2], language) for row in parts.rows) == p80
    assert sum(rupiah(row[1], language) for row in parts.rows) == outlook.plan_total_idr
    money = risk_view.money_table(say, plan, outlook)
    assert rupiah(money.rows[-1][4], language) == p80 and rupiah(money.rows[-1][1], language) == outlook.plan_total_idr
    assert len(risk_view.milestones_table(say, plan, outlook).rows) == len(outlook.groups)
    assert [row[0] for row in risk_view.finish_table(say, plan, outlook).rows] == ["P10", "P50", "P80", "P90", "P95"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_contingency(language):
    plan, outlook = drawn()
    say = speak(language)
    more = np.array([10**9, *[0] * len(outlook.years)])
    dear = replace(outlook, total_idr=outlook.total_idr + 10**9, by_year_idr=outlook.by_year_idr + more)
    added = int(confidence.quantiles(dear.total_idr, [0.8])[0]) - dear.plan_total_idr
    told = read(
        risk_view.contingency_finding(say, plan, dear), language,
        "{added} more ({share} of the plan) would be enough in 80 of 100 possible outcomes; {after} of the whole falls after {year}",
    )  # fmt: skip
    assert says(told["added"], language, added) and says(told["share"], language, added / dear.plan_total_idr)
    cheap = replace(outlook, total_idr=outlook.total_idr // 4, by_year_idr=outlook.by_year_idr // 4)
    read(risk_view.contingency_finding(say, plan, cheap), language,
         "The plan's money is enough in 80 of 100 possible outcomes; nothing needs to be added")  # fmt: skip
