"""What every record is: frozen, strict about unknown fields, with a pedigree.

Units are in the field names or in the row's own `unit`. Three-point values are P10, most likely and P90.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from egov_model.inputs.values import Note, Positive, Text, to_text

Evidence = Annotated[Literal["high", "medium", "low", "assumption", ""], BeforeValidator(to_text)]


class Record(BaseModel):
    """A row that cannot change once made and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sourced(Record):
    """A row with a pedigree."""

    unit: Text = ""
    source: Note = ""
    evidence: Evidence = ""


class ThreePoint(Sourced):
    """P10, most likely, P90 of one quantity."""

    low: Positive
    mode: Positive
    high: Positive

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.mode <= self.high:
            raise ValueError(f"low {self.low:.15g}, mode {self.mode:.15g}, high {self.high:.15g}: expected low <= mode <= high")
        return self
