"""Records of maturity indices: schemes with their years, weights, predicates, where the regency stands, and what lifts an indicator."""

from __future__ import annotations

from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from egov_model.inputs.record import Sourced, ThreePoint
from egov_model.inputs.values import Count, Day, Ids, Label, LabelOrNone, Name, Note, Positive, Share, Slug, Text, Year, to_text

# What a level may ask for beside its initiatives, and what of the model decides it
CONDITIONS = MappingProxyType(
    {
        "applications_treated": "share of the applications that owe a duty whose initiative is live",
        "agencies_integrated": "share of agencies whose every application has been treated",
        "offices_connected": "share of agency and district offices whose link is live",
        "villages_connected": "share of villages whose link is live",
        "agencies_covered": "target of each named initiative as a share of the agencies",
        "roles_on_board": "share of roles with at least half a person on board",
    }
)
WHOLE_PCT = 100.0  # weights are percent of the whole index

Weight = Annotated[Positive, Field(le=WHOLE_PCT)]


class IndexScheme(Sourced):
    """A scoring scheme with the years of results it is valid for; levels run from `scale_low` to `scale_high`."""

    id: Slug
    title_id: Name
    title_en: Name
    valid_from: Year
    valid_to: Year
    scale_low: Count
    scale_high: Count
    scored_by_id: Name
    scored_by_en: Name
    note_id: Note = ""
    note_en: Note = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.valid_from > self.valid_to:
            raise ValueError(f"valid_from {self.valid_from} is after valid_to {self.valid_to}")
        if self.scale_low >= self.scale_high:
            raise ValueError(f"scale_low {self.scale_low} is not below scale_high {self.scale_high}")
        return self


class IndexPart(Sourced):
    """A domain or aspect of a scheme, `within` another part or at the top; its weight in percent of the whole index."""

    scheme: Slug
    code: Label
    within: LabelOrNone = ""
    title_id: Name
    title_en: Name
    weight_pct: Weight


class Indicator(Sourced):
    """An indicator with its weight in percent of the whole index; `scored_by` an outside body does not move by local money."""

    scheme: Slug
    code: Label
    part: Label
    title_id: Name
    title_en: Name
    weight_pct: Weight
    scored_by: Text = ""


class Predicate(Sourced):
    """The word for an index from `index_from` (two decimals, as published) up to the next one."""

    scheme: Slug
    id: Slug
    index_from: Positive
    title_id: Name
    title_en: Name


class StartLevel(ThreePoint):
    """The level an indicator stands at in a year; whole, unless an outside body scores it. A path begins at the latest year before it."""

    scheme: Slug
    indicator: Label
    year: Year


class Effect(ThreePoint):
    """One thing a level of an indicator asks for; `low, mode, high`: years it must have been so before the evidence cut-off.

    Every row of a level must hold: all its `initiatives` live, and its `condition` (see `CONDITIONS`) at `at_least` its share.
    """

    id: Slug
    scheme: Slug
    indicator: Label
    level: Count
    initiatives: Ids = ()
    condition: Annotated[Literal["", *CONDITIONS], BeforeValidator(to_text)] = ""
    at_least: Share = 0
    asks_id: Name
    asks_en: Name

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.initiatives and self.condition in ("", "agencies_covered"):
            what = f"condition {self.condition}: " if self.condition else ""
            raise ValueError(f"{what}initiatives must be named")
        if bool(self.condition) != bool(self.at_least):
            raise ValueError(f"condition {self.condition!r}, at_least {self.at_least:g}: a condition needs a share above 0, a share one")
        return self


class PastEvent(Sourced):
    """What the regency is known to have had before the plan: the initiative whose part it plays, and since when."""

    initiative: Slug
    live_on: Day
    about_id: Name
    about_en: Name


class KnownIndex(Sourced):
    """What is known of the regency's own index in a year: between which two values it was."""

    scheme: Slug
    year: Year
    index_low: Positive
    index_high: Positive
    note_id: Note = ""
    note_en: Note = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.index_low > self.index_high:
            raise ValueError(f"index_low {self.index_low:g} is above index_high {self.index_high:g}")
        return self


class IndexTarget(ThreePoint):
    """The index that is aimed at in a year."""

    scheme: Slug
    year: Year


class PeerIndex(Sourced):
    """A published index of another region; `census`: all regions of its province were reported, so none was picked for its rise."""

    region: Name
    year: Year
    kind: Annotated[Literal["regency", "city", "province", "average"], BeforeValidator(to_text)]
    province: Name
    index: Positive
    sample: Annotated[Literal["census", "reported"], BeforeValidator(to_text)]
