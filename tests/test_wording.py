"""Numbers, rupiah, shares and dates as Indonesian and English readers write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_samples import quantity, rupiah

from egov_model.inputs.errors import InputError
from egov_model.report.wording import Say, marked, speak

ID, EN = speak("id"), speak("en")
NBSP, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (0, "Rp0", "Rp0"),
        (999, "Rp999", "Rp999"),
        (1_234_567, "Rp1.234.567", "Rp1,234,567"),
        (-1_500, f"{MINUS}Rp1.500", f"{MINUS}Rp1,500"),
        (12_345_678_901_234, "Rp12.345.678.901.234", "Rp12,345,678,901,234"),
        (np.int64(2_000_000), "Rp2.000.000", "Rp2,000,000"),
    ],
)
def test_rupiah_in_full(amount, indonesian, english):
    assert (ID.rupiah(amount), EN.rupiah(amount)) == (indonesian, english)


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (0, "Rp0", "Rp0"),
        (999_949, "Rp999.949", "Rp999,949"),
        (999_999, "Rp999.999", "Rp999,999"),
        (1_000_000, "Rp1,0 juta", "Rp1.0 million"),
        (1_049_999, "Rp1,0 juta", "Rp1.0 million"),
        (1_050_000, "Rp1,1 juta", "Rp1.1 million"),
        (950_000_000, "Rp950,0 juta", "Rp950.0 million"),
        (999_949_999, "Rp999,9 juta", "Rp999.9 million"),
        (999_950_000, "Rp1,0 miliar", "Rp1.0 billion"),
        (999_999_999, "Rp1,0 miliar", "Rp1.0 billion"),
        (54_200_000_000, "Rp54,2 miliar", "Rp54.2 billion"),
        (54_250_000_000, "Rp54,3 miliar", "Rp54.3 billion"),
        (-54_249_999_999, f"{MINUS}Rp54,2 miliar", f"{MINUS}Rp54.2 billion"),
        (999_949_999_999, "Rp999,9 miliar", "Rp999.9 billion"),
        (-999_950_000_000, f"{MINUS}Rp1,0 triliun", f"{MINUS}Rp1.0 trillion"),
        (1_723_000_000_000, "Rp1,7 triliun", "Rp1.7 trillion"),
        (999_950_000_000_000, "Rp1.000,0 triliun", "Rp1,000.0 trillion"),
    ],
)
def test_money_in_words_of_scale(amount, indonesian, english):
    assert (ID.money(amount), EN.money(amount)) == tuple(text.replace(" ", NBSP) for text in (indonesian, english))


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (0, "nol rupiah", "zero rupiah"),
        (11, "sebelas rupiah", "eleven rupiah"),
        (1_000, "seribu rupiah", "one thousand rupiah"),
        (1_001_000, "satu juta seribu rupiah", "one million, one thousand rupiah"),
        (21_000, "dua puluh satu ribu rupiah", "twenty-one thousand rupiah"),
        (2_000_021_001, "dua miliar dua puluh satu ribu satu rupiah", "two billion, twenty-one thousand and one rupiah"),
        (-150, "minus seratus lima puluh rupiah", "minus one hundred and fifty rupiah"),
        (np.int64(1_100_000_000_000), "satu triliun seratus miliar rupiah", "one trillion, one hundred billion rupiah"),
    ],
)
def test_rupiah_in_words(amount, indonesian, english):
    assert (ID.in_words(amount), EN.in_words(amount)) == (indonesian, english)


@given(st.integers(-(10**16), 10**16))
def test_no_amount_is_printed_far_from_what_it_is(amount):
    for say in (ID, EN):
        assert rupiah(say.rupiah(amount), say.language) == amount
        printed, half = quantity(say.money(amount), say.language)
        assert abs(printed - amount) <= half
        assert abs(amount) >= 999 * 10**12 or "Rp1.000," not in ID.money(amount)


@pytest.mark.parametrize(
    ("value", "decimals", "indonesian", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (0.5, 0, "1", "1"),
        (2.5, 0, "3", "3"),
        (-2.5, 0, f"{MINUS}3", f"{MINUS}3"),
        (2.675, 2, "2,68", "2.68"),
        (-0.04, 1, "0,0", "0.0"),
        (-1234, 0, f"{MINUS}1.234", f"{MINUS}1,234"),
        (7, 1, "7,0", "7.0"),
        (np.float64(11.95), 1, "12,0", "12.0"),
        (Decimal("0.05"), 1, "0,1", "0.1"),
    ],
)
def test_numbers(value, decimals, indonesian, english):
    assert (ID.number(value, decimals), EN.number(value, decimals)) == (indonesian, english)


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (0.11, "0,11", "0.11"),
        (1.0, "1", "1"),
        (0.00005, "0,00005", "0.00005"),
        (-0.633333, f"{MINUS}0,633333", f"{MINUS}0.633333"),
        (54_000_000.0, "54.000.000", "54,000,000"),
        (1e12, "1.000.000.000.000", "1,000,000,000,000"),
        (-0.0, "0", "0"),
        (12, "12", "12"),
    ],
)
def test_a_parameter_keeps_every_decimal_that_was_typed(value, indonesian, english):
    assert (ID.figure(value), EN.figure(value)) == (indonesian, english)


@pytest.mark.parametrize(
    ("share", "decimals", "indonesian", "english"),
    [
        (0.3, 0, "30 %", "30%"),
        (0.434, 1, "43,4 %", "43.4%"),
        (0.575, 0, "58 %", "58%"),
        (1.0, 0, "100 %", "100%"),
        (-0.02, 0, f"{MINUS}2 %", f"{MINUS}2%"),
        (-0.001, 0, "0 %", "0%"),
    ],
)
def test_shares(share, decimals, indonesian, english):
    assert ID.percent(share, decimals) == indonesian.replace(" ", NBSP)
    assert EN.percent(share, decimals) == english.replace(" ", NBSP)


def test_dates():
    assert (ID.day(date(2027, 3, 15)), EN.day(date(2027, 3, 15))) == ("15 Maret 2027", "15 March 2027")
    assert ID.day(date(2028, 8, 1)) == "1 Agustus 2028"
    assert (ID.month(date(2028, 8, 31)), EN.month(date(2028, 8, 31))) == ("Agustus 2028", "August 2028")
    months = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"]
    assert [ID.month(date(2027, m, 1)) for m in range(1, 13)] == [f"{name} 2027" for name in months]
    assert (ID.short_month(date(2027, 8, 1)), EN.short_month(date(2027, 8, 1))) == (f"Agu{NBSP}2027", f"Aug{NBSP}2027")
    assert (ID.short_day(date(2027, 8, 9)), EN.short_day(date(2027, 8, 9))) == (f"9{NBSP}Agu 2027", f"9{NBSP}Aug 2027")


def test_plurals():
    forms = "{n} year", "{n} years"
    assert [EN.plural(*forms, n) for n in (0, 1, 2, 1000)] == ["0 years", "1 year", "2 years", "1,000 years"]
    assert [ID.plural(*forms, n) for n in (0, 1, 2, 1000)] == ["0 tahun", "1 tahun", "2 tahun", "1.000 tahun"]


def test_plurals_in_a_language_with_several_forms_and_sentences_named_by_one():
    say = Say("id", {"{n} cat": ("{n} kucing", "x"), "cats": ("kucing", "x")})
    assert (say.plural("{n} cat", "{n} cats", 3), say("cats")) == ("3 kucing", "kucing")


def test_listing():
    assert [ID.listing(list(letters)) for letters in ("", "a", "ab", "abc")] == ["", "a", "a dan b", "a, b dan c"]
    assert EN.listing(["a", "b", "c"]) == "a, b and c"


def test_titles_of_frame_rows_and_of_records():
    row = pd.Series({"title_id": "Surat", "title_en": "Letter"})
    assert (ID.title(row), EN.title(row)) == ("Surat", "Letter")

    class Record:
        title_id, title_en = "Desa", "Village"

    assert (ID.title(Record()), EN.title(Record())) == ("Desa", "Village")


def test_values_with_braces_are_said_as_they_are():
    for say in (ID, EN):
        assert "{curly} {0}" in say("Waits for {initiative}, which has no place", initiative="{curly} {0}")


def test_a_sentence_without_translation_is_said_in_english():
    assert ID("Never said {x}", x=1) == "Never said 1"
    assert marked("Never said") == "Never said"


def test_a_language_without_catalogue_is_refused():
    with pytest.raises(InputError, match=r"language 'fr': allowed are id, en"):
        speak("fr")
