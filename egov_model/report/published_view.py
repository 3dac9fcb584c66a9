"""The plan's unit figures beside published ones as a table and a sentence; formats, never computes."""

from __future__ import annotations

import math

from egov_model.analysis.published import compared
from egov_model.model.plan import Plan
from egov_model.report.fragments import Table
from egov_model.report.wording import Say, marked

VERDICTS = {
    "within": marked("within"),
    "below": marked("below"),
    "above": marked("above"),
    "absent": marked("not in this plan"),
}


def published(say: Say, plan: Plan) -> Table:
    """Every published figure with the plan's own, the verdict and why it differs."""
    rows = []
    for r in compared(plan).itertuples():
        row = plan.inputs.rows["published"][r.key]
        ours = "\N{EN DASH}" if math.isnan(r.ours) else _value(say, row, r.ours)
        bounds = _value(say, row, r.low) if r.low == r.high else f"{_value(say, row, r.low)} \N{EN DASH} {_value(say, row, r.high)}"
        remark = (row.remark_id if say.language == "id" else row.remark_en) if r.verdict in ("below", "above") else ""
        rows.append((say.title(row), ours, bounds, str(r.price_year or "\N{EN DASH}"), say(VERDICTS[r.verdict]), remark or "\N{EN DASH}"))
    heads = (
        say("Unit figure"), say("The plan"), say("Published"), say("Price year"), say("Verdict"), say("Why it differs"),
    )  # fmt: skip
    return Table(say("Unit figures of the plan and published ones"), heads, tuple(rows), frozenset({1, 2}), cards=True)


def finding(say: Say, plan: Plan) -> str:
    """How many figures lie in their published range, and which do not."""
    frame = compared(plan)
    there = frame[frame["verdict"] != "absent"]
    if there.empty:
        return say("The plan has nothing that can be held against a published unit figure.")
    inside, everything = say.number(int((there["verdict"] == "within").sum())), say.number(len(there))
    named = {side: _titles(say, plan, there, side) for side in ("below", "above")}
    words = [say("{inside} of {all} unit figures of the plan lie within the published range.", inside=inside, all=everything)]
    if named["below"]:
        words.append(say("Below it: {list}.", list=named["below"]))
    if named["above"]:
        words.append(say("Above it: {list}.", list=named["above"]))
    return " ".join(words)


def _titles(say: Say, plan: Plan, frame, side: str) -> str:
    return "; ".join(say.title(plan.inputs.rows["published"][key]) for key in frame.loc[frame["verdict"] == side, "key"])


def _value(say: Say, row, value: float) -> str:
    """Money, a share, or a number, as the row's measure wants it."""
    if row.price_year:
        return say.rupiah(round(value))
    return say.percent(value, 1) if row.measure.endswith("share") else say.number(value, 1)
