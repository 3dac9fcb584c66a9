"""Which initiatives a scenario plans."""

from __future__ import annotations

from egov_model.inputs.scenario import PlanInputs


def in_scope(inputs: PlanInputs) -> tuple[str, ...]:
    """Initiatives the scenario plans: all, the mandatory ones with what already runs, or only what already runs."""
    keep = {
        "all": lambda i: True,
        "mandatory": lambda i: i.mandatory or i.budget_status == "running",
        "running": lambda i: i.budget_status == "running",
    }[inputs.settings.scope]
    return tuple(key for key, i in inputs.rows["initiatives"].items() if keep(i))
