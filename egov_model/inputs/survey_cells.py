"""One filled-in cell of a form: the text that a data file holds for it, or a refusal with advice."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta

from openpyxl.cell.cell import Cell

from egov_model.inputs.errors import nearest
from egov_model.inputs.letters import one_line
from egov_model.inputs.survey_notes import text
from egov_model.inputs.survey_scope import LONGEST, FormField, plain

MONTHS = ("januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september", "oktober", "november", "desember")
FORMULA_STARTS = ("=", "+", "-", "@")
_PLAIN = re.compile(r"[-+]?\d+([.,]\d+)?")
_GROUPS = re.compile(r"[-+]?\d{1,3}([.,])\d{3}(\1\d{3})*")
_DAY = re.compile(r"(\d{1,2})[-/. ]([^\W\d_]+|\d{1,2})[-/. ](\d{4})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def read(cell: Cell, asked: FormField, offered: Mapping[str, str], known: Collection[str]) -> str:
    """What the cell says, as a data file writes it; "" for an empty one.

    `offered`: words of the drop-down by code; `known`: ids that may be named. Raises `Refused`.
    """
    value = plain_value(cell)
    if value is None:
        return ""
    if asked.kind in ("count", "number", "share"):
        return plain(_number(value, cell.number_format or "", asked.kind))
    said = _words(value)
    if asked.kind == "choice":
        return _chosen(said, offered)
    if asked.kind == "ids":
        return _ids(said, known)
    return said


def in_range(value: str, asked: FormField) -> None:
    """Raises `Refused` for a number that is not whole where it must be, or out of bounds."""
    number = float(value)
    if asked.kind == "count" and number != int(number):
        raise text("{found} is not a whole number", found=value)
    if not asked.low <= number <= asked.high:
        raise text("{found} is out of range: from {low} to {high}", found=value, low=plain(asked.low), high=plain(asked.high))


def harmless(said: str) -> None:
    """Raises `Refused` for text that a spreadsheet would run as a formula once it stands in a data file."""
    if said.startswith(FORMULA_STARTS):
        raise text("{found} begins with {sign}, which programs take for a formula: begin with a letter", found=_short(said), sign=said[0])


def plain_value(cell: Cell) -> object:
    """The value of a cell, text cleaned; None when it is empty. Raises `Refused` for formulas, errors and what is no text."""
    value = cell.value
    if cell.data_type == "f" or not isinstance(value, str | int | float | bool | date | time | timedelta | None):
        found = getattr(value, "text", None) or value
        raise text("a formula ({found}): write the value itself (copy the cell, then paste it as a value)", found=_short(found))
    if cell.data_type == "e":
        raise text("an error of the program ({found}): write the value itself", found=_short(value))
    if not isinstance(value, str):
        return value
    return clean(value) or None


def clean(said: str) -> str:
    """Text as data files may hold it, without blanks more than one. Raises `Refused` for control characters and for more than `LONGEST`
    letters."""
    try:
        said = " ".join(one_line(unicodedata.normalize("NFC", said)).split())
    except ValueError:
        raise text("characters that cannot be seen: type the text anew") from None
    if len(said) > LONGEST:
        raise text("{count} characters; allowed are {most}: shorten it", count=len(said), most=LONGEST)
    return said


def day(cell: Cell) -> date | None:
    """The date in a cell, also where it was typed as text (day before month); None when it is empty. Raises `Refused`."""
    value = plain_value(cell)
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    said = str(value)
    try:
        if _ISO.fullmatch(said):
            return date.fromisoformat(said)
        if found := _DAY.fullmatch(said):
            month = found[2].lower()
            names = [n for n, name in enumerate(MONTHS, 1) if len(month) >= 3 and name.startswith(month)]
            return date(int(found[3]), int(month) if month.isdigit() else names[0], int(found[1]))
    except (ValueError, IndexError):
        pass
    raise text("{found} is not a date: write it as 2027-03-15 or 15 Maret 2027", found=_short(said))


def _number(value: object, number_format: str, kind: str) -> float:
    if isinstance(value, bool | date | time | timedelta):
        raise text("{found} is not a number (the program made a date or a truth value of it): type it anew", found=_short(value))
    if isinstance(value, str):
        return _number_in_text(value, kind)
    if not math.isfinite(value):
        raise text("an error of the program ({found}): write the value itself", found=value)
    if "%" in number_format and kind != "share":
        raise text("a percentage ({found} %): write the number itself and format the cell as a number", found=plain(float(value) * 100))
    return float(value)


def _number_in_text(said: str, kind: str) -> float:
    """A number typed as text: a comma or a point for decimals, and groups of three only where they can mean nothing else."""
    share = said.endswith("%")
    if share:
        said = said[:-1].strip()
        if kind != "share":
            raise text("a percentage ({found} %): write the number itself and format the cell as a number", found=_short(said))
    if grouped := _GROUPS.fullmatch(said):
        whole = said.replace(grouped[1], "")
        if said.count(grouped[1]) == 1 and kind != "count":  # nobody counts one and a quarter
            fraction = said.replace(",", ".").rstrip("0").rstrip(".")
            raise text("{found} can mean two numbers: write {whole} or {part}", found=said, whole=whole, part=fraction.replace(".", ","))
        return float(whole)
    head, mark, tail = said.rpartition("," if said.rfind(",") > said.rfind(".") else ".")
    if mark and tail.isdigit() and (grouped := _GROUPS.fullmatch(head)) and grouped[1] != mark:
        said = head.replace(grouped[1], "") + "." + tail
    if not _PLAIN.fullmatch(said) or not said.isascii():
        raise text(
            "{found} is not a number: write digits only, such as 1250 or 12,5; words and units belong in the remark", found=_short(said)
        )
    number = float(said.replace(",", "."))
    return number / 100 if share else number


def _words(value: object) -> str:
    if isinstance(value, bool | date | time | timedelta):
        raise text("{found} is not text (the program made a date or a truth value of it): type it anew", found=_short(value))
    return value if isinstance(value, str) else plain(value)


def _chosen(said: str, offered: Mapping[str, str]) -> str:
    """The code of a word of the drop-down, whatever its capitals."""
    codes = {word.casefold(): code for code, word in offered.items()} | {code.casefold(): code for code in offered}
    if said.casefold() in codes:
        return codes[said.casefold()]
    near = nearest(said.casefold(), [word.casefold() for word in offered.values()])
    if near:
        raise text("{found} is not in the list; do you mean {near}?", found=_short(said), near=offered[codes[near]])
    raise text("{found} is not in the list: choose one of its words", found=_short(said))


def _ids(said: str, known: Collection[str]) -> str:
    names = re.split(r"[ ,;]+", said.strip(" ,;"))
    for name in names:
        if name not in known:
            if near := nearest(name.lower(), known):
                raise text("{found} is not a code of the list of applications; do you mean {near}?", found=_short(name), near=near)
            raise text("{found} is not a code of the list of applications", found=_short(name))
    return " ".join(dict.fromkeys(names))


def _short(value: object) -> str:
    said = str(value)
    return said if len(said) <= 60 else said[:57] + "..."
