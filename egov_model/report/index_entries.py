"""What the index page says, gathered from the jobs, the manifest and the files beside the reports."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from egov_model.inputs.scenario import PlanInputs
from egov_model.model.treatments import KEEP
from egov_model.report.beside import CELLS, DUTIES, FIGURES_FILES, OVER_ALL_FILES, SUMMARY, TABLE_BOOKS, files_in
from egov_model.report.freshness import COMMITTED, WHY, Job, Record, file_of, index_file, parts, read_manifest, stale
from egov_model.report.index_page import Report, Scenario, Sheet, write_index
from egov_model.report.wording import LANGUAGES, Say, marked

NAMES = {"id": "Bahasa Indonesia", "en": "English"}
CAUSES = {
    WHY["inputs"]: marked("inputs changed"),
    WHY["notebook"]: marked("notebook changed"),
    WHY["page"]: marked("links changed"),
    WHY["code"]: marked("code or template changed"),
    WHY["version"]: marked("the commit of its code changed"),
    COMMITTED: marked("its code has been committed since"),
    WHY["environment"]: marked("Python, library or lock file changed"),
}
OTHERWISE = marked("its file is not the one that was built")


def write_index_of(out: Path, loaded: Mapping[str, PlanInputs], every: Sequence[Job], say: Say) -> None:
    """Write the index page of a language: every scenario with its key figures, reports, sheets and files, and the state of each.

    A report is stale when it would be built now: after a build of others only, or one that was stopped.
    """
    records, keys = read_manifest(out), parts(every)
    reports = {job.name: _report(job, keys[job.name], records, out, say) for job in every if job.notebook}
    region, local = next(iter(loaded.values())).region, say.language == "id"
    entries = []
    for name, inputs in loaded.items():
        mine = [job for job in every if job.scenario == name and job.notebook]
        scenario = inputs.scenario
        title, description = (scenario.title, scenario.description) if local else (scenario.title_en, scenario.description_en)
        pages = tuple(reports[job.name] for job in mine if not job.agency)
        beside = [f"{name}/{file}" for file in (*FIGURES_FILES, *files_in(say.language), TABLE_BOOKS[say.language])]
        told = {"issued": _issued(mine, records, say), "files": _files(out, beside)}
        sheets = _sheets([job for job in mine if job.agency], inputs, reports, out / name, say)
        entries.append(Scenario(name, title, description, _figures(out / name / SUMMARY, say), pages, sheets=sheets, **told))
    labels = {
        "plan": f"{region.name} \N{MIDDLE DOT} {region.plan_title_id if local else region.plan_title_en}",
        "title": say("Reports of the plan"),
        "intro": say("Each scenario answers the same questions with other choices. Begin with the executive summary of the first one."),
        "search": say("Find a report, scenario or agency"),
        "found": say("{n} found", n="{n}"),
        "today": say("today"),
        "days": say("{n} days ago", n="{n}"),
        "figures_heading": say("Scenarios side by side"),
        "figures_caption": say("Key figures of each scenario"),
        "scenario": say("Scenario"),
        "issued": say("Issued"),
        "files": say("Files"),
        "reports_heading": say("All reports"),
        "reports_caption": say("Reports by scenario"),
        "sheets_heading": say("Agency sheets"),
        "sheets_caption": say("One sheet for the head of each agency"),
        "agency": say("Agency"),
        "state": say("State"),
        "ok": say("ready"),
        "stale": say("out of date"),
        "failed": say("failed"),
        "kept": say("the last good report is kept"),
        "missing": say("not built yet"),
        "failures_heading": say("What could not be built"),
        "footer": say("These files need no network and no server: they can be mailed or copied as they are."),
    }
    shared = [reports[job.name] for job in every if not job.scenario and job.notebook]
    files = _files(out, OVER_ALL_FILES)
    write_index(out / index_file(say.language), entries, labels, language=say.language, shared=shared, files=files)


def _report(job: Job, key: Mapping[str, str], records: Mapping[str, Record], out: Path, say: Say) -> Report:
    """A report, its state and why, and where it is in other languages."""
    record, exists = records.get(job.name), file_of(out, job.name).exists()
    status, reason = record.status if record else "missing", record.reason if record else ""
    if status == "ok":
        causes = stale(job, key, records, out)
        known = [words for cause, words in CAUSES.items() if cause in causes]
        status = "missing" if not exists else "stale" if causes else "ok"
        reason = ", ".join(map(say, known or ([OTHERWISE] if causes else [])))
    others = []
    for language in LANGUAGES:
        name = job.name.removesuffix(f".{job.language}") + ("" if language == "id" else f".{language}")
        if language != job.language and file_of(out, name).exists():
            others.append((language, NAMES[language], file_of(Path(), name).as_posix()))
    return Report(job.title, f"{job.name}.html", status, reason, exists, tuple(others))


def _issued(jobs: Sequence[Job], records: Mapping[str, Record], say: Say) -> tuple[date, str] | None:
    """The day of issue of the oldest of these reports."""
    days = [str(records[job.name].facts.get("issued", "")) for job in jobs if job.name in records and records[job.name].status == "ok"]
    first = min(filter(None, days), default="")
    return (date.fromisoformat(first), say.short_day(date.fromisoformat(first))) if first else None


def _files(out: Path, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Those of the files that are there, by their name."""
    return tuple((Path(name).name, name) for name in names if (out / name).is_file())


def _sheets(jobs: Sequence[Job], inputs: PlanInputs, reports: Mapping[str, Report], folder: Path, say: Say) -> tuple[Sheet, ...]:
    """Sheets of a scenario with the agency's money and what it has to change, from the files beside its reports."""
    money, owed = Counter[str](), Counter[str]()
    for row in _rows(folder / CELLS):
        money[row["agency"]] += int(row["amount_idr"])
    for row in _rows(folder / DUTIES):
        owed[row["agency"]] += row["duty"] != KEEP
    known = (folder / CELLS).is_file() and (folder / DUTIES).is_file()
    made = []
    for job in jobs:
        figures = ((say("In its own budget"), say.money(money[job.agency])), (say("Applications to change"), say.number(owed[job.agency])))
        made.append(Sheet(inputs.rows["agencies"][job.agency].name, figures if known else (), reports[job.name]))
    return tuple(made)


def _rows(file: Path) -> list[dict[str, str]]:
    """Rows of a file beside the reports; none while it is not there."""
    try:
        with file.open(encoding="utf-8", newline="") as text:
            return list(csv.DictReader(text))
    except (OSError, ValueError):
        return []


def _figures(file: Path, say: Say) -> tuple[tuple[str, str], ...]:
    """Key figures of a scenario, from the file beside its reports; none while it is not there."""
    try:
        h = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    return (
        (say("Cost"), say.money(h["total_idr"])),
        (say("of which new"), say.money(h["new_money_idr"])),
        (say("Initiatives reached"), say("{placed} of {all}", placed=say.number(h["placed"]), all=say.number(h["initiatives"]))),
        (say("Finished"), say.month(date.fromisoformat(h["finish"])) if h["finish"] else say("running only")),
        (say("Planned posts"), say.number(h["hires_planned"])),
    )
