"""Which site the plan connects how, by whom and when, and what of it other budgets must pay."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from egov_model.inputs.priced import PRICED
from egov_model.inputs.programme import SITE_DRIVERS
from egov_model.inputs.reach import LINK, POWER
from egov_model.model.connectivity import site_frame
from egov_model.model.estimate import estimate
from egov_model.model.factors import most_likely
from egov_model.model.plan import Plan
from egov_model.model.reach import NOBODY

LOCATION_COLUMNS = (
    "id", "kind", "name", "district", "district_name", "lat", "lon", "users", "need_mbps", "technology", "power", "capex_idr",
    "opex_idr_year", "initiative", "year", "power_initiative", "power_year", "why",
)  # fmt: skip


def site_links(plan: Plan) -> pd.DataFrame:
    """Every site with its link: columns of `site_frame`, power_capex_idr, and who connects it when.

    initiative and year (its link goes live; missing when the initiative has no place in the plan, "" and missing when no initiative
    takes the site); power_initiative and power_year likewise for solar or genset where the grid does not feed the link.
    """
    reach = plan.drivers.reach
    frame = site_frame(reach.links).assign(power_capex_idr=reach.links.power_capex_idr[0])
    live = {r.initiative: r.go_live.year for r in plan.initiatives.itertuples() if r.status == "placed"}
    for gives, prefix in ((LINK, ""), (POWER, "power_")):
        names = ["" if n == NOBODY else reach.initiatives[n] for n in reach.given[gives]]
        frame[f"{prefix}initiative"] = names
        frame[f"{prefix}year"] = pd.array([live.get(name) for name in names], dtype="Int64")
    return frame


def sites_by_year(frame: pd.DataFrame) -> pd.DataFrame:
    """Sites of a `site_links` by year of connection and technology (index; sites never connected last, year missing) and kind (columns)."""
    counts = frame.groupby(["year", "technology", "kind"], dropna=False).size().unstack("kind", fill_value=0)
    kinds = [kind for kind in dict.fromkeys(frame["kind"]) if kind in counts.columns]
    return counts[kinds].sort_index(na_position="last")


def unpowered(plan: Plan) -> pd.DataFrame:
    """Connected sites whose link lacks electricity part of the day and whom the plan gives none; rows of `site_links`."""
    frame = site_links(plan)
    return frame[frame["year"].notna() & frame["power"].isin(["solar", "genset"]) & frame["power_year"].isna()]


def subscriptions(plan: Plan) -> pd.DataFrame:
    """What running the links costs and who pays, by initiative that links sites and year: full_idr for every month its links are live,
    paid_idr by the plan, others_idr the rest (all int). Equipment and guaranteed capacity that no site is counted for are left out."""
    rows, network, column = plan.inputs.rows, plan.network, {year: n for n, year in enumerate(plan.timeline.years)}
    whole = most_likely(plan.inputs)
    all_year = estimate(plan.inputs, plan.drivers, replace(whole, quantity=np.ones_like(whole.quantity))).amount_idr[0]
    linking = {row.initiative for row in rows["reach"].values() if row.gives == LINK}
    weeks = np.bincount(network.week_year, minlength=len(column))
    made = []
    for n, key in enumerate(plan.estimate.lines):
        line, live = rows["cost_lines"][key], int(plan.schedule.live[0, network.line_group[n]])
        runs = line.timing == "yearly" and line.driver in SITE_DRIVERS and line.item in rows[PRICED[1]] and ".opex_" in line.item
        if line.initiative not in linking or not runs or not 0 <= live < len(network.week_year):
            continue
        lived = np.bincount(network.week_year[live:], minlength=len(column))
        for year, y in column.items():
            full, paid = int(all_year[n, y] * lived[y] // weeks[y]), int(plan.schedule.paid_idr[0, n, y])
            made.append((line.initiative, year, full, paid, max(0, full - paid)))
    frame = pd.DataFrame(made, columns=["initiative", "year", "full_idr", "paid_idr", "others_idr"])
    return frame.groupby(["initiative", "year"], as_index=False, sort=False).sum()
