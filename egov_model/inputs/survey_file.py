"""Opening a workbook that came by mail: nothing in it is run, followed or unpacked without bounds."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from pathlib import Path

import openpyxl
from openpyxl import Workbook

from egov_model.inputs.survey_notes import text
from egov_model.inputs.tables import file_bytes, unpacked

MOST_FILE = 5_000_000  # bytes; a form has some 30,000
MOST_UNPACKED = 20_000_000
MOST_PARTS = 400
MOST_RATIO = 200  # unpacked to packed, of parts that matter by their size
SMALL_PART = 1_000_000
# what zipfile raises for a file that is not whole, or of a version or packing that it does not know
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTITIES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")


def open_form(path: Path) -> Workbook:
    """The workbook with its formulas as text; raises `Refused` for everything that is no plain xlsx of a form's size."""
    if not path.is_file():
        raise text("no such file; give the file that came back")
    try:
        size = path.stat().st_size
        if size > MOST_FILE:
            raise text(
                "{size} MB; a form has less than {most} MB: send only the form, without pictures and other sheets",
                size=round(size / 1e6), most=round(MOST_FILE / 1e6),
            )  # fmt: skip
        raw = file_bytes(path)
    except OSError as error:
        raise text("cannot be read ({why}); is it open in another program?", why=error.strerror or error) from None
    if not raw:
        raise text("an empty file: send it again")
    if raw.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise text("locked with a password: open it, take the password away (File > Info > Protect Workbook), save and send it again")
        raise text("the old format of Excel (xls): save it as Excel Workbook (xlsx)")
    if not zipfile.is_zipfile(io.BytesIO(raw)):
        raise text("not an Excel workbook (perhaps CSV or another file that was renamed): save it as Excel Workbook (xlsx)")
    _look_inside(raw, path.suffix.lower())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl speaks of styles and extensions that it leaves out
            book = openpyxl.load_workbook(io.BytesIO(raw), keep_links=False)
        for sheet in book.chartsheets:  # a form has none
            book.remove(sheet)
    except Exception as error:  # a damaged workbook can fail in openpyxl in any way
        raise text("a damaged workbook ({why}): open it, save it as Excel Workbook (xlsx) and send it again", why=_why(error)) from None
    return book


def _look_inside(raw: bytes, suffix: str) -> None:
    """Refuse archives that are not a plain workbook or grow without bounds, by what they claim and by what they are."""
    too_big = text("unpacks to far more than a form holds; it may be meant to do harm: do not open it, ask the sender")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            names = [part.filename for part in parts]
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED or len(set(names)) < len(names):
                raise too_big
            if any(part.file_size > max(SMALL_PART, MOST_RATIO * part.compress_size) for part in parts):
                raise too_big
            if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
                raise zipfile.BadZipFile("packed in a way that Excel does not use")
            if any(part.flag_bits & 1 for part in parts):
                raise text("locked with a password: save it without one and send it again")
            left, contents = MOST_UNPACKED, {}
            for part in parts:
                content = unpacked(archive, part, left)
                if content is None:
                    raise too_big
                left -= len(content)
                contents[part.filename] = content
    except DAMAGED as error:
        raise text("a damaged workbook ({why}): open it, save it as Excel Workbook (xlsx) and send it again", why=_why(error)) from None
    _look_at_parts(contents, suffix)


def _look_at_parts(contents: dict[str, bytes], suffix: str) -> None:
    kinds = contents.get("[Content_Types].xml", b"")
    if any(name.lower().endswith("vbaproject.bin") for name in contents) or b"macroEnabled" in kinds or suffix in (".xlsm", ".xltm"):
        raise text("a workbook with macros: save it as Excel Workbook (xlsx, without macros)")
    if "xl/workbook.xml" not in contents:
        raise text("not an Excel workbook (perhaps CSV or another file that was renamed): save it as Excel Workbook (xlsx)")
    if any(name.startswith("xl/externalLinks/") for name in contents):
        raise text("links to other workbooks: break them (Data > Edit Links > Break Link), so that values stand in the cells")
    for name, content in contents.items():
        if name.endswith((".xml", ".rels", ".vml")) and (_ENTITIES.search(content) or content.startswith(_UTF16)):
            raise text("unpacks to far more than a form holds; it may be meant to do harm: do not open it, ask the sender")


def _why(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:80]
