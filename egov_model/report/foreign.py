"""Texts of the data pack that an English page shows in Bahasa Indonesia: their cells say so, for whoever has the page read aloud."""

from __future__ import annotations

import csv
import html
import io
import re
from pathlib import Path

from egov_model.inputs.errors import InputError
from egov_model.inputs.place import PROJECT_DATA

COLUMNS = ("name", "short_name", "title_id", "unit", "source", "urusan", "function", "note")  # whose values are in Bahasa Indonesia
CODE = re.compile(r"^[\d.]+ ")  # before the name of a programme or an account
CELL = re.compile(r'<(td|th scope="row"|span|dt|dd|li)((?: (?:class|data-label)="[^"]*")*)>([^<]+(?:<wbr>[^<]+)*)</')
LETTER = re.compile(r"[^\W\d_]{2}")


def foreign_texts(data: str | Path = "") -> frozenset[str]:
    """Every text of a data pack's tables that is in Bahasa Indonesia and not the same in English; none for a folder that is not there."""
    folder = Path(data) if data else PROJECT_DATA
    found: set[str] = set()
    english: set[str] = set()
    for path in sorted(folder.rglob("*.csv")):
        try:
            rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        except (OSError, ValueError, csv.Error) as error:
            raise InputError(f"{path.name}: {error}") from None
        for row in rows:
            found |= {_one_line(row[column]) for column in COLUMNS if row.get(column)}
            english.add(_one_line(row.get("title_en") or ""))
    return frozenset(text for text in found - english if LETTER.search(text))


def with_languages(body: str, texts: frozenset[str]) -> str:
    """The body of a page in which every cell, list item or heading of rows that is one of these texts, bare or behind a code, says that it
    is in Bahasa Indonesia."""

    def told(found: re.Match[str]) -> str:
        tag, attributes, text = found.groups()
        plain = _one_line(html.unescape(text.replace("<wbr>", "")))
        return f'<{tag}{attributes} lang="id">{text}</' if plain in texts or CODE.sub("", plain) in texts else found[0]

    return CELL.sub(told, body) if texts else body


def _one_line(text: str) -> str:
    return " ".join(text.split())
