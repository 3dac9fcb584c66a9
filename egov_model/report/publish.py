"""From a data pack to a folder of reports: which there should be, the index over them, and the figures beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from egov_model.analysis.compare import ANYWAY, BASE, headline
from egov_model.inputs.errors import InputError, did_you_mean, listed
from egov_model.inputs.focus_group import FOLDER, group_hash, group_problems
from egov_model.inputs.scenario import PlanInputs, load_scenarios, scenario_names
from egov_model.inputs.tables import content_hash
from egov_model.model.plan import Plan
from egov_model.report import index_page
from egov_model.report.answers import build_plan
from egov_model.report.build import Job, build, read_manifest
from egov_model.report.exports import remove_exports, write_exports
from egov_model.report.freshness import index_file
from egov_model.report.wording import Say, marked, speak

TITLES = {
    "01-ringkasan-eksekutif": marked("Executive summary"),
    "02-anggaran": marked("Budget"),
    "03-sdm": marked("Staffing"),
    "04-jadwal": marked("Schedule"),
    "06-hasil": marked("Results"),
    "07-asumsi": marked("Assumptions"),
}


def publish(
    folder: Path, data: Path, out: Path, *,
    scenarios: Sequence[str], notebooks: Sequence[str], language: str, jobs: int, force: bool, talk: Callable[[str], None],
) -> int:  # fmt: skip
    """Build what is stale and rewrite the index; returns how many reports failed.

    folder: notebooks; scenarios, notebooks: only these (a notebook by name or number), or all when empty.
    Raises `InputError` before anything is built when any input file has a problem.
    """
    say = speak(language)
    found = sorted(p for p in folder.glob("[0-9][0-9]-*.ipynb") if not p.name.startswith("00"))
    known = scenario_names(data)
    chosen = _chosen("scenario", scenarios, known)
    pages = _chosen("notebook", [_full_name(n, found) for n in notebooks], [p.stem for p in found])
    loaded = {i.scenario.name: i for i in load_scenarios(known or ["baseline"], data)}
    if (data / FOLDER).is_dir() and (problems := {p for inputs in loaded.values() for p in group_problems(data / FOLDER, inputs)}):
        raise InputError(problems)
    every = [_job(inputs, page, say, loaded, data) for inputs in loaded.values() for page in found]
    part = bool(scenarios or notebooks)
    only = {j.name for j in every if j.scenario in chosen and j.notebook.stem in pages} if part else None
    result = build(every, out=out, jobs=jobs, force=force, say=talk, only=only)
    plans = {name: build_plan(inputs) for name, inputs in loaded.items()}
    for name, plan in plans.items():
        if not part or name in chosen:
            write_exports(plan, out / name, say, plans.get(ANYWAY))
    for name in sorted({removed.partition("/")[0] for removed in result.removed if "/" in removed} - set(plans)):
        remove_exports(out / name)
    _write_index(out, plans, every, say)
    return len(result.failed)


def _chosen(what: str, asked: Sequence[str], known: Sequence[str]) -> list[str]:
    for name in asked:
        if name not in known:
            raise InputError(" ".join(filter(None, (f"no {what} {name!r}; there are: {listed(known)}.", did_you_mean(name, known)))))
    return list(asked) or list(known)


def _full_name(asked: str, found: Sequence[Path]) -> str:
    """The notebook a number (2 or 02) or name stands for."""
    number = f"{int(asked):02d}" if asked.isdecimal() else None
    return next((p.stem for p in found if asked in (p.stem, p.name) or p.stem[:2] == number), asked)


def _job(inputs: PlanInputs, page: Path, say: Say, loaded: dict[str, PlanInputs], data: Path) -> Job:
    """A report's job; its key holds every input it reads, so also the scenario it is compared with and the focus group."""
    hashes = {"scenario": inputs.content_hash.encode()}
    if ANYWAY in loaded and page.stem[:2] in ("01", "06"):
        hashes["anyway"] = loaded[ANYWAY].content_hash.encode()
    if BASE in loaded and page.stem[:2] in ("01", "02", "04", "07"):
        hashes["base"] = loaded[BASE].content_hash.encode()
    if page.stem.startswith("06"):
        hashes["group"] = group_hash(data / FOLDER).encode()
    return Job(inputs.scenario.name, page, say.language, data, content_hash(hashes), _title(page.stem, say))


def _title(stem: str, say: Say) -> str:
    return say(TITLES[stem]) if stem in TITLES else stem


def _write_index(out: Path, plans: dict[str, Plan], every: Sequence[Job], say: Say) -> None:
    records = read_manifest(out)
    entries = []
    for name, plan in plans.items():
        reports = []
        for job in every:
            if job.scenario == name:
                record = records.get(job.name)
                exists = (out / f"{job.name}.html").exists()
                status = record.status if record and (exists or record.status == "failed") else "missing"
                reports.append(index_page.Report(job.title, f"{job.name}.html", status, record.reason if record else "", exists))
        scenario = plan.inputs.scenario
        local = say.language == "id"
        title, description = (scenario.title, scenario.description) if local else (scenario.title_en, scenario.description_en)
        entries.append(index_page.Scenario(name, title, description, _figures(plan, say), tuple(reports)))
    region = next(iter(plans.values())).inputs.region
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
    index_page.write_index(out / index_file(say.language), entries, labels, language=say.language)


def _figures(plan: Plan, say: Say) -> tuple[tuple[str, str], ...]:
    h = headline(plan)
    return (
        (say("Cost"), say.money(h.total_idr)),
        (say("of it new"), say.money(h.new_money_idr)),
        (say("Initiatives reached"), say("{placed} of {all}", placed=say.number(h.placed), all=say.number(h.initiatives))),
        (say("Finished"), say.month(h.finish) if h.finish else say("running only")),
        (say("Planned posts"), say.number(h.hires_planned)),
    )
