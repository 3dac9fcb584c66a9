"""What a plan is worth to society against what happens anyway: costs whoever bears them, benefits with and without citizens' time."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from egov_model.analysis.reached import subscriptions
from egov_model.analysis.served import serve, service_frame, yearly_frame
from egov_model.inputs.reach import LINK
from egov_model.model.benefits import ServiceFactors, likely_service_factors
from egov_model.model.network import ONCE, YEARLY
from egov_model.model.plan import Plan
from egov_model.model.reach import NOBODY
from egov_model.model.value import benefit_cost_ratio, payback_year, present_value_idr, real_idr


@dataclass(frozen=True)
class Appraisal:
    """Costs and benefits beyond what happens anyway, rupiah at prices of `base_year`; costs (years,), benefits (draws, years).

    plan_idr is the plan's own money, others_idr what other budgets pay to run its connections, staff_idr the pay of own staff at work
    on it. `rate` discounts to the first year. The last `years_after` years are beyond the plan.
    """

    years: tuple[int, ...]
    years_after: int
    base_year: int
    rate: float
    plan_idr: np.ndarray
    others_idr: np.ndarray
    staff_idr: np.ndarray
    citizen_time_idr: np.ndarray
    citizen_travel_idr: np.ndarray
    staff_time_idr: np.ndarray
    staff_travel_idr: np.ndarray

    @cached_property
    def costs_idr(self) -> np.ndarray:
        """Everything it costs, (years,)."""
        return self.plan_idr + self.others_idr + self.staff_idr

    def benefits_idr(self, citizens_time: bool = True) -> np.ndarray:
        """Everything it brings, (draws, years), with or without the time of citizens."""
        made = self.citizen_travel_idr + self.staff_time_idr + self.staff_travel_idr
        return made + self.citizen_time_idr if citizens_time else made

    def costs_present_idr(self) -> float:
        """Present value of everything it costs."""
        return float(present_value_idr(self.costs_idr, self.rate))

    def benefits_present_idr(self) -> float:
        """Present value of everything it brings in the first draw."""
        return float(present_value_idr(self.benefits_idr()[0], self.rate))

    def npv_idr(self, citizens_time: bool = True) -> np.ndarray:
        """Net present value, (draws,)."""
        return present_value_idr(self.benefits_idr(citizens_time) - self.costs_idr, self.rate)

    def ratio(self, citizens_time: bool = True) -> np.ndarray:
        """Benefit-cost ratio, (draws,); not a number when nothing is spent."""
        return benefit_cost_ratio(self.benefits_idr(citizens_time), self.costs_idr, self.rate)

    def payback(self, citizens_time: bool = True) -> int | None:
        """The year in which the first draw's running sum has paid back for good, undiscounted; None when it does not in these years."""
        at = int(payback_year(self.benefits_idr(citizens_time)[0] - self.costs_idr))
        return None if at < 0 else self.years[at]


def comparable(plan: Plan, without: Plan | None) -> bool:
    """Whether there is a plan of what happens anyway, over the same years."""
    return without is not None and plan.timeline.years == without.timeline.years


def appraise(plan: Plan, without: Plan, years_after: int | None = None, factors: ServiceFactors | None = None) -> Appraisal:
    """The plan against `without`, over its years and `years_after` more (None: as the setting says).

    After the plan benefits go on as people take up what is there, and so does the cost of keeping it: a year of everything that is live in
    the last year, with a yearly part of each renewal; nothing new is built. Money of each year is brought to prices of the base year by
    general inflation. `factors` are drawn for both plans alike.
    """
    settings = plan.inputs.settings
    after = settings.benefit_years_after if years_after is None else years_after
    factors = factors or likely_service_factors(plan.inputs)
    mine, theirs = serve(plan, after, factors), serve(without, after, _fitting(factors, plan, without))
    inflation = plan.inputs.rows["benefit_values"]["prices.inflation_rate"].mode
    costs = [
        real_idr(a - b, np.array(mine.found.years), inflation, settings.base_price_year)
        for a, b in zip(_costs(plan, after), _costs(without, after), strict=True)
    ]
    gains = {
        name: getattr(mine.worth, name).sum(axis=(1, 2)) - getattr(theirs.worth, name).sum(axis=(1, 2))
        for name in ("citizen_time_idr", "citizen_travel_idr", "staff_time_idr", "staff_travel_idr")
    }
    return Appraisal(mine.found.years, after, settings.base_price_year, settings.social_discount_rate, *costs, **gains)


def horizons(plan: Plan, without: Plan, years_after: tuple[int, ...] = (0, 5, 10)) -> list[Appraisal]:
    """The same plan looked at over longer and longer times."""
    return [appraise(plan, without, after) for after in years_after]


def hangs_on(plan: Plan, without: Plan, years_after: int | None = None) -> pd.DataFrame:
    """Which values the benefits hang on: one row per value with its key, and the benefit-cost ratio at its P10 and P90, widest first.

    Columns key, low, high, low_ratio, high_ratio, swing. Costs and dates hold still; settings move between their low and high.
    """
    likely, rows = likely_service_factors(plan.inputs), plan.inputs.rows
    tables = {"rate": "services", "spent": "service_values", "adoption": "adoption", "value": "benefit_values"}
    changes = [
        (f"{table}.{key}.mode", name, column, getattr(row, point))
        for name, table in tables.items()
        for column, (key, row) in enumerate(rows[table].items())
        if key not in ("population.factor", "prices.inflation_rate") and row.low < row.high
        for point in ("low", "high")
    ]
    scale = rows["benefit_values"]["population.factor"]
    changes += [("benefit_values.population.factor.mode", "population", None, value) for value in (scale.low, scale.high)]
    for name, key in (("literacy_share", "digital_literacy_share"), ("desk_reach_share", "service_desk_reach_share")):
        row = rows["settings"][key]
        changes += [(f"settings.{key}", name, None, float(value)) for value in (row.low, row.high) if row.low and row.high]
    many = replace(likely, **{name: np.repeat(getattr(likely, name), len(changes), axis=0) for name in ServiceFactors.__dataclass_fields__})
    for draw, (_, name, column, value) in enumerate(changes):
        getattr(many, name)[(draw, column) if column is not None else draw] = value
    ratio = appraise(plan, without, years_after, many).ratio()
    made = [
        (low[0], low[3], high[3], float(ratio[2 * n]), float(ratio[2 * n + 1]))
        for n, (low, high) in enumerate(zip(changes[::2], changes[1::2], strict=True))
    ]
    frame = pd.DataFrame(made, columns=["key", "low", "high", "low_ratio", "high_ratio"])
    frame["swing"] = (frame["high_ratio"] - frame["low_ratio"]).abs().round(9)
    return frame.sort_values(["swing", "key"], ascending=[False, True]).reset_index(drop=True)


def per_village_idr(plan: Plan) -> tuple[int, int]:
    """Villages connected within the plan, and what the plan pays for the initiatives that connect them per such village."""
    reach = plan.drivers.reach
    placed = set(plan.initiatives.loc[plan.initiatives["status"] == "placed", "initiative"])
    given = [reach.initiatives[n] if n != NOBODY else "" for n in reach.given[LINK]]
    by = [who for who, kind in zip(given, reach.links.sites.kind, strict=True) if kind == "village" and who in placed]
    paid = int(plan.budget.loc[plan.budget["initiative"].isin(set(by)), "amount_idr"].sum())
    return len(by), paid // len(by) if by else 0


def _costs(plan: Plan, years_after: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The plan's money, other budgets' money and own pay by year, (years,), in rupiah of each year."""
    years = plan.timeline.years
    paid = plan.schedule.paid_idr[0].sum(axis=0).astype(float)
    others = subscriptions(plan).groupby("year")["others_idr"].sum().reindex(list(years), fill_value=0).to_numpy(dtype=float)
    pay = plan.staffing.groupby("year")["pay_idr"].sum().reindex(list(years), fill_value=0).to_numpy(dtype=float)
    last = plan.staffing[plan.staffing["month"] == plan.timeline.months[-1]]
    monthly = last["operate_fte"].to_numpy() * np.array([plan.inputs.rows["roles"][key].mode for key in last["role"]])
    go_on = (_running_idr(plan), float(others[-1]), float(monthly.sum()) * 12)
    inflation = plan.inputs.rows["benefit_values"]["prices.inflation_rate"].mode
    growth = (1 + inflation) ** np.arange(1, years_after + 1)  # what goes on stays as dear in real terms as in the last year
    return tuple(np.concatenate([part, amount * growth]) for part, amount in zip((paid, others, pay), go_on, strict=True))


def _running_idr(plan: Plan) -> float:
    """A year of keeping alive what is live in the last year, with a yearly part of each renewal, in rupiah of that year."""
    network, full = plan.network, plan.estimate.amount_idr[0, :, -1]
    live = plan.schedule.live[0, network.line_group] >= 0
    part = np.where(network.line_every == YEARLY, 1.0, 1 / np.maximum(network.line_every, 1)) * (network.line_every != ONCE)
    return float((full * part)[live].sum())


def _fitting(factors: ServiceFactors, plan: Plan, without: Plan) -> ServiceFactors:
    """The same factors in the columns of the other plan's tables; what only the other plan has stands at its most likely value."""
    likely = likely_service_factors(without.inputs)
    tables = {"rate": "services", "spent": "service_values", "adoption": "adoption", "value": "benefit_values", "population": "districts"}
    made = {}
    for name, table in tables.items():
        at = {key: n for n, key in enumerate(plan.inputs.rows[table])}
        made[name] = np.repeat(getattr(likely, name), factors.draws, axis=0)
        for n, key in enumerate(without.inputs.rows[table]):
            if key in at:
                made[name][:, n] = getattr(factors, name)[:, at[key]]
    return replace(factors, **made)


def service_headline(plan: Plan, without: Plan | None = None) -> dict[str, int | float | None]:
    """Headline figures of services for a file: those of the last year and, when `without` covers the same years, the appraisal."""
    frame, last = service_frame(plan), yearly_frame(plan).iloc[-1]
    made: dict[str, int | float | None] = {
        "services": len(frame),
        "services_digital": int(frame["go_live"].notna().sum()),
        "villages_connected": per_village_idr(plan)[0],
        "digital_transactions": round(float(last["citizen_digital"] + last["staff_digital"])),
        "citizen_hours": round(float(last["citizen_hours"])),
        "staff_hours": round(float(last["staff_hours"])),
        "citizen_travel_idr": int(last["citizen_travel_idr"]),
        "staff_travel_idr": int(last["staff_travel_idr"]),
    }
    if not comparable(plan, without):
        return made
    worth = appraise(plan, without)
    return made | {
        "appraised_until": worth.years[-1],
        "npv_idr": round(float(worth.npv_idr()[0])),
        "npv_without_citizens_time_idr": round(float(worth.npv_idr(citizens_time=False)[0])),
        "benefit_cost_ratio": finite(float(worth.ratio()[0])),
        "benefit_cost_ratio_without_citizens_time": finite(float(worth.ratio(citizens_time=False)[0])),
        "payback_year": worth.payback(),
    }


def finite(ratio: float) -> float | None:
    """A ratio for a file: None where nothing is spent."""
    return None if math.isnan(ratio) else round(ratio, 4)
