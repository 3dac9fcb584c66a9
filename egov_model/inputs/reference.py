"""Records of the outside view: how far real projects of a class went beyond what had been planned for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from egov_model.inputs.errors import Problems
from egov_model.inputs.record import Record, Sourced
from egov_model.inputs.uncertainty import Rho
from egov_model.inputs.values import Count, Ids, Name, Positive, Share, Slug

VIEWS = ("inside", "outside", "blend")
KNOTS = ("p10", "p50", "p80", "p90")  # quantiles that a class states
Ratio = Annotated[Positive, Field(gt=0, le=100)]


class ReferenceClass(Sourced):
    """Real projects of one class: quantiles of actual over planned cost and duration, of `projects` projects.

    Above P90 a Pareto tail with index `tail` (Hill's estimator; the smaller, the fatter), cut off at `cap`. `correlation`: of the
    logarithms of both ratios; `common_share` of their variance is shared by all initiatives. `kinds` of initiatives it stands for.
    """

    id: Slug
    title_id: Name
    title_en: Name
    kinds: Ids
    projects: Count
    cost_p10: Ratio
    cost_p50: Ratio
    cost_p80: Ratio
    cost_p90: Ratio
    cost_tail: Annotated[Positive, Field(ge=0.5, le=100)]
    cost_cap: Ratio
    weeks_p10: Ratio
    weeks_p50: Ratio
    weeks_p80: Ratio
    weeks_p90: Ratio
    weeks_tail: Annotated[Positive, Field(ge=0.5, le=100)]
    weeks_cap: Ratio
    correlation: Rho
    common_share: Share

    def quantiles(self, what: str) -> tuple[float, ...]:
        """The stated quantiles of `cost` or `weeks`, in the order of `KNOTS`."""
        return tuple(getattr(self, f"{what}_{knot}") for knot in KNOTS)

    @model_validator(mode="after")
    def _rising(self) -> Self:
        for what in ("cost", "weeks"):
            values = (*self.quantiles(what), getattr(self, f"{what}_cap"))
            if list(values) != sorted(set(values)):
                shown = ", ".join(f"{v:.15g}" for v in values)
                raise ValueError(f"{what}_p10, p50, p80, p90, cap are {shown}: expected each more than the one before")
        return self


def class_of_kind(rows: Mapping[str, ReferenceClass]) -> dict[str, ReferenceClass]:
    """The class that stands for each kind of initiative; a kind without one has no outside view."""
    return {kind: row for row in rows.values() for kind in row.kinds}


def check_reference(
    rows: Mapping[str, Mapping[str, Record]],
    place: Callable[[str, str], tuple[str, int]],
    problems: Problems,
    lost: Mapping[str, Collection[str]],
) -> None:
    """Note a kind of initiative that two classes stand for."""
    first: dict[str, str] = {}
    for key, row in rows["reference_classes"].items():
        for kind in row.kinds:
            if first.setdefault(kind, key) != key:
                file, number = place("reference_classes", key)
                found = f"{kind}, which {first[kind]} stands for already"
                problems.add(file, number, "kinds", found=found, allowed="each kind in one class")
