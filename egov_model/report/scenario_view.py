"""What a scenario changes against the base, in one sentence; formats, never computes."""

from __future__ import annotations

from egov_model.analysis.compare import headline
from egov_model.model.plan import Plan
from egov_model.report.wording import Say

NAMED = 3  # initiatives named before the rest is counted


def consequence(say: Say, plan: Plan, base: Plan) -> str:
    """Finish, initiatives that fall out or come in, and missing people, each against the base scenario."""
    mine, other = headline(plan), headline(base)
    lost, gained = _placed(base) - _placed(plan), _placed(plan) - _placed(base)
    finish = say("the last initiative is finished as in the base")
    if mine.finish is None or other.finish is None:
        finish = say("nothing new is finished") if mine.finish is None else say("the last initiative is finished in {month}",
                                                                                  month=say.month(mine.finish))  # fmt: skip
    elif (mine.finish.year, mine.finish.month) != (other.finish.year, other.finish.month):
        finish = say(
            "the last initiative is finished in {month} instead of {other}", month=say.month(mine.finish), other=say.month(other.finish)
        )
    moves = [*([_falls_out(say, plan, base, lost)] if lost else []), *([_comes_in(say, plan, gained)] if gained else [])]
    placed = say.listing(moves) if moves else say("the same initiatives find a place")
    if mine.peak_gap_fte == other.peak_gap_fte:
        gap = say("as many people are missing")
    else:
        missing = (say.number(h.peak_gap_fte, 1) for h in (mine, other))
        gap = say("up to {gap} FTE are missing at one time instead of {other}", **dict(zip(("gap", "other"), missing, strict=True)))
    return say("Against the base scenario: {finish}; {placed}; {gap}.", finish=finish, placed=placed, gap=gap)


def _placed(plan: Plan) -> set[str]:
    return set(plan.initiatives.loc[plan.initiatives["status"] == "placed", "initiative"])


def _falls_out(say: Say, plan: Plan, base: Plan, lost: set[str]) -> str:
    must = sum(base.inputs.rows["initiatives"][key].mandatory for key in lost)
    told = say.plural(
        "{n} initiative falls out ({titles})", "{n} initiatives fall out ({titles})", len(lost), titles=_titles(say, base, lost)
    )
    return told + (say.plural(", {n} of them mandatory", ", {n} of them mandatory", must) if must else "")


def _comes_in(say: Say, plan: Plan, gained: set[str]) -> str:
    return say.plural(
        "{n} more finds a place ({titles})", "{n} more find a place ({titles})", len(gained), titles=_titles(say, plan, gained)
    )


def _titles(say: Say, plan: Plan, keys: set[str]) -> str:
    """Titles in the order of the plan, the first few in full."""
    rows = plan.inputs.rows["initiatives"]
    titles = [say.title(rows[key]) for key in rows if key in keys]
    more = len(titles) - NAMED
    return say.listing(titles) if more <= 0 else say.listing([*titles[:NAMED], say.plural("{n} more", "{n} more", more)])
