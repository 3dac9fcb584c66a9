"""Warnings about actuals, and what moved between two issues, as sentences; formats, never computes."""

from __future__ import annotations

from datetime import date

from egov_model.analysis import early_warnings as warned
from egov_model.analysis import moved_since as issues
from egov_model.analysis.early_warnings import Warned
from egov_model.analysis.moved_since import Move
from egov_model.analysis.standing import IN_WORK, LIVE, WAITING
from egov_model.model.plan import Plan
from egov_model.report.wording import Say, marked
from egov_model.report.words import TABLES, named

STAGES = {WAITING: marked("Not begun"), IN_WORK: marked("Under way"), LIVE: marked("Live")}
CAUSES = {
    warned.LATE_START: marked("{who} should have begun on {planned} and has not, {weeks} weeks later; {act}"),
    warned.BEHIND: marked("{who} is {share} done, {planned} was planned by now; {act}"),
    warned.OVERSPENT: marked("{who} was paid {paid} for work worth {earned}; {act}"),
    warned.NOT_CLOSED: marked("{who} is {share} done and at this pace not finished in the {days} days until payments close; {act}"),
    warned.CONTRACT_OVER: marked("{who}: the contract ended on {ends}, the work is {share} done; {act}"),
    warned.SILENT: marked("{who} was last reported for {month}; {act}"),
    warned.LATE_END: marked("{who} ends at least {weeks} weeks later than planned in 80 of 100 possible outcomes; {act}"),
    warned.ABSORPTION: marked("Only {share} of the budget of {year} was paid by the end of quarter {quarter}, {typical} is typical; {act}"),
}
ACTS = {
    warned.LATE_START: marked("send its procurement off by {day}, else it waits for the next budget"),
    warned.BEHIND: marked("agree on a way to catch up; payments close on {day}"),
    warned.OVERSPENT: marked("have the payments checked, and the budget changed by {day}"),
    warned.NOT_CLOSED: marked("extend or end the contract before {day}"),
    warned.CONTRACT_OVER: marked("extend or end it; payments close on {day}"),
    warned.SILENT: marked("ask for the report by {day}"),
    warned.LATE_END: marked("see what it waits for before {day}"),
    warned.ABSORPTION: marked("contracts of this year must be signed by {day}"),
}
NO_DAY = marked("no day is left to act within this budget year")
MOVES = {
    issues.TOTAL: marked("The plan's money: {before} to {after}"),
    issues.FINISH: marked("The end of the plan: {before} to {after}"),
    issues.FORECAST_FINISH: marked("The end with 80 per cent confidence: {before} to {after}"),
    issues.FORECAST_TOTAL: marked("The money with 80 per cent confidence: {before} to {after}"),
    issues.OUT: marked("{who} is no longer in the plan (it was to be live on {before})"),
    issues.IN: marked("{who} is new in the plan, live on {after}"),
    issues.STARTS: marked("{who} begins on {after} instead of {before}"),
    issues.LIVE: marked("{who} is live on {after} instead of {before}"),
    issues.COSTS: marked("{who} costs {after} instead of {before}"),
    issues.INPUT: marked("Data changed: {who} ({count} rows)"),
}


def warning(say: Say, plan: Plan, one: Warned) -> str:
    """One warning with the initiative, the cause and the last day to act."""
    who = say.title(plan.inputs.rows["initiatives"][one.initiative]) if one.initiative else ""
    act = say(ACTS[one.kind], day=say.day(one.act_by)) if one.act_by else say(NO_DAY)
    return say(CAUSES[one.kind], who=who, act=act, **{name: _value(say, name, value) for name, value in one.values.items()}) + "."


def move(say: Say, plan: Plan, one: Move) -> str:
    """One thing that has moved since an issue."""
    if one.kind == issues.INPUT:
        return say(MOVES[one.kind], who=named(say, TABLES, one.about), count=say.number(int(one.after))) + "."
    initiatives = plan.inputs.rows["initiatives"]
    who = say.title(initiatives[one.about]) if one.about in initiatives else one.about
    before, after = (_moved_value(say, value) for value in (one.before, one.after))
    return say(MOVES[one.kind], who=who, before=before, after=after) + "."


def _moved_value(say: Say, value: date | int | None) -> str:
    return say("not known") if value is None else say.day(value) if isinstance(value, date) else say.money(value)


def _value(say: Say, name: str, value: object) -> str:
    if isinstance(value, date):
        return say.day(value)
    if name in ("paid", "earned"):
        return say.money(int(value))
    if name == "month":
        return say.month(date(int(value[:4]), int(value[5:]), 1))
    if isinstance(value, float):
        return say.percent(value)
    return str(value)
