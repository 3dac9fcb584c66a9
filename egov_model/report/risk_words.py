"""How draws are spoken of: chances as so many of a hundred, finishes as months, and what was drawn how."""

from __future__ import annotations

from egov_model.analysis.drawn import Outlook
from egov_model.model.horizon import YEARS_AFTER
from egov_model.model.plan import Plan
from egov_model.report.wording import Say, marked

CORRELATIONS = {
    "group": marked("values of one kind rise and fall together as far as correlations.csv says"),
    "independent": marked("every value is drawn by itself"),
    "half": marked("all prices, quantities, work and durations correlate by one half"),
    "full": marked("all prices, quantities, work and durations rise and fall as one"),
}
VIEWS = {
    "inside": marked("only this plan's own ranges and risk register count"),
    "outside": marked("what real projects elsewhere overran counts in full beside the plan's own ranges"),
    "blend": marked("what real projects elsewhere overran counts for {weight} beside the plan's own ranges"),
}


def of_hundred(say: Say, share: float) -> str:
    """A share of draws as people speak of it: 39 of 100; never 0 or 100 when it is neither."""
    if 0 < share < 0.005:
        return say("fewer than 1 of 100")
    if 0.995 <= share < 1:
        return say("more than 99 of 100")
    return say("{n} of 100", n=say.number(round(share * 100)))


def month_of(say: Say, plan: Plan, outlook: Outlook, week: int) -> str:
    """The month in which work that ends before `week` ends, or that draws hold no date for it."""
    if week >= outlook.never:
        return say("later than {year}", year=outlook.years[-1] + YEARS_AFTER)
    return say.month(plan.timeline.last_day(week))


def short_month_of(say: Say, plan: Plan, outlook: Outlook, week: int) -> str:
    """The same in few letters."""
    if week >= outlook.never:
        return say("after {year}", year=outlook.years[-1] + YEARS_AFTER)
    return say.short_month(plan.timeline.last_day(week))


def method(say: Say, plan: Plan, outlook: Outlook) -> str:
    """How many draws of what, under which settings."""
    settings = plan.inputs.settings
    told = say(
        "{draws} draws from seed {seed}; in each one prices, quantities, work, durations, ceilings and {risks} risks are drawn and the "
        "whole plan is scheduled again, with its people, budget gates and ceilings.",
        draws=say.number(outlook.draws), seed=outlook.seed, risks=say.number(len(plan.inputs.rows["risks"])),
    )  # fmt: skip
    view = say(VIEWS[settings.risk_view], weight=say.percent(settings.outside_weight))
    how = say("Settings: {correlation}; {view}.", correlation=say(CORRELATIONS[settings.correlation]), view=view)
    after = say(
        "What is pushed beyond {last} is followed until {end}; running costs count within the plan's years only.",
        last=outlook.years[-1], end=outlook.years[-1] + YEARS_AFTER,
    )  # fmt: skip
    return f"{told} {how} {after}"
