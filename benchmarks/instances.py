"""PSPLIB instances as problems of the model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import psplib

from egov_model.model.problem import Precedence, Problem


def read(path: Path) -> Problem:
    """A single-mode `.sm` file as a problem whose horizon is the sum of all durations."""
    found = psplib.parse(path, instance_format="psplib")
    duration = np.array([a.modes[0].duration for a in found.activities], dtype=np.int64)
    weeks = max(1, int(duration.sum()))
    capacity = np.array([r.capacity for r in found.resources], dtype=np.int64)
    return Problem(
        names=tuple(str(n + 1) for n in range(len(duration))),
        duration=duration,
        weeks=weeks,
        precedences=tuple(Precedence(i, j) for i, a in enumerate(found.activities) for j in a.successors),
        resources=tuple(f"R{n + 1}" for n in range(len(capacity))),
        demand=np.array([a.modes[0].demands for a in found.activities], dtype=np.int64),
        capacity=np.repeat(capacity[:, None], weeks, axis=1),
    )
