"""What holds an activity, in words."""

from __future__ import annotations

from egov_model.analysis import critical_chain as chain
from egov_model.model.plan import Plan
from egov_model.report.wording import Say
from egov_model.report.words import PHASES, named


def held_by(say: Say, plan: Plan, row) -> str:
    """What the start of an activity hangs on; `row` is one of `activity_links` as a named tuple."""
    told = _cause(say, plan, row)
    if row.gate_weeks and row.cause != chain.GATE:
        return say("{cause}; by then the budget gate had closed ({weeks})", cause=told, weeks=_weeks(say, row.gate_weeks))
    return told


def work(say: Say, plan: Plan, initiative: str, phase: str = "") -> str:
    """An initiative, or one phase of it."""
    title = say.title(plan.inputs.rows["initiatives"][initiative])
    return say("{initiative} ({phase})", initiative=title, phase=named(say, PHASES, phase).lower()) if phase else title


def _cause(say: Say, plan: Plan, row) -> str:
    rows = plan.inputs.rows
    role = say.title(rows["roles"][row.role]).partition(" (")[0] if row.role else ""  # without the functional post
    match row.cause:
        case chain.START:
            return say("starts with the plan")
        case chain.EARLIEST:
            return say("its own earliest date")
        case chain.PREDECESSOR if row.from_initiative == row.initiative:
            return say("follows {phase}", phase=named(say, PHASES, row.from_phase).lower())
        case chain.PREDECESSOR:
            return say("follows {work}", work=work(say, plan, row.from_initiative))
        case chain.GATE if row.late_weeks:
            return say(
                "budget gate: ready {late} too late for the one before, waits {wait}",
                late=_weeks(say, row.late_weeks), wait=_weeks(say, row.gate_weeks),
            )  # fmt: skip
        case chain.GATE:
            return say("budget gate: the first one open to it, waits {wait}", wait=_weeks(say, row.gate_weeks))
        case chain.PEOPLE:
            return say("{role} is busy until the end of {work}", role=role, work=work(say, plan, row.from_initiative, row.from_phase))
        case chain.ARRIVAL:
            return say("{role}: too few people before", role=role)
        case chain.CEILING:
            return say("the ceiling {fund} {year} is used up", fund=say.title(rows["funds"][row.fund]), year=row.year)
        case _:
            return say("could begin earlier, but what follows it could not")


def _weeks(say: Say, n: int) -> str:
    return say.plural("{n} week", "{n} weeks", int(n))
