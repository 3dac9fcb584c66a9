"""From a data pack to a folder of reports: which there should be, which of them are asked for, and the index over them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from egov_model.inputs.errors import InputError, did_you_mean, listed
from egov_model.inputs.focus_group import FOLDER, group_hash, group_problems
from egov_model.inputs.inventory import Agency
from egov_model.inputs.issues import issues_hash
from egov_model.inputs.place import ROOT
from egov_model.inputs.scenario import ANYWAY, BASE, PlanInputs, load_scenarios, scenario_names
from egov_model.inputs.tables import content_hash
from egov_model.report.build import Job, build, names_asked, read_manifest
from egov_model.report.execute import LIMIT
from egov_model.report.freshness import hashes_of, index_file, write_manifest
from egov_model.report.index_entries import write_index_of
from egov_model.report.settled import request, requests, state
from egov_model.report.table_books import MADE_OF, write_table_books
from egov_model.report.traces import facts
from egov_model.report.wording import LANGUAGES, Say, marked, speak

TITLES = {
    "01-ringkasan-eksekutif": marked("Executive summary"),
    "02-anggaran": marked("Budget"),
    "03-sdm": marked("Staffing"),
    "04-jadwal": marked("Schedule"),
    "05-risiko": marked("Risk and confidence"),
    "06-hasil": marked("Results"),
    "07-asumsi": marked("Assumptions"),
    "08-lembar-opd": marked("Agency sheets"),
    "09-perbandingan": marked("Comparison"),
    "10-realisasi": marked("Actuals"),
}
OVER_ALL = frozenset({"09-perbandingan"})  # notebooks that make one report over all scenarios
PER_AGENCY = "08-lembar-opd"  # makes one sheet per agency
EACH = "*"  # stands for every agency


def publish(
    folder: Path, data: Path, out: Path, *,
    scenarios: Sequence[str], notebooks: Sequence[str], language: str, jobs: int, force: bool, talk: Callable[[str], None],
    limit: float = LIMIT, why: bool = False, agencies: Sequence[str] = (),
) -> int:  # fmt: skip
    """Build what is stale and rewrite the index; returns how many reports failed.

    folder: notebooks; scenarios, notebooks: only these (a notebook by name or number), or all when empty; limit: seconds a report may take;
    why: also say why a report is left as it is; agencies: only their sheets (`EACH`: those of all), in each of the scenarios.
    When nothing is chosen, the sheets of the base scenario are built too, and those of others that somebody has asked for before.
    Raises `InputError` before anything is built when any input file has a problem.
    """
    now, before = state(folder, data, ROOT) if data.is_dir() else "", requests(out)
    say = speak(language)
    found, known = _notebooks(folder), scenario_names(data)
    chosen = _chosen("scenario", scenarios, known)
    asked_pages = [*notebooks, *([PER_AGENCY] if agencies else [])]
    pages = _chosen("notebook", [_full_name(n, found) for n in asked_pages], [p.stem for p in found])
    loaded = _loaded(data)
    _check_agencies(agencies, asked_pages, pages, loaded[chosen[0]])
    mine = [agency for name in chosen for agency in loaded[name].rows["agencies"] if agency in agencies or EACH in agencies]
    asked_for = {_sheet_name(name, agency, language) for name in chosen for agency in dict.fromkeys(mine)}
    every = _jobs(found, loaded, say, data, {*read_manifest(out), *asked_for})
    part = bool(scenarios or asked_pages)
    only = {j.name for j in every if _is_asked(j, chosen, pages, asked_pages, asked_for)} if part else None
    result = build(every, out=out, jobs=jobs, force=force, say=talk, only=only, limit=limit, why=why)
    books = {asked: then for asked, then in before.items() if asked.rstrip(MADE_OF).endswith(".xlsx")}
    books |= write_table_books(out, loaded, every, say, books)
    _write_indexes(out, loaded, every, found, data, language)
    before = {asked: then for asked, then in before.items() if then == now or asked.endswith(".html")}
    before |= hashes_of(out, map(index_file, LANGUAGES)) | books
    asked = {request(scenarios, notebooks, language, data, ROOT, agencies): now} if result.ok else {}
    write_manifest(out, read_manifest(out), before | asked)
    return len(result.failed)


def _write_indexes(
    out: Path, loaded: Mapping[str, PlanInputs], every: Sequence[Job], found: Sequence[Path], data: Path, language: str
) -> None:
    """The index of the language, and that of another one that is there: it tells what has become stale in it, and links this one."""
    write_index_of(out, loaded, every, speak(language))
    for other in LANGUAGES:
        if other != language and (out / index_file(other)).exists():
            write_index_of(out, loaded, _jobs(found, loaded, speak(other), data, read_manifest(out)), speak(other))


def wanted_reports(folder: Path, data: Path, language: str, known: Collection[str] = ()) -> list[Job]:
    """Every report there should be in a language, and the files beside them; raises `InputError` for any problem of an input file.

    known: names of a manifest; sheets of other scenarios than the base are wanted when they are among them.
    """
    return _jobs(_notebooks(folder), _loaded(data), speak(language), data, known)


def _notebooks(folder: Path) -> list[Path]:
    return sorted(p for p in folder.glob("[0-9][0-9]-*.ipynb") if not p.name.startswith("00"))


def _loaded(data: Path) -> dict[str, PlanInputs]:
    loaded = {i.scenario.name: i for i in load_scenarios(scenario_names(data) or ["baseline"], data)}
    if (data / FOLDER).is_dir() and (problems := {p for inputs in loaded.values() for p in group_problems(data / FOLDER, inputs)}):
        raise InputError(problems)
    return loaded


def _jobs(found: Sequence[Path], loaded: Mapping[str, PlanInputs], say: Say, data: Path, known: Collection[str]) -> list[Job]:
    """Of each scenario its reports, the files beside them and its sheets; then what is over all scenarios, with the files beside it."""
    base = BASE if BASE in loaded else next(iter(loaded))
    each = [page for page in found if page.stem not in {*OVER_ALL, PER_AGENCY}]
    over_all = [page for page in found if page.stem in OVER_ALL]
    sheet = next((page for page in found if page.stem == PER_AGENCY), None)
    every = []
    for name, inputs in loaded.items():
        every += [_job(inputs, page, say, loaded, data) for page in (*each, None)]
        every.append(replace(every[-1], language=""))
        agencies = [] if sheet is None else _with_sheet(inputs, name == base, say.language, known)
        every += _sheets(_job(inputs, sheet, say, loaded, data), agencies) if agencies else []
    every += [_job_over_all(loaded, page, say, data) for page in over_all]
    return every + ([replace(_job_over_all(loaded, None, say, data), language="")] if over_all else [])


def _with_sheet(inputs: PlanInputs, every: bool, language: str, known: Collection[str]) -> list[Agency]:
    agencies = inputs.rows["agencies"].values()
    return [agency for agency in agencies if every or _sheet_name(inputs.scenario.name, agency.id, language) in known]


def _sheets(job: Job, agencies: Iterable[Agency]) -> list[Job]:
    """The same job for each agency."""
    return [replace(job, agency=agency.id, title=agency.short_name) for agency in agencies]


def _sheet_name(scenario: str, agency: str, language: str) -> str:
    return Job(scenario, Path(), language, Path(), "", "", agency=agency).name


def _check_agencies(agencies: Sequence[str], asked: Sequence[str], pages: Sequence[str], inputs: PlanInputs) -> None:
    """Raises `InputError` when the sheets are asked for without saying whose, and for an agency that is not there."""
    known = inputs.rows["agencies"]
    if asked and PER_AGENCY in pages and not agencies:
        raise InputError(
            f"{PER_AGENCY} makes one sheet per agency: add --each agency for all {len(known)}, or --agency ID for one, such as "
            f"--agency {next(iter(known))}; IDs: {listed(known)}. "
            "Without --notebook, the sheets of the base scenario are built with the rest."
        )
    _chosen("agency", [agency for agency in agencies if agency != EACH], list(known))


def _chosen(what: str, asked: Sequence[str], known: Sequence[str]) -> list[str]:
    for name in asked:
        if name not in known:
            raise InputError(" ".join(filter(None, (f"no {what} {name!r}; there are: {listed(known)}.", did_you_mean(name, known)))))
    return list(asked) or list(known)


def _full_name(asked: str, found: Sequence[Path]) -> str:
    """The notebook a number (2 or 02) or name stands for."""
    number = f"{int(asked):02d}" if asked.isdecimal() else None
    return next((p.stem for p in found if asked in (p.stem, p.name) or p.stem[:2] == number), asked)


def _job(inputs: PlanInputs, page: Path | None, say: Say, loaded: Mapping[str, PlanInputs], data: Path) -> Job:
    """A report's job; its key holds every input it reads, so also the scenario it is compared with and the focus group."""
    asked = names_asked(page)
    hashes = {"scenario": inputs.content_hash.encode()}
    for name, door in ((ANYWAY, "anyway"), (BASE, "unchanged")):
        if name in loaded and door in asked:
            hashes[door] = loaded[name].content_hash.encode()
    if "focus_group" in asked:
        hashes["group"] = group_hash(data / FOLDER).encode()
    if "recorded_issues" in asked:
        hashes["issues"] = issues_hash(data, inputs.scenario.name).encode()
    job = Job(inputs.scenario.name, page, say.language, data, content_hash(hashes), _title(page.stem, say) if page else "")
    return replace(job, facts=facts(inputs))


def _job_over_all(loaded: Mapping[str, PlanInputs], page: Path | None, say: Say, data: Path) -> Job:
    """The job of a report over all scenarios (None: the files beside it): it reads every one, and a new one makes it out of date."""
    hashes = {name: inputs.content_hash.encode() for name, inputs in loaded.items()}
    told = dict(facts(next(iter(loaded.values()))))
    told |= {"scenario": content_hash(hashes)[:16]}
    told |= {"data": content_hash({name: inputs.model_hash.encode() for name, inputs in loaded.items()})[:16]}
    return Job("", page, say.language, data, content_hash(hashes), _title(page.stem, say) if page else "", tuple(told.items()))


def _is_asked(job: Job, scenarios: Sequence[str], pages: Sequence[str], asked: Sequence[str], sheets: Collection[str]) -> bool:
    """Whether a job is among those of some scenarios and pages; what is over all scenarios only when its notebook is asked for.

    asked: the notebooks that were named; sheets: names of those that were. Files go with any report that they stand beside.
    """
    if not job.scenario:
        return bool(asked) and (job.notebook.stem in pages if job.notebook else bool(OVER_ALL & set(pages)))
    if job.scenario not in scenarios:
        return False
    if job.agency:
        return job.name in sheets if asked else True
    return job.notebook.stem in pages if job.notebook else bool(set(pages) - OVER_ALL)


def _title(stem: str, say: Say) -> str:
    return say(TITLES[stem]) if stem in TITLES else stem
