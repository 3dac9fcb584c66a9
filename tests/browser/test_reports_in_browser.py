"""Every built report, opened as a planner opens it: from disk, without network, on a phone. Run by `make browser-check`."""

from __future__ import annotations

import csv
import os
import re
import socket
import tempfile
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from page_rules import visit
from traced_pages import wrong_in

from egov_model.inputs.scenario import BASE
from egov_model.report.freshness import SHEETS as SHEETS_FOLDER
from egov_model.report.freshness import figures_of
from egov_model.report.publish import OVER_ALL, PER_AGENCY

ROOT = Path(__file__).resolve().parent.parent.parent
REPORTS = ROOT / "reports"
LANGUAGE = os.environ.get("LANG_REPORT", "id")  # make passes on what it was called with
SCENARIOS = sorted(path.stem for path in (ROOT / "data" / "scenarios").glob("*.yaml"))
NOTEBOOKS = sorted(path.stem for path in (ROOT / "notebooks").glob("[01][0-9]-*.ipynb") if path.name[:2] != "00")
INDEX = REPORTS / "index.html"
SHARED = {f"{notebook.partition('-')[2]}.html" for notebook in NOTEBOOKS if notebook in OVER_ALL}
EACH = [notebook for notebook in NOTEBOOKS if notebook not in {*OVER_ALL, PER_AGENCY}]
with (ROOT / "data" / "agencies.csv").open(encoding="utf-8", newline="") as agencies:
    SHEETS = {REPORTS / BASE / SHEETS_FOLDER / f"{row['id']}.html" for row in csv.DictReader(agencies)}
OF_SCENARIOS = {REPORTS / scenario / f"{notebook}.html" for scenario in SCENARIOS for notebook in EACH}
EXPECTED = {INDEX} | SHEETS | OF_SCENARIOS | {REPORTS / name for name in SHARED}
MOST_BYTES, MOST_OF_A_DECISION = 1_500_000, 400_000
MACHINE = {str(ROOT), str(Path.cwd()), str(Path.home()), tempfile.gettempdir(), socket.gethostname()} - {"/", "localhost"}
PAGES = sorted(EXPECTED | set(REPORTS.rglob("*.html")))


def name_of(path: Path) -> str:
    return path.relative_to(REPORTS).as_posix()


def local_targets(links: list[str], page: Path) -> set[Path]:
    """Files that the links of a page lead to; addresses on the web are only words here and stay out."""
    parts = [urlsplit(link) for link in links]
    return {(page.parent / unquote(part.path)).resolve() for part in parts if not part.scheme and not part.netloc and part.path}


def test_every_scenario_has_every_report():
    assert len(EXPECTED) >= 6 * 5 + 1
    assert [name_of(path) for path in sorted(EXPECTED) if not path.is_file()] == [], "build them first: make reports"


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_page_keeps_every_rule(browser, path):
    assert path.is_file(), "not built: make reports"
    seen = visit(browser, path, LANGUAGE, axe=True)
    assert seen.problems() == []
    assert sorted(str(target) for target in local_targets(seen.links, path) if not target.is_file()) == [], "links that lead nowhere"


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_page_is_small_and_its_figures_are_those_of_the_file_beside_it(path):
    assert path.stat().st_size < (MOST_OF_A_DECISION if path.name.startswith("01-") else MOST_BYTES)
    if path.parent != REPORTS or path.name in SHARED:
        assert wrong_in(path, REPORTS / figures_of(name_of(path).removesuffix(".html"))) == []


def test_no_file_names_the_machine_that_built_it():
    found = []
    for path in sorted(file for file in REPORTS.rglob("*") if file.is_file()):
        parts = [path.read_bytes()]
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                parts = [book.read(name) for name in book.namelist()]
        named = [place for place in MACHINE for part in parts if re.search(rf"(?<!\w){re.escape(place)}\b".encode(), part)]
        found += [f"{name_of(path)}: {place}" for place in named]
    assert found == []


def test_index_links_every_report(browser):
    linked = local_targets(visit(browser, INDEX, LANGUAGE).links, INDEX)
    assert sorted(name_of(path) for path in EXPECTED - {INDEX} if path.resolve() not in linked) == []


def test_what_is_typed_leaves_what_is_meant_and_tells_its_age(browser):
    page = browser.new_page()
    page.goto(INDEX.resolve().as_uri())
    assert page.locator("time").first.inner_text().endswith(")")
    everything = page.locator("[data-status]:visible").count()
    page.fill("#find", "kecamatan OBI")
    left = page.locator("tr[data-status]:visible").all_inner_texts()
    assert 0 < len(left) < everything and all("Kecamatan Obi" in text for text in left)
    page.fill("#find", "")
    assert page.locator("[data-status]:visible").count() == everything
    page.close()
