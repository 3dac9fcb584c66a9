"""The rows of one sheet of a form: which were corrected or confirmed, and which cells are refused, wherever people moved them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from egov_model.inputs.errors import nearest
from egov_model.inputs.record import Record
from egov_model.inputs.survey_answer import Answer, AnsweredRow
from egov_model.inputs.survey_cells import clean, harmless, in_range, read
from egov_model.inputs.survey_notes import Refused, text
from egov_model.inputs.survey_scope import FormField, FormTable, FormWords, Rows, choices, fields_of

MORE_ROWS = 200  # beyond those of the form that are looked at for rows somebody added
_BASIS = FormField("basis", "choice", may_be_empty=True)


def read_rows(answer: Answer, book: Workbook, table: FormTable, asked: Mapping[str, Record | None], rows: Rows, words: FormWords) -> None:
    """Notes and answered rows of one sheet."""
    name = words.sheets[table.name]
    if name not in book.sheetnames:
        near = nearest(name, book.sheetnames) or ", ".join(book.sheetnames[:6])
        answer.notes.append(text("the sheet {name} is missing; the form has {near}: name it as it was", name=name, near=near).at(name))
        return
    sheet = book[name]
    heads = _heads(sheet, words)
    wanted = {n: words.heads[n] for n in ("key", *(f.name for f in table.fields), "basis", "remark")}
    lost = [head for head in wanted.values() if head not in heads.columns]
    if lost or heads.twice:
        listed = ", ".join(lost or heads.twice)
        answer.notes.append(text("columns missing or twice: {columns}; the heads must stay as they were", columns=listed).at(name))
        return
    columns = {n: heads.columns[head] for n, head in wanted.items()}
    joined = _merged(sheet)
    seen: dict[str, int] = {}
    for row in range(heads.row + 1, min(sheet.max_row, heads.row + len(asked) + MORE_ROWS) + 1):
        cells = {n: sheet.cell(row, column) for n, column in columns.items()}
        key = str(cells["key"].value or "").strip()
        if not key and all(c.value is None for c in cells.values()):
            continue
        at = cells["key"].coordinate
        if key not in asked:
            answer.notes.append(_added(key, words).at(name, at))
        elif key in seen:
            answer.notes.append(text("{key} stands in row {first} already: leave only one of them", key=key, first=seen[key]).at(name, at))
            answer.rows = [r for r in answer.rows if (r.table, r.key) != (table.name, key)]
        else:
            seen[key] = row
            _row(answer, table, key, asked[key], cells, sheet, rows, words, joined)
    _beyond(answer, sheet, heads.row + len(asked) + MORE_ROWS, words)
    for key in asked:
        if key not in seen:
            answer.notes.append(text("the row {key} was deleted: put it back, and say in a remark what is wrong with it", key=key).at(name))


@dataclass(frozen=True)
class _Heads:
    row: int
    columns: Mapping[str, int]
    twice: tuple[str, ...]


def _heads(sheet: Worksheet, words: FormWords) -> _Heads:
    """The line of heads, also where lines were put in above it."""
    for row in sheet.iter_rows(max_row=min(sheet.max_row, 20), max_col=min(sheet.max_column, 60)):
        said = [" ".join(str(c.value).split()) if c.value is not None else "" for c in row]
        if words.heads["key"] in said:
            twice = tuple(s for s in dict.fromkeys(said) if s and said.count(s) > 1)
            return _Heads(row[0].row, {s: n for n, s in enumerate(said, 1) if s}, twice)
    return _Heads(0, {}, ())


def _merged(sheet: Worksheet) -> frozenset[tuple[int, int]]:
    """Cells that were merged with others, as (row, column); huge ranges are cut where a form ends."""
    made: set[tuple[int, int]] = set()
    for left, top, right, bottom in (r.bounds for r in sheet.merged_cells.ranges):
        made |= {(row, column) for row in range(top, min(bottom, top + 5000) + 1) for column in range(left, min(right, left + 60) + 1)}
    return frozenset(made)


def _beyond(answer: Answer, sheet: Worksheet, last: int, words: FormWords) -> None:
    """Text far below the form; openpyxl's own store is looked at, as walking over a million empty rows takes minutes."""
    if sheet.max_row > last:
        far = [c for (row, _), c in sorted(sheet._cells.items()) if row > last and c.value is not None]
        if far:
            answer.notes.append(_added(str(far[0].value), words).at(sheet.title, far[0].coordinate))


def _added(found: str, words: FormWords) -> Refused:
    return text("a row that was added ({found}): write what is missing into the sheet {sheet}", found=found[:40], sheet=words.proposals)


def _row(
    answer: Answer,
    table: FormTable,
    key: str,
    record: Record | None,
    cells: Mapping[str, Cell],
    sheet: Worksheet,
    rows: Rows,
    words: FormWords,
    joined: frozenset[tuple[int, int]],
) -> None:
    """Takes one row in, or notes every cell of it that is refused."""
    was = {name: value for (t, k, name), value in answer.facts.values.items() if (t, k) == (table.name, key)}
    fields = fields_of(table, record) if record else tuple(f for f in table.fields if f.name in was)
    values, edited, broken = {}, set(), False
    for f in fields:
        if f.name not in was:
            continue
        cell = cells[f.name]
        try:
            if (cell.row, cell.column) in joined:
                raise text("merged with other cells: take the merger back, each value stands in its own cell")
            offered = choices(table.name, f.name, rows, words) if f.kind == "choice" else {}
            said = read(cell, f, offered, rows["applications"].keys())
            values[f.name] = was[f.name] if _same(said, was[f.name], f) else said
            if values[f.name] != was[f.name]:
                if not said and not f.may_be_empty:
                    raise text("an empty cell: write the value, or {old} as it was", old=_spoken(was[f.name], offered))
                if said and f.kind in ("count", "number", "share"):
                    in_range(said, f)
                if f.kind == "text":
                    harmless(said)
                edited.add(f.name)
        except Refused as refused:
            answer.notes.append(refused.at(sheet.title, cell.coordinate))
            broken = True
    basis, broken_basis = _extra(answer, cells["basis"], sheet, _BASIS, words)
    remark, _ = _extra(answer, cells["remark"], sheet, FormField("remark", "text"), words)
    if remark:
        answer.said.append((sheet.title, key, remark))
    if not (edited or basis) or broken or broken_basis:
        return
    at = cells["key"].coordinate
    if record is None:
        answer.notes.append(text("{key} is no row of this agency in the data any more: export the form again", key=key).at(sheet.title, at))
    elif sheet.row_dimensions[cells["key"].row].hidden and edited:
        answer.notes.append(text("a hidden row was changed: show it and look whether that was meant").at(sheet.title, at))
    else:
        places = {n: c.coordinate for n, c in cells.items()}
        answer.rows.append(AnsweredRow(table.name, key, values, frozenset(edited), basis or "low", sheet.title, places))


def _extra(answer: Answer, cell: Cell, sheet: Worksheet, asked: FormField, words: FormWords) -> tuple[str, bool]:
    """Basis or remark of a row, and whether it is refused."""
    try:
        return read(cell, asked, words.choices["basis"] if asked is _BASIS else {}, ()), False
    except Refused as refused:
        answer.notes.append(refused.at(sheet.title, cell.coordinate))
        return "", True


def _same(said: str, was: str, asked: FormField) -> bool:
    """Whether a cell still says what it said, through what programs do to the last digits of a number, to blanks and to accents."""
    if asked.kind in ("count", "number", "share"):
        return bool(said) and bool(was) and math.isclose(float(said), float(was), rel_tol=1e-12)
    return said == clean(was)


def _spoken(code: str, offered: Mapping[str, str]) -> str:
    return offered.get(code, code)
