"""The timetable in Microsoft Project's XML: the element order of its schema, and a small scheduler that comes to the plan's dates."""

from __future__ import annotations

import re
import xml.etree.ElementTree as Xml
from datetime import date, datetime, timedelta

import pytest
from plan_samples import EDGES, HARM, LANGUAGES, edge, harmful_pack, plan_of
from tiny_pack import with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan
from egov_model.report.project_file import project_xml
from egov_model.report.wording import speak

PLANS = (*EDGES, "baseline")
NS = "{http://schemas.microsoft.com/project}"
# Order of the elements in the Project 2007 schema, https://learn.microsoft.com/en-us/office-project/xml-data-interchange/
ORDER = {
    "Project": (
        "SaveVersion UID Name Title Subject Category Company Manager Author CreationDate Revision LastSaved ScheduleFromStart "
        "StartDate FinishDate FYStartDate CriticalSlackLimit CurrencyDigits CurrencySymbol CurrencyCode CurrencySymbolPosition "
        "CalendarUID DefaultStartTime DefaultFinishTime MinutesPerDay MinutesPerWeek DaysPerMonth DefaultTaskType "
        "DefaultFixedCostAccrual DefaultStandardRate DefaultOvertimeRate DurationFormat WorkFormat EditableActualCosts "
        "HonorConstraints EarnedValueMethod InsertedProjectsLikeSummary MultipleCriticalPaths NewTasksEffortDriven "
        "NewTasksEstimated Calendars Tasks Resources Assignments"
    ),
    "Calendar": "UID Name IsBaseCalendar BaseCalendarUID WeekDays Exceptions",
    "WeekDay": "DayType DayWorking TimePeriod WorkingTimes",
    "Exception": (
        "EnteredByOccurrences TimePeriod Occurrences Name Type Period DaysOfWeek MonthItem MonthPosition Month MonthDay DayWorking"
    ),
    "TimePeriod": "FromDate ToDate",
    "WorkingTime": "FromTime ToTime",
    "Task": (
        "UID ID Name Type IsNull CreateDate Contact WBS WBSLevel OutlineNumber OutlineLevel Priority Start Finish Duration "
        "DurationFormat Work Stop Resume ResumeValid EffortDriven Recurring OverAllocated Estimated Milestone Summary Critical "
        "FixedCost FixedCostAccrual PercentComplete PercentWorkComplete Cost ActualStart ActualFinish ActualDuration ActualCost "
        "RemainingDuration RemainingCost ConstraintType CalendarUID ConstraintDate Deadline LevelAssignments Notes "
        "PredecessorLink"
    ),
    "PredecessorLink": "PredecessorUID Type CrossProject CrossProjectName LinkLag LagFormat",
    "Resource": "UID ID Name Type IsNull Initials MaxUnits",
    "Assignment": "UID TaskUID ResourceUID ActualWork Finish RemainingWork Start Units Work",
}


def read(plan, language: str = "id") -> Xml.Element:
    return Xml.fromstring(project_xml(plan, speak(language)))


def said(element: Xml.Element, name: str) -> str:
    return element.findtext(NS + name, "")


def moment(element: Xml.Element, name: str) -> datetime:
    return datetime.fromisoformat(said(element, name))


def days(element: Xml.Element) -> int:
    found = re.fullmatch(r"PT(\d+)H0M0S", said(element, "Duration"))
    assert found and int(found[1]) % 8 == 0
    return int(found[1]) // 8


def tasks(root: Xml.Element) -> dict[int, Xml.Element]:
    listed = root.findall(f"{NS}Tasks/{NS}Task")
    assert [said(t, "ID") for t in listed] == [str(n) for n in range(len(listed))]
    made = {int(said(t, "UID")): t for t in listed}
    assert len(made) == len(listed)
    return made


def closed(root: Xml.Element) -> set[date]:
    """Closed days, which both ways of saying them must name."""
    old = {moment(d, "FromDate").date() for d in root.findall(f".//{NS}WeekDay[{NS}DayType='0']/{NS}TimePeriod")}
    new = {moment(d, "FromDate").date() for d in root.findall(f".//{NS}Exception/{NS}TimePeriod")}
    assert old == new
    return new


def working(day: date, off: set[date]) -> bool:
    return day.weekday() < 5 and day not in off


@pytest.mark.parametrize("name", PLANS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_elements_stand_in_the_order_of_the_schema(name: str, language: str):
    root = read(plan_of(name), language)
    for element in root.iter():
        order = ORDER.get(element.tag.removeprefix(NS), "").split()
        places = [order.index(child.tag.removeprefix(NS)) for child in element] if order else []
        assert places == sorted(places)
        assert element.tag.startswith(NS)


def scheduled(root: Xml.Element) -> dict[int, tuple[datetime, datetime]]:
    """Start and finish of every task that is no summary: as soon as its links and its constraint allow, for its working days."""
    listed, off = tasks(root), closed(root)
    made: dict[int, tuple[datetime, datetime]] = {}
    waiting = {uid for uid, t in listed.items() if said(t, "Summary") == "0"}
    while waiting:
        ahead = {uid: [int(said(link, "PredecessorUID")) for link in listed[uid].findall(f"{NS}PredecessorLink")] for uid in waiting}
        ready = sorted(uid for uid in waiting if not waiting & set(ahead[uid]))
        assert ready, "links in a circle"
        for uid in ready:
            task = listed[uid]
            assert said(task, "ConstraintType") == "4"
            begin = max([moment(task, "ConstraintDate"), *(made[b][1] for b in ahead[uid])])
            if begin.hour == 17:
                begin = begin.replace(hour=8) + timedelta(days=1)
            while not working(begin.date(), off):
                begin += timedelta(days=1)
            end, left = begin, days(task)
            while left:
                end = end.replace(hour=17)
                left -= 1
                while left and not working((end := end + timedelta(days=1)).date(), off):
                    pass
            made[uid] = (begin, end)
            waiting.remove(uid)
    return made


@pytest.mark.parametrize("name", PLANS)
def test_a_scheduler_comes_to_the_dates_of_the_plan(name: str):
    plan = plan_of(name)
    root = read(plan)
    listed, off, found = tasks(root), closed(root), scheduled(root)
    start, finish, timeline = plan.schedule.start[0], plan.schedule.finish[0], plan.timeline
    for a in range(len(plan.network.activities)):
        assert ((a + 1) in listed) == (start[a] >= 0)
        if start[a] < 0:
            continue
        task, (begin, end) = listed[a + 1], found[a + 1]
        assert (moment(task, "Start"), moment(task, "Finish")) == (begin, end)
        first = timeline.day(start[a])
        assert begin.date() == next(d for n in range(10) if working(d := first + timedelta(days=n), off))
        if start[a] == finish[a]:
            assert days(task) == 0 and said(task, "Milestone") == "1"
            continue
        last = timeline.last_day(finish[a])
        assert end.date() == next(d for n in range(10) if working(d := last - timedelta(days=n), off))
        assert days(task) == sum(working(first + timedelta(days=n), off) for n in range((last - first).days + 1))


@pytest.mark.parametrize("name", PLANS)
def test_links_people_and_money_are_those_of_the_plan(name: str):
    plan = plan_of(name)
    root, network = read(plan), plan.network
    listed = tasks(root)
    live = plan.schedule.live[0]
    uid = {g: (chain[-1] + 1 if chain else len(network.activities) + 1 + g) for g, chain in enumerate(network.chains)}
    wanted = set()
    for g, chain in enumerate(network.chains):
        if live[g] >= 0:
            first = chain[0] + 1 if chain else uid[g]
            wanted |= {(a + 1, b + 1) for a, b in zip(chain, chain[1:], strict=False)} | {(uid[b], first) for b in network.after[g]}
    found = {(int(said(link, "PredecessorUID")), u) for u, t in listed.items() for link in t.findall(f"{NS}PredecessorLink")}
    assert found == wanted
    assert sum(int(said(t, "FixedCost") or 0) for t in listed.values()) == 100 * int(plan.schedule.paid_idr[0].sum())
    shares = {}
    for element in root.findall(f"{NS}Assignments/{NS}Assignment"):
        activity, role = int(said(element, "TaskUID")) - 1, int(said(element, "ResourceUID")) - 1
        shares[activity, role] = round(1000 * float(said(element, "Units")))
        hours, minutes = map(int, re.fullmatch(r"PT(\d+)H(\d+)M0S", said(element, "Work")).groups())
        assert abs(60 * hours + minutes - days(listed[activity + 1]) * 480 * shares[activity, role] / 1000) < 1
    lasts = plan.schedule.finish[0] > plan.schedule.start[0]
    assert shares == {(a, r): int(network.role_demand[a, r]) for a, r in zip(*network.role_demand.nonzero(), strict=True) if lasts[a]}


def test_the_outline_goes_from_the_plan_to_sections_initiatives_and_phases():
    listed = [t for _, t in sorted(tasks(read(edge("as it is"))).items(), key=lambda item: int(said(item[1], "ID")))]
    assert [(said(t, "OutlineLevel"), said(t, "OutlineNumber"), said(t, "Name")) for t in listed] == [
        ("0", "0", "Contoh"), ("1", "1", "Infrastruktur"), ("2", "1.1", "Internet kantor"), ("2", "1.2", "Alat untuk desa"),
        ("3", "1.2.1", "prepare"), ("3", "1.2.2", "procure"), ("3", "1.2.3", "build"),
        ("1", "2", "Aplikasi"), ("2", "2.1", "Aplikasi surat"),
        ("3", "2.1.1", "prepare"), ("3", "2.1.2", "procure"), ("3", "2.1.3", "build"),
    ]  # fmt: skip
    outer = {said(t, "OutlineNumber"): t for t in listed}
    for t in listed[1:]:
        above = outer[said(t, "OutlineNumber").rpartition(".")[0] or "0"]
        assert said(above, "Summary") == "1" and said(above, "Start") <= said(t, "Start") and said(t, "Finish") <= said(above, "Finish")


def test_a_week_of_holidays_is_no_work_and_the_phase_begins_after_it(tmp_path):
    """1 to 8 January 2027 closed: the first phase, two weeks from Friday 1 January, begins on Monday 11 and ends on Thursday 14: 4 days."""
    holiday = "{name: Libur, first: 2027-01-01, last: 2027-01-08, capacity: 0, unit: bagian, source: uji, evidence: assumption}"
    body = f"set: {{phase_roles.beli.prepare.analis.fte: 0.1}}\nadd: {{holidays: [{holiday}]}}"
    task = tasks(read(build_plan(with_changes(tmp_path, body))))[1]
    assert (said(task, "Start"), said(task, "Finish"), days(task)) == ("2027-01-11T08:00:00", "2027-01-14T17:00:00", 4)


def test_no_text_of_the_data_breaks_the_file_and_the_bytes_stay(tmp_path):
    plan = build_plan(load_scenario("baseline", harmful_pack(tmp_path)))
    text = project_xml(plan, speak("id"))
    assert text == project_xml(plan, speak("id")) and text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<Project xmlns=')
    assert any(HARM in said(t, "Name") for t in tasks(Xml.fromstring(text)).values())
