"""Every kind of value: what is taken, and the words that say what would have been allowed."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egov_model.inputs import values
from egov_model.inputs.tables import Scalar

A_NUMBER = "a number such as 1250000 or 0.35 (no thousands separators, a point for decimals, no Rp)"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1250000", 1250000.0),
        ("0.35", 0.35),
        ("-1", -1.0),
        ("+2", 2.0),
        ("1e9", 1e9),
        ("2.5E-3", 0.0025),
        ("007", 7.0),
        (3, 3.0),
        (0.5, 0.5),
    ],
)
def test_plain_numbers_are_taken(text, number):
    assert values.to_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "1.000.000",
        "1,5",
        "1,000,000",
        "1 000",
        "1_000",
        "nan",
        "NaN",
        "inf",
        "-inf",
        "Infinity",
        ".nan",
        ".5",
        "5.",
        "Rp 5",
        "0x10",
        "",
        "-",
        "1e",
        True,
    ],
)
def test_other_numbers_are_refused_with_what_is_allowed(text):
    with pytest.raises(ValueError) as caught:
        values.to_number(text)
    assert str(caught.value) == A_NUMBER


@pytest.mark.parametrize("text", ["1e999", "-1e999", math.inf, math.nan])
def test_numbers_too_large_to_hold_are_refused(text):
    with pytest.raises(ValueError, match="^a finite number$"):
        values.to_number(text)


def test_a_quoted_yaml_number_is_text():
    with pytest.raises(ValueError, match="^a number, without quotes$"):
        values.to_number(Scalar("12", 3, "str"))
    assert values.to_number(Scalar("12", 3, "int")) == 12


@given(st.floats(min_value=0, max_value=1e15, allow_nan=False))
def test_a_number_written_with_repr_comes_back(number):
    assert values.to_number(repr(number)) == number


@given(st.text(max_size=12))
def test_any_text_is_a_finite_number_or_a_value_error(text):
    try:
        assert math.isfinite(values.to_number(text))
    except ValueError as error:
        assert "number" in str(error)


def test_counts_are_whole():
    assert values.to_count("12") == 12
    assert values.to_count("12.0") == 12
    with pytest.raises(ValueError, match="^a whole number$"):
        values.to_count("12.5")


@pytest.mark.parametrize(
    ("text", "flag"), [("y", True), ("Ya", True), ("true", True), ("n", False), ("TIDAK", False), ("no", False), (True, True)]
)
def test_flags_in_both_languages(text, flag):
    assert values.to_flag(text) is flag


@pytest.mark.parametrize("text", ["", "1", "0", "on", "maybe"])
def test_other_flags_are_refused(text):
    with pytest.raises(ValueError, match="^y or n$"):
        values.to_flag(text)


def test_dates_are_iso():
    assert values.to_date("2027-02-15") == values.to_date(date(2027, 2, 15)) == date(2027, 2, 15)


@pytest.mark.parametrize("text", ["15/02/2027", "2027-02-30", "15 Februari 2027", "", "2027"])
def test_other_dates_are_refused(text):
    with pytest.raises(ValueError, match="^a date such as 2027-02-15$"):
        values.to_date(text)


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("2.10", "float", "number"),
        ("2", "int", "number"),
        ("true", "bool", "truth value"),
        ("", "null", "missing value"),
        ("2027-01-01", "timestamp", "timestamp"),
    ],
)
def test_unquoted_yaml_values_are_not_text(text, kind, word):
    with pytest.raises(ValueError) as caught:
        values.to_text(Scalar(text, 1, kind))
    assert str(caught.value) == f"text in quotes: '{text}'; unquoted, YAML reads it as a {word} and may change it"


@pytest.mark.parametrize("thing", [["a"], {"a": "b"}, 3, None])
def test_lists_and_numbers_are_not_text(thing):
    with pytest.raises(ValueError, match="^text in quotes$"):
        values.to_text(thing)


@pytest.mark.parametrize("code", ["2.20", "2.10", "X.XX.01.2.07", "5.1.02.02.01.0063", "0"])
def test_codes_keep_every_digit(code):
    assert values.to_code(code) == code


@pytest.mark.parametrize("code", ["2.", ".2", "2,10", "a.1", "", "2..1"])
def test_other_codes_are_refused(code):
    with pytest.raises(ValueError, match="^a code of digits and dots such as 2.16.03"):
        values.to_code(code)


@pytest.mark.parametrize("name", ["Besar", "dua kata", "-a", "a-", "", "a--b", "é"])
def test_short_names_are_small_letters(name):
    with pytest.raises(ValueError, match="^a short name of small letters, digits"):
        values.to_slug(name)


def test_ids_are_separated_by_spaces_or_a_yaml_list():
    assert values.to_ids("a  b-1") == values.to_ids(["a", "b-1"]) == ("a", "b-1")
    assert values.to_ids("") == ()


def test_values_are_quoted_short():
    assert values.shown("") == "an empty cell"
    assert values.shown("x" * 61) == repr("x" * 57 + "...")
    assert values.shown(2) == "'2'"
