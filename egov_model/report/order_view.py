"""What the report says of the order in which initiatives are placed."""

from __future__ import annotations

from egov_model.analysis.order_gain import order_gain
from egov_model.model.plan import Plan
from egov_model.report.wording import Say


def order_finding(say: Say, plan: Plan) -> str:
    """What looking for an order gained over the column of priorities."""
    if plan.inputs.settings.scheduling == "priority":
        return say("Initiatives are placed by their priority alone; no better order was looked for.")
    if plan.inputs.settings.scheduling == "listed":
        return say("Initiatives are placed in the order that the scenario lists.")
    gain = order_gain(plan)
    more, sooner = gain.placed - gain.placed_by_priority, round(gain.weeks_sooner)
    parts = []
    if more > 0:
        parts.append(say.plural("{n} more initiative has a place", "{n} more initiatives have a place", more))
    if gain.mandatory_out < gain.mandatory_out_by_priority:
        kept = gain.mandatory_out_by_priority - gain.mandatory_out
        parts.append(say.plural("{n} of them mandatory", "{n} of them mandatory", kept))
    if sooner > 0:
        parts.append(say.plural("work is live {n} week sooner on average", "work is live {n} weeks sooner on average", sooner))
    if not parts:
        return say("The order that was looked for is the order of priority, or no better.")
    return say("Against placing by priority alone: {gains}.", gains=say.listing(parts))
