"""Long calculations over a plan, kept in files: what one process worked out, the next one reads; numbers and texts, nothing is run."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from egov_model.analysis.kept import kept
from egov_model.inputs.errors import EgovModelError
from egov_model.model.plan import Plan
from egov_model.report.answers import ROOT, alone_with, drawn_key
from egov_model.report.page import write_whole

RESULTS = ROOT / "build" / "results"


def remembered(plan: Plan, make: Callable[..., Any], kind: type, *given: object, folder: Path = RESULTS) -> Any:
    """`make(plan, *given)`, a frame or a record (`kind`) of frames, numbers and texts, worked out once for the same plan and code.

    given: numbers, texts, or plans. It is kept with the plan, and in `folder` under a hash of what it follows from; a file that cannot be
    read is made again, and what cannot be written is done without.
    """
    if any(isinstance(one, Plan) for one in given):
        return from_file(plan, make, kind, folder, *given)
    return kept(plan, _Filed(make, kind, folder), *given)


@dataclass(frozen=True)
class _Filed:
    """A calculation that is looked up in files first; two of the same calculation are the same."""

    make: Callable[..., Any]
    kind: type
    folder: Path

    def __call__(self, plan: Plan, *given: object) -> Any:
        return from_file(plan, self.make, self.kind, self.folder, *given)


def from_file(plan: Plan, make: Callable[..., Any], kind: type, folder: Path, *given: object) -> Any:
    """As `remembered`, without keeping it with the plan."""
    asked = [make.__module__, make.__qualname__, *(drawn_key(one, []) if isinstance(one, Plan) else one for one in given)]
    file = folder / f"{drawn_key(plan, asked)}.json"
    with alone_with(file):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            return _read(json.loads(file.read_text(encoding="utf-8")), kind)
        made = make(plan, *given)
        with contextlib.suppress(EgovModelError, TypeError):
            write_whole(file, json.dumps(_told(made)) + "\n")
        return made


def _told(value: Any) -> Any:
    """A value as JSON holds it; raises TypeError for what would not come back as it was."""
    if isinstance(value, pd.DataFrame):
        if not isinstance(value.index, pd.RangeIndex):
            raise TypeError("a frame with names for its rows")
        columns = [[name, str(value[name].dtype), [_told(cell) for cell in value[name].tolist()]] for name in value.columns]
        return {"rows": len(value), "columns": columns}
    if is_dataclass(value):
        return {field.name: _told(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return {"tuple": [_told(one) for one in value]}
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {"dict": {key: _told(one) for key, one in value.items()}}
    if isinstance(value, np.generic):
        return value.item()
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise TypeError(f"a {type(value).__name__}")


def _read(told: Any, kind: type | None = None) -> Any:
    """The value that was told; `kind`: of the whole."""
    if kind is not None and kind is not pd.DataFrame:
        return kind(**{field.name: _read(told[field.name]) for field in fields(kind)})
    if not isinstance(told, dict):
        return told
    if "columns" in told:
        made = {name: pd.Series([_read(cell) for cell in cells], dtype=dtype) for name, dtype, cells in told["columns"]}
        return pd.DataFrame(made, index=pd.RangeIndex(told["rows"]), columns=[name for name, *_ in told["columns"]])
    return tuple(map(_read, told["tuple"])) if "tuple" in told else {key: _read(one) for key, one in told["dict"].items()}
