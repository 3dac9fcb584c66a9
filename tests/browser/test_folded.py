"""Long tables in a browser: a phone opens them on request, a desk and paper have them open, also where style alone cannot do that."""

from __future__ import annotations

import pytest
from markupsafe import Markup
from page_rules import A4, DESKTOP, PHONE
from test_policy import FRAME

from egov_model.report.folding import shown
from egov_model.report.fragments import Table
from egov_model.report.page import fill, script
from egov_model.report.wording import speak

ROWS = tuple((str(number), "ya") for number in range(30))
OLD = "CSS.supports = () => false"
SEEN = "() => document.querySelector('table').checkVisibility()"
OPEN = "() => document.querySelector('details.long').open"


@pytest.fixture
def opened(browser, tmp_path):
    """Opens a page with one long table at a size."""
    made = shown(speak("id"), Table("Paket", ("No", "Ada"), ROWS))
    path, pages = tmp_path / "page.html", []
    text = fill("report.html.j2", "id", **FRAME, header=Markup("<h1>Uji</h1>"), body=Markup(made), script=script("fold.js"))
    path.write_text(text, encoding="utf-8")

    def go(size, *, old=False, media="screen"):
        page = browser.new_page(viewport=size)
        pages.append(page)
        if old:
            page.add_init_script(OLD)
        page.emulate_media(media=media)
        page.goto(path.as_uri())
        return page

    yield go
    for page in pages:
        page.close()


def test_a_phone_opens_it_on_request(opened):
    page = opened(PHONE)
    assert not page.evaluate(SEEN)
    page.get_by_text("Paket (30 baris)").click()
    assert page.evaluate(SEEN)


@pytest.mark.parametrize(("size", "media"), [(DESKTOP, "screen"), (A4, "print")])
def test_a_desk_and_paper_have_it_open(opened, size, media):
    page = opened(size, media=media)
    assert page.evaluate(SEEN) and not page.get_by_text("Paket (30 baris)").is_visible()


def test_an_older_browser_opens_it_on_a_desk_and_before_it_prints(opened):
    assert opened(DESKTOP, old=True).evaluate(OPEN)
    page = opened(PHONE, old=True)
    assert not page.evaluate(OPEN)
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(OPEN)
