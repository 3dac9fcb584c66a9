"""From a data pack to a folder of reports: which there should be, the index over them, and the figures beside them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from egov_model.inputs.errors import InputError, did_you_mean, listed
from egov_model.inputs.focus_group import FOLDER, group_hash, group_problems
from egov_model.inputs.scenario import ANYWAY, BASE, PlanInputs, load_scenarios, scenario_names
from egov_model.inputs.tables import content_hash
from egov_model.report import index_page
from egov_model.report.beside import SUMMARY
from egov_model.report.build import Job, build, names_asked, read_manifest
from egov_model.report.execute import LIMIT, ROOT
from egov_model.report.freshness import hashes_of, index_file, write_manifest
from egov_model.report.settled import request, requests, state
from egov_model.report.traces import code_version, facts
from egov_model.report.wording import Say, marked, speak

TITLES = {
    "01-ringkasan-eksekutif": marked("Executive summary"),
    "02-anggaran": marked("Budget"),
    "03-sdm": marked("Staffing"),
    "04-jadwal": marked("Schedule"),
    "05-risiko": marked("Risk and confidence"),
    "06-hasil": marked("Results"),
    "07-asumsi": marked("Assumptions"),
    "09-perbandingan": marked("Comparison"),
}
OVER_ALL = frozenset({"09-perbandingan"})  # notebooks that make one report over all scenarios


def publish(
    folder: Path, data: Path, out: Path, *,
    scenarios: Sequence[str], notebooks: Sequence[str], language: str, jobs: int, force: bool, talk: Callable[[str], None],
    limit: float = LIMIT, why: bool = False,
) -> int:  # fmt: skip
    """Build what is stale and rewrite the index; returns how many reports failed.

    folder: notebooks; scenarios, notebooks: only these (a notebook by name or number), or all when empty; limit: seconds a report may take;
    why: also say why a report is left as it is.
    Raises `InputError` before anything is built when any input file has a problem.
    """
    now, before = state(folder, data, ROOT) if data.is_dir() else "", requests(out)
    say = speak(language)
    found, known = _notebooks(folder), scenario_names(data)
    chosen = _chosen("scenario", scenarios, known)
    pages = _chosen("notebook", [_full_name(n, found) for n in notebooks], [p.stem for p in found])
    loaded = _loaded(data)
    every = _jobs(found, loaded, say, data)
    part = bool(scenarios or notebooks)
    only = {j.name for j in every if _is_asked(j, chosen, pages, notebooks)} if part else None
    result = build(every, out=out, jobs=jobs, force=force, say=talk, only=only, limit=limit, why=why)
    _write_index(out, loaded, every, say)
    before = {asked: then for asked, then in before.items() if then == now or asked.endswith(".html")}
    before |= hashes_of(out, [index_file(language)])
    asked = {request(scenarios, notebooks, language, data, ROOT): now} if result.ok else {}
    write_manifest(out, read_manifest(out), before | asked)
    return len(result.failed)


def wanted_reports(folder: Path, data: Path, language: str) -> list[Job]:
    """Every report there should be in a language, and the files beside them; raises `InputError` for any problem of an input file."""
    return _jobs(_notebooks(folder), _loaded(data), speak(language), data)


def _notebooks(folder: Path) -> list[Path]:
    return sorted(p for p in folder.glob("[0-9][0-9]-*.ipynb") if not p.name.startswith("00"))


def _loaded(data: Path) -> dict[str, PlanInputs]:
    loaded = {i.scenario.name: i for i in load_scenarios(scenario_names(data) or ["baseline"], data)}
    if (data / FOLDER).is_dir() and (problems := {p for inputs in loaded.values() for p in group_problems(data / FOLDER, inputs)}):
        raise InputError(problems)
    return loaded


def _jobs(found: Sequence[Path], loaded: Mapping[str, PlanInputs], say: Say, data: Path) -> list[Job]:
    version = code_version(ROOT)
    each = [page for page in found if page.stem not in OVER_ALL]
    every = [_job(inputs, page, say, loaded, data, version) for inputs in loaded.values() for page in (*each, None)]
    return every + [_job_over_all(loaded, page, say, data, version) for page in found if page.stem in OVER_ALL]


def _chosen(what: str, asked: Sequence[str], known: Sequence[str]) -> list[str]:
    for name in asked:
        if name not in known:
            raise InputError(" ".join(filter(None, (f"no {what} {name!r}; there are: {listed(known)}.", did_you_mean(name, known)))))
    return list(asked) or list(known)


def _full_name(asked: str, found: Sequence[Path]) -> str:
    """The notebook a number (2 or 02) or name stands for."""
    number = f"{int(asked):02d}" if asked.isdecimal() else None
    return next((p.stem for p in found if asked in (p.stem, p.name) or p.stem[:2] == number), asked)


def _job(inputs: PlanInputs, page: Path | None, say: Say, loaded: Mapping[str, PlanInputs], data: Path, version: str) -> Job:
    """A report's job; its key holds every input it reads, so also the scenario it is compared with and the focus group."""
    asked = names_asked(page)
    hashes = {"scenario": inputs.content_hash.encode()}
    for name, door in ((ANYWAY, "anyway"), (BASE, "unchanged")):
        if name in loaded and door in asked:
            hashes[door] = loaded[name].content_hash.encode()
    if "focus_group" in asked:
        hashes["group"] = group_hash(data / FOLDER).encode()
    job = Job(inputs.scenario.name, page, say.language, data, content_hash(hashes), _title(page.stem, say) if page else "")
    return replace(job, facts=facts(inputs, version))


def _job_over_all(loaded: Mapping[str, PlanInputs], page: Path, say: Say, data: Path, version: str) -> Job:
    """The job of a report over all scenarios: it reads every one, and a new one makes it out of date."""
    hashes = {name: inputs.content_hash.encode() for name, inputs in loaded.items()}
    told = dict(facts(next(iter(loaded.values())), version))
    told |= {"scenario": content_hash(hashes)[:16]}
    told |= {"data": content_hash({name: inputs.model_hash.encode() for name, inputs in loaded.items()})[:16]}
    return Job("", page, say.language, data, content_hash(hashes), _title(page.stem, say), tuple(told.items()))


def _is_asked(job: Job, scenarios: Sequence[str], pages: Sequence[str], notebooks: Sequence[str]) -> bool:
    """Whether a job is among those of some scenarios and pages; a report over all scenarios only when its notebook is named."""
    if not job.scenario:
        return bool(notebooks) and job.notebook.stem in pages
    return job.scenario in scenarios and (job.notebook is None or job.notebook.stem in pages)


def _title(stem: str, say: Say) -> str:
    return say(TITLES[stem]) if stem in TITLES else stem


def _write_index(out: Path, loaded: Mapping[str, PlanInputs], every: Sequence[Job], say: Say) -> None:
    records = read_manifest(out)

    def entry(job: Job) -> index_page.Report:
        record = records.get(job.name)
        exists = (out / f"{job.name}.html").exists()
        status = record.status if record and (exists or record.status == "failed") else "missing"
        return index_page.Report(job.title, f"{job.name}.html", status, record.reason if record else "", exists)

    entries = []
    for name, inputs in loaded.items():
        reports = [entry(job) for job in every if job.scenario == name and job.notebook]
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
    shared = [entry(job) for job in every if not job.scenario]
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
