"""Records of what binds the plan: people, money, codes, the APBD year, and the settings of the model."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError, ValidationInfo, field_validator, model_validator

from egov_model.inputs.integration import Architecture
from egov_model.inputs.programme import DELIVERIES
from egov_model.inputs.record import Record, Sourced, ThreePoint
from egov_model.inputs.reference import VIEWS
from egov_model.inputs.risks import Responses
from egov_model.inputs.uncertainty import CORRELATIONS, Distributions
from egov_model.inputs.values import (
    AnyText,
    Code,
    Count,
    Day,
    Flag,
    Label,
    Name,
    Number,
    Positive,
    Share,
    Slug,
    SlugOrNone,
    Words,
    Year,
    to_text,
)


class Role(ThreePoint):
    """Functional post; `low, mode, high`: pay in rupiah per person-month at `price_year`.

    `on_board` persons on the first day of the plan, `project_share` of their time for the plan's projects,
    `operate_share` for running what is live, `attrition` share leaving per year. `asn_only`: only civil servants may do its work
    (Law 20/2023); else `contract_item` is the price of a person-month of the same work bought as a service (empty: not offered).
    """

    id: Slug
    title_id: Name
    title_en: Name
    employment: Annotated[Literal["asn", "pppk", "contract"], BeforeValidator(to_text)]
    on_board: Count
    project_share: Share
    operate_share: Share
    attrition: Share
    asn_only: Flag = False
    contract_item: SlugOrNone = ""
    price_year: Year


class Formation(Sourced):
    """People who arrive for a role in a year, from the first day of a month."""

    role: Slug
    year: Year
    arrives_month: Annotated[Count, Field(ge=1, le=12)]
    hires: Count


class Fund(Sourced):
    """Source of money (sumber dana)."""

    id: Slug
    title_id: Name
    title_en: Name


class Ceiling(ThreePoint):
    """Money a year may use from a fund, in rupiah of that year."""

    year: Year
    fund: Slug


class SubActivity(Sourced):
    """Programme code (sub-kegiatan or kegiatan) with the years it is valid; the key is what initiatives name.

    `successor` is the key to name afterwards, where the key itself has no code in later years.
    """

    key: Slug
    code: Code
    name: Name
    level: Annotated[Literal["kegiatan", "sub_kegiatan"], BeforeValidator(to_text)]
    valid_from: Year
    valid_to: Year
    successor: SlugOrNone = ""


class Account(Sourced):
    """Account (kode rekening) with the years it is valid; the key is what cost lines name.

    `successor` is the key to name afterwards, where the key itself has no code in later years.
    """

    key: Slug
    code: Code
    name: Name
    group: Annotated[Literal["pegawai", "barang_jasa", "modal"], BeforeValidator(to_text)]
    valid_from: Year
    valid_to: Year
    successor: SlugOrNone = ""


class FiscalYear(Sourced):
    """Dates of one APBD year.

    The RKPD is closed in the year before; contracts of the main budget are signed from `dpa_available` to `last_contract`, those of the
    revised budget (Perubahan APBD) from `revised_budget` to `last_contract_revised`; bills are paid until `payment_close`;
    evidence for the index of the year counts until `evidence_cut_off`.
    """

    year: Year
    rkpd_cut_off: Day
    dpa_available: Day
    last_contract: Day
    revised_budget: Day
    last_contract_revised: Day
    payment_close: Day
    evidence_cut_off: Day

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        steps = ("dpa_available", "last_contract", "payment_close"), ("revised_budget", "last_contract_revised", "payment_close")
        for chain in steps:
            for before, after in zip(chain, chain[1:], strict=False):
                if getattr(self, before) > getattr(self, after):
                    raise ValueError(f"{before} {getattr(self, before)} is after {after} {getattr(self, after)}")
        return self


class Holiday(Sourced):
    """A stretch of days with less working capacity (share left of normal)."""

    name: Name
    first: Day
    last: Day
    capacity: Share


class Setting(Sourced):
    """One scalar lever of the model; `low` and `high` bound what is plausible."""

    key: Slug
    title_id: Name
    title_en: Name
    value: AnyText  # typed later, by Settings
    low: AnyText = ""
    high: AnyText = ""

    @field_validator("low", "high")
    @classmethod
    def _of_its_kind(cls, text: str, made: ValidationInfo) -> str:
        key = made.data.get("key")
        if text and key in Settings.model_fields:
            try:
                _kind_of(key).validate_python(text)
            except ValidationError:
                raise ValueError(f"nothing, or what the setting {key} may be") from None
        return text


class Settings(Record):
    """The levers as typed values, made from the rows of settings.csv."""

    first_year: Year
    last_year: Year
    issued_on: Day
    adopted_on: Day
    base_price_year: Year
    escalation_shift: Annotated[Number, Field(ge=-0.2, le=0.2)]
    ceiling_factor: Annotated[Positive, Field(le=10)]
    scope: Annotated[Literal["all", "mandatory", "running"], BeforeValidator(to_text)]
    scheduling: Annotated[Literal["optimised", "priority", "listed"], BeforeValidator(to_text)]
    dpa_delay_weeks: Annotated[Count, Field(le=26)]
    revised_budget_held: Flag
    hiring_delay_years: Annotated[Count, Field(le=5)]
    personnel_limit_share: Share
    delivery: Annotated[Literal[DELIVERIES], BeforeValidator(to_text)]
    software_language: Label
    asn_hours_per_year: Annotated[Positive, Field(ge=1, le=8760)]
    integration: Architecture
    connectivity_policy: Words  # rules in order of weight, see links.policy_rules
    lesson_hours_per_day: Annotated[Positive, Field(gt=0, le=24)]
    lesson_hours_per_year: Positive
    digital_literacy_share: Share
    service_desk_reach_share: Share
    social_discount_rate: Share
    benefit_years_after: Annotated[Count, Field(le=20)]
    waiting_cost_share: Share
    index_scheme: SlugOrNone  # empty: the scheme in force in each year
    index_levels_per_year: Annotated[Count, Field(ge=1, le=9)]
    seed: Count
    draws: Annotated[Count, Field(ge=1, le=1_000_000)]
    p80_error_share: Annotated[Share, Field(gt=0)]
    distribution: Distributions
    correlation: Annotated[Literal[CORRELATIONS], BeforeValidator(to_text)]
    risk_view: Annotated[Literal[VIEWS], BeforeValidator(to_text)]
    outside_weight: Share
    risk_responses: Responses
    risks_off: Words
    local_class_projects: Annotated[Count, Field(ge=5, le=1000)]

    @model_validator(mode="after")
    def _years(self) -> Self:
        if not self.first_year <= self.last_year <= self.first_year + 9:
            raise ValueError(f"first_year {self.first_year}, last_year {self.last_year}: a plan of 1 to 10 years")
        return self

    @property
    def years(self) -> tuple[int, ...]:
        """The plan's fiscal years."""
        return tuple(range(self.first_year, self.last_year + 1))

    @property
    def start(self) -> date:
        """First day of the plan: week 0 begins here."""
        return date(self.first_year, 1, 1)


@cache
def _kind_of(key: str) -> TypeAdapter:
    """What a setting may be."""
    info = Settings.model_fields[key]
    return TypeAdapter(Annotated[(info.annotation, *info.metadata)])
