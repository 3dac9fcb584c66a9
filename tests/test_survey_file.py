"""Files that are no forms end in a sentence: nothing is unpacked without bounds, run or followed."""

from __future__ import annotations

import io
import os
import zipfile

import pytest
from survey_samples import form

from egov_model.inputs.survey_file import open_form
from egov_model.inputs.survey_notes import Refused
from egov_model.inputs.tables import unpacked

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


@pytest.fixture(scope="module")
def good(tmp_path_factory) -> bytes:
    return form(tmp_path_factory.mktemp("good")).read_bytes()


def with_parts(raw: bytes, parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A workbook with parts added or replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(made, "w", compression) as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, content in parts.items():
            target.writestr(name, content)
    return made.getvalue()


def liar(raw: bytes) -> bytes:
    """A workbook in which a part claims to be small and unpacks to much more than it says."""
    bomb = with_parts(raw, {"xl/bomb.xml": b" " * 3_000_000})
    size = (3_000_000).to_bytes(4, "little")
    return bomb.replace(size, (900).to_bytes(4, "little"))


def said(path) -> str:
    with pytest.raises(Refused) as refused:
        open_form(path)
    return str(refused.value)


def test_a_form_opens(tmp_path, good):
    path = tmp_path / "formulir-kominfo.xlsx"
    path.write_bytes(good)
    assert "Petunjuk" in open_form(path).sheetnames


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda raw: b"", "an empty file"),
        (lambda raw: b"id,name\nsurat,Surat\n", "not an Excel workbook"),
        (lambda raw: OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (lambda raw: OLE, "the old format of Excel"),
        (lambda raw: os.urandom(1) * 50_000_000, "50 MB; a form has less than 5 MB"),
        (lambda raw: raw[: len(raw) // 2], "not an Excel workbook"),
        (lambda raw: raw[:3000] + b"\xff" * 400 + raw[3400:], "a damaged workbook"),
        (lambda raw: with_parts(raw, {"xl/vbaProject.bin": b"x"}), "a workbook with macros"),
        (lambda raw: with_parts(raw, {"[Content_Types].xml": b"<x>application/vnd.ms-excel.sheet.macroEnabled.main+xml</x>"}), "macros"),
        (lambda raw: with_parts(raw, {"xl/bomb.xml": b" " * 19_000_000}), "unpacks to far more"),
        (lambda raw: with_parts(raw, {f"xl/{n}.bin": os.urandom(20_000) + b" " * 2_000_000 for n in range(11)}), "unpacks to far more"),
        (lambda raw: with_parts(raw, {f"xl/{n}.xml": b"x" for n in range(500)}), "unpacks to far more"),
        (liar, "a damaged workbook"),
        (lambda raw: with_parts(raw, {"xl/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "unpacks to far more"),
        (lambda raw: with_parts(raw, {"xl/styles.xml": '<?xml version="1.0"?><a/>'.encode("utf-16")}), "unpacks to far more"),
        (lambda raw: with_parts(raw, {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}), "links to other workbooks"),
        (lambda raw: with_parts(raw, {"xl/workbook.xml": b"<workbook"}), "a damaged workbook"),
        (lambda raw: with_parts(raw, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"}), "a damaged workbook"),
    ],
)
def test_what_is_no_form_is_told(tmp_path, good, make, says):
    path = tmp_path / "formulir-kominfo.xlsx"
    path.write_bytes(make(good))
    assert says in said(path)


def test_a_zip_that_is_no_workbook(tmp_path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("readme.txt", "x")
    path = tmp_path / "a.xlsx"
    path.write_bytes(made.getvalue())
    assert "not an Excel workbook" in said(path)


def test_a_file_that_is_not_there_and_a_folder(tmp_path):
    assert "no such file" in said(tmp_path / "formulir-x.xlsx")
    assert "no such file" in said(tmp_path)


def test_a_name_of_a_macro_file(tmp_path, good):
    path = tmp_path / "formulir-kominfo.xlsm"
    path.write_bytes(good)
    assert "a workbook with macros" in said(path)


def test_unpacking_stops_at_the_bound_whatever_a_part_claims():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.xml", b" " * 3_000_000)
    with zipfile.ZipFile(made) as archive:
        part = archive.getinfo("bomb.xml")
        assert unpacked(archive, part, 2_999_999) is None
        assert len(unpacked(archive, part, 3_000_000)) == 3_000_000


def test_a_way_of_packing_that_excel_does_not_use(tmp_path, good):
    path = tmp_path / "formulir.xlsx"
    path.write_bytes(with_parts(good, {}, zipfile.ZIP_BZIP2))
    assert "packed in a way that Excel does not use" in said(path)


def test_a_part_whose_packed_bytes_are_spoiled(tmp_path, good):
    """The first byte of a packed part says how it is packed: 0xff names a way that there is not, which only zlib finds out."""
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        part = archive.getinfo("xl/workbook.xml")
        begins = part.header_offset + 30 + len(part.filename) + len(part.extra)
    path = tmp_path / "formulir.xlsx"
    path.write_bytes(good[:begins] + b"\xff" + good[begins + 1 :])
    assert "a damaged workbook" in said(path)
