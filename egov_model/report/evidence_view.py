"""How much money rests on what is known: a table and a sentence; formats, never computes."""

from __future__ import annotations

from egov_model.analysis.evidence import assumed_share, money
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.wording import Say
from egov_model.report.words import EVIDENCE, named


def evidence_money(say: Say, plan: Plan) -> Table:
    """Money by evidence of the price, of the quantity and of the weaker of both."""
    frame = money(plan)
    sums = frame.sum()
    rows = []
    for kind, row in (*frame.iterrows(), (None, sums)):
        cells = [cell for name in frame.columns for cell in (say.money(int(row[name])), say.percent(row[name] / max(1, sums[name]), 1))]
        rows.append((say("Total") if kind is None else named(say, EVIDENCE, kind), *cells))
    share = say("Share")
    heads = (say("Evidence"), say("By price"), share, say("By quantity"), share, say("By the weaker of both"), share)
    caption = say("How well the money is known")
    return Table(caption, heads, tuple(rows), frozenset(range(1, 7)), frozenset([len(rows) - 1]), cards=True)


def quantities_too(say: Say, plan: Plan) -> str:
    """What the share becomes when quantities count as well."""
    return say(
        "Prices that are assumptions carry {price} of the money. How much is bought is mostly this plan's own proposal: when quantities "
        "count as well, {both} of the money rests on at least one assumption.",
        price=say.percent(assumed_share(plan)), both=say.percent(assumed_share(plan, "both_idr")),
    )  # fmt: skip
