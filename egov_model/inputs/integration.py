"""Record of how applications are joined: architectures, what a connector takes, and what the pack must hold for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator

from egov_model.inputs.errors import Problems, listed
from egov_model.inputs.record import Record, ThreePoint
from egov_model.inputs.values import to_text

HUB, POINT_TO_POINT = "hub", "point-to-point"
ARCHITECTURES = (HUB, POINT_TO_POINT)
PARAMETERS = (
    "connector_effort",  # work of one connector to the hub, in interfaces built point to point
    "upkeep_share",  # upkeep of an interface per year, as a share of what it cost
)
INTERFACE_ITEM = "antarmuka"  # the price of one interface built point to point

Architecture = Annotated[Literal[ARCHITECTURES], BeforeValidator(to_text)]


class IntegrationValue(ThreePoint):
    """One parameter of the two architectures; its meaning and unit stand with `PARAMETERS` and in the row."""

    parameter: Annotated[Literal[PARAMETERS], BeforeValidator(to_text)]


def check_integration(
    rows: Mapping[str, Mapping[str, Record]],
    place: Callable[[str, str], tuple[str, int]],
    problems: Problems,
    lost: Mapping[str, Collection[str]],
) -> None:
    """Note every parameter without a row, and an interface without a price."""
    for table, keys in (("integration", PARAMETERS), ("prices", (INTERFACE_ITEM,))):
        bare = [key for key in keys if key not in rows[table]]
        if bare and not lost.get(table):
            problems.add(place(table, "")[0], found=f"no row for {listed(bare)}", allowed="one row each")
