"""The deadlines of a plan as an iCalendar file (RFC 5545) that calendars of phones and offices import."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from egov_model.analysis.deadlines import PROCUREMENT, STAFF, deadlines
from egov_model.analysis.kept import kept
from egov_model.model.plan import Plan
from egov_model.report.deadlines_view import act, missed, owner, planned
from egov_model.report.wording import Say

REMIND = timedelta(days=-14)


def deadlines_calendar(plan: Plan, say: Say) -> str:
    """Every deadline as an event of a whole day, lines ended by CRLF; the same plan gives the same text.

    A deadline keeps its UID when its day moves, so that a calendar that imports the file again moves the entry.
    """
    region, scenario = plan.inputs.region, plan.inputs.scenario
    title = region.plan_title(say.language, plan.inputs.settings.years)
    issued = datetime.combine(plan.inputs.settings.issued_on, time(), tzinfo=UTC)
    made = Calendar()
    made.add("prodid", f"-//egov-model//{scenario.name}//{say.language.upper()}")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    name = scenario.title if say.language == "id" else scenario.title_en
    made.add("x-wr-calname", _line(f"{say('Deadlines of decisions')}: {region.short_name}, {name}"))
    place = re.sub(r"[^a-z0-9]+", "-", region.short_name.lower()).strip("-")
    for r in kept(plan, deadlines).itertuples():
        event = Event()
        event.add("uid", f"{r.key}.{scenario.name}@{place}.egov-model")
        event.add("dtstamp", issued)
        event.add("dtstart", r.day)
        event.add("dtend", r.day + timedelta(days=1))
        event.add("summary", _line(act(say, plan, r)))
        parts = (
            say("Responsible: {owner}.", owner=owner(say, plan, r)),
            planned(say, r),
            say("If missed: {what}", what=missed(say, plan, r)),
        )
        event.add("description", "\n".join(_line(part) for part in (*parts, title) if part))
        event.add("categories", [_kind(say, r.kind)])
        event.add("transp", "TRANSPARENT")  # takes nobody's time
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _line(act(say, plan, r)))
        alarm.add("trigger", REMIND)
        event.add_component(alarm)
        made.add_component(event)
    return made.to_ical().decode("utf-8")


def _kind(say: Say, kind: str) -> str:
    if kind == PROCUREMENT:
        return say("Procurement")
    return say("People") if kind.startswith(STAFF) else say("The budget year (APBD)")


def _line(text: str) -> str:
    """Text in one line."""
    return " ".join(text.split())
