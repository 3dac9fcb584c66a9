"""The figures of many draws as plain numbers and dates, for the command line and for programs."""

from __future__ import annotations

from typing import Any

import pandas as pd

from egov_model.analysis import confidence
from egov_model.analysis.drawn import Outlook
from egov_model.model.plan import Plan


def headline_figures(plan: Plan, outlook: Outlook) -> dict[str, Any]:
    """What stands beside the headline of a plan: quantiles of the total and of the finish (a date; None: beyond every date that draws
    have) with their standard errors, and the shares of draws in which the plan's own numbers hold."""
    money, finish = confidence.money(plan, outlook).loc["total"], confidence.finish_weeks(outlook)
    made: dict[str, Any] = {"draws": outlook.draws, "seed": outlook.seed}
    made |= {f"total_p{_percent(share)}_idr": int(money[f"p{_percent(share)}_idr"]) for share in confidence.TOLD}
    made["total_p80_error_idr"] = None if pd.isna(money["p80_error_idr"]) else round(float(money["p80_error_idr"]))
    for share, row in finish.iterrows():
        made[f"finish_p{_percent(share)}"] = _last_day(plan, outlook, int(row["week"]))
    made["finish_p80_error_weeks"] = _number(finish.loc[confidence.SURE, "error_weeks"])
    made |= {f"{name}_holds_share": share for name, share in confidence.held(outlook).items()}
    made["without_date_share"] = float((outlook.finish_week >= outlook.never).mean())
    made["cost_finish_correlation"] = confidence.rank_correlation(outlook.total_idr, outlook.finish_week)
    return made


def risk_figures(plan: Plan, outlook: Outlook) -> dict[str, Any]:
    """All figures as JSON takes them: those of `headline_figures`; money and ceilings by year, milestones, contingency and the parts of the
    total's P80 with the columns of `confidence`, and the pairs of money and date that hold together in 70 % of the draws."""
    milestones = confidence.milestones(plan, outlook)
    for name in [name for name in milestones if name.endswith("_week")]:
        milestones[name.removesuffix("_week")] = [_last_day(plan, outlook, int(week)) for week in milestones.pop(name)]
    frontier = confidence.frontier(outlook)
    frontier["finish"] = [_last_day(plan, outlook, int(week)) for week in frontier["week"]]
    return {
        **headline_figures(plan, outlook),
        "by_year": _rows(confidence.money(plan, outlook)),
        "ceilings": _rows(confidence.ceilings(plan, outlook)),
        "milestones": _rows(milestones),
        "contingency": _rows(confidence.contingency(plan, outlook)),
        "parts_of_p80": _rows(confidence.parts_of_total(outlook)),
        "joint_70": _rows(frontier[["finish", "total_idr"]], index=False),
    }


def _percent(share: float) -> int:
    return round(share * 100)


def _last_day(plan: Plan, outlook: Outlook, week: int) -> str | None:
    """Last day of work that ends before a week, as ISO text."""
    return plan.timeline.last_day(week).isoformat() if week < outlook.never else None


def _number(value: float) -> float | None:
    return None if pd.isna(value) else round(float(value), 2)


def _rows(frame: pd.DataFrame, index: bool = True) -> list[dict[str, Any]]:
    """Rows of a frame with plain values; what is not a number is None."""
    table = frame.reset_index() if index else frame
    table = table.astype(object).where(table.notna(), None)
    return [{name: value.item() if hasattr(value, "item") else value for name, value in row.items()} for row in table.to_dict("records")]
