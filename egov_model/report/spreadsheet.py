"""Sheets of a workbook that prints well, runs nothing and is the same to the byte for the same content; knows no plan."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.page import PageMargins
from openpyxl.writer.excel import ExcelWriter

from egov_model.report.page import write_whole

TEXT, CODE, MONEY, PARTS, YEAR, DAY = "General", "@", "#,##0", "#,##0.00", "0", "yyyy-mm-dd"
MATRIX = '#,##0;-#,##0;"\N{EN DASH}"'  # rupiah where most cells are empty: 0 as a dash
NUMERIC = (MONEY, MATRIX, PARTS, YEAR)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
HEAD_ROW = 4  # title, note and one empty row stand above the heads of every sheet
APPLICATION = "egov-model"
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
LONGEST = 32_767  # characters a cell may hold
_RULE = Side(style="thin", color="999999")
_FILLS = {"head": "D9E2EC", "total": "E8EDF2", "group": "F3F6F9"}
_FONT = {"name": "Calibri", "family": 2}
_LINE = 15.0  # points


@dataclass(frozen=True)
class Column:
    """A column: its head (a year is a number), the number format of its cells and its width in characters."""

    head: str | int
    format: str = TEXT
    width: float = 14.0


@dataclass(frozen=True)
class Formula:
    """A formula with the value it has now, which programs show that do not calculate (previews, protected view)."""

    text: str
    value: int | float


CellValue = str | int | float | date | Formula | None


class Sheet:
    """One sheet with a title, a note, heads that stay in sight and rows below them."""

    def __init__(self, book: Book, name: str, title: str, note: str):
        self.name = name
        self._book = book
        self._sheet = book.workbook.create_sheet(name)
        self._columns: tuple[Column, ...] = ()
        self.next_row = HEAD_ROW + 1
        self._write(self._sheet.cell(1, 1), title, TEXT).font = Font(bold=True, size=14, **_FONT)
        self._write(self._sheet.cell(2, 1), note, TEXT).font = Font(italic=True, size=11, color="555555", **_FONT)

    def heads(self, columns: Sequence[Column], fixed: int = 0) -> None:
        """The heads, repeated on every printed page; `fixed` columns stay in sight when scrolling sideways."""
        self._columns = tuple(columns)
        self.head_line([c.head for c in columns], HEAD_ROW)
        for number, column in enumerate(columns, 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = column.width
        self._sheet.freeze_panes = self._sheet.cell(HEAD_ROW + 1, fixed + 1)
        self._sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"

    def head_line(self, heads: Sequence[str | int | None], row: int) -> None:
        """A line of heads anywhere on the sheet."""
        self._heighten(row, heads, bold=True)
        for number, head in enumerate(heads, 1):
            cell = self._write(self._sheet.cell(row, number), head, YEAR)
            cell.alignment = self._alignment(number, "center")
            self._dress(cell, "head")

    def row(self, cells: Sequence[CellValue], kind: str = "", level: int = 0, formats: Sequence[str] = ()) -> int:
        """Appends a row and gives its number; `kind`: "" | total | group | bold; `level` is the depth it folds away at."""
        row = self.next_row
        self.fill(row, cells, kind, formats)
        if level:
            self._sheet.row_dimensions[row].outlineLevel = level
        self.next_row += 1
        return row

    def fill(self, row: int, cells: Sequence[CellValue], kind: str = "", formats: Sequence[str] = ()) -> None:
        """Writes a row where it is told, for totals that are known only when the rows below them are."""
        self._heighten(row, cells, bold=bool(kind))
        for number, value in enumerate(cells, 1):
            own = formats[number - 1] if formats else self._columns[number - 1].format
            cell = self._write(self._sheet.cell(row, number), value, own)
            cell.alignment = self._alignment(number, "top")
            if kind:
                self._dress(cell, kind)

    def link(self, row: int, column: int, address: str) -> None:
        """Makes a cell lead to a place of this workbook, such as #'Sheet'!A1."""
        cell = self._sheet.cell(row, column)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=address.removeprefix("#"))
        cell.font = Font(size=11, color="0B5563", underline="single", **_FONT)

    def range(self, column: int, first: int, last: int, *, away: bool = False) -> str:
        """Cells of a column (counted from 1) such as F5:F9; `away`: as another sheet names them."""
        letter = get_column_letter(column)
        cells = f"{letter}{first}" if first == last else f"{letter}{first}:{letter}{last}"
        return f"{quote_sheetname(self.name)}!{cells}" if away else cells

    def across(self, row: int, first: int, last: int) -> str:
        """Cells of a row such as F5:J5."""
        return f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}"

    def filter(self, last: int) -> None:
        """Buttons to filter and sort the rows from the heads to row `last`."""
        self._sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(len(self._columns))}{last}"

    def folds_below(self, levels: int) -> None:
        """Rows fold away, `levels` deep, under the subtotal above them."""
        self._sheet.sheet_properties.outlinePr.summaryBelow = False
        self._sheet.sheet_format.outlineLevelRow = levels

    def set_up_print(self, page: str, of: str) -> None:
        """A4 across, all columns on one page, the sheet's name and the number of the page at the foot."""
        sheet = self._sheet
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.75, header=0.3, footer=0.4)
        sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", f"{page} &P {of} &N"

    def _alignment(self, number: int, vertical: str) -> Alignment:
        """Numbers and what heads them to the right, all else to the left, a step away from the column before."""
        if number > 1 and self._columns[number - 1].format in NUMERIC:
            return Alignment(wrap_text=True, vertical=vertical, horizontal="right")
        return Alignment(wrap_text=True, vertical=vertical, horizontal="left", indent=min(1, number - 1))

    def _heighten(self, row: int, cells: Sequence[CellValue], bold: bool) -> None:
        """Makes a row as high as its longest text needs, which not every program does by itself."""
        texts = [(len(c), column.width) for c, column in zip(cells, self._columns, strict=False) if isinstance(c, str)]
        lines = max((math.ceil(length * (1.15 if bold else 1.05) / width) for length, width in texts), default=1)
        if lines > 1:
            self._sheet.row_dimensions[row].height = _LINE * lines

    def _write(self, cell: Cell, value: CellValue, number_format: str) -> Cell:
        """Sets one cell; text stays text, whatever it begins with."""
        if isinstance(value, Formula):
            cell.value = value.text
            self._book.values[self.name, cell.coordinate] = value.value
        elif isinstance(value, str) and value:
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST]
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(FORMULA_STARTS)
        elif value != "":
            cell.value = value
        if value is not None:
            cell.number_format = (CODE if number_format == CODE else TEXT) if isinstance(value, str) else number_format
        return cell

    def _dress(self, cell: Cell, kind: str) -> None:
        cell.font = Font(bold=True, size=11, **_FONT)
        if kind in _FILLS:
            cell.fill = PatternFill("solid", start_color=_FILLS[kind])
        if kind in ("head", "total"):
            cell.border = Border(top=_RULE, bottom=_RULE)


AnySheet = TypeVar("AnySheet", bound=Sheet)


class Book:
    """A workbook: sheets in the order they are made, without macros, links to elsewhere or a user's name."""

    def __init__(self, title: str, made: date):
        self.workbook = Workbook()
        self.workbook.remove(self.workbook.active)
        self.values: dict[tuple[str, str], int | float] = {}
        self._sheets: list[Sheet] = []
        told = self.workbook.properties
        told.title, told.creator = ILLEGAL_CHARACTERS_RE.sub("", title), APPLICATION
        told.created = told.modified = datetime(made.year, made.month, made.day)

    def sheet(self, name: str, title: str, note: str) -> Sheet:
        """A new sheet at the end."""
        return self.add(Sheet(self, name, title, note))

    def add(self, sheet: AnySheet) -> AnySheet:
        """Takes in a sheet of another kind that was made for this book."""
        self._sheets.append(sheet)
        return sheet

    def save(self, target: Path) -> None:
        """Writes the file as `page.write_whole` does."""
        write_whole(target, self.content())

    def content(self) -> bytes:
        """The file's bytes, with the value of every formula."""
        return archive_of(self.workbook, self._with_value_of_sheet)

    def _with_value_of_sheet(self, name: str, part: bytes) -> bytes:
        found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
        return self._with_values(part.decode(), self._sheets[int(found[1]) - 1].name).encode() if found else part

    def _with_values(self, xml: str, sheet: str) -> str:
        """The sheet's XML with each formula's present value, which openpyxl leaves empty."""
        return re.sub(
            r'(<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f>)<v\s*(?:/>|></v>)',
            lambda m: f"{m[1]}<v>{self.values[sheet, m[2]]}</v>",
            xml,
        )


def archive_of(workbook: Workbook, mend: Callable[[str, bytes], bytes] = lambda _, part: part) -> bytes:
    """The bytes openpyxl writes, with our name and constant dates in the archive; `mend` may change a part, given its name."""
    raw, made = io.BytesIO(), io.BytesIO()
    ExcelWriter(workbook, zipfile.ZipFile(raw, "w")).save()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(made, "w") as archive:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/app.xml":  # openpyxl signs as Excel
                part = re.sub(rb"(<Application>)[^<]*", rb"\g<1>" + APPLICATION.encode(), part)
            info = zipfile.ZipInfo(name, ZIP_DATE)
            info.create_system, info.external_attr, info.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(info, mend(name, part))
    return made.getvalue()
