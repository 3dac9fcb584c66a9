"""Record of norm times: how often a service is asked for and how long one handling takes (analisis beban kerja)."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from egov_model.inputs.programme import DRIVERS
from egov_model.inputs.record import ThreePoint
from egov_model.inputs.values import Count, Name, Positive, Slug, to_text

NORM_DRIVERS = tuple(name for name in DRIVERS if not name.startswith("link") and name != "target")  # what the regency has as a whole


class Norm(ThreePoint):
    """One service of running operations done by one role.

    `low, mode, high`: units of work per unit of the driver and period, `periods_year` periods a year (12: monthly, 1: yearly);
    `minutes_low, minutes, minutes_high`: norm time in minutes per unit of work (P10, most likely, P90).
    """

    id: Slug
    title_id: Name
    title_en: Name
    role: Slug
    driver: Annotated[Literal[NORM_DRIVERS], BeforeValidator(to_text)]
    periods_year: Annotated[Count, Field(ge=1, le=366)]
    minutes_low: Positive
    minutes: Positive
    minutes_high: Positive

    @model_validator(mode="after")
    def _minutes_in_order(self) -> Self:
        if not self.minutes_low <= self.minutes <= self.minutes_high:
            times = f"minutes_low {self.minutes_low:.15g}, minutes {self.minutes:.15g}, minutes_high {self.minutes_high:.15g}"
            raise ValueError(f"{times}: expected in rising order")
        return self
