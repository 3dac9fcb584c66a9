"""The workbook of tables follows the reports it is made of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tiny_pack import TINY

from egov_model.inputs.scenario import load_scenario
from egov_model.report.freshness import Job
from egov_model.report.table_books import write_table_books
from egov_model.report.wording import speak

PAGE = "<svg><text>no table</text></svg><table><caption>{}</caption><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{}</tbody></table>"
ROW = '<tr><th scope="row">satu</th><td data-cell="t1/0/1">Rp7</td></tr>'


@pytest.fixture
def made(tmp_path):
    """A folder with two reports and a sheet of an agency, their jobs, and the plan's inputs."""
    jobs = [Job("baseline", Path("02-uji.ipynb"), "id", TINY, "", "Uji"), Job("baseline", Path("03-lain.ipynb"), "id", TINY, "", "Lain")]
    jobs += [Job("baseline", Path("08-opd.ipynb"), "id", TINY, "", "Dinas", agency="dinas"), Job("baseline", None, "id", TINY, "", "")]
    for job in jobs[:3]:
        path = tmp_path / f"{job.name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE.format(job.title, ROW), encoding="utf-8")
    figures = {"figures": {"t1/0/1": {"value": 7, "as": "rupiah"}}}
    (tmp_path / "baseline" / "02-uji.angka.json").write_text(json.dumps(figures), encoding="utf-8")
    return tmp_path, jobs, {"baseline": load_scenario("baseline", TINY)}


def test_one_sheet_for_each_table_of_each_report_but_not_of_agencies(made):
    out, jobs, loaded = made
    known = write_table_books(out, loaded, jobs, speak("id"), {})
    book = load_workbook(out / "baseline" / "tabel.xlsx")
    assert book.sheetnames == ["Tabel", "02.1 Uji", "03.1 Lain"]
    assert book["02.1 Uji"]["B5"].value == 7 and book["03.1 Lain"]["B5"].value == "Rp7"  # without the file of figures: as it is printed
    assert set(known) == {"baseline/tabel.xlsx", "baseline/tabel.xlsx:"}


def test_it_is_written_again_only_when_a_report_or_itself_has_changed(made):
    out, jobs, loaded = made
    book, say = out / "baseline" / "tabel.xlsx", speak("id")
    known = write_table_books(out, loaded, jobs, say, {})
    bytes_, then = book.read_bytes(), book.stat().st_mtime_ns
    assert write_table_books(out, loaded, jobs, say, known) == known and book.stat().st_mtime_ns == then
    book.write_bytes(b"by hand")
    assert write_table_books(out, loaded, jobs, say, known) == known and book.read_bytes() == bytes_
    (out / "baseline" / "02-uji.html").write_text(PAGE.format("Baru", ROW), encoding="utf-8")
    assert write_table_books(out, loaded, jobs, say, known) != known and load_workbook(book).sheetnames[1] == "02.1 Baru"


def test_that_of_a_scenario_that_is_gone_goes_and_one_without_reports_has_none(made):
    out, jobs, loaded = made
    known = write_table_books(out, loaded, jobs, speak("id"), {})
    for path in sorted(out.rglob("*.*"), reverse=True):
        if path.suffix in (".html", ".json"):
            path.unlink()
    (out / "baseline" / "opd").rmdir()
    assert write_table_books(out, {}, [], speak("id"), known) == {} and not (out / "baseline").exists()
    assert write_table_books(out, loaded, jobs, speak("id"), {}) == {}
