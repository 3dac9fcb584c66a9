"""Records of how prices move from the year they were seen to the year they are paid: growth by class, and VAT by year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from egov_model.inputs.record import ThreePoint
from egov_model.inputs.values import Name, Share, Slug, Year, to_number

Rate = Annotated[float, BeforeValidator(to_number), Field(ge=-0.5, le=0.5)]


class PriceClass(ThreePoint):
    """Prices that move together: `low, mode, high` is their yearly growth as a share; below 0 where they fall."""

    id: Slug
    title_id: Name
    title_en: Name
    low: Rate
    mode: Rate
    high: Rate


class VatRate(ThreePoint):
    """Effective rate of VAT on general goods and services, as a share, in the years it is in force."""

    valid_from: Year
    valid_to: Year
    low: Share
    mode: Share
    high: Share

    @model_validator(mode="after")
    def _years_in_order(self) -> Self:
        if self.valid_from > self.valid_to:
            raise ValueError(f"valid_from {self.valid_from} is after valid_to {self.valid_to}")
        return self


def rate_column(rates: Iterable[VatRate], year: int) -> int:
    """Which of the rows is in force in a year, counted from 0; -1 for none."""
    return next((n for n, row in enumerate(rates) if row.valid_from <= year <= row.valid_to), -1)


def taxed_years(row: object, years: Iterable[int]) -> tuple[int, ...]:
    """Years whose rate a price needs: none when exempt, its own when VAT is included, and those it is paid in."""
    vat = getattr(row, "vat", "")
    own = (row.price_year,) if vat == "included" else ()
    return (*own, *years) if vat in ("included", "excluded") else ()


def overlapping(rates: Mapping[str, VatRate]) -> list[str]:
    """Keys of rows whose years another row covers too."""
    return [
        key
        for key, row in rates.items()
        if any(o is not row and o.valid_from <= row.valid_to and row.valid_from <= o.valid_to for o in rates.values())
    ]
