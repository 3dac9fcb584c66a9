"""The small maps: every year counts what the links of the sites say, and draws each site once."""

from __future__ import annotations

import re

import pytest
from plan_samples import LANGUAGES, edge, plan_of

from egov_model.analysis.reached import site_links
from egov_model.report.growth_map import growth_figure, growth_finding
from egov_model.report.wording import speak


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["baseline", "as it is", "one year", "nothing in scope"])
def test_the_numbers_over_the_maps_are_those_of_the_sites(name: str, language: str):
    plan, say = plan_of(name), speak(language)
    view, frame = growth_figure(plan, say), site_links(plan)
    years = [year if year is not None else 9999 for year in frame["year"].astype(object).where(frame["year"].notna(), None)]
    shown = re.findall(r">(\d{4}): ([\d.,]+)</text>", view.svg)
    assert [int(year) for year, _ in shown] == list(plan.timeline.years)
    for (year, count), row in zip(shown, view.data.rows, strict=True):
        there = sum(y <= int(year) for y in years)
        assert (count, row[0], row[1]) == (say.number(there), year, say.number(there))
        assert row[2] == say.number(sum(y == int(year) for y in years))
        assert sum(int(re.sub(r"\D", "", cell)) for cell in row[3:]) == there


def test_every_map_draws_every_site():
    """A mark is used from a definition, but one that stands alone in its group; the legend adds three."""
    plan = plan_of("baseline")
    view, frame = growth_figure(plan, speak("en")), site_links(plan)
    most = len(frame) * len(plan.timeline.years) + 3
    assert 0.98 * most <= view.svg.count("<use ") <= most


def test_the_finding_counts_up_to_three_years():
    say, plan = speak("en"), edge("one year")
    told = growth_finding(say, site_links(plan), plan.timeline.years)
    assert told.count("by the end of") == 1 and told.startswith(f"Sites connected, of {len(site_links(plan))}: ")
