"""First lines of reports whose figures each show only a part of the answer; every number comes from the plan."""

from __future__ import annotations

from egov_model.analysis.compare import headline
from egov_model.model.plan import Plan
from egov_model.report.decision_view import reach
from egov_model.report.findings import nothing_spent
from egov_model.report.wording import Say


def money(say: Say, plan: Plan) -> str:
    """What the plan costs, how much of it is new, and the year that costs most."""
    h = headline(plan)
    if h.total_idr == 0:
        return nothing_spent(say)
    told = {"total": say.money(h.total_idr), "span": say.plural("{n} year", "{n} years", len(plan.timeline.years))}
    told |= {"new": say.money(h.new_money_idr), "peak": say.money(h.peak_year_idr), "year": h.peak_year}
    if h.new_money_idr == 0:
        return say("{total} over {span}, all of it for what runs already; the most in {year}: {peak}", **told)
    return say("{total} over {span}, {new} of it new; the most in {year}: {peak}", **told)


def results(say: Say, plan: Plan) -> str:
    """What there is at the end of the plan: index, digital services, villages."""
    h, (villages, services) = headline(plan), reach(say, plan)
    told = {"year": plan.timeline.years[-1], "villages": villages, "services": services}
    if h.index is None:
        return say("By the end of {year}: {services} services digital, {villages} villages connected", **told)
    index = {"index": say.number(h.index, 2), "scored": h.index_year}
    if h.index_year != told["year"]:
        return say(
            "By the end of {year}: {services} services digital, {villages} villages connected; index {index} in {scored}", **told, **index
        )
    return say("By the end of {year}: index {index}, {services} services digital, {villages} villages connected", **told, **index)
