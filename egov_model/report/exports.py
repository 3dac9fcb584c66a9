"""The figures of a report as files for other programs: the same numbers, tidy."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from dataclasses import asdict
from pathlib import Path

from egov_model.analysis import summary
from egov_model.analysis.compare import headline
from egov_model.model.plan import Plan
from egov_model.report.page import write_whole
from egov_model.report.wording import Say
from egov_model.report.workbook import write_workbook

FORMULA_STARTS = ("=", "+", "-", "@", "\t")
FILES = ("ringkasan.json", "anggaran.csv", "anggaran.xlsx", "anggaran.en.xlsx", "anggaran.json")
COLUMNS = {  # of a budget cell: what it holds
    "initiative": "initiative id in initiatives.csv",
    "title_id": "title of the initiative, Bahasa Indonesia",
    "title_en": "title of the initiative, English",
    "section": "section of the master plan",
    "agency": "agency id in agencies.csv",
    "fund": "source of funds",
    "program_code": "programme code valid in the year (text)",
    "kegiatan_code": "kegiatan code valid in the year (text)",
    "sub_kegiatan_code": "sub-kegiatan code valid in the year (text)",
    "sub_kegiatan": "name of the sub-kegiatan",
    "account_code": "account code valid in the year (text)",
    "account": "name of the account",
    "account_group": "pegawai, barang_jasa or modal",
    "item": "what is bought, as cost_lines.csv names it",
    "item_name": "its name",
    "timing": "once, yearly or refresh",
    "line": "cost line id in cost_lines.csv",
    "year": "fiscal year of payment",
    "units": "units of the item bought",
    "amount_idr": "rupiah of the year of payment, VAT and transport included",
}


def write_exports(plan: Plan, folder: Path, say: Say) -> None:
    """`ringkasan.json` (headline and years), `anggaran.csv` and `anggaran.json` (every budget cell) and, in the language of `say`,
    `anggaran.xlsx` in the scenario's folder; raises `EgovModelError`."""
    years = {str(y): {k: int(v) for k, v in row.items()} for y, row in summary.ceilings_by_year(plan).iterrows()}
    figures = {**asdict(headline(plan)), "years": years, "inputs": plan.inputs.content_hash}
    write_whole(folder / FILES[0], json.dumps(figures, ensure_ascii=False, indent=2, default=str) + "\n")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(plan.budget.columns)
    writer.writerows([[_harmless(v) for v in row] for row in plan.budget.itertuples(index=False)])
    write_whole(folder / FILES[1], text.getvalue())
    write_whole(folder / FILES[4], cells_json(plan))
    write_workbook(plan, say, folder / (FILES[2] if say.language == "id" else FILES[3]))


def cells_json(plan: Plan) -> str:
    """Every budget cell as JSON, one cell a line: numbers as numbers, codes as text, and above them what each column holds."""
    frame = plan.budget
    head = {"scenario": plan.inputs.scenario.name, "inputs": plan.inputs.content_hash, "columns": {c: COLUMNS[c] for c in frame.columns}}
    cells = [json.dumps(row, ensure_ascii=False) for row in frame.to_dict(orient="records")]
    opening = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    return f'{opening},\n "cells": [\n' + ",\n".join(cells) + "\n]}\n"


def remove_exports(folder: Path) -> None:
    """Takes away what `write_exports` wrote for a scenario that does not exist any more, and its folder when nothing else is in it."""
    with contextlib.suppress(OSError):
        for name in FILES:
            (folder / name).unlink(missing_ok=True)
        folder.rmdir()


def _harmless(value: object) -> object:
    """Text in one line, and as plain text where a spreadsheet would run it as a formula."""
    if not isinstance(value, str):
        return value
    line = " ".join(value.splitlines())
    return "'" + line if line.startswith(FORMULA_STARTS) else line
