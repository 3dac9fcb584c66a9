"""Made-up actuals of the made-up regency; nobody ever reported them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import openpyxl
from tiny_pack import copy_of_tiny

HEADS = {
    "progress": "month,initiative,paid_idr,physical_share,note,unit,source,evidence",
    "commitments": "id,initiative,signed,ends,value_idr,note,unit,source,evidence",
    "dates": "initiative,started,finished,note,unit,source,evidence",
}
SOURCE = "laporan rekaan untuk uji"


def with_actuals(
    folder: Path,
    progress: Iterable[tuple] = (),
    commitments: Iterable[tuple] = (),
    dates: Iterable[tuple] = (),
) -> Path:
    """A copy of the tiny pack with these rows (progress: month, initiative, paid, share[, note]; commitments: id, initiative, signed, ends,
    value; dates: initiative, started[, finished])."""
    pack = copy_of_tiny(folder)
    for name, rows in (("progress", progress), ("commitments", commitments), ("dates", dates)):
        fields = HEADS[name].split(",")
        own = len(fields) - 3
        lines = [HEADS[name]]
        for row in rows:
            cells = ["" if cell is None else str(cell) for cell in row]
            lines.append(",".join([*cells, *[""] * (own - len(cells)), "uji", SOURCE, "high"]))
        (pack / "actuals" / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return pack


def realisation_table(
    path: Path,
    rows: Iterable[tuple],
    *,
    region: str = "KABUPATEN CONTOH",
    until: str = "Keadaan sampai dengan 31 Maret 2027",
    changes: Mapping[str, object] | None = None,
) -> Path:
    """A workbook in the layout of a regency's report: rows of (code, title, ceiling, paid, paid %, physical %)."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Lap Maret"
    for line in (["LAPORAN REALISASI FISIK DAN KEUANGAN"], [region], [until], []):
        sheet.append(line)
    titles = ("No", "Kode Rekening", "Program/Kegiatan/Sub Kegiatan", "Pagu Anggaran", "Realisasi Keuangan", None, "Realisasi Fisik", "Ket")
    sheet.append(titles)
    sheet.append([None, None, None, "(Rp)", "(Rp)", "(%)", "(%)", None])
    for column in "ABCDH":
        sheet.merge_cells(f"{column}5:{column}5")
    sheet.merge_cells("E5:F5")
    for number, row in enumerate(rows, 1):
        sheet.append([number, *row])
    sheet.append([None, None, "Contoh, 2 April 2027"])
    for cell, value in (changes or {}).items():
        sheet[cell] = value
    book.save(path)
    return path


TODAY = date(2027, 5, 1)
