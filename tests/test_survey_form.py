"""A form holds every value that its office knows, lets nothing else be changed, and offers what the data hold."""

from __future__ import annotations

import io

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from survey_samples import SAY, WORDS, cell_of, pack_of

from egov_model.inputs.pack import PROJECT_DATA
from egov_model.inputs.survey_scope import FACTS, FORM_TABLES, LISTS, choices, facts, fields_of
from egov_model.report.survey_form import make_form

CASES = [("tiny", "kominfo"), ("tiny", "kec-seberang"), ("halsel", "diskominfo"), ("halsel", "kec-820408"), ("halsel", "rsud-labuha")]


@pytest.fixture(scope="module")
def packs():
    return {"tiny": pack_of(), "halsel": pack_of(PROJECT_DATA)}


@pytest.fixture(scope="module")
def books(packs):
    return {(p, a): openpyxl.load_workbook(io.BytesIO(make_form(packs[p], a, SAY).content())) for p, a in CASES}


@pytest.mark.parametrize(("name", "agency"), CASES)
def test_every_value_stands_in_an_open_cell_and_all_others_are_locked(packs, books, name, agency):
    rows, book = packs[name].rows, books[name, agency]
    for table in FORM_TABLES.values():
        opened = set()
        for key, row in table.rows_of(rows, agency).items():
            for asked in fields_of(table, row):
                cell = cell_of(book, table.name, key, asked.name)
                value = getattr(row, asked.name)
                offered = choices(table.name, asked.name, rows, WORDS) if asked.kind == "choice" else {}
                code = ("y" if value else "n") if isinstance(value, bool) else value
                wanted = offered.get(code, code) if asked.kind == "choice" else " ".join(value) if asked.kind == "ids" else value
                assert cell.value == (wanted if wanted != "" else None)
                opened.add(cell.coordinate)
            opened |= {cell_of(book, table.name, key, extra).coordinate for extra in ("basis", "remark")}
        if opened:
            sheet = book[WORDS.sheets[table.name]]
            assert sheet.protection.sheet and not sheet.protection.password
            assert {c.coordinate for line in sheet.iter_rows() for c in line if not c.protection.locked} == opened
        else:
            assert WORDS.sheets[table.name] not in book.sheetnames


@pytest.mark.parametrize(("name", "agency"), CASES)
def test_what_the_data_hold_passes_the_form_own_checks(books, name, agency):
    """A drop-down holds the cell's word and the bounds its number, else nobody could leave the cell and come back."""
    book = books[name, agency]
    for sheet in book.worksheets:
        for check in sheet.data_validations.dataValidation:
            for cells in check.sqref.ranges:
                for row in sheet[cells.coord] if ":" in cells.coord else ((sheet[cells.coord],),):
                    for cell in row:
                        if cell.value is None:
                            assert check.allowBlank
                        elif check.type == "list":
                            left, top, _, bottom = range_boundaries(check.formula1.rpartition("!")[2].replace("$", ""))
                            assert cell.value in [book[LISTS].cell(r, left).value for r in range(top, bottom + 1)]
                        else:
                            assert float(check.formula1) <= cell.value <= float(check.formula2)


@pytest.mark.parametrize(("name", "agency"), CASES)
def test_it_says_what_it_was_made_from_out_of_sight(packs, books, name, agency):
    book, made_from = books[name, agency], facts(packs[name].region.name, packs[name].rows, agency)
    sheet = book[FACTS]
    assert sheet.sheet_state == book[LISTS].sheet_state == "veryHidden"
    assert [c.value for c in sheet["A"][:3]] == ["egov-survey", made_from.region, made_from.hash()]
    assert sheet.max_row == 3 + len(made_from.values)
    assert book.security.lockStructure


def test_every_row_belongs_to_one_agency_at_most(packs):
    rows = packs["halsel"].rows
    for table in FORM_TABLES.values():
        owned = [key for agency in rows["agencies"] for key in table.rows_of(rows, agency)]
        assert len(owned) == len(set(owned))


def test_all_that_agencies_know_is_asked(packs):
    rows = packs["halsel"].rows
    asked = {name: sum(len(t.rows_of(rows, a)) for a in rows["agencies"]) for name, t in FORM_TABLES.items()}
    assert asked["agencies"] == len(rows["agencies"])
    assert asked["applications"] == len(rows["applications"])
    assert asked["services"] == len(rows["services"])
    assert asked["districts"] == len(rows["districts"])


@pytest.mark.parametrize(("name", "agency"), CASES)
def test_nothing_in_it_is_a_formula(books, name, agency):
    for sheet in books[name, agency].worksheets:
        assert [c.coordinate for row in sheet.iter_rows() for c in row if c.data_type == "f"] == []
