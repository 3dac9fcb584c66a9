"""Deadlines: counted back by hand in the made-up regency, and as a calendar file read by plain rules of RFC 5545."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from plan_samples import EDGES, HARM, LANGUAGES, edge, harmful_pack, plan_of, project

from egov_model.analysis.deadlines import DPA, LAST, PROCUREMENT, RKPD, STAFF, deadlines
from egov_model.analysis.staff_calendar import staff_decisions
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan
from egov_model.report.calendar_file import deadlines_calendar
from egov_model.report.deadlines_view import act, missed, owner
from egov_model.report.wording import speak

PLANS = (*EDGES, "baseline")


def procurement(plan, initiative: str):
    frame = deadlines(plan)
    return next(frame[(frame["kind"] == PROCUREMENT) & (frame["initiative"] == initiative)].itertuples())


def test_the_last_day_to_send_a_procurement_by_hand():
    """A contract of 8 weeks ends before payments close on 17 December 2027 when signed in week 42 at the latest; the procurement before it
    takes 3 weeks, so it is sent in week 39, Friday 1 October. Missed, the next gate is that of 11 February 2028."""
    row = procurement(edge("as it is"), "alat-desa")
    assert (row.day, row.planned, row.otherwise, row.year) == (date(2027, 10, 1), date(2027, 1, 15), date(2028, 2, 11), 2027)


def test_a_procurement_with_no_later_gate():
    """Of the late plan the second contract is signed in 2028: to end before 15 December (week 102) in week 94 at the latest; 3 weeks of
    procurement before it: week 91, Friday 29 September 2028."""
    row = procurement(edge("late"), "aplikasi")
    assert (row.day, row.otherwise) == (date(2027, 1, 1) + timedelta(weeks=91), None) and row.day == date(2028, 9, 29)
    assert missed(speak("en"), edge("late"), row).endswith("the initiative loses its place.")


def test_dates_of_the_years_and_what_follows_when_they_are_missed():
    plan = edge("as it is")
    frame = deadlines(plan).set_index("key")
    assert frame.loc["dpa-2028", "day"] == date(2028, 2, 11) and frame.loc["dpa-2028", "kind"] == DPA
    assert frame.loc["last_contract-2027", ["day", "kind", "otherwise"]].tolist() == [date(2027, 10, 29), LAST, date(2028, 2, 11)]
    assert frame.loc["rkpd-2028", ["day", "kind", "otherwise"]].tolist() == [date(2027, 6, 30), RKPD, date(2028, 10, 2)]
    assert frame.loc["last_contract-2028", "otherwise"] is None
    assert "rkpd-2027" not in frame.index  # closed before the plan is issued


@pytest.mark.parametrize("name", PLANS)
def test_what_holds_of_the_deadlines_of_any_plan(name: str):
    plan, frame = plan_of(name), deadlines(plan_of(name))
    assert frame["key"].is_unique and frame["day"].is_monotonic_increasing
    assert (frame["day"] >= plan.inputs.settings.issued_on).all()
    bought = frame[frame["kind"] == PROCUREMENT]
    assert (bought["day"] >= bought["planned"]).all()  # the plan itself is never late
    people = staff_decisions(plan)
    assert frame["kind"].str.startswith(STAFF).sum() == (people["date"] >= plan.inputs.settings.issued_on).sum()
    for language in LANGUAGES:
        say = speak(language)
        for r in frame.itertuples():
            assert act(say, plan, r) and owner(say, plan, r) and missed(say, plan, r)


def events(text: str) -> list[dict[str, str]]:
    """The events of a calendar: lines unfolded, names without their parameters, values as they stand (RFC 5545, 3.1)."""
    lines = text.replace("\r\n ", "").split("\r\n")
    found: list[dict[str, str]] = []
    inside, nested = False, False
    for line in lines:
        if line == "BEGIN:VEVENT":
            found.append({})
            inside = True
        elif line == "END:VEVENT":
            inside = False
        elif line in ("BEGIN:VALARM", "END:VALARM"):
            nested = line.startswith("BEGIN")
        elif inside and not nested:
            name, _, value = line.partition(":")
            assert name.partition(";")[0] not in found[-1]
            found[-1][name.partition(";")[0]] = value
    return found


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["as it is", "late", "nothing in scope", "baseline"])
def test_the_file_is_a_calendar_of_the_deadlines(name: str, language: str):
    plan, say = plan_of(name), speak(language)
    text = deadlines_calendar(plan, say)
    assert text == deadlines_calendar(plan, say)
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") and text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "") and "\r" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    frame, found = deadlines(plan), events(text)
    assert len(found) == len(frame) == len({event["UID"] for event in found}) == text.count("BEGIN:VALARM")
    for event, r in zip(found, frame.itertuples(), strict=True):
        assert event["DTSTART"] == f"{r.day:%Y%m%d}" and event["DTEND"] == f"{r.day + timedelta(days=1):%Y%m%d}"
        assert event["DTSTAMP"] == f"{plan.inputs.settings.issued_on:%Y%m%d}T000000Z"
        assert event["UID"].startswith(f"{r.key}.{plan.inputs.scenario.name}@")
        assert unescaped(event["SUMMARY"]) == act(say, plan, r)
        assert owner(say, plan, r) in unescaped(event["DESCRIPTION"]) and missed(say, plan, r) in unescaped(event["DESCRIPTION"])


def test_an_entry_keeps_its_name_when_its_day_moves():
    one, other = (set(deadlines(plan_of(name))["key"]) for name in ("as it is", "late"))
    assert "procurement-alat-desa-procure" in one & other


def test_no_text_of_the_data_breaks_the_file(tmp_path):
    plan = build_plan(load_scenario("baseline", harmful_pack(tmp_path)))
    text = deadlines_calendar(plan, speak("id"))
    (event,) = [e for e in events(text) if e["UID"].startswith("procurement-alat-desa")]
    assert HARM in unescaped(event["SUMMARY"]) and re.search(r"(?<!\\)[;,]", event["SUMMARY"]) is None
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == len(deadlines(plan))


def test_the_project_has_deadlines_of_every_kind():
    kinds = set(deadlines(project())["kind"])
    assert {RKPD, DPA, LAST, PROCUREMENT} <= kinds and any(kind.startswith(STAFF) for kind in kinds)
