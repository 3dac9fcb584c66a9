"""Size of every application: counted functions where they are known, else its own three points, else those of its class."""

from __future__ import annotations

import numpy as np

from egov_model.inputs.scenario import PlanInputs
from egov_model.model.sizing import unadjusted_function_points


def application_sizes(inputs: PlanInputs) -> np.ndarray:
    """Unadjusted function points of every application in file order, shape (applications, 3): P10, most likely, P90.

    A counted application has three equal points: what is left of its doubt lies in the lines of code per function point.
    """
    rows = inputs.rows
    weights = {(v.parameter, v.rating): v.mode for v in rows["effort_values"].values() if v.kind == "function_point_weight"}
    counted: dict[str, dict[tuple[str, str], int]] = {}
    for row in rows["function_counts"].values():
        counted.setdefault(row.application, {})[row.type, row.complexity] = row.count
    made = np.zeros((len(rows["applications"]), 3))
    for n, (key, app) in enumerate(rows["applications"].items()):
        if key in counted:
            made[n] = unadjusted_function_points(counted[key], weights)
        elif app.size_class:
            row = rows["size_classes"][app.size_class]
            made[n] = row.low, row.mode, row.high
        else:
            made[n] = app.size_fp_low, app.size_fp, app.size_fp_high
    return made
