"""Whom to ask first: what each form settles, by hand on the made-up regency."""

from __future__ import annotations

from pathlib import Path

import pytest
from plan_samples import LANGUAGES
from tiny_pack import TINY, with_changes

from egov_model.analysis.ask_first import ask_first, settled_share
from egov_model.analysis.influence import swings
from egov_model.inputs.scenario import load_scenario
from egov_model.inputs.survey_scope import FORM_TABLES
from egov_model.model.plan import build_plan
from egov_model.report import ask_first_view
from egov_model.report.wording import speak

# a line of kominfo from half to one and a half of what it is, one of kec-seberang from what it is to one and a half
WIDE = """
set:
  cost_lines.alat-desa-langganan.low: 0.5
  cost_lines.alat-desa-langganan.high: 1.5
  cost_lines.aplikasi-barang.high: 1.5
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    return build_plan(with_changes(tmp_path_factory.mktemp("wide"), WIDE))


def test_swings_by_hand(plan):
    frame, paid = ask_first(plan).set_index("agency"), plan.budget.groupby("line")["amount_idr"].sum()
    wanted = {"kominfo": paid["alat-desa-langganan"], "kec-seberang": paid["aplikasi-barang"] / 2}
    assert all(wanted.values())
    for agency, swing_idr in wanted.items():
        assert frame.loc[agency, "swing_idr"] == pytest.approx(swing_idr, abs=2)
        assert frame.loc[agency, "moving"] == 1
    assert tuple(frame.loc["kominfo", ["table", "row"]]) == ("cost_lines", "alat-desa-langganan")


def test_every_agency_stands_once_and_what_moves_cost_adds_up(plan):
    frame, rows = ask_first(plan), plan.inputs.rows
    assert sorted(frame["agency"]) == sorted(rows["agencies"])
    assert (frame["moving"] <= frame["assumptions"]).all()
    owned = {(n, key) for n, table in FORM_TABLES.items() for a in rows["agencies"] for key in table.rows_of(rows, a)}
    alone = swings(plan)
    mine = alone[[(r.table, r.row) in owned and r.evidence == "assumption" for r in alone.itertuples()]]
    assert frame["swing_idr"].sum() == mine["swing_idr"].sum()
    assert list(frame["swing_idr"]) == sorted(frame["swing_idr"], reverse=True)
    assert frame["share"].sum() == pytest.approx(1 if mine["swing_idr"].sum() else 0)


def test_rows_of_kominfo_are_counted_by_hand(plan):
    """Its own row, its application, its service, four values of today, the norm of its initiative, lines that are counted."""
    frame = ask_first(plan).set_index("agency")
    lines = plan.inputs.rows["cost_lines"].values()
    counted = sum(line.initiative in ("internet", "alat-desa") and line.driver in ("one", "target") for line in lines)
    assert frame.loc["kominfo", "assumptions"] == 1 + 1 + 1 + 4 + 1 + counted


def test_the_share_of_all_assumptions(plan):
    alone = swings(plan)
    everything = int(alone[alone["evidence"] == "assumption"]["swing_idr"].sum())
    assert settled_share(plan) == pytest.approx(ask_first(plan)["swing_idr"].sum() / everything)


@pytest.mark.parametrize("language", LANGUAGES)
def test_table_and_sentence_hold_the_same_numbers(plan, language):
    say, frame = speak(language), ask_first(plan)
    view = ask_first_view.table(say, plan)
    assert all(len(row) == len(view.columns) for row in view.rows)
    assert view.rows[-1][1] == say.number(int(frame["assumptions"].sum()))
    assert view.rows[-1][3] == say.money(int(frame["swing_idr"].sum()))
    told = ask_first_view.finding(say, plan)
    first = frame.iloc[0]
    assert plan.inputs.rows["agencies"][first["agency"]].name in told
    assert say.money(int(first["swing_idr"])) in told and say.percent(settled_share(plan)) in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_whose_forms_settle_no_rupiah_says_so(tmp_path: Path, language):
    rows = load_scenario("baseline", TINY).rows
    body = "set:\n" + "".join(f"  {t}.{key}.evidence: high\n" for t in ("cost_lines", "applications") for key in rows[t])
    settled = build_plan(with_changes(tmp_path, body))
    say = speak(language)
    assert ask_first_view.finding(say, settled) == say("No assumption that an agency could settle by its form moves the cost.")
    view = ask_first_view.table(say, settled)
    assert len(view.rows) == 2 and view.rows[-1][3] == say.money(0)
