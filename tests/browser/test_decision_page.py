"""What a decision needs stands on one phone screen and on one A4 page, in text that can be read, for every scenario."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from page_rules import A4, PHONE

REPORTS = Path(__file__).resolve().parents[2] / "reports"
PAGE = "01-ringkasan-eksekutif" + ("" if os.environ.get("LANG_REPORT", "id") == "id" else f".{os.environ['LANG_REPORT']}") + ".html"
SCENARIOS = sorted(path.stem for path in (REPORTS.parent / "data" / "scenarios").glob("*.yaml"))
SMALLEST = 12  # pixels of a letter

MEASURE = """() => {
  const block = document.querySelector('.decision'), sizes = [];
  for (const each of document.querySelectorAll('header.page, .decision'))
    for (const walk = document.createTreeWalker(each, NodeFilter.SHOW_TEXT); walk.nextNode();)
      if (walk.currentNode.data.trim()) sizes.push(parseFloat(getComputedStyle(walk.currentNode.parentElement).fontSize));
  return {end: block.getBoundingClientRect().bottom + scrollY, smallest: Math.min(...sizes),
          wide: document.documentElement.scrollWidth, facts: block.querySelectorAll('.facts li').length,
          parts: [...block.querySelectorAll('h2')].map(h => h.textContent)};
}"""


@pytest.fixture
def opened(browser):
    """Opens a scenario's executive summary at a size, on screen or as for print."""
    pages = []

    def look(scenario: str, size: dict[str, int], media: str = "screen"):
        pages.append(browser.new_page(viewport=size))
        pages[-1].emulate_media(media=media)
        pages[-1].goto((REPORTS / scenario / PAGE).as_uri())
        return pages[-1]

    yield look
    for page in pages:
        page.close()


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_whole_decision_is_on_one_phone_screen(opened, scenario):
    seen = opened(scenario, PHONE).evaluate(MEASURE)
    assert seen["end"] <= PHONE["height"] and seen["wide"] <= PHONE["width"], seen
    assert seen["smallest"] >= SMALLEST
    assert seen["facts"] == 6 and len(seen["parts"]) == 4, "asked, risks, without the plan, since the last issue"


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_decision_fills_one_printed_page_and_the_reasons_begin_on_the_next(opened, scenario):
    page = opened(scenario, A4, "print")
    seen = page.evaluate(MEASURE)
    assert seen["end"] <= A4["height"] and seen["wide"] <= A4["width"], seen
    first = page.evaluate("() => getComputedStyle(document.querySelector('.decision ~ .body h2')).breakBefore")
    assert first == "page"
