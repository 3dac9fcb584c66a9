"""Record of a unit figure that somebody else published, to hold the plan's own figure against."""

from __future__ import annotations

from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, model_validator

from egov_model.inputs.record import ThreePoint
from egov_model.inputs.values import Count, Ids, Name, Note, Slug, to_text

# What can be measured in a plan, and the columns that say of what
MEASURES = MappingProxyType(
    {
        "unit_price": ("items",),  # rupiah per unit bought of the items
        "initiative_build": ("initiatives",),  # rupiah paid once per initiative
        "yearly_per_target": ("items", "initiatives"),  # rupiah of the items in the last year per target of the initiatives
        "software_per_application": ("items",),  # rupiah paid once for the items per application they are bought for
        "hours_per_function_point": (),  # by the effort model
        "users_per_person": (),  # users per full-time equivalent who runs things; `roles` empty: all roles
        "units_per_person": ("items", "roles"),  # units bought once per full-time equivalent who runs things
        "training_hours": ("items",),  # lesson hours per user and year from participant-days
        "spending_share": (),  # plan per year over the regency's spending
    }
)
MONEY = ("unit_price", "initiative_build", "yearly_per_target", "software_per_application")


class PublishedFigure(ThreePoint):
    """One published figure: `low, mode, high` as far as published (all three equal: a single figure), money in rupiah of `price_year`.

    `measure` says what the plan's own figure is, `items`, `initiatives` and `roles` of what; the remark, when there is one, tells why
    the plan differs.
    """

    id: Slug
    title_id: Name
    title_en: Name
    measure: Annotated[Literal[tuple(MEASURES)], BeforeValidator(to_text)]
    price_year: Count
    items: Ids = ()
    initiatives: Ids = ()
    roles: Ids = ()
    remark_id: Note = ""
    remark_en: Note = ""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        missing = [name for name in MEASURES[self.measure] if not getattr(self, name)]
        if missing:
            raise ValueError(f"measure {self.measure}: {' and '.join(missing)} must be named")
        if self.measure in MONEY and not 2000 <= self.price_year <= 2100:
            raise ValueError(f"measure {self.measure} is money: it needs a price_year")
        if self.measure not in MONEY and self.price_year:
            raise ValueError(f"measure {self.measure} is not money: price_year is 0")
        return self
