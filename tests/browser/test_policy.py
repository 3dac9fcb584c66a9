"""The policy of our pages in a real browser: what is planted does not run, what is ours does."""

from __future__ import annotations

import pytest
from markupsafe import Markup
from page_rules import visit

from egov_model.report.page import fill

FRAME = {"title": "t", "printed": "h", "links": (), "before": None, "after": None, "contents": ()}
FRAME |= {"decision": "", "footer": "", "facts": ()}
RUN = "console.error('ran')"


@pytest.fixture
def problems(browser, tmp_path):
    """What a browser says of a page of ours with this body and script."""

    def look(body: str, script: str = "") -> list[str]:
        path = tmp_path / "page.html"
        made = fill("report.html.j2", "id", **FRAME, header=Markup("<h1>Uji</h1>"), body=Markup(body), script=script)
        path.write_text(made, encoding="utf-8")
        return visit(browser, path, "id").problems()

    return look


def test_a_page_of_ours_breaks_no_rule_of_its_policy(problems):
    assert problems("<h2>Biaya</h2><p>isi</p>") == []


@pytest.mark.parametrize(
    ("body", "directive"),
    [
        (f"<script>{RUN}</script>", "script-src-elem"),
        (f'<img src="data:," alt="x" onerror="{RUN}">', "script-src-attr"),
        (f'<svg aria-hidden="true" onload="{RUN}"></svg>', "script-src-attr"),
        ('<p style="color:red">x</p>', "style-src-attr"),
        ("<style>p{color:red}</style>", "style-src-elem"),
        ('<img src="http://example.org/a.png" alt="x">', "img-src"),
        ('<iframe src="data:text/html,x"></iframe>', "frame-src"),
    ],
)
def test_what_is_planted_is_refused(problems, body, directive):
    found = problems(body)
    assert any(f"policy refused {directive}" in problem for problem in found)
    assert "console: ran" not in found


def test_our_own_script_runs_and_no_other(problems):
    found = problems(f"<script>{RUN}</script>", script="console.error('ours: ' + (1 < 2))")
    assert "console: ours: true" in found
    assert "console: ran" not in found
