"""What changed since the last issue, as people read it: figures by hand, then and now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup
from drawn_samples import drawn
from plan_samples import LANGUAGES

from egov_model.analysis.issued import Since, issue_of
from egov_model.inputs.issues import TableChange
from egov_model.report import issue_view
from egov_model.report.notebook import report_page
from egov_model.report.wording import speak

EN, NBSP = speak("en"), "\N{NO-BREAK SPACE}"


def since(changes=(), **then) -> Since:
    """This plan's figures, set against an issue that said otherwise."""
    plan, outlook = drawn()
    own = issue_of(plan, outlook)
    figures = {
        "total_idr": 5_000_000_000, "total_p50_idr": 6_000_000_000, "total_p80_idr": 7_000_000_000, "finish": date(2029, 6, 5),
        "finish_p80": date(2030, 1, 9), "ceilings_hold_share": 0.5, "placed": 4, "villages": 2, "services": 3, "hires": 1, "index": 2.0,
    }  # fmt: skip
    now = own.figures.model_copy(update=figures)
    before = now.model_copy(update=then)
    issue = own.model_copy(update={"figures": before, "issued_on": date(2026, 3, 1), "note": "rapat"})
    return Since(issue, now, tuple(changes))


PRICES = TableChange("prices", ("a", "b"), ("c",), ())


@pytest.mark.parametrize(
    ("changes", "then", "told"),
    [
        ([], {}, f"Nothing moved since the issue of 1{NBSP}Mar 2026."),
        ([PRICES], {}, f"No figure moved (against 1{NBSP}Mar 2026). Changed: unit prices (3)."),
        (
            [], {"total_idr": 4_000_000_000},
            f"Cost +Rp1.0{NBSP}billion (against 1{NBSP}Mar 2026). No input changed: the model itself did.",
        ),
        (
            [PRICES], {"total_p80_idr": 9_000_000_000, "finish": date(2029, 4, 30), "index": 1.9},
            f"Its P80 \N{MINUS SIGN}Rp2.0{NBSP}billion, 2 months later, index +0.10 (against 1{NBSP}Mar 2026). Changed: unit prices (3).",
        ),
        (
            [], {"finish": date(2029, 7, 1), "villages": 4},
            f"1 month sooner, villages connected \N{MINUS SIGN}2 (against 1{NBSP}Mar 2026). No input changed: the model itself did.",
        ),
        (
            [TableChange(t, ("x",) * n, (), ()) for t, n in (("roles", 1), ("vat", 4), ("prices", 2), ("funds", 3))], {},
            f"No figure moved (against 1{NBSP}Mar 2026). Changed: vat rates by year (4), sources of funds (3) and 2 more.",
        ),
    ],
)  # fmt: skip
def test_in_short(changes, then, told):
    assert issue_view.short(EN, since(changes, **then)) == told


def test_the_first_issue_has_none_to_compare_with():
    assert issue_view.short(EN, None) == "This is the first issue; there is none to compare with."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_then_and_now(language):
    say = speak(language)
    rows = {row[0]: row[1:] for row in issue_view.figures(say, since(total_idr=4_500_000_000, ceilings_hold_share=0.254, finish=None)).rows}
    assert rows[say("Cost")] == (say.rupiah(4_500_000_000), say.rupiah(5_000_000_000), "+" + say.rupiah(500_000_000))
    assert rows[say("Chance that ceilings hold")] == (say.percent(0.25), say.percent(0.5), "+" + say("{n} points", n=25))
    assert rows[say("Finished")] == ("\N{EN DASH}", say.month(date(2029, 6, 5)), "\N{EN DASH}")
    assert set(rows) == {say("Cost"), say("Chance that ceilings hold"), say("Finished")}, "what did not move is not listed"
    everything = since(**{field: 1 for field in ("total_idr", "total_p50_idr", "total_p80_idr", "placed", "villages", "services", "hires")})
    everything = replace(everything, now=everything.now.model_copy(update={"hires": 5}))
    assert len(issue_view.figures(say, everything).rows) == 7


def test_changed_inputs_are_named():
    plan, _ = drawn()
    keys = tuple(plan.inputs.rows["prices"])
    many = TableChange("villages", tuple(f"v{n}" for n in range(8)), (), ())
    found = replace(since(), changes=(TableChange("prices", keys[:1], (), ("hilang",)), many))
    rows = issue_view.causes(EN, plan.inputs, found).rows
    assert rows[0] == ("Unit prices", "1 changed", plan.inputs.rows["prices"][keys[0]].name)
    assert rows[1] == ("Unit prices", "1 gone", "hilang")
    assert rows[2] == ("Villages", "8 changed", "v0; v1; v2; v3; v4; v5 and 2 more")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_of_every_table_can_be_named(language):
    inputs = drawn()[0].inputs
    found = replace(since(), changes=tuple(TableChange(name, tuple(rows), (), ()) for name, rows in inputs.rows.items() if rows))
    for row in issue_view.causes(speak(language), inputs, found).rows:
        assert all(row) and "{" not in row[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_the_page(language):
    plan, outlook = drawn()
    first = report_page(plan, language, outlook=outlook)
    words = first.say("This is the first issue; there is none to compare with.")
    assert words in first.decision() and str(first.since_last()) == f"<p>{words}</p>"
    issue = issue_of(plan, outlook).model_copy(update={"issued_on": date(2020, 1, 1), "note": "rapat <b>"})
    moved = issue.model_copy(update={"figures": issue.figures.model_copy(update={"total_idr": 1}), "rows": {}})
    page = report_page(plan, language, outlook=outlook, issues=(moved,))
    soup = BeautifulSoup(str(page.since_last()), "html.parser")
    assert len(soup.find_all("table")) == 2 and "rapat <b>" in soup.get_text() and soup.find("b") is None
    assert soup.p.get_text() in BeautifulSoup(str(page.decision()), "html.parser").get_text()
