"""Forms of the made-up regency, and what people do to them."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from tiny_pack import TINY

from egov_model.inputs.errors import Problems
from egov_model.inputs.pack import Pack, read_pack
from egov_model.report.survey_form import write_form
from egov_model.report.survey_words import form_words
from egov_model.report.wording import speak

SAY = speak("id")
WORDS = form_words(SAY)
DAY = date(2026, 11, 24)
SOURCE = "formulir OPD kominfo, 2026-11-24, Siti Rahma"


def pack_of(folder: Path = TINY) -> Pack:
    problems = Problems()
    pack = read_pack(folder, problems)
    problems.stop()
    return pack


def form(folder: Path, agency: str = "kominfo", data: Path = TINY) -> Path:
    """A fresh form."""
    if data != TINY:
        return write_form(pack_of(data), agency, SAY, folder)
    name, content = _of_tiny(agency)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path


@cache
def _of_tiny(agency: str) -> tuple[str, bytes]:
    """Name and bytes of a form of the made-up regency; the same pack gives the same bytes."""
    with tempfile.TemporaryDirectory() as made:
        path = write_form(pack_of(), agency, SAY, Path(made))
        return path.name, path.read_bytes()


def cell_of(book: Workbook, table: str, key: str, field: str) -> Cell:
    """The cell of a form where a field of a row stands."""
    sheet = book[WORDS.sheets[table]]
    heads = {cell.value: cell.column for cell in sheet[4]}
    row = next(r for r in range(5, sheet.max_row + 1) if sheet.cell(r, 1).value == key)
    return sheet.cell(row, heads[WORDS.heads[field]])


def sign(book: Workbook, name: object = "Siti Rahma", day: object = DAY) -> None:
    """Who filled in, and when."""
    cover = book[WORDS.cover]
    for row in range(1, 10):
        if cover.cell(row, 1).value == WORDS.filler[0]:
            cover.cell(row, 2).value = name
        if cover.cell(row, 1).value == WORDS.filler[2]:
            cover.cell(row, 2).value = day


def fill_in(path: Path, values: Mapping[tuple[str, str, str], object], name: object = "Siti Rahma", day: object = DAY) -> Path:
    """Writes values into a form, by table, key and field, and signs it."""
    book = openpyxl.load_workbook(path)
    for where, value in values.items():
        cell_of(book, *where).value = value
    sign(book, name, day)
    book.save(path)
    return path
