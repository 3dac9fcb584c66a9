"""Record of who is taught what: groups, lesson hours, venue and trainers; and what such rows owe to the rest of the pack."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from egov_model.inputs.errors import Problems, did_you_mean, listed
from egov_model.inputs.norms import NORM_DRIVERS
from egov_model.inputs.record import Record, ThreePoint
from egov_model.inputs.values import Count, Positive, Slug, SlugOrNone, shown, to_text

DRIVER = "training_days_"  # with `once` or `yearly`: what a cost line names to buy the training days of its initiative


class Training(ThreePoint):
    """Lessons of an initiative for one group; `low, mode, high`: lesson hours (JP) per person.

    `group` is a role (its people on board and its formations) or a count of the regency (`users`, `agencies`, ...), with `people` taught
    per unit of it; `timing` once while the initiative is carried out, or yearly from its go-live. `item` is the price of the venue.
    Classes hold `class_size` people and take `trainer` (a role; empty: the venue's own) `trainer_minutes` a class day.
    """

    id: Slug
    initiative: Slug
    group: Slug
    people: Positive
    timing: Annotated[Literal["once", "yearly"], BeforeValidator(to_text)]
    item: Slug
    class_size: Annotated[Count, Field(ge=1)]
    trainer: SlugOrNone = ""
    trainer_minutes: Positive


def check_training(
    rows: Mapping[str, Mapping[str, Record]],
    place: Callable[[str, str], tuple[str, int]],
    problems: Problems,
    lost: Mapping[str, Collection[str]],
) -> None:
    """Note every group that is neither a role nor a count, and every cost line whose training days are missing or of another venue."""
    known = (*rows["roles"], *NORM_DRIVERS)
    for key, row in rows["training"].items():
        if row.group not in known and not lost.get("roles"):
            file, number = place("training", key)
            near = did_you_mean(row.group, known)
            problems.add(file, number, "group", found=shown(row.group), allowed="a role of roles.csv or a driver", advice=near)
    if lost.get("training"):
        return
    for key, line in rows["cost_lines"].items():
        if not line.driver.startswith(DRIVER):
            continue
        timing = line.driver.removeprefix(DRIVER)
        venues = {t.item for t in rows["training"].values() if (t.initiative, t.timing) == (line.initiative, timing)}
        if venues != {line.item}:
            file, number = place("cost_lines", key)
            found = f"{line.driver} of item {line.item}, taught at {listed(sorted(venues)) or 'no venue'}"
            allowed = "the one item that the rows of training.csv for this initiative and timing name"
            problems.add(file, number, "driver", found=found, allowed=allowed)
