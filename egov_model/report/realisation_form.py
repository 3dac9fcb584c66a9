"""An empty table of realisation for a month, in the layout that regencies use, with the plan's own lines; fills in, never computes."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from egov_model.analysis.actuals_entries import code_of
from egov_model.inputs.survey_cells import MONTHS
from egov_model.model.plan import Plan
from egov_model.model.scope import in_scope
from egov_model.report.page import write_whole
from egov_model.report.spreadsheet import APPLICATION, archive_of

HEADS = (("Kode", ""), ("Program / Kegiatan / Sub Kegiatan / Paket", ""), ("Pagu (Rp)", ""), ("Realisasi Keuangan", "Rp"),
         ("Realisasi Keuangan", "%"), ("Realisasi Fisik", "%"), ("Keterangan", ""))  # fmt: skip
WIDTHS = (22, 60, 18, 18, 10, 12, 30)
SHEET = "Realisasi"


def write_form(plan: Plan, month: str, path: Path) -> Path:
    """Writes the table, the same to the byte for the same plan, and gives its path.

    Codes that several initiatives share have a line for each below them.
    """
    year = int(month[:4])
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    region = plan.inputs.region.name.upper()
    sheet.append(["LAPORAN REALISASI FISIK DAN KEUANGAN"])
    sheet.append([region if region.startswith(("KABUPATEN", "KOTA")) else f"KABUPATEN {region}"])
    sheet.append([f"Keadaan sampai dengan akhir {MONTHS[int(month[5:]) - 1].capitalize()} {year}"])
    for line in (0, 1):
        sheet.append([head[line] for head in HEADS])
    sheet.merge_cells("D4:E4")
    for row in sheet.iter_rows(min_row=1, max_row=5):
        for cell in row:
            cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    budget = plan.budget[plan.budget["year"] == year].groupby("initiative")["amount_idr"].sum()
    shared: dict[str, list[str]] = {}
    for key in in_scope(plan.inputs):
        if budget.get(key, 0) > 0:
            shared.setdefault(code_of(plan.inputs, plan.inputs.rows["initiatives"][key], year), []).append(key)
    names = {row["sub_kegiatan_code"]: row["sub_kegiatan"] for row in plan.budget[plan.budget["year"] == year].to_dict("records")}
    for code, keys in sorted(shared.items()):
        sheet.append([code, names[code], int(sum(budget[key] for key in keys))])
        for key in keys if len(keys) > 1 else ():
            sheet.append(["", key, int(budget[key])])
    for column, width in zip("ABCDEFG", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    for row in sheet.iter_rows(min_row=6, max_col=4):
        row[1].data_type = "s"  # a name is never a formula
        row[2].number_format = row[3].number_format = "#,##0"
    book.properties.creator = APPLICATION
    book.properties.created = book.properties.modified = datetime.combine(plan.inputs.settings.issued_on, time())
    write_whole(path, archive_of(book))
    return path
