"""The survey form of one agency: what the pack says of it, to be confirmed or corrected; fills in, never computes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from openpyxl.workbook.protection import WorkbookProtection

from egov_model.inputs.pack import Pack
from egov_model.inputs.priced import priced_items
from egov_model.inputs.record import Record
from egov_model.inputs.survey_scope import (
    FACTS,
    FORM,
    FORM_TABLES,
    LISTS,
    VERSION,
    FormFacts,
    FormField,
    FormTable,
    FormWords,
    choices,
    columns,
    facts,
    fields_of,
)
from egov_model.report.form_sheet import FIRST_ROW, FormSheet, cells_of
from egov_model.report.spreadsheet import CODE, DAY, TEXT, Book, CellValue, Column
from egov_model.report.survey_words import QUANTITIES, TREATMENTS, form_words
from egov_model.report.wording import Say
from egov_model.report.words import EVIDENCE, named
from egov_model.report.workbook import TIMING

FILE = "formulir-{agency}.xlsx"
MORE_ROWS = 12  # empty rows for applications that the pack does not know
FILLER_ROWS = (5, 6, 7)  # of the cover: name, position, day
_WIDTHS = {
    "key": 22, "source": 60, "remark": 30, "basis": 24, "name": 34, "function": 44, "unit": 20, "evidence": 12, "interfaces": 26,
    "title": 30, "service": 30, "initiative": 34, "item": 34,
}  # fmt: skip
_NUMBER = "#,##0.######"


def write_form(pack: Pack, agency: str, say: Say, folder: Path) -> Path:
    """Writes `formulir-<agency>.xlsx` and gives its path; the same pack gives the same bytes. Raises `EgovModelError`."""
    path = folder / FILE.format(agency=agency)
    make_form(pack, agency, say).save(path)
    return path


def make_form(pack: Pack, agency: str, say: Say) -> Book:
    """The form of one agency, not yet written."""
    region, words = pack.region, form_words(say)
    made_from = facts(region.name, pack.rows, agency)
    name = pack.rows["agencies"][agency].name
    issued = date.fromisoformat(pack.rows["settings"]["issued_on"].value)
    book = Book(f"{name}: {region.plan_title_id if say.language == 'id' else region.plan_title_en}", issued)
    book.workbook.security = WorkbookProtection(lockStructure=True)  # names and number of the sheets stay; no password
    cover = book.add(FormSheet(book, words.cover, name, say("Survey form of {region}", region=region.name)))
    _cover(cover, say, words)
    filled = [
        (table, rows, book.add(FormSheet(book, words.sheets[table.name], f"{name}: {words.sheets[table.name]}", _note(say))))
        for table in FORM_TABLES.values()
        if (rows := table.rows_of(pack.rows, agency))
    ]
    more = book.add(FormSheet(book, words.proposals, words.proposals, say("Applications that you use and that are missing here.")))
    inventory = _inventory(book, pack, say, words) if FORM_TABLES["applications"].rows_of(pack.rows, agency) else None
    lists = book.add(FormSheet(book, LISTS, LISTS, ""))
    offered = _Lists(lists)
    for table, rows, sheet in filled:
        _fill(sheet, table, rows, pack, say, words, offered)
    _proposals(more, say)
    hidden = book.add(FormSheet(book, FACTS, FACTS, ""))
    _facts(hidden, made_from)
    for sheet in (cover, *(s for _, _, s in filled), more, *filter(None, [inventory])):
        sheet.set_up_print(say("Page"), say("of"))
        sheet.lock()
    for sheet in (lists, hidden):
        sheet.lock()
        sheet.hide()
    return book


class _Lists:
    """The hidden sheet with the texts of every drop-down, one column each."""

    def __init__(self, sheet: FormSheet):
        self._sheet, self._cells = sheet, {}

    def cells(self, texts: tuple[str, ...]) -> str:
        if texts not in self._cells:
            column = len(self._cells) + 1
            for n, text in enumerate(texts):
                self._sheet.put(FIRST_ROW + n, column, text)
            self._cells[texts] = cells_of(self._sheet, column, FIRST_ROW, FIRST_ROW + len(texts) - 1)
        return self._cells[texts]


def _note(say: Say) -> str:
    return say("Correct the framed cells. Leave right what is right; a basis alone confirms the whole row.")


def _cover(sheet: FormSheet, say: Say, words: FormWords) -> None:
    """Who fills in, and how."""
    sheet.heads([Column(say("Who fills in"), TEXT, 34), Column("", TEXT, 80)])
    for row, head in zip(FILLER_ROWS, words.filler, strict=True):
        sheet.fill(row, [head, None])
        sheet.open(row, 2, DAY if row == FILLER_ROWS[2] else CODE)
    sheet.next_row = FILLER_ROWS[2] + 2
    lines = (
        say("1. Fill in name, position and date above (2027-03-15, or 15 Maret 2027)."),
        say("2. Look at each sheet below. Only framed cells can be changed; a cell that is right stays as it is."),
        say("3. Low and high are values that only one case in ten falls below or goes beyond; most likely lies between them."),
        say("4. For each row you correct or confirm, choose the basis: written in a document, counted from records, or estimated."),
        say("5. Write numbers without a separator of thousands: 1234567, and 12,5 or 12.5 for twelve and a half."),
        say("6. Do not add, delete, merge or rename anything; what is missing goes to the sheet {sheet}.", sheet=words.proposals),
        say("7. Save as xlsx, without password and macros, and send the file back under its name."),
    )
    for line in lines:
        sheet.row(["", line])


def _fill(sheet: FormSheet, table: FormTable, rows: dict[str, Record], pack: Pack, say: Say, words: FormWords, offered: _Lists) -> None:
    """One row of the form for every row of the table that belongs to the agency."""
    names = columns(table)
    sheet.heads([Column(words.heads[n], CODE if n == "key" else TEXT, _WIDTHS.get(n, 16)) for n in names], fixed=1)
    bases = tuple(words.choices["basis"].values())
    for key, row in rows.items():
        at = sheet.next_row
        asked = {f.name: f for f in fields_of(table, row)}
        told: dict[str, CellValue] = {"key": key, "unit": row.unit, "source": row.source, "basis": None, "remark": None}
        told["evidence"] = named(say, EVIDENCE, row.evidence)
        told |= {name: _context(table.name, name, row, pack, say) for name in table.context}
        for f in table.fields:
            told[f.name] = _shown(table.name, f, row, pack, words) if f.name in asked else None
        sheet.row([told[n] for n in names])
        for n, name in enumerate(names, 1):
            if name in asked:
                _ask(sheet, at, n, table.name, asked[name], pack, say, words, offered)
        basis, remark = names.index("basis") + 1, names.index("remark") + 1
        sheet.open(at, basis)
        sheet.offer(at, basis, offered.cells(bases), words.heads["basis"], ", ".join(bases), may_be_empty=True)
        sheet.open(at, remark, CODE)


def _ask(
    sheet: FormSheet, row: int, column: int, table: str, asked: FormField, pack: Pack, say: Say, words: FormWords, offered: _Lists
) -> None:
    """Opens one cell with what it may hold."""
    head = words.heads[asked.name]
    if asked.kind == "choice":
        texts = tuple(choices(table, asked.name, pack.rows, words).values())
        sheet.open(row, column)
        sheet.offer(row, column, offered.cells(texts), head, say("Choose from the list."), may_be_empty=asked.may_be_empty)
    elif asked.kind in ("text", "ids"):
        sheet.open(row, column, CODE)
    else:
        sheet.open(row, column, "0" if asked.kind == "count" else _NUMBER)
        ends = {"low": say.figure(asked.low), "high": say.figure(asked.high)}
        told = say("A whole number from {low} to {high}.", **ends) if asked.kind == "count" else say("From {low} to {high}.", **ends)
        sheet.bound(row, column, asked.low, asked.high, head, told, whole=asked.kind == "count")


def _shown(table: str, asked: FormField, row: Record, pack: Pack, words: FormWords) -> CellValue:
    value = getattr(row, asked.name)
    if asked.kind == "choice":
        code = ("y" if value else "n") if isinstance(value, bool) else value
        return choices(table, asked.name, pack.rows, words).get(code, code)
    return " ".join(value) if asked.kind == "ids" else value


def _context(table: str, name: str, row: Record, pack: Pack, say: Say) -> str:
    """What stands beside the cells to fill in, so that people know which row this is."""
    rows = pack.rows
    if name == "title":
        return say.title(row)
    if name == "initiative":
        return say.title(rows["initiatives"][row.initiative]) if row.initiative else ""
    if name == "service":
        return say.title(rows["services"][row.service])
    if name == "item":
        return priced_items(rows)[row.item].name
    words = {"treatment": TREATMENTS, "quantity": QUANTITIES, "timing": TIMING}
    return named(say, words[name], getattr(row, name)) if name in words else str(getattr(row, name))


def _proposals(sheet: FormSheet, say: Say) -> None:
    """Empty rows for what is missing: planners read them, nothing is taken over by itself."""
    heads = (say("Name"), say("What it is for"), say("Since when, by whom"), say("Remark"))
    sheet.heads([Column(head, CODE, 40) for head in heads])
    for row in range(FIRST_ROW, FIRST_ROW + MORE_ROWS):
        for column in range(1, len(heads) + 1):
            sheet.open(row, column, CODE)
    sheet.next_row = FIRST_ROW + MORE_ROWS


def _inventory(book: Book, pack: Pack, say: Say, words: FormWords) -> FormSheet:
    """A sheet with the codes of all applications, for those who have some to link."""
    sheet = book.add(FormSheet(book, words.inventory, words.inventory, say("Codes for the column on data exchange.")))
    heads = (words.heads["key"], words.heads["name"], words.sheets["agencies"])
    sheet.heads([Column(head, CODE, 40) for head in heads], fixed=1)
    agencies = pack.rows["agencies"]
    for at, (key, row) in enumerate(pack.rows["applications"].items(), FIRST_ROW):
        for column, told in enumerate((key, row.name, agencies[row.agency].short_name), 1):
            sheet.put(at, column, told)
    return sheet


def _facts(sheet: FormSheet, made_from: FormFacts) -> None:
    """What the form was made from, so that a change in between is seen when it comes back."""
    head = ((FORM, str(VERSION)), (made_from.region, made_from.agency), (made_from.hash(), str(len(made_from.values))))
    for n, (first, second) in enumerate(head, 1):
        sheet.put(n, 1, first)
        sheet.put(n, 2, second)
    for n, (where, value) in enumerate(made_from.values.items(), len(head) + 1):
        for column, text in enumerate((*where, value), 1):
            sheet.put(n, column, text)
