"""A sheet that people fill in: locked but for the cells to fill, with drop-downs and bounds; knows no plan."""

from __future__ import annotations

from openpyxl.styles import Border, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from egov_model.report.spreadsheet import CODE, HEAD_ROW, Book, Sheet

_OPEN_FILL = PatternFill("solid", start_color="FFF8DC")
_LINE = Side(style="thin", color="B08900")
_OPEN_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_OPEN = Protection(locked=False)


class FormSheet(Sheet):
    """A sheet of a form; cells are locked until they are opened."""

    def __init__(self, book: Book, name: str, title: str, note: str):
        super().__init__(book, name, title, note)
        self._checks: dict[tuple, DataValidation] = {}

    def put(self, row: int, column: int, text: str) -> None:
        """Text in a cell, without looks."""
        self._write(self._sheet.cell(row, column), text, CODE)

    def open(self, row: int, column: int, number_format: str = "General") -> None:
        """Lets people fill in a cell; it stands out by a frame as well as by its colour."""
        cell = self._sheet.cell(row, column)
        cell.protection, cell.fill, cell.border, cell.number_format = _OPEN, _OPEN_FILL, _OPEN_BORDER, number_format

    def offer(self, row: int, column: int, cells: str, title: str, told: str, *, may_be_empty: bool = False) -> None:
        """A drop-down of the texts in `cells`, written as another sheet names them."""
        self._check(row, column, ("list", cells, may_be_empty), title, told, type="list", formula1=cells, allow_blank=may_be_empty)

    def bound(self, row: int, column: int, low: float, high: float, title: str, told: str, *, whole: bool = False) -> None:
        """Only numbers from `low` to `high`."""
        kind = "whole" if whole else "decimal"
        ends = {"operator": "between", "formula1": f"{low:.15g}", "formula2": f"{high:.15g}"}
        self._check(row, column, (kind, low, high), title, told, type=kind, **ends, allow_blank=False)

    def lock(self) -> None:
        """Turns protection on, without a password, so that the keys stay; columns and rows may still be sized and filtered."""
        guard = self._sheet.protection
        guard.sheet, guard.formatColumns, guard.formatRows, guard.autoFilter, guard.sort = True, False, False, False, False

    def hide(self) -> None:
        """Out of sight, and not in the list of hidden sheets either."""
        self._sheet.sheet_state = "veryHidden"

    def _check(self, row: int, column: int, key: tuple, title: str, told: str, **rule) -> None:
        if key not in self._checks:
            check = DataValidation(showErrorMessage=True, showInputMessage=True, **rule)
            check.errorTitle = check.promptTitle = title[:32]
            check.error = check.prompt = told[:255]
            self._checks[key] = check
            self._sheet.add_data_validation(check)
        self._checks[key].add(f"{get_column_letter(column)}{row}")


def cells_of(sheet: Sheet, column: int, first: int, last: int) -> str:
    """Cells of a column with fixed rows, as another sheet names them: 'x'!$A$2:$A$9."""
    letter = get_column_letter(column)
    return f"{quote_sheetname(sheet.name)}!${letter}${first}:${letter}${last}"


FIRST_ROW = HEAD_ROW + 1
