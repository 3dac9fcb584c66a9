"""The workbook: its formulas give the plan's totals to the rupiah, and the file is safe to open, to print and to compare."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from plan_samples import PROJECT
from plan_samples import project as project_plan
from tiny_pack import copy_of_tiny, with_changes

from egov_model.analysis import apbd, summary
from egov_model.analysis.quantities import paid_units
from egov_model.inputs.errors import EgovModelError
from egov_model.inputs.priced import priced_items
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan
from egov_model.report.spreadsheet import HEAD_ROW
from egov_model.report.wording import speak
from egov_model.report.workbook import RKA, make_book, write_workbook

SCENARIOS = (*PROJECT, "rencana-induk-2018")  # with less money, with less work, and over other years
SAY = speak("id")
DETAILS, INITIATIVES, PAGU, SUMMARY = SAY("Details"), SAY("Initiatives"), SAY("Ceilings"), SAY("Summary")
TRICKS = ('=HYPERLINK("http://x","klik")', "+1+1", "-2-3", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A1")


@cache
def project_book(name: str) -> bytes:
    return make_book(project_plan(name), SAY).content()


def opened(content: bytes, *, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


class Sums:
    """Evaluates the few kinds of formula the workbook has: SUM, SUBTOTAL(9), cells of any sheet, + - * /."""

    def __init__(self, book: openpyxl.Workbook):
        self.book, self.known = book, {}

    def cell(self, sheet: str, at: str) -> float:
        key = (sheet, at)
        if key not in self.known:
            self.known[key] = None  # a formula that needs itself would meet this
            self.known[key] = self._value(sheet, self.book[sheet][at])
        assert self.known[key] is not None, f"{sheet}!{at} depends on itself"
        return self.known[key]

    def _value(self, sheet: str, cell) -> float:
        if cell.data_type != "f":
            return cell.value if isinstance(cell.value, int | float) else 0
        python = re.sub(
            r"(?:'([^']+)'!|\b([A-Za-z]+)!)?([A-Z]{1,3}\d+)(?::([A-Z]{1,3}\d+))?",
            lambda m: f"cells({(m[1] or m[2] or sheet)!r}, {m[3]!r}, {m[4]!r})",
            cell.value[1:],
        )
        return eval(python, {"cells": self._cells, "SUM": self._sum, "SUBTOTAL": self._subtotal, "__builtins__": {}})

    def _cells(self, sheet: str, first: str, last: str | None):
        if last is None:
            return self.cell(sheet, first)
        return Range(self, sheet, f"{first}:{last}")

    @staticmethod
    def _sum(part) -> float:
        return sum(part.values()) if isinstance(part, Range) else part

    @staticmethod
    def _subtotal(how: int, part) -> float:
        assert how == 9
        return sum(part.values(leave_out="SUBTOTAL")) if isinstance(part, Range) else part


class Range:
    """Cells of a sheet, whose values come when asked for."""

    def __init__(self, sums: Sums, sheet: str, address: str):
        self.sums, self.sheet, self.address = sums, sheet, address

    def values(self, leave_out: str = "") -> Iterator[float]:
        left, top, right, bottom = range_boundaries(self.address)
        for row in self.sums.book[self.sheet].iter_rows(top, bottom, left, right):
            for cell in row:
                if not (leave_out and cell.data_type == "f" and leave_out in cell.value):
                    yield self.sums.cell(self.sheet, cell.coordinate)


def formulas(book: openpyxl.Workbook) -> list[tuple[str, str]]:
    return [(sheet.title, c.coordinate) for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def rows_of(sheet, first: int = HEAD_ROW + 1) -> list[tuple]:
    return list(sheet.iter_rows(min_row=first, values_only=True))


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_formula_gives_the_value_that_is_stored_with_it(name):
    asked, told = Sums(opened(project_book(name))), opened(project_book(name), values=True)
    every = formulas(asked.book)
    assert len(every) > 100
    pairs = [(s, at, asked.cell(s, at), told[s][at].value) for s, at in every]
    assert [pair for pair in pairs if pair[2] != pytest.approx(pair[3], rel=1e-12)] == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_totals_are_the_plans_to_the_rupiah(name):
    plan, sums = project_plan(name), Sums(opened(project_book(name)))
    by_year = [int(plan.budget.loc[plan.budget["year"] == y, "amount_idr"].sum()) for y in plan.timeline.years]
    expected = [*by_year, sum(by_year)]
    rounded = [(value + 500) // 1000 * 1000 for value in by_year]
    rka = [*rounded, sum(rounded)]
    last = sums.book[RKA].max_row
    for row, wanted in ((last - 2, rka), (last - 1, expected), (last, [r - e for r, e in zip(rka, expected, strict=True)])):
        assert [sums.cell(RKA, sums.book[RKA].cell(row, 5 + n).coordinate) for n in range(len(wanted))] == wanted
    for sheet, column in ((INITIATIVES, 7),):
        last = sums.book[sheet].max_row
        found = [sums.cell(sheet, sums.book[sheet].cell(last, column + n).coordinate) for n in range(len(expected))]
        assert found == expected
    ceiling = summary.ceilings_by_year(plan)
    last = sums.book[PAGU].max_row
    totals = [int(ceiling[c].sum()) for c in ("ceiling_idr", "used_idr", "left_idr")]
    assert [sums.cell(PAGU, f"{c}{last}") for c in "CDE"] == totals
    assert sums.cell(DETAILS, f"O{HEAD_ROW - 1}") == sum(by_year)


@pytest.mark.parametrize("name", SCENARIOS)
def test_subtotals_are_those_of_agency_and_programme_code(name):
    plan, sums = project_plan(name), Sums(opened(project_book(name)))
    sheet, total = sums.book[RKA], 5 + len(plan.timeline.years)
    short = {key: a.short_name for key, a in plan.inputs.rows["agencies"].items()}
    expected = {(short[a], ""): int(v) for a, v in plan.budget.groupby("agency")["rka_idr"].sum().items()}
    for code in ("program_code", "sub_kegiatan_code"):
        expected |= {(short[a], c): int(v) for (a, c), v in plan.budget.groupby(["agency", code])["rka_idr"].sum().items()}
    found = {
        (row[0].value, row[1].value or ""): sums.cell(RKA, row[total - 1].coordinate)
        for row in sheet.iter_rows(min_row=HEAD_ROW + 1, max_row=sheet.max_row - 3)
        if not row[2].value
    }
    assert found == expected


def test_accounts_carry_the_rows_of_the_report():
    plan, sheet = project_plan("baseline"), opened(project_book("baseline"))[RKA]
    short = {key: a.short_name for key, a in plan.inputs.rows["agencies"].items()}
    frame = apbd.rka_table(plan)
    amounts = frame[list(plan.timeline.years)].to_numpy().tolist()
    expected = [(short[k[0]], k[1], k[3], k[4], *v) for k, v in zip(frame.index, amounts, strict=True)]
    assert [row[: 4 + len(plan.timeline.years)] for row in rows_of(sheet) if row[2]] == expected


def test_checks_on_the_first_sheet_notice_a_changed_cell():
    book = opened(project_book("baseline"))
    checks = [row for row in range(1, book[SUMMARY].max_row + 1) if str(book[SUMMARY].cell(row, 2).value).count("-") == 1][-3:]
    assert [Sums(book).cell(SUMMARY, f"B{row}") for row in checks] == [0, 0, 0]
    book[DETAILS]["O5"] = book[DETAILS]["O5"].value + 1
    assert [Sums(book).cell(SUMMARY, f"B{row}") for row in checks] == [1, 0, 1]
    book[DETAILS]["P5"] = book[DETAILS]["P5"].value + 1000
    assert [Sums(book).cell(SUMMARY, f"B{row}") for row in checks] == [1, -1000, 1]


@pytest.mark.parametrize("name", SCENARIOS)
def test_quantity_times_price_is_the_amount(name):
    plan, sums = project_plan(name), Sums(opened(project_book(name)))
    last = HEAD_ROW + len(plan.budget)
    for row in range(HEAD_ROW + 1, last + 1):
        quantity, price, amount = (sums.cell(DETAILS, f"{c}{row}") for c in "JNO")
        assert round(quantity * price) == amount
    assert sums.book[DETAILS].max_row == last


def test_a_part_of_a_year_buys_a_part_of_its_quantity():
    plan = project_plan("accelerated")
    frame = plan.budget.assign(paid=paid_units(plan))
    yearly, once = frame[frame["timing"] == "yearly"], frame[frame["timing"] == "once"]
    assert (yearly["paid"] <= yearly["units"] + 1e-9).all()
    assert (yearly["paid"] < 0.9 * yearly["units"]).any()
    assert (frame[frame["timing"] == "refresh"]["paid"] == frame[frame["timing"] == "refresh"]["units"]).all()
    split = once.groupby("line").filter(lambda lines: len(lines) > 1)
    assert len(split)
    assert split.groupby("line")["paid"].sum().to_numpy() == pytest.approx(split.groupby("line")["units"].first().to_numpy())


def test_every_price_used_has_its_source():
    plan, sheet = project_plan("baseline"), opened(project_book("baseline"))[SAY("Sources")]
    prices = priced_items(plan.inputs.rows)
    used = {prices[item].name: prices[item] for item in plan.budget["item"].unique()}
    rows = rows_of(sheet)[:-1]
    assert {row[0] for row in rows} == set(used)
    assert all(row[9] == used[row[0]].source and row[3] == used[row[0]].mode and row[8] for row in rows)


def test_codes_are_text_and_money_is_numbers():
    book = opened(project_book("baseline"))
    for row in book[RKA].iter_rows(min_row=HEAD_ROW + 1, max_row=book[RKA].max_row - 1):
        assert [(c.data_type, c.number_format) for c in row[1:3] if c.value] == [("s", "@")] * sum(bool(c.value) for c in row[1:3])
        assert all(c.data_type in "nf" and c.number_format.startswith("#,##0") for c in row[4:])
    codes, amounts = (list(book[DETAILS].iter_cols(c, c, HEAD_ROW + 1))[0] for c in (6, 15))
    assert all(c.data_type == "s" and c.number_format == "@" and re.fullmatch(r"[0-9.]+", c.value) for c in codes)
    assert all(isinstance(c.value, int) and c.number_format == "#,##0" for c in amounts)


def test_heads_stay_and_every_sheet_prints_on_a4_across():
    book = opened(project_book("baseline"))
    assert book.sheetnames == [SUMMARY, RKA, INITIATIVES, DETAILS, PAGU, SAY("Sources")]
    for sheet in book:
        assert sheet.freeze_panes[-1] == str(HEAD_ROW + 1)
        assert sheet.print_title_rows == f"${HEAD_ROW}:${HEAD_ROW}"
        setup = sheet.page_setup
        assert (setup.orientation, int(setup.paperSize), setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, 1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert all(sheet.column_dimensions[c.column_letter].width >= 7 for c in sheet[HEAD_ROW])
    assert book[DETAILS].auto_filter.ref == f"A{HEAD_ROW}:P{book[DETAILS].max_row}"
    assert [sheet.title for sheet in book if sheet.auto_filter.ref] == [DETAILS]


def test_the_same_plan_is_the_same_file_without_clock_or_user():
    again = make_book(build_plan(load_scenario("baseline")), SAY).content()
    assert again == project_book("baseline")
    with zipfile.ZipFile(io.BytesIO(again)) as archive:
        assert {(i.date_time, i.create_system, i.external_attr) for i in archive.infolist()} == {((1980, 1, 1, 0, 0, 0), 3, 0o644 << 16)}
        assert "Microsoft" not in archive.read("docProps/app.xml").decode()
        assert not [n for n in archive.namelist() if re.search(r"vba|macro|external|activeX|printerSettings", n, re.IGNORECASE)]
    told, issued = opened(again).properties, project_plan("baseline").inputs.settings.issued_on
    assert told.created == told.modified == datetime(issued.year, issued.month, issued.day)
    assert (told.creator, told.lastModifiedBy) == ("egov-model", None)


def test_the_english_book_holds_the_same_numbers():
    english = opened(make_book(project_plan("baseline"), speak("en")).content(), values=True)
    assert english.sheetnames == ["Summary", RKA, "Initiatives", "Details", "Ceilings", "Sources"]

    def numbers(book: openpyxl.Workbook) -> list[list[float]]:
        return [[v for row in sheet.iter_rows(values_only=True) for v in row if isinstance(v, int | float)] for sheet in book]

    assert numbers(english) == numbers(opened(project_book("baseline"), values=True))


def tricked(folder: Path) -> bytes:
    """A book of the tiny pack whose names are what a spreadsheet would run."""
    pack = copy_of_tiny(folder)
    quoted = [f'"{t}"'.replace('"klik"', '""klik""').replace('("http://x"', '(""http://x""') for t in TRICKS]
    for file, old, new in (
        ("prices.csv", "alat,Alat,", f"alat,{quoted[0]},"), ("prices.csv", "Langganan internet", quoted[1]),
        ("prices.csv", "Barang kena PPN", quoted[5]), ("prices.csv", ",unit,uji,", f",{quoted[2]},{quoted[3]},"),
        ("agencies.csv", ",uji,", f",{quoted[4]},"),
    ):  # fmt: skip
        path = pack / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8", newline="\n")
    return make_book(build_plan(load_scenario("baseline", pack)), SAY).content()


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    content = tricked(tmp_path)
    book, seen = opened(content), set()
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value in TRICKS:
                    seen.add(cell.value)
                    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert {TRICKS[0], TRICKS[1], TRICKS[3], TRICKS[5]} <= seen
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        written = [f for n in archive.namelist() if "worksheets" in n for f in re.findall(r"<f>([^<]*)</f>", archive.read(n).decode())]
    cells = r"('[A-Za-z]+'!)?[A-Z]+\d+(:[A-Z]+\d+)?"
    term = rf"({cells}|SUM\({cells}\)|SUBTOTAL\(9,{cells}\))"
    assert [f for f in written if not re.fullmatch(rf"{term}([-/]{term})?", f)] == []


def test_characters_no_spreadsheet_takes_are_left_out(tmp_path):
    inputs = load_scenario("baseline", copy_of_tiny(tmp_path))  # which no longer lets them in
    prices = inputs.rows["prices"]
    prices = {**prices, "alat": prices["alat"].model_copy(update={"name": "Al\x07at & <b>"})}
    book = opened(make_book(build_plan(replace(inputs, rows={**inputs.rows, "prices": prices})), SAY).content())
    assert "Alat & <b>" in {row[2] for row in rows_of(book[DETAILS])}


def test_a_plan_that_pays_nothing_is_a_book_of_zeros(tmp_path):
    plan = build_plan(with_changes(tmp_path, "extends: [baseline]\nset:\n  settings.ceiling_factor: 0\n"))
    assert plan.budget.empty
    content = make_book(plan, SAY).content()
    sums, told = Sums(opened(content)), opened(content, values=True)
    assert [sums.cell(s, at) - told[s][at].value for s, at in formulas(sums.book)] == [0] * len(formulas(sums.book))
    assert sums.cell(SUMMARY, f"B{HEAD_ROW + 1}") == 0


def test_writing_is_whole_and_leaves_an_equal_file_alone(tmp_path, monkeypatch):
    plan, path = build_plan(with_changes(tmp_path, "extends: [baseline]\n")), tmp_path / "reports" / "case" / "anggaran.xlsx"
    write_workbook(plan, SAY, path)
    before, stamp = path.read_bytes(), path.stat().st_mtime_ns
    write_workbook(plan, SAY, path)
    assert (path.stat().st_mtime_ns, [p.name for p in path.parent.iterdir()]) == (stamp, ["anggaran.xlsx"])

    def refuse(self, target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(EgovModelError, match=r"cannot write anggaran.xlsx: Permission denied \(is it open in another program\?\)"):
        write_workbook(plan, speak("en"), path)
    assert (path.read_bytes(), [p.name for p in path.parent.iterdir()]) == (before, ["anggaran.xlsx"])
