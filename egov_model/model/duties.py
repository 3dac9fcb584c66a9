"""What every agency owes under Perkada 18/2017: which of its applications to adapt, integrate, replace, retire or build, and by when."""

from __future__ import annotations

import numpy as np
import pandas as pd

from egov_model.model.interfaces import applications_joined, interface_pairs
from egov_model.model.plan import Plan
from egov_model.model.treatments import DUTIES, KEEP, duty_of

PLACED, NO_INITIATIVE, OUT_OF_SCOPE = "placed", "no_initiative", "out_of_scope"
COLUMNS = [
    "application", "name", "agency", "state", "treatment", "duty", "function_points", "initiative", "status", "concerns", "year",
    "amount_idr",
]  # fmt: skip


def allocate(total: int, weights) -> np.ndarray:
    r"""A whole amount shared out by weight, exact to the last unit, shape (weights,), int64.

    .. math:: a_i = \lfloor T w_i / \textstyle\sum w \rfloor + (0\ \text{or}\ 1)

    The units left over go one each to the largest fractions, the first of equals first (largest remainder). Weights that are all zero
    count as equal; no weights give no shares. total T is not negative.
    """
    weights = np.asarray(weights, dtype=float)
    if weights.size == 0:
        return np.zeros(0, dtype=np.int64)
    if not weights.sum() > 0:
        weights = np.ones_like(weights)
    quota = total * (weights / weights.sum())
    shares = np.floor(quota).astype(np.int64)
    left = int(total - shares.sum())
    shares[np.argsort(-(quota - shares), kind="stable")[:left]] += 1
    return shares


def duties(plan: Plan) -> pd.DataFrame:
    """One row per application of the inventory.

    Columns: application, name, agency, state, treatment, duty, function_points, initiative ("" when none), status (`placed`, why the
    initiative has no place, `no_initiative`, `out_of_scope`), concerns (what the status is about), year (of the last day of the
    initiative's work, it goes live the day after; <NA> without a date or when nothing is owed), amount_idr (its part of the
    initiative's money, by function points, equal parts where none is sized; int).
    """
    applications, initiatives = plan.inputs.rows["applications"], plan.inputs.rows["initiatives"]
    placed = plan.initiatives.set_index("initiative")
    joined = set(applications_joined(interface_pairs(plan.inputs)))
    money: dict[str, int] = {}
    for key, total in placed["total_idr"].items():
        own = [a for a in applications.values() if a.initiative == key]
        money |= dict(zip((a.id for a in own), allocate(int(total), [a.size_fp for a in own]).tolist(), strict=True))
    made = []
    for key, a in applications.items():
        duty = duty_of(a.treatment, key in joined)
        status, concerns, year = NO_INITIATIVE, "", None
        if a.initiative in placed.index:
            row = placed.loc[a.initiative]
            status, concerns = row["status"], row["concerns"]
            year = (row["finish"] or row["go_live"]).year if status == PLACED and duty != KEEP else None
        elif a.initiative in initiatives:
            status = OUT_OF_SCOPE
        what = {"application": key, "name": a.name, "agency": a.agency, "state": a.state, "treatment": a.treatment, "duty": duty}
        made.append(
            what
            | {"function_points": a.size_fp, "initiative": a.initiative, "status": status, "concerns": concerns}
            | {"year": year, "amount_idr": money.get(key, 0)}
        )
    return pd.DataFrame(made, columns=COLUMNS).astype({"year": "Int64", "amount_idr": "int64"})


def duties_by_agency(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame of `duties` by agency (index, in the order of the inventory).

    Columns: applications, one count per duty (`DUTIES`), owed (all but keep), undated (owed without a year), amount_idr, first_year,
    last_year (<NA> when none has a date), integrated_by (year in which the last duty is done; <NA> when a duty has no date or
    nothing is owed).
    """
    owed = frame["duty"] != KEEP
    counts = frame.assign(**{d: frame["duty"] == d for d in DUTIES}, owed=owed, undated=owed & frame["year"].isna())
    made = counts.groupby("agency", sort=False).agg(
        applications=("application", "size"),
        **{name: (name, "sum") for name in (*DUTIES, "owed", "undated", "amount_idr")},
        first_year=("year", "min"),
        last_year=("year", "max"),
    )
    return made.assign(integrated_by=made["last_year"].where((made["undated"] == 0) & (made["owed"] > 0)))


def integrated_by_year(plan: Plan, agencies: pd.DataFrame) -> pd.Series:
    """Agencies integrated by the end of each year of the plan (index year), from the frame of `duties_by_agency`."""
    done = agencies["integrated_by"].dropna()
    return pd.Series({year: int((done <= year).sum()) for year in plan.timeline.years}, dtype="int64")


def undated(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of `duties` that are owed but have no date: findings."""
    return frame[(frame["duty"] != KEEP) & frame["year"].isna()]
