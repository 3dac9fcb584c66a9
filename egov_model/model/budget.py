"""The budget as a tidy frame: every cost line in every year it is paid, with the codes of that year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from egov_model.inputs.scenario import PlanInputs
from egov_model.model.estimate import Estimate
from egov_model.model.rounding import reconciled

COLUMNS = (
    "initiative", "title_id", "title_en", "section", "agency", "fund", "program_code", "kegiatan_code",
    "sub_kegiatan_code", "sub_kegiatan", "account_code", "account", "account_group", "item",
    "item_name", "timing", "line", "year", "units", "amount_idr", "rka_idr",
)  # fmt: skip


def budget_frame(inputs: PlanInputs, years: Sequence[int], estimate: Estimate, paid_idr: np.ndarray) -> pd.DataFrame:
    """The budget of the first draw as a tidy frame, columns as `Plan.budget` says; codes are those valid in the year of payment.

    paid_idr (lines, years), int64: what the schedule pays for each line of the estimate.
    """
    rows, rka_idr = inputs.rows, reconciled(paid_idr)
    codes = {(c.key, year): c for c in rows["sub_activities"].values() for year in range(c.valid_from, c.valid_to + 1)}
    accounts = {(a.key, year): a for a in rows["accounts"].values() for year in range(a.valid_from, a.valid_to + 1)}
    made = []
    for n, key in enumerate(estimate.lines):
        line = rows["cost_lines"][key]
        initiative = rows["initiatives"][line.initiative]
        for y, year in enumerate(years):
            amount = int(paid_idr[n, y])
            if amount == 0:
                continue
            sub, account = codes[initiative.sub_activity, year], accounts[line.account, year]
            code = sub.code.replace("X.XX", rows["agencies"][initiative.owner].urusan)
            parts = code.split(".")
            made.append(
                {
                    "initiative": initiative.id,
                    "title_id": initiative.title_id,
                    "title_en": initiative.title_en,
                    "section": initiative.section,
                    "agency": initiative.owner,
                    "fund": initiative.fund,
                    "program_code": ".".join(parts[:3]),
                    "kegiatan_code": ".".join(parts[:5]),
                    "sub_kegiatan_code": code,
                    "sub_kegiatan": sub.name,
                    "account_code": account.code,
                    "account": account.name,
                    "account_group": account.group,
                    "item": line.item,
                    "item_name": rows["prices"][line.item].name,
                    "timing": line.timing,
                    "line": key,
                    "year": year,
                    "units": float(estimate.units[0, n, y]),
                    "amount_idr": amount,
                    "rka_idr": int(rka_idr[n, y]),
                }
            )
    return pd.DataFrame(made, columns=list(COLUMNS)).astype({"rka_idr": "int64", "amount_idr": "int64", "year": "int64"})
