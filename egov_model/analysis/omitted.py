"""What a plan keeps, puts off and leaves out against the base scenario, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from egov_model.analysis.measures import MEASURES, measure
from egov_model.model.plan import Plan
from egov_model.model.problem import earliest_starts
from egov_model.model.worth import live_weeks

KEPT, LATER, OUT = "kept", "later", "out"
BY_SCENARIO = "by_scenario"  # cause of what the scenario itself drops
COLUMNS = ("initiative", "mandatory", "verdict", "go_live", "base_go_live", "cause", "concerns", "fund", *MEASURES)


@dataclass(frozen=True)
class Omitted:
    """`frame` has one row per initiative of the base scenario, columns COLUMNS: verdict (kept, later: live in a later year than in the
    base, out), go_live and base_go_live (dates or None), cause (the plan's status, or that the scenario drops it), concerns (see
    `Plan.initiatives`) and fund of one that is out; then what its omission alone, or its delay, costs by the end of `year`: see `measure`.
    `together`: the same of everything that is out, at once. `here` and `in_base`: what the plan and the base come to by then; the base
    leaves out some of the same."""

    frame: pd.DataFrame
    together: dict[str, float]
    here: dict[str, float]
    in_base: dict[str, float]
    year: int


def omitted(plan: Plan, base: Plan) -> Omitted | None:
    """A plan against the base; None when nothing is put off or out, and when both cover other years or scopes.

    What is out is put back at the week that windows, people and what it follows would allow it alone; what is late goes live as in the
    base. Everything else stays as in the plan.
    """
    if plan.timeline.years != base.timeline.years or plan.inputs.settings.scope != base.inputs.settings.scope:
        return None
    groups, year = base.network.groups, base.timeline.years[-1]
    here = {key: int(week) for key, week in zip(plan.network.groups, plan.schedule.live[0], strict=True)}
    live = np.array([here.get(key, -1) for key in groups], dtype=np.int64)
    weeks = base.timeline.weeks
    soonest = np.minimum(live_weeks(base.problem, np.minimum(earliest_starts(base.problem), weeks)), weeks)
    then = base.schedule.live[0]
    verdict = [_verdict(base, int(now), int(before)) for now, before in zip(live, then, strict=True)]
    if not set(verdict) & {LATER, OUT}:
        return None
    many = [live, live.copy()]
    many[1][live < 0] = soonest[live < 0]
    for g in range(len(groups)):
        other = live.copy()
        if verdict[g] == OUT:
            back = [n for n in _needed(base, g) if live[n] < 0]
            other[back] = soonest[back]
        elif verdict[g] == LATER:
            other[g] = then[g]
        many.append(other)
    measured = measure(base, np.array([*many, then]), year)
    costs = (measured.iloc[1:] - measured.iloc[0]).reset_index(drop=True)
    status = plan.initiatives.set_index("initiative")
    rows = []
    for g, key in enumerate(groups):
        row = base.inputs.rows["initiatives"][key]
        out = verdict[g] == OUT
        cause, concerns = (status.loc[key, "status"], status.loc[key, "concerns"]) if out and key in here else (BY_SCENARIO * out, "")
        rows.append(
            (key, row.mandatory, verdict[g], _day(plan, live[g]), _day(base, then[g]), cause, concerns, row.fund, *costs.iloc[g + 1])
        )
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    for name in ("go_live", "base_go_live"):
        frame[name] = frame[name].astype(object).where(frame[name].notna(), None)
    told = (costs.iloc[0], measured.iloc[0], measured.iloc[-1])
    together, here, in_base = ({name: float(row[name]) for name in MEASURES} for row in told)
    return Omitted(frame, together, here, in_base, year)


def _verdict(base: Plan, now: int, before: int) -> str:
    if now < 0:
        return OUT
    return LATER if before >= 0 and base.timeline.day(now).year > base.timeline.day(before).year else KEPT


def _day(plan: Plan, week: int):
    return plan.timeline.day(int(week)) if week >= 0 else None


def _needed(plan: Plan, group: int) -> set[int]:
    """A group with everything it follows."""
    made, ready = set(), [group]
    while ready:
        g = ready.pop()
        if g not in made:
            made.add(g)
            ready += plan.network.after[g]
    return made
