"""Problems are worded for the person who has to mend the file."""

from __future__ import annotations

import pytest

from egov_model.inputs.errors import EgovModelError, InputError, Problem, Problems, did_you_mean, listed


def test_a_problem_names_row_field_found_allowed_and_advice():
    problem = Problem("data/kinds.csv", 3, "procurement", "'servces'", "goods | services", "did you mean 'services'?")
    assert str(problem) == "row 3, field procurement: found 'servces'; allowed: goods | services; did you mean 'services'?"


@pytest.mark.parametrize("file", ["data/region.yaml", "data/scenarios/lean.yml"])
def test_yaml_files_have_lines_not_rows(file):
    assert str(Problem(file, 3, found="x")) == "line 3: found x"


def test_a_problem_of_the_whole_file_has_no_row():
    assert str(Problem("data/kinds.csv", found="an empty file", allowed="a header row")) == "found an empty file; allowed: a header row"


def test_problems_are_grouped_by_file_in_order_of_rows_and_each_said_once():
    late, early, other = Problem("b.csv", 12, found="x"), Problem("b.csv", 2, found="y"), Problem("a.csv", 9, found="z")
    error = InputError([late, other, early, late])
    assert str(error) == "a.csv\n  - row 9: found z\nb.csv\n  - row 2: found y\n  - row 12: found x"
    assert error.problems == (other, early, late)


def test_an_input_error_may_be_one_sentence_without_a_file():
    assert str(InputError("--set 'x': expected key=value")) == "--set 'x': expected key=value"


def test_input_errors_are_errors_of_this_package():
    assert issubclass(InputError, EgovModelError)


def test_stop_raises_everything_that_was_added_and_nothing_when_there_was_none():
    problems = Problems()
    problems.stop()
    problems.add("a.csv", 2, "unit", found="x")
    problems.add("b.csv", 3)
    with pytest.raises(InputError) as caught:
        problems.stop()
    assert [p.file for p in caught.value.problems] == ["a.csv", "b.csv"]


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("baselin", ["lean", "baseline"], "did you mean 'baseline'?"),
        ("qqqq", ["lean", "baseline"], ""),
        ("baselin", [], ""),
        ("", ["baseline"], ""),
    ],
)
def test_did_you_mean_names_the_nearest_word_or_says_nothing(word, known, expected):
    assert did_you_mean(word, known) == expected


def test_long_lists_are_cut_with_their_length():
    assert listed("abc") == "a, b, c"
    assert listed(map(str, range(20)), 3) == "0, 1, 2 ... (20 in all)"
