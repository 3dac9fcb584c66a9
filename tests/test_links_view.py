"""The map and sentences about links: they say what the analysis found, in both languages."""

from __future__ import annotations

import pytest
from plan_samples import EDGES, LANGUAGES, edge, plan_of, project, read, says

from egov_model.analysis.reached import site_links, subscriptions, unpowered
from egov_model.report.links_view import connection_figure, who_pays, without_power
from egov_model.report.wording import speak

PAYS = (
    "In {year} the connections of this plan cost {full} to run all year; the plan pays {paid}, village budgets (APBDes) must pay "
    "{villages} and other budgets of the sites, such as the health centres' own funds, {others}"
)
DARK = (
    "{n} connected sites, {villages} of them village offices, lack electricity part of the day and get no solar power from this plan: "
    "their connection rests in those hours until village or other budgets pay about {capex} for panels and batteries (prices of {year})"
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_pays(language):
    frame = subscriptions(project())
    frame = frame[frame["year"] == 2031]
    found = read(who_pays(speak(language), project()), language, PAYS)
    villages = frame[frame["initiative"].str.startswith("if-desa-")]["others_idr"].sum()
    assert found["year"] == "2031" and says(found["full"], language, int(frame["full_idr"].sum()))
    assert says(found["paid"], language, int(frame["paid_idr"].sum())) and says(found["villages"], language, int(villages))
    assert says(found["others"], language, int(frame["others_idr"].sum() - villages))
    assert who_pays(speak(language), edge("as it is")) == speak(language)("No initiative of this scenario pays for connections.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_power(language):
    """The tiny plan connects two sites that have 6 hours of electricity, one of them a village: 2 x 8.25 million."""
    found = read(without_power(speak(language), edge("as it is")), language, DARK)
    assert (found["n"], found["villages"], found["year"]) == ("2", "1", "2027")
    assert says(found["capex"], language, 16_500_000)
    frame = unpowered(project())
    assert says(read(without_power(speak(language), project()), language, DARK)["n"], language, len(frame))


@pytest.mark.parametrize("name", [*EDGES, "baseline", "lean"])
def test_the_map_counts_what_the_plan_connects(name):
    plan, say = plan_of(name), speak("en")
    view, frame = connection_figure(plan, say), site_links(plan)
    joined = int(frame["year"].notna().sum())
    assert view.data.rows[-1][-1] == str(len(frame))
    assert view.finding.startswith(f"{'All' if joined == len(frame) else joined if joined else 'Not one of'} ")
