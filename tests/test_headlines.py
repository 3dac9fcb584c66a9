"""First lines of reports: every number is computed here once more from the plan's frames."""

from __future__ import annotations

import pytest
from plan_samples import EDGES, LANGUAGES, PROJECT, plan_of, read, says

from egov_model.analysis import served
from egov_model.report import headlines
from egov_model.report.wording import speak

every_plan = pytest.mark.parametrize("name", [*EDGES, *PROJECT])
both_languages = pytest.mark.parametrize("language", LANGUAGES)
NEW = "{total} over {span}, {new} of it new; the most in {year}: {peak}"
OLD = "{total} over {span}, all of it for what runs already; the most in {year}: {peak}"


@every_plan
@both_languages
def test_money(name, language):
    plan, say = plan_of(name), speak(language)
    running = {i.id for i in plan.inputs.rows["initiatives"].values() if i.budget_status == "running"}
    rows = plan.budget.to_dict("records")
    total = sum(r["amount_idr"] for r in rows)
    new = sum(r["amount_idr"] for r in rows if r["initiative"] not in running)
    text = headlines.money(say, plan)
    if not total:
        assert text == say("Nothing is spent in this scenario")
        return
    found = read(text, language, OLD, NEW)
    years = {year: sum(r["amount_idr"] for r in rows if r["year"] == year) for year in plan.timeline.years}
    assert says(found["total"], language, total) and found["span"].split()[0] == str(len(years))
    assert years[int(found["year"])] == max(years.values()) and says(found["peak"], language, max(years.values()))
    assert ("new" in found) == (new > 0)
    if new:
        assert says(found["new"], language, new)


@every_plan
@both_languages
def test_results(name, language):
    plan, say = plan_of(name), speak(language)
    islands, services = served.island_frame(plan), served.service_frame(plan)
    of = "{placed} of {all}"
    villages = say(of, placed=islands["connected"].sum(), all=islands["villages"].sum())
    digital = say(of, placed=services["go_live"].notna().sum(), all=len(services))
    text, year = headlines.results(say, plan), str(plan.timeline.years[-1])
    assert villages in text and digital in text and year in text
    if not plan.maturity:
        assert text == say(
            "By the end of {year}: {services} services digital, {villages} villages connected",
            year=year,
            services=digital,
            villages=villages,
        )
        return
    part = plan.maturity[-1]
    assert say.number(part.index[0, -1], 2) in text and str(plan.timeline.years[part.years[-1]]) in text
