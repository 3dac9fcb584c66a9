"""Plans of scenarios, each order of initiatives looked for once: what a process found, the next one reads."""

from __future__ import annotations

import contextlib
import functools
import json
from pathlib import Path

import numpy as np

from egov_model.inputs.errors import EgovModelError
from egov_model.inputs.scenario import ANYWAY, BASE, PlanInputs, load_scenario, scenario_names
from egov_model.inputs.tables import content_hash
from egov_model.model.factors import Factors, most_likely
from egov_model.model.plan import Plan, evaluate
from egov_model.model.prepare import prepare
from egov_model.model.scope import in_scope
from egov_model.report.page import write_whole

ROOT = Path(__file__).resolve().parents[2]
ORDERS = ROOT / "build" / "orders"


def build_plan(inputs: PlanInputs, factors: Factors | None = None, folder: Path = ORDERS) -> Plan:
    """The answer of one scenario, as `model.plan.build_plan` gives it.

    The order found is kept in `folder` under a hash of what the model reads and of the code that reads and places it; a file that cannot
    be read, or does not hold these initiatives, is looked for again, and a folder that cannot be written is done without.
    """
    factors = factors or most_likely(inputs)
    if inputs.settings.scheduling != "optimised":
        return evaluate(prepare(inputs), factors)
    file, groups = folder / f"{_key(inputs)}.json", in_scope(inputs)
    order = _read(file, groups)
    prepared = prepare(inputs, order)
    if order is None:
        with contextlib.suppress(EgovModelError):
            write_whole(file, json.dumps([groups[g] for g in prepared.order.tolist()]) + "\n")
    return evaluate(prepared, factors)


def anyway(data: Path | str = "") -> Plan | None:
    """The plan of what happens anyway, or None when the data pack has no such scenario."""
    return _of_scenario(ANYWAY, data)


def unchanged(data: Path | str = "") -> Plan | None:
    """The plan of the base scenario, or None when the data pack has no such scenario."""
    return _of_scenario(BASE, data)


def _of_scenario(name: str, data: Path | str) -> Plan | None:
    folder = (Path(data),) if data else ()
    return build_plan(load_scenario(name, data)) if name in scenario_names(*folder) else None


def _key(inputs: PlanInputs) -> str:
    return content_hash({"inputs": inputs.model_hash.encode(), **_code()})[:32]


@functools.cache
def _code() -> dict[str, bytes]:
    """Every module that an order follows from."""
    package = ROOT / "egov_model"
    modules = (path for room in ("inputs", "model") for path in (package / room).glob("*.py"))
    return {path.relative_to(package).as_posix(): path.read_bytes() for path in modules}


def _read(file: Path, groups: tuple[str, ...]) -> np.ndarray | None:
    try:
        names = json.loads(file.read_text(encoding="utf-8"))
        return np.array([groups.index(name) for name in names], dtype=np.int64) if sorted(names) == sorted(groups) else None
    except (OSError, ValueError, TypeError):
        return None
