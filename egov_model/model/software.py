"""Effort of every application that the plan builds or changes, by two methods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egov_model.inputs.scenario import PlanInputs
from egov_model.inputs.sizing import REUSE_PARAMETERS, SizeClass
from egov_model.model.effort import (
    CrossChecked,
    calibration,
    disagreement,
    effort_exponent,
    nominal_multipliers,
    person_months,
    rated,
    schedule_months,
    use_case_person_months,
)
from egov_model.model.sizing import equivalent_ksloc, sloc, unadjusted_use_case_points, use_case_points

LANGUAGE = "sloc_per_function_point.web."


@dataclass(frozen=True)
class Software:
    """Applications with work to do; arrays have shape (applications,), person-months of COCOMO (152 h).

    `effort` is COCOMO II stretched by use case points; `months` calendar months (TDEV) of the most likely size.
    """

    applications: tuple[str, ...]
    function_points: np.ndarray
    equivalent_ksloc: np.ndarray
    effort: CrossChecked
    months: np.ndarray
    hours_per_person_month: float


def software_effort(inputs: PlanInputs) -> Software:
    """Effort of all applications linked to an initiative whose treatment leaves work to do.

    Size P10, most likely and P90 come from the inventory, the part that is new work from the reuse model by treatment.
    """
    rows = inputs.rows
    values = list(rows["effort_values"].values())
    constants = calibration(values)
    ratings = list(rows["ratings"].values())
    scale, multipliers = rated(values, "scale_factor", ratings), rated(values, "effort_multiplier", ratings)
    per_point = rows["effort_values"][LANGUAGE].mode
    keys = [k for k, a in rows["applications"].items() if a.initiative and a.size_fp > 0]
    apps = [rows["applications"][k] for k in keys]
    share = np.array([[rows["reuse"][f"{a.treatment}.{p}"].mode for p in REUSE_PARAMETERS] for a in apps]).reshape(len(apps), -1).T
    sizes = np.array([[a.size_fp_low, a.size_fp, a.size_fp_high] for a in apps]).reshape(len(apps), 3)
    ksloc = equivalent_ksloc(sloc(sizes, per_point).T / 1000, *share).T  # (applications, 3)
    works = ksloc[:, 1] > 0
    keys, apps, sizes, ksloc = (
        [k for k, w in zip(keys, works, strict=True) if w],
        [a for a, w in zip(apps, works, strict=True) if w],
        sizes[works],
        ksloc[works],
    )
    first = person_months(ksloc, scale.values(), multipliers.values(), constants)
    new_work = np.divide(ksloc[:, 1], sloc(sizes[:, 1], per_point) / 1000, out=np.zeros(len(keys)), where=sizes[:, 1] > 0)
    second = _second_method(inputs, sizes[:, 1], constants) * new_work
    nominal = person_months(ksloc[:, 1], scale.values(), nominal_multipliers(multipliers), constants)
    pressed = rows["effort_values"][f"schedule_percent.SCED.{rows['ratings']['SCED'].rating}"].mode
    months = schedule_months(nominal, effort_exponent(scale.values(), constants), constants, pressed)
    return Software(tuple(keys), sizes[:, 1], ksloc[:, 1], disagreement(*first.T, second), months, constants.hours_per_person_month)


def _second_method(inputs: PlanInputs, function_points: np.ndarray, constants) -> np.ndarray:
    """Person-months by use case points: the nearest size class, its use cases scaled to the application's size."""
    rows = inputs.rows
    values = rows["effort_values"]
    classes = list(rows["size_classes"].values())
    modes = np.array([c.mode for c in classes])
    weights = {(v.parameter, v.rating): v.mode for v in values.values() if v.kind == "use_case_weight"}
    points = np.array([unadjusted_use_case_points(_use_cases(c), weights) for c in classes], dtype=float)
    nearest = np.abs(np.log(np.maximum(function_points, 1)[:, None] / modes)).argmin(axis=1)
    scaled = points[nearest] * function_points / modes[nearest]
    made = use_case_points(scaled, values["use_case_factor.technical."].mode, values["use_case_factor.environmental."].mode)
    return use_case_person_months(made, values["hours_per_use_case_point.all."].mode, constants)


def _use_cases(size: SizeClass) -> dict[tuple[str, str], int]:
    kinds = (("actor", "actors"), ("use_case", "use_cases"))
    return {(kind, rank): getattr(size, f"{plural}_{rank}") for kind, plural in kinds for rank in ("simple", "average", "complex")}
