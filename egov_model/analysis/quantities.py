"""How much of each thing the money of a budget cell buys."""

from __future__ import annotations

import pandas as pd

from egov_model.model.plan import Plan


def paid_units(plan: Plan) -> pd.Series:
    """Units really paid for in each row of the budget: those of a whole year by the share of the year's cost that is paid.

    A subscription that begins in July pays half a year's months; a contract over two years splits its quantity like its money.
    """
    budget, column = plan.budget, {key: n for n, key in enumerate(plan.estimate.lines)}
    contract = budget.groupby("line")["amount_idr"].sum()
    shares = []
    for row in budget.itertuples():
        year = plan.timeline.years.index(row.year)
        whole = contract[row.line] if row.timing == "once" else plan.estimate.amount_idr[0, column[row.line], year]
        shares.append(row.amount_idr / int(whole))
    return budget["units"] * pd.Series(shares, index=budget.index, dtype=float)
