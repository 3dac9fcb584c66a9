"""Figures: told to those who cannot see them, the same bytes every time, quiet about when and where they were drawn."""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import pytest
from bs4 import BeautifulSoup
from plan_samples import LANGUAGES, PAGES, PROJECT, edge, plan_of, project, rupiah, says
from tiny_pack import TINY, with_changes

from egov_model.analysis import summary
from egov_model.analysis.critical_chain import activity_links
from egov_model.model.plan import build_plan
from egov_model.report import figures, fragments
from egov_model.report.contents import FIGURES
from egov_model.report.fragments import Figure
from egov_model.report.gantt_figure import CHAIN, gantt
from egov_model.report.wording import speak
from egov_model.report.words import SECTIONS

both_languages = pytest.mark.parametrize("language", LANGUAGES)
ROOT = Path(__file__).resolve().parents[1]


def drawn(name: str, language: str) -> dict[str, Figure]:
    """Every figure of a plan by name; the project's own are drawn once for all tests."""
    return _drawn_once(name, language) if name in PROJECT else _drawn(name, language)


@cache
def _drawn_once(name: str, language: str) -> dict[str, Figure]:
    return _drawn(name, language)


def _drawn(name: str, language: str) -> dict[str, Figure]:
    plan, say = plan_of(name), speak(language)
    made = {name: make(plan, say) for name, make in FIGURES.items()}
    gantts = {f"gantt {section}": gantt(plan, say, section, activity_links(plan)) for section in SECTIONS}
    return made | {name: view for name, view in gantts.items() if view is not None}


@pytest.mark.parametrize(("name", "language"), PAGES)
def test_every_figure_of_every_plan(name, language):
    made = drawn(name, language)
    assert set(made) >= set(FIGURES)
    for view in made.values():
        svg = ElementTree.fromstring(view.svg)
        assert svg.tag == "{http://www.w3.org/2000/svg}svg"
        assert svg.get("role") == "img"
        assert svg.get("aria-label").startswith(f"{view.finding}. ") and svg.get("aria-label").endswith(".")
        assert view.finding and view.explains.endswith(".")
        assert not [tag.attrib for tag in svg.iter() if re.search(r"\b(nan|inf)\b", str(list(tag.attrib.values())))]
        text = html.unescape(re.sub(r"<[^>]*>", " ", str(fragments.figure(view, ""))))
        assert not re.search(r"\{\w+\}|\bnan\b|\bNone\b|\bNaT\b", text), view.finding
        assert view.data.rows and all(len(row) == len(view.data.columns) for row in view.data.rows)


@both_languages
def test_nothing_tells_when_or_where_it_was_drawn_and_nothing_is_loaded(language):
    for view in drawn("baseline" if language == "id" else "lean", language).values():
        assert "<metadata" not in view.svg and "<!DOCTYPE" not in view.svg and "<?xml" not in view.svg
        assert "matplotlib" not in view.svg.lower()
        assert "style" not in view.svg.lower(), "the policy of a page lets no style attribute work"
        assert not re.search(r"20\d\d-\d\d-\d\dT", view.svg)
        links = re.findall(r'href="([^"]*)"', view.svg) + re.findall(r"url\(([^)]*)\)", view.svg)
        assert links and all(link.startswith("#") for link in links)
        assert set(re.findall(r"https?://[^\"' ]+", view.svg)) == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_a_style_attribute_becomes_presentation_attributes():
    told = figures.attributes("fill: none; stroke-dasharray: 6,3; stroke: #16242b; font-family: 'DejaVu Sans', sans-serif; font-size: 9px")
    assert told == ' fill="none" stroke-dasharray="6,3" stroke="#16242b" font-size="9px"'
    assert figures.attributes("image-rendering:crisp-edges;image-rendering:pixelated") == ' image-rendering="pixelated"'
    assert figures.attributes("") == ""


def test_figures_of_one_page_share_no_names():
    names: list[str] = []
    for view in drawn("baseline", "id").values():
        own = re.findall(r'\bid="([^"]*)"', view.svg)
        refers = set(re.findall(r'href="#([^"]*)"', view.svg)) | set(re.findall(r"url\(#([^)]*)\)", view.svg))
        assert refers <= set(own)
        names += own
    assert len(names) == len(set(names))


DRAW = """
import hashlib, json, sys
from egov_model import build_plan, load_scenario
from egov_model.analysis.critical_chain import activity_links
from egov_model.report.gantt_figure import gantt
from egov_model.report.contents import FIGURES
from egov_model.report.wording import speak
plan, say = build_plan(load_scenario("baseline", sys.argv[1])), speak("id")
made = [make(plan, say).svg for make in FIGURES.values()] + [gantt(plan, say, "infrastruktur", activity_links(plan)).svg]
print(json.dumps([hashlib.sha256(svg.encode()).hexdigest() for svg in made]))
"""


def test_the_same_plan_gives_the_same_bytes_again_and_in_another_process():
    def here() -> list[str]:
        made = drawn("as it is", "id")
        return [hashlib.sha256(made[name].svg.encode()).hexdigest() for name in (*FIGURES, "gantt infrastruktur")]

    first = here()
    with matplotlib.rc_context({"font.size": 30, "svg.hashsalt": "other", "axes.facecolor": "red"}):
        assert here() == first, "a caller's settings change nothing"
    command = [sys.executable, "-c", DRAW, str(TINY)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHONHASHSEED": "7"}, check=True)
    assert json.loads(run.stdout) == first


def test_drawing_leaves_the_callers_settings_alone():
    before = dict(matplotlib.rcParams)
    figures.budget_by_year(edge("as it is"), speak("id"))
    assert dict(matplotlib.rcParams) == before


@both_languages
def test_the_text_of_the_budget_figure_holds_every_year(language):
    plan = project()
    view = figures.budget_by_year(plan, speak(language))
    label = BeautifulSoup(view.svg, "html.parser").svg["aria-label"].replace(f"{view.finding}. ", "").rstrip(".")
    frame = summary.ceilings_by_year(plan)
    parts = label.split("; ")
    assert len(parts) == len(frame)
    for part, (year, row) in zip(parts, frame.iterrows(), strict=True):
        used, ceiling = re.fullmatch(rf"{year} \w+ (.+), \w+ (.+)", part).groups()
        assert says(used, language, int(row.used_idr)) and says(ceiling, language, int(row.ceiling_idr))
    shown = re.findall(r">([^<]+)</text>", view.svg)
    assert all(speak(language).number(v / 10**9, 1) in shown for v in frame["used_idr"])


@both_languages
def test_the_numbers_behind_the_curve_and_the_staffing_figure(language):
    plan, say = project(), speak(language)
    frame = summary.ceilings_by_year(plan)
    rows = figures.spending_curve(plan, say).data.rows
    assert [(int(row[0]), rupiah(row[1], language), rupiah(row[2], language)) for row in rows] == list(
        zip(frame.index, frame["used_sum_idr"], frame["ceiling_sum_idr"], strict=True)
    )
    months = summary.staff_by_month(plan)
    for year, need, available, gap in figures.staffing_by_month(plan, say).data.rows:
        mine = months[months.index.str.startswith(year)]
        assert says(need, language, mine["need_fte"].max())
        assert says(available, language, mine["available_fte"].max())
        assert says(gap, language, mine["gap_fte"].max())


@both_languages
def test_axes_are_numbered_in_the_language(language, tmp_path):
    cheap = build_plan(with_changes(tmp_path, "set: {settings.ceiling_factor: 0.4}"))
    shown = re.findall(r">([\d.,]+)</text>", figures.spending_curve(cheap, speak(language)).svg)
    point, other = (",", ".") if language == "id" else (".", ",")
    assert any(point in text for text in shown) and not any(other in text for text in shown)


@both_languages
def test_gantt_shows_the_work_of_its_section_only(language):
    plan, say = project(), speak(language)
    listed, links = 0, activity_links(plan)
    for section in SECTIONS:
        frame = plan.initiatives[(plan.initiatives["section"] == section) & plan.initiatives["works"]]
        view = gantt(plan, say, section, links)
        assert (view is None) == frame.empty
        if view is None:
            continue
        assert [row[0] for row in view.data.rows] == [say.title(r) for r in frame.to_dict("records")]
        assert [row[1:] for row in view.data.rows] == [(say.day(r["start"]), say.day(r["finish"])) for r in frame.to_dict("records")]
        listed += len(frame)
    assert listed == plan.initiatives["works"].sum() > 0
    assert gantt(edge("as it is"), say, "keamanan", activity_links(edge("as it is"))) is None


def test_a_dollar_in_a_title_is_a_dollar_and_a_long_title_is_cut(tmp_path):
    titles = {"dollar": "Biaya $5 dan $x_{1} {b}", "long": "Kata " * 30}
    body = f'set: {{initiatives.alat-desa.title_id: "{titles["dollar"]}", initiatives.aplikasi.title_id: "{titles["long"].strip()}"}}'
    plan = build_plan(with_changes(tmp_path, body))
    drawn = [gantt(plan, speak("id"), section, activity_links(plan)).svg for section in ("infrastruktur", "aplikasi")]
    shown = [t.removeprefix(CHAIN) for svg in drawn for t in re.findall(r">([^<]+)</text>", svg)]
    assert titles["dollar"] in shown
    cut = next(text for text in shown if text.startswith("Kata"))
    assert cut.endswith("a\N{HORIZONTAL ELLIPSIS}") and len(cut) <= 58


def test_what_sets_the_finish_is_told_by_outline_and_diamond():
    """In the late plan both initiatives lie on the chain: of the first its contract, of the second all three phases."""
    plan = edge("late")
    links = activity_links(plan)
    for section, title, bars in (("infrastruktur", "Alat untuk desa", 1), ("aplikasi", "Aplikasi surat", 3)):
        drawn = gantt(plan, speak("id"), section, links).svg
        assert f">{CHAIN}{title}</text>" in drawn
        plain = gantt(plan, speak("id"), section, links.assign(critical=False)).svg
        assert CHAIN.strip() not in plain
        assert drawn.count('stroke="#16242b"') - plain.count('stroke="#16242b"') == bars
