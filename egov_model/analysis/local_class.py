"""What a regency's own finished initiatives teach: how far its ranges were right, and a reference class once there are enough of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

import numpy as np
import pandas as pd

from egov_model.analysis.drawn import Outlook
from egov_model.analysis.standing import LIVE, Standing
from egov_model.inputs.reference import KNOTS, ReferenceClass
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.plan import Plan

LOCAL = "lokal"
SHARES = (0.1, 0.5, 0.8, 0.9)
APART = 1.001  # quantiles of a class must rise
WITHIN = 0.8  # share that a right range from P10 to P90 holds


def closed(plan: Plan, reached: Standing, frame: pd.DataFrame) -> pd.DataFrame:
    """One row per initiative that had work and is live: initiative, kind, weeks_ratio (actual over planned weeks from start to go-live) and
    cost_ratio (paid over earned; nan where nothing was earned or paid). `frame` is `tracking.by_initiative` of the same day."""
    made = []
    for row in frame.itertuples():
        group = plan.network.groups.index(row.initiative)
        if row.stage != LIVE or not plan.network.chains[group]:
            continue
        planned, actual = (row.planned_live - row.planned_start).days, (row.live - row.started).days
        cost = row.ac_idr / row.ev_idr if row.ev_idr > 0 and row.ac_idr > 0 else float("nan")
        made.append((row.initiative, plan.inputs.rows["initiatives"][row.initiative].kind, max(actual, 1) / max(planned, 1), cost))
    return pd.DataFrame(made, columns=["initiative", "kind", "weeks_ratio", "cost_ratio"])


def with_local_class(inputs: PlanInputs, done: pd.DataFrame) -> PlanInputs:
    """The inputs with a class of the regency's own for the kinds it has finished, as soon as the setting `local_class_projects` is reached;
    else the inputs as they are.

    Quantiles are those of the finished ones; tails, correlation and what is common stay those of the class that stood for the kind, as so
    few say nothing of them. Kinds that no class stood for stay without one.
    """
    known = done.dropna()
    classes = inputs.rows["reference_classes"]
    kinds = tuple(sorted({kind for kind in known["kind"]} & {kind for row in classes.values() for kind in row.kinds}))
    if len(known) < inputs.settings.local_class_projects or not kinds:
        return inputs
    like = next(row for row in classes.values() if kinds[0] in row.kinds)
    values = {}
    for what in ("cost", "weeks"):
        quantiles = np.quantile(known[f"{what}_ratio"], SHARES)
        for n in range(1, len(quantiles)):
            quantiles[n] = max(quantiles[n], quantiles[n - 1] * APART)
        values |= {f"{what}_{knot}": float(value) for knot, value in zip(KNOTS, quantiles, strict=True)}
        values[f"{what}_cap"] = max(getattr(like, f"{what}_cap"), float(quantiles[-1]) * APART)
    local = ReferenceClass.model_validate(
        like.model_dump()
        | values
        | {"id": LOCAL, "title_id": "Inisiatif sendiri yang selesai", "title_en": "Own finished initiatives", "kinds": list(kinds)}
        | {"projects": len(known), "source": "actuals/", "evidence": "medium"}
    )
    rest = {key: row.model_copy(update={"kinds": tuple(k for k in row.kinds if k not in kinds)}) for key, row in classes.items()}
    rows = {**inputs.rows, "reference_classes": MappingProxyType({**{k: r for k, r in rest.items() if r.kinds}, LOCAL: local})}
    return replace(inputs, rows=MappingProxyType(rows))


def ranges_held(plan: Plan, reached: Standing, drawn: Outlook) -> pd.DataFrame:
    """One row per finished initiative: initiative, p10 and p90 (days before which the plan's own draws had it live in 10 and 90 % of them),
    live, and within."""
    made = []
    for n, key in enumerate(drawn.groups):
        group = plan.network.groups.index(key)
        if reached.stage[group] != LIVE or not plan.network.chains[group]:
            continue
        weeks = np.where(drawn.live[:, n] < 0, drawn.never, drawn.live[:, n])
        low, high = np.quantile(weeks, [0.1, 0.9], method="inverted_cdf").tolist()
        live = int(reached.live[group])
        days = [plan.timeline.start + timedelta(weeks=int(week)) for week in (low, high, live)]
        made.append((key, *days, low <= live <= high))
    return pd.DataFrame(made, columns=["initiative", "p10", "p90", "live", "within"])
