"""Names that mean harm, in every text of a pack: pages stay whole, and no file beside them runs, breaks or turns anything."""

from __future__ import annotations

import csv
import re
from xml.etree import ElementTree

import openpyxl
import plan_samples
import pytest
from bs4 import BeautifulSoup
from plan_samples import harmful_pack
from tiny_pack import copy_of_tiny

from egov_model import build_outlook, build_plan, load_scenario
from egov_model.inputs.errors import InputError
from egov_model.report.agency_page import TABLES as OF_AGENCY
from egov_model.report.agency_page import agency_page
from egov_model.report.contents import DRAWN_FIGURES, DRAWN_FINDINGS, DRAWN_TABLES, FIGURES, FINDINGS, TABLES
from egov_model.report.exports import write_figures, write_files
from egov_model.report.figure_cells import figure_cells
from egov_model.report.marks import DIRECTION
from egov_model.report.notebook import report_page
from egov_model.report.wording import speak

HARMS = {
    "everything": '\u202e<script>alert(1)</script>"><img src=x onerror=alert(1)>\u2067' + "a" * 10_000,
    "formula": '=HYPERLINK("http://x")',
    "plus": "+1+1",
    "at": "@SUM(1)",
    "tab": "\t=1+1",
}


@pytest.fixture
def hostile(tmp_path, monkeypatch):
    """Makes the plan of a pack whose every text begins with a harm."""

    def made(name: str):
        monkeypatch.setattr(plan_samples, "HARM", HARMS[name])
        return build_plan(load_scenario("baseline", harmful_pack(tmp_path)))

    return made


def test_pages_hold_it_as_text_alone(hostile):
    plan, harm = hostile("everything"), HARMS["everything"]
    page, sheet = report_page(plan, "id", outlook=build_outlook(plan, 16, 1)), agency_page(plan)
    made = [page.header("answer"), page.decision(), page.gantt(), page.register(), page.legal(), page.footer()]
    made += [sheet.header(), sheet.facts()]
    made += [page.sentence(name) for name in FINDINGS | DRAWN_FINDINGS] + [page.table(name) for name in TABLES | DRAWN_TABLES]
    made += [page.figure(name) for name in FIGURES | DRAWN_FIGURES] + [sheet.table(name) for name in OF_AGENCY]
    body, _ = figure_cells("\n".join(made))
    assert not re.search(r"<(script|img)", body, re.IGNORECASE)
    assert not DIRECTION.search(body)
    soup = BeautifulSoup(body, "html.parser")
    assert not [tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    assert " ".join(DIRECTION.sub("", harm).split()) in " ".join(soup.get_text().split())


@pytest.mark.parametrize("name", HARMS)
def test_files_beside_hold_it_as_text_alone(hostile, name, tmp_path):
    plan = hostile(name)
    write_figures(plan, tmp_path)
    write_files(plan, tmp_path, speak("id"))
    for path in tmp_path.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            texts = [cell for row in csv.reader(file) for cell in row if not re.fullmatch(r"-?[\d.e+-]+", cell)]
        assert not [cell for cell in texts if re.match(r"[=+\-@\t\r]", cell)], path.name
    book = openpyxl.load_workbook(tmp_path / "anggaran.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert not [cell.value for cell in cells if cell.data_type == "f" and "HYPERLINK" in cell.value]
    typed = [cell for cell in cells if cell.data_type != "f"]
    assert not [cell.value for cell in typed if re.match(r"[=+@\t\r]", cell.value) and not cell.quotePrefix]
    assert not [cell.hyperlink for cell in cells if cell.hyperlink and cell.hyperlink.target]
    ElementTree.fromstring((tmp_path / "jadwal.xml").read_text(encoding="utf-8"))
    lines = (tmp_path / "tenggat.ics").read_bytes().split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)


@pytest.mark.parametrize("harm", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', HARMS["formula"], "\u202eterbalik"])
@pytest.mark.parametrize(("file", "column"), [("agencies.csv", "id"), ("initiatives.csv", "id"), ("codes/accounts.csv", "code")])
def test_an_id_or_code_refuses_it_and_says_so(tmp_path, file, column, harm):
    pack = copy_of_tiny(tmp_path)
    with (pack / file).open(encoding="utf-8", newline="") as read:
        head, *rows = list(csv.reader(read))
    rows[0][head.index(column)] = harm
    with (pack / file).open("w", encoding="utf-8", newline="") as write:
        csv.writer(write, lineterminator="\n").writerows([head, *rows])
    with pytest.raises(InputError) as caught:
        load_scenario("baseline", pack)
    told = str(caught.value)
    assert file.rpartition("/")[2] in told and column in told and "Traceback" not in told
    assert "row 2" in told or "line 2" in told
