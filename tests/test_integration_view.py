"""Hub and duties as read on the page: the numbers are those of the model, and nothing is said that a plan does not show."""

from __future__ import annotations

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from joined_pack import joined
from plan_samples import EDGES, LANGUAGES, edge, project, read, rupiah

from egov_model.model import duties as duty_room
from egov_model.model.integration import architectures
from egov_model.model.plan import build_plan
from egov_model.report import integration_view
from egov_model.report.wording import speak

both_languages = pytest.mark.parametrize("language", LANGUAGES)
HUB = "This scenario integrates over the hub: what the plan joins costs {hub} with the hub itself, point to point {direct}."
DIRECT = "This scenario integrates point to point: what the plan joins costs {direct}, over the hub {hub} with the hub itself."


@both_languages
def test_the_table_prints_both_architectures_of_both_scopes(language, tmp_path):
    plan = build_plan(joined(tmp_path))
    view = integration_view.integration(speak(language), plan)
    printed = [[rupiah(cell, language) for cell in row[3:]] for row in view.rows]
    assert [row[2] for row in view.rows] == ["3", "5", "4", "5"]
    assert printed[0] == [126_000_000, 55_000_000, 236_000_000] and printed[1] == [50_000_000, 10_000_000, 70_000_000]
    assert printed[2] == [131_000_000, 56_000_000, 243_000_000] and printed[3] == printed[1]


@both_languages
@pytest.mark.parametrize(("settings", "sentence"), [("", HUB), ("settings.integration: point-to-point", DIRECT)])
def test_the_sentence_names_what_the_scenario_does(language, settings, sentence, tmp_path):
    say = speak(language)
    told = read(integration_view.integration_finding(say, build_plan(joined(tmp_path, settings))), language, sentence)
    assert (told["hub"], told["direct"]) == (say.money(236_000_000), say.money(70_000_000))


@both_languages
def test_a_scenario_that_joins_nothing_says_so(language):
    told = integration_view.integration_finding(speak(language), edge("as it is"))
    assert told.startswith(speak(language)("This scenario pays for no integration."))


def test_the_figure_marks_the_limit_and_what_is_listed(tmp_path):
    plan, say = build_plan(joined(tmp_path)), speak("en")
    view = integration_view.integration_figure(plan, say)
    assert view.finding.startswith("The hub is the cheaper way above 17 interfaces; the inventory lists 5 between 4 applications")
    label = BeautifulSoup(view.svg, "html.parser").svg["aria-label"]
    assert "Rp243.0\N{NO-BREAK SPACE}million" in label and "Rp70.0\N{NO-BREAK SPACE}million" in label
    hub, direct = ([rupiah(row[n], "en") for row in view.data.rows] for n in (1, 2))
    assert set(hub) == {243_000_000} and direct == sorted(direct) and direct[0] == 0
    assert direct[-1] > hub[0]  # the crossing is in the picture


def test_a_hub_that_never_pays_is_drawn_and_told(tmp_path):
    inputs = joined(tmp_path, "prices.antarmuka.low: 0, prices.antarmuka.mode: 0")
    view = integration_view.integration_figure(build_plan(inputs), speak("en"))
    assert view.finding.startswith("The hub is the cheaper way above any number of interfaces")
    assert architectures(build_plan(inputs)).loc["inventory", "crossover"] == float("inf")


@both_languages
def test_every_agency_has_a_row_with_its_money_and_year(language):
    plan, say = project(), speak(language)
    view = integration_view.duties(say, plan)
    agencies = duty_room.duties_by_agency(duty_room.duties(plan))
    assert len(view.rows) == len(agencies) == 61 and view.cards
    assert [rupiah(row[3], language) for row in view.rows] == agencies["amount_idr"].tolist()
    for row, (_, r) in zip(view.rows, agencies.iterrows(), strict=True):
        if r["owed"] == 0:
            assert row[5] == say("nothing is owed")
        elif r["undated"]:
            assert row[5] == say.plural("{n} without a date", "{n} without a date", int(r["undated"]))
        else:
            assert row[5] == str(r["integrated_by"])


@both_languages
@pytest.mark.parametrize("name", [*EDGES, "baseline"])
def test_the_sentence_on_duties_counts_what_the_tables_list(language, name):
    plan, say = project() if name == "baseline" else edge(name), speak(language)
    told = integration_view.duties_finding(say, plan)
    frame = duty_room.duties(plan)
    agencies = duty_room.duties_by_agency(frame)
    found = read(
        told, language,
        "Of {all} agencies, {owing} owe something; all of it is done in {steps}.",
        "Of {all} agencies, {owing} owe something; none has done all of it by the end of {year}.",
    )  # fmt: skip
    assert (found["all"], found["owing"]) == (str(len(agencies)), str(int((agencies["owed"] > 0).sum())))
    last = int(duty_room.integrated_by_year(plan, agencies).iloc[-1])
    assert ("year" in found) == (last == 0)
    if last:
        assert str(last) in found["steps"]
    without = integration_view.undated(say, plan).rows
    assert sum(int(row[1]) for row in without) == int(agencies["undated"].sum())
    assert (f" {int(agencies['undated'].sum())} " in told) == bool(without)


def test_applications_without_a_date_say_why_by_initiative():
    say, plan = speak("en"), project()
    why = {row[0]: row for row in integration_view.undated(say, plan).rows}
    assert why["no initiative"][4] == "No initiative of the plan treats it"
    placed = plan.initiatives.set_index("initiative")
    waiting = {
        a.initiative for a in plan.inputs.rows["applications"].values() if a.initiative and placed.loc[a.initiative, "status"] == "no_money"
    }
    assert waiting
    for key in waiting:
        row = why[say.title(placed.loc[key])]
        assert row[4].startswith("The ceiling does not cover its contract")
        assert int(row[1]) <= 6 or row[2].endswith(f" and {int(row[1]) - 3} more")


def test_what_stands_outside_the_scenario_says_so():
    rows = integration_view.undated(speak("en"), edge("only what runs")).rows
    assert [row[4] for row in rows] == ["Its initiative is not part of this scenario", "No initiative of the plan treats it"]


def test_what_is_kept_is_told_in_the_plural_too():
    none, fixed = dict.fromkeys(integration_view.DUTIES, 0), "\N{NO-BREAK SPACE}"
    told = lambda language, **counts: integration_view.counted(speak(language), pd.Series(none | counts))  # noqa: E731
    assert told("en", keep=1, retire=2) == [f"keep{fixed}1 as it is", f"retire{fixed}2"]
    assert told("en", keep=4) == [f"keep{fixed}4 as they are"]
    assert told("id", keep=4, build=2) == [f"4{fixed}tetap", f"2{fixed}dibangun"]


def test_duties_are_told_in_words():
    view = integration_view.duties(speak("en"), edge("as it is"))
    assert [row[2] for row in view.rows] == ["integrate\N{NO-BREAK SPACE}1", "adapt\N{NO-BREAK SPACE}1"]
