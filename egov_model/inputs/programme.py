"""Records of what the plan wants: initiatives, their phases, their bill of quantities and prices."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, model_validator

from egov_model.inputs.record import Sourced, ThreePoint
from egov_model.inputs.values import Count, Day, Flag, Ids, Name, Positive, Share, Slug, SlugOrNone, Year, to_text

DELIVERIES = ("in_house", "vendor", "mixed")
SECTIONS = ("tata-kelola", "manajemen", "layanan", "infrastruktur", "aplikasi", "keamanan", "audit-tik")

LINK_TECHNOLOGIES = ("town_fibre", "terrestrial", "leo", "vsat")
SITE_DRIVERS = (
    "link_sites",  # sites an initiative reaches (reach.csv); of them those with
    *(f"link_{name}" for name in LINK_TECHNOLOGIES),  # this technology
    *(f"link_{name}_mbps" for name in LINK_TECHNOLOGIES),  # their bandwidth need
    "link_solar",  # solar power
    "link_solar_wp",  # its panels
    "link_solar_wh",  # its batteries
    "link_genset",
    "link_genset_hours",  # a year
)
DRIVERS = (
    "one",  # the regency as a whole
    "agencies",  # every perangkat daerah
    "offices",  # agencies that are not a kecamatan
    "district_offices",
    "villages",
    "users",
    "puskesmas",
    "schools",
    "population_thousands",
    "applications",  # the whole inventory
    "hub",  # one hub when integration goes over it, else none
    "linked_applications",  # applications that this initiative treats
    "linked_function_points",  # their size
    "linked_vendor_person_months",  # work on them that a vendor does
    "linked_person_months",  # all work on them: what upkeep is a share of
    "linked_interfaces",  # their interfaces
    "linked_connectors",  # interfaces to build: connectors to the hub, or pairs when integration is point to point
    "linked_agencies",  # agencies that own them
    "target",  # outputs of the initiative itself
    *SITE_DRIVERS,
    "training_days_once",  # participant-days that training.csv gives this initiative, while it is carried out
    "training_days_yearly",  # and each year from its go-live
)

Driver = Annotated[Literal[DRIVERS], BeforeValidator(to_text)]
Section = Annotated[Literal[SECTIONS], BeforeValidator(to_text)]


class Initiative(Sourced):
    """One deliverable of the plan; `target` counts outputs in `unit`; `after` are initiatives it must follow.

    `delivery`: who builds its software; empty as the setting says."""

    id: Slug
    title_id: Name
    title_en: Name
    section: Section
    owner: Slug
    kind: Slug
    sub_activity: Slug
    fund: Slug
    after: Ids = ()
    earliest: Day
    mandatory: Flag
    budget_status: Annotated[Literal["running", "new"], BeforeValidator(to_text)]
    contract: Annotated[Literal["single", "multi"], BeforeValidator(to_text)]
    priority: Count
    milestone: Flag
    target: Positive
    delivery: Annotated[Literal[("", *DELIVERIES)], BeforeValidator(to_text)] = ""


class Kind(Sourced):
    """A kind of initiative and what its contracts buy (this decides the procurement method)."""

    id: Slug
    title_id: Name
    title_en: Name
    procurement: Annotated[Literal["goods", "services", "consultancy"], BeforeValidator(to_text)]


class Phase(ThreePoint):
    """Phase of a kind: duration in weeks; `spends`: pays contracts; `procures`: lasts as long as the procurement method says.

    `builds`: software of the initiative is built in it, so it lasts as long as that takes; low and high then count relative to mode."""

    kind: Slug
    phase: Slug
    order: Count
    spends: Flag
    procures: Flag
    builds: Flag = False


class PhaseRole(Sourced):
    """Full-time equivalents of a role during a phase.

    `build_share`: the role's part of own work on software in a phase that builds it; `fte` holds where there is no software.
    `contractable`: the work may be bought as a service instead."""

    kind: Slug
    phase: Slug
    role: Slug
    fte: Positive
    build_share: Share = 0.0
    contractable: Flag = False


class Procurement(ThreePoint):
    """Procurement method: weeks it takes, for contracts of a category up to a value."""

    id: Slug
    title_id: Name
    title_en: Name
    category: Annotated[Literal["goods", "services", "consultancy"], BeforeValidator(to_text)]
    max_value_idr: Count


class CostLine(ThreePoint):
    """Bill of quantities: `low, mode, high` units of `item` per unit of `driver`."""

    id: Slug
    initiative: Slug
    item: Slug
    driver: Driver
    timing: Annotated[Literal["once", "yearly", "refresh"], BeforeValidator(to_text)]
    every_years: Count
    phase: SlugOrNone
    account: Slug

    @model_validator(mode="after")
    def _timing_complete(self) -> Self:
        if self.timing == "once" and not self.phase:
            raise ValueError("phase is empty; a cost paid once names the phase that pays it")
        if self.timing == "refresh" and self.every_years < 1 and "." not in self.item:  # a technology has a life of its own
            raise ValueError("every_years is 0; a refresh names its interval in years")
        return self


class Price(ThreePoint):
    """Unit price in rupiah of `price_year`, before the place factor of its basis.

    `vat`: included at the rate of the price year, excluded, or exempt; `price_class` says how it grows.
    """

    item: Slug
    name: Name
    price_year: Year
    place_basis: Slug
    vat: Annotated[Literal["included", "excluded", "exempt"], BeforeValidator(to_text)]
    price_class: Slug


class Place(ThreePoint):
    """Factor on a price of this basis when it is delivered in a zone."""

    place_basis: Slug
    zone: Slug
