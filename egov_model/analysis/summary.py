"""A plan summed the ways people ask for it; every frame's cells add up to the same total."""

from __future__ import annotations

import pandas as pd

from egov_model.model.plan import Plan

TOTAL = "total_idr"


def budget_by(plan: Plan, *fields: str) -> pd.DataFrame:
    """Rupiah by the given budget columns (index) and year (columns), with `total_idr`; dearest first, no empty rows."""
    years = list(plan.timeline.years)
    frame = plan.budget.pivot_table(index=list(fields), columns="year", values="amount_idr", aggfunc="sum", fill_value=0)
    frame = frame.reindex(columns=years, fill_value=0).astype("int64")
    frame[TOTAL] = frame[years].sum(axis=1)
    return frame.sort_values(TOTAL, ascending=False, kind="stable")


def cost_drivers(plan: Plan) -> pd.DataFrame:
    """Rupiah by price item over all years, with its share of the total: columns item_name, total_idr, share."""
    frame = plan.budget.groupby("item", as_index=False).agg(item_name=("item_name", "first"), total_idr=("amount_idr", "sum"))
    frame["share"] = frame["total_idr"] / max(1, int(frame["total_idr"].sum()))
    return frame.sort_values(["total_idr", "item"], ascending=[False, True]).reset_index(drop=True)


def ceilings_by_year(plan: Plan) -> pd.DataFrame:
    """ceiling_idr, used_idr, left_idr by year over all funds, with running sums `used_sum_idr` and `ceiling_sum_idr`."""
    frame = plan.ceilings.groupby("year")[["ceiling_idr", "used_idr", "left_idr"]].sum()
    return frame.assign(used_sum_idr=frame["used_idr"].cumsum(), ceiling_sum_idr=frame["ceiling_idr"].cumsum())


def staff_by_role(plan: Plan) -> pd.DataFrame:
    """By role: people on board at the start and planned to arrive, person-months, peak need with its month, largest gap, pay in rupiah."""
    formations, delay = plan.inputs.rows["formations"].values(), plan.inputs.settings.hiring_delay_years
    rows = []
    for key, frame in plan.staffing.groupby("role", sort=False):
        role = plan.inputs.rows["roles"][key]
        peak = frame.loc[frame["need_fte"].idxmax()]
        rows.append(
            {
                "role": key,
                "title_id": role.title_id,
                "title_en": role.title_en,
                "employment": role.employment,
                "on_board": role.on_board,
                "hires": sum(f.hires for f in formations if f.role == key and f.year + delay <= plan.timeline.years[-1]),
                "person_months": float(frame["need_fte"].sum()),
                "peak_fte": float(peak["need_fte"]),
                "peak_month": peak["month"],
                "gap_fte": float(frame["gap_fte"].max()),
                "pay_idr": int(frame["pay_idr"].sum()),
            }
        )
    return pd.DataFrame(rows)


def staff_by_month(plan: Plan) -> pd.DataFrame:
    """project_fte, operate_fte, need_fte, supply_fte, available_fte, gap_fte of all roles together, by month."""
    return plan.staffing.groupby("month")[["project_fte", "operate_fte", "need_fte", "supply_fte", "available_fte", "gap_fte"]].sum()


def staff_by_year(plan: Plan) -> pd.DataFrame:
    """Person-months and pay of own staff by year."""
    return plan.staffing.groupby("year").agg(person_months=("need_fte", "sum"), pay_idr=("pay_idr", "sum"))


def procurement_by_year(plan: Plan) -> pd.DataFrame:
    """Contracts that start in each year and the weeks their start waited for the gate, people and money."""
    rows = plan.activities[plan.activities["spends"].astype(bool)]
    rows = rows.assign(year=[d.year for d in rows["start"]])
    waits = ["waited_gate", "waited_people", "waited_money"]
    frame = rows.groupby("year").agg(contracts=("phase", "size"), **{w: (w, "sum") for w in waits})
    return frame.reindex(plan.timeline.years, fill_value=0).astype("int64")


def evidence_counts(plan: Plan) -> pd.DataFrame:
    """Rows of every table by evidence (high, medium, low, assumption) with their total."""
    kinds = ["high", "medium", "low", "assumption"]
    tables = plan.inputs.rows.items()
    rows = {name: [sum(getattr(r, "evidence", "") == k for r in records.values()) for k in kinds] for name, records in tables}
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=kinds)
    return frame.assign(total=frame.sum(axis=1))
