"""Headline answers of every scenario, kept to see which number moved."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from egov_model.analysis.appraisal import service_headline
from egov_model.analysis.compare import ANYWAY, headline
from egov_model.inputs.scenario import PlanInputs, load_scenarios, scenario_names
from egov_model.model.plan import Plan

Answers = dict[str, dict[str, object]]


def answers(data: Path, build: Callable[[PlanInputs], Plan]) -> Answers:
    """Headline figures by scenario of a data pack, those of services and worth among them, as JSON holds them: dates as text."""
    plans = {inputs.scenario.name: build(inputs) for inputs in load_scenarios(scenario_names(data), data)}
    made = {name: asdict(headline(plan)) | service_headline(plan, plans.get(ANYWAY)) for name, plan in plans.items()}
    return json.loads(json.dumps(made, default=str))


def moved(kept: Mapping[str, Mapping[str, object]], now: Mapping[str, Mapping[str, object]]) -> list[str]:
    """Every figure that differs, as `scenario figure: kept -> now`, and every scenario or figure that only one of the two has."""
    made = []
    for name in dict.fromkeys([*kept, *now]):
        if name not in kept or name not in now:
            made.append(f"{name}: {'new' if name in now else 'gone'}")
            continue
        for figure in dict.fromkeys([*kept[name], *now[name]]):
            before, after = kept[name].get(figure, "not there"), now[name].get(figure, "not there")
            if before != after:
                made.append(f"{name} {figure}: {before} -> {after}")
    return made


def as_text(made: Answers) -> str:
    """The answers as a file holds them."""
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"
