"""Sentences, tables and the figure of sensitivity: numbers are those of the analysis, in both languages."""

from __future__ import annotations

import re

import pytest
from plan_samples import LANGUAGES, edge, read, says
from tiny_pack import TINY, with_changes

from egov_model.analysis.switching import BREAKS, switching
from egov_model.analysis.tornado import tornado
from egov_model.analysis.variance_shares import variance_shares
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan
from egov_model.report import sensitivity_view, shares_view
from egov_model.report.input_names import input_name, input_value
from egov_model.report.tornado_figure import tornado_figure
from egov_model.report.wording import speak

both_languages = pytest.mark.parametrize("language", LANGUAGES)
EN = speak("en")
FIRST = "{input} moves the cost most: {low} at its P10, {high} at its P90"
REST = "at one end of {n} of {all} inputs something of the plan falls out"
BREAK = "The plan breaks first at {input}: at {value} instead of {now} {what}"
HOLDING = "{n} of {all} inputs that weigh breaks nothing between P10 and P90"
MANY_HOLDING = "{n} of {all} inputs that weigh break nothing between P10 and P90"


@pytest.fixture(scope="module")
def plan():
    return build_plan(load_scenario("baseline", TINY))


@pytest.fixture(scope="module")
def dear(tmp_path_factory):
    """The application falls out at its P90."""
    return build_plan(with_changes(tmp_path_factory.mktemp("dear"), "set: {prices.barang-ppn.high: 900000000}"))


@both_languages
def test_the_tornado_in_a_sentence(dear, language):
    say, frame = speak(language), tornado(dear).frame
    first, _, rest = sensitivity_view.tornado_finding(say, dear).rpartition("; ")
    told = read(first, language, FIRST)
    assert told["input"] == "Barang kena PPN"
    assert says(told["low"], language, frame["low_idr"].iloc[0]) and says(told["high"], language, 1_228_264_150)
    assert read(rest, language, REST) == {"n": "1", "all": str(len(frame))}


def test_the_table_states_both_costs_and_what_falls_out(dear):
    view = sensitivity_view.tornado_table(EN, dear)
    name, spread, full, paid, end, out, evidence = view.rows[0]
    assert name == "Barang kena PPN" and spread == "Rp90,000,000 \N{EN DASH} Rp900,000,000" and evidence == "assumption"
    assert full.endswith("Rp1.2\N{NO-BREAK SPACE}billion") and paid.endswith("Rp229.3\N{NO-BREAK SPACE}million")
    assert (end, out) == ("July 2027 and after 2028", "0 and 1")
    assert len(view.rows) == sensitivity_view.MOST and all(len(row) == len(view.columns) for row in view.rows)


@both_languages
def test_what_breaks_first_in_a_sentence(dear, language):
    say, row = speak(language), switching(dear).frame.iloc[0]
    first, _, rest = sensitivity_view.switching_finding(say, dear).rpartition("; ")
    told = read(first, language, BREAK)
    assert told["input"] == input_name(say, dear.inputs, row["table"], row["row"])
    assert told["value"] == input_value(say, row["table"], row["row"], min(row["down_value"], row["up_value"], key=lambda v: v != v))
    assert read(rest, language, MANY_HOLDING if language == "en" else HOLDING)["all"] == str(switching(dear).frame["key"].nunique())


def test_switching_values_in_a_table(dear):
    view = sensitivity_view.switching_table(EN, dear)
    row = next(row for row in view.rows if row[0] == "Barang kena PPN")
    found = switching(dear).frame.set_index(["key", "breaks"]).loc["prices.barang-ppn.mode"]
    assert row[1:3] == ("Rp100,000,000", "Rp90,000,000 \N{EN DASH} Rp900,000,000")
    for cell, kind in zip(row[3:7], BREAKS, strict=True):
        shown = float(f"{found.loc[kind, 'up_value']:.4g}")
        assert cell == f"\N{GREATER-THAN OR EQUAL TO} Rp{shown:,.0f}"


@pytest.mark.parametrize(("name", "sentence"), [("as it is", "All {n} inputs that weigh leave the plan whole between their P10 and P90"),
                                                ("nothing in scope", "No input moves this plan by enough to weigh")])  # fmt: skip
@both_languages
def test_a_plan_that_nothing_breaks(name, sentence, language):
    assert read(sensitivity_view.switching_finding(speak(language), edge(name)), language, sentence) is not None
    assert not sensitivity_view.switching_table(speak(language), edge(name)).rows


@both_languages
def test_a_plan_of_nothing(language):
    plan, say = edge("nothing in scope"), speak(language)
    assert read(sensitivity_view.tornado_finding(say, plan), language, "No input moves the cost of this plan") == {}
    assert read(shares_view.shares_finding(say, plan), language, "Nothing that is uncertain moves this plan") == {}


def test_the_figure_says_what_it_shows(dear):
    made = tornado_figure(dear, EN)
    label = re.search('aria-label="([^"]*)"', made.svg)[1]
    assert made.finding == sensitivity_view.tornado_finding(EN, dear) and label.startswith(f"{made.finding}. Barang kena PPN: ")
    assert ">something falls out<" in made.svg and ">at P10<" in made.svg and ">at P90<" in made.svg
    assert made.data.rows == sensitivity_view.tornado_table(EN, dear).rows and tornado_figure(dear, EN).svg == made.svg


@both_languages
def test_shares_of_variance(plan, language):
    say, made = speak(language), variance_shares(plan, shares_view.BASE)
    view = shares_view.shares_table(say, plan)
    assert len(view.rows) == made.frame["group"].nunique() and len(view.columns) == 7
    top = made.frame[made.frame["on"] == "cost"].iloc[0]
    assert says(view.rows[0][2].partition(" \N{PLUS-MINUS SIGN}")[0], language, min(1.0, top["total"]))
    assert view.rows[0][0] in shares_view.shares_finding(say, plan)


@both_languages
def test_estimates_beyond_what_can_be_are_cut(language):
    say = speak(language)
    assert [shares_view._share(say, share) for share in (-0.02, 1.04)] == [say.percent(0.0), say.percent(1.0)]
