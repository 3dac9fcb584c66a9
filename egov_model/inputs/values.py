"""The kinds of value a record may hold: each turns text into a typed value or says in words what it wants."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from egov_model.inputs.letters import one_line
from egov_model.inputs.tables import Scalar

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?")
_SLUG = re.compile(r"[a-z0-9]+([-._][a-z0-9]+)*")
UNKNOWN_CODE = "tidak-diketahui"  # a code of a past year that no source gives
_CODE = re.compile(r"[0-9X]+(\.[0-9X]+)*")
_LABEL = re.compile(r"[A-Za-z0-9]+([-._][A-Za-z0-9]+)*[+#]*")
_RATIO = re.compile(r"(\d+(?:\.\d+)?)(?:/(\d+(?:\.\d+)?))?")
MOST_RATIO = 9  # of Saaty's scale
LONGEST_ID, LONGEST_NAME, LONGEST_TOLD, LONGEST_NOTE = 60, 300, 600, 1_500  # letters
_YES = {"y", "ya", "yes", "true"}
_NO = {"n", "tidak", "no", "false"}


def shown(value: Any) -> str:
    """A value as a message quotes it."""
    text = str(value)
    return "an empty cell" if text == "" else repr(text if len(text) <= 60 else text[:57] + "...")


def to_number(value: Any) -> float:
    """Finite number from text with a decimal point; thousands separators are refused, as 1.000 could mean two things."""
    if isinstance(value, Scalar) and value.kind == "str" and _NUMBER.fullmatch(value):
        raise ValueError("a number, without quotes")
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = float(value)
    elif _NUMBER.fullmatch(str(value)):
        number = float(str(value))
    else:
        raise ValueError("a number such as 1250000 or 0.35 (no thousands separators, a point for decimals, no Rp)")
    if not math.isfinite(number):
        raise ValueError("a finite number")
    return number


def to_ratio(value: Any) -> float:
    """A judgement on Saaty's scale, written as 3, 1/3 or 2.5; what Excel makes of 1/3 is told apart from other mistakes."""
    text, allowed = str(value), f"a number from 1/{MOST_RATIO} to {MOST_RATIO}, such as 3 or 1/3"
    found = _RATIO.fullmatch(text)
    if not found:
        date_like = re.search(r"\d[-/ ][^\W\d]{3}|[^\W\d]{3}[-/ ]\d|\d+[-/]\d+[-/]\d+", text)
        raise ValueError(allowed + (" (a date: Excel made it of 1/3; make the column Text, or swap the two criteria)" if date_like else ""))
    above, below = float(found[1]), float(found[2] or 1)
    if not below / MOST_RATIO * (1 - 1e-9) <= above <= below * MOST_RATIO * (1 + 1e-9) or not below:
        raise ValueError(allowed)
    return above / below


def to_count(value: Any) -> int:
    number = to_number(value)
    if number != int(number):
        raise ValueError("a whole number")
    return int(number)


def to_flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError("y or n")


def to_date(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError("a date such as 2027-02-15") from None


def to_text(value: Any) -> str:
    """Text in one line; an unquoted YAML number or truth value is refused because YAML readers would change it."""
    if isinstance(value, Scalar) and value.kind != "str":
        raise ValueError(f"text in quotes: '{value}'; unquoted, YAML reads it as a {_spoken(value.kind)} and may change it")
    if not isinstance(value, str):
        raise ValueError("text in quotes")
    return one_line(str(value))


def to_any_text(value: Any) -> str:
    """Text in one line, whatever YAML would make of it; of a YAML list its words with blanks between them."""
    return one_line(" ".join(map(str, value)) if isinstance(value, list | tuple) else str(value))


def _spoken(kind: str) -> str:
    return {"int": "number", "float": "number", "bool": "truth value", "null": "missing value"}.get(kind, kind)


def to_slug(value: Any) -> str:
    text = to_text(value)
    if len(text) > LONGEST_ID or not _SLUG.fullmatch(text):
        raise ValueError(f"a short name of small letters, digits, '-', '_' and '.'{_at_most(text)}")
    return text


def to_slug_or_none(value: Any) -> str:
    """A short name, or nothing for an empty cell."""
    text = to_text(value)
    return to_slug(text) if text else ""


def to_label_or_none(value: Any) -> str:
    """A label, or nothing for an empty cell."""
    text = to_text(value)
    return to_label(text) if text else ""


def to_label(value: Any) -> str:
    """A short name that may have capitals, such as the code of an indicator."""
    text = to_text(value)
    if len(text) > LONGEST_ID or not _LABEL.fullmatch(text):
        raise ValueError(f"a short name such as I01: letters, digits, '-', '_' and '.'{_at_most(text)}")
    return text


def to_code(value: Any) -> str:
    text = to_text(value)
    if text != UNKNOWN_CODE and (len(text) > LONGEST_ID or not _CODE.fullmatch(text)):
        raise ValueError(f"a code of digits and dots such as 2.16.03 (X.XX where the owner's urusan stands){_at_most(text)}")
    return text


def _at_most(text: str) -> str:
    return f", {LONGEST_ID} letters at most" if len(text) > LONGEST_ID else ""


def to_ids(value: Any) -> tuple[str, ...]:
    """Names separated by spaces (CSV) or a YAML list."""
    parts = value if isinstance(value, list | tuple) else str(value).split()
    return tuple(to_slug(part) for part in parts)


def to_words(value: Any) -> tuple[str, ...]:
    """Words separated by spaces, or a YAML list of them."""
    parts = value if isinstance(value, list | tuple) else to_text(value).split()
    words = tuple(to_text(part) for part in parts)
    if any(len(word) > LONGEST_ID for word in words):
        raise ValueError(f"words of {LONGEST_ID} letters at most")
    return words


Text = Annotated[str, BeforeValidator(to_text), Field(max_length=LONGEST_NAME)]
AnyText = Annotated[str, BeforeValidator(to_any_text), Field(max_length=LONGEST_NAME)]
Note = Annotated[str, BeforeValidator(to_text), Field(max_length=LONGEST_NOTE)]
Told = Annotated[str, BeforeValidator(to_text), Field(min_length=1, max_length=LONGEST_TOLD)]
Words = Annotated[tuple[str, ...], BeforeValidator(to_words)]
Name = Annotated[str, BeforeValidator(to_text), Field(min_length=1, max_length=LONGEST_NAME)]
ShortName = Annotated[str, BeforeValidator(to_text), Field(min_length=1, max_length=LONGEST_ID)]
Slug = Annotated[str, BeforeValidator(to_slug), Field(max_length=LONGEST_ID)]
SlugOrNone = Annotated[str, BeforeValidator(to_slug_or_none), Field(max_length=LONGEST_ID)]
LabelOrNone = Annotated[str, BeforeValidator(to_label_or_none), Field(max_length=LONGEST_ID)]
Label = Annotated[str, BeforeValidator(to_label), Field(max_length=LONGEST_ID)]
Code = Annotated[str, BeforeValidator(to_code), Field(max_length=LONGEST_ID)]
Ids = Annotated[tuple[str, ...], BeforeValidator(to_ids)]
Flag = Annotated[bool, BeforeValidator(to_flag)]
Day = Annotated[date, BeforeValidator(to_date)]
Number = Annotated[float, BeforeValidator(to_number)]
Positive = Annotated[float, BeforeValidator(to_number), Field(ge=0)]
Share = Annotated[float, BeforeValidator(to_number), Field(ge=0, le=1)]
Count = Annotated[int, BeforeValidator(to_count), Field(ge=0)]
Year = Annotated[int, BeforeValidator(to_count), Field(ge=2000, le=2100)]
Latitude = Annotated[float, BeforeValidator(to_number), Field(ge=-90, le=90)]
Longitude = Annotated[float, BeforeValidator(to_number), Field(ge=-180, le=180)]
