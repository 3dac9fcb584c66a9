"""The budget in the form of the APBD: indicative ceiling and forward estimate, kinds of spending, rounding, and what is new money."""

from __future__ import annotations

import numpy as np
import pandas as pd

from egov_model.analysis.summary import TOTAL
from egov_model.model.people import by_month, hired_fte, hired_heads, present_fte
from egov_model.model.plan import Plan

OPERATING, CAPITAL = "operasi", "modal"
KINDS = {"pegawai": OPERATING, "barang_jasa": OPERATING, "modal": CAPITAL}  # group of account -> kind of spending (PP 12/2019)


def chosen_year(plan: Plan) -> int:
    """The year now being budgeted: the first of the plan after its issue, or the plan's last."""
    later = [year for year in plan.timeline.years if year > plan.inputs.settings.issued_on.year]
    return later[0] if later else plan.timeline.years[-1]


def rka_table(plan: Plan) -> pd.DataFrame:
    """Rupiah in whole thousands by agency, programme code and account (index) and year, with `total_idr`: the rows of RKA and DPA."""
    keys, years = ["agency", "sub_kegiatan_code", "sub_kegiatan", "account_code", "account"], list(plan.timeline.years)
    frame = plan.budget.pivot_table(index=keys, columns="year", values="rka_idr", aggfunc="sum", fill_value=0)
    frame = frame.reindex(columns=years, fill_value=0).astype("int64")
    frame[TOTAL] = frame[years].sum(axis=1)
    return frame.sort_index(kind="stable")


def reconciliation(plan: Plan) -> pd.DataFrame:
    """exact_idr, rka_idr and difference_idr (rounded less exact) by year."""
    frame = plan.budget.groupby("year")[["amount_idr", "rka_idr"]].sum().reindex(plan.timeline.years, fill_value=0).astype("int64")
    frame = frame.rename(columns={"amount_idr": "exact_idr"})
    return frame.assign(difference_idr=frame["rka_idr"] - frame["exact_idr"])


def spending_kinds(plan: Plan) -> pd.DataFrame:
    """Rupiah by kind of spending and group of account (index) and year, with `total_idr`; every group is there, also without money."""
    years = list(plan.timeline.years)
    found = plan.budget.pivot_table(index="account_group", columns="year", values="amount_idr", aggfunc="sum", fill_value=0)
    frame = found.reindex(index=list(KINDS), columns=years, fill_value=0).astype("int64")
    frame.index = pd.MultiIndex.from_tuples([(kind, group) for group, kind in KINDS.items()], names=["kind", "account_group"])
    frame[TOTAL] = frame.sum(axis=1)
    return frame


def burden(plan: Plan) -> pd.DataFrame:
    """What the plan adds to the budget and what it takes in full, by year [Rp].

    Columns: new_idr (initiatives not yet in the budget), hires_idr (pay of the people its formations add), additional_idr (belanja
    tambahan: both), running_idr (initiatives already in the budget), employed_idr (pay of people already employed for the time the plan
    takes of them), full_idr (beban penuh: all). Hires are paid whole; people already employed carry the need that hires leave, who
    learn at first.
    """
    running = {key for key, row in plan.inputs.rows["initiatives"].items() if row.budget_status == "running"}
    status = plan.budget["initiative"].isin(running)
    years = list(plan.timeline.years)

    def by_year(rows: pd.DataFrame) -> pd.Series:
        return rows.groupby("year")["amount_idr"].sum().reindex(years, fill_value=0).astype("int64")

    hires, employed = _pay(plan)
    frame = pd.DataFrame({"new_idr": by_year(plan.budget[~status.astype(bool)]), "hires_idr": hires}, index=years)
    frame["additional_idr"] = frame["new_idr"] + frame["hires_idr"]
    frame["running_idr"], frame["employed_idr"] = by_year(plan.budget[status.astype(bool)]), employed
    return frame.assign(full_idr=frame[["additional_idr", "running_idr", "employed_idr"]].sum(axis=1))


def hires_by_year(plan: Plan) -> pd.DataFrame:
    """People whom the plan's formations add, by year: hires_fte (mean over the year) and pay_idr; people on service contracts left out."""
    roles = plan.inputs.rows["roles"].values()
    own = np.array([role.employment != "contract" for role in roles])
    hires = by_month(hired_heads(plan.inputs, plan.timeline), plan.timeline)[own]
    pay = hires * np.array([role.mode for role in roles])[own, None]
    years = list(plan.timeline.years)
    shape = (-1, len(years), 12)
    fte = hires.reshape(shape).sum(axis=0).mean(axis=1)
    return pd.DataFrame({"hires_fte": fte, "pay_idr": np.rint(pay.reshape(shape).sum(axis=(0, 2))).astype(np.int64)}, index=years)


def _pay(plan: Plan) -> tuple[np.ndarray, np.ndarray]:
    """Pay by year of hires and of people already employed for the time the plan takes [Rp], each shape (years,)."""
    roles, years = plan.inputs.rows["roles"], len(plan.timeline.years)
    rates = np.array([role.mode for role in roles.values()])[:, None]
    need = plan.staffing.pivot(index="role", columns="month", values="need_fte").loc[list(roles), list(plan.timeline.months)].to_numpy()
    hires, working = (by_month(people(plan.inputs, plan.timeline), plan.timeline) for people in (hired_heads, hired_fte))
    present = by_month(present_fte(plan.inputs, plan.timeline), plan.timeline)
    employed = np.clip(need - working, 0.0, present)
    sums = ((fte * rates).reshape(-1, years, 12).sum(axis=(0, 2)) for fte in (hires, employed))
    made = tuple(np.rint(s).astype(np.int64) for s in sums)
    return made[0], made[1]
