"""When a plan's hires, training and services have to be decided, counted back from when they are needed."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from egov_model.analysis.staff_mix import taken
from egov_model.model.people import hiring_of
from egov_model.model.plan import Plan
from egov_model.model.posts import CONTRACT, HIRE, proposed_by

PROPOSE, BUDGET, TRAINING, PROCURE = "propose", "budget", "start_training", "procure"
COLUMNS = ["date", "kind", "role", "number", "for_when", "text", "how", "fiscal_year", "planned", "overdue"]


def staff_decisions(plan: Plan) -> pd.DataFrame:
    """One row per decision, soonest first.

    Columns: date (latest day), kind (propose: proposals of formations close; budget: what it costs must be in the work plan or the revised
    budget; start_training; procure: the procurement of services begins), role, number (people; of services: person-months), for_when (start
    of duty, of full work on the new post or of the service), text (which sentence says it: kind, and for `budget` what it pays), how (form
    of the hire, role trained from, price item), fiscal_year (whose money is asked for; 0 when none
    is), planned (a formation of the data, not of the mix), overdue (before the plan is issued).
    """
    rows = [*_planned(plan), *_chosen(plan)]
    frame = pd.DataFrame(rows, columns=COLUMNS[:-1])
    frame["planned"] = frame["planned"].astype(bool)
    frame["overdue"] = np.array([d < plan.inputs.settings.issued_on for d in frame["date"]], dtype=bool)
    order = list(plan.inputs.rows["roles"])
    frame["order"] = [order.index(role) for role in frame["role"]]
    frame = frame.sort_values(["date", "kind", "order", "for_when"], kind="stable").reset_index(drop=True)
    return frame[COLUMNS]


def _planned(plan: Plan) -> list[tuple]:
    """Proposals and pay of the formations that the data plans."""
    rows, settings = [], plan.inputs.settings
    for formation in plan.inputs.rows["formations"].values():
        way, nominal = hiring_of(plan.inputs, formation.role), date(formation.year, formation.arrives_month, 1)
        starts = nominal.replace(year=nominal.year + settings.hiring_delay_years)
        if not formation.hires or way is None or starts.year > plan.timeline.years[-1]:
            continue
        rows.append((proposed_by(way, nominal), PROPOSE, formation.role, formation.hires, starts, PROPOSE, way.form, 0, True))
        rows.append((_budget_by(plan, starts), BUDGET, formation.role, formation.hires, starts, "budget_hire", way.form, starts.year, True))
    return rows


def _chosen(plan: Plan) -> list[tuple]:
    rows, weeks = [], _procurement_weeks(plan)
    frame = taken(plan)
    for r in frame[frame["kind"] != CONTRACT].itertuples():
        kind = PROPOSE if r.kind == HIRE else TRAINING
        first = r.starts if r.kind == HIRE else r.decide_by
        rows.append((r.decide_by, kind, r.role, r.number, r.starts, kind, r.how, 0, False))
        rows.append((_budget_by(plan, first), BUDGET, r.role, r.number, r.starts, f"budget_{r.kind}", r.how, first.year, False))
    services = frame[frame["kind"] == CONTRACT]
    for (role, how, _), part in services.groupby(["role", "how", [d.year for d in services["starts"]]], sort=False):
        starts, months = part["starts"].min(), int(part["months"].sum())
        first = starts - timedelta(weeks=weeks)
        rows.append((first, PROCURE, role, months, starts, PROCURE, how, 0, False))
        rows.append((_budget_by(plan, starts), BUDGET, role, months, starts, "budget_contract", how, starts.year, False))
    return rows


def _budget_by(plan: Plan, spent: date) -> date:
    """Last day to ask for money of a day: the RKPD cut-off of its year; where that is past, the revised budget if it comes in time."""
    year, settings = plan.inputs.rows["fiscal_years"][str(spent.year)], plan.inputs.settings
    revised = settings.adopted_on > year.rkpd_cut_off and settings.revised_budget_held and year.revised_budget <= spent
    return year.revised_budget if revised else year.rkpd_cut_off


def _procurement_weeks(plan: Plan) -> int:
    methods = [row.mode for row in plan.inputs.rows["procurement"].values() if row.category == "services"]
    return int(np.ceil(min(methods, default=0)))
