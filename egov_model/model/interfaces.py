"""Interfaces of the application inventory: which applications exchange data, and which initiative joins them."""

from __future__ import annotations

from egov_model.inputs.integration import HUB
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.scope import in_scope

Pair = tuple[str, str]


def hub_applications(inputs: PlanInputs) -> frozenset[str]:
    """Applications that are the hub itself: those treated by an initiative that pays for a hub (cost lines with driver `hub`)."""
    makers = {line.initiative for line in inputs.rows["cost_lines"].values() if line.driver == "hub"}
    return frozenset(key for key, a in inputs.rows["applications"].items() if a.initiative in makers)


def interface_pairs(inputs: PlanInputs) -> tuple[Pair, ...]:
    """Unordered pairs of applications that exchange data, each once whichever end names the other, in order of name.

    An interface with the hub itself is a connector, not a pair; an application does not pair with itself.
    """
    hub = hub_applications(inputs)
    found = {(min(key, other), max(key, other)) for key, a in inputs.rows["applications"].items() for other in a.interfaces if other != key}
    return tuple(sorted(pair for pair in found if not hub.intersection(pair)))


def applications_joined(pairs: tuple[Pair, ...]) -> tuple[str, ...]:
    """Applications that take part in at least one interface, in order of name."""
    return tuple(sorted({end for pair in pairs for end in pair}))


def payers(inputs: PlanInputs) -> tuple[str, ...]:
    """Initiatives in scope that pay for interfaces (cost lines with driver `linked_connectors`), the most urgent first."""
    pay = {line.initiative for line in inputs.rows["cost_lines"].values() if line.driver == "linked_connectors"}
    scope = [key for key in in_scope(inputs) if key in pay]
    return tuple(sorted(scope, key=lambda key: inputs.rows["initiatives"][key].priority))


def connectors_by_initiative(inputs: PlanInputs, pairs: tuple[Pair, ...]) -> dict[str, tuple[str, ...]]:
    """Applications of each initiative that take part in an interface: over the hub each needs one connector."""
    made: dict[str, tuple[str, ...]] = {}
    for key in applications_joined(pairs):
        initiative = inputs.rows["applications"][key].initiative
        made[initiative] = (*made.get(initiative, ()), key)
    return made


def pairs_by_initiative(inputs: PlanInputs, pairs: tuple[Pair, ...]) -> dict[str, tuple[Pair, ...]]:
    """Interfaces of each initiative point to point: every pair once, with the initiative that comes to one of its ends first.

    First come those that pay for interfaces, the most urgent first, then the others; pairs whose ends no initiative of the scope treats
    stand under "".
    """
    urgent = sorted(in_scope(inputs), key=lambda key: inputs.rows["initiatives"][key].priority)
    paying = payers(inputs)
    rank = {key: n for n, key in enumerate((*paying, *(k for k in urgent if k not in paying)))}
    made: dict[str, tuple[Pair, ...]] = {}
    for pair in pairs:
        ends = [i for i in (inputs.rows["applications"][end].initiative for end in pair) if i in rank]
        owner = min(ends, key=rank.__getitem__, default="")
        made[owner] = (*made.get(owner, ()), pair)
    return made


def interfaces_to_build(inputs: PlanInputs) -> dict[str, float]:
    """By initiative, what it has to build in interfaces of the point-to-point kind.

    Over the hub: its connectors times the work of a connector (`connector_effort`, most likely); point to point: its pairs.
    """
    pairs = interface_pairs(inputs)
    if inputs.settings.integration == HUB:
        effort = inputs.rows["integration"]["connector_effort"].mode
        return {key: len(apps) * effort for key, apps in connectors_by_initiative(inputs, pairs).items()}
    return {key: float(len(own)) for key, own in pairs_by_initiative(inputs, pairs).items()}
