"""The figures of a report as files for other programs: the same numbers, tidy."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from egov_model.analysis import comparison_figures, summary
from egov_model.analysis.appraisal import service_headline
from egov_model.analysis.compare import headline
from egov_model.analysis.reached import LOCATION_COLUMNS, site_links
from egov_model.analysis.served import service_frame
from egov_model.analysis.side_by_side import Comparison
from egov_model.model.duties import duties
from egov_model.model.plan import Plan
from egov_model.report.answers import COMPARED_DRAWS, compare_scenarios
from egov_model.report.beside import (
    CALENDARS,
    CELLS,
    CELLS_JSON,
    COMPARISON,
    COMPARISON_JSON,
    DUTIES,
    PROJECTS,
    SERVICES,
    SITES,
    SUMMARY,
    WORKBOOKS,
)
from egov_model.report.calendar_file import deadlines_calendar
from egov_model.report.cells import cells_json
from egov_model.report.csv_cells import csv_text
from egov_model.report.page import write_whole
from egov_model.report.project_file import project_xml
from egov_model.report.shared import anyway, build_plan, load_scenario
from egov_model.report.wording import Say, speak
from egov_model.report.workbook import write_workbook


def make_figures(scenario: str, data: str, folder: str) -> None:
    """The files of figures of a scenario by its name, in a folder; raises `EgovModelError`."""
    write_figures(build_plan(load_scenario(scenario, data)), Path(folder), anyway(data))


def make_files(scenario: str, data: str, folder: str, language: str) -> None:
    """The files of a scenario by its name that are in a language, in a folder; raises `EgovModelError`."""
    write_files(build_plan(load_scenario(scenario, data)), Path(folder), speak(language))


def write_figures(plan: Plan, folder: Path, without: Plan | None = None) -> None:
    """The files of a scenario that are the same in every language; raises `EgovModelError`. `without`: the plan of what happens anyway.

    `ringkasan.json`: headline, years and services. `anggaran.csv` and `anggaran.json`: every budget cell. `kewajiban.csv`: what is owed
    for every application. `lokasi.csv`: every site with its link. `layanan.csv`: every service with its dates and what it saves.
    """
    years = {str(y): {k: int(v) for k, v in row.items()} for y, row in summary.ceilings_by_year(plan).iterrows()}
    figures = {**asdict(headline(plan)), "years": years, "services": service_headline(plan, without), "inputs": plan.inputs.content_hash}
    write_whole(folder / SUMMARY, json.dumps(figures, ensure_ascii=False, indent=2, default=str) + "\n")
    write_whole(folder / CELLS, csv_text(plan.budget))
    write_whole(folder / CELLS_JSON, cells_json(plan))
    write_whole(folder / DUTIES, csv_text(duties(plan)))
    write_whole(folder / SITES, csv_text(site_links(plan)[list(LOCATION_COLUMNS)]))
    write_whole(folder / SERVICES, csv_text(service_frame(plan)))


def write_files(plan: Plan, folder: Path, say: Say) -> None:
    """The files of a scenario in the language of `say`; raises `EgovModelError`.

    `anggaran.xlsx`: every budget cell as a workbook. `tenggat.ics`: every deadline for a calendar. `jadwal.xml`: the timetable for
    Microsoft Project.
    """
    write_workbook(plan, say, folder / WORKBOOKS[say.language])
    write_whole(folder / CALENDARS[say.language], deadlines_calendar(plan, say))
    write_whole(folder / PROJECTS[say.language], project_xml(plan, say))


def make_comparison(data: str, folder: str) -> None:
    """The files beside the report over all scenarios; raises `EgovModelError`."""
    write_comparison(compare_scenarios(data=data, draws=COMPARED_DRAWS), Path(folder))


def write_comparison(found: Comparison, folder: Path) -> None:
    """`perbandingan.json`: everything the report over all scenarios is made from, as `egov compare --format json` gives it;
    `perbandingan.csv`: the headline figures of every scenario. Raises `EgovModelError`."""
    told = {**comparison_figures.figures(found), "inputs": {plan.inputs.scenario.name: plan.inputs.content_hash for plan in found.plans}}
    write_whole(folder / COMPARISON_JSON, json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    write_whole(folder / COMPARISON, csv_text(comparison_figures.part(found, "headlines")))
