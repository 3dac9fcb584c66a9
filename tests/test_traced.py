"""A traced voice says what the plain one says, with marks that nobody sees and that tell the value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from plan_samples import LANGUAGES, edge

from egov_model.inputs.errors import InputError
from egov_model.report.contents import FIGURES
from egov_model.report.marks import BEGIN, END, filled, mark, named, plain
from egov_model.report.traced import trace
from egov_model.report.wording import speak

DAY = date(2027, 3, 15)
SAID = {
    "number": (1234.5, 1), "figure": (0.25,), "rupiah": (-48_647_566_939,), "money": (48_647_566_939,), "percent": (0.305, 1),
    "day": (DAY,), "short_day": (DAY,), "month": (DAY,), "short_month": (DAY,), "years": (2027, 2031),
}  # fmt: skip


def told(text: str) -> str:
    """A text with every mark spelled out."""
    return filled(text, lambda how, value, name, shown: f"[{how} {value} {name}|{shown}]")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("way", SAID)
def test_the_text_is_that_of_the_plain_voice(language, way):
    made = getattr(trace(language), way)(*SAID[way])
    assert made != plain(made) == getattr(speak(language), way)(*SAID[way])


def test_the_mark_tells_value_and_way():
    say = trace("id")
    assert told(say.money(48_647_566_939)) == "[money 48647566939 |Rp48,6\N{NO-BREAK SPACE}miliar]"
    assert told(say.number(np.float64(1234.5), 1)) == "[number/1 1234.5 |1.234,5]"
    assert told(say.percent(Decimal("0.305"), 1)) == "[percent/1 0.305 |30,5\N{NO-BREAK SPACE}%]"
    assert told(say.month(DAY)) == "[month 2027-03-15 |Maret 2027]"
    assert told(say.years(2027, 2031)) == "[whole 2027 |2027]\N{EN DASH}[whole 2031 |2031]"
    assert told(say.years(2027, 2027)) == "[whole 2027 |2027]"


def test_a_sentence_names_what_fills_its_places():
    say = trace("en")
    made = say("{total} in {year}, {text}: {ready}", total=say.rupiah(5), year=np.int64(2027), text="a 7", ready=True)
    assert told(made) == "[rupiah 5 total|Rp5] in [whole 2027 year|2027], a 7: True"
    assert told(say.plural("{n} week for {cause}", "{n} weeks for {cause}", 2, cause="x")) == "[number/0 2 n|2] weeks for x"
    assert told(say("{a}, {b}", a=f"{say.number(1)} of {say.number(2)}", b="")) == "[number/0 1 |1] of [number/0 2 |2], "


def test_what_only_looks_like_a_mark_is_taken_away():
    assert told(f"a{BEGIN}b{END}c") == "abc" == plain(f"a{BEGIN}b{END}c")
    assert named("x", "teks") == "teks"
    assert plain("a\u202eb") == told("a\u202eb") == "ab", "and what would turn the direction of the text"
    assert told(mark("rupiah", "5", f"R{END}p5")) == "[rupiah 5 |R]p5"


def test_drawings_are_the_same_to_the_byte():
    """The characters of a mark take no room, so labels stand where they would, and none of them is left."""
    plan = edge("as it is")
    for draw in FIGURES.values():
        assert draw(plan, trace("id")).svg == draw(plan, speak("id")).svg


def test_an_unknown_language_is_refused():
    with pytest.raises(InputError, match="allowed are id, en"):
        trace("jv")
