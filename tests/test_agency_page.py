"""The sheet of an agency: what it prints is what the plan says, nothing is unescaped, and an agency without part in it has one too."""

from __future__ import annotations

import re

import pytest
from agency_samples import shared_plan
from bs4 import BeautifulSoup
from plan_samples import EDGES, HARM, LANGUAGES, edge, harmful_pack, read, rupiah

from egov_model.analysis import agencies as room
from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan
from egov_model.report import agency_tables, agency_view
from egov_model.report.agency_figure import agency_figure
from egov_model.report.agency_page import TABLES, agency_page
from egov_model.report.outline import outline
from egov_model.report.wording import speak

both_languages = pytest.mark.parametrize("language", LANGUAGES)
SECTIONS = ("What falls to this agency", "When what happens", "Money by year and code", "People", "Whom to call", "What to confirm")
OWN = "{agency} answers for {initiatives} and {money} of the plan's money"


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    return shared_plan(tmp_path_factory.mktemp("shared"))


def whole(page) -> str:
    """Everything a sheet can show."""
    parts = [page.header(), page.facts(), page.duties(), page.figure(), *(page.table(name) for name in TABLES)]
    parts += [page.section(SECTIONS[0]), page.staff(), page.confirm(), page.sources(), page.footer()]
    return "\n".join(map(str, parts))


@both_languages
@pytest.mark.parametrize("name", EDGES)
def test_a_sheet_of_any_plan_is_fit_for_a_page(name, language):
    plan = edge(name)
    for agency in plan.inputs.rows["agencies"]:
        found = outline(whole(agency_page(plan, agency, language)), "Tabel")
        assert found.problems == [] and len(found.titles) == 1
        assert plan.inputs.rows["agencies"][agency].name in found.titles[0]


@both_languages
def test_the_answer_prints_the_money_and_initiatives_of_the_plan(plan, language):
    say = speak(language)
    told = read(agency_view.answer(say, plan, "kominfo"), language, OWN)
    assert told["money"] == say.money(int(room.money_by_agency(plan).at["kominfo", "own_idr"]))
    assert told["initiatives"] == say.plural("{n} initiative", "{n} initiatives", 2)


@both_languages
def test_an_agency_without_part_in_the_plan_is_told_so(language):
    plan = edge("nothing in scope")
    for agency, row in plan.inputs.rows["agencies"].items():
        told = agency_view.answer(speak(language), plan, agency)
        nothing = speak(language)("This plan asks nothing of {agency} and brings it nothing", agency=row.name)
        undated = speak(language)("{agency} owes work on its applications, and this plan has no date for it", agency=row.name)
        assert told in (nothing, undated)
        assert agency_figure(plan, speak(language), agency) is None
        page = whole(agency_page(plan, agency, language))
        assert speak(language)("Nothing that concerns this agency has a date in this plan.") in page


@both_languages
@pytest.mark.parametrize("agency", ["kominfo", "kec-seberang", "museum"])
def test_money_tables_print_the_exact_budget_and_its_sums(plan, agency, language):
    say, years = speak(language), list(plan.timeline.years)
    frame = room.budget_rows(plan, agency)
    view = agency_tables.money(say, plan, agency)
    printed = [[rupiah(cell, language) for cell in row[1:]] for row in view.rows]
    if frame.empty:
        assert printed == []
    else:
        assert printed[:-2] == frame[[*years, "total_idr"]].to_numpy().tolist()
        assert printed[-2] == frame[[*years, "total_idr"]].sum().tolist()
        assert printed[-1][:-1] == room.rka_by_year(plan, agency).tolist() and printed[-1][-1] == sum(printed[-1][:-1])
        assert {code for _, code in view.groups[:-1]} == {f"{code} {name}" for code, name, *_ in frame.index}
    parts = [[rupiah(cell, language) for cell in row[1:]] for row in agency_tables.whose_money(say, plan, agency).rows]
    assert parts == [[int(room.money_by_agency(plan).at[agency, c]), int(room.money_by_agency(plan)[c].sum())] for c in
                     ("own_idr", "for_others_idr", "from_others_idr", "served_idr")]  # fmt: skip


@both_languages
def test_applications_name_their_initiative_and_whose_it_is(plan, language):
    say = speak(language)
    rows = {row[0]: row for row in agency_tables.applications(say, plan, "kominfo").rows}
    initiative = say.title(plan.inputs.rows["initiatives"]["aplikasi"])
    assert rows["Surat"][3] == f"{initiative} ({plan.inputs.rows['agencies']['kec-seberang'].short_name})"
    total = list(rows.values())[-1]
    assert rupiah(total[-1], language) == sum(rupiah(row[-1], language) for row in list(rows.values())[:-1])


@both_languages
def test_whom_to_call_names_offices_and_whoever_is_responsible(plan, language):
    say = speak(language)
    called = dict(agency_tables.offices(say, plan, "museum").rows)
    agencies = plan.inputs.rows["agencies"]
    assert called[say(agency_tables.OFFICES[room.ICT])] == agencies["kominfo"].name
    assert agencies["kec-seberang"].name in called.values()
    own = dict(agency_tables.offices(say, plan, "kominfo").rows)
    assert own[say(agency_tables.OFFICES[room.ICT])] == say("this agency itself")
    assert say("Procurement") in own and say("Procurement") not in called


@both_languages
def test_the_form_to_fill_in_is_named(plan, language):
    told = agency_view.confirm(speak(language), plan, "kominfo")
    assert "formulir-kominfo.xlsx" in told and "egov survey export --agency kominfo" in told
    link = BeautifulSoup(str(agency_page(plan, "kominfo", language).confirm()), "html.parser").a
    assert link["href"] == ("../07-asumsi.html" if language == "id" else "../07-asumsi.en.html")


@both_languages
def test_no_text_of_the_data_becomes_markup(tmp_path, language):
    plan = build_plan(load_scenario("baseline", harmful_pack(tmp_path)))
    for agency in plan.inputs.rows["agencies"]:
        text = whole(agency_page(plan, agency, language))
        assert "<script" not in text and "<img" not in text and HARM in BeautifulSoup(text, "html.parser").get_text()


def test_the_first_agency_when_none_is_named_and_an_unknown_one_is_refused(plan):
    assert agency_page(plan).agency == next(iter(plan.inputs.rows["agencies"]))
    with pytest.raises(InputError, match=re.escape("no agency 'komimfo' in agencies.csv; there are: kominfo, kec-seberang, museum. did")):
        agency_page(plan, "komimfo")
    with pytest.raises(InputError, match="no table 'mony'"):
        agency_page(plan).table("mony")
