"""Long calculations in files: they come back as they were, are made once, and nothing that cannot be read is believed."""

from __future__ import annotations

from dataclasses import dataclass, fields

import pandas as pd
import pytest
from plan_samples import edge

from egov_model.analysis import appraisal
from egov_model.analysis.risk_ranking import Ranked, ranked
from egov_model.analysis.switching import Switching, switching
from egov_model.analysis.tornado import Tornado, tornado
from egov_model.analysis.variance_shares import VarianceShares, variance_shares
from egov_model.report.remembered import from_file, remembered


@dataclass(frozen=True)
class Counted:
    """A record as calculations give it."""

    number: int
    names: dict[str, float]
    frame: pd.DataFrame


def same(one, two) -> None:
    if isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(one, two, check_exact=True)
        return
    for field in fields(one):
        a, b = getattr(one, field.name), getattr(two, field.name)
        assert type(a) is type(b)
        if isinstance(a, pd.DataFrame):
            same(a, b)
        else:
            assert a == b


@pytest.mark.parametrize(
    ("make", "kind", "given"),
    [
        (tornado, Tornado, ()),
        (switching, Switching, ()),
        (variance_shares, VarianceShares, (100,)),
        (ranked, Ranked, (7, 20)),
        (appraisal.hangs_on, pd.DataFrame, ("only what runs",)),
    ],
)
def test_what_is_read_is_what_was_worked_out(tmp_path, make, kind, given):
    given = [edge(asked) if isinstance(asked, str) else asked for asked in given]
    first, again = (from_file(edge("as it is"), make, kind, tmp_path / "results", *given) for _ in range(2))
    assert len(list((tmp_path / "results").iterdir())) == 1
    assert first is not again
    same(first, again)


def calculation(made: list):
    def count(plan, factor=1):
        made.append(factor)
        columns = {"who": ["a", None], "names": [("x", "y"), ()], "n": [1.5, float("nan")], "whole": [1, 2], "sure": [True, False]}
        return Counted(factor, {"a": 0.1}, pd.DataFrame(columns))

    return count


def test_it_is_made_once_for_the_same_plan_and_question(tmp_path):
    made: list = []
    make = calculation(made)
    for plan in (edge("as it is"), edge("as it is"), edge("one year")):
        for factor in (1, 2):
            found = from_file(plan, make, Counted, tmp_path / "results", factor)
            assert found.number == factor and found.names == {"a": 0.1}
            assert found.frame["names"].tolist() == [("x", "y"), ()] and found.frame["who"].tolist()[0] == "a"
    assert made == [1, 2, 1, 2]
    assert remembered(edge("as it is"), make, Counted, 1, folder=tmp_path / "results") is remembered(
        edge("as it is"), make, Counted, 1, folder=tmp_path / "results"
    )


@pytest.mark.parametrize("text", ["", "{", "[]", '{"number": 1}', "null"])
def test_a_file_that_cannot_be_read_is_made_again(tmp_path, text):
    made: list = []
    make = calculation(made)
    from_file(edge("as it is"), make, Counted, tmp_path / "results")
    (file,) = (tmp_path / "results").iterdir()
    good = file.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")
    assert from_file(edge("as it is"), make, Counted, tmp_path / "results").number == 1
    assert made == [1, 1] and file.read_text(encoding="utf-8") == good


def test_what_would_not_come_back_as_it_was_is_not_written(tmp_path):
    named = lambda plan: pd.DataFrame({"n": [1]}, index=["a"])  # noqa: E731
    assert from_file(edge("as it is"), named, pd.DataFrame, tmp_path / "results").index.tolist() == ["a"]
    assert list((tmp_path / "results").iterdir()) == []
