"""A plan as an agency sees it: sums that are whole over all agencies, and what is whose by hand on the made-up regency."""

from __future__ import annotations

import re
from datetime import date

import pytest
from agency_samples import shared_plan
from plan_samples import EDGES, edge, project

from egov_model.analysis import agencies as room
from egov_model.analysis.apbd import rka_table
from egov_model.analysis.deadlines import PROCUREMENT
from egov_model.analysis.influence import swings
from egov_model.inputs.survey_scope import FORM_TABLES
from egov_model.report import agency_tables, agency_view
from egov_model.report.wording import speak


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    return shared_plan(tmp_path_factory.mktemp("shared"))


@pytest.mark.parametrize("name", [*EDGES, "baseline"])
def test_money_of_all_agencies_is_the_plans_whoever_budgets_it_and_whomever_it_serves(name):
    plan = project() if name == "baseline" else edge(name)
    frame, total = room.money_by_agency(plan), int(plan.budget["amount_idr"].sum())
    assert list(frame.index) == list(plan.inputs.rows["agencies"])
    assert int(frame["own_idr"].sum()) == int(frame["served_idr"].sum()) == total
    assert int(frame["for_others_idr"].sum()) == int(frame["from_others_idr"].sum())
    assert (frame >= 0).all(axis=None)
    rows = {agency: room.budget_rows(plan, agency) for agency in frame.index}
    assert {a: int(r["total_idr"].sum()) for a, r in rows.items()} == frame["own_idr"].to_dict()
    for year in plan.timeline.years:
        paid = plan.budget.loc[plan.budget["year"] == year, ["amount_idr", "rka_idr"]].sum()
        assert sum(int(r[year].sum()) for r in rows.values()) == paid["amount_idr"]
        assert sum(int(room.rka_by_year(plan, a)[year]) for a in frame.index) == paid["rka_idr"] == rka_table(plan)[year].sum()


@pytest.mark.parametrize("name", [*EDGES, "baseline"])
def test_people_of_all_agencies_are_those_of_the_plan(name):
    plan = project() if name == "baseline" else edge(name)
    parts = [room.people_needed(plan, agency).to_numpy().sum() for agency in plan.inputs.rows["agencies"]]
    assert sum(parts) == pytest.approx(plan.staffing["project_fte"].sum())


def test_initiatives_applications_services_and_assumptions_are_each_somebodys_once(plan):
    agencies = list(plan.inputs.rows["agencies"])

    def all_of(part, column: str) -> list[str]:
        return sorted(name for agency in agencies for name in part(plan, agency)[column])

    assert all_of(room.own_initiatives, "initiative") == sorted(plan.initiatives["initiative"])
    assert all_of(room.own_applications, "application") == sorted(plan.inputs.rows["applications"])
    assert all_of(room.own_services, "service") == sorted(plan.inputs.rows["services"])


def test_money_for_applications_of_others_by_hand(plan):
    """Initiative aplikasi of kec-seberang treats surat (100 points, of kominfo) and izin (200, its own); kominfo's treat its own alone."""
    whole = int(plan.budget.loc[plan.budget["initiative"] == "aplikasi", "amount_idr"].sum())
    frame = room.money_by_agency(plan)
    assert whole > 0
    assert frame.at["kominfo", "from_others_idr"] == frame.at["kec-seberang", "for_others_idr"] == pytest.approx(whole / 3, abs=1)
    assert frame.loc["museum"].to_list() == [0, 0, 0, 0]
    assert frame.at["kominfo", "own_idr"] == plan.budget.loc[plan.budget["initiative"] != "aplikasi", "amount_idr"].sum()


def test_what_others_bring_by_hand(plan):
    """kominfo: its letters are treated and two of its people are taught by kec-seberang's initiative; the museum is only taught."""
    done = plan.initiatives.set_index("initiative").at["aplikasi", "finish"]
    found = room.from_others(plan, "kominfo")
    assert [tuple(r) for r in found[["how", "initiative", "owner", "what", "people", "hours", "yearly"]].itertuples(index=False)] == [
        (room.APPLICATION, "aplikasi", "kec-seberang", "Surat", 0.0, 0.0, False),
        (room.TRAINING, "aplikasi", "kec-seberang", "", 2.0, 8.0, False),
    ]
    assert set(found["day"]) == {done} and isinstance(done, date)
    museum = room.from_others(plan, "museum")
    assert set(museum["initiative"]) >= {"aplikasi"} and set(museum["how"]) <= {room.TRAINING, room.LINK}
    assert "kominfo" not in set(found["owner"]), "its own initiatives are no one else's"


def test_what_has_no_place_brings_something_without_a_date(tmp_path):
    plan = shared_plan(tmp_path, "settings.ceiling_factor: 0, ")
    frame = room.from_others(plan, "kominfo")
    assert len(frame) == 2 and frame["day"].isna().all() and set(frame["status"]) != {"placed"}


def test_dates_are_those_of_own_procurements_and_of_the_first_year_with_money(plan):
    for agency in ("kominfo", "kec-seberang"):
        frame = room.dates(plan, agency)
        bought = frame[frame["kind"] == PROCUREMENT]
        assert {plan.inputs.rows["initiatives"][key].owner for key in bought["initiative"]} <= {agency}
        first = plan.budget.loc[plan.budget["agency"] == agency, "year"].min()
        assert set(frame.loc[frame["kind"] != PROCUREMENT, "year"]) == {first}
        assert frame["day"].is_monotonic_increasing
    assert room.dates(plan, "museum").empty


def test_the_offices_of_the_regency_keep_their_dates_every_year():
    plan = project()
    assert [room.office_of(plan, office) for office in (room.ICT, room.PLANNING, room.FINANCE, room.PERSONNEL, room.AUDIT)] == [
        "diskominfo", "bappelitbangda", "bpkad", "bkppd", "inspektorat",
    ]  # fmt: skip
    assert set(room.dates(plan, "bkppd")["kind"]) >= set(room.DUE_BY_OFFICE[room.PERSONNEL])
    assert room.office_of(edge("as it is"), room.PLANNING) == ""


def test_what_to_confirm_is_the_form_and_its_weight(plan):
    swing = swings(plan).set_index(["table", "row"])["swing_idr"]
    for agency in plan.inputs.rows["agencies"]:
        frame = room.to_confirm(plan, agency)
        form = {
            (name, key)
            for name, table in FORM_TABLES.items()
            for key, row in table.rows_of(plan.inputs.rows, agency).items()
            if row.evidence == "assumption"
        }
        assert {(r.table, r.row) for r in frame.itertuples()} == form
        assert frame["swing_idr"].is_monotonic_decreasing
        for r in frame.itertuples():
            assert r.swing_idr == swing.get((r.table, r.row), 0)
    assert room.to_confirm(plan, "museum").empty, "its row is known, and nothing else is asked of it"


def test_every_agency_of_the_project_has_a_sheet_with_something_on_it():
    plan = project()
    for agency in plan.inputs.rows["agencies"]:
        answer = agency_view.answer(speak("id"), plan, agency)
        assert re.search(r"\d", answer), answer
        assert agency_tables.from_others(speak("id"), plan, agency).rows or len(room.own_initiatives(plan, agency))
