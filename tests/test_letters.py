"""What a text keeps, loses and may not hold, letter by letter."""

from __future__ import annotations

import time

import pytest

from egov_model.inputs.letters import one_line, printable


@pytest.mark.parametrize("text", ["", "Dinas Kominfo", "Rp\N{NO-BREAK SPACE}5", "ديوان", "می\u200cخواهم", "日本 😀", "{0} %s <b>"])
def test_letters_that_print_stay(text):
    assert one_line(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a\nb", "a b"),
        ("a \r\n\r\n b", "a b"),
        ("\ta", "a"),
        ("a\u2028b\u2029c\x85d\x0be\x0cf", "a b c d e f"),
        ("\ufeffa\u200bb\xad\u2060", "ab"),
        ("\u202eabc\u202c\u2066\u2069\u200e\u200f\u061c", "abc"),
        ("\u202d\u200b", ""),
        ("a\ufe0f\u2063\u2062\u2064b\U000e0041", "ab"),
    ],
)
def test_line_ends_become_blanks_and_what_nobody_sees_goes(text, left):
    assert one_line(text) == left


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a\x1b[31m", "letter 2, U+001B"),
        ("\x00", "letter 1, U+0000"),
        ("ab\x9b", "letter 3, U+009B"),
        ("\ud800", "letter 1, U+D800"),
        ("a\ufffe", "letter 2, U+FFFE"),
        ("\U0010ffff", "letter 1, U+10FFFF"),
        ("\ufdd0", "letter 1, U+FDD0"),
        ("a\u202e\r\n\x07", "letter 5, U+0007"),
    ],
)
def test_what_is_no_letter_is_refused_with_its_place(text, where):
    with pytest.raises(ValueError, match=f"take out {where.replace('+', '.')}$"):
        one_line(text)


def test_a_long_run_of_blanks_takes_no_time():
    began = time.process_time()
    assert one_line("é" + " " * 30_000 + "x").endswith(" x")
    assert time.process_time() - began < 1  # it took six seconds, and four times as long for twice the blanks


def test_a_screen_is_not_steered():
    assert printable("a\x1b[31m\u202eb\nc\N{NO-BREAK SPACE}d") == "a?[31m?b c d"
    assert printable("Rp5 – é ديوان") == "Rp5 – é ديوان"
