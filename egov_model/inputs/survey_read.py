"""Reading a form that came back: which rows were corrected or confirmed, by whom and when, and what cannot be taken over."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from egov_model.inputs.errors import nearest
from egov_model.inputs.record import Record
from egov_model.inputs.survey_cells import clean, day, harmless, in_range, plain_value, read
from egov_model.inputs.survey_notes import Note, Refused, text
from egov_model.inputs.survey_scope import (
    FACTS,
    FORM,
    FORM_TABLES,
    VERSION,
    FormFacts,
    FormField,
    FormTable,
    FormWords,
    Rows,
    choices,
    fields_of,
)

MOST_FACTS = 20_000  # rows of the hidden sheet
MORE_ROWS = 200  # beyond those of the form that are looked at for rows somebody added
_BASIS = FormField("basis", "choice", may_be_empty=True)


@dataclass(frozen=True)
class AnsweredRow:
    """A row that a form corrects (`edited` fields) or confirms (`basis` alone): all its asked values as text."""

    table: str
    key: str
    values: Mapping[str, str]
    edited: frozenset[str]
    basis: str  # evidence: high, medium or low
    sheet: str
    cells: Mapping[str, str]  # where each field stands


@dataclass
class Answer:
    """One form as it came back; `notes` say what is refused, `said` (sheet, row's key, text) what people remarked and proposed."""

    path: Path
    facts: FormFacts
    filler: str = ""
    day: date | None = None
    rows: list[AnsweredRow] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    said: list[tuple[str, str, str]] = field(default_factory=list)


def read_answer(path: Path, book: Workbook, region: str, rows: Rows, words: FormWords, today: date) -> Answer:
    """A form's answer against what it was made from; raises `Refused` when it is not a form of this regency, version and agency."""
    made_from = _facts(book, region, rows["agencies"])
    _named_after(path, made_from.agency, rows["agencies"])
    answer = Answer(path, made_from)
    for table in FORM_TABLES.values():
        own = table.rows_of(rows, made_from.agency)
        asked = {key: own.get(key) for name, key, _ in made_from.values if name == table.name}
        if asked:
            _sheet(answer, book, table, asked, rows, words)
    _said_more(answer, book, words)
    _who(answer, book, words, today)
    return answer


def _facts(book: Workbook, region: str, agencies: Mapping[str, Record]) -> FormFacts:
    """What the form was made from, by its hidden sheet."""
    if FACTS not in book.sheetnames:
        raise text("not a form of this program, or its hidden sheet was lost: fill in the form that was sent")
    sheet = book[FACTS]
    stored = sheet.iter_rows(max_row=min(sheet.max_row, MOST_FACTS), max_col=4, values_only=True)  # it makes every cell it passes
    lines = [tuple("" if value is None else str(value) for value in row) for row in stored]
    if len(lines) < 3 or lines[0][0] != FORM:
        raise text("not a form of this program, or its hidden sheet was lost: fill in the form that was sent")
    if lines[0][1] != str(VERSION):
        raise text(
            "a form of version {found}, this program reads {known}: export it again and copy the answers",
            found=lines[0][1][:20], known=VERSION,
        )  # fmt: skip
    if lines[1][0] != region:
        raise text("a form of {found}; the data are those of {known}", found=lines[1][0][:60], known=region)
    made = FormFacts(lines[1][0], lines[1][1], {(table, key, name): value for table, key, name, value in lines[3:] if table})
    if made.hash() != lines[2][0]:
        raise text("its hidden sheet was changed: fill in the form that was sent")
    if made.agency not in agencies:
        raise text("a form of agency {found}, which is not in agencies.csv", found=made.agency)
    return made


def _named_after(path: Path, agency: str, agencies: Collection[str]) -> None:
    """A file that carries another agency's name was mixed up on its way."""
    named = path.name.lower().rpartition("formulir-")[2] if "formulir-" in path.name.lower() else ""
    meant = max((key for key in agencies if named.startswith(key)), key=len, default="")
    if meant and meant != agency:
        raise text("the file is named after {named}, but it is the form of {agency}: give it its own name", named=meant, agency=agency)


def _sheet(answer: Answer, book: Workbook, table: FormTable, asked: Mapping[str, Record | None], rows: Rows, words: FormWords) -> None:
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
    """Whether a cell still says what it said, through what programs do to the last digits of a number and to blanks."""
    if asked.kind in ("count", "number", "share"):
        return bool(said) and bool(was) and math.isclose(float(said), float(was), rel_tol=1e-12)
    return said == " ".join(was.split())


def _spoken(code: str, offered: Mapping[str, str]) -> str:
    return offered.get(code, code)


def _said_more(answer: Answer, book: Workbook, words: FormWords) -> None:
    """What the agency proposes to add; planners read it, nothing of it changes the data."""
    if words.proposals not in book.sheetnames:
        return
    for row in book[words.proposals].iter_rows(min_row=5, max_row=5 + MORE_ROWS, max_col=4):
        try:
            said = [str(v) for cell in row if (v := plain_value(cell)) is not None]
        except Refused as refused:
            answer.notes.append(refused.at(words.proposals, row[0].coordinate))
            continue
        if said:
            answer.said.append((words.proposals, row[0].coordinate, "; ".join(said)))


def _who(answer: Answer, book: Workbook, words: FormWords, today: date) -> None:
    """Name and date of who filled in; both are needed as soon as something was answered."""
    found = {}
    if words.cover in book.sheetnames:
        for label, value in _labelled(book[words.cover]):
            found.setdefault(label, value)
    name, _, when = words.filler
    for label in (name, when):
        cell = found.get(label)
        at = cell.coordinate if cell is not None else ""
        try:
            said = None if cell is None else day(cell) if label == when else plain_value(cell)
            if said is None:
                if answer.rows:
                    raise text("{what} is missing: a correction is worth something when one can ask back", what=label)
            elif label == name:
                harmless(filler := clean(str(said)))
                answer.filler = filler
            elif said > today:
                raise text("{found} lies in the future", found=said.isoformat())
            elif said.year < today.year - 5:
                raise text("{found} lies more than five years back: look at the year", found=said.isoformat())
            else:
                answer.day = said
        except Refused as refused:
            answer.notes.append(refused.at(words.cover, at))


def _labelled(sheet: Worksheet) -> Iterator[tuple[str, Cell]]:
    for row in range(1, min(sheet.max_row, 40) + 1):
        value = sheet.cell(row, 1).value
        if isinstance(value, str):
            yield value.strip(), sheet.cell(row, 2)
