"""`reports/index.html`: every scenario, its key figures, reports and sheets, whether each is built and up to date; a search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from egov_model.inputs.errors import EgovModelError, did_you_mean, listed
from egov_model.report.page import fill, script, write_whole

# Every text of the page; the caller gives each in the page's language. `{n}` in days and found is filled in by the page's script.
LABELS = (
    "plan", "title", "intro", "figures_heading", "figures_caption", "scenario", "issued", "files", "reports_heading", "reports_caption",
    "sheets_heading", "sheets_caption", "agency", "state", "ok", "stale", "failed", "kept", "missing", "failures_heading", "footer",
    "search", "found", "today", "days",
)  # fmt: skip


@dataclass(frozen=True)
class Report:
    """One report of one scenario; `kept`: a file exists, so after a failure the last good report can still be read.

    `reason`: why it failed or is stale. `others`: the same in other languages, as (language, its name, address).
    """

    title: str
    href: str
    status: str  # "ok", "stale", "failed", or "missing" when it was never built
    reason: str = ""
    kept: bool = True
    others: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Sheet:
    """One agency's sheet: its name, its figures as (label, value) in formatted text."""

    agency: str
    figures: tuple[tuple[str, str], ...]
    report: Report


@dataclass(frozen=True)
class Scenario:
    """One row of the page: who it is, its key figures as (label, value) in formatted text, its reports.

    `issued`: the day (and its words) its reports speak of; `files`: (name, address) of those beside its reports; `sheets`: of its agencies.
    """

    name: str
    title: str
    description: str
    figures: tuple[tuple[str, str], ...]
    reports: tuple[Report, ...]
    issued: tuple[date, str] | None = None
    files: tuple[tuple[str, str], ...] = ()
    sheets: tuple[Sheet, ...] = ()


def write_index(
    path: Path, entries: Sequence[Scenario], labels: Mapping[str, str], *, language: str = "id", shared: Sequence[Report] = (),
    files: Sequence[tuple[str, str]] = (),
) -> None:  # fmt: skip
    """Write the index page; links are relative, so it works from a folder as well as from a server, and without its script too.

    entries: in the order shown; shared: reports over all scenarios, files: (name, address) of those beside them; labels: a text for each
    of `LABELS`. Raises `EgovModelError` when a text is missing or unknown, or the file cannot be written.
    """
    if missing := [name for name in LABELS if name not in labels]:
        raise EgovModelError(f"index page: no text for {listed(missing)}")
    if unknown := [name for name in labels if name not in LABELS]:
        raise EgovModelError(f"index page: unknown text {unknown[0]!r} {did_you_mean(unknown[0], LABELS)}".rstrip())
    figures = list(dict.fromkeys(label for entry in entries for label, _ in entry.figures))
    titles = list(dict.fromkeys(report.title for entry in entries for report in entry.reports))
    rows = [
        {
            "entry": entry,
            "first": next((report.href for report in entry.reports if report.kept), ""),
            "figures": [dict(entry.figures).get(label, "") for label in figures],
            "reports": [next((report for report in entry.reports if report.title == title), None) for title in titles],
            "columns": list(dict.fromkeys(label for sheet in entry.sheets for label, _ in sheet.figures)),
        }
        for entry in entries
    ]
    told = [("", report) for report in shared]
    told += [(entry.title, report) for entry in entries for report in (*entry.reports, *(sheet.report for sheet in entry.sheets))]
    write_whole(
        path,
        fill(
            "index.html.j2",
            language,
            printed=labels["title"],
            script=script("fold.js", "index.js"),
            labels=labels,
            rows=rows,
            figures=figures,
            titles=titles,
            shared=shared,
            files=files,
            failures=[(scenario, report) for scenario, report in told if report.status == "failed"],
        ),
    )
