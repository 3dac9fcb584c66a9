"""What a plan is worth, in words: numbers are those of the appraisal."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from plan_samples import LANGUAGES, edge, project, read, says

from egov_model.analysis import appraisal
from egov_model.inputs.scenario import ANYWAY
from egov_model.report import value_view
from egov_model.report.notebook import report_page
from egov_model.report.wording import speak

both_languages = pytest.mark.parametrize("language", LANGUAGES)
FINDING = (
    "Every rupiah that society spends on the plan until {year} brings back {ratio} rupiah in hours and travel saved, {less} without "
    "the time of citizens: {benefit} for {cost}, a net present value of {npv} (prices of {base}, discounted at {rate} a year)"
)
SAMPLES = [("baseline", ANYWAY), ("as it is", "only what runs")]


def plans(pair):
    return tuple(project(name) if name in ("baseline", ANYWAY) else edge(name) for name in pair)


@both_languages
@pytest.mark.parametrize("pair", SAMPLES)
def test_finding_holds_the_ratio_and_what_it_is_made_of(pair, language):
    plan, without = plans(pair)
    say, made = speak(language), appraisal.appraise(plan, without)
    found = read(value_view.value_finding(say, plan, without), language, FINDING)
    assert says(found["ratio"], language, made.ratio()[0]) and says(found["less"], language, made.ratio(citizens_time=False)[0])
    assert says(found["cost"], language, made.costs_present_idr()) and says(found["benefit"], language, made.benefits_present_idr())
    assert says(found["npv"], language, made.npv_idr()[0]) and says(found["rate"], language, made.rate)
    assert (int(found["year"]), int(found["base"])) == (made.years[-1], made.base_year)


@both_languages
def test_parts_name_who_bears_the_costs(language):
    plan, without = plans(SAMPLES[0])
    say, made = speak(language), appraisal.appraise(plan, without)
    told = value_view.value_parts(say, plan, without)
    for part in (made.plan_idr, made.others_idr, made.staff_idr):
        assert say.money(round(float(part.sum()))) in told
    assert say("Its benefits do not pay back the costs by {year}.", year=made.years[-1]) in told
    villages, each = appraisal.per_village_idr(plan)
    assert say("Each of the {n} connected villages costs it {money}.", n=say.number(villages), money=say.money(each)) in told


@both_languages
def test_longer_times_stand_below_each_other(language):
    plan, without = plans(SAMPLES[1])
    say = speak(language)
    view = value_view.horizons(say, plan, without)
    assert [row[0] for row in view.rows] == ["2028", "2033", "2038"]
    for row, made in zip(view.rows, appraisal.horizons(plan, without), strict=True):
        assert row[3] == say.money(round(float(made.npv_idr()[0]))) and says(row[4], language, made.ratio()[0])


@both_languages
def test_what_the_ratio_hangs_on_has_titles_and_both_ends(language):
    plan, without = plans(SAMPLES[1])
    say = speak(language)
    rows = value_view.hangs_on(say, plan, without).rows
    frame = appraisal.hangs_on(plan, without)
    assert 0 < len(rows) <= value_view.HEAVIEST
    assert says(rows[0][4], language, frame["high_ratio"][0]) and "." not in rows[0][0].split(" ")[0]


def test_a_plan_that_costs_nothing_more_has_no_ratio():
    """What runs anyway, against itself."""
    say, plan = speak("en"), edge("only what runs")
    assert value_view.value_finding(say, plan, plan) == "The plan costs nothing beyond what happens anyway."
    assert value_view.horizons(say, plan, plan).rows[0][4] == "\N{EN DASH}"
    assert value_view.hangs_on(say, plan, plan).rows == ()


@both_languages
def test_the_page_says_what_it_cannot_compare(language):
    say, plan, other = speak(language), project(), project(ANYWAY)
    assert say("The data pack has no scenario of what happens anyway.") in report_page(plan, language).appraisal()
    assert say("This scenario is itself what happens without the plan.") in report_page(other, language, without=other).appraisal()
    soup = BeautifulSoup(str(report_page(plan, language, without=other).appraisal()), "html.parser")
    assert len(soup.find_all("table")) == 2 and soup.p.get_text().endswith(").")
    words = say("What happens anyway is planned over other years, so the two cannot be set against each other.")
    assert words in report_page(edge("one year"), language, without=other).appraisal()
    points = BeautifulSoup(str(report_page(plan, language).purpose()), "html.parser").find_all("li")
    assert len(points) == 4
