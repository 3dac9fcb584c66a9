"""Forms go out, come back right or wrong, and nothing in the data changes that nobody asked for."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from broken_packs import copy_of_tiny
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from survey_samples import SAY, SOURCE, WORDS, cell_of, fill_in, form, sign
from tiny_pack import HEAD

from egov_model.inputs import survey_apply
from egov_model.inputs.errors import InputError
from egov_model.inputs.pack import JOURNAL
from egov_model.inputs.survey_scope import FACTS

APP, STAFF = ("applications", "surat"), ("agencies", "kominfo")
USERS = ("agencies", "kominfo", "users")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return copy_of_tiny(tmp_path)


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    return form(tmp_path / "forms")


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_forms_of_all_agencies_are_the_same_to_the_byte(egov, tmp_path, data):
    for name in ("one", "two"):
        status, out, _ = egov("survey", "export", "--all", "--data", data, "--out", tmp_path / name)
        assert status == 0
        assert [Path(line).name for line in out.split()] == ["formulir-kominfo.xlsx", "formulir-kec-seberang.xlsx"]
    assert content(tmp_path / "one") == content(tmp_path / "two")


@pytest.mark.parametrize("arguments", [(), ("--all", "--agency", "kominfo")])
def test_export_wants_one_of_agency_and_all(egov, tmp_path, data, arguments):
    assert egov("survey", "export", *arguments, "--data", data, "--out", tmp_path / "x")[0] == 2


def test_export_knows_the_agencies(egov, tmp_path, data):
    status, _, err = egov("survey", "export", "--agency", "komnfo", "--data", data, "--out", tmp_path / "x")
    assert status == 2 and "did you mean 'kominfo'?" in err
    assert not (tmp_path / "x").exists()


def test_forms_without_a_change_change_nothing(egov, tmp_path, data):
    forms = [form(tmp_path / "forms", agency, data) for agency in ("kominfo", "kec-seberang")]
    before = content(data)
    status, out, err = egov("survey", "import", *forms, "--data", data, "--apply")
    assert (status, out) == (0, "") and "the forms change nothing" in err
    assert content(data) == before


def test_the_round_trip_of_one_agency_of_halmahera_selatan_changes_nothing(egov, tmp_path):
    from egov_model.inputs.pack import PROJECT_DATA

    data = Path(shutil.copytree(PROJECT_DATA, tmp_path / "data"))
    before = content(data)
    assert egov("survey", "export", "--agency", "diskominfo", "--data", data, "--out", tmp_path)[0] == 0
    status, out, _ = egov("survey", "import", tmp_path / "formulir-diskominfo.xlsx", "--data", data, "--apply")
    assert (status, out) == (0, "")
    assert content(data) == before


ANSWERS = {
    USERS: 25,
    ("agencies", "kominfo", "basis"): "tertulis dalam dokumen",
    ("applications", "surat", "state"): "dipakai sebagian",
    ("services", "surat-warga", "basis"): "dihitung dari catatan",
}
DIFFERENCES = [
    ("agencies", "kominfo", "users", "20", "25"),
    ("agencies", "kominfo", "source", "uji", f"{SOURCE}; semula: uji"),
    ("agencies", "kominfo", "evidence", "assumption", "high"),
    ("applications", "surat", "state", "running", "partial"),
    ("applications", "surat", "source", "uji", f"{SOURCE}; semula: uji"),
    ("applications", "surat", "evidence", "assumption", "low"),
    ("services", "surat-warga", "source", "uji", f"{SOURCE}; semula: uji"),
    ("services", "surat-warga", "evidence", "assumption", "medium"),
]


def test_differences_are_listed_and_written_only_when_asked(egov, data, sent):
    fill_in(sent, ANSWERS)
    before = content(data)
    status, out, err = egov("survey", "import", sent, "--data", data, "--format", "json")
    assert status == 0 and "nothing was written" in err
    found = json.loads(out)
    assert [tuple(row[name] for name in ("table", "key", "field", "old", "new")) for row in found] == DIFFERENCES
    assert {row["source"] for row in found} == {SOURCE}
    assert content(data) == before
    status, _, err = egov("survey", "import", sent, "--data", data, "--apply")
    assert status == 0 and "written: 3 rows of agencies.csv, applications.csv, services.csv" in err
    wanted = dict(before)
    stamp = b'"' + SOURCE.encode() + b'; semula: uji"'
    for file, row, (old, new), evidence in (
        ("agencies.csv", b"99.01.01,20,2,orang,uji,assumption", (b",20,", b",25,"), b"high"),
        ("applications.csv", b"running,integrate,,50,100,150,n,warga,aplikasi,FP,uji,assumption", (b"running", b"partial"), b"low"),
        ("services.csv", b"surat per seribu jiwa per tahun,uji,assumption", (b"", b""), b"medium"),
    ):
        wanted[file] = before[file].replace(row, row.replace(old, new, 1).replace(b"uji,assumption", stamp + b"," + evidence))
    assert content(data) == wanted


def test_a_form_that_was_taken_over_changes_nothing_again_and_a_later_one_keeps_the_first_source(egov, data, sent):
    shutil.copy(sent, later := sent.with_name("formulir-kominfo (2).xlsx"))
    fill_in(sent, ANSWERS)
    assert egov("survey", "import", sent, "--data", data, "--apply")[0] == 0
    before = content(data)
    assert "change nothing" in egov("survey", "import", sent, "--data", data, "--apply")[2]
    assert content(data) == before
    fill_in(later, {USERS: 30}, "Budi")
    status, _, err = egov("survey", "import", later, "--data", data, "--apply")
    assert status == 2 and "changed in the data since this form was made (users 20 -> 25)" in err
    fresh = fill_in(form(sent.parent / "fresh", "kominfo", data), {USERS: 30}, "Budi")
    assert egov("survey", "import", fresh, "--data", data, "--apply")[0] == 0
    assert b'30,2,orang,"formulir OPD kominfo, 2026-11-24, Budi; semula: uji",low' in (data / "agencies.csv").read_bytes()


def test_two_forms_that_disagree_are_both_refused_and_two_that_agree_are_one(egov, tmp_path, data, sent):
    shutil.copy(sent, other := tmp_path / "formulir-kominfo-salinan.xlsx")
    fill_in(sent, {USERS: 25})
    fill_in(other, {USERS: 25}, "Budi")
    assert egov("survey", "import", sent, other, "--data", data)[0] == 0
    fill_in(other, {USERS: 26}, "Budi")
    status, out, err = egov("survey", "import", sent, other, "--data", data, "--apply")
    assert status == 2 and out == ""
    assert "kominfo: formulir-kominfo.xlsx says something else of the same row" in err
    assert "kominfo: formulir-kominfo-salinan.xlsx says something else of the same row" in err


def test_of_two_forms_that_agree_the_last_one_is_the_source(egov, tmp_path, data, sent):
    shutil.copy(sent, other := tmp_path / "formulir-kominfo-salinan.xlsx")
    fill_in(sent, {USERS: 25}, "Ani")
    fill_in(other, {USERS: 25}, "Budi")
    assert egov("survey", "import", sent, other, "--data", data, "--apply")[0] == 0
    said = (data / "agencies.csv").read_text(encoding="utf-8")
    assert ", Budi" in said and ", Ani" not in said


def test_what_is_right_can_be_taken_over_although_other_cells_are_refused(egov, data, sent):
    fill_in(sent, {USERS: 25, ("applications", "surat", "state"): "entah"})
    before = content(data)
    assert egov("survey", "import", sent, "--data", data, "--apply")[0] == 2
    assert content(data) == before
    status, _, err = egov("survey", "import", sent, "--data", data, "--apply", "--partly")
    assert status == 2 and "written: 1 rows of agencies.csv" in err and "entah is not in the list" in err
    assert [name for name, raw in content(data).items() if before.get(name) != raw] == ["agencies.csv"]


def test_the_annotated_copy_can_be_mended_and_sent_back(egov, data, sent):
    fill_in(sent, {USERS: "dua puluh", ("applications", "surat", "state"): "=1+1"})
    raw = sent.read_bytes()
    assert egov("survey", "import", sent, "--data", data)[0] == 2
    assert sent.read_bytes() == raw
    copy = sent.with_name("formulir-kominfo.catatan.xlsx")
    book = openpyxl.load_workbook(copy)
    assert [c.value for c in book[WORDS.remarks][1]] == [SAY("Sheet"), SAY("Cell"), SAY("What is to be mended")]
    assert "dua puluh bukan angka" in cell_of(book, *USERS).comment.text
    assert cell_of(book, "applications", "surat", "state").data_type == "s"  # nothing in the copy is calculated
    assert book[FACTS].sheet_state == "veryHidden"
    made = copy.read_bytes()
    assert egov("survey", "import", sent, "--data", data)[0] == 2
    assert [p.name for p in sorted(sent.parent.glob("*.xlsx"))] == ["formulir-kominfo.catatan.xlsx", "formulir-kominfo.xlsx"]
    assert copy.read_bytes() == made
    fill_in(copy, {USERS: 25, ("applications", "surat", "state"): "dipakai"})
    assert egov("survey", "import", copy, "--data", data, "--apply")[0] == 0
    assert b"99.01.01,25,2" in (data / "agencies.csv").read_bytes()
    fill_in(sent, {USERS: "tiga"})
    assert egov("survey", "import", sent, "--data", data)[0] == 2
    assert (sent.with_name("formulir-kominfo.catatan-2.xlsx")).is_file()  # the copy they mended is not written over


def test_the_whole_plan_under_every_scenario_is_checked_before_anything_is_written(egov, tmp_path, data):
    """A scenario that gives an application a size in function points does not bear the class that a form gives it."""
    body = "set:\n  applications.warga.size_fp_low: 5\n  applications.warga.size_fp: 10\n  applications.warga.size_fp_high: 20\n"
    (data / "scenarios" / "lain.yaml").write_text(HEAD + body, encoding="utf-8")
    path = fill_in(form(tmp_path, "kec-seberang", data), {("applications", "warga", "size_class"): "Aplikasi kecil"})
    before = content(data)
    status, _, err = egov("survey", "import", path, "--data", data, "--apply")
    assert (status, "tiny/scenarios/lain.yaml" in err, "size_class 'small'" in err) == (2, True, True)
    assert content(data) == before


def test_a_changed_pack_that_does_not_hold_is_refused(data):
    before = content(data)["agencies.csv"]
    with pytest.raises(InputError, match=r"district: found '99.01.09'"):
        survey_apply.check_changed(data, {"agencies.csv": (before, before.replace(b",99.01.01,20", b",99.01.09,20"))})
    assert content(data)["agencies.csv"] == before


# --- thirty ways to fill in a form wrongly -------------------------------------------------------------------------------------


def value(field, new, table="agencies", key="kominfo"):
    def change(book):
        cell_of(book, table, key, field).value = new

    return change


def percent(book):
    cell = cell_of(book, *USERS)
    cell.value, cell.number_format = 0.25, "0%"


def add_row(book):
    book["Aplikasi"].append(["aplikasi-baru", "Aplikasi baru"])


def add_far_below(book):
    book["Aplikasi"].cell(900_000, 3).value = "Aplikasi baru"


def hide_and_change(book):
    cell = cell_of(book, "applications", "surat", "name")
    cell.value = "Surat baru"
    book["Aplikasi"].row_dimensions[cell.row].hidden = True


def twice(book):
    sheet = book["Aplikasi"]
    for column in range(1, sheet.max_column + 1):
        sheet.cell(sheet.max_row + (column == 1), column).value = sheet.cell(5, column).value


def hidden(row, column, new):
    def change(book):
        book[FACTS].cell(row, column).value = new

    return change


def rename(book):
    book["Aplikasi"].title = "Sheet1"


def rename_head(book):
    heads = {c.value: c for c in book["Aplikasi"][4]}
    heads[WORDS.heads["state"]].value = "Status"


def chart(book):
    del book["Aplikasi"]
    book.create_chartsheet("Aplikasi").add_chart(BarChart())


def typed_formula(book):
    cell = cell_of(book, *APP, "name")
    cell.value = "=HYPERLINK(1)"
    cell.data_type, cell.quotePrefix = "s", True


def drop_facts(book):
    del book[FACTS]


def unsigned(**who):
    def change(book):
        value("users", 25)(book)
        sign(book, **who)

    return change


CHANGED = value("users", 25)
WRONG = {
    "text in a number": (value("users", "banyak"), "banyak is not a number"),
    "text with a unit": (value("users", "25 orang"), "25 orang is not a number"),
    "thousands that may be decimals": (value("high", "1.250", "services", "surat-warga"), "1.250 can mean two numbers: write 1250 or 1,25"),
    "half a person": (value("users", 2.5), "2.5 is not a whole number"),
    "negative": (value("users", -5), "-5 is out of range: from 0 to 20000"),
    "out of range": (value("users", 10**9), "1000000000 is out of range"),
    "percent": (percent, "a percentage (25 %)"),
    "a date in a number": (value("users", date(2026, 5, 12)), "is not a number (the program made a date"),
    "emptied cell": (value("users", None), "an empty cell: write the value, or 20 as it was"),
    "formula": (value("users", "=SUM(A1:A3)"), "a formula (=SUM(A1:A3))"),
    "formula to another workbook": (value("users", "=[1]Data!$A$1"), "a formula (=[1]Data!$A$1)"),
    "broken reference": (value("users", "#REF!"), "an error of the program (#REF!)"),
    "not a number": (value("users", "#NUM!"), "an error of the program (#NUM!)"),
    "NaN as text": (value("users", "NaN"), "NaN is not a number"),
    "unknown word": (value("state", "dipaki", *APP), "dipaki is not in the list; do you mean dipakai?"),
    "unknown application": (value("interfaces", "wrga", *APP), "wrga is not a code of the list of applications; do you mean warga?"),
    "unknown basis": (value("basis", "kata orang"), "kata orang is not in the list"),
    "three values not rising": (value("low", 150, "services", "surat-warga"), "low 150, most likely 100 and high 200 must rise"),
    "very long text": (value("name", "x" * 5000, *APP), "5000 characters; allowed are 300"),
    "characters nobody sees": (value("name", "Surat\x9btarus", *APP), "characters that cannot be seen"),
    "deleted row": (lambda book: book["Aplikasi"].delete_rows(5), "the row surat was deleted"),
    "added row": (add_row, "a row that was added (aplikasi-baru): write what is missing into the sheet Belum tercantum"),
    "text far below": (add_far_below, "a row that was added (Aplikasi baru)"),
    "changed key": (value("key", "surat-2", *APP), "a row that was added (surat-2)"),
    "duplicate key": (twice, "surat stands in row 5 already"),
    "hidden row": (hide_and_change, "a hidden row was changed"),
    "merged cells": (lambda book: book["Perangkat daerah"].merge_cells("D5:H5"), "merged with other cells"),
    "renamed sheet": (rename, "the sheet Aplikasi is missing"),
    "a chart in place of a sheet": (chart, "the sheet Aplikasi is missing"),
    "text that would be a formula in the data": (typed_formula, "=HYPERLINK(1) begins with =, which programs take for a formula"),
    "a key that would turn the line round": (value("key", "a\u202eb", *APP), "a row that was added (a?b)"),
    "renamed column": (rename_head, "columns missing or twice: Keadaan"),
    "other region": (hidden(2, 1, "Kabupaten Lain"), "a form of Kabupaten Lain; the data are those of"),
    "older version": (hidden(1, 2, "0"), "a form of version 0, this program reads 1"),
    "hidden sheet changed": (hidden(4, 4, "Dinas Lain"), "its hidden sheet was changed"),
    "hidden sheet lost": (drop_facts, "not a form of this program"),
    "no name": (unsigned(name=None), "Pengisi (nama) is missing"),
    "no date": (unsigned(day=None), "Tanggal pengisian is missing"),
    "a date that is none": (unsigned(day="kemarin"), "kemarin is not a date"),
    "a date to come": (unsigned(day=date.today() + timedelta(days=30)), "lies in the future"),
    "a date long past": (unsigned(day=date(1926, 11, 24)), "1926-11-24 lies more than five years back"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "says"), WRONG.values(), ids=WRONG)
def test_a_wrong_filling_is_told_and_changes_nothing(egov, data, sent, change, says):
    book = openpyxl.load_workbook(sent)
    sign(book)
    change(book)
    book.save(sent)
    before, raw = content(data), sent.read_bytes()
    status, _, err = egov("survey", "import", sent, "--data", data, "--apply")
    assert (status, says in err) == (2, True), err
    assert content(data) == before
    assert sent.read_bytes() == raw
    copies = list(sent.parent.glob("*.catatan.xlsx"))
    assert len(copies) == (0 if "form of" in says or "hidden sheet was" in says else 1)
    for copy in copies:
        listing = openpyxl.load_workbook(copy)[WORDS.remarks]
        assert listing.max_row > 1


def test_a_workbook_that_can_be_read_but_not_written_again_is_told_without_a_copy(egov, data, sent, monkeypatch):
    monkeypatch.setattr("egov_model.report.survey_notes_copy.archive_of", lambda book: book.nothing)
    fill_in(sent, {USERS: "dua"})
    status, _, err = egov("survey", "import", sent, "--data", data)
    assert status == 2 and "too damaged for a copy with marks" in err and "dua is not a number" in err
    assert list(sent.parent.glob("*.catatan*")) == []


def test_files_that_are_no_forms_do_not_keep_the_others_from_being_looked_at(egov, tmp_path, data, sent):
    fill_in(sent, {USERS: "dua"})
    csv = tmp_path / "formulir-kec-seberang.xlsx"
    csv.write_text("id,name\n", encoding="utf-8")
    status, _, err = egov("survey", "import", csv, sent, tmp_path / "tidak-ada.xlsx", "--data", data)
    assert status == 2
    assert "not an Excel workbook" in err and "dua is not a number" in err and "no such file" in err


def test_a_form_under_the_name_of_another_agency(egov, data, sent):
    other = sent.rename(sent.with_name("formulir-kec-seberang.xlsx"))
    status, _, err = egov("survey", "import", other, "--data", data)
    assert status == 2 and "named after kec-seberang, but it is the form of kominfo" in err


@pytest.mark.parametrize("name", ["Salinan formulir-kominfo (1).xlsx", "dari dinas.xlsx", "formulir-kominfo_final FINAL.xlsx"])
def test_other_names_are_no_matter(egov, data, sent, name):
    path = fill_in(sent.rename(sent.with_name(name)), {USERS: 25})
    assert egov("survey", "import", path, "--data", data)[0] == 0


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("1.234,0", "1234"), ("1.250", "1250"), (" 25\u00a0", "25"), ("25,0", "25"), (25.0, "25"), ("1.250.000", None)],
)
def test_numbers_as_indonesians_write_them(egov, data, sent, said, wanted):
    fill_in(sent, {USERS: said})
    status, out, _ = egov("survey", "import", sent, "--data", data, "--format", "json")
    assert status == (0 if wanted else 2)
    assert not wanted or json.loads(out)[0]["new"] == wanted


def test_a_remark_alone_changes_nothing_and_is_read_out(egov, data, sent):
    book = openpyxl.load_workbook(sent)
    cell_of(book, "applications", "surat", "remark").value = "Server  mati sejak\nMaret"
    cell_of(book, "applications", "surat", "name").comment = Comment("salah?", "orang")
    book[WORDS.proposals].cell(5, 1).value = "Simpeg"
    book.save(sent)
    status, out, err = egov("survey", "import", sent, "--data", data, "--apply")
    assert (status, out) == (0, "")
    assert "Aplikasi surat: Server mati sejak Maret" in err and "Belum tercantum A5: Simpeg" in err


def test_a_number_ten_times_what_it_was_is_pointed_out(egov, data, sent):
    fill_in(sent, {USERS: 200})
    status, _, err = egov("survey", "import", sent, "--data", data)
    assert status == 0 and "look again: agencies kominfo users: 20 became 200" in err


def test_rows_in_another_order_and_columns_further_right_are_read(egov, data, sent):
    book = openpyxl.load_workbook(sent)
    sign(book)
    cell_of(book, *USERS).value = 25
    book["Perangkat daerah"].insert_cols(2)
    book["Perangkat daerah"].insert_rows(2)
    book.save(sent)
    status, out, _ = egov("survey", "import", sent, "--data", data, "--format", "json")
    assert status == 0 and json.loads(out)[0]["new"] == "25"


# --- all files or none ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
@pytest.mark.parametrize("step", range(1, 9))
def test_an_import_that_stops_half_way_changes_nothing(data, sent, monkeypatch, stop, step):
    """Three files change; the import is stopped at each of its moves and deletions in turn."""
    before, done = content(data), 0
    files = {name: (before[name], before[name] + b"#") for name in ("agencies.csv", "applications.csv", "services.csv")}
    real = {name: getattr(Path, name) for name in ("replace", "unlink", "mkdir")}

    def counted(name):
        def call(self, *arguments, **more):
            nonlocal done
            done += 1
            if done == step:
                raise stop(28, "no space left")
            return real[name](self, *arguments, **more)

        return call

    for name in real:
        monkeypatch.setattr(Path, name, counted(name))
    if step <= 6:  # the folder, the list, three files, and the list again
        with pytest.raises((stop, survey_apply.EgovModelError)):
            survey_apply.apply(data, files)
        assert content(data) == before
    else:
        survey_apply.apply(data, files)
        assert content(data) == before | {name: after for name, (_, after) in files.items()}


def test_a_file_that_another_program_holds_is_told_and_changes_nothing(data, monkeypatch):
    """As on Windows while Excel shows it: nobody may put another in its place, not even the old one."""
    before, replace = content(data), Path.replace

    def held(path, target):
        if Path(target) == data / "applications.csv":
            raise PermissionError(13, "Permission denied")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", held)
    files = {name: (before[name], before[name] + b"#") for name in ("agencies.csv", "applications.csv", "services.csv")}
    with pytest.raises(survey_apply.EgovModelError, match="cannot write into tiny .Permission denied.; nothing was changed; is a"):
        survey_apply.apply(data, files)
    assert content(data) == before


@pytest.mark.parametrize("moves", [1, 2, 3])
def test_after_a_power_cut_the_pack_is_refused_until_the_old_files_are_back(egov, tmp_path, data, sent, moves):
    fill_in(sent, ANSWERS)
    before = content(data)
    script = tmp_path / "cut.py"
    script.write_text(
        "import os, sys\nfrom pathlib import Path\nreal, left = Path.replace, [int(sys.argv[1])]\n"
        "def replace(self, target):\n    if left[0] == 0:\n        os._exit(9)\n    left[0] -= 1\n    return real(self, target)\n"
        "Path.replace = replace\nsys.argv[1:] = sys.argv[2:]\nfrom egov_model.cli import main\nsys.exit(main())\n",
        encoding="utf-8",
    )
    root = str(Path(__file__).resolve().parents[1])
    command = [sys.executable, str(script), str(moves), "survey", "import", str(sent), "--data", str(data), "--apply"]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": root}, capture_output=True, text=True, check=False)
    assert done.returncode == 9, done.stderr
    assert (data / JOURNAL).is_dir()
    status, _, err = egov("run", "--data", data)
    assert status == 2 and "egov survey recover" in err
    status, _, err = egov("survey", "recover", "--data", data)
    assert status == 0 and "put back" in err
    assert content(data) == before
    assert egov("survey", "import", sent, "--data", data, "--apply")[0] == 0
    assert "nothing to put back" in egov("survey", "recover", "--data", data)[2]


def test_a_pack_that_cannot_be_written_is_told(data, monkeypatch):
    def refused(path, *how, **named):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(survey_apply.EgovModelError, match="cannot write into tiny .Permission denied."):
        survey_apply.apply(data, {})


def test_two_imports_do_not_meet(data):
    (data / JOURNAL).mkdir()
    with pytest.raises(survey_apply.EgovModelError, match="under way or was interrupted: egov survey recover"):
        survey_apply.apply(data, {})


def test_a_file_that_changed_meanwhile_is_not_written_over(data):
    before = content(data)
    with pytest.raises(survey_apply.EgovModelError, match=r"agencies.csv was changed while forms were read"):
        survey_apply.apply(data, {"agencies.csv": (b"x", b"y")})
    assert content(data) == before


def test_a_file_without_the_column_is_told(egov, data, sent):
    path = data / "applications.csv"
    lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    at = lines[0].index("package")
    path.write_text("\n".join(",".join(c for n, c in enumerate(line) if n != at) for line in lines) + "\n", encoding="utf-8", newline="\n")
    fresh = fill_in(form(sent.parent / "fresh", "kominfo", data), {("applications", "surat", "package"): SAY("yes")})
    status, _, err = egov("survey", "import", fresh, "--data", data, "--apply")
    assert status == 2 and "no cell package in row 2; add the column" in err
