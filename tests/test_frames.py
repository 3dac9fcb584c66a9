"""Frames of the tiny plan, every cell by hand."""

from __future__ import annotations

from datetime import date

import pytest
from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan


@pytest.fixture(scope="module")
def plan():
    return build_plan(load_scenario("baseline", TINY))


def test_ceilings(plan):
    # 52 m internet a year; equipment 35 m, its subscription for 39 of 53 weeks and then whole, goods 111 m with VAT
    assert plan.ceilings.to_dict("records") == [
        {"year": 2027, "fund": "dau", "ceiling_idr": 1_000_000_000, "used_idr": 236_264_150, "left_idr": 763_735_850},
        {"year": 2028, "fund": "dau", "ceiling_idr": 1_000_000_000, "used_idr": 104_000_000, "left_idr": 896_000_000},
    ]


def test_ceilings_go_by_year_and_then_fund(tmp_path):
    fund = "{id: dak, title_id: DAK, title_en: DAK, unit: dana, source: uji, evidence: assumption}"
    ceiling = "{{year: {}, fund: dak, low: 1, mode: {}, high: 9, unit: rupiah, source: uji, evidence: assumption}}"
    body = f"add: {{funds: [{fund}], ceilings: [{ceiling.format(2027, 3)}, {ceiling.format(2028, 4)}]}}"
    frame = build_plan(with_changes(tmp_path, body)).ceilings
    assert list(zip(frame["year"], frame["fund"], frame["ceiling_idr"], frame["used_idr"], strict=True)) == [
        (2027, "dau", 1_000_000_000, 236_264_150),
        (2027, "dak", 3, 0),
        (2028, "dau", 1_000_000_000, 104_000_000),
        (2028, "dak", 4, 0),
    ]


def activity(initiative, phase, spends, start_week, weeks, start, finish, gate=0):
    row = {"initiative": initiative, "phase": phase, "spends": spends, "start_week": start_week, "weeks": weeks, "start": start}
    return row | {"finish": finish, "waited_gate": gate, "waited_people": 0, "waited_money": 0}


def test_activities(plan):
    assert plan.activities.to_dict("records") == [
        activity("alat-desa", "prepare", False, 0, 2, date(2027, 1, 1), date(2027, 1, 14)),
        activity("alat-desa", "procure", False, 2, 3, date(2027, 1, 15), date(2027, 2, 4)),
        activity("alat-desa", "build", True, 6, 8, date(2027, 2, 12), date(2027, 4, 8), gate=1),  # ready in week 5, DPA in week 6
        activity("aplikasi", "prepare", False, 14, 2, date(2027, 4, 9), date(2027, 4, 22)),
        activity("aplikasi", "procure", False, 16, 3, date(2027, 4, 23), date(2027, 5, 13)),
        activity("aplikasi", "build", True, 19, 8, date(2027, 5, 14), date(2027, 7, 8)),
    ]


def test_work_without_length_ends_on_the_last_day_of_its_week(tmp_path):
    zero = "prices.alat.low: 0, prices.alat.mode: 0, prices.alat.high: 0"  # nothing to buy: procurement takes no time
    rows = build_plan(with_changes(tmp_path, f"set: {{{zero}}}")).activities
    assert rows.loc[1, ["phase", "weeks", "start", "finish"]].tolist() == ["procure", 0, date(2027, 1, 15), date(2027, 1, 21)]


def test_initiatives(plan):
    running, equipment, application = plan.initiatives.to_dict("records")
    assert running == {
        "initiative": "internet", "title_id": "Internet kantor", "title_en": "Office internet", "section": "infrastruktur",
        "owner": "kominfo", "fund": "dau", "status": "placed", "works": False, "concerns": "", "start": date(2027, 1, 1), "finish": None,
        "go_live": date(2027, 1, 1), "waited_gate": 0, "waited_people": 0, "waited_money": 0, "total_idr": 104_000_000, "target": 2.0,
        "unit": "kantor", "milestone": False, "mandatory": True, "budget_status": "running",
    }  # fmt: skip
    assert equipment == {
        "initiative": "alat-desa", "title_id": "Alat untuk desa", "title_en": "Equipment for villages", "section": "infrastruktur",
        "owner": "kominfo", "fund": "dau", "status": "placed", "works": True, "concerns": "", "start": date(2027, 1, 1),
        "finish": date(2027, 4, 8), "go_live": date(2027, 4, 9), "waited_gate": 1, "waited_people": 0, "waited_money": 0,
        "total_idr": 125_264_150, "target": 3.0, "unit": "desa", "milestone": True, "mandatory": True, "budget_status": "new",
    }  # fmt: skip
    assert (
        application | {"owner": "kec-seberang", "start": date(2027, 4, 9), "go_live": date(2027, 7, 9), "total_idr": 111_000_000}
        == application
    )
    assert (application["mandatory"], application["milestone"]) == (False, False)


def test_what_has_no_place_has_no_dates_and_waits_for_nothing(tmp_path):
    body = "set: {roles.analis.project_share: 0.4}\ndrop: {formations: [analis.2028]}"  # half an analyst is asked for
    made = build_plan(with_changes(tmp_path, body)).initiatives.set_index("initiative")
    rows = made[["status", "concerns", "works", "start", "finish", "go_live", "waited_gate", "waited_people", "waited_money", "total_idr"]]
    assert rows.loc["alat-desa"].tolist() == ["no_people", "analis", False, None, None, None, 0, 0, 0, 0]
    assert rows.loc["aplikasi"].tolist() == ["waits_for", "alat-desa", False, None, None, None, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("body", "status", "concerns"),
    [
        ("set: {phases.beli.build.mode: 46, phases.beli.build.high: 50}", "no_window", ""),
        ("set: {ceilings.2027.dau.low: 0, ceilings.2027.dau.mode: 53000000, ceilings.2028.dau.low: 0, ceilings.2028.dau.mode: 53000000}",
         "no_money", "2027"),
        ("set: {ceilings.2028.dau.low: 0, ceilings.2028.dau.mode: 60000000}", "no_upkeep", "2028"),
    ],
)  # fmt: skip
def test_why_it_has_no_place_and_what_that_is_about(tmp_path, body, status, concerns):
    frame = build_plan(with_changes(tmp_path, body)).initiatives.set_index("initiative")
    assert frame.loc["alat-desa", ["status", "concerns"]].tolist() == [status, concerns]


def test_frames_of_nothing_keep_the_kinds_of_their_columns(plan, tmp_path):
    empty = build_plan(with_changes(tmp_path, "drop: {initiatives: [internet, alat-desa, aplikasi]}"))
    for name in ("activities", "initiatives", "budget"):
        frame, full = getattr(empty, name), getattr(plan, name)
        assert frame.empty and list(frame.columns) == list(full.columns)
        counted = [c for c in full.columns if str(full[c].dtype) in ("int64", "bool")]
        assert {c: str(frame[c].dtype) for c in counted} == {c: str(full[c].dtype) for c in counted}
