"""Names of the files beside the reports of a scenario; who only has to know whether they are there loads nothing for it."""

from __future__ import annotations

SUMMARY, CELLS, CELLS_JSON, DUTIES, SITES = "ringkasan.json", "anggaran.csv", "anggaran.json", "kewajiban.csv", "lokasi.csv"
SERVICES = "layanan.csv"
WORKBOOKS = {"id": "anggaran.xlsx", "en": "anggaran.en.xlsx"}
CALENDARS = {"id": "tenggat.ics", "en": "tenggat.en.ics"}
PROJECTS = {"id": "jadwal.xml", "en": "jadwal.en.xml"}
TABLE_BOOKS = {"id": "tabel.xlsx", "en": "tabel.en.xlsx"}  # every table of a scenario's reports; made of these when they are built
COMPARISON, COMPARISON_JSON = "perbandingan.csv", "perbandingan.json"  # beside the report over all scenarios
OVER_ALL_FILES = (COMPARISON, COMPARISON_JSON)
FIGURES_FILES = (SUMMARY, CELLS, CELLS_JSON, DUTIES, SITES, SERVICES)  # the same whatever the language


def files_in(language: str) -> tuple[str, ...]:
    """The files that are written in a language."""
    return (WORKBOOKS[language], CALENDARS[language], PROJECTS[language])
