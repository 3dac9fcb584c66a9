"""The decision page's first piece: every figure it prints is computed here once more, for usual and unusual plans."""

from __future__ import annotations

import math
from functools import cache

import pytest
from bs4 import BeautifulSoup
from drawn_samples import drawn
from plan_samples import EDGES, LANGUAGES, edge, read, says

from egov_model.analysis import confidence, served
from egov_model.analysis.compare import headline
from egov_model.analysis.drawn import Outlook
from egov_model.analysis.risk import simulate
from egov_model.inputs.errors import InputError
from egov_model.model.plan import Plan
from egov_model.report import decision_view
from egov_model.report.notebook import report_page
from egov_model.report.risk_register_view import ranks, response_of
from egov_model.report.risk_words import of_hundred, short_month_of
from egov_model.report.wording import speak

both_languages = pytest.mark.parametrize("language", LANGUAGES)
every_plan = pytest.mark.parametrize("name", EDGES)


@cache
def both(name: str) -> tuple[Plan, Outlook]:
    return edge(name), simulate(edge(name), 30, 7)


def planned_posts(plan: Plan) -> list[tuple[int, int]]:
    """(year of arrival, people) of the formations that arrive within the plan."""
    delay = plan.inputs.settings.hiring_delay_years
    rows = [(f.year + delay, f.hires) for f in plan.inputs.rows["formations"].values() if f.hires]
    return [(year, hires) for year, hires in rows if year <= plan.timeline.years[-1]]


@every_plan
@both_languages
def test_what_is_asked(name, language):
    plan, outlook = both(name)
    ask = decision_view.asked(say := speak(language), plan, outlook)
    paid = sum(plan.budget["amount_idr"].tolist())
    keys = {i.id for i in plan.inputs.rows["initiatives"].values() if i.budget_status == "running"}
    running = sum(a for key, a in zip(plan.budget["initiative"], plan.budget["amount_idr"].tolist(), strict=True) if key in keys)
    years = plan.timeline.years
    span = f"{years[0]}\N{EN DASH}{years[-1]}" if len(years) > 1 else str(years[0])
    assert read(ask.label, language, "Asked for: an indicative ceiling for {years}")["years"] == span
    assert ask.amount == say.rupiah(paid) and ask.words == say.in_words(paid)
    parts = read(ask.told, language, "{running} keeps alive what runs already, {new} is new.")
    assert says(parts["running"], language, running) and says(parts["new"], language, paid - running)
    sure = read(parts["_more"].strip(), language, "Of 100 possible outcomes, 50 stay within {half} (P50), 80 within {most} (P80).")
    ranked = sorted(outlook.total_idr.tolist())
    assert says(sure["half"], language, ranked[14]) and says(sure["most"], language, ranked[23]), "15th and 24th of 30"


@every_plan
@both_languages
def test_six_facts(name, language):
    plan, outlook = both(name)
    say, h = speak(language), headline(plan)
    finished, ceilings, index, villages, services, people = decision_view.facts(say, plan, outlook)
    finishes = sorted(plan.initiatives.loc[plan.initiatives["works"], "finish"])
    if finishes:
        weeks = confidence.quantiles(outlook.finish_week, [0.5, 0.8])
        told = read(finished[2], language, "P50 {half}, P80 {most}")
        assert finished[1] == say.month(finishes[-1])
        assert [told["half"], told["most"]] == [short_month_of(say, plan, outlook, int(week)) for week in weeks]
    else:
        assert finished[1:] == ("\N{EN DASH}", say("nothing new is built"))
    assert ceilings[1] == of_hundred(say, confidence.held(outlook)["ceilings"])
    assert index[1] == (say("{placed} of {all}", placed=h.placed, all=h.initiatives) if h.index is None else say.number(h.index, 2))
    islands, frame = served.island_frame(plan), served.service_frame(plan)
    assert villages[1] == say("{placed} of {all}", placed=islands["connected"].sum(), all=islands["villages"].sum())
    assert services[1] == say("{placed} of {all}", placed=frame["go_live"].notna().sum(), all=len(frame))
    posts = planned_posts(plan)
    count = sum(n for _, n in posts)
    assert people[1] == (say.plural("{n} civil servant", "{n} civil servants", count) if posts else say("none"))
    assert not posts or str(min(year for year, _ in posts)) in people[2]
    gaps = plan.staffing.groupby("role")["gap_fte"].max()
    missing = sum(math.ceil(g - 1e-9) for g in gaps if g > 0.05)
    assert people[2].endswith(say("{n} still missing", n=missing) if missing else say("nobody is missing"))


@both_languages
def test_risks_in_short(language):
    plan, outlook = drawn()
    say, agencies = speak(language), plan.inputs.rows["agencies"]
    short = decision_view.risks(say, plan, outlook)
    heaviest = ranks(plan, outlook).risks.head(decision_view.RISKS)
    assert 0 < len(short) == len(heaviest)
    for one, r in zip(short, heaviest.itertuples(), strict=True):
        risk = plan.inputs.rows["risks"][r.risk]
        assert one.name == f"{say.title(risk)}:"
        assert one.told.endswith(f". {agencies[risk.owner].short_name}: {response_of(say, risk)}.")
        assert r.need_idr <= 0 or say.money(r.need_idr) in one.told


@pytest.mark.parametrize(
    ("need", "weeks", "told"),
    [
        (2_000_000_000, 3, "Rp2.0\N{NO-BREAK SPACE}billion more needed, 3 weeks later"), (0, 1, "1 week later"),
        (5_000_000, 0, "Rp5.0\N{NO-BREAK SPACE}million more needed"), (-4, 0, "next to nothing"),
    ],
)  # fmt: skip
def test_only_what_a_risk_adds_is_said(need, weeks, told):
    assert decision_view._adds(speak("en"), need, weeks) == told


@both_languages
def test_what_happens_otherwise(language):
    (plan, _), other, say = drawn(), edge("only what runs"), speak(language)
    told = read(
        decision_view.otherwise(say, plan, other), language,
        "{cost} is spent all the same on what runs; {villages} villages get connected and {services} services become digital.",
    )  # fmt: skip
    assert says(told["cost"], language, sum(other.budget["amount_idr"].tolist()))
    islands, frame = served.island_frame(other), served.service_frame(other)
    assert told["villages"] == say("{placed} of {all}", placed=islands["connected"].sum(), all=islands["villages"].sum())
    assert told["services"] == say("{placed} of {all}", placed=frame["go_live"].notna().sum(), all=len(frame))
    assert say.number(headline(other).index, 2) in told["_more"]
    assert decision_view.otherwise(say, other, other) == say("This scenario is itself what happens without the plan.")


@every_plan
@both_languages
def test_the_piece_answers_every_question_of_a_decision(name, language):
    plan, outlook = both(name)
    page = report_page(plan, language, without=drawn()[0], outlook=outlook)
    shown = BeautifulSoup(str(page.decision()), "html.parser")
    assert shown.section["class"] == ["decision"]
    assert len(shown.select(".facts li")) == 6
    assert shown.select_one(".ask strong").get_text() == speak(language).rupiah(headline(plan).total_idr)
    assert not [text for text in shown.stripped_strings if "nan" in text.split() or "None" in text or "{" in text]


def test_without_draws_there_is_no_decision():
    with pytest.raises(InputError, match="needs draws"):
        report_page(edge("as it is")).decision()
