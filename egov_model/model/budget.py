"""The budget as a tidy frame: every cost line in every year it is paid, with the codes of that year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from egov_model.inputs.priced import priced_items
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.estimate import Estimate
from egov_model.model.rounding import reconciled


def budget_frame(inputs: PlanInputs, years: Sequence[int], estimate: Estimate, paid_idr: np.ndarray) -> pd.DataFrame:
    """The budget of the first draw as a tidy frame, columns as `Plan.budget` says; codes are those valid in the year of payment.

    paid_idr (lines, years), int64: what the schedule pays for each line of the estimate.
    """
    rows, items = inputs.rows, priced_items(inputs.rows)
    line_at, year_at = np.nonzero(paid_idr)
    lines = [rows["cost_lines"][key] for key in estimate.lines]
    initiatives = [rows["initiatives"][line.initiative] for line in lines]
    codes = {(c.key, year): c for c in rows["sub_activities"].values() for year in range(c.valid_from, c.valid_to + 1)}
    accounts = {(a.key, year): a for a in rows["accounts"].values() for year in range(a.valid_from, a.valid_to + 1)}
    cells = [(n, years[y]) for n, y in zip(line_at.tolist(), year_at.tolist(), strict=True)]
    subs = [codes[initiatives[n].sub_activity, year] for n, year in cells]
    full = [sub.code.replace("X.XX", rows["agencies"][initiatives[n].owner].urusan) for sub, (n, _) in zip(subs, cells, strict=True)]
    program, kegiatan = ({code: _first_parts(code, count) for code in set(full)} for count in (3, 5))
    paid_from = [accounts[lines[n].account, year] for n, year in cells]

    def by_line(values: Iterable[str]) -> np.ndarray:
        return np.array(list(values), dtype=object)[line_at]

    made = {
        "initiative": by_line(i.id for i in initiatives),
        "title_id": by_line(i.title_id for i in initiatives),
        "title_en": by_line(i.title_en for i in initiatives),
        "section": by_line(i.section for i in initiatives),
        "agency": by_line(i.owner for i in initiatives),
        "fund": by_line(i.fund for i in initiatives),
        "program_code": [program[code] for code in full],
        "kegiatan_code": [kegiatan[code] for code in full],
        "sub_kegiatan_code": full,
        "sub_kegiatan": [sub.name for sub in subs],
        "account_code": [account.code for account in paid_from],
        "account": [account.name for account in paid_from],
        "account_group": [account.group for account in paid_from],
        "item": by_line(line.item for line in lines),
        "item_name": by_line(items[line.item].name for line in lines),
        "timing": by_line(line.timing for line in lines),
        "line": by_line(estimate.lines),
        "year": np.array(years, dtype=np.int64)[year_at],
        "units": estimate.quantity[0, line_at] * estimate.counts[line_at, year_at],
        "amount_idr": paid_idr[line_at, year_at],
        "rka_idr": reconciled(paid_idr)[line_at, year_at],
    }
    return pd.DataFrame(made)


def _first_parts(code: str, count: int) -> str:
    return ".".join(code.split(".", count)[:count])
