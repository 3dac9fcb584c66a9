"""Texts that mean harm, and the longest there may be, in a real browser: nothing runs or turns, the layout holds on screen and paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from hostile_samples import harmful_pack
from page_rules import A4, visit

from egov_model.report import fragments
from egov_model.report.publish import publish
from egov_model.report.traced import trace

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
HARM = '\u202e<script>console.error("ran")</script>"><img src=x onerror=console.error("ran")>=HYPERLINK("http://x")</style>--><!--'
KINDS = {"harm": (HARM, ""), "one long word": ("", "a"), "many words": ("", "Penyelenggaraan pemerintahan "), "arabic": ("ديوان ", "")}
LARGEST = 1_500_000  # bytes of a page
WIDE = "() => Math.max(...[...document.body.querySelectorAll('*:not(svg *)')].map(each => each.getBoundingClientRect().right))"
PLACE = """(word) => {
  const node = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (node.nextNode()) {
    const at = node.currentNode.data.indexOf(word);
    if (at < 0) continue;
    range.setStart(node.currentNode, at), range.setEnd(node.currentNode, at + word.length);
    return [range.getBoundingClientRect().left, range.getBoundingClientRect().right];
  }
}"""


@pytest.fixture(scope="module", params=KINDS)
def pages(request, tmp_path_factory):
    """Reports of a pack whose every text begins with a harm or is filled to the last letter, and the index over them."""
    folder = tmp_path_factory.mktemp("hostile")
    pack = harmful_pack(folder, *KINDS[request.param])
    asked = {"scenarios": ["baseline"], "notebooks": ["01", "04", "05", "07", "08"], "agencies": ["kominfo"], "language": "id"}
    assert publish(NOTEBOOKS, pack, folder / "out", **asked, jobs=2, force=False, talk=lambda line: None) == 0
    return sorted((folder / "out").rglob("*.html"))


def test_nothing_runs_and_nothing_sticks_out(browser, pages):
    assert len(pages) >= 6
    found = {path.name: visit(browser, path, "id").problems() for path in pages}
    assert [one for one in sum(found.values(), []) if not one.startswith("paper: ")] == [], "paper: see the next test"
    assert {path.name: size for path in pages if (size := path.stat().st_size) > LARGEST} == {}


def test_paper_holds_it(browser, pages):
    widths = {}
    for path in pages:
        page = browser.new_page(viewport=A4)
        page.emulate_media(media="print")
        page.goto(path.as_uri())
        widths[path.name] = page.evaluate(WIDE)
        page.close()
    risk = widths.pop("05-risiko.html")
    assert max(widths.values()) <= A4["width"] + 0.5, widths
    assert risk <= A4["width"] * 1.15, "tables of seven columns of figures are printed a little smaller"


@pytest.mark.parametrize("text", ["{name} 2027, 12", "Kepada {name}: 2027, 12"])
def test_a_name_written_leftward_moves_no_figure_and_reads_right_to_left(browser, text):
    page = browser.new_page()
    name, say = "ديوان الاتصالات", trace("id")

    def places(body: str) -> list[list[float]]:
        page.set_content(body)
        return [page.evaluate(PLACE, word) for word in (name[0], name[-1], "2027", "12")]

    first, last, year, figure = places(str(fragments.paragraph(say("{text}", text="") + say(text, name=name))))
    assert first[1] > last[1] > 0 and last[0] < first[0] < year[0] < figure[0]
    first, last, year, figure = places(f"<p>{text.format(name=name)}</p>")
    assert not first[0] < year[0] < figure[0], "without its own element it would"
    page.close()
