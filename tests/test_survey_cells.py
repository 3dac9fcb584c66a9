"""What people type into a cell is read as they meant it, or refused with advice."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from egov_model.inputs.survey_cells import clean, day, in_range, read
from egov_model.inputs.survey_notes import Refused
from egov_model.inputs.survey_scope import FormField

NUMBER, SHARE, COUNT = FormField("n", "number"), FormField("n", "share", high=1), FormField("n", "count", high=100)
STATES = {"running": "dipakai", "partial": "dipakai sebagian", "idle": "ada tetapi tidak dipakai"}


def cell(value, number_format="General"):
    made = Workbook().active.cell(1, 1)
    made.value, made.number_format = value, number_format
    return made


@pytest.mark.parametrize(
    ("value", "number_format", "field", "wanted"),
    [
        (120, "0", NUMBER, "120"),
        (12.5, "0.0", NUMBER, "12.5"),
        (0.1 + 0.2, "0.0", NUMBER, "0.30000000000000004"),
        ("120", "@", NUMBER, "120"),
        ("12,5", "@", NUMBER, "12.5"),
        ("12.5", "@", NUMBER, "12.5"),
        ("1.234.567", "@", NUMBER, "1234567"),
        ("1.234", "@", COUNT, "1234"),
        ("1,234,567", "@", NUMBER, "1234567"),
        ("1.234,5", "@", NUMBER, "1234.5"),
        ("1.234.567,25", "@", NUMBER, "1234567.25"),
        ("1,234.5", "@", NUMBER, "1234.5"),
        ("\u00a0 120\u200b ", "@", NUMBER, "120"),
        (0.5, "0%", SHARE, "0.5"),
        ("50 %", "@", SHARE, "0.5"),
        ("12,5%", "@", SHARE, "0.125"),
        (None, "0", NUMBER, ""),
        ("  \u00a0 ", "0", NUMBER, ""),
    ],
)
def test_numbers_are_read_as_they_were_meant(value, number_format, field, wanted):
    assert read(cell(value, number_format), field, {}, ()) == wanted


@pytest.mark.parametrize(
    ("value", "number_format", "says"),
    [
        ("1.234", "@", "1.234 can mean two numbers: write 1234 or 1,234"),
        ("12.500", "@", "12.500 can mean two numbers: write 12500 or 12,5"),
        ("1,234", "@", "1,234 can mean two numbers"),
        ("120 orang", "@", "120 orang is not a number"),
        ("sekitar 120", "@", "is not a number"),
        ("Rp1.000.000", "@", "is not a number"),
        ("1.23.456", "@", "is not a number"),
        ("1e5", "@", "is not a number"),
        ("\u0661\u0662", "@", "is not a number"),
        ("nan", "@", "is not a number"),
        ("50%", "@", "a percentage (50 %)"),
        (0.12, "0.00%", "a percentage (12 %)"),
        (True, "0", "a truth value"),
        (datetime(2026, 5, 12), "yyyy-mm-dd", "a date or a truth value"),
        (time(12, 5), "hh:mm", "a date or a truth value"),
        ("=A1+1", "0", "a formula (=A1+1)"),
        (ArrayFormula("A1", "=SUM(B1:B2)"), "0", "a formula (=SUM(B1:B2))"),
        ("#REF!", "0", "an error of the program (#REF!)"),
        ("a\x9bb", "@", "cannot be seen"),
        ("x" * 301, "@", "301 characters; allowed are 300"),
    ],
)
def test_what_could_be_misread_is_refused_with_advice(value, number_format, says):
    with pytest.raises(Refused) as refused:
        read(cell(value, number_format), NUMBER, {}, ())
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("value", "says"), [("101", "101 is out of range: from 0 to 100"), ("-1", "out of range"), ("2.5", "not a whole number")]
)
def test_bounds(value, says):
    with pytest.raises(Refused) as refused:
        in_range(value, COUNT)
    assert says in str(refused.value)
    in_range("100", COUNT)


@pytest.mark.parametrize(("value", "wanted"), [("dipakai", "running"), (" Dipakai  Sebagian", "partial"), ("idle", "idle"), (None, "")])
def test_a_word_of_the_list_is_its_code(value, wanted):
    assert read(cell(value), FormField("state", "choice"), STATES, ()) == wanted


@pytest.mark.parametrize(("value", "says"), [("dipakay", "do you mean dipakai?"), ("entah", "choose one of its words")])
def test_another_word_is_refused_with_the_nearest(value, says):
    with pytest.raises(Refused, match="is not in the list") as refused:
        read(cell(value), FormField("state", "choice"), STATES, ())
    assert says in str(refused.value)


def test_codes_of_applications():
    asked, known = FormField("interfaces", "ids"), {"surat", "warga"}
    assert read(cell("surat, warga; surat"), asked, {}, known) == "surat warga"
    with pytest.raises(Refused, match="surt is not a code of the list of applications; do you mean surat?"):
        read(cell("surt"), asked, {}, known)
    with pytest.raises(Refused, match="xyz is not a code of the list of applications$"):
        read(cell("xyz"), asked, {}, known)


@pytest.mark.parametrize(("value", "wanted"), [("Surat \n elektronik\t", "Surat elektronik"), (112, "112"), ("Sur\u00adat\ufeff", "Surat")])
def test_text_stands_in_one_line(value, wanted):
    assert read(cell(value), FormField("name", "text"), {}, ()) == wanted


def test_a_date_is_no_text():
    with pytest.raises(Refused, match="is not text"):
        read(cell(datetime(2026, 1, 1)), FormField("name", "text"), {}, ())


@pytest.mark.parametrize("said", ["a\x00b", "a\ud800b", "a\ufffeb"])
def test_characters_nobody_sees_are_refused(said):
    with pytest.raises(Refused, match="cannot be seen"):
        clean(said)


@pytest.mark.parametrize(
    "value",
    [date(2026, 12, 1), datetime(2026, 12, 1, 8), "2026-12-01", "1/12/2026", "01-12-2026", "1 Desember 2026", "1 Des 2026", "1.12.2026"],
)
def test_a_date_is_read_day_first_however_it_is_written(value):
    assert day(cell(value)) == date(2026, 12, 1)


@pytest.mark.parametrize("value", ["12/31/2026", "kemarin", "31 Februari 2026", "1 Xyz 2026", "2026-13-01", 46000])
def test_what_is_no_date_is_refused(value):
    with pytest.raises(Refused, match="is not a date"):
        day(cell(value))
