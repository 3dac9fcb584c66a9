"""Money by evidence as a table and a sentence."""

from __future__ import annotations

import pytest
from plan_samples import LANGUAGES, project, says

from egov_model.analysis.evidence import assumed_share, money
from egov_model.report import evidence_view
from egov_model.report.wording import speak

both_languages = pytest.mark.parametrize("language", LANGUAGES)


@both_languages
def test_money_and_shares_stand_side_by_side(language):
    say, frame = speak(language), money(project())
    view = evidence_view.evidence_money(say, project())
    assert len(view.rows) == len(frame) + 1
    for cells, (_, row) in zip(view.rows, frame.iterrows(), strict=False):
        for n, name in enumerate(frame.columns):
            assert says(cells[1 + 2 * n], language, int(row[name]))
            assert says(cells[2 + 2 * n], language, row[name] / frame[name].sum())
    assert len(set(view.rows[-1][1::2])) == 1  # three ways to sum the same money


@both_languages
def test_the_sentence_says_both_shares(language):
    text = evidence_view.quantities_too(speak(language), project())
    for column in ("price_idr", "both_idr"):
        assert speak(language).percent(assumed_share(project(), column)) in text
