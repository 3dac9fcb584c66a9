"""What the index page says, gathered from the jobs, the manifest and the files beside the reports."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from egov_model.inputs.scenario import PlanInputs
from egov_model.report import index_page
from egov_model.report.beside import SUMMARY
from egov_model.report.freshness import Job, index_file, read_manifest
from egov_model.report.wording import Say


def write_index_of(out: Path, loaded: Mapping[str, PlanInputs], every: Sequence[Job], say: Say) -> None:
    """Write the index page of a language: every scenario with its key figures, its reports and their state, from the manifest."""
    records = read_manifest(out)

    def entry(job: Job) -> index_page.Report:
        record = records.get(job.name)
        exists = (out / f"{job.name}.html").exists()
        status = record.status if record and (exists or record.status == "failed") else "missing"
        return index_page.Report(job.title, f"{job.name}.html", status, record.reason if record else "", exists)

    entries = []
    for name, inputs in loaded.items():
        reports = [entry(job) for job in every if job.scenario == name and job.notebook and not job.agency]
        scenario = inputs.scenario
        local = say.language == "id"
        title, description = (scenario.title, scenario.description) if local else (scenario.title_en, scenario.description_en)
        entries.append(index_page.Scenario(name, title, description, _figures(out / name / SUMMARY, say), tuple(reports)))
    region = next(iter(loaded.values())).region
    labels = {
        "plan": f"{region.name} \N{MIDDLE DOT} {region.plan_title_id if say.language == 'id' else region.plan_title_en}",
        "title": say("Reports of the plan"),
        "intro": say("Each scenario answers the same questions with other choices. Begin with the executive summary of the first one."),
        "figures_heading": say("Scenarios side by side"),
        "figures_caption": say("Key figures of each scenario"),
        "scenario": say("Scenario"),
        "reports_heading": say("All reports"),
        "reports_caption": say("Reports by scenario"),
        "ok": say("ready"),
        "failed": say("failed"),
        "kept": say("the last good report is kept"),
        "missing": say("not built yet"),
        "failures_heading": say("What could not be built"),
        "footer": say("These files need no network and no server: they can be mailed or copied as they are."),
    }
    shared = [entry(job) for job in every if not job.scenario and job.notebook]
    index_page.write_index(out / index_file(say.language), entries, labels, language=say.language, shared=shared)


def _figures(file: Path, say: Say) -> tuple[tuple[str, str], ...]:
    """Key figures of a scenario, from the file beside its reports; none while it is not there."""
    try:
        h = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    return (
        (say("Cost"), say.money(h["total_idr"])),
        (say("of it new"), say.money(h["new_money_idr"])),
        (say("Initiatives reached"), say("{placed} of {all}", placed=say.number(h["placed"]), all=say.number(h["initiatives"]))),
        (say("Finished"), say.month(date.fromisoformat(h["finish"])) if h["finish"] else say("running only")),
        (say("Planned posts"), say.number(h["hires_planned"])),
    )
