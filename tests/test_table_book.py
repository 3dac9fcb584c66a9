"""The workbook of all tables: a sheet for each, numbers that calculate, rows of data by name, nothing that runs."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from tiny_pack import TINY

from egov_model.inputs.scenario import load_scenario
from egov_model.report.shown_tables import ShownCell, ShownTable
from egov_model.report.table_book import ShownReport, data_rows, named_rows, sheet_name, table_book, value_of
from egov_model.report.wording import speak


@pytest.fixture(scope="module")
def inputs():
    return load_scenario("baseline", TINY)


@pytest.fixture(scope="module")
def reports(inputs):
    title = inputs.rows["initiatives"]["internet"].title_id
    rows = (
        ("group", (ShownCell("Kelompok"),)),
        ("", (ShownCell(title), ShownCell("Rp1.250", 1250, "rupiah"), ShownCell("12,5 %", 0.125, "percent/1"), ShownCell("=1+1"))),
        ("total", (ShownCell("Jumlah"), ShownCell("Rp1.250", 1250, "rupiah"), ShownCell("–"), ShownCell("3 Mei", "2027-05-03", "day"))),
    )
    shown = ShownTable("Biaya: per [inisiatif]", ("Inisiatif", "Biaya", "Bagian", "Catatan"), rows)
    return [ShownReport("02", "Anggaran", (shown, shown)), ShownReport("03", "SDM", (ShownTable("Kosong", ("A",), ()),))]


@pytest.fixture(scope="module")
def book(inputs, reports):
    return load_workbook(io.BytesIO(table_book(inputs, reports, speak("id")).content()))


def test_a_sheet_for_each_table_and_a_list_that_leads_to_it(book):
    assert book.sheetnames == ["Tabel", "02.1 Biaya per inisiatif", "02.2 Biaya per inisiatif", "03.1 Kosong"]
    listed = [[cell.value for cell in row] for row in book["Tabel"].iter_rows(min_row=5, max_col=3)]
    assert [row[2] for row in listed] == book.sheetnames[1:] and listed[0][:2] == ["Anggaran", "Biaya: per [inisiatif]"]
    assert [row[2].hyperlink.location for row in book["Tabel"].iter_rows(min_row=5)] == [f"'{name}'!A1" for name in book.sheetnames[1:]]


def test_figures_are_numbers_and_text_never_runs(book):
    sheet = book["02.1 Biaya per inisiatif"]
    assert [cell.value for cell in sheet[4]] == ["Inisiatif", "Biaya", "Bagian", "Catatan", "Baris data"]
    row, total = sheet[6], sheet[7]
    assert (row[1].value, row[1].number_format) == (1250, '"Rp"#,##0') and (row[2].value, row[2].number_format) == (0.125, "0.0%")
    assert (row[3].value, row[3].data_type) == ("=1+1", "s") and row[3].quotePrefix
    assert row[4].value == "initiatives.internet" and total[4].value is None
    assert total[3].value.date() == date(2027, 5, 3) and total[2].value == "–" and total[1].font.bold
    assert sheet[5][0].value == "Kelompok" and sheet.auto_filter.ref == "A4:E7"


def test_the_same_reports_give_the_same_bytes(inputs, reports):
    assert table_book(inputs, reports, speak("id")).content() == table_book(inputs, reports, speak("id")).content()


@pytest.mark.parametrize(
    ("cell", "value", "shape"),
    [
        (ShownCell("Rp54,2 miliar", 54_200_000_001, "money"), 54_200_000_001, '"Rp"#,##0'),
        (ShownCell("2,25", 2.25, "number/2"), 2.25, "#,##0.00"),
        (ShownCell("1.234", 1234, "number/0"), 1234, "#,##0"),
        (ShownCell("2027", 2027, "whole"), 2027, "0"),
        (ShownCell("28 %", 0.28, "percent/0"), 0.28, "0%"),
        (ShownCell("Mei 2027", "2027-05-01", "month"), "Mei 2027", "General"),
        (ShownCell("?", 3, "unknown"), "?", "General"),
    ],
)
def test_a_figure_is_shaped_as_it_was_printed(cell, value, shape):
    assert value_of(cell) == (value, shape)


def test_rows_of_data_by_their_titles_in_both_languages(inputs):
    known = data_rows(inputs)
    row = inputs.rows["initiatives"]["internet"]
    assert "initiatives.internet" in known[row.title_id] and "initiatives.internet" in known[row.title_en] and "" not in known
    assert named_rows([ShownCell(row.title_id), ShownCell(row.title_id), ShownCell("tidak ada")], known) == known[row.title_id]


def test_names_of_sheets_are_allowed_and_differ():
    taken: set[str] = set()
    names = [sheet_name("01.1 " + "x" * 60, taken), sheet_name("01.1 " + "X" * 60, taken), sheet_name("a/b:c*[d]'e'\n\U0001f600", taken)]
    assert all(0 < len(name) <= 31 for name in names) and len({name.casefold() for name in names}) == 3
    assert names[1].endswith(" (2)") and names[2] == "a b c d e"
