"""Every figure a page prints names its cell in the file beside it, and the value there, printed again, gives the same text."""

from __future__ import annotations

import csv
import html
import json
import re

import pytest
from babel.messages.pofile import read_po
from plan_samples import LANGUAGES
from tiny_pack import TINY
from traced_pages import PRINTED, wrong_figures

from egov_model import anyway, build_outlook, build_plan, focus_group, load_scenario
from egov_model.analysis.influence import swings
from egov_model.report.agency_page import TABLES as OF_AGENCY
from egov_model.report.agency_page import agency_page
from egov_model.report.contents import DRAWN_FIGURES, DRAWN_FINDINGS, DRAWN_TABLES, FIGURES, FINDINGS, TABLES
from egov_model.report.figure_cells import figure_cells
from egov_model.report.marks import INVISIBLE
from egov_model.report.notebook import report_page
from egov_model.report.wording import CATALOGUES

WHOLE = ("decision", "about", "gantt", "register", "legal", "footer", "without_plan", "purpose", "appraisal", "focus_group")


@pytest.fixture(scope="module")
def plan():
    return build_plan(load_scenario("baseline", TINY))


@pytest.fixture(scope="module", params=LANGUAGES)
def pages(request, plan):
    """Everything the reports of the tiny pack can show, as one body, with its cells; and the language."""
    page = report_page(plan, request.param, without=anyway(TINY), group=focus_group(plan, TINY), outlook=build_outlook(plan, 64, 1))
    made = [page.header("answer"), *(getattr(page, name)() for name in WHOLE)]
    made += [page.sentence(name) for name in FINDINGS | DRAWN_FINDINGS] + [page.table(name) for name in TABLES | DRAWN_TABLES]
    made += [page.figure(name) for name in FIGURES | DRAWN_FIGURES]
    sheet = agency_page(plan, language=request.param)
    made += [sheet.header(), sheet.facts(), sheet.duties(), sheet.staff(), sheet.figure(), *(sheet.table(name) for name in OF_AGENCY)]
    body, cells = figure_cells("\n".join(made))
    return body, json.loads(cells.text(request.param)), request.param


def test_every_figure_is_its_cell_printed(pages):
    body, told, _ = pages
    assert wrong_figures(body, told) == []
    assert len(told["figures"]) > 1000


def test_a_value_that_is_not_what_is_printed_is_found(pages):
    body, told, _ = pages
    cell = next(iter(told["figures"]))
    changed = {**told, "figures": {**told["figures"], cell: {"value": 7, "as": "rupiah"}, "t0/0/0": {"value": 1, "as": "whole"}}}
    assert [problem.partition(":")[0] for problem in wrong_figures(body, changed)] == [cell, "t0/0/0"]


def test_a_sentence_prints_no_figure_without_a_cell(pages, plan):
    """Digits that stand in the words themselves (P80, Perkada 18/2017) or in titles, codes, keys and sources of the data are no figures."""
    body, _, language = pages
    known = {word for sentence in words_of_the_reports(language) for word in tokens(sentence)}
    known |= {word for text in texts_of_the_data() for word in tokens(text)}
    known |= set(swings(plan)["key"])
    body = body.replace("<wbr>", "")
    rest = re.sub(r"<svg.*?</svg>|<data .*?</data>|<t[dh][^>]*>(<span>)?[^<]*(</span>)?</t[dh]>", " ", body, flags=re.DOTALL)
    unknown = {word for text in re.findall(r">([^<]*)<", rest) for word in tokens(html.unescape(text))} - known
    assert unknown <= {"1", "2"}, "ranks of the list of risks"


def test_a_numeric_column_prints_no_figure_without_a_cell(pages, plan):
    body, *_ = pages
    bare = [html.unescape(text) for text in re.findall(r'<td class="n"[^>]*>([^<]*)</td>', PRINTED.sub("<td></td>", body))]
    assert {text for text in bare if re.search(r"\d", text)} <= set(map(str, plan.timeline.years))


def test_no_mark_is_left_on_a_page(pages):
    assert not INVISIBLE.search(pages[0])


def test_cells_are_named_by_place_and_what_they_fill():
    body, cells = figure_cells(
        '<table><caption>Biaya</caption><thead><tr><th scope="col">Tahun</th><th scope="col">Rp</th></tr></thead><tbody>'
        '<tr><th scope="row">2027</th><td class="n"><data value="5" data-as="rupiah" data-name="">Rp5</data></td></tr></tbody></table>'
        '<p>Hanya <data value="5" data-as="rupiah" data-name="total">Rp5</data> &amp; '
        '<data value="2" data-as="number/0" data-name="">2</data></p>'
    )
    assert '<td class="n" data-cell="t1/0/1">Rp5</td>' in body
    assert 'Hanya <data value="5" data-cell="s2/total">Rp5</data>' in body
    told = json.loads(cells.text("id"))
    assert told["figures"] == {
        "t1/0/1": {"value": 5, "as": "rupiah"}, "s2/total": {"value": 5, "as": "rupiah"}, "s2/1": {"value": 2, "as": "number/0"},
    }  # fmt: skip
    assert told["tables"] == {"t1": {"caption": "Biaya", "columns": ["Tahun", "Rp"], "rows": ["2027"]}}
    assert told["sentences"] == {"s2": "Hanya Rp5 & 2"}


def test_a_page_without_figures_has_a_file_too():
    body, cells = figure_cells("<p>isi</p>")
    assert body == "<p>isi</p>"
    assert json.loads(cells.text("en")) == {"language": "en", "sentences": {}, "tables": {}, "figures": {}}


def tokens(text: str) -> set[str]:
    """Words that hold a digit, without the signs around them."""
    return {word.strip(".,;:()\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}") for word in re.findall(r"\S*\d\S*", text)}


def words_of_the_reports(language: str) -> list[str]:
    """Every sentence of the catalogue, without the places that are filled."""
    with (CATALOGUES / "id.po").open("rb") as file:
        messages = [message for message in read_po(file, locale="id") if message.id]
    said = [message.string if language == "id" else message.id for message in messages]
    flat = [text for each in said for text in ([each] if isinstance(each, str) else each)]
    return [re.sub(r"\{\w+\}", " ", text) for text in flat]


def texts_of_the_data() -> list[str]:
    """Every cell of the tiny pack that is text and not a number."""
    texts = [path.read_text(encoding="utf-8") for path in TINY.rglob("*.yaml")]
    for path in TINY.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            texts += [cell for row in csv.reader(file) for cell in row if re.search(r"[A-Za-z]", cell)]
    return texts
