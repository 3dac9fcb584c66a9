"""The plan's own unit figures beside published ones, in prices of the published year."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from egov_model.analysis.crosscheck import ratios
from egov_model.inputs.priced import priced_items
from egov_model.inputs.published import MEASURES, PublishedFigure
from egov_model.model import pricing
from egov_model.model.factors import most_likely
from egov_model.model.plan import Plan
from egov_model.model.software import software_effort

ROUNDING_SHARE = 0.005  # amounts are whole rupiah, published figures rounded: as close as this is no difference
COLUMNS = ("key", "ours", "low", "mode", "high", "price_year", "verdict")


def compared(plan: Plan) -> pd.DataFrame:
    """One row per published figure in file order: key, ours (NaN when the plan has nothing of it), low, mode, high, price_year (0: not
    money), verdict (within, below, above, absent). Money is rupiah of price_year, with VAT and transport as the plan pays them."""
    rows = []
    for key, row in plan.inputs.rows["published"].items():
        named = all(getattr(row, name) for name in MEASURES[row.measure])  # a scenario may have dropped what the row is about
        ours = FIGURES[row.measure](plan, row) if named else None
        rows.append((key, np.nan if ours is None else ours, row.low, row.mode, row.high, row.price_year, verdict(ours, row.low, row.high)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def verdict(ours: float | None, low: float, high: float) -> str:
    """Where a figure lies of a range: within, below, above; absent when there is none."""
    if ours is None:
        return "absent"
    if ours < low * (1 - ROUNDING_SHARE):
        return "below"
    return "above" if ours > high * (1 + ROUNDING_SHARE) else "within"


def _bought(plan: Plan, row: PublishedFigure, timing: str = "") -> tuple[np.ndarray, np.ndarray, tuple[int, ...]]:
    r"""Rupiah of the published price year and units by line and year, both (lines, years), and the numbers of the lines.

    .. math:: a_0 = a_t / (1+e_k)^{t}

    amount a_t paid t years after the price year, growth e_k per year of the price class. Units are those of the paid part of a line.
    """
    lines = plan.inputs.rows["cost_lines"]
    at = tuple(
        n
        for n, key in enumerate(plan.estimate.lines)
        if (not row.items or lines[key].item in row.items)
        and (not row.initiatives or lines[key].initiative in row.initiatives)
        and (not timing or lines[key].timing == timing)
    )
    paid, full = plan.schedule.paid_idr[0, list(at)].astype(float), plan.estimate.amount_idr[0, list(at)].astype(float)
    units = np.divide(paid, full, out=np.zeros_like(paid), where=full > 0) * plan.estimate.units[0, list(at)]
    years, prices, likely = plan.timeline.years, priced_items(plan.inputs.rows), most_likely(plan.inputs)
    classes = [prices[lines[plan.estimate.lines[n]].item].price_class for n in at]
    histories = [pricing.History(name, row.price_year or years[0], "exempt") for name in classes]
    growth = pricing.carried(plan.inputs, histories, years, likely.escalation_rate, likely.vat_rate)[0]
    return paid / growth, units, at


def _ratio(above: float, below: float) -> float | None:
    return above / below if above > 0 and below > 0 else None


def _unit_price(plan: Plan, row: PublishedFigure) -> float | None:
    money, units, _ = _bought(plan, row)
    return _ratio(money.sum(), units.sum())


def _placed(plan: Plan, lines: tuple[int, ...]) -> list[str]:
    """Initiatives of these lines that pay for any of them."""
    keys = plan.estimate.lines
    paying = [keys[n] for n in lines if plan.schedule.paid_idr[0, n].any()]
    return sorted({plan.inputs.rows["cost_lines"][key].initiative for key in paying})


def _initiative_build(plan: Plan, row: PublishedFigure) -> float | None:
    money, _, lines = _bought(plan, row, "once")
    return _ratio(money.sum(), len(_placed(plan, lines)))


def _yearly_per_target(plan: Plan, row: PublishedFigure) -> float | None:
    money, _, lines = _bought(plan, row, "yearly")
    targets = sum(plan.inputs.rows["initiatives"][key].target for key in _placed(plan, lines))
    return _ratio(money[:, -1].sum(), targets)


def _software_per_application(plan: Plan, row: PublishedFigure) -> float | None:
    money, _, lines = _bought(plan, row, "once")
    applications = sum(plan.drivers.counts("linked_applications", key)[:, -1].sum() for key in _placed(plan, lines))
    return _ratio(money.sum(), applications)


def _hours_per_function_point(plan: Plan, row: PublishedFigure) -> float | None:
    made, language = software_effort(plan.inputs), plan.inputs.settings.software_language
    per_point = plan.inputs.rows["effort_values"][f"sloc_per_function_point.{language}."].mode
    new_points = float(np.sum(made.equivalent_ksloc)) * 1000 / per_point  # what reuse and packages leave to do
    return _ratio(float(np.sum(made.effort.mode)) * made.hours_per_person_month, new_points)


def _operating_fte(plan: Plan, row: PublishedFigure) -> float:
    """Full-time equivalents that run things in the plan's last month, of the row's roles or of all."""
    last = plan.staffing[plan.staffing["month"] == plan.timeline.months[-1]]
    return float(last.loc[last["role"].isin(row.roles) if row.roles else slice(None), "operate_fte"].sum())


def _users(plan: Plan) -> float:
    return float(plan.drivers.regency["users"][:, -1].sum())


def _users_per_person(plan: Plan, row: PublishedFigure) -> float | None:
    return _ratio(_users(plan), _operating_fte(plan, row))


def _units_per_person(plan: Plan, row: PublishedFigure) -> float | None:
    return _ratio(_bought(plan, row, "once")[1].sum(), _operating_fte(plan, row))


def _training_hours(plan: Plan, row: PublishedFigure) -> float | None:
    days = _bought(plan, row)[1].sum() / len(plan.timeline.years)
    return _ratio(days * plan.inputs.settings.lesson_hours_per_day, _users(plan))


def _spending_share(plan: Plan, row: PublishedFigure) -> float | None:
    return ratios(plan).get("spending_share")


FIGURES: dict[str, Callable[[Plan, PublishedFigure], float | None]] = {
    "unit_price": _unit_price,
    "initiative_build": _initiative_build,
    "yearly_per_target": _yearly_per_target,
    "software_per_application": _software_per_application,
    "hours_per_function_point": _hours_per_function_point,
    "users_per_person": _users_per_person,
    "units_per_person": _units_per_person,
    "training_hours": _training_hours,
    "spending_share": _spending_share,
}
