"""Every report keeps one frame: the answer first, what a table shows before the table, method and sources last."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from plan_samples import LANGUAGES, edge

from egov_model.report.contents import FIGURES
from egov_model.report.notebook import report_page
from egov_model.report.wording import speak

NOTEBOOKS = sorted(p for p in (Path(__file__).resolve().parents[1] / "notebooks").glob("[01][0-9]-*.ipynb") if p.name[:2] != "00")
METHOD = "How this was computed, and from what"
TABLES = {"table", "folded"}  # of which none may open a section
SOURCES = {"sources", "legal"}
END = [("section", METHOD), ("sources", ""), ("footer", "")]
OWN_PAGE = ("08", "09")  # their pieces lead their tables in themselves


def calls(path: Path) -> list[tuple[str, str]]:
    """(method of the page, its first text) in the order of a notebook's cells."""
    made = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"][1:]:
        for node in ast.parse("".join(cell["source"])).body:
            call = node.value if isinstance(node, ast.Expr) else None
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "page":
                first = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else ""
                made.append((call.func.attr, str(first)))
    return made


def problems(pieces: list[tuple[str, str]], own: bool = False) -> list[str]:
    """What of the frame is not kept."""
    names = [name for name, _ in pieces]
    found = [] if names[:1] == ["header"] else ["does not open with the answer"]
    found += [] if names[-1:] == ["footer"] and names[-2] in SOURCES else ["does not end with sources and footer"]
    if own:
        return found
    heads = [n for n, name in enumerate(names) if name == "section"]
    found += [f"{pieces[n][1]!r} opens with a table" for n in heads if names[n + 1] in TABLES]
    found += [f"{pieces[n][1]!r} is empty" for n in heads if names[n + 1] in ("section", "footer")]
    found += [f"{pieces[n][1]!r} opens with a note" for n in heads[:-1] if names[n + 1] == "note" and names[n + 2] in TABLES]
    found += [] if heads and pieces[heads[-1]][1] == METHOD else ["the last section is not on method and sources"]
    return found


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_report_keeps_the_frame(path):
    assert problems(calls(path), path.stem[:2] in OWN_PAGE) == []


@pytest.mark.parametrize(
    ("pieces", "told"),
    [
        ([("text", "")], "does not open with the answer"),
        ([("header", ""), ("note", ""), ("footer", "")], "does not end with sources and footer"),
        ([("header", ""), ("section", "A"), ("table", "t"), *END], "'A' opens with a table"),
        ([("header", ""), ("section", "A"), *END], "'A' is empty"),
        ([("header", ""), ("section", "A"), ("sentence", "s"), *END[1:]], "the last section is not on method and sources"),
    ],
)  # fmt: skip
def test_a_broken_frame_is_told(pieces, told):
    assert told in problems([*pieces, ("", "")] if len(pieces) == 1 else pieces)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_a_finding_and_one_thing_to_see(language):
    for name, draw in FIGURES.items():
        view = draw(edge("as it is"), speak(language))
        assert len(view.finding) > 15 and len(view.explains) > 15 and view.explains.endswith("."), name


def test_sources_count_the_rows_that_are_assumptions():
    page = report_page(edge("as it is"), "en")
    rows = page.plan.inputs.rows["prices"].values()
    assumed = sum(row.evidence == "assumption" for row in rows)
    cells = [cell.get_text() for cell in BeautifulSoup(str(page.sources("prices")), "html.parser").select("tbody tr > *")]
    assert cells == ["Unit prices", "prices.csv", str(len(rows)), str(len(rows) - assumed), str(assumed)]


def test_a_source_that_is_no_table_is_told_with_the_nearest():
    with pytest.raises(Exception, match="no table 'price' did you mean 'prices'"):
        report_page(edge("as it is")).sources("price")
