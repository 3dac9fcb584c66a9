"""Records of what software effort is reckoned from: published model values, ratings, shares of reuse, classes of size."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, model_validator

from egov_model.inputs.errors import Problems, listed
from egov_model.inputs.record import Record, Sourced, ThreePoint
from egov_model.inputs.values import Count, Label, Name, Slug, shown, to_text

SCALE_FACTORS = ("PREC", "FLEX", "RESL", "TEAM", "PMAT")
MULTIPLIERS = (
    *("RELY", "DATA", "CPLX", "RUSE", "DOCU"),  # product
    *("TIME", "STOR", "PVOL"),  # platform
    *("ACAP", "PCAP", "PCON", "APEX", "PLEX", "LTEX"),  # people
    *("TOOL", "SITE", "SCED"),  # project
)
RATINGS = ("very_low", "low", "nominal", "high", "very_high", "extra_high")
PACKAGE = "package"  # of the reuse model: a ready-made package is adapted, whatever the treatment
TREATMENTS = ("keep", "integrate", "replace", "retire", "build", "adopt")
REUSE_PARAMETERS = (
    "design_modified",  # percent
    "code_modified",  # percent
    "integration_modified",  # percent of the integration and test effort of new software of that size
    "software_understanding",  # percent: 10 well structured .. 50 not at all
    "unfamiliarity",  # share: 0 own software .. 1 never seen
    "assessment",  # percent: 0 .. 8
)
FUNCTION_TYPES = ("ILF", "EIF", "EI", "EO", "EQ")
COMPLEXITIES = ("low", "average", "high")
KINDS = (
    "constant",
    "calibration",
    "scale_factor",
    "effort_multiplier",
    "schedule_percent",
    "function_point_weight",
    "sloc_per_function_point",
    "use_case_weight",
    "use_case_factor",
    "hours_per_use_case_point",
    "delivery",
)

Rating = Annotated[Literal[RATINGS], BeforeValidator(to_text)]


class EffortValue(ThreePoint):
    """One published value of the effort models by kind, parameter and rating; a constant has three equal points."""

    kind: Annotated[Literal[KINDS], BeforeValidator(to_text)]
    parameter: Label
    rating: Annotated[Literal[(*RATINGS, "simple", "average", "complex", "")], BeforeValidator(to_text)] = ""


class ChosenRating(Sourced):
    """How this regency rates one scale factor or effort multiplier of COCOMO II."""

    name: Annotated[Literal[(*SCALE_FACTORS, *MULTIPLIERS)], BeforeValidator(to_text)]
    rating: Rating


class Reuse(ThreePoint):
    """One parameter of the reuse model for a treatment, of the size that the inventory gives: the part the treatment touches."""

    treatment: Annotated[Literal[(*TREATMENTS, PACKAGE)], BeforeValidator(to_text)]
    parameter: Annotated[Literal[REUSE_PARAMETERS], BeforeValidator(to_text)]

    @model_validator(mode="after")
    def _within_scale(self) -> Self:
        top = 1 if self.parameter == "unfamiliarity" else 100
        if self.high > top:
            raise ValueError(f"{self.parameter} {self.high:.15g}: at most {top}")
        return self


class SizeClass(ThreePoint):
    """Class of application size: `low, mode, high` unadjusted function points, and the actors and use cases of its most likely size."""

    id: Slug
    title_id: Name
    title_en: Name
    actors_simple: Count
    actors_average: Count
    actors_complex: Count
    use_cases_simple: Count
    use_cases_average: Count
    use_cases_complex: Count


class FunctionCount(Sourced):
    """Counted functions of an application by type and complexity; an application with counts is sized by them alone."""

    application: Slug
    type: Annotated[Literal[FUNCTION_TYPES], BeforeValidator(to_text)]
    complexity: Annotated[Literal[COMPLEXITIES], BeforeValidator(to_text)]
    count: Count


def check_sizing(
    rows: Mapping[str, Mapping[str, Record]],
    place: Callable[[str, str], tuple[str, int]],
    problems: Problems,
    lost: Mapping[str, Collection[str]],
) -> None:
    """Note every driver without a rating, every rating without a published value and every treatment without a reuse parameter."""
    if not lost.get("effort_values"):
        known: dict[str, list[str]] = {}
        for value in rows["effort_values"].values():
            known.setdefault(value.parameter, []).append(value.rating)
        for key, chosen in rows["ratings"].items():
            if chosen.rating not in known.get(chosen.name, ()):
                file, number = place("ratings", key)
                problems.add(file, number, "rating", found=shown(chosen.rating), allowed=listed(known.get(chosen.name, ())) or "nothing")
    wanted = {
        "ratings": (*SCALE_FACTORS, *MULTIPLIERS),
        "reuse": tuple(f"{treatment}.{parameter}" for treatment in (*TREATMENTS, PACKAGE) for parameter in REUSE_PARAMETERS),
    }
    for table, keys in wanted.items():
        bare = [key for key in keys if key not in rows[table]]
        if bare and not lost.get(table):
            problems.add(place(table, "")[0], found=f"no row for {listed(bare)}", allowed="one row each")
