"""How much of the assumptions' rupiah the survey form of each agency can settle, so that the right office is asked first."""

from __future__ import annotations

import pandas as pd

from egov_model.analysis.influence import swings
from egov_model.analysis.kept import kept
from egov_model.inputs.survey_scope import FORM_TABLES
from egov_model.model.plan import Plan

ASSUMPTION = "assumption"


def ask_first(plan: Plan) -> pd.DataFrame:
    """One row per agency whose form holds an assumption, the form that settles most rupiah first.

    Columns: agency, assumptions (rows of its form that are assumptions), moving (of them those that move cost), swing_idr (how far they
    move the total between their P10 and P90, one at a time, added up; int), share (of what all forms can settle), table and row (the one
    that weighs most; "" when none moves cost).
    """
    rows, frame = plan.inputs.rows, _assumed(plan)
    swing = {(r.table, r.row): int(r.swing_idr) for r in frame.itertuples() if r.swing_idr > 0}
    made = []
    for agency in rows["agencies"]:
        asked = [
            (name, key)
            for name, table in FORM_TABLES.items()
            for key, row in table.rows_of(rows, agency).items()
            if row.evidence == ASSUMPTION
        ]
        moving = sorted((where for where in asked if where in swing), key=lambda where: (-swing[where], where))
        if asked:
            most = moving[0] if moving else ("", "")
            made.append((agency, len(asked), len(moving), sum(swing[where] for where in moving), *most))
    told = pd.DataFrame(made, columns=["agency", "assumptions", "moving", "swing_idr", "table", "row"])
    told.insert(4, "share", told["swing_idr"] / max(1, int(told["swing_idr"].sum())))
    return told.sort_values(["swing_idr", "assumptions", "agency"], ascending=[False, False, True]).reset_index(drop=True)


def settled_share(plan: Plan) -> float:
    """Share of the swing of all assumptions that forms can settle; what is left lies in prices, growth and technology."""
    everything = int(_assumed(plan)["swing_idr"].sum())
    return int(ask_first(plan)["swing_idr"].sum()) / max(1, everything)


def _assumed(plan: Plan) -> pd.DataFrame:
    frame = kept(plan, swings)
    return frame[frame["evidence"] == ASSUMPTION]
