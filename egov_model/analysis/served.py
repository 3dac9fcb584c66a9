"""What the services of a plan bring: by service, by year and by island group; most likely values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from egov_model.analysis.reached import site_links
from egov_model.inputs.services import CITIZENS
from egov_model.model.benefits import Benefits, ServiceFactors, Worth, benefits, likely_service_factors, worth
from egov_model.model.drivers import population_in
from egov_model.model.plan import Plan

SERVICE_COLUMNS = (
    "service", "title_id", "title_en", "category", "audience", "owner", "initiatives", "go_live", "held_by", "transactions", "digital",
    "digital_share", "user_hours", "travel_hours", "travel_idr", "handling_hours", "plan_user_hours", "plan_travel_hours",
    "plan_travel_idr", "plan_handling_hours", "cost_idr",
)  # fmt: skip
HALF = 0.5  # of an island group's villages: from then on it counts as served


@dataclass(frozen=True)
class Served:
    """Benefits of a plan by draw with their worth, and which services are for citizens, (services,) bool."""

    found: Benefits
    worth: Worth
    for_citizens: np.ndarray


def serve(plan: Plan, years_after: int = 0, factors: ServiceFactors | None = None) -> Served:
    """Benefits of the plan's first schedule in its years and some more, under these factors or the most likely ones."""
    factors = factors or likely_service_factors(plan.inputs)
    live = plan.schedule.live[:1]
    found = benefits(plan.inputs, plan.drivers.reach, plan.network.groups, live, factors, years_after)
    citizens = np.array([row.audience == CITIZENS for row in plan.inputs.rows["services"].values()], dtype=bool)
    return Served(found, worth(plan.inputs, found, factors), citizens)


def service_frame(plan: Plan) -> pd.DataFrame:
    """One row per service, columns SERVICE_COLUMNS: transactions and what is saved in the last year, `plan_*` over all years.

    go_live: when all its initiatives are live (None: never), held_by: the first of them without a place. `cost_idr` (int) is the plan's
    money for its initiatives, each shared equally among the services that name it; connections are not shared out.
    """
    found = serve(plan).found
    live = {r.initiative: r.go_live for r in plan.initiatives.itertuples() if r.status == "placed"}
    money = plan.budget.groupby("initiative")["amount_idr"].sum()
    services = plan.inputs.rows["services"]
    named = Counter(key for row in services.values() for key in row.initiatives)
    rows = []
    for n, (key, row) in enumerate(services.items()):
        held = next((name for name in row.initiatives if name not in live), "")
        volume, digital = float(found.volume[0, n, :, -1].sum()), float(found.digital[0, n, :, -1].sum())
        last = [getattr(found, name)[0, n, :, -1].sum() for name in ("user_hours", "travel_hours", "travel_idr", "handling_hours")]
        whole = [getattr(found, name)[0, n].sum() for name in ("user_hours", "travel_hours", "travel_idr", "handling_hours")]
        rows.append(
            (
                key, row.title_id, row.title_en, row.category, row.audience, row.owner, " ".join(row.initiatives),
                None if held else max(live[name] for name in row.initiatives), held, round(volume, 1), round(digital, 1),
                round(digital / volume, 4) if volume else 0.0, *(round(float(v), 1) for v in (*last, *whole)),
                sum(int(money.get(name, 0)) // named[name] for name in row.initiatives),
            )
        )  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(SERVICE_COLUMNS))
    frame["go_live"] = frame["go_live"].astype(object).where(frame["go_live"].notna(), None)
    return frame.astype({name: "int64" for name in ("travel_idr", "plan_travel_idr", "cost_idr")})


def yearly_frame(plan: Plan) -> pd.DataFrame:
    """By year: transactions digital of citizens and of the administration, hours and rupiah (prices of the base year) of each apart."""
    made = serve(plan)
    found, valued = made.found, made.worth
    used = found.user_hours + found.travel_hours

    def by_year(part: np.ndarray, services: np.ndarray | slice = slice(None)) -> np.ndarray:
        return part[0][services].sum(axis=(0, 1))

    citizens, staff = made.for_citizens, ~made.for_citizens
    frame = {
        "citizen_digital": by_year(found.digital, citizens),
        "staff_digital": by_year(found.digital, staff),
        "citizen_hours": by_year(used, citizens),
        "staff_hours": by_year(found.handling_hours) + by_year(used, staff),
        "citizen_time_idr": np.rint(by_year(valued.citizen_time_idr)).astype(np.int64),
        "citizen_travel_idr": np.rint(by_year(valued.citizen_travel_idr)).astype(np.int64),
        "staff_time_idr": np.rint(by_year(valued.staff_time_idr)).astype(np.int64),
        "staff_travel_idr": np.rint(by_year(valued.staff_travel_idr)).astype(np.int64),
    }
    return pd.DataFrame(frame, index=pd.Index(found.years, name="year"))


@dataclass(frozen=True)
class Purpose:
    """What comes of the purpose of 2017 in the last year: hours of handling today and saved, transactions of citizens in all and moved,
    hours the administration saves in all and how many full-time civil servants work as much."""

    handling_hours: float
    saved_hours: float
    transactions: float
    moved: float
    staff_hours: float
    staff_fte: float


def purpose(plan: Plan) -> Purpose:
    """See `Purpose`; a full-time civil servant works the hours of the setting."""
    made = serve(plan)
    last, rows = made.found.volume[0, :, :, -1].sum(axis=1), plan.inputs.rows["service_values"]
    minutes = np.array([rows[f"{key}.handling_minutes_today"].mode for key in made.found.services])
    of_year = yearly_frame(plan).iloc[-1]
    return Purpose(
        handling_hours=float((last * minutes).sum()) / 60,
        saved_hours=float(made.found.handling_hours[0, :, :, -1].sum()),
        transactions=float(last[made.for_citizens].sum()),
        moved=float(of_year["citizen_digital"]),
        staff_hours=float(of_year["staff_hours"]),
        staff_fte=float(of_year["staff_hours"]) / plan.inputs.settings.asn_hours_per_year,
    )


def island_frame(plan: Plan) -> pd.DataFrame:
    """One row per island group, best served first.

    people (of the last year), villages, connected (by the end), half_year (by whose end half of the villages are connected; missing when
    never), transactions and digital of citizens in the last year, hours_per_thousand (saved by citizens, per thousand residents),
    lat, lon (mean of the villages).
    """
    made = serve(plan)
    found = made.found
    sites = site_links(plan)
    villages = sites[sites["kind"] == "village"]
    people = dict.fromkeys(found.groups, 0.0)
    for row in plan.inputs.rows["districts"].values():
        people[row.island_group] += population_in(row, plan.timeline.years[-1])
    of_citizens = {name: getattr(found, name)[0, made.for_citizens, :, -1].sum(axis=0) for name in ("volume", "digital")}
    hours = (found.user_hours + found.travel_hours)[0, made.for_citizens, :, -1].sum(axis=0)
    rows = []
    for n, group in enumerate(found.groups):
        mine = villages[villages["island_group"] == group]
        years = sorted(int(year) for year in mine["year"].dropna())
        needed, per_head = int(np.ceil(len(mine) * HALF)), people[group] / 1000
        rows.append(
            (
                group, round(people[group]), len(mine), len(years), years[needed - 1] if 0 < needed <= len(years) else pd.NA,
                float(of_citizens["volume"][n]), float(of_citizens["digital"][n]), float(hours[n]) / per_head if per_head else 0.0,
                float(mine["lat"].mean()), float(mine["lon"].mean()),
            )
        )  # fmt: skip
    names = ["island_group", "people", "villages", "connected", "half_year", "transactions", "digital", "hours_per_thousand", "lat", "lon"]
    frame = pd.DataFrame(rows, columns=names)
    frame["half_year"] = frame["half_year"].astype("Int64")
    frame["digital_share"] = np.divide(frame["digital"], frame["transactions"].where(frame["transactions"] > 0, 1.0))
    order = frame.sort_values(["half_year", "digital_share", "island_group"], ascending=[True, False, True], na_position="last")
    return order.reset_index(drop=True)
