"""Records of what the regency has: places, agencies, applications, published figures, legal bases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from egov_model.inputs.record import Record, Sourced
from egov_model.inputs.values import (
    Code,
    Count,
    Flag,
    Ids,
    Latitude,
    Longitude,
    Name,
    Positive,
    ShortName,
    Slug,
    SlugOrNone,
    Text,
    Year,
    to_text,
)


class Region(Record):
    """The regency and its plan."""

    name: Name
    short_name: ShortName
    capital: Name
    province: Name
    plan_title_id: Name
    plan_title_en: Name

    def plan_title(self, language: str, years: Sequence[int]) -> str:
        """The plan's title; years it ends with become those of a plan that covers others."""
        title = self.plan_title_id if language == "id" else self.plan_title_en
        return re.sub(r"\d{4}(\D)\d{4}$", rf"{years[0]}\g<1>{years[-1]}", title)


class District(Sourced):
    """Kecamatan; distances in km over sea from the capital, electricity in hours a day."""

    code: Code
    name: Name
    island_group: Name
    centre: Name
    zone: Slug
    lat: Latitude
    lon: Longitude
    area_km2: Positive
    population_2010: Count
    population_2020: Count
    population_2023: Count
    sea_km: Positive
    electricity_hours: Annotated[Positive, Field(le=24)]
    puskesmas: Count
    schools: Count


class Village(Sourced):
    """Desa at its place."""

    code: Code
    name: Name
    district: Code
    lat: Latitude
    lon: Longitude
    area_km2: Positive


class Agency(Sourced):
    """Perangkat daerah (SKPD) with its users and site."""

    id: Slug
    name: Name
    short_name: ShortName
    kind: Annotated[
        Literal["sekretariat", "inspektorat", "dinas", "badan", "satuan", "rsud", "bagian", "kecamatan"], BeforeValidator(to_text)
    ]
    urusan: Code
    urusan_all: Text
    district: Code
    users: Count
    ict_staff: Count


class Application(Sourced):
    """Inventory item; size in unadjusted function points (P10, most likely, P90) or by `size_class`; interfaces name other applications.

    `package`: a ready-made package is adapted, so little of the size is new work."""

    id: Slug
    name: Name
    scope: Annotated[Literal["national", "regency"], BeforeValidator(to_text)]
    agency: Slug
    function: Name
    state: Annotated[Literal["running", "partial", "idle", "manual", "planned"], BeforeValidator(to_text)]
    treatment: Annotated[Literal["keep", "integrate", "replace", "retire", "build", "adopt"], BeforeValidator(to_text)]
    size_class: SlugOrNone = ""
    size_fp_low: Positive = 0
    size_fp: Positive = 0
    size_fp_high: Positive = 0
    package: Flag = False
    interfaces: Ids = ()
    initiative: SlugOrNone = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.size_class and self.size_fp_high:
            raise ValueError(f"size_class {self.size_class!r} and size_fp {self.size_fp:.15g}: a size is given one way; empty the other")
        if not self.size_fp_low <= self.size_fp <= self.size_fp_high:
            sizes = f"size_fp_low {self.size_fp_low:.15g}, size_fp {self.size_fp:.15g}, size_fp_high {self.size_fp_high:.15g}"
            raise ValueError(f"{sizes}: expected in rising order")
        return self


class Figure(Sourced):
    """One published figure about the regency's money or people."""

    id: Slug
    title_id: Name
    year: Year
    amount: Positive


class LegalBasis(Sourced):
    """A regulation the plan stands on."""

    id: Slug
    title: Name
    about_id: Name
    about_en: Name
