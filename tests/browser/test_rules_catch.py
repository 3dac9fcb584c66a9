"""The rules for built pages are themselves tested: each small broken page must be reported, and a good one must not."""

from __future__ import annotations

import pytest
from page_rules import visit

GOOD = """<h1>Ringkasan</h1><h2>Biaya</h2>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="Biaya per tahun">
<svg role="img" aria-label="Jadwal" width="300" height="20"><rect width="9000" height="9"/></svg>
<svg aria-hidden="true" width="9" height="9"></svg>
<p><a href="https://example.org/">Perpres 95/2018</a> <a href="#biaya">biaya</a></p>
<div id="biaya" style="overflow-x:auto" tabindex="0">
<table style="min-width:660px"><caption>Biaya</caption><tr><th scope="col">Tahun</th></tr></table></div>"""


@pytest.fixture
def problems(browser, tmp_path):
    """Write a page with this body and return what the rules say about it."""

    def look(body: str, head: str = "", lang: str = "id", language: str = "id", axe: bool = False) -> list[str]:
        path = tmp_path / "page.html"
        path.write_text(
            f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f"<title>Uji</title>{head}</head><body><main>{body}</main></body></html>",
            encoding="utf-8",
        )
        return visit(browser, path, language, axe).problems()

    return look


def test_a_good_page_passes(problems):
    assert problems(GOOD, axe=True) == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ('<div class="jp-InputArea">x = 1</div>', "code is visible"),
        ('<div class="highlight"><pre>x = 1</pre></div>', "code is visible"),
        ('<div class="jp-InputPrompt">In [1]</div>', "code is visible"),
        ('<img alt="peta" src="http://example.org/a.png">', "request left the page: http://example.org/a.png"),
        ('<img alt="peta" src="other.png">', "request left the page: file:"),
        ('<p style="height:9000px"></p><img alt="peta" loading="lazy" src="https://example.org/b.png">', "from outside the file: img"),
        ("<script>fetch('https://example.org/c')</script>", "request left the page: https://example.org/c"),
        ("<script>new WebSocket('ws://127.0.0.1:9/')</script>", "request left the page: ws://127.0.0.1:9/"),
        ("<script>console.error('aduh')</script>", "console: aduh"),
        ("<script>throw new Error('rusak')</script>", "page error: "),
        ('<div style="width:500px">lebar</div>', "phone: page scrolls sideways"),
        ('<div style="overflow-x:hidden"><p style="width:500px">lebar</p></div>', "phone: sticks out of the screen"),
        ('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', "image without alternative text"),
        ('<img src="data:," alt="No description has been provided for this image">', "image without alternative text"),
        ('<svg role="img"></svg>', "role=img without alternative text"),
        ("<svg></svg>", "neither role=img nor aria-hidden"),
        ("<table><caption>Biaya</caption><tr><th>Tahun</th></tr></table>", "th without scope"),
        ('<table><tr><th scope="col">Tahun</th></tr></table>', "table without caption"),
        ("<h1>Dua</h1>", "2 h1"),
        ("<h2>a</h2><h4>b</h4>", "heading level skips from 2 to 4"),
        ('<a href="#nowhere">a</a>', "not there: #nowhere"),
        ('<table style="width:700px"><caption>Biaya</caption></table>', "paper: a table of 700px"),
    ],
)
def test_a_broken_page_is_reported(problems, body, says):
    assert any(says in problem for problem in problems("<h1>Uji</h1>" + body)), says


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ('<link rel="stylesheet" href="https://example.org/a.css">', "request left the page"),
        ('<link rel="preconnect" href="https://example.org">', "link rel=preconnect"),
        ("<style>@media print { body { background: url(https://example.org/p.png) } }</style>", "loads from outside the file: css"),
        ('<style>@import "https://example.org/b.css";</style>', "request left the page"),
        ('<meta http-equiv="refresh" content="9;url=https://example.org">', "refreshes itself"),
    ],
)
def test_a_broken_head_is_reported(problems, head, says):
    assert any(says in problem for problem in problems("<h1>Uji</h1>", head=head)), says


def test_language_and_missing_heading_are_reported(problems):
    assert problems("<h1>Uji</h1>", lang="en") == ['html lang is "en", not "id"']
    assert problems("<h1>Test</h1>", lang="en", language="en") == []
    assert problems("<p>Uji</p>") == ["0 h1, exactly one must be"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ('<p style="color:#aaa">pudar</p>', "axe color-contrast"),
        ("<table><caption>Biaya</caption><tbody><tr><td>1</td></tr><tr><td>2</td></tr><tr><td><b style='color:#aaa'>tiga</b></td></tr>"
         "</tbody></table>", "axe color-contrast"),
        ('<p><a href="https://example.org/" style="display:inline-block;width:9px;height:9px;overflow:hidden">a</a>'
         '<a href="https://example.org/b" style="display:inline-block;width:9px;height:9px;overflow:hidden">b</a></p>', "axe target-size"),
        ('<div style="overflow-x:auto;width:9rem"><p style="white-space:nowrap">lebar sekali lebar sekali</p></div>',
         "axe scrollable-region-focusable"),
        ("<p lang='bahasa'>x</p>", "axe valid-lang"),
        ("<ul><p>x</p></ul>", "axe list"),
        ("<div role='button' tabindex='0'></div>", "axe aria-command-name"),
        ('<svg role="img" aria-label="x" width="90" height="90"><rect width="90" height="90" fill="#0b5563"/>'
         '<text x="9" y="50">gelap</text></svg>', 'text of a drawing has a contrast of 2.'),
    ],
)  # fmt: skip
def test_what_shuts_readers_out_is_reported(problems, body, says):
    assert any(problem.startswith(says) for problem in problems(f"<h1>Uji</h1>{body}", axe=True)), says
