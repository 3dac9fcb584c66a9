"""What has moved since an issue: nothing beside itself, else by initiative and table, said in words."""

from __future__ import annotations

from datetime import date

import pytest
from plan_samples import edge

from egov_model.analysis import moved_since as moves
from egov_model.analysis.issued import issue_of
from egov_model.analysis.moved_since import issue_at, moved_since
from egov_model.analysis.risk import simulate
from egov_model.inputs.errors import InputError
from egov_model.report.realisation_words import MOVES, move
from egov_model.report.wording import speak


def issue(name):
    return issue_of(edge(name), simulate(edge(name), 20))


def test_a_plan_has_not_moved_since_its_own_issue():
    assert moved_since(issue("as it is"), edge("as it is")) == []


def test_what_a_scenario_moves_is_told_by_initiative_and_table():
    found = moved_since(issue("as it is"), edge("only what runs"))
    kinds = {(one.kind, one.about) for one in found}
    assert {(moves.OUT, "alat-desa"), (moves.OUT, "aplikasi"), (moves.INPUT, "settings"), (moves.TOTAL, "")} <= kinds
    back = moved_since(issue("only what runs"), edge("as it is"))
    assert {(moves.IN, "alat-desa"), (moves.IN, "aplikasi")} <= {(one.kind, one.about) for one in back}
    for one in found:
        for language in ("id", "en"):
            assert "{" not in move(speak(language), edge("as it is"), one)
    assert MOVES.keys() >= {one.kind for one in found}


def test_an_issue_without_dates_tells_of_the_whole_alone():
    bare = issue("as it is").model_copy(update={"initiatives": {}})
    assert {one.kind for one in moved_since(bare, edge("only what runs"))} <= {moves.TOTAL, moves.FINISH, moves.INPUT}


def test_the_last_issue_on_or_before_a_day():
    one = issue("as it is")
    two = one.model_copy(update={"issued_on": date(2027, 3, 1)})
    assert issue_at([one, two], "baseline", date(2027, 3, 31)) is two and issue_at([one, two], "baseline", date(2027, 2, 1)) is one
    with pytest.raises(InputError, match="recorded: 2026-11-23, 2027-03-01"):
        issue_at([one, two], "baseline", date(2026, 1, 1))
