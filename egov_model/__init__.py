"""Budget, staffing and rollout of a regency's e-government master plan: the front door that notebooks use.

Names are loaded when first asked for, so that `python -m egov_model` can set up its environment before any library exists.
"""

from importlib import import_module

__version__ = "0.1.0"

_ROOMS = {
    "InputError": "egov_model.inputs.errors",
    "load_scenario": "egov_model.report.shared",
    "scenario_names": "egov_model.inputs.scenario",
    "build_plan": "egov_model.report.shared",
    "headline": "egov_model.analysis.compare",
    "build_outlook": "egov_model.report.answers",
    "anyway": "egov_model.report.shared",
    "unchanged": "egov_model.report.shared",
    "comparison": "egov_model.analysis.compare",
    "compare_scenarios": "egov_model.report.answers",
    "comparison_page": "egov_model.report.comparison_page",
    "recorded_issues": "egov_model.report.answers",
    "focus_group": "egov_model.analysis.focus_group",
    "agency_page": "egov_model.report.agency_page",
    "report_page": "egov_model.report.notebook",
    "what_if": "egov_model.whatif.screen",
}

__all__ = sorted(_ROOMS)


def __getattr__(name: str):
    if name in _ROOMS:
        return getattr(import_module(_ROOMS[name]), name)
    raise AttributeError(f"module 'egov_model' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
