"""The ranks of risks as a file: what one process worked out, the next one reads."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from egov_model.analysis.risk_ranking import Ranked
from egov_model.report.page import write_whole

FRAMES = ("risks", "responses")


def write_ranks(target: Path, ranks: Ranked) -> None:
    """Write ranks so that readers find the whole file or none; raises `EgovModelError` when it cannot be written."""
    told: dict[str, object] = {"draws": ranks.draws}
    for name in FRAMES:
        frame = getattr(ranks, name)
        told[name] = {"columns": list(frame.columns), "rows": frame.to_numpy(dtype=object).tolist()}
    write_whole(target, json.dumps(told) + "\n")


def read_ranks(file: Path) -> Ranked | None:
    """The ranks of a file, or None where there is none that can be read; numbers come back as they were."""
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        frames = {name: pd.DataFrame(told[name]["rows"], columns=told[name]["columns"]) for name in FRAMES}
        return Ranked(int(told["draws"]), **frames)
    except (OSError, ValueError, KeyError, TypeError):
        return None
