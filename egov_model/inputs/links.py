"""Record of what a link costs and carries: one row is one quantity of a technology, of a power supply or of the need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, model_validator

from egov_model.inputs.record import ThreePoint
from egov_model.inputs.values import Count, Name, SlugOrNone, to_text

TOWN_FIBRE, TERRESTRIAL, LEO, VSAT, NONE = "town-fibre", "terrestrial", "leo", "vsat", "none"
TECHNOLOGIES = (TOWN_FIBRE, TERRESTRIAL, LEO, VSAT)
SATELLITES = (LEO, VSAT)
SITE_KINDS = ("office", "district-office", "puskesmas", "village")
FIBRE_IN_TOWN, SATELLITE_FIRST = "fibre-in-labuha-only", "satellite-first"

# By subject: quantities it must have, and those it may have (absent: nothing to pay, no watts, no limit on distance)
LINK = (("bandwidth_mbps", "life_years"), ("capex_idr", "opex_idr_year", "opex_idr_mbps_year", "watts", "reach_km"))
QUANTITIES = {
    TOWN_FIBRE: (("ring_km", *LINK[0]), LINK[1]),  # reach is counted from the ring, which stands ring_km around the capital
    TERRESTRIAL: LINK,  # reach is counted from the nearest point of presence
    LEO: LINK,
    VSAT: LINK,
    "solar": (
        ("life_years", "battery_life_years", "sun_hours_day", "efficiency_share", "discharge_share", "autonomy_days"),
        ("kit_idr", "panel_idr_wp", "battery_idr_wh", "opex_idr_year"),
    ),
    "genset": (("life_years",), ("capex_idr", "opex_idr_year", "fuel_idr_hour")),
    "need": (
        ("users_puskesmas", "users_village", "mbps_per_active_user", "active_share", "least_mbps", "hours_needed_day", "discount_rate"),
        (),
    ),
}
_DIVISORS = ("life_years", "battery_life_years", "sun_hours_day", "efficiency_share", "discharge_share")
_SUBJECTS = tuple(QUANTITIES)
_ALL = tuple(dict.fromkeys(name for needed, may in QUANTITIES.values() for name in (*needed, *may)))


class LinkValue(ThreePoint):
    """One quantity of a subject; money (`idr` in its name) is rupiah of `price_year` before the place factor of its basis.

    A cost line may buy a row that is money, by its key `technology.quantity`. Quantities that are not money have price_year 0 and none
    of place_basis, vat and price_class.
    """

    technology: Annotated[Literal[_SUBJECTS], BeforeValidator(to_text)]
    quantity: Annotated[Literal[_ALL], BeforeValidator(to_text)]
    name: Name
    price_year: Count
    place_basis: SlugOrNone
    vat: Annotated[Literal["included", "excluded", "exempt", ""], BeforeValidator(to_text)]
    price_class: SlugOrNone

    @property
    def money(self) -> bool:
        """Whether the quantity is paid in rupiah."""
        return "idr" in self.quantity.split("_")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        known = [name for names in QUANTITIES[self.technology] for name in names]
        if self.quantity not in known:
            raise ValueError(f"quantity {self.quantity!r} of {self.technology!r}: expected {', '.join(known)}")
        if self.money and not (2000 <= self.price_year <= 2100 and self.place_basis and self.vat and self.price_class):
            raise ValueError(f"{self.quantity} is money: it needs price_year, place_basis, vat and price_class")
        if not self.money and (self.price_year or self.place_basis or self.vat or self.price_class):
            raise ValueError(f"{self.quantity} is not money: price_year is 0, place_basis, vat and price_class are empty")
        if self.quantity in _DIVISORS and not self.low > 0:
            raise ValueError(f"low {self.low:.15g}: {self.quantity} is more than 0")
        return self


def policy_rules(links: Mapping[str, LinkValue]) -> list[str]:
    """Rules a policy for links may name: fibre in the capital's district only, satellites first, a technology for a kind of site."""
    offered = [t for t in TECHNOLOGIES if any(row.technology == t for row in links.values())]
    return [FIBRE_IN_TOWN, SATELLITE_FIRST, *(f"{kind}={t}" for kind in SITE_KINDS for t in offered)]


def missing_values(values: Iterable[LinkValue]) -> tuple[str, ...]:
    """Keys (`technology.quantity`) the model cannot do without that no row gives; a technology without any row is not on offer."""
    have = {(v.technology, v.quantity) for v in values}
    offered = {t for t, _ in have} | {"solar", "genset", "need"}
    return tuple(f"{t}.{q}" for t, (needed, _) in QUANTITIES.items() for q in needed if t in offered and (t, q) not in have)
