"""Figures on risk say what they show, draw the same bytes twice, and hold the draws they stand for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from drawn_samples import drawn
from markupsafe import escape
from plan_samples import LANGUAGES, read, rupiah

from egov_model.analysis import confidence
from egov_model.report import risk_figure
from egov_model.report.risk_words import of_hundred
from egov_model.report.wording import speak


@pytest.mark.parametrize("language", LANGUAGES)
def test_s_curve(language):
    plan, outlook = drawn()
    made = risk_figure.s_curve(plan, speak(language), outlook)
    assert made.svg == risk_figure.s_curve(plan, speak(language), outlook).svg
    assert str(escape(made.finding)) in made.svg and "P80" in made.svg


@pytest.mark.parametrize("language", LANGUAGES)
def test_joint(language):
    plan, outlook = drawn()
    say = speak(language)
    weeks = np.minimum(outlook.finish_week, 60) + np.arange(outlook.draws) % 7
    dated = replace(outlook, finish_week=weeks)
    made = risk_figure.joint_figure(plan, say, dated)
    told = read(made.finding, language, "The plan's money and date hold together in {both}; {money} and {month} do in 70 of 100")
    assert told["both"] == of_hundred(say, confidence.held(dated)["both"])
    amounts = [rupiah(row[1], language) for row in made.data.rows]
    assert amounts == sorted(amounts, reverse=True) and set(amounts) <= set(confidence.frontier(dated)["total_idr"].tolist())


@pytest.mark.parametrize("language", LANGUAGES)
def test_joint_without_dates(language):
    plan, outlook = drawn()
    never = replace(outlook, finish_week=np.full(outlook.draws, outlook.never))
    made = risk_figure.joint_figure(plan, speak(language), never)
    read(made.finding, language,
         "The plan's money and date hold together in {both}; no pair of money and date holds in 70 of 100")  # fmt: skip
    assert made.data.rows == ()
