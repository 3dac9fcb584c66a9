"""A regency's realisation table in Excel: what is read, what is refused and how it says so, and that nothing changes unasked."""

from __future__ import annotations

from datetime import datetime

import openpyxl
import pytest
from actuals_samples import TODAY, realisation_table, with_actuals

from egov_model import cli_track
from egov_model.inputs.actuals_sheet import read_rows
from egov_model.inputs.survey_notes import Refused

INTERNET = ("2.16.03.2.02.0030", "Penyediaan Akses Internet", 166_000_000, 41_500_000, 25, "40,5")
PACKAGE = ("", "Internet kantor", 166_000_000, 41_500_000, 25, 100)
OTHER = ("2.16.02.2.01.0001", "Pekerjaan lain", 10, 5, 50, 50)


@pytest.fixture(autouse=True)
def _spring_of_2027(monkeypatch):
    monkeypatch.setattr(cli_track, "today", lambda: TODAY)


def rows_of(path, month="2027-03"):
    return read_rows(openpyxl.load_workbook(path), "Kabupaten Contoh", month)


def test_lines_are_read_whatever_stands_around_them(tmp_path):
    rows, notes = rows_of(realisation_table(tmp_path / "t.xlsx", [("2.16", "URUSAN", None, None, None, None), INTERNET, OTHER]))
    assert not notes and [row.code for row in rows] == ["2.16.03.2.02.0030", "2.16.02.2.01.0001"]
    assert (rows[0].budget_idr, rows[0].paid_idr, rows[0].physical_share) == (166_000_000, 41_500_000, pytest.approx(0.405))


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"region": "KABUPATEN HALMAHERA SELATAN"}, "a table of KABUPATEN HALMAHERA SELATAN"),
        ({"until": "Bulan April 2027"}, "give --month 2027-04"),
        ({"changes": {"G5": "Kinerja"}}, "0 sheets with a realisation table"),
    ],
)
def test_another_table_is_refused_as_a_whole(tmp_path, table, words):
    with pytest.raises(Refused, match=words):
        rows_of(realisation_table(tmp_path / "t.xlsx", [INTERNET], **table))


@pytest.mark.parametrize(
    ("cell", "value", "words"),
    [
        ("G7", 140, "G7: a share of 140.0 %"),
        ("E7", "=D7/4", "E7: a formula"),
        ("F7", 60, "F7: 60.0 % of the ceiling, but 41500000 of 166000000 rupiah is 25.0 %"),
        ("E7", "1.500", "E7: 1.500 can mean two numbers"),
        ("E7", "banyak", "E7: banyak is not a number"),
        ("E7", -5, "F7: 25.0 %|E7: an amount below zero"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path, cell, value, words):
    _, notes = rows_of(realisation_table(tmp_path / "t.xlsx", [INTERNET], changes={cell: value}))
    assert len(notes) == 1
    said = str(notes[0].problem("t.xlsx"))
    assert any(part in said for part in words.split("|")), said


def test_import_lists_then_writes_and_a_second_time_changes_nothing(tmp_path, egov):
    pack = with_actuals(tmp_path, progress=[("2027-02", "internet", 20_000_000, 1)])
    file, target = realisation_table(tmp_path / "t.xlsx", [INTERNET, PACKAGE, OTHER]), pack / "actuals" / "progress.csv"
    before = target.read_bytes()
    asked = ("track", "import", file, "--month", "2027-03", "--data", pack)
    status, out, err = egov(*asked, "--format", "csv")
    assert status == 0 and target.read_bytes() == before and "nothing was written" in err and "passed over: 1 line" in err
    assert "2027-03.internet,paid_idr,,41500000,Laporan realisasi fisik dan keuangan 2027-03: t.xlsx" in out.splitlines()
    status, _, err = egov(*asked, "--apply")
    assert status == 0 and "written: 1 rows of actuals/progress.csv" in err
    after = target.read_bytes()
    assert after.startswith(before) and after.count(b"\n") == before.count(b"\n") + 1
    assert egov("check", "--data", pack)[0] == 0
    status, _, err = egov(*asked, "--apply")
    assert status == 0 and target.read_bytes() == after and "changes nothing" in err


def test_a_correction_changes_its_cells_alone(tmp_path, egov):
    pack = with_actuals(tmp_path, progress=[("2027-03", "internet", 40_000_000, 1), ("2027-03", "alat-desa", 0, 0.2)])
    file = realisation_table(tmp_path / "t.xlsx", [INTERNET, PACKAGE])
    status, _, _ = egov("track", "import", file, "--month", "2027-03", "--data", pack, "--apply")
    lines = (pack / "actuals" / "progress.csv").read_text(encoding="utf-8").splitlines()
    assert status == 0 and lines[1].startswith("2027-03,internet,41500000,1,") and lines[2].startswith("2027-03,alat-desa,0,0.2,")


def test_what_does_not_fit_the_data_is_refused_and_nothing_changes(tmp_path, egov):
    pack = with_actuals(tmp_path, progress=[("2027-02", "internet", 90_000_000, 1)])
    file, target = realisation_table(tmp_path / "t.xlsx", [INTERNET, PACKAGE]), pack / "actuals" / "progress.csv"
    before = target.read_bytes()
    status, _, err = egov("track", "import", file, "--month", "2027-03", "--data", pack, "--apply")
    assert status == 2 and "less than 90000000 in 2027-02" in err and target.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--month", "2027-07"), "which is still to come"),
        (("--month", "2026-03"), "a month of the plan, 2027-01 to 2028-12"),
        (("--month", "Maret"), "a month such as 2027-03"),
    ],
)
def test_a_month_that_cannot_be_is_refused(tmp_path, egov, arguments, words):
    pack = with_actuals(tmp_path)
    status, _, err = egov("track", "import", realisation_table(tmp_path / "t.xlsx", [INTERNET]), *arguments, "--data", pack)
    assert status == 2 and words in err


def test_a_file_that_is_no_workbook_is_refused(tmp_path, egov):
    (tmp_path / "t.xlsx").write_text("bukan", encoding="utf-8")
    status, _, err = egov("track", "import", tmp_path / "t.xlsx", "--month", "2027-03", "--data", with_actuals(tmp_path))
    assert status == 2 and "not an Excel workbook" in err


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([INTERNET], "is shared by internet, alat-desa: add a line for each below it"),
        ([INTERNET, ("", "Internet kator", 1, 0, 0, 0)], "do you mean internet?"),
        ([INTERNET, PACKAGE, PACKAGE], "internet stands in row 8 already"),
    ],
)
def test_a_shared_code_needs_a_line_for_each_initiative(tmp_path, egov, lines, words):
    pack = with_actuals(tmp_path)
    status, _, err = egov("track", "import", realisation_table(tmp_path / "t.xlsx", lines), "--month", "2027-03", "--data", pack, "--apply")
    assert status == 2 and words in err
    assert (pack / "actuals" / "progress.csv").read_text(encoding="utf-8").count("\n") == 1


def test_an_empty_table_of_the_plan_comes_back_as_it_was_filled_in(tmp_path, egov):
    pack, file = with_actuals(tmp_path), tmp_path / "kosong.xlsx"
    status, out, _ = egov("track", "form", "baseline", "--month", "2027-03", "--out", file, "--data", pack)
    assert status == 0 and out.strip() == str(file)
    book = openpyxl.load_workbook(file)
    sheet = book.active
    shown = {sheet.cell(row, 2).value or "": row for row in range(6, sheet.max_row + 1)}
    assert {"internet", "alat-desa"} <= shown.keys()  # they share a code
    for key, paid, physical in (("internet", 10_000_000, 100), ("alat-desa", 0, 25)):
        sheet.cell(shown[key], 4).value, sheet.cell(shown[key], 6).value = paid, physical
    book.save(file)
    status, out, err = egov("track", "import", file, "--month", "2027-03", "--data", pack, "--format", "json")
    assert status == 0, err
    assert '"2027-03.alat-desa"' in out and '"10000000"' in out
    assert egov("track", "form", "baseline", "--month", "2027-03", "--out", file, "--data", pack)[0] == 2  # never over a file


def test_an_empty_table_says_nothing_of_the_hour_and_a_place_that_cannot_be_written_is_told(tmp_path, egov):
    pack, file = with_actuals(tmp_path), tmp_path / "kosong.xlsx"
    assert egov("track", "form", "--month", "2027-03", "--out", file, "--data", pack)[0] == 0
    made = openpyxl.load_workbook(file).properties
    assert (made.creator, made.created, made.modified) == ("egov-model", datetime(2026, 11, 23), datetime(2026, 11, 23))
    status, _, err = egov("track", "form", "--month", "2027-03", "--out", file / "lain.xlsx", "--data", pack)
    assert status == 1 and "cannot write lain.xlsx: " in err
