"""Whose doubt makes the spread of cost, finish and index, as a sentence and a table; formats, never computes."""

from __future__ import annotations

from egov_model.analysis.tornado import COST, FINISH, INDEX
from egov_model.analysis.variance_shares import VarianceShares, variance_shares
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.input_names import GROUPS
from egov_model.report.remembered import remembered
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say, marked
from egov_model.report.words import named

BASE = 500  # draws in each of two samples: a page has its intervals beside the shares
MEASURES = {COST: marked("cost"), FINISH: marked("end of the work"), INDEX: marked("maturity index")}


def shares_finding(say: Say, plan: Plan, made: VarianceShares | None = None) -> str:
    """The group that makes most of the spread of each measure that varies."""
    made = made or remembered(plan, variance_shares, VarianceShares, BASE)
    told = []
    for on, word in MEASURES.items():
        if made.spread[on] > 0:
            row = made.frame[made.frame["on"] == on].iloc[0]
            told.append(
                say(
                    "{measure}: {group} ({share})",
                    measure=say(word),
                    group=named(say, GROUPS, row["group"]),
                    share=_share(say, row["total"]),
                )
            )
    if not told:
        return say("Nothing that is uncertain moves this plan")
    return say("What makes most of the spread: {measures}", measures="; ".join(told))


def shares_table(say: Say, plan: Plan, made: VarianceShares | None = None) -> Table:
    """Share of variance by group: alone, and with its interplay; intervals of 95 %."""
    made = made or remembered(plan, variance_shares, VarianceShares, BASE)
    by = made.frame.set_index(["on", "group"])
    rows = []
    for group in made.frame.loc[made.frame["on"] == COST, "group"]:
        cells = []
        for on in MEASURES:
            row = by.loc[(on, group)]
            pairs = ((row["first"], row["first_half"]), (row["total"], row["total_half"]))
            still = made.spread[on] == 0
            cells += [DASH if still else f"{_share(say, value)} \N{PLUS-MINUS SIGN} {say.number(100 * half)}" for value, half in pairs]
        rows.append((named(say, GROUPS, group), *cells))
    heads = [words for word in MEASURES.values() for words in (
        say("Share of the spread of the {measure}, alone", measure=say(word)),
        say("Share of the spread of the {measure}, with its interplay", measure=say(word)),
    )]  # fmt: skip
    caption = say(
        "Whose doubt makes the spread (share of variance, give or take, in per cent; {n} calculations of the plan)",
        n=say.number(made.evaluations),
    )
    return Table(caption, (say("Group of inputs"), *heads), tuple(rows), frozenset(range(1, 7)), cards=True)


def _share(say: Say, share: float) -> str:
    """An estimate below nothing or above all is noise."""
    return say.percent(min(1.0, max(0.0, share)))
