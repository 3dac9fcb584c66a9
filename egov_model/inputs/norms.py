"""Records of running operations: norm times (analisis beban kerja) and the service desk that answers in time."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from egov_model.inputs.programme import DRIVERS
from egov_model.inputs.record import ThreePoint
from egov_model.inputs.values import Count, Flag, Name, Positive, Share, Slug, SlugOrNone, to_text

NORM_DRIVERS = tuple(name for name in DRIVERS if not name.startswith("training_"))
OF_AN_INITIATIVE = tuple(name for name in NORM_DRIVERS if name.startswith("link") or name == "target")


class Norm(ThreePoint):
    """One service of running operations done by one role.

    The work begins when `initiative` goes live (empty: on the plan's first day) and is taken over, as far as they reach, by the contracted
    person-months a year of `contract_line` (empty: none). What is left may be bought as a service where it is `contractable`, and may be
    done up to `wait_months` later. `low, mode, high`: units of work per unit of the driver and period,
    `periods_year` periods a year (12: monthly, 1: yearly); `minutes_low, minutes, minutes_high`: norm time in minutes per unit of work
    (P10, most likely, P90).
    """

    id: Slug
    title_id: Name
    title_en: Name
    role: Slug
    driver: Annotated[Literal[NORM_DRIVERS], BeforeValidator(to_text)]
    initiative: SlugOrNone
    contract_line: SlugOrNone = ""
    contractable: Flag = False
    wait_months: Annotated[Count, Field(le=12)] = 0
    periods_year: Annotated[Count, Field(ge=1, le=366)]
    minutes_low: Positive
    minutes: Positive
    minutes_high: Positive

    @model_validator(mode="after")
    def _minutes_in_order(self) -> Self:
        if not self.minutes_low <= self.minutes <= self.minutes_high:
            times = f"minutes_low {self.minutes_low:.15g}, minutes {self.minutes:.15g}, minutes_high {self.minutes_high:.15g}"
            raise ValueError(f"{times}: expected in rising order")
        if self.driver in OF_AN_INITIATIVE and not self.initiative:
            raise ValueError(f"driver {self.driver} counts what an initiative has, and initiative is empty")
        return self


class Desk(ThreePoint):
    """A desk that must answer in time what the norm `norm` counts; it takes the larger of norm time and places kept manned.

    `low, mode, high`: share of the norm's units that wait on the telephone or in a chat; `busy_hour_share` of a day's units that come in
    its busiest hour; `target_share` of those who wait is answered within `answer_within_minutes`.
    """

    id: Slug
    norm: Slug
    busy_hour_share: Share
    open_hours_day: Annotated[Positive, Field(gt=0, le=24)]
    open_days_year: Annotated[Count, Field(ge=1, le=366)]
    answer_within_minutes: Positive
    target_share: Annotated[Share, Field(lt=1)]

    @model_validator(mode="after")
    def _share(self) -> Self:
        if self.high > 1:
            raise ValueError(f"high {self.high:.15g}: a share of 1 or less")
        return self
