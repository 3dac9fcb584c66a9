"""What can be done about a shortage of people: hires, training and services with their dates, what each adds by month and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from egov_model.inputs.rules import Role
from egov_model.inputs.scenario import PlanInputs
from egov_model.inputs.staffing import Hiring
from egov_model.model.drivers import Drivers
from egov_model.model.factors import most_likely
from egov_model.model.people import MILLI, arrived, by_month, hiring_of
from egov_model.model.pricing import carried, distinct
from egov_model.model.timeline import Timeline, contract_windows

HIRE, TRAIN, CONTRACT = "hire", "train", "contract"
BLOCK_MONTHS = 3  # services are ordered by the quarter


@dataclass(frozen=True, eq=False)
class Option:
    """One measure that can be taken up to `most` times: `how` is the form of a hire, the role somebody is trained from, or the price item.

    `decide_by`: the proposals that close then, or the day the training or the service starts; `starts`: duty, full work on the new post, or
    the service. `idr` (years,) is what one costs in each year of the plan; `adds_milli` (roles, months) what one adds.
    """

    kind: str
    role: str
    how: str
    decide_by: date
    starts: date
    most: int
    idr: np.ndarray
    adds_milli: np.ndarray


def options(inputs: PlanInputs, timeline: Timeline, drivers: Drivers, buyable_milli: np.ndarray) -> tuple[Option, ...]:
    """Every measure within the plan; `buyable_milli` (roles, months) is the work that services may do."""
    return (
        *_hires(inputs, timeline),
        *_trainings(inputs, timeline, drivers),
        *_services(inputs, timeline, drivers, buyable_milli),
    )


def proposed_by(way: Hiring, arrives: date) -> date:
    """The last closing of proposals that leaves the lead time before an arrival."""
    months = arrives.year * 12 + arrives.month - 1 - way.mode
    latest = date(int(months // 12), int(months % 12) + 1, 1)
    month, day = (int(part) for part in way.proposal_deadline.split("-"))
    closes = date(latest.year, month, day)
    return closes if closes <= latest else date(latest.year - 1, month, day)


def working_time(role: Role) -> float:
    """Share of a person's time that the plan may use, for projects and for running what is live."""
    return role.project_share + role.operate_share


def first_of_month(timeline: Timeline, month: int) -> date:
    """First day of a month counted from the plan's start."""
    return date(timeline.years[0] + month // 12, month % 12 + 1, 1)


def month_of(timeline: Timeline, day: date) -> int:
    """Month a day lies in, counted from the plan's start."""
    return (day.year - timeline.years[0]) * 12 + day.month - 1


def unit_price_idr(inputs: PlanInputs, drivers: Drivers, item: str) -> np.ndarray:
    """Most likely price of an item of prices.csv delivered in the capital, by year of payment, shape (years,)."""
    price, likely = inputs.rows["prices"][item], most_likely(inputs)
    zone = drivers.zones[int(np.argmax(drivers.counts("one", "")[:, 0]))]
    histories, _ = distinct([price])
    grown = carried(inputs, histories, drivers.years, likely.escalation_rate, likely.vat_rate)[0, 0]
    return price.mode * inputs.rows["places"][f"{price.place_basis}.{zone}"].mode * grown


def _hires(inputs: PlanInputs, timeline: Timeline) -> list[Option]:
    """Intakes of each year whose proposals close after the plan is adopted, less what planned formations take of them."""
    made, roles, delay = [], list(inputs.rows["roles"]), inputs.settings.hiring_delay_years
    for way in inputs.rows["hiring"].values():
        role, own = inputs.rows["roles"][way.role], hiring_of(inputs, way.role)
        for year in timeline.years:
            nominal = date(year, way.arrives_month, 1)
            starts, closes = nominal.replace(year=year + delay), proposed_by(way, nominal)
            planned = inputs.rows["formations"].get(f"{way.role}.{year}") if way is own else None
            most = way.most - (planned.hires if planned else 0)
            if closes < inputs.settings.adopted_on or starts.year > timeline.years[-1] or most <= 0:
                continue
            heads = by_month(arrived(timeline, starts, role.attrition, None), timeline) * way.working_share
            counted = by_month(arrived(timeline, starts, role.attrition, way), timeline) * way.working_share
            adds = _adds(timeline, roles, {way.role: counted * working_time(role)})
            made.append(Option(HIRE, way.role, way.form, closes, starts, most, _by_year(heads * role.mode), adds))
    return made


def _trainings(inputs: PlanInputs, timeline: Timeline, drivers: Drivers) -> list[Option]:
    """Training that starts in each year once new money may be spent; while it lasts the person works on neither post.

    The cost is the course and, from then on, what the new post pays more.
    """
    made, names, roles = [], list(inputs.rows["roles"]), inputs.rows["roles"]
    months = np.arange(len(timeline.months))
    for row in inputs.rows["retraining"].values():
        course = unit_price_idr(inputs, drivers, row.item) * row.participants
        leaves, joins = roles[row.from_role], roles[row.to_role]
        for year, first in _new_money(inputs, timeline).items():
            counts = first + int(np.ceil(row.mode))
            if row.most == 0 or counts >= len(months):
                continue
            since, there = (months - first) / 12, months >= counts
            lost = np.where(months >= first, working_time(leaves) * (1 - leaves.attrition) ** np.maximum(since, 0), 0.0)
            stays = np.where(there, (1 - joins.attrition) ** np.maximum(since, 0), 0.0)
            idr = _by_year(stays * max(0.0, joins.mode - leaves.mode))
            idr[timeline.years.index(year)] += np.rint(course[timeline.years.index(year)]).astype(np.int64)
            adds = _adds(timeline, names, {row.from_role: -lost, row.to_role: stays * working_time(joins)})
            starts = first_of_month(timeline, counts)
            made.append(Option(TRAIN, row.to_role, row.from_role, first_of_month(timeline, first), starts, row.most, idr, adds))
    return made


def _services(inputs: PlanInputs, timeline: Timeline, drivers: Drivers, buyable_milli: np.ndarray) -> list[Option]:
    """Person-quarters of services, from the first month in which new money can have bought one; once bought they go on over the years."""
    made, roles = [], list(inputs.rows["roles"])
    opening = _new_money(inputs, timeline, procured=True)
    if not opening:
        return made
    first = min(opening.values())
    for key, role in inputs.rows["roles"].items():
        if role.asn_only or not role.contract_item:
            continue
        price = unit_price_idr(inputs, drivers, role.contract_item)
        for start in range(0, len(timeline.months), BLOCK_MONTHS):
            most = -(-int(buyable_milli[roles.index(key), start : start + BLOCK_MONTHS].max()) // MILLI)
            if start < first or not most:
                continue
            works = np.zeros(len(timeline.months))
            works[start : start + BLOCK_MONTHS] = 1.0
            idr, day = _by_year(works * np.repeat(price, 12)), first_of_month(timeline, start)
            made.append(Option(CONTRACT, key, role.contract_item, day, day, most, idr, _adds(timeline, roles, {key: works})))
    return made


def _new_money(inputs: PlanInputs, timeline: Timeline, procured: bool = False) -> dict[int, int]:
    """First month wholly after new money may be spent in each year (`procured`: and the lightest procurement of services is done)."""
    fiscal = {row.year: row for row in inputs.rows["fiscal_years"].values()}
    methods = [row.mode for row in inputs.rows["procurement"].values() if row.category == "services"]
    weeks = int(np.ceil(min(methods, default=0))) if procured else 0
    made = {}
    for window in contract_windows(timeline, fiscal, inputs.settings, running=False):
        opens = max(timeline.day(window.opens + weeks), inputs.settings.adopted_on)
        month = month_of(timeline, opens) + (opens.day > 1)
        if month < len(timeline.months):
            made[timeline.years[window.year]] = month
    return made


def _adds(timeline: Timeline, roles: list[str], fte: dict[str, np.ndarray]) -> np.ndarray:
    """Thousandths of an FTE by role and month; what is added rounded down, what is taken rounded up."""
    made = np.zeros((len(roles), len(timeline.months)), dtype=np.int64)
    for role, values in fte.items():
        made[roles.index(role)] = np.floor(values * MILLI + 1e-6).astype(np.int64)
    return made


def _by_year(idr_by_month: np.ndarray) -> np.ndarray:
    return np.rint(idr_by_month.reshape(-1, 12).sum(axis=1)).astype(np.int64)
