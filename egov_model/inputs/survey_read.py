"""Reading a form that came back: whether it is one of ours, what its rows answer, by whom and when."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from egov_model.inputs.record import Record
from egov_model.inputs.survey_answer import Answer
from egov_model.inputs.survey_cells import clean, day, harmless, plain_value
from egov_model.inputs.survey_notes import Refused, text
from egov_model.inputs.survey_rows import MORE_ROWS, read_rows
from egov_model.inputs.survey_scope import FACTS, FORM, FORM_TABLES, VERSION, FormFacts, FormWords, Rows

MOST_FACTS = 20_000  # rows of the hidden sheet


def read_answer(path: Path, book: Workbook, region: str, rows: Rows, words: FormWords, today: date) -> Answer:
    """A form's answer against what it was made from; raises `Refused` when it is not a form of this regency, version and agency."""
    made_from = _facts(book, region, rows["agencies"])
    _named_after(path, made_from.agency, rows["agencies"])
    answer = Answer(path, made_from)
    for table in FORM_TABLES.values():
        own = table.rows_of(rows, made_from.agency)
        asked = {key: own.get(key) for name, key, _ in made_from.values if name == table.name}
        if asked:
            read_rows(answer, book, table, asked, rows, words)
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
