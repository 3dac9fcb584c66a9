"""Which risks matter and which responses pay: the same draws without one risk, or with one response."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from egov_model.analysis.confidence import SURE, quantiles
from egov_model.analysis.drawn import Outlook
from egov_model.analysis.risk import simulate
from egov_model.inputs.risks import NONE, answered
from egov_model.model.plan import Plan


def risk_ranking(plan: Plan, outlook: Outlook) -> pd.DataFrame:
    """What the P80s lose when a risk is taken out of the register and all else is drawn as before; one row per risk, costliest first.

    Columns: risk, need_idr (of what the plan's own dates cost: never below 0), total_idr, finish_weeks (of what is scheduled again; below
    0 where without the risk more is live sooner and runs for longer, or where a schedule by order gets worse as work gets shorter, Graham
    1969), within_share (by which more draws are finished and paid within the plan). `outlook`: draws from 0 on, at the plan's settings.
    """
    before, rows = _p80s(outlook), []
    settings = plan.inputs.settings
    for key in plan.inputs.rows["risks"]:
        if key in settings.risks_off:
            continue
        after = simulate(under(plan, risks_off=(*settings.risks_off, key)), outlook.draws, outlook.seed)
        lost = (a - b for a, b in zip(before, _p80s(after), strict=True))
        rows.append((key, *lost, float(after.within.mean() - outlook.within.mean())))
    made = pd.DataFrame(rows, columns=["risk", "need_idr", "total_idr", "finish_weeks", "within_share"])
    return made.sort_values(["need_idr", "finish_weeks", "within_share"], ascending=False, kind="stable", ignore_index=True)


def response_worth(plan: Plan, outlook: Outlook) -> pd.DataFrame:
    """What each response not yet carried out brings, best first: risk, response_idr (what it costs over the plan), and saved_need_idr,
    saved_total_idr and saved_weeks, by which the P80s fall, its cost counted, and within_share as in `risk_ranking`."""
    before, rows = _p80s(outlook), []
    risks, words = plan.inputs.rows["risks"], plan.inputs.settings.risk_responses
    on = answered(risks, words)
    for key, row in risks.items():
        if key in on or key in plan.inputs.settings.risks_off:
            continue
        changed = (key,) if words == (NONE,) else (*on, key)
        after = simulate(under(plan, risk_responses=changed), outlook.draws, outlook.seed)
        cost = row.response_idr * sum(row.threatens(year) for year in plan.timeline.years)
        saved = (a - b for a, b in zip(before, _p80s(after), strict=True))
        rows.append((key, cost, *saved, float(after.within.mean() - outlook.within.mean())))
    made = pd.DataFrame(rows, columns=["risk", "response_idr", "saved_need_idr", "saved_total_idr", "saved_weeks", "within_share"])
    return made.sort_values(["saved_need_idr", "saved_weeks", "within_share"], ascending=False, kind="stable", ignore_index=True)


def under(plan: Plan, **settings: object) -> Plan:
    """The same plan, in the same order and on the same dates, under other settings of what is drawn."""
    changed = plan.inputs.settings.model_copy(update=settings)
    return replace(plan, inputs=replace(plan.inputs, settings=changed))


def _p80s(outlook: Outlook) -> tuple[int, int, int]:
    """P80 of what the plan's own dates cost, of the total and of the finish."""
    need = outlook.need_idr.sum(axis=(1, 2))
    return tuple(int(quantiles(np.asarray(values), [SURE])[0]) for values in (need, outlook.total_idr, outlook.finish_week))


@dataclass(frozen=True)
class Ranked:
    """Risks and responses over `draws` of the same seed: see `risk_ranking` and `response_worth`."""

    draws: int
    risks: pd.DataFrame
    responses: pd.DataFrame


def ranked(plan: Plan, seed: int, draws: int) -> Ranked:
    """Every risk taken out and every response carried out, one at a time, over so many shared draws."""
    outlook = simulate(plan, draws, seed)
    return Ranked(draws, risk_ranking(plan, outlook), response_worth(plan, outlook))
