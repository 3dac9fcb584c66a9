"""How much of the plan's money rests on what is known and how much on assumptions: by price, by quantity, by the weaker of both."""

from __future__ import annotations

import pandas as pd

from egov_model.inputs.errors import Problem
from egov_model.inputs.priced import priced_items
from egov_model.model.plan import Plan

KINDS = ("high", "medium", "low", "assumption")  # from best to worst known
MOST_ASSUMED_SHARE = 0.4  # of the baseline's money, by price: the bar a publishable pack is held to


def money(plan: Plan) -> pd.DataFrame:
    """Rupiah of the plan by evidence (index, best first): price_idr by the price's evidence, quantity_idr by that of the line's
    quantity, both_idr by the weaker of the two; each column adds up to the plan's total.

    The price is the headline measure, as a price is a fact that can be looked up; a quantity is mostly the plan's own proposal.
    A row without evidence counts as an assumption.
    """
    amount = plan.budget["amount_idr"]
    prices, lines = priced_items(plan.inputs.rows), plan.inputs.rows["cost_lines"]
    price = plan.budget["item"].map(lambda key: _rank(prices[key].evidence)).astype("int64")
    quantity = plan.budget["line"].map(lambda key: _rank(lines[key].evidence)).astype("int64")
    ranks = {"price_idr": price, "quantity_idr": quantity, "both_idr": price.where(price >= quantity, quantity)}
    sums = {name: amount.groupby(rank).sum().reindex(range(len(KINDS)), fill_value=0) for name, rank in ranks.items()}
    return pd.DataFrame(sums).set_axis(list(KINDS)).astype("int64")


def assumed_share(plan: Plan, column: str = "price_idr") -> float:
    """Share of the plan's money on assumptions, by one column of `money`; 0 when nothing is spent."""
    sums = money(plan)[column]
    return float(sums["assumption"]) / max(1, int(sums.sum()))


def bar_problems(plan: Plan, folder: str) -> list[Problem]:
    """What `egov check --strict` says when too much of the plan's money rests on assumed prices; `folder` is the pack's name."""
    share = assumed_share(plan)
    if share <= MOST_ASSUMED_SHARE:
        return []
    found = f"{share:.1%} of the money of {plan.inputs.scenario.name} on assumptions"
    allowed = f"at most {MOST_ASSUMED_SHARE:.0%} (--strict)"
    return [Problem(f"{folder}/prices.csv", 0, "evidence", found, allowed, "the Assumptions report names the prices that weigh most")]


def _rank(evidence: str) -> int:
    return KINDS.index(evidence or KINDS[-1])
