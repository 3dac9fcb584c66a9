"""A regency's monthly table of realisation (Laporan Realisasi Fisik dan Keuangan) in Excel: which columns it has and what its rows say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from egov_model.inputs.survey_cells import MONTHS, clean, plain_value, read
from egov_model.inputs.survey_notes import Note, Refused, text
from egov_model.inputs.survey_scope import FormField

MOST_ROWS, MOST_COLUMNS, HEAD_ROWS = 5_000, 40, 30
AGREE = 0.005  # how far the rupiah and the percentage of one row may lie apart
_CODE = re.compile(r"[0-9X]+(\.[0-9X]+)*")
_PERCENT = ("%", "persen")
_TARGET = ("target", "rencana", "sisa", "deviasi")
COLUMNS = ("code", "title", "budget", "paid", "paid_share", "physical")
HEADS = {"code": "Kode", "title": "Program / Kegiatan / Sub Kegiatan", "budget": "Pagu (Rp)", "paid": "Realisasi Keuangan (Rp)",
         "paid_share": "Realisasi Keuangan (%)", "physical": "Realisasi Fisik (%)"}  # fmt: skip
_NUMBER, _SHARE = FormField("number", "number"), FormField("share", "share")


@dataclass(frozen=True)
class SheetRow:
    """One line of the table; `code` is empty where a line only has a title (a package below its sub-activity)."""

    code: str
    title: str
    budget_idr: int
    paid_idr: int
    physical_share: float
    sheet: str
    row: int


def read_rows(book: Workbook, region: str, month: str) -> tuple[list[SheetRow], list[Note]]:
    """Lines of the one sheet that has such a table, and what is wrong with single cells.

    Raises `Refused` when no sheet has one, or more than one has, or it says that it is of another regency or month.
    """
    found = {sheet: heads for sheet in book.worksheets if (heads := _heads(sheet))}
    if len(found) != 1:
        names = ", ".join(sheet.title for sheet in found) or ", ".join(book.sheetnames[:6])
        wanted = ", ".join(HEADS.values())
        raise text("{count} sheets with a realisation table ({names}); one is needed, with the heads {heads}",
                   count=len(found), names=names, heads=wanted)  # fmt: skip
    (sheet, (last, columns)), *_ = found.items()
    _of(sheet, last, region, month)
    rows, notes = [], []
    for number in range(last + 1, min(sheet.max_row, last + MOST_ROWS) + 1):
        cells = {name: sheet.cell(number, column) for name, column in columns.items()}
        try:
            row = _row(sheet.title, number, cells)
        except Refused as refused:
            notes.append(refused.at(sheet.title, refused.values.get("cell", f"A{number}")))
            continue
        if row:
            rows.append(row)
    return rows, notes


def _heads(sheet: Worksheet) -> tuple[int, dict[str, int]] | None:
    """The last line of the heads, and where each column stands; None when this is no such table. Heads may span up to three lines."""
    for top in range(1, min(sheet.max_row, HEAD_ROWS) + 1):
        said = [_said(sheet, top, column) for column in range(1, min(sheet.max_column, MOST_COLUMNS) + 1)]
        if not any("kode" in words for words in said) or not any("pagu" in words or "anggaran" in words for words in said):
            continue
        for depth in (1, 2, 3):
            joined = [
                " ".join(dict.fromkeys(_said(sheet, top + line, column) for line in range(depth))).strip()
                for column in range(1, len(said) + 1)
            ]
            columns = _columns(joined)
            if columns:
                return top + depth - 1, columns
    return None


def _said(sheet: Worksheet, row: int, column: int) -> str:
    """What a head says, also where it was merged with others."""
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col:
            row, column = merged.min_row, merged.min_col
            break
    value = sheet.cell(row, column).value
    return " ".join(str(value).lower().split()) if value is not None else ""


def _columns(heads: list[str]) -> dict[str, int] | None:
    """Columns by meaning; None unless each of those that are needed stands once."""

    def those(*words: str, percent: bool | None = None) -> list[int]:
        return [
            n
            for n, head in enumerate(heads, 1)
            if any(word in head for word in words)
            and not any(word in head for word in _TARGET)
            and (percent is None or percent == any(mark in head for mark in _PERCENT))
        ]

    found = {
        "code": those("kode"),
        "title": [n for n in those("uraian", "kegiatan", "program") if "kode" not in heads[n - 1]],
        "budget": those("pagu", "anggaran", percent=False),
        "paid": those("keuangan", percent=False),
        "paid_share": those("keuangan", percent=True),
        "physical": those("fisik"),
    }
    found["physical"] = [n for n in found["physical"] if "keuangan" not in heads[n - 1]]
    if any(len(columns) != 1 for columns in found.values()):
        return None
    return {name: columns[0] for name, columns in found.items()}


def _of(sheet: Worksheet, last: int, region: str, month: str) -> None:
    """Raises `Refused` where the lines above the heads name another regency or another month."""
    above = " \n".join(str(c.value) for line in sheet.iter_rows(max_row=last, max_col=MOST_COLUMNS) for c in line if c.value is not None)
    named = re.search(r"\b(?:kabupaten|kota)\s+([a-z][a-z ]+)", above, re.IGNORECASE)
    own = re.sub(r"^(kabupaten|kota)\s+", "", region.lower()).split()
    if named and named[1].lower().split()[: len(own)] != own:
        raise text("a table of {found}; the data are those of {known}", found=named[0].strip()[:60], known=region)
    said = re.search(rf"\b({'|'.join(MONTHS)})\s+(20\d\d)", above, re.IGNORECASE)
    if said:
        told = f"{said[2]}-{MONTHS.index(said[1].lower()) + 1:02d}"
        if told != month:
            raise text("a table of {found}, asked for was {month}: give --month {told}", found=said[0], month=month, told=told)


def _row(sheet: str, number: int, cells: Mapping[str, Cell]) -> SheetRow | None:
    """One line; None for an empty one and for one without money and progress. Raises `Refused` naming the cell."""
    code, title = (_words(cells[name]) for name in ("code", "title"))
    if not code and not title:
        return None
    if code and not _CODE.fullmatch(code):
        return None  # a heading, a signature, a numbering such as a) or I.
    values = {}
    for name in ("budget", "paid", "paid_share", "physical"):
        values[name] = _figure(cells[name], percent=name in ("paid_share", "physical"))
    if all(value is None for value in values.values()):
        return None
    budget, paid = (round(values[name] or 0) for name in ("budget", "paid"))
    share, physical = values["paid_share"], values["physical"] or 0.0
    if not 0 <= physical <= 1:
        raise _at(cells["physical"], "{cell}: a share of {found} %; from 0 to 100", found=round(physical * 100, 2))
    if budget < 0 or paid < 0:
        raise _at(cells["paid"], "{cell}: an amount below zero ({found})", found=min(budget, paid))
    if share is not None and budget and abs(paid / budget - share) > AGREE:
        raise _at(
            cells["paid_share"], "{cell}: {found} % of the ceiling, but {paid} of {budget} rupiah is {really} %: correct one of them",
            found=round(share * 100, 2), paid=paid, budget=budget, really=round(paid / budget * 100, 2),
        )  # fmt: skip
    return SheetRow(code, title, budget, paid, physical, sheet, number)


def _words(cell: Cell) -> str:
    value = plain_value(cell)
    return clean(str(value)) if value is not None else ""


def _figure(cell: Cell, percent: bool) -> float | None:
    """A number; a percentage (45,5 or a cell formatted as %) as a share."""
    try:
        if percent and "%" not in (cell.number_format or "") and not str(cell.value).strip().endswith("%"):
            said = read(cell, _NUMBER, {}, ())
            return float(said) / 100 if said else None
        said = read(cell, _SHARE if percent else _NUMBER, {}, ())
        return float(said) if said else None
    except Refused as refused:
        raise Refused("{cell}: " + refused.sentence, {"cell": cell.coordinate, **refused.values}) from None


def _at(cell: Cell, sentence: str, **values: object) -> Refused:
    return text(sentence, cell=cell.coordinate, **values)
