"""LibreOffice opens the workbook, calculates every formula afresh, and the totals are still the plan's to the rupiah."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from tiny_pack import TINY

from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import Plan, build_plan
from egov_model.report.wording import speak
from egov_model.report.workbook import RKA, make_book

SAY = speak("id")
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
PLANS = {"tiny": lambda: build_plan(load_scenario("baseline", TINY)), "halsel": lambda: build_plan(load_scenario("baseline"))}
SECONDS = 120


def recalculated(contents: dict[str, bytes], folder: Path) -> dict[str, openpyxl.Workbook]:
    """Each workbook as LibreOffice saves it after it took away every stored value: what a cell holds then, LibreOffice worked out."""
    assert OFFICE, "LibreOffice is not installed; on Debian: apt-get install libreoffice-calc"
    for name, content in contents.items():
        bare = openpyxl.load_workbook(io.BytesIO(content))  # without data_only: formulas, not their values
        bare.save(folder / f"{name}.xlsx")
        assert openpyxl.load_workbook(folder / f"{name}.xlsx", data_only=True)[RKA].cell(5, 6).value is None
    made = folder / "made"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = [str(folder / f"{name}.xlsx") for name in contents]
    command = [OFFICE, profile, "--headless", "--norestore", "--convert-to", "xlsx", "--outdir", str(made), *files]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    missing = [name for name in contents if not (made / f"{name}.xlsx").is_file()]
    assert not missing, f"LibreOffice wrote no {missing}: status {done.returncode}\n{done.stdout}\n{done.stderr}"
    return {name: openpyxl.load_workbook(made / f"{name}.xlsx", data_only=True) for name in contents}


@pytest.fixture(scope="module")
def books(tmp_path_factory) -> dict[str, tuple[Plan, bytes, openpyxl.Workbook]]:
    plans = {name: make() for name, make in PLANS.items()}
    contents = {name: make_book(plan, SAY).content() for name, plan in plans.items()}
    done = recalculated(contents, tmp_path_factory.mktemp("office"))
    return {name: (plans[name], contents[name], done[name]) for name in plans}


def formulas(content: bytes) -> Iterator[tuple[str, str, float]]:
    """Sheet, address and stored value of every formula."""
    shown = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    yield sheet.title, cell.coordinate, shown[sheet.title][cell.coordinate].value


@pytest.mark.parametrize("name", PLANS)
def test_every_formula_gives_the_value_the_report_has(books, name):
    _, content, made = books[name]
    found = list(formulas(content))
    assert len(found) > 20
    wrong = [
        (sheet, at, stored, made[sheet][at].value)
        for sheet, at, stored in found
        if made[sheet][at].value is None or abs(made[sheet][at].value - stored) > 1e-6 * max(1, abs(stored)) * (stored % 1 != 0)
    ]
    assert wrong == []


@pytest.mark.parametrize("name", PLANS)
def test_totals_are_those_of_the_plan_to_the_rupiah(books, name):
    """The RKA sheet adds whole thousands up; every exact amount is compared by the test above."""
    plan, _, made = books[name]
    years = list(plan.timeline.years)
    by_year = plan.budget.groupby("year")["rka_idr"].sum().reindex(years, fill_value=0)
    sheet = made[RKA]
    last = max(row for row in range(5, sheet.max_row + 1) if sheet.cell(row, 1).value == SAY("Total"))
    assert [sheet.cell(last, 5 + n).value for n in range(len(years) + 1)] == [*by_year.tolist(), int(by_year.sum())]
    pagu = made[SAY("Ceilings")]
    last = max(row for row in range(5, pagu.max_row + 1) if pagu.cell(row, 1).value == SAY("Total"))
    expected = [int(plan.ceilings[c].sum()) for c in ("ceiling_idr", "used_idr", "left_idr")]
    assert [pagu.cell(last, 3 + n).value for n in range(3)] == expected


def test_a_changed_cell_moves_the_totals(books, tmp_path):
    """A planner's correction of one amount must arrive in the totals: they are formulas, not numbers."""
    plan, content, _ = books["halsel"]
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book[RKA]
    row = next(r for r in range(5, sheet.max_row) if isinstance(sheet.cell(r, 5).value, int) and sheet.cell(r, 5).value > 0)
    sheet.cell(row, 5).value += 1_000_000
    out = io.BytesIO()
    book.save(out)
    made = recalculated({"changed": out.getvalue()}, tmp_path)["changed"][RKA]
    last = max(r for r in range(5, made.max_row + 1) if made.cell(r, 1).value == SAY("Total"))
    first_year = plan.timeline.years[0]
    assert made.cell(last, 5).value == int(plan.budget.loc[plan.budget["year"] == first_year, "rka_idr"].sum()) + 1_000_000
