"""A comparison as plain figures: what the command line prints and what files hold."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import pandas as pd

from egov_model.analysis.bridge import Bridge
from egov_model.analysis.side_by_side import Comparison

PLAIN = ("headlines", "differences", "criteria", "years", "dominated")
DRAWN = ("ranges", "differences", "pairs", "regret", "dominated", "stability", "brought")
PARTS = (*PLAIN, "bridge", *(f"draws-{name}" for name in DRAWN))


def figures(found: Comparison) -> dict[str, object]:
    """Everything a comparison says, in lists, dictionaries, numbers, texts and None; dates as texts."""
    made: dict[str, object] = {"base": found.scenarios[0], "scenarios": list(found.scenarios)}
    made["left_out"] = [one.name for one in found.left_out]
    made |= {name: records(getattr(found, name)) for name in PLAIN}
    made["bridges"] = [_bridge(one) for one in found.bridges]
    made["chances"] = None
    if found.chances:
        drawn = {name: records(getattr(found.chances, name)) for name in DRAWN}
        made["chances"] = {name: getattr(found.chances, name) for name in ("draws", "seed", "benefit_draws")} | drawn
    return made


def part(found: Comparison, name: str) -> pd.DataFrame | None:
    """One of PARTS as a frame; None when there are no draws to tell it from."""
    if name == "bridge":
        return bridge_frame(found)
    if name.startswith("draws-"):
        return getattr(found.chances, name.removeprefix("draws-")) if found.chances else None
    return getattr(found, name)


def bridge_frame(found: Comparison) -> pd.DataFrame:
    """One row per step of every bridge: base, scenario, theme, total_idr, finish_days, index, error_idr, changes (as text)."""
    rows = [
        {
            "base": one.base,
            "scenario": one.scenario,
            **{name: getattr(step, name) for name in ("theme", "total_idr", "finish_days", "index", "error_idr")},
            "changes": "; ".join(f"{key}: {before or '-'} > {after or '-'}" for key, before, after in step.cells),
        }
        for one in found.bridges
        for step in one.steps
    ]
    names = ["base", "scenario", "theme", "total_idr", "finish_days", "index", "error_idr", "changes"]
    return pd.DataFrame(rows, columns=names)


def records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Rows as dictionaries of plain values, what is missing as None."""
    return [{str(name): _plain(value) for name, value in row.items()} for row in frame.to_dict("records")]


def _bridge(one: Bridge) -> dict[str, object]:
    steps = [asdict(step) | {"cells": [dict(zip(("key", "before", "after"), c, strict=True)) for c in step.cells]} for step in one.steps]
    return asdict(one) | {"steps": steps}


def _plain(value: object) -> object:
    if value is None or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, date):
        return value.isoformat()[:10]
    return value.item() if hasattr(value, "item") else value
