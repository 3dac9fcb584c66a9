"""Reading the body of a report: headings and tables get what they need, nothing else moves, and what loads or runs is refused."""

from __future__ import annotations

import pytest

from egov_model.report.outline import outline

BOX = '<div class="scroll" tabindex="0" role="group" aria-label="Tabel">'


def changed(body: str) -> str:
    found = outline(body, "Tabel")
    assert found.problems == []
    return found.changed


def test_headings_get_ids_that_differ_and_keep_those_they_have():
    body = '<h2>Berapa, &amp; kapan?</h2><h2 class="x">Berapa & kapan</h2><h2 id="mine">Ini</h2><p id="berapa-kapan-3"></p>'
    found = outline(body, "Tabel")
    assert [(h.id, h.text) for h in found.headings] == [
        ("berapa-kapan", "Berapa, & kapan?"), ("berapa-kapan-2", "Berapa & kapan"), ("mine", "Ini"),
    ]  # fmt: skip
    assert found.changed.startswith('<h2 id="berapa-kapan">Berapa, &amp;')
    assert '<h2 id="berapa-kapan-2" class="x">' in found.changed


def test_text_of_a_heading_that_is_all_signs_still_gives_an_id():
    assert outline("<h2>—</h2>", "Tabel").headings[0].id == "bagian"


def test_a_table_gets_a_box_named_by_its_caption():
    table = "<table><caption>Biaya <b>per</b> tahun</caption><tr><td>1</td></tr></table>"
    assert changed(table) == f'<div class="scroll" tabindex="0" role="group" aria-label="Biaya per tahun">{table}</div>'
    assert changed("<table><tr><td>1</td></tr></table>").startswith(BOX)


def test_cards_get_a_box_that_the_keyboard_reaches_as_they_may_be_wide_on_a_desk():
    assert changed('<table class="cards"></table>') == f'{BOX}<table class="cards"></table></div>'


def test_a_box_that_is_there_is_kept_and_completed():
    assert changed('<div class="scroll"><table></table></div>').count("<div") == 1
    assert changed('<div class="scroll"><table></table></div>') == f"{BOX}<table></table></div>"
    whole = '<div class="scroll" role="group" aria-label="x"><table></table></div>'
    assert changed(whole) == whole


def test_a_table_of_many_columns_is_marked_to_be_printed_across():
    head = "<tr>" + '<th scope="col">x</th>' * 8 + "</tr>"
    assert changed(f"<table>{head}</table>").startswith('<div class="scroll wide" tabindex')
    assert changed(f'<div class="x scroll" role="group"><table>{head}</table></div>').startswith('<div class="x scroll wide" role')
    narrow = f"<table><tr>{'<th scope=col>x</th>' * 7}</tr></table>"
    assert "wide" not in changed(narrow + narrow)
    rows = "<tr><td>1</td></tr>"
    assert "wide" not in changed(narrow.replace("</table>", rows * 39 + "</table>"))
    assert "wide" in changed(narrow.replace("</table>", rows * 40 + "</table>")), "names of many rows would need many lines each"


def test_header_and_footer_are_taken_out_with_their_edits():
    body = (
        '<!--cell 1--><header class="page"><p>Rencana</p><h1>Ja\nwab</h1></header>\n<!--cell 2--><table></table>'
        '<footer class="page"><table></table></footer><!--cell 3--><footer>tidak</footer>'
    )
    found = outline(body, "Tabel")
    assert found.problems == []
    assert found.header == '<header class="page"><p>Rencana</p><h1>Ja\nwab</h1></header>'
    assert found.footer == f'<footer class="page">{BOX}<table></table></div></footer>'
    assert found.changed == f"\n{BOX}<table></table></div><footer>tidak</footer>"
    assert (found.titles, found.plan) == (["Ja wab"], "Rencana")


def test_the_decision_is_taken_out_and_its_headings_stay_out_of_the_contents():
    body = '<section class="decision"><h2>Diminta</h2></section><section><h2>Alasan</h2></section>'
    found = outline(body, "Tabel")
    assert found.decision == '<section class="decision"><h2 id="diminta">Diminta</h2></section>'
    assert found.changed == '<section><h2 id="alasan">Alasan</h2></section>'
    assert [h.id for h in found.headings] == ["alasan"]


def test_drawings_stay_byte_for_byte():
    drawing = (
        '<figure><svg viewBox="0 0 9 9" role="img" aria-label="a"><defs><clipPath id="p"><rect/></clipPath></defs>'
        '<use xlink:href="#p" aria-label="fill:&quot;"/><path d="M0 0"/>'
        '<text clip-path="url(#p)">É &amp; &#160;x</text></svg></figure>'
    )
    assert changed(drawing) == drawing


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("<script>1</script>", "<script> has no place"),
        ('<link rel="stylesheet" href="https://x/y.css">', "<link> has no place"),
        ('<iframe srcdoc=""></iframe>', "<iframe> has no place"),
        ('<img src="https://x/y.png" alt="">', "would load"),
        ('<img src="//x/y.png" alt="">', "would load"),
        ('<img src="peta.png" alt="">', "would load"),
        ('<img srcset="data:, x.png 2x" src="data:," alt="">', ""),
        ('<svg><image xlink:href="https://x/y.png"/></svg>', "would load"),
        ('<svg><use href="a.svg#b"/></svg>', "would load"),
        ('<p style="color:red">', "has no effect under the page's policy"),
        ('<svg><rect fill="url(http://x#g)"/></svg>', "would load"),
        ("<style>p{color:red}</style>", "<style> has no place"),
        ('<p onclick="f()">', "run a script"),
        ('<a href=" javascript:f()">x</a>', "run a script"),
        ('<img src="data:image/png;base64,AA">', "no alt"),
        ("<div><p>x", "<div> is not closed"),
        ("<section><div></section>", "<div> is not closed"),
        ("x</div>", "</div> closes nothing"),
        ("<div/>", "does not close itself"),
        ('<a href="https://jdih.go.id">x</a><p>a<p>b<ul><li>c<li>d</ul><br/><img src="data:," alt="">', ""),
        ('<svg><rect fill="url(&quot;data:image/png,&quot;) url(#a)"/></svg><p title="url(x)">', ""),
    ],
)
def test_what_has_no_place_is_named(body, says):
    found = outline("<!--cell 4-->" + body + "<!--cell 5-->", "Tabel")
    assert [cell for cell, _ in found.problems] == [4] * len(found.problems)
    assert bool(found.problems) == bool(says)
    assert says in "".join(reason for _, reason in found.problems)
