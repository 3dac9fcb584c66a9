"""The placed plan in Microsoft Project's XML (MSPDI), which Microsoft Project, ProjectLibre and others open.

Element order is that of the Project 2007 schema (mspdi_pj12.xsd); Project drops, without a word, what stands out of order.
"""

from __future__ import annotations

import xml.etree.ElementTree as Xml
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from egov_model.analysis.critical_chain import activity_links
from egov_model.analysis.kept import kept
from egov_model.model.plan import Plan
from egov_model.report.held_by import held_by
from egov_model.report.wording import Say
from egov_model.report.words import PHASES, SECTIONS, named

SPACE = "http://schemas.microsoft.com/project"
MORNING, NOON, AFTERNOON, EVENING = time(8), time(12), time(13), time(17)
HOURS = 8  # of a working day
FIXED_DURATION, START_NO_EARLIER, AS_SOON_AS_POSSIBLE, FINISH_TO_START, WORK = 1, 4, 0, 1, 1
DAYS = 7  # format of durations and lags
HUNDREDTHS = 100  # money stands in hundredths of the currency
FULL = 1000  # thousandths of an FTE in one unit


@dataclass(frozen=True)
class _Task:
    """One row of the outline; `week` and `finish_week` (the first after) are those of the plan, None for a row that sums up others."""

    uid: int
    level: int
    number: str
    name: str
    start: datetime
    finish: datetime
    days: int
    milestone: bool = False
    cost_idr: int = 0
    note: str = ""
    after: tuple[int, ...] = ()
    leaf: bool = True


def project_xml(plan: Plan, say: Say) -> str:
    """The plan as tasks by section, initiative and phase, with links, people, cost and a calendar with the closed days.

    Every phase starts no earlier than the plan says, on the first working day of its week, and lasts its working days: a scheduler that
    reads the file comes to the plan's dates.
    """
    closed = {day for day in _closed(plan)}
    tasks = _tasks(plan, say, closed)
    root = Xml.Element("Project", {"xmlns": SPACE})
    region, settings = plan.inputs.region, plan.inputs.settings
    title = region.plan_title(say.language, settings.years)
    _fill(root, {
        "SaveVersion": 14, "Name": f"{plan.inputs.scenario.name}.xml", "Title": title, "Company": region.name,
        "CreationDate": datetime.combine(settings.issued_on, MORNING), "ScheduleFromStart": 1, "StartDate": tasks[0].start,
        "FinishDate": tasks[0].finish, "FYStartDate": 1, "CurrencyDigits": 0, "CurrencySymbol": "Rp", "CurrencyCode": "IDR",
        "CurrencySymbolPosition": 0, "CalendarUID": 1, "DefaultStartTime": MORNING, "DefaultFinishTime": EVENING,
        "MinutesPerDay": HOURS * 60, "MinutesPerWeek": 5 * HOURS * 60, "DaysPerMonth": 20, "DefaultTaskType": FIXED_DURATION,
        "DurationFormat": DAYS, "WorkFormat": 2, "HonorConstraints": 1, "NewTasksEffortDriven": 0,
    })  # fmt: skip
    _calendar(Xml.SubElement(root, "Calendars"), plan, say)
    listed = Xml.SubElement(root, "Tasks")
    for row, task in enumerate(tasks):
        _task(listed, row, task)
    _people(root, plan, say, {t.uid: t for t in tasks})
    Xml.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _fill(parent: Xml.Element, values: Mapping[str, object]) -> None:
    """Add elements in the given order."""
    for name, value in values.items():
        Xml.SubElement(parent, name).text = _text(value)


def _text(value: object) -> str:
    if isinstance(value, (datetime, time)):
        return value.isoformat()
    return "".join(c for c in str(value) if c.isprintable() or c in "\n\t")  # XML knows no control characters


def _closed(plan: Plan) -> list[date]:
    """Days without any work, in order."""
    days: set[date] = set()
    for holiday in plan.inputs.rows["holidays"].values():
        if holiday.capacity == 0:
            days |= {holiday.first + timedelta(days=n) for n in range((holiday.last - holiday.first).days + 1)}
    return sorted(days)


def _workdays(first: date, last: date, closed: set[date]) -> list[date]:
    """Working days from `first` to `last`; where there is none, the next one after."""
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found = [day for day in span if day.weekday() < 5 and day not in closed]
    while not found:
        last += timedelta(days=1)
        found = [last] if last.weekday() < 5 and last not in closed else []
    return found


def _tasks(plan: Plan, say: Say, closed: set[date]) -> list[_Task]:
    """The outline from the whole plan down to phases, every phase once; what has no place in the plan is left out."""
    network, rows, timeline = plan.network, plan.inputs.rows, plan.timeline
    live, start, finish = plan.schedule.live[0], plan.schedule.start[0], plan.schedule.finish[0]
    paid = plan.schedule.paid_idr[0].sum(axis=1)
    held = {(r.initiative, r.phase): held_by(say, plan, r) for r in kept(plan, activity_links).itertuples()}
    # UIDs hold as long as the lists of the data do: phases from 1, then initiatives, then sections
    first_group = len(network.activities) + 1
    first_section = first_group + len(network.groups)
    made: list[_Task] = []

    def days_of(begin: int, end: int) -> tuple[datetime, datetime, int]:
        if begin == end:
            day = _workdays(timeline.day(begin), timeline.day(begin), closed)[0]
            return datetime.combine(day, MORNING), datetime.combine(day, MORNING), 0
        work = _workdays(timeline.day(begin), timeline.last_day(end), closed)
        return datetime.combine(work[0], MORNING), datetime.combine(work[-1], EVENING), len(work)

    def leaf(uid: int, level: int, number: str, name: str, weeks: tuple[int, int], **more) -> _Task:
        begin, end, days = days_of(*weeks)
        return _Task(uid, level, number, name, begin, end, days, milestone=days == 0, **more)

    def summed(uid: int, level: int, number: str, name: str, inside: list[_Task], note: str = "") -> _Task:
        begin, end = min(t.start for t in inside), max(t.finish for t in inside)
        days = len(_workdays(begin.date(), end.date(), closed)) if end > begin else 0
        return _Task(uid, level, number, name, begin, end, days, note=note, leaf=False)

    def last_of(group: int) -> int:
        return network.chains[group][-1] + 1 if network.chains[group] else first_group + group

    sections = [s for s in SECTIONS if any(rows["initiatives"][k].section == s and live[g] >= 0 for g, k in enumerate(network.groups))]
    for s, section in enumerate(sections, 1):
        block: list[_Task] = []
        inside = [g for g, k in enumerate(network.groups) if rows["initiatives"][k].section == section and live[g] >= 0]
        for i, g in enumerate(inside, 1):
            key = network.groups[g]
            row, number = rows["initiatives"][key], f"{s}.{i}"
            ahead = tuple(last_of(b) for b in network.after[g] if live[b] >= 0)
            who = rows["agencies"][row.owner].name
            if not network.chains[g]:
                cost = int(paid[network.line_group == g].sum())
                weeks = (int(live[g]), int(live[g]))
                block.append(leaf(first_group + g, 2, number, say.title(row), weeks, cost_idr=cost, note=who, after=ahead))
                continue
            phases = []
            for n, a in enumerate(network.chains[g], 1):
                name, cost = network.activities[a][1], int(paid[network.line_activity == a].sum())
                if n == len(network.chains[g]):  # running costs follow the last phase
                    cost += int(paid[(network.line_group == g) & (network.line_activity < 0)].sum())
                after = ahead if n == 1 else (network.chains[g][n - 2] + 1,)
                phases.append(leaf(
                    a + 1, 3, f"{number}.{n}", named(say, PHASES, name), (int(start[a]), int(finish[a])), cost_idr=cost,
                    note=held[key, name], after=after,
                ))  # fmt: skip
            block += [summed(first_group + g, 2, number, say.title(row), phases, who), *phases]
        made += [summed(first_section + s, 1, str(s), named(say, SECTIONS, section), block), *block]
    if not made:
        whole = leaf(0, 0, "0", plan.inputs.region.short_name, (0, 0))
        return [_Task(**{**whole.__dict__, "leaf": False})]
    return [summed(0, 0, "0", plan.inputs.region.short_name, made), *made]


def _task(parent: Xml.Element, row: int, task: _Task) -> None:
    element = Xml.SubElement(parent, "Task")
    values = {
        "UID": task.uid, "ID": row, "Name": task.name, "Type": FIXED_DURATION, "IsNull": 0, "WBS": task.number,
        "OutlineNumber": task.number, "OutlineLevel": task.level, "Priority": 500, "Start": task.start, "Finish": task.finish,
        "Duration": f"PT{task.days * HOURS}H0M0S", "DurationFormat": DAYS, "EffortDriven": 0, "Estimated": 0,
        "Milestone": int(task.milestone), "Summary": int(not task.leaf),
    }  # fmt: skip
    if task.leaf:
        values |= {"FixedCost": task.cost_idr * HUNDREDTHS, "FixedCostAccrual": 2, "PercentComplete": 0, "ActualDuration": "PT0H0M0S"}
        values |= {"RemainingDuration": values["Duration"], "ConstraintType": START_NO_EARLIER}
        values |= {"CalendarUID": -1, "ConstraintDate": task.start}
    else:
        values |= {"ConstraintType": AS_SOON_AS_POSSIBLE, "CalendarUID": -1}
    if task.note:
        values["Notes"] = task.note
    _fill(element, values)
    for before in task.after:
        link = Xml.SubElement(element, "PredecessorLink")
        _fill(link, {"PredecessorUID": before, "Type": FINISH_TO_START, "CrossProject": 0, "LinkLag": 0, "LagFormat": DAYS})


def _calendar(parent: Xml.Element, plan: Plan, say: Say) -> None:
    """Monday to Friday, 8 to 12 and 13 to 17; days without any work are exceptions, also in the way of older readers."""
    calendar = Xml.SubElement(parent, "Calendar")
    _fill(calendar, {"UID": 1, "Name": say("Working days"), "IsBaseCalendar": 1, "BaseCalendarUID": -1})
    names = {day: "" for day in _closed(plan)}
    for holiday in plan.inputs.rows["holidays"].values():
        names |= {day: holiday.name for day in names if holiday.capacity == 0 and holiday.first <= day <= holiday.last}
    week = Xml.SubElement(calendar, "WeekDays")
    for number in range(1, 8):  # 1 is Sunday
        day = Xml.SubElement(week, "WeekDay")
        works = 2 <= number <= 6
        _fill(day, {"DayType": number, "DayWorking": int(works)})
        if works:
            times = Xml.SubElement(day, "WorkingTimes")
            for begin, end in ((MORNING, NOON), (AFTERNOON, EVENING)):
                _fill(Xml.SubElement(times, "WorkingTime"), {"FromTime": begin, "ToTime": end})
    for off in names:
        day = Xml.SubElement(week, "WeekDay")
        _fill(day, {"DayType": 0, "DayWorking": 0})
        _period(day, off)
    exceptions = Xml.SubElement(calendar, "Exceptions")
    for off, name in names.items():
        exception = Xml.SubElement(exceptions, "Exception")
        _fill(exception, {"EnteredByOccurrences": 0})
        _period(exception, off)
        _fill(exception, {"Occurrences": 1, "Name": name, "Type": 1, "DayWorking": 0})


def _period(parent: Xml.Element, day: date) -> None:
    period = Xml.SubElement(parent, "TimePeriod")
    _fill(period, {"FromDate": datetime.combine(day, time()), "ToDate": datetime.combine(day, time(23, 59))})


def _people(root: Xml.Element, plan: Plan, say: Say, tasks: Mapping[int, _Task]) -> None:
    """Roles as resources, with the most of them that the plan may use, and what every phase takes of them."""
    network, rows = plan.network, plan.inputs.rows
    resources = Xml.SubElement(root, "Resources")
    for n, key in enumerate(network.roles, 1):
        most = int(network.capacity[n - 1].max(initial=0)) / FULL
        values = {"UID": n, "ID": n, "Name": say.title(rows["roles"][key]), "Type": WORK, "IsNull": 0, "MaxUnits": most}
        _fill(Xml.SubElement(resources, "Resource"), values)
    assignments = Xml.SubElement(root, "Assignments")
    uid = 0
    for a in range(len(network.activities)):
        task = tasks.get(a + 1)
        if task is None or task.milestone:
            continue
        for r in range(len(network.roles)):
            need = int(network.role_demand[a, r])
            if not need:
                continue
            uid += 1
            minutes = task.days * HOURS * 60 * need // FULL
            work = f"PT{minutes // 60}H{minutes % 60}M0S"
            _fill(Xml.SubElement(assignments, "Assignment"), {
                "UID": uid, "TaskUID": task.uid, "ResourceUID": r + 1, "ActualWork": "PT0H0M0S", "Finish": task.finish,
                "RemainingWork": work, "Start": task.start, "Units": need / FULL, "Work": work,
            })  # fmt: skip
