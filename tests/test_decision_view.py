"""The boxes of the decision page: the plan's figure, and how sure it is."""

from __future__ import annotations

import pytest
from drawn_samples import drawn
from plan_samples import LANGUAGES, read, says

from egov_model.analysis import confidence
from egov_model.analysis.compare import headline
from egov_model.report import decision_view
from egov_model.report.risk_words import month_of, of_hundred
from egov_model.report.wording import speak


@pytest.mark.parametrize("language", LANGUAGES)
def test_boxes(language):
    plan, outlook = drawn()
    say, h = speak(language), headline(plan)
    boxes = {label: (value, note) for label, value, note in decision_view.facts(say, plan, outlook, h)}
    value, note = boxes[say("Cost of the plan")]
    told = read(note, language, "50 of 100: {half}; 80 of 100: {most}")
    half, most = confidence.quantiles(outlook.total_idr, [0.5, 0.8])
    assert says(value, language, h.total_idr) and says(told["half"], language, int(half)) and says(told["most"], language, int(most))
    value, note = boxes[say("Finished")]
    told = read(note, language, "50 of 100: {half}; 80 of 100: {most}")
    weeks = confidence.quantiles(outlook.finish_week, [0.5, 0.8])
    assert value == say.month(h.finish)
    assert [told["half"], told["most"]] == [month_of(say, plan, outlook, int(week)) for week in weeks]
    assert boxes[say("Ceilings enough every year")][0] == of_hundred(say, confidence.held(outlook)["ceilings"])
    assert says(boxes[say("Without the plan")][0], language, h.total_idr)
    if h.index is not None:
        assert boxes[say("Maturity index {year}", year=h.index_year)] == (say.number(h.index, 2), h.index_predicate)


def test_without_what_happens_anyway_there_is_no_such_box():
    plan, outlook = drawn()
    say = speak("en")
    assert say("Without the plan") not in [label for label, _, _ in decision_view.facts(say, plan, outlook, None)]
