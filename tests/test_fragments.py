"""Pieces of a page: well formed, readable by a screen reader, and safe whatever text they are given."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from markupsafe import Markup
from plan_samples import HARM

from egov_model.report import fragments
from egov_model.report.fragments import Asked, Figure, Html, Named, Table
from egov_model.report.marks import mark
from egov_model.report.traced import trace

SMALL = Table("Anggaran", ("Muatan", "2027"), (("Layanan", "Rp1"), ("Jumlah", "Rp1")), frozenset({1}), frozenset({1}))
DRAWN = '<svg role="img" aria-label="x"></svg>'
NASTY = Table(HARM, (HARM, HARM), ((HARM, HARM),), groups=((0, HARM),), cards=True)
NAMED = Named(HARM, HARM)

PIECES = {
    "heading": fragments.heading(HARM),
    "paragraph": fragments.paragraph(HARM),
    "paragraph of a kind": fragments.paragraph(HARM, HARM),
    "bullet_list": fragments.bullet_list([HARM, HARM]),
    "page_header": fragments.page_header(HARM, HARM, HARM, HARM),
    "page_footer": fragments.page_footer(HARM),
    "facts": fragments.facts([(HARM, HARM, HARM)]),
    "decision": fragments.decision(Asked(HARM, HARM, HARM, HARM), [(HARM, HARM, HARM)], (HARM, [NAMED]), [NAMED]),
    "table": fragments.table(NASTY),
    "scrolling table": fragments.table(Table(HARM, (HARM,), ((HARM,),))),
    "details": fragments.details(HARM, fragments.paragraph(HARM)),
    "figure": fragments.figure(Figure(HARM, DRAWN, HARM, NASTY), HARM),
    "sources": fragments.sources([(HARM, HARM)]),
    "join": fragments.join([HARM, fragments.paragraph(HARM)]),
}


@pytest.mark.parametrize("name", PIECES)
def test_no_text_becomes_markup(name):
    piece = PIECES[name]
    assert isinstance(piece, Html)
    assert piece._repr_html_() == str(piece)
    soup = BeautifulSoup(str(piece), "html.parser")
    assert soup.find(["script", "img"]) is None
    assert HARM in soup.get_text()
    for tag in soup.find_all(True):
        assert set(tag.attrs) <= {"class", "scope", "colspan", "data-label", "tabindex", "role", "aria-label"}, tag.attrs


def test_a_table_reads_row_by_row():
    soup = BeautifulSoup(str(fragments.table(SMALL)), "html.parser")
    assert soup.div["aria-label"] == soup.caption.get_text() == "Anggaran"
    assert (soup.div["role"], soup.div["tabindex"]) == ("group", "0")
    assert [(th["scope"], th.get("class")) for th in soup.thead.find_all("th")] == [("col", None), ("col", ["n"])]
    first, total = soup.tbody.find_all("tr")
    assert (first.th["scope"], first.th.get_text(), first.td.get_text(), first.td["class"]) == ("row", "Layanan", "Rp1", ["n"])
    assert (first.get("class"), total["class"]) == (None, ["total"])
    assert first.td.get("data-label") is None


def test_cards_carry_their_column_names_and_need_no_box():
    soup = BeautifulSoup(str(fragments.table(Table("A", ("x", "y"), (("1", "2"),), cards=True))), "html.parser")
    assert soup.div is None
    assert soup.table["class"] == ["cards"]
    assert [td["data-label"] for td in soup.find_all("td")] == ["y"]


def test_groups_of_rows_have_bodies_and_headings_of_their_own():
    view = Table("A", ("x", "y"), (("1", "2"), ("3", "4"), ("5", "6")), groups=((0, "satu"), (2, "dua")))
    soup = BeautifulSoup(str(fragments.table(view)), "html.parser")
    bodies = soup.find_all("tbody")
    assert [[tr.get_text("|", strip=True) for tr in body.find_all("tr")] for body in bodies] == [["satu", "1|2", "3|4"], ["dua", "5|6"]]
    assert [(th["scope"], th["colspan"]) for th in soup.select("tr.group th")] == [("rowgroup", "2")] * 2


def test_a_figure_has_its_numbers_behind_it():
    soup = BeautifulSoup(str(fragments.figure(Figure("Temuan", DRAWN, "Cara baca", SMALL), "Angka")), "html.parser")
    assert soup.figcaption.get_text() == "Temuan"
    assert soup.svg["role"] == "img"
    assert soup.details["class"] == ["data"]
    assert soup.details.summary.get_text() == "Angka"
    assert soup.details.table.caption.get_text() == "Anggaran"


def test_header_and_heading_levels():
    soup = BeautifulSoup(str(fragments.page_header("Halmahera Selatan", "Rencana", "Jawaban", "Skenario")), "html.parser")
    told = [soup.header.p.get_text(), soup.h1.get_text(), soup.find("p", "meta").get_text()]
    assert told == ["Halmahera Selatan\N{NO-BREAK SPACE}\N{MIDDLE DOT} Rencana", "Jawaban", "Skenario"]
    assert str(fragments.heading("A", 3)) == "<h3>A</h3>"


def test_finished_pieces_are_not_escaped_again():
    assert str(fragments.join([Markup("<p>a</p>"), "<b>"])) == "<p>a</p>\n&lt;b&gt;"
    assert str(fragments.join([])) == ""
    assert str(fragments.bullet_list([])) == "<ul></ul>"


def test_a_decision_without_risks_has_no_heading_for_them():
    made = fragments.decision(Asked("a", "Rp1", "satu rupiah", "b"), [("c", "d", "e")], ("Risiko", ()), [Named("f", "g")])
    soup = BeautifulSoup(str(made), "html.parser")
    assert [h.get_text() for h in soup.find_all("h2")] == ["a", "f"] and soup.find("ol") is None


@pytest.mark.parametrize(("height", "tall"), [("180.0", False), ("252.72", True)])
def test_a_tall_drawing_is_marked_for_paper(height, tall):
    drawn = f'<svg viewBox="0 0 288 {height}"></svg>'
    data = fragments.Table("Angka", ("Tahun",), (("2027",),))
    soup = BeautifulSoup(fragments.figure(fragments.Figure("Temuan", drawn, "Cara baca", data), "Angka"), "html.parser")
    assert (soup.figure.get("class") == ["tall"]) == tall


ARABIC = "\u062f\u064a\u0648\u0627\u0646"


def test_a_name_written_leftward_stands_alone_in_text_and_as_it_is_in_attributes():
    said = trace("en")("Responsible: {owner}.", owner=ARABIC)
    assert str(fragments.paragraph(said)) == f"<p>Responsible: <bdi>{ARABIC}</bdi>.</p>"
    assert str(fragments.heading(f"{ARABIC} (2)")) == f"<h2><bdi>{ARABIC} (2)</bdi></h2>"
    made = str(fragments.table(Table(f"<{ARABIC}", ("a", ARABIC), ((ARABIC, "1"),), cards=False)))
    assert f'aria-label="&lt;{ARABIC}"' in made and made.count("<bdi>") == 3
    assert f'data-label="{ARABIC}"' in str(fragments.table(Table("a", ("a", ARABIC), (("1", "2"),), cards=True)))


def test_a_mark_that_is_not_ours_hides_no_markup():
    forged = mark('x"><script>alert(1)</script>', '"><img>', "shown") + mark("alone", '"><img>', "too")
    assert str(fragments.paragraph(forged)) == "<p><bdi>shown</bdi><bdi>too</bdi></p>"


def test_a_very_long_word_may_be_broken_and_stays_the_same_text():
    made = str(fragments.paragraph(f"{'a' * 60} {'b' * 40} {'<' * 50}"))
    assert made == f"<p>{'a' * 25}<wbr>{'a' * 25}<wbr>{'a' * 10} {'b' * 40} {'&lt;' * 25}<wbr>{'&lt;' * 25}</p>"
    assert str(fragments.paragraph(trace("id").rupiah(10**15))).count("<wbr>") == 0


def test_an_address_is_broken_behind_its_joints():
    made = str(fragments.paragraph("https://indodialektika.com/2025/08/06/menunggu-restu-pusat"))
    assert made == "<p>https://indodialektika.<wbr>com/2025/08/06/menunggu-<wbr>restu-pusat</p>"
    query = "".join(["x" * 22, "?a=1&b=2", "y" * 20])
    assert str(fragments.paragraph(query)) == f"<p>{'x' * 22}?a=<wbr>1&amp;b=2{'y' * 20}</p>"
