"""The plan against the limits of law: personnel share, and the values up to which a package may be bought without a tender."""

from __future__ import annotations

import numpy as np
import pandas as pd

from egov_model.analysis.apbd import hires_by_year
from egov_model.model.network import packages
from egov_model.model.plan import Plan

SPENDING, PERSONNEL = "apbd-2026-belanja", "apbd-2026-belanja-pegawai"  # rows of figures.csv
NEAR_SHARE = 0.10  # a package within this share below a direct-procurement limit invites the question whether it was split


def personnel(plan: Plan) -> pd.DataFrame:
    """The 30 % rule (UU 1/2022, Pasal 146) by year, empty when the regency's figures are not in the data.

    Columns: hires_fte, hires_idr (pay of the people the plan adds), personnel_idr and share (of spending, which is held at the published
    year), over_idr (above the limit; 0 when kept), compliant. The law leaves out teacher allowances paid by transfers; they are not
    known here, so the share is an upper bound.
    """
    figures, limit = plan.inputs.rows["figures"], plan.inputs.settings.personnel_limit_share
    columns = ["hires_fte", "hires_idr", "personnel_idr", "share", "over_idr", "compliant"]
    if SPENDING not in figures or PERSONNEL not in figures or not figures[SPENDING].amount:
        return pd.DataFrame(columns=columns)
    spending, today = figures[SPENDING].amount, figures[PERSONNEL].amount
    hires = hires_by_year(plan)
    frame = pd.DataFrame({"hires_fte": hires["hires_fte"], "hires_idr": hires["pay_idr"]})
    frame["personnel_idr"] = round(today) + frame["hires_idr"]
    frame["share"] = frame["personnel_idr"] / spending
    frame["over_idr"] = np.maximum(0, np.rint(frame["personnel_idr"] - limit * spending)).astype(np.int64)
    return frame.assign(compliant=frame["share"] <= limit)[columns]


def package_frame(plan: Plan) -> pd.DataFrame:
    """One row per package that the plan buys: an initiative's procuring phase with what is paid for all it procures, VAT included.

    Columns: initiative, phase, agency, category, year (of the contract's start), value_idr, method (lightest that covers the value),
    limit_idr (up to which that method may be used; 0 for the last one), room_share (left below the limit), direct (below the lowest
    limit), near (direct and within NEAR_SHARE of the limit).
    """
    rows, network, schedule = plan.inputs.rows, plan.network, plan.schedule
    made = []
    for activity, bought in packages(plan.inputs, network):
        value = int(schedule.paid_idr[0, np.isin(network.line_activity, bought)].sum())
        if value == 0:
            continue
        group, phase = network.activities[activity]
        initiative = rows["initiatives"][network.groups[group]]
        category = rows["kinds"][initiative.kind].procurement
        starts = [int(schedule.start[0, a]) for a in bought if network.spends[a]]
        methods = _methods(plan, category)
        at = next((n for n, (limit, _) in enumerate(methods) if value <= limit), len(methods) - 1)
        limit, last = methods[at][0], at == len(methods) - 1
        direct = at == 0 and not last
        room = 0.0 if last else 1 - value / limit
        made.append({
            "initiative": initiative.id, "phase": phase, "agency": initiative.owner, "category": category,
            "year": plan.timeline.years[int(network.week_year[min(starts)])], "value_idr": value, "method": methods[at][1],
            "limit_idr": 0 if last else limit, "room_share": room, "direct": direct, "near": direct and room <= NEAR_SHARE,
        })  # fmt: skip
    columns = ["initiative", "phase", "agency", "category", "year", "value_idr", "method", "limit_idr", "room_share", "direct", "near"]
    frame = pd.DataFrame(made, columns=columns).astype({"direct": bool, "near": bool})
    return frame.sort_values(["year", "value_idr", "initiative"], ascending=[True, False, True]).reset_index(drop=True)


def possible_splitting(plan: Plan) -> pd.DataFrame:
    """Packages that could be read as one: same agency, category, account and year, each bought directly, together above the limit.

    Columns: agency, category, account (key), year, initiatives (tuple), sum_idr (of that account), limit_idr.
    """
    columns = ["agency", "category", "account", "year", "initiatives", "sum_idr", "limit_idr"]
    direct = package_frame(plan)
    direct = direct[direct["direct"]]
    lines, network = plan.inputs.rows["cost_lines"], plan.network
    bought = {(network.groups[network.activities[a][0]], network.activities[a][1]): of for a, of in packages(plan.inputs, network)}
    sums: dict[tuple[str, str, str, int], dict[str, int]] = {}
    limits: dict[tuple[str, str, str, int], int] = {}
    for r in direct.itertuples():
        for n in np.flatnonzero(np.isin(network.line_activity, bought[r.initiative, r.phase])):
            paid = int(plan.schedule.paid_idr[0, n].sum())
            if paid:
                key = (r.agency, r.category, lines[plan.estimate.lines[n]].account, r.year)
                packages_of = sums.setdefault(key, {})
                packages_of[r.initiative] = packages_of.get(r.initiative, 0) + paid
                limits[key] = r.limit_idr
    made = [
        (*key, tuple(parts), sum(parts.values()), limits[key])
        for key, parts in sums.items()
        if len(parts) > 1 and sum(parts.values()) > limits[key]
    ]
    return pd.DataFrame(made, columns=columns).sort_values(["year", "agency", "account"]).reset_index(drop=True)


def _methods(plan: Plan, category: str) -> list[tuple[int, str]]:
    """Limit and key of every method of a category, lowest limit first."""
    return sorted((row.max_value_idr, key) for key, row in plan.inputs.rows["procurement"].items() if row.category == category)
