"""The answer of `egov optimise` as one record of plain values and some frames."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from egov_model.analysis.appraisal import appraise
from egov_model.analysis.choice_scenario import choice_text
from egov_model.analysis.measures import measure
from egov_model.analysis.objectives import BENEFIT, objective
from egov_model.analysis.portfolio import (
    DROPPED,
    POSTPONED,
    Choice,
    choose_initiatives,
    frontier,
    one_billion,
    required_problem,
    verdicts,
)  # fmt: skip
from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import load_text
from egov_model.model.from_network import starts_of
from egov_model.model.optimise import optimise
from egov_model.model.plan import Plan, build_plan
from egov_model.model.verify import LATENESS, violations
from egov_model.model.worth import live_weeks

Result = dict[str, object]


def choice_result(
    plan: Plan, name: str, year: int | None, weights: Mapping[str, float] | None, limit: float, points: int | None, billion: bool,
    changes: Mapping[str, str], data: Path | str, saved_as: str, tell: Callable[[str], None],
) -> tuple[Result, dict[str, pd.DataFrame], str]:  # fmt: skip
    """What is chosen for an objective, frames by part, and the text of the choice as a scenario, which was loaded to see that it can be.

    What the choice brings (`brings`) is measured on the plan of that scenario. Raises InputError as `objective` does.
    """
    sought = objective(plan, required_problem(plan), name, year, weights)
    tell(f"searching: {sought.name} {sought.year}, {len(plan.network.groups)} initiatives")
    choice = choose_initiatives(plan, sought, limit)
    frames = {"initiatives": verdicts(choice)}
    text = choice_text(choice, changes)
    made = build_plan(load_text(saved_as or "pilihan", text, data))
    result = _told(choice, made, frames["initiatives"])
    if points:
        frames["frontier"] = frontier(choice, points, limit, tell)
    if billion:
        frames["billion"] = one_billion(choice, limit / 2, tell)
    return result, frames, text


def _told(choice: Choice, made: Plan, frame: pd.DataFrame) -> Result:
    found, sought, groups = choice.found, choice.objective, choice.plan.network.groups
    verdict = frame["verdict"]
    now = _brings(choice.plan, sought.year)
    live = dict(zip(made.network.groups, made.schedule.live[0].tolist(), strict=True))
    return {
        "scenario": choice.plan.inputs.scenario.name,
        "objective": sought.name,
        "year": sought.year,
        "unit": sought.unit,
        "value": choice.value,
        "best_schedule": sought.value(found.proven.value),
        "bound": sought.value(found.proven.bound),
        "gap": round(found.gap, 6),
        "gap_of_best_schedule": round(found.proven.gap, 6),
        "status": found.proven.status,
        "placed": len(found.placed.order),
        "of": len(groups),
        "postponed": int((verdict == POSTPONED).sum()),
        "dropped": int((verdict == DROPPED).sum()),
        "mandatory_without_place": [groups[g] for g in found.lacking],
        "mandatory_without_place_proven": found.lacking_proven,
        "paid_idr": int(made.schedule.paid_idr[0].sum()),
        "paid_now_idr": int(choice.plan.schedule.paid_idr[0].sum()),
        "brings": _brings(made, sought.year, choice.plan if sought.name == BENEFIT else None),
        "brings_now": now,
        "same_dates_as_scenario": all(live.get(key, -1) == week for key, week in zip(groups, choice.live.tolist(), strict=True)),
    }


def _brings(plan: Plan, year: int, against: Plan | None = None) -> Result:
    """What a plan brings by a year; against another plan also the difference in net present value."""
    row = measure(plan, plan.schedule.live[:1], year).iloc[0]
    made: Result = {
        "index": None if np.isnan(row["index"]) else round(float(row["index"]), 4),
        "villages": int(row["villages"]),
        "services": int(row["services"]),
        "benefit_idr": round(float(row["benefit_idr"])),
    }
    if against is not None:
        made["npv_more_than_now_idr"] = round(float(appraise(plan, against).npv_idr()[0]))
    return made


def schedule_result(plan: Plan, name: str, year: int | None, limit: float) -> tuple[Result, dict[str, pd.DataFrame]]:
    """The best schedule by a measure of time, with its proven bound; for lateness everything is due at the end of a year.

    Mandatory initiatives must be placed; raises InputError for a year outside the plan and for what no schedule can keep.
    """
    years = plan.timeline.years
    year = years[-1] if year is None else year
    if year not in years:
        raise InputError(f"--target {year}: allowed {years[0]} to {years[-1]}")
    problem = required_problem(plan)
    if name == LATENESS:
        due = int(np.cumsum(plan.timeline.year_weeks)[years.index(year)])
        problem = replace(problem, due=np.where(problem.weight > 0, due, -1))
    begun = starts_of(plan.network, plan.schedule)
    found = optimise(problem, name, limit, hint=None if violations(problem, begun) else begun)
    result: Result = {
        "scenario": plan.inputs.scenario.name, "objective": name, "status": found.status, "value": found.value, "bound": found.bound,
        "gap": round(found.gap, 6),
    }  # fmt: skip
    if found.starts is None:
        return result, {}
    live = live_weeks(problem, found.starts)
    days = [plan.timeline.day(int(week)) if week >= 0 else None for week in live]
    rows = plan.inputs.rows["initiatives"]
    frame = pd.DataFrame(
        {
            "initiative": list(plan.network.groups),
            "title_id": [rows[key].title_id for key in plan.network.groups],
            "title_en": [rows[key].title_en for key in plan.network.groups],
            "mandatory": [rows[key].mandatory for key in plan.network.groups],
            "go_live": pd.Series(days, dtype=object),
        }
    )
    return result | {"placed": int((live >= 0).sum()), "of": len(live)}, {"initiatives": frame}
