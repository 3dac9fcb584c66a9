"""The figures of a report as files for other programs: the same numbers, tidy."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from egov_model.analysis import summary
from egov_model.analysis.compare import headline
from egov_model.analysis.reached import LOCATION_COLUMNS, site_links
from egov_model.model.plan import Plan
from egov_model.report.page import write_whole
from egov_model.report.wording import Say
from egov_model.report.workbook import write_workbook

FORMULA_STARTS = ("=", "+", "-", "@", "\t")
FILES = ("ringkasan.json", "anggaran.csv", "anggaran.xlsx", "anggaran.en.xlsx", "lokasi.csv")


def write_exports(plan: Plan, folder: Path, say: Say) -> None:
    """`ringkasan.json` (headline and years), `anggaran.csv` (every budget cell), `lokasi.csv` (every site with its link) and, in the
    language of `say`, `anggaran.xlsx` in the scenario's folder; raises `EgovModelError`."""
    years = {str(y): {k: int(v) for k, v in row.items()} for y, row in summary.ceilings_by_year(plan).iterrows()}
    figures = {**asdict(headline(plan)), "years": years, "inputs": plan.inputs.content_hash}
    write_whole(folder / FILES[0], json.dumps(figures, ensure_ascii=False, indent=2, default=str) + "\n")
    write_whole(folder / FILES[1], _table(plan.budget))
    write_whole(folder / FILES[4], _table(site_links(plan)[list(LOCATION_COLUMNS)]))
    write_workbook(plan, say, folder / (FILES[2] if say.language == "id" else FILES[3]))


def remove_exports(folder: Path) -> None:
    """Takes away what `write_exports` wrote for a scenario that does not exist any more, and its folder when nothing else is in it."""
    with contextlib.suppress(OSError):
        for name in FILES:
            (folder / name).unlink(missing_ok=True)
        folder.rmdir()


def _table(frame: pd.DataFrame) -> str:
    """A frame as CSV; what is missing is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows([["" if v is pd.NA else _harmless(v) for v in row] for row in frame.itertuples(index=False)])
    return text.getvalue()


def _harmless(value: object) -> object:
    """Text in one line, and as plain text where a spreadsheet would run it as a formula."""
    if not isinstance(value, str):
        return value
    line = " ".join(value.splitlines())
    return "'" + line if line.startswith(FORMULA_STARTS) else line
