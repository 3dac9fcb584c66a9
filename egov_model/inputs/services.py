"""Records of services: who uses them how often, what a transaction takes today and digitally, how fast they are taken up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from egov_model.inputs.errors import Problems, did_you_mean, listed
from egov_model.inputs.record import Record, ThreePoint
from egov_model.inputs.values import Count, Ids, Name, Note, Slug, shown, to_text

CITIZENS, ADMINISTRATION = "citizens", "administration"
HOME_DRIVERS = ("population_thousands", "villages", "schools", "puskesmas")  # counted where people live: spread over villages
OFFICE_DRIVERS = ("users", "agencies", "offices", "district_offices")  # counted where civil servants work
NOWHERE, DISTRICT, CAPITAL = "none", "district", "capital"  # where one goes for a transaction
PLACES = (NOWHERE, DISTRICT, CAPITAL)
OWN, ANYWHERE = "own", "none"  # access: own village or office; none: needs no connection of the plan
ACCESS = (OWN, "district-office", "puskesmas", ANYWHERE)  # whose connection a digital transaction needs

# What a transaction takes; minutes without the way there, of which `trips` say how often and the places where to
SHARES = ("digital_today",)
QUANTITIES = (
    "user_minutes_today", "user_minutes_digital", "handling_minutes_today", "handling_minutes_digital", "trips_today", "trips_digital",
    *SHARES,
)  # fmt: skip
ADOPTION = ("innovation", "imitation", "ceiling_share", "skill_share")  # p and q of Bass per year, share that ever comes, share of skill
VALUES = MappingProxyType(
    {
        "sea": ("km_per_hour", "wait_hours", "idr_per_km", "detour_factor"),
        "land": ("km_per_hour", "wait_hours", "idr_per_km", "detour_factor"),
        "trip": ("errand_share", "day_hours", "night_idr"),
        "citizen": ("wage_idr_month", "hours_month", "time_share"),
        "staff": ("pay_idr_month", "allowance_idr_day"),
        "population": ("factor",),
        "prices": ("inflation_rate",),
    }
)
_DIVISORS = ("km_per_hour", "hours_month", "innovation")


class Service(ThreePoint):
    """One kind of transaction, served by one service; `low, mode, high`: transactions per unit of the driver and year.

    It is digital when every one of `initiatives` is live and the connection of `access` stands. `place_today` and `place_digital`: where
    its users go. `unpriced_*`: what it brings that has no money value.
    """

    id: Slug
    title_id: Name
    title_en: Name
    transaction: Slug
    category: Annotated[Literal["administration", "public"], BeforeValidator(to_text)]
    audience: Annotated[Literal[(CITIZENS, ADMINISTRATION)], BeforeValidator(to_text)]
    owner: Slug
    driver: Annotated[Literal[(*HOME_DRIVERS, *OFFICE_DRIVERS)], BeforeValidator(to_text)]
    access: Annotated[Literal[ACCESS], BeforeValidator(to_text)]
    place_today: Annotated[Literal[PLACES], BeforeValidator(to_text)]
    place_digital: Annotated[Literal[PLACES], BeforeValidator(to_text)]
    initiatives: Annotated[Ids, Field(min_length=1)]
    adoption: Slug
    unpriced_id: Note = ""
    unpriced_en: Note = ""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.driver in OFFICE_DRIVERS and self.access not in (OWN, ANYWHERE):
            raise ValueError(f"driver {self.driver} counts at offices, access {self.access!r} is of villages: expected {OWN} or {ANYWHERE}")
        return self


class _Bounded(ThreePoint):
    """Three points of which shares stay below 1 and divisors above 0."""

    def _check(self, name: str, shares: Iterable[str]) -> None:
        if name in shares and self.high > 1:
            raise ValueError(f"high {self.high:.15g}: {name} is a share of 1 or less")
        if name in _DIVISORS and not self.low > 0:
            raise ValueError(f"low {self.low:.15g}: {name} is more than 0")


class ServiceValue(_Bounded):
    """What one transaction of a service takes: minutes of its user and of who handles it, trips, and the share that is digital already."""

    service: Slug
    quantity: Annotated[Literal[QUANTITIES], BeforeValidator(to_text)]

    @model_validator(mode="after")
    def _in_bounds(self) -> Self:
        self._check(self.quantity, SHARES)
        return self


class AdoptionValue(_Bounded):
    """One parameter of how a class of users takes up what is offered: Bass p and q per year, and which share ever does."""

    adoption: Slug
    parameter: Annotated[Literal[ADOPTION], BeforeValidator(to_text)]
    title_id: Name
    title_en: Name

    @model_validator(mode="after")
    def _in_bounds(self) -> Self:
        self._check(self.parameter, ("ceiling_share", "skill_share"))
        return self


class BenefitValue(_Bounded):
    """One value that turns transactions into hours and rupiah; money (`idr` in its name) is rupiah of `price_year`, else that is 0."""

    subject: Annotated[Literal[tuple(VALUES)], BeforeValidator(to_text)]
    quantity: Annotated[Literal[tuple(dict.fromkeys(q for names in VALUES.values() for q in names))], BeforeValidator(to_text)]
    title_id: Name
    title_en: Name
    price_year: Count

    @property
    def money(self) -> bool:
        """Whether it is paid in rupiah."""
        return "idr" in self.quantity.split("_")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.quantity not in VALUES[self.subject]:
            raise ValueError(f"quantity {self.quantity!r} of {self.subject!r}: expected {', '.join(VALUES[self.subject])}")
        if self.money != (2000 <= self.price_year <= 2100):
            said = "money: it needs a price_year" if self.money else "not money: price_year is 0"
            raise ValueError(f"{self.quantity} is {said}")
        self._check(self.quantity, ("errand_share", "time_share"))
        return self


def check_services(
    rows: Mapping[str, Mapping[str, Record]],
    place: Callable[[str, str], tuple[str, int]],
    problems: Problems,
    lost: Mapping[str, Collection[str]],
) -> None:
    """Note transactions that two services count, classes of adoption nobody describes, and values that no row gives."""
    counted: dict[str, str] = {}
    classes = tuple(dict.fromkeys(row.adoption for row in rows["adoption"].values()))
    for key, row in rows["services"].items():
        file, number = place("services", key)
        if (other := counted.setdefault(row.transaction, key)) != key:
            found = f"{shown(row.transaction)}, already counted by {other}"
            problems.add(file, number, "transaction", found=found, allowed="each kind of transaction in one service")
        if row.adoption not in classes and not lost.get("adoption"):
            near = did_you_mean(row.adoption, classes)
            problems.add(file, number, "adoption", found=shown(row.adoption), allowed=listed(classes), advice=near)
    wanted = {
        "service_values": [f"{key}.{quantity}" for key in rows["services"] for quantity in QUANTITIES],
        "adoption": [f"{name}.{parameter}" for name in classes for parameter in ADOPTION],
        "benefit_values": [f"{subject}.{quantity}" for subject, names in VALUES.items() for quantity in names],
    }
    for table, keys in wanted.items():
        bare = [key for key in keys if key not in rows[table]]
        if bare and not lost.get(table):
            problems.add(place(table, "")[0], found=f"no row for {listed(bare, 30)}", allowed="one row each")
