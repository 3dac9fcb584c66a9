"""Every table that a scenario's reports show as one workbook: a sheet for each, numbers as numbers, and the rows of data they tell of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl.utils import quote_sheetname

from egov_model.inputs.catalogue import TABLES
from egov_model.inputs.parameters import row_title
from egov_model.inputs.scenario import PlanInputs
from egov_model.report.shown_tables import ShownCell, ShownTable
from egov_model.report.spreadsheet import MONEY, TEXT, Book, CellValue, Column
from egov_model.report.wording import Say

NAME_LENGTH = 31  # characters of a sheet's name
WIDEST, NARROWEST = 60, 10
MOST_SOURCES = 12  # rows of data named beside one row of a table
FORMATS = {"rupiah": '"Rp"#,##0', "money": '"Rp"#,##0', "whole": "0", "figure": "#,##0.##", "day": "yyyy-mm-dd", "short_day": "yyyy-mm-dd"}


@dataclass(frozen=True)
class ShownReport:
    """A report's number and title, and its tables in their order."""

    number: str
    title: str
    tables: tuple[ShownTable, ...]


def table_book(inputs: PlanInputs, reports: Sequence[ShownReport], say: Say) -> Book:
    """The workbook, not yet written: a list of all tables, then a sheet for each; the same reports give the same bytes.

    A figure is the number behind it, in the unit its column names, shaped as the page prints it; all else is text.
    """
    region, settings = inputs.region, inputs.settings
    scenario = inputs.scenario.title if say.language == "id" else inputs.scenario.title_en
    book = Book(f"{region.name}: {region.plan_title(say.language, settings.years)}", settings.issued_on)
    issued = say("Scenario {scenario} · issued {day}", scenario=scenario, day=say.day(settings.issued_on))
    contents = book.sheet(say("Tables"), say("Every table of the reports"), issued)
    contents.heads([Column(say("Report"), TEXT, 30), Column(say("Table"), TEXT, 80), Column(say("Sheet"), TEXT, 34)])
    sources, taken = data_rows(inputs), {say("Tables").casefold()}
    for report in reports:
        for number, shown in enumerate(report.tables, 1):
            name = sheet_name(f"{report.number}.{number} {shown.caption}", taken)
            at = contents.row([report.title, shown.caption, name])
            contents.link(at, 3, f"#{quote_sheetname(name)}!A1")
            _sheet(book, name, shown, f"{report.title}. {issued}", sources, say)
    contents.set_up_print(say("Page"), say("of"))
    return book


def _sheet(book: Book, name: str, shown: ShownTable, note: str, sources: Mapping[str, tuple[str, ...]], say: Say) -> None:
    """One table; where rows of data are told of, a last column names them."""
    told = [named_rows(cells, sources) for _, cells in shown.rows]
    sheet = book.sheet(name, shown.caption, note)
    columns = [Column(head, MONEY if _numeric(shown, n) else TEXT, _width(shown, n)) for n, head in enumerate(shown.columns)]
    more = [Column(say("Rows of data"), TEXT, 40)] if any(told) else []
    sheet.heads([*columns, *more], fixed=1)
    for (kind, cells), rows in zip(shown.rows, told, strict=True):
        pairs = [value_of(cell) for cell in cells]
        pairs += [("", TEXT)] * (len(columns) - len(pairs))  # one text over a group of rows
        pairs += [(" ".join(rows), TEXT)] if more else []
        sheet.row([value for value, _ in pairs], kind if kind in ("total", "group") else "", formats=[shape for _, shape in pairs])
    if shown.rows:
        sheet.filter(sheet.next_row - 1)
    sheet.set_up_print(say("Page"), say("of"))


def value_of(cell: ShownCell) -> tuple[CellValue, str]:
    """A cell's value and number format: what is behind a figure, else its text."""
    how, _, decimals = cell.how.partition("/")
    if isinstance(cell.value, int | float) and how in ("number", "percent", *FORMATS):
        places = "." + "0" * int(decimals) if decimals not in ("", "0") else ""
        shape = f"0{places}%" if how == "percent" else f"#,##0{places}" if how == "number" else FORMATS[how]
        return cell.value, shape
    if isinstance(cell.value, str) and how in ("day", "short_day"):
        return date.fromisoformat(cell.value), FORMATS[how]
    return cell.text, TEXT


def data_rows(inputs: PlanInputs) -> dict[str, tuple[str, ...]]:
    """Which rows of data (table.key) a title, in either language, or a name stands for."""
    made: dict[str, list[str]] = {}
    for name in TABLES:
        for key, row in inputs.rows[name].items():
            own = getattr(row, "title_id", "") or getattr(row, "name", "")
            if own:
                for title in {row_title(inputs.rows, name, key, 0), row_title(inputs.rows, name, key, 1), getattr(row, "short_name", "")}:
                    made.setdefault(title, []).append(f"{name}.{key}")
    made.pop("", None)
    return {title: tuple(rows) for title, rows in made.items()}


def named_rows(cells: Sequence[ShownCell], sources: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Rows of data that the texts of a row name, each once."""
    found = dict.fromkeys(row for cell in cells if cell.value is None for row in sources.get(cell.text, ()))
    return tuple(found)[:MOST_SOURCES]


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name a workbook allows and does not have yet; it is taken then."""
    plain = re.sub(r"[\[\]:*?/\\']|[^\x20-\uffff]", " ", wanted)
    name, number = " ".join(plain.split())[:NAME_LENGTH].rstrip(), 2
    while name.casefold() in taken:
        mark = f" ({number})"
        name, number = " ".join(plain.split())[: NAME_LENGTH - len(mark)].rstrip() + mark, number + 1
    taken.add(name.casefold())
    return name


def _numeric(shown: ShownTable, column: int) -> bool:
    cells = [cells[column] for _, cells in shown.rows if column < len(cells)]
    return bool(column) and any(isinstance(value_of(cell)[0], int | float) for cell in cells)


def _width(shown: ShownTable, column: int) -> float:
    longest = max((len(cells[column].text) for _, cells in shown.rows if column < len(cells) and len(cells) > 1), default=0)
    return float(min(WIDEST, max(NARROWEST, longest + 2, min(20, len(shown.columns[column]) + 2))))
