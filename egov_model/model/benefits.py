"""What digital services bring: transactions moved, hours and rupiah saved, by draw, service, island group and year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from egov_model.inputs.scenario import PlanInputs
from egov_model.inputs.services import ADMINISTRATION, ANYWHERE, CAPITAL, CITIZENS, DISTRICT, NOWHERE
from egov_model.model.adoption import effective_ceiling, mean_adopted_share
from egov_model.model.origins import Origins, find_origins
from egov_model.model.reach import NOBODY, Reach

WEEKS_PER_YEAR = 365.25 / 7


@dataclass(frozen=True)
class ServiceFactors:
    """Everything uncertain about services, one row per draw; columns follow the order of the input tables.

    rate (draws, services), spent (draws, service_values), adoption (draws, adoption), value (draws, benefit_values), population (draws,
    districts) by 1 at its estimate, literacy_share and desk_reach_share (draws,).
    """

    rate: np.ndarray
    spent: np.ndarray
    adoption: np.ndarray
    value: np.ndarray
    population: np.ndarray
    literacy_share: np.ndarray
    desk_reach_share: np.ndarray

    @property
    def draws(self) -> int:
        """Number of draws."""
        return len(self.rate)


def likely_service_factors(inputs: PlanInputs) -> ServiceFactors:
    """The plan's own draw: every value at its mode."""
    rows, settings = inputs.rows, inputs.settings

    def modes(table: str) -> np.ndarray:
        return np.array([[row.mode for row in rows[table].values()]], dtype=float)

    return ServiceFactors(
        rate=modes("services"),
        spent=modes("service_values"),
        adoption=modes("adoption"),
        value=modes("benefit_values"),
        population=np.full((1, len(rows["districts"])), rows["benefit_values"]["population.factor"].mode),
        literacy_share=np.array([settings.digital_literacy_share]),
        desk_reach_share=np.array([settings.service_desk_reach_share]),
    )


@dataclass(frozen=True)
class Benefits:
    """Each array has shape (draws, services, island groups, years): transactions in all and those that became digital, and what these save.

    `user_hours` (at the counter or the form) and the way there (`travel_hours`, `travel_idr` at prices of the base year) are of the
    service's audience, `handling_hours` of those who handle it. Savings belong to the transaction, which one service counts: an initiative
    that several services need, or a service that needs several, adds nothing twice. What was digital before counts as nothing gained.
    """

    services: tuple[str, ...]
    groups: tuple[str, ...]
    years: tuple[int, ...]
    volume: np.ndarray
    digital: np.ndarray
    user_hours: np.ndarray
    travel_hours: np.ndarray
    travel_idr: np.ndarray
    handling_hours: np.ndarray


@dataclass(frozen=True)
class Worth:
    """Rupiah at prices of the base year, each of shape (draws, services, island groups, years)."""

    citizen_time_idr: np.ndarray
    citizen_travel_idr: np.ndarray
    staff_time_idr: np.ndarray
    staff_travel_idr: np.ndarray

    @property
    def total_idr(self) -> np.ndarray:
        """All of it."""
        return self.citizen_time_idr + self.citizen_travel_idr + self.staff_time_idr + self.staff_travel_idr


def benefits(
    inputs: PlanInputs, reach: Reach, initiatives: Sequence[str], live_weeks: np.ndarray, factors: ServiceFactors, years_after: int = 0
) -> Benefits:
    """What the services bring in the plan's years and `years_after` more.

    `live_weeks` (draws, initiatives) is the week each initiative goes live, negative for never; `initiatives` that are not among them
    never do. Draws are those of `factors` and of `live_weeks`, of which one may be a single one.
    """
    years = tuple(range(inputs.settings.first_year, inputs.settings.last_year + 1 + years_after))
    origins = find_origins(inputs, reach, years)
    clock = _Clock(inputs, years, initiatives, live_weeks)
    trips = _Trips(inputs, origins, factors)
    draws = max(factors.draws, len(live_weeks))
    made = np.zeros((6, draws, len(inputs.rows["services"]), len(origins.groups), len(years)))
    for n, service in enumerate(inputs.rows["services"].values()):
        spent = {name: factors.spent[:, at] for name, at in _columns(inputs, "service_values", service.id).items()}
        class_of = {name: factors.adoption[:, at] for name, at in _columns(inputs, "adoption", service.adoption).items()}
        weight = origins.weight[service.driver]
        used = np.flatnonzero(weight.any(axis=1))
        link = np.full(len(used), NOBODY) if service.access == ANYWHERE else origins.link[service.access][used]
        cells, cell = np.unique(np.stack([origins.group[used], link]), axis=1, return_inverse=True)
        cell = cell.ravel()
        offered = clock.offered(service.initiatives, [reach.initiatives[k] if k != NOBODY else "" for k in cells[1]], service.access)
        ceiling = effective_ceiling(class_of["ceiling_share"], class_of["skill_share"], factors.literacy_share, factors.desk_reach_share)
        share = mean_adopted_share(
            offered[:, :, None], clock.begins, clock.ends, class_of["innovation"][:, None, None], class_of["imitation"][:, None, None]
        )
        share = share * (ceiling * (1 - spent["digital_today"]))[:, None, None]  # (draws, cells, years)

        # units of the driver at each origin, summed to (cells, years): what is measured per unit is multiplied by it
        units = np.zeros((len(used), cells.shape[1], len(years)))
        units[np.arange(len(used)), cell] = weight[used]
        people = factors.population[:, origins.district[used]] if service.driver == "population_thousands" else np.ones((1, len(used)))

        def summed(per_unit: np.ndarray, units=units, people=people) -> np.ndarray:
            return np.tensordot(per_unit * people, units, axes=1)

        saved_hours, saved_idr = (
            spent["trips_today"][:, None] * today - spent["trips_digital"][:, None] * digital
            for today, digital in zip(
                trips.to(service.place_today, service.audience, used), trips.to(service.place_digital, service.audience, used), strict=True
            )
        )
        rate = factors.rate[:, n, None, None]
        volume = rate * summed(np.ones((1, len(used))))
        moved = volume * share
        for k, part in enumerate(
            (
                volume,
                moved,
                moved * ((spent["user_minutes_today"] - spent["user_minutes_digital"]) / 60)[:, None, None],
                rate * share * summed(saved_hours),
                rate * share * summed(saved_idr),
                moved * ((spent["handling_minutes_today"] - spent["handling_minutes_digital"]) / 60)[:, None, None],
            )
        ):
            for g in np.unique(cells[0]):
                made[k, :, n, g] = part[:, cells[0] == g].sum(axis=1)
    return Benefits(tuple(inputs.rows["services"]), origins.groups, years, *made)


def worth(inputs: PlanInputs, found: Benefits, factors: ServiceFactors) -> Worth:
    """Hours of citizens at a share of the minimum wage, hours of staff at their pay, and the money of trips not made."""
    value = _values(inputs, factors)
    hours_month = inputs.settings.asn_hours_per_year / 12
    citizen = value["citizen.wage_idr_month"] / value["citizen.hours_month"] * value["citizen.time_share"]
    staff = value["staff.pay_idr_month"] / hours_month
    of_citizens = np.array([row.audience == CITIZENS for row in inputs.rows["services"].values()], dtype=bool)[:, None, None]
    used = found.user_hours + found.travel_hours
    return Worth(
        citizen_time_idr=used * of_citizens * citizen[:, None, None, None],
        citizen_travel_idr=found.travel_idr * of_citizens,
        staff_time_idr=(found.handling_hours + used * ~of_citizens) * staff[:, None, None, None],
        staff_travel_idr=found.travel_idr * ~of_citizens,
    )


class _Clock:
    """Years since the plan's start: when each year begins and ends, and when a service is offered to whom."""

    def __init__(self, inputs: PlanInputs, years: Sequence[int], initiatives: Sequence[str], live_weeks: np.ndarray):
        edges = np.array([-(-(date(year, 1, 1) - inputs.settings.start).days // 7) for year in (*years, years[-1] + 1)]) / WEEKS_PER_YEAR
        self.begins, self.ends = edges[:-1], edges[1:]
        self.column = {key: n for n, key in enumerate(initiatives)}
        self.live = np.where(live_weeks < 0, np.inf, live_weeks / WEEKS_PER_YEAR)

    def offered(self, initiatives: Sequence[str], links: Sequence[str], access: str) -> np.ndarray:
        """When all `initiatives` and a cell's link are live, shape (draws, cells); infinite for never."""
        service = np.max([self._of(key) for key in initiatives], axis=0)
        ready = [np.zeros(len(self.live)) if access == ANYWHERE else self._of(key) for key in links]
        return np.maximum(service[:, None], np.stack(ready, axis=1))

    def _of(self, initiative: str) -> np.ndarray:
        at = self.column.get(initiative)
        return np.full(len(self.live), np.inf) if at is None else self.live[:, at]


class _Trips:
    """Hours and rupiah of going somewhere and back, as far as the trip is for the transaction alone, shape (draws, origins)."""

    def __init__(self, inputs: PlanInputs, origins: Origins, factors: ServiceFactors):
        self.value = {key: column[:, None] for key, column in _values(inputs, factors).items()}
        self.origins = origins

    def to(self, place: str, audience: str, used: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(hours, rupiah) to a place from the `used` origins; a night where the way takes longer than a day allows."""
        if place == NOWHERE:
            return np.zeros((1, len(used))), np.zeros((1, len(used)))
        km, value = self.origins.km[{DISTRICT: DISTRICT, CAPITAL: CAPITAL}[place]][used], self.value
        sea = self.origins.by_sea[used]

        def by(quantity: str) -> np.ndarray:
            return np.where(sea, value[f"sea.{quantity}"], value[f"land.{quantity}"])

        away = km > 0
        hours = 2 * away * (km * by("detour_factor") / by("km_per_hour") + by("wait_hours"))
        nights = hours > value["trip.day_hours"]
        board = value["staff.allowance_idr_day"] * (1 + nights) if audience == ADMINISTRATION else nights * value["trip.night_idr"]
        money = 2 * km * by("idr_per_km") + away * board
        return hours * value["trip.errand_share"], money * value["trip.errand_share"]


def _values(inputs: PlanInputs, factors: ServiceFactors) -> dict[str, np.ndarray]:
    """benefit_values by key, (draws,); money at prices of the base year."""
    made = {key: factors.value[:, n] for n, key in enumerate(inputs.rows["benefit_values"])}
    growth, base = 1 + made["prices.inflation_rate"], inputs.settings.base_price_year
    return {
        key: made[key] * growth ** (base - row.price_year) if row.money else made[key] for key, row in inputs.rows["benefit_values"].items()
    }


def _columns(inputs: PlanInputs, table: str, first: str) -> dict[str, int]:
    """Column of each row of a two-part key that begins with `first`, by the second part."""
    made = {}
    for n, key in enumerate(inputs.rows[table]):
        begin, _, end = key.rpartition(".")
        if begin == first:
            made[end] = n
    return made
