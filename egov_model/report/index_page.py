"""`reports/index.html`: every scenario, its key figures, its reports and whether each could be built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from egov_model.inputs.errors import EgovModelError, did_you_mean, listed
from egov_model.report.page import fill, write_whole

# Every text of the page; the caller gives each in the page's language.
LABELS = (
    "plan",
    "title",
    "intro",
    "figures_heading",
    "figures_caption",
    "scenario",
    "reports_heading",
    "reports_caption",
    "ok",
    "failed",
    "kept",
    "missing",
    "failures_heading",
    "footer",
)


@dataclass(frozen=True)
class Report:
    """One report of one scenario; `kept`: a file exists, so after a failure the last good report can still be read."""

    title: str
    href: str
    status: str  # "ok", "failed", or "missing" when it was never built
    reason: str = ""
    kept: bool = True


@dataclass(frozen=True)
class Scenario:
    """One row of the page: who it is, its key figures as (label, value) in formatted text, its reports."""

    name: str
    title: str
    description: str
    figures: tuple[tuple[str, str], ...]
    reports: tuple[Report, ...]


def write_index(
    path: Path, entries: Sequence[Scenario], labels: Mapping[str, str], *, language: str = "id", shared: Sequence[Report] = ()
) -> None:
    """Write the index page; links are relative, so it works from a folder as well as from a server.

    entries: in the order shown; shared: reports over all scenarios; labels: a text for each of `LABELS`.
    Raises `EgovModelError` when a text is missing or unknown, or the file cannot be written.
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
        }
        for entry in entries
    ]
    failures = [("", report) for report in shared] + [(entry.title, report) for entry in entries for report in entry.reports]
    write_whole(
        path,
        fill(
            "index.html.j2",
            language,
            printed=labels["title"],
            labels=labels,
            rows=rows,
            figures=figures,
            titles=titles,
            shared=shared,
            failures=[(scenario, report) for scenario, report in failures if report.status == "failed"],
        ),
    )
