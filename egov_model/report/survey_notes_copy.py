"""The annotated copy of a form that came back: every refused cell marked and said why, beside the form and never over it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from egov_model.inputs.errors import EgovModelError
from egov_model.inputs.survey_notes import Note
from egov_model.inputs.survey_scope import FormWords
from egov_model.report.spreadsheet import APPLICATION, FORMULA_STARTS, archive_of
from egov_model.report.wording import Say

_FILL = PatternFill("solid", start_color="F4B6B6")
_MOST_COPIES = 1000


def write_copy(path: Path, book: Workbook, notes: Sequence[Note], say: Say, words: FormWords) -> Path | None:
    """Writes `NAME.catatan.xlsx` (or -2, -3 where that is taken by other content) and gives its path; raises `EgovModelError`.

    The copy runs nothing: formulas stand in it as text. Once mended, it can be sent back as the form. None when the workbook can be read
    but not be written again.
    """
    try:
        mark(book, notes, say, words)
        content = archive_of(book)
    except Exception:  # half of a damaged workbook: openpyxl reads it and can fail in any way when it writes
        return None
    stem = re.sub(r"\.catatan(-\d+)?$", "", path.stem)
    for n in range(1, _MOST_COPIES):
        target = path.with_name(f"{stem}.catatan{'' if n == 1 else f'-{n}'}.xlsx")
        try:
            if target == path or (target.exists() and target.read_bytes() != content):
                continue
            target.write_bytes(content)
        except OSError as error:
            raise EgovModelError(f"cannot write {target.name}: {error.strerror}") from None
        return target
    raise EgovModelError(f"cannot write an annotated copy of {path.name}: too many are there already")


def mark(book: Workbook, notes: Sequence[Note], say: Say, words: FormWords) -> None:
    """Marks the cells and puts a sheet with all notes first."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_row=min(sheet.max_row, 5000), max_col=min(sheet.max_column, 60)):
            for cell in row:
                if cell.data_type == "f":
                    cell.value = str(getattr(cell.value, "text", None) or cell.value)
                    cell.data_type, cell.quotePrefix = "s", True
    if words.remarks in book.sheetnames:
        del book[words.remarks]
    listing = book.create_sheet(words.remarks, 0)
    listing.append([say("Sheet"), say("Cell"), say("What is to be mended")])
    for cell in listing[1]:
        cell.font = Font(bold=True)
    for letter, width in (("A", 24), ("B", 10), ("C", 110)):
        listing.column_dimensions[letter].width = width
    told: dict[tuple[str, str], list[str]] = {}
    for note in notes:
        said = say(note.sentence, **note.values)
        for column, text in enumerate((note.sheet, note.cell, said), 1):
            cell = listing.cell(listing.max_row + (column == 1), column, text)
            cell.data_type, cell.quotePrefix = "s", text.startswith(FORMULA_STARTS)
        told.setdefault((note.sheet, note.cell), []).append(said)
    for (sheet, at), texts in told.items():
        if at and sheet in book.sheetnames:
            cell = _whole(book[sheet], at)
            cell.fill, cell.comment = _FILL, Comment("\n".join(texts), APPLICATION, height=120, width=320)
    book.active = 0


def _whole(sheet: Worksheet, at: str):
    """The cell, or the one that shows when it was merged."""
    cell = sheet[at]
    if isinstance(cell, MergedCell):
        area = next(r for r in sheet.merged_cells.ranges if at in r)
        return sheet.cell(area.min_row, area.min_col)
    return cell
