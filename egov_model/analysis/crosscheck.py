"""The plan's money and people beside second looks: size of software, ratios."""

from __future__ import annotations

import numpy as np
import pandas as pd

from egov_model.model.estimate import BY_EFFORT
from egov_model.model.plan import Plan
from egov_model.model.software import software_effort


def software_by_initiative(plan: Plan) -> pd.DataFrame:
    """One row per initiative in scope with software work: applications, function_points, low, mode and high person-months (COCOMO II
    with use case points in the range), second (use case points), ratio of the two, delivery, weeks of the build, vendor person-months,
    own_fte during it, paid_idr to build it in the plan (`once` lines by person-month)."""
    made = software_effort(plan.inputs)
    initiative = [plan.inputs.rows["applications"][key].initiative for key in made.applications]
    columns = {
        "function_points": made.function_points,
        "low": made.effort.low,
        "mode": made.effort.mode,
        "high": made.effort.high,
        "second": made.effort.second,
    }
    frame = (
        pd.DataFrame({"initiative": initiative, **columns})
        .groupby("initiative")
        .agg(applications=("mode", "size"), **{c: (c, "sum") for c in columns})
    )
    lines = plan.inputs.rows["cost_lines"]
    sized = plan.budget["line"].map(lambda key: lines[key].driver in BY_EFFORT).astype(bool)
    by_size = plan.budget[sized & (plan.budget["timing"] == "once")]
    paid = by_size.groupby("initiative")["amount_idr"].sum()
    frame = frame[frame.index.isin(plan.initiatives["initiative"])]
    frame["paid_idr"] = paid.reindex(frame.index, fill_value=0).astype("int64")
    builds = [plan.drivers.builds[key] for key in frame.index]
    for name, field in (("delivery", "delivery"), ("weeks", "weeks"), ("vendor", "vendor_person_months"), ("own_fte", "own_fte")):
        frame[name] = [getattr(b, field) for b in builds]
    frame["ratio"] = np.maximum(frame["mode"], frame["second"]) / np.minimum(frame["mode"], frame["second"])
    return frame.sort_values("mode", ascending=False, kind="stable")


def ratios(plan: Plan) -> dict[str, float]:
    """Cost per year and inhabitant, per user and per village [Rp], share of the regency's spending where it is known, share that runs
    (yearly and refresh lines) rather than builds, and what runs in the last year per rupiah built over the plan."""
    total, years = float(plan.budget["amount_idr"].sum()), len(plan.timeline.years)
    people = float(plan.drivers.regency["population_thousands"].sum(axis=0).mean()) * 1000
    made = {"inhabitant": total / years / max(1.0, people)}
    for name, driver in (("user", "users"), ("village", "villages")):
        made[name] = total / years / max(1.0, float(plan.drivers.regency[driver].sum(axis=0).mean()))
    spending = plan.inputs.rows["figures"].get("apbd-2026-belanja")
    if spending is not None:
        made["spending_share"] = total / years / spending.amount
    runs = plan.budget["timing"] != "once"
    made["run_share"] = float(plan.budget.loc[runs, "amount_idr"].sum()) / max(1.0, total)
    last = plan.budget["year"] == plan.timeline.years[-1]
    built = float(plan.budget.loc[~runs, "amount_idr"].sum())
    made["run_to_build_share"] = float(plan.budget.loc[runs & last, "amount_idr"].sum()) / max(1.0, built)
    return made
