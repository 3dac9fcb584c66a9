"""Ranks, responses and drivers are said as they were worked out."""

from __future__ import annotations

import pandas as pd
import pytest
from drawn_samples import drawn
from plan_samples import LANGUAGES, read, rupiah, says

from egov_model.analysis.alone import together_in
from egov_model.analysis.risk_ranking import Ranked, ranked
from egov_model.report import decision_view, risk_map_figure, risk_register_view
from egov_model.report.risk_words import of_hundred
from egov_model.report.wording import speak

NOTHING = Ranked(
    9,
    pd.DataFrame(columns=["risk", "need_idr", "total_idr", "finish_weeks", "within_share"]),
    pd.DataFrame(columns=["risk", "response_idr", "saved_need_idr", "saved_total_idr", "saved_weeks", "within_share"]),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_register_shows_every_risk_and_its_weight(language):
    plan, outlook = drawn()
    say, made = speak(language), ranked(plan, outlook.seed, outlook.draws)
    rows = risk_register_view.ranking_table(say, plan, outlook).rows
    assert [rupiah(row[3], language) for row in rows] == made.risks["need_idr"].tolist()
    risks = plan.inputs.rows["risks"]
    assert [row[0] for row in rows] == [f"{n}. {say.title(risks[key])}" for n, key in enumerate(made.risks["risk"], 1)]
    on_map = risk_map_figure.risk_map(plan, say, outlook)
    assert [row[2] for row in on_map.data.rows] == [row[3] for row in rows]
    heaviest = [say.title(risks[key]) for key in made.risks["risk"].head(3)]
    assert [one.name.removesuffix(":") for one in decision_view.risks(say, plan, outlook)] == heaviest


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_heaviest_risk_and_the_best_response(language, monkeypatch):
    plan, outlook = drawn()
    say, key = speak(language), next(iter(plan.inputs.rows["risks"]))
    made = Ranked(
        9,
        pd.DataFrame({"risk": [key], "need_idr": [5_000_000], "total_idr": [1], "finish_weeks": [0], "within_share": [0.0]}),
        pd.DataFrame({"risk": [key], "response_idr": [2_000_000], "saved_need_idr": [3_000_000], "saved_weeks": [4]}),
    )
    monkeypatch.setattr(risk_register_view, "ranks", lambda plan, outlook: made)
    told = read(
        risk_register_view.ranking_finding(say, plan, outlook), language,
        "Of {n} risks, this one weighs most: {risk}. Without it {money} less would be needed at the plan's dates in 80 of 100 possible "
        "outcomes",
    )  # fmt: skip
    assert says(told["money"], language, 5_000_000) and told["risk"] == say.title(plan.inputs.rows["risks"][key])
    told = read(
        risk_register_view.responses_finding(say, plan, outlook), language,
        "{good} of {all} responses save more than they cost; the best is: {response}. It costs {cost} over the plan and lowers the P80 of "
        "what is needed by {saved}, its own cost counted",
    )  # fmt: skip
    assert (told["good"], told["all"]) == ("1", "1")
    assert says(told["cost"], language, 2_000_000) and says(told["saved"], language, 3_000_000)
    assert len(risk_register_view.responses_table(say, plan, outlook).rows) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_register_that_changes_nothing(language, monkeypatch):
    plan, outlook = drawn()
    say = speak(language)
    monkeypatch.setattr(risk_register_view, "ranks", lambda plan, outlook: NOTHING)
    assert risk_register_view.ranking_finding(say, plan, outlook) == say(
        "No risk of the register changes what is needed in 80 of 100 possible outcomes"
    )
    assert risk_register_view.responses_finding(say, plan, outlook) == say(
        "No response saves more than it costs in 80 of 100 possible outcomes"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_results_follow_has_a_name(language):
    plan, outlook = drawn()
    say = speak(language)
    frame = risk_register_view.factors(plan, outlook)
    names = [risk_register_view.factor_name(say, plan, name) for name in frame["input"]]
    assert all(names) and len(frame) > 5
    table = risk_register_view.factors_table(say, plan, outlook)
    assert {row[0] for row in table.rows} <= set(names)
    told = risk_register_view.factors_finding(say, plan, outlook)
    assert names[0] in told or told == say("No single input makes the money uncertain")


@pytest.mark.parametrize("language", LANGUAGES)
def test_work_that_sets_the_end(language):
    plan, outlook = drawn()
    say = speak(language)
    told = read(
        risk_register_view.criticality_finding(say, plan, outlook), language,
        "The work that most often sets the end: {phase} of {initiative}, in {share} possible outcomes",
    )  # fmt: skip
    first = risk_register_view.criticality_table(say, plan, outlook).rows[0]
    assert (told["initiative"], told["phase"], told["share"]) == (first[0], first[1].lower(), first[2])
    assert first[2] == of_hundred(say, float(risk_register_view.activity_drivers(plan, outlook)["criticality_share"].iloc[0]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_money_and_time_of_one_initiative(language):
    plan, outlook = drawn()
    say, made = speak(language), together_in(plan, outlook.seed, outlook.draws)
    told = risk_register_view.together_finding(say, plan, outlook)
    assert say.number(sum(made.values()) / len(made), 2) in told and say.number(max(made.values()), 2) in told
