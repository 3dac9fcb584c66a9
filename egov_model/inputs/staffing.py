"""Records of how a post is filled: by a yearly formation, or by training somebody who is there for it; and what such rows owe the pack."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from egov_model.inputs.errors import Problems
from egov_model.inputs.record import Record, ThreePoint
from egov_model.inputs.values import Count, Positive, Share, Slug, shown, to_text

FORMS = ("asn", "pppk", "pppk-part-time")


def to_month_day(value: object) -> str:
    """A day of every year, such as 03-31."""
    text = to_text(value)
    try:
        date.fromisoformat(f"2027-{text}")  # a year without 29 February, so that the day is there in every year
    except ValueError:
        raise ValueError("month and day of every year such as 03-31") from None
    return text


class Hiring(ThreePoint):
    """One way to fill posts of a role anew; `low, mode, high`: months from the closing of proposals to the start of duty.

    Proposals (usulan formasi) close once a year on `proposal_deadline`; people start on the first day of `arrives_month`, at most `most`
    of them a year, for `working_share` of full time and pay. For `ramp_months` (P10 and P90: `ramp_low`, `ramp_high`) they learn and count
    for `ramp_share` of a trained person; planned formations learn as those of the role's own form do.
    """

    role: Slug
    form: Annotated[Literal[FORMS], BeforeValidator(to_text)]
    proposal_deadline: Annotated[str, BeforeValidator(to_month_day)]
    arrives_month: Annotated[Count, Field(ge=1, le=12)]
    most: Count
    working_share: Share
    ramp_share: Share
    ramp_low: Positive
    ramp_months: Positive
    ramp_high: Positive

    @model_validator(mode="after")
    def _ramp_in_order(self) -> Self:
        if not self.ramp_low <= self.ramp_months <= self.ramp_high:
            months = f"ramp_low {self.ramp_low:.15g}, ramp_months {self.ramp_months:.15g}, ramp_high {self.ramp_high:.15g}"
            raise ValueError(f"{months}: expected in rising order")
        return self


class Retraining(ThreePoint):
    """People of one role who are trained for another; `low, mode, high`: months until they count there, while they count in neither.

    Each takes `participants` units of the course `item`; at most `most` people a year.
    """

    from_role: Slug
    to_role: Slug
    item: Slug
    participants: Positive
    most: Count

    @model_validator(mode="after")
    def _two_roles(self) -> Self:
        if self.from_role == self.to_role:
            raise ValueError(f"from_role and to_role are both {self.to_role}")
        return self


def check_staffing(
    rows: Mapping[str, Mapping[str, Record]],
    place: Callable[[str, str], tuple[str, int]],
    problems: Problems,
    lost: Mapping[str, Collection[str]],
) -> None:
    """Note work that a contract may take over, of a role whose work only civil servants may do."""
    for table in ("norms", "phase_roles"):
        for key, row in rows[table].items():
            role = rows["roles"].get(row.role)
            if row.contractable and role and role.asn_only:
                file, number = place(table, key)
                allowed = f"n, as only civil servants may do the work of {row.role} (asn_only in roles.csv)"
                problems.add(file, number, "contractable", found=shown("y"), allowed=allowed)
    for key, row in rows["roles"].items():
        if row.asn_only and row.contract_item:
            file, number = place("roles", key)
            problems.add(file, number, "contract_item", found=shown(row.contract_item), allowed="nothing where asn_only is y")
