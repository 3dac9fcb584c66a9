"""Effort of every application that the plan builds or changes, by two methods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from egov_model.inputs.inventory import Application
from egov_model.inputs.scenario import PlanInputs
from egov_model.inputs.sizing import PACKAGE, REUSE_PARAMETERS, SizeClass
from egov_model.model.appsize import application_sizes
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
from egov_model.model.sizing import adaptation_modifier, sloc, unadjusted_use_case_points, use_case_points


@dataclass(frozen=True)
class Software:
    """Applications with work to do; arrays have shape (applications,), person-months of COCOMO (152 h).

    `effort` is locally calibrated COCOMO II stretched by use case points; `months` calendar months (TDEV) of the most likely effort,
    `months_power` how they grow with effort; `column` where each application stands in its table.
    """

    applications: tuple[str, ...]
    function_points: np.ndarray
    equivalent_ksloc: np.ndarray
    effort: CrossChecked
    months: np.ndarray
    months_power: float
    column: np.ndarray
    hours_per_person_month: float


def software_effort(inputs: PlanInputs) -> Software:
    r"""Effort of all applications linked to an initiative whose treatment leaves work to do.

    Size from the inventory, the part that is new work from the reuse model by treatment. The model's constants A and C are fitted to
    local experience by two factors, as the COCOMO II Model Definition Manual advises (hours per function point fit k_A, so that the
    lines of code per function point are no doubt of their own):
    :math:`PM_{local} = k_A \, PM`, :math:`TDEV_{local} = k_C \, C \, (PM_{NS,local})^{D + 0.2 (E - B)}`.
    """
    rows = inputs.rows
    values = list(rows["effort_values"].values())
    constants = calibration(values)
    ratings = list(rows["ratings"].values())
    scale, multipliers = rated(values, "scale_factor", ratings), rated(values, "effort_multiplier", ratings)
    local = {name: rows["effort_values"][f"calibration.{name}."].mode for name in ("effort", "schedule")}
    language = rows["effort_values"][f"sloc_per_function_point.{inputs.settings.software_language}."]
    size = application_sizes(inputs)
    every = list(rows["applications"].items())
    works = [n for n, (_, a) in enumerate(every) if a.initiative and size[n, 1] > 0]
    share = np.array([[rows["reuse"][f"{_basis(every[n][1])}.{p}"].mode for p in REUSE_PARAMETERS] for n in works])
    modifier = adaptation_modifier(*share.reshape(len(works), len(REUSE_PARAMETERS)).T)
    column = np.array([n for n, m in zip(works, modifier, strict=True) if m > 0], dtype=np.int64)
    modifier, size = modifier[modifier > 0], size[column]
    ksloc = sloc(size, language.mode) / 1000 * modifier[:, None]
    first = local["effort"] * person_months(ksloc, scale.values(), multipliers.values(), constants)
    second = _second_method(inputs, size[:, 1], constants) * modifier
    nominal = local["effort"] * person_months(ksloc[:, 1], scale.values(), nominal_multipliers(multipliers), constants)
    pressed = rows["effort_values"][f"schedule_percent.SCED.{rows['ratings']['SCED'].rating}"].mode
    exponent = effort_exponent(scale.values(), constants)
    months = local["schedule"] * schedule_months(nominal, exponent, constants, pressed)
    power = float(constants.d + 0.2 * (exponent - constants.b))
    keys = tuple(every[n][0] for n in column)
    return Software(keys, size[:, 1], ksloc[:, 1], disagreement(*first.T, second), months, power, column, constants.hours_per_person_month)


def _basis(app: Application) -> str:
    """Rows of the reuse model that hold: a package is adapted where there is one to build or to replace with."""
    return PACKAGE if app.package and app.treatment in ("build", "replace") else app.treatment


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
