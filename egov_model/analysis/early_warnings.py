"""What a look at the actuals should make somebody do: which initiative, why, and by when at the latest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from egov_model.analysis.deadlines import PROCUREMENT, deadlines
from egov_model.analysis.forecast import Forecast
from egov_model.analysis.standing import IN_WORK, LIVE, WAITING
from egov_model.inputs.actuals import last_day
from egov_model.model.plan import Plan

LATE_START, BEHIND, OVERSPENT, NOT_CLOSED, CONTRACT_OVER, SILENT, LATE_END, ABSORPTION = (
    "late_start", "behind", "overspent", "not_closed", "contract_over", "silent", "late_end", "absorption",
)  # fmt: skip
POINTS = 0.1  # of progress that work is behind before it is told
MONEY = 1.1  # times what was earned
LATE_WEEKS = 13  # later than planned in four of five draws
QUIET_MONTHS = 2
NEAR_WEEKS = 26  # what begins later can still be planned otherwise: the report on risk tells of it


@dataclass(frozen=True)
class Warned:
    """One warning: its `kind`, the initiative ("" for the plan as a whole), the day by which to act (None: none), figures to say."""

    kind: str
    initiative: str
    act_by: date | None
    values: dict[str, object] = field(default_factory=dict)


def early_warnings(plan: Plan, frame: pd.DataFrame, quarters: pd.DataFrame, as_of: date, ahead: Forecast | None) -> list[Warned]:
    """Warnings by the day to act, those without one first; `frame` and `quarters` as `tracking` makes them of the same day.

    At most one of each kind for an initiative; an end later than planned only where no nearer cause was told.
    """
    fiscal = plan.inputs.rows["fiscal_years"].get(str(as_of.year))
    signing = _last_signing(plan, as_of) if (frame["stage"] == WAITING).any() else {}
    made: list[Warned] = []
    for row in frame.itertuples():
        own = list(_of_initiative(plan, row, as_of, fiscal, signing))
        if ahead is not None and not own and row.stage != LIVE:
            own = list(_late_end(plan, row, ahead, as_of, fiscal))
        made += own
    if (over := quarters[quarters["paid_idr"].notna()]).shape[0]:
        last = over.iloc[-1]
        if last["paid_share"] is not None and last["paid_share"] < last["typical_low"]:
            told = {"year": int(last["year"]), "quarter": int(last["quarter"]), "share": last["paid_share"], "typical": last["typical"]}
            made.append(Warned(ABSORPTION, "", fiscal.last_contract if fiscal else None, told))
    return sorted(made, key=lambda w: (w.act_by is not None, w.act_by or date.min, w.initiative, w.kind))


def _of_initiative(plan: Plan, row, as_of: date, fiscal, signing: dict[str, date]) -> Iterator[Warned]:
    initiative = plan.inputs.rows["initiatives"][row.initiative]
    close = fiscal.payment_close if fiscal else None
    if row.stage == WAITING and row.started is None and row.planned_start <= as_of:
        yield Warned(LATE_START, row.initiative, signing.get(row.initiative, fiscal.last_contract if fiscal else None),
                     {"weeks": (as_of - row.planned_start).days // 7, "planned": row.planned_start})  # fmt: skip
    if row.stage == IN_WORK and row.share < row.planned_share - POINTS:
        yield Warned(BEHIND, row.initiative, close, {"share": row.share, "planned": row.planned_share})
    if row.ac_idr > MONEY * row.ev_idr and row.ac_idr - row.ev_idr > row.bac_idr / 100:
        yield Warned(OVERSPENT, row.initiative, fiscal.revised_budget if fiscal and fiscal.revised_budget > as_of else close,
                     {"paid": row.ac_idr, "earned": row.ev_idr})  # fmt: skip
    if row.stage == IN_WORK and initiative.contract == "single" and fiscal and close and row.share > 0:
        pace = row.share / max(1, (as_of - row.started).days)
        if (close - as_of).days * pace < 1 - row.share:
            yield Warned(NOT_CLOSED, row.initiative, close, {"share": row.share, "days": max(0, (close - as_of).days)})
    ends = [c.ends for c in plan.inputs.rows["commitments"].values() if c.initiative == row.initiative and c.signed <= as_of]
    if row.stage != LIVE and ends and max(ends) < as_of:
        yield Warned(CONTRACT_OVER, row.initiative, close, {"ends": max(ends), "share": row.share})
    months = [p.month for p in plan.inputs.rows["progress"].values() if p.initiative == row.initiative and last_day(p.month) <= as_of]
    if row.stage == IN_WORK and months and _months_between(max(months), as_of) >= QUIET_MONTHS:
        yield Warned(SILENT, row.initiative, as_of, {"month": max(months)})


def _late_end(plan: Plan, row, ahead: Forecast, as_of: date, fiscal) -> Iterator[Warned]:
    """An end that is later than planned in four of five draws, whatever the cause, of what is under way or begins soon."""
    if row.initiative not in ahead.groups or (row.planned_start - as_of).days > 7 * NEAR_WEEKS:
        return
    live = ahead.live[:, ahead.groups.index(row.initiative)].astype(float)
    live[live < 0] = ahead.never
    planned = (row.planned_live - plan.timeline.start).days // 7
    likely = float(np.quantile(live, 0.2, method="inverted_cdf"))
    if likely - planned > LATE_WEEKS:
        act_by = row.planned_start if row.planned_start > as_of else fiscal.payment_close if fiscal else None
        yield Warned(LATE_END, row.initiative, act_by, {"weeks": int(likely) - planned})


def _last_signing(plan: Plan, as_of: date) -> dict[str, date]:
    """The next last day to send each initiative's procurement off."""
    frame = deadlines(plan)
    days: dict[str, date] = {}
    for row in frame.itertuples():  # soonest first
        if row.kind == PROCUREMENT and row.day >= as_of:
            days.setdefault(row.initiative, row.day)
    return days


def _months_between(month: str, day: date) -> int:
    return (day.year - int(month[:4])) * 12 + day.month - int(month[5:])
