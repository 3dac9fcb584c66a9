"""The workbook of all tables beside a scenario's reports, written again when one of the reports has changed."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from egov_model.inputs.place import ROOT
from egov_model.inputs.scenario import PlanInputs
from egov_model.report.beside import TABLE_BOOKS
from egov_model.report.freshness import Job, code_hash, digest, figures_of, hashes_of
from egov_model.report.shown_tables import ShownTable, shown_tables
from egov_model.report.table_book import ShownReport, table_book
from egov_model.report.uses import package_files
from egov_model.report.wording import Say

MADE_OF = ":"  # stands behind a workbook's name for what it was made of
CODE = ("table_book", "shown_tables", "spreadsheet", "table_books")
TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)


def write_table_books(
    out: Path, loaded: Mapping[str, PlanInputs], every: Sequence[Job], say: Say, before: Mapping[str, str]
) -> dict[str, str]:
    """Write the workbook of every scenario whose reports are not those that it was made of; raises `EgovModelError`.

    before: what this gave the last time; gives for each workbook the hash of its file and, behind its name and a colon, of what it is
    made of. A scenario without any report has none.
    """
    code, made = code_hash(_code()), {}
    for book in [path for name in TABLE_BOOKS.values() for path in out.glob(f"*/{name}") if path.parent.name not in loaded]:
        with contextlib.suppress(OSError):
            book.unlink()
            book.parent.rmdir()  # the last of a scenario that is gone
    for name, inputs in loaded.items():
        pages = [job for job in every if job.scenario == name and job.notebook and not job.agency and (out / f"{job.name}.html").is_file()]
        book = f"{name}/{TABLE_BOOKS[say.language]}"
        if not pages:
            continue
        made_of = digest(json.dumps([code, hashes_of(out, [file for job in pages for file in job.files])]))
        if before.get(f"{book}{MADE_OF}") != made_of or hashes_of(out, [book]) != {book: before.get(book)}:
            reports = [ShownReport(job.notebook.stem[:2], job.title, tables_of(out / f"{job.name}.html")) for job in pages]
            table_book(inputs, reports, say).save(out / book)
        made |= {**hashes_of(out, [book]), f"{book}{MADE_OF}": made_of}
    return made


def tables_of(page: Path) -> tuple[ShownTable, ...]:
    """The tables of a built report, with the values of the file beside it where there is one."""
    figures = page.with_name(figures_of(page.stem))
    known = json.loads(figures.read_text(encoding="utf-8"))["figures"] if figures.is_file() else {}
    return shown_tables("".join(TABLE.findall(page.read_text(encoding="utf-8"))), known)


def _code() -> dict[str, bytes]:
    files = package_files(ROOT)
    return {name: files[name] for name in (f"report/{module}.py" for module in CODE)}
