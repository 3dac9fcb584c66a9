"""Scenarios and plans that one process reads and works out once: its notebook asks again, and whoever is forked from it finds them there.

What is kept is found by content: of every file of the data pack for a scenario, of the scenario for a plan.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from egov_model.analysis import agencies
from egov_model.inputs import scenario as reading
from egov_model.inputs.overrides import as_text
from egov_model.inputs.place import PROJECT_DATA
from egov_model.inputs.scenario import ANYWAY, BASE, EPOCH, PlanInputs, scenario_names
from egov_model.inputs.tables import content_hash, data_files, file_bytes
from egov_model.model.factors import Factors
from egov_model.model.plan import Plan
from egov_model.report import answers, figures
from egov_model.report.risk_register_view import ranks
from egov_model.report.wording import LANGUAGES, speak

PARTS = ("budget", "ceilings", "initiatives", "activities", "staffing", "problem")  # what several reports of a scenario read
KEPT = 12  # scenarios and plans a process remembers


@dataclass(frozen=True)
class _Asked:
    """A question that is the same when its `key` is; the rest is what answering it takes."""

    key: tuple[object, ...]
    rest: tuple[object, ...] = field(compare=False)


def load_scenario(name: str = "baseline", data: Path | str = "", overrides: Mapping[str, object] | None = None) -> PlanInputs:
    """As `inputs.scenario.load_scenario`; read again only when a file of the pack has changed. Values of `overrides` may be numbers, dates
    or truth values as well as text."""
    typed = {key: as_text(value) for key, value in (overrides or {}).items()}
    folder = Path(data).resolve() if data else PROJECT_DATA
    said = {path.relative_to(folder).as_posix(): file_bytes(path) for path in data_files(folder)} if folder.is_dir() else {}
    key = (name, folder, content_hash(said), os.environ.get(EPOCH), tuple(typed.items()))
    return _load(_Asked(key, (data, typed)))


@functools.lru_cache(KEPT)
def _load(asked: _Asked) -> PlanInputs:
    return reading.load_scenario(str(asked.key[0]), *asked.rest)


def build_plan(inputs: PlanInputs, factors: Factors | None = None) -> Plan:
    """As `answers.build_plan`; worked out again only for other inputs."""
    if factors is not None or not inputs.hashes:
        return answers.build_plan(inputs, factors)
    return _build(_Asked((inputs.content_hash,), (inputs,)))


@functools.lru_cache(KEPT)
def _build(asked: _Asked) -> Plan:
    return answers.build_plan(*asked.rest)


def anyway(data: Path | str = "") -> Plan | None:
    """The plan of what happens anyway, or None when the data pack has no such scenario."""
    return _of_scenario(ANYWAY, data)


def unchanged(data: Path | str = "") -> Plan | None:
    """The plan of the base scenario, or None when the data pack has no such scenario."""
    return _of_scenario(BASE, data)


def _of_scenario(name: str, data: Path | str) -> Plan | None:
    return build_plan(load_scenario(name, data)) if name in scenario_names(*((Path(data),) if data else ())) else None


def share(scenario: str, data: str, names: Collection[str]) -> None:
    """Work out ahead what the notebooks of a scenario ("" for none) have in common, as far as `names` of the front door ask for it."""
    for name, others in (("anyway", anyway), ("unchanged", unchanged)):
        if name in names and (other := others(data)) is not None:
            work_out(other, PARTS)
    if scenario:
        plan = build_plan(load_scenario(scenario, data))
        work_out(plan, (*PARTS, "measures"))
        if "agency_page" in names:
            agencies.prepare(plan)
        if "build_outlook" in names:
            ranks(plan, answers.build_outlook(plan))
    for language in LANGUAGES:
        speak(language)
    draw_once()


def work_out(plan: Plan, parts: Sequence[str]) -> None:
    """Have these parts of the plan ready."""
    for part in parts:
        getattr(plan, part)


def draw_once() -> None:
    """Have fonts and styles ready: the first drawing of a process takes far longer than the next."""
    with figures.drawing("once", 1.0) as canvas:
        canvas.add_subplot().set_title("0")
        figures.svg(canvas, "")
