"""The risk register of a scenario, ready to be drawn, and its events in any draws."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from egov_model.analysis.compiled_events import fill_events
from egov_model.analysis.distributions import fit
from egov_model.analysis.streams import stream_keys
from egov_model.inputs.programme import Initiative
from egov_model.inputs.risks import IMPACTS, NONE, Risk, RiskImpact, answered
from egov_model.inputs.scenario import PlanInputs
from egov_model.inputs.uncertainty import distribution_of
from egov_model.model.network import Network
from egov_model.model.timeline import Timeline

STEPS = np.linspace(0.0, 1.0, 1025)


@dataclass(frozen=True)
class EventFactors:
    """What the events of some draws do: `happened` and the six arrays of the same names in `Sample`."""

    happened: np.ndarray
    cost: np.ndarray
    running: np.ndarray
    longer: np.ndarray
    gate_weeks: np.ndarray
    people: np.ndarray
    ceiling: np.ndarray


@dataclass(frozen=True)
class Events:
    """The risks of the register and the arrays of `fill_events`; `shape`: groups, activities, roles, funds, years of the plan.

    `names` (events,) are the streams: risks.<id>.<year>, before the year the initiative where the risk befalls each by itself. A case is a
    risk, or then a risk with one initiative.
    """

    risks: tuple[str, ...]
    names: tuple[str, ...]
    risk: np.ndarray
    case: np.ndarray
    year: np.ndarray
    alone: np.ndarray
    chances: np.ndarray
    impact_ptr: np.ndarray
    impact_kind: np.ndarray
    impact_names: tuple[str, ...]
    impact_felt: np.ndarray
    impact_size: np.ndarray
    sizes: np.ndarray
    target_ptr: np.ndarray
    target: np.ndarray
    shape: tuple[int, int, int, int, int]
    response_idr: np.ndarray


def threatened(risk: Risk, initiatives: tuple[Initiative, ...]) -> tuple[int, ...]:
    """Positions of the initiatives that a risk threatens."""
    named = risk.initiatives or risk.kinds or risk.sections
    return tuple(
        n
        for n, row in enumerate(initiatives)
        if not named or row.id in risk.initiatives or row.kind in risk.kinds or row.section in risk.sections
    )


def make_events(
    inputs: PlanInputs, timeline: Timeline, network: Network, off: Collection[str] = (), responses: Collection[str] = (NONE,)
) -> Events:
    """Events of the register without the risks that are `off`, with the `responses` that are carried out (see `answered`)."""
    rows = inputs.rows
    risks = {key: row for key, row in rows["risks"].items() if key not in off}
    on = answered(risks, responses)
    initiatives = tuple(rows["initiatives"][key] for key in network.groups)
    impacts = [(n, i) for n, i in enumerate(rows["risk_impacts"].values()) if i.risk in risks]
    events, cases = [], []  # (risk, case, year, alone, name) and (risk, the groups it falls on)
    for r, (key, row) in enumerate(risks.items()):
        hit = threatened(row, initiatives)
        for groups in [(group,) for group in hit] if row.each else [hit] if hit else []:
            who = f"{network.groups[groups[0]]}." if row.each else ""
            years = [(y, year) for y, year in enumerate(timeline.years) if row.threatens(year)]
            events += [(r, len(cases), y, row.each, f"risks.{key}.{who}{year}") for y, year in years]
            cases.append((key, groups))
    owned = [[(n, i) for n, i in impacts if i.risk == key] for key, _ in cases]
    done = [(n, i, groups) for own, (_, groups) in zip(owned, cases, strict=True) for n, i in own]
    targets = [_targets(impact, groups, network) for _, impact, groups in done]
    every, name = list(rows["risk_impacts"].values()), distribution_of(inputs.settings.distribution, "")
    return Events(
        risks=tuple(risks),
        names=tuple(event[4] for event in events),
        risk=np.array([event[0] for event in events], dtype=np.int64),
        case=np.array([event[1] for event in events], dtype=np.int64),
        year=np.array([event[2] for event in events], dtype=np.int64),
        alone=np.array([event[3] for event in events], dtype=bool),
        chances=_tables(list(risks.values()), name, [r.residual_probability if k in on else 1.0 for k, r in risks.items()], 1.0),
        impact_ptr=np.cumsum([0, *map(len, owned)]).astype(np.int64),
        impact_kind=np.array([list(IMPACTS).index(i.impact) for _, i, _ in done], dtype=np.int64),
        impact_names=tuple(i.id for _, i, _ in done),
        impact_felt=np.array([i.felt_years for _, i, _ in done], dtype=np.int64),
        impact_size=np.array([n for n, _, _ in done], dtype=np.int64),
        sizes=_tables(every, name, [rows["risks"][i.risk].residual_impact if i.risk in on else 1.0 for i in every], np.inf),
        target_ptr=np.cumsum([0, *map(len, targets)]).astype(np.int64),
        target=np.array([t for found in targets for t in found], dtype=np.int64),
        shape=(len(network.groups), len(network.activities), len(network.roles), len(network.funds), len(timeline.years)),
        response_idr=_response_idr(timeline, network, risks, on),
    )


def _targets(impact: RiskImpact, groups: tuple[int, ...], network: Network) -> list[int]:
    """What an impact falls on."""
    match impact.impact:
        case "cost" | "running":
            return list(groups)
        case "weeks":
            return [a for a, (group, name) in enumerate(network.activities) if group in groups and name in impact.phases]
        case "people":
            return [n for n, role in enumerate(network.roles) if not impact.targets or role in impact.targets]
        case "ceiling":
            return [n for n, fund in enumerate(network.funds) if not impact.targets or fund in impact.targets]
        case _:
            return []


def _tables(rows: list, name: str, by: list[float], most: float) -> np.ndarray:
    """Quantiles of three-point rows at `STEPS`, times `by` (rows,), between 0 and `most`."""
    low, mode, high = (np.array([getattr(row, end) for row in rows], dtype=float) for end in ("low", "mode", "high"))
    inner = np.clip(STEPS, STEPS[1] / 8, 1 - STEPS[1] / 8)  # the ends themselves may be infinite
    return np.minimum(fit(name, low, mode, high, 0.0).quantile(inner), most) * np.array(by)[:, None]


def _response_idr(timeline: Timeline, network: Network, risks: Mapping[str, Risk], on: Collection[str]) -> np.ndarray:
    """Cost of the responses by fund and year."""
    made = np.zeros((len(network.funds), len(timeline.years)), dtype=np.int64)
    for key in on:
        for y, year in enumerate(timeline.years):
            if risks[key].threatens(year):
                made[network.funds.index(risks[key].response_fund), y] += risks[key].response_idr
    return made


def draw_events(events: Events, seed: int, draws: int, first: int = 0) -> EventFactors:
    """What comes true in the draws `first` to `first + draws`, and what it does."""
    groups, activities, roles, funds, years = events.shape
    made = EventFactors(
        happened=np.zeros((draws, len(events.risks), years), dtype=bool),
        cost=np.ones((draws, groups, years)),
        running=np.ones((draws, groups, years)),
        longer=np.zeros((draws, activities, years), dtype=np.int64),
        gate_weeks=np.zeros((draws, years), dtype=np.int64),
        people=np.ones((draws, roles, years)),
        ceiling=np.ones((draws, funds, years)),
    )
    chance_keys = stream_keys(seed, tuple(f"risks.{key}.probability" for key in events.risks))
    fill_events(
        stream_keys(seed, events.names), events.risk, events.case, events.year, events.alone, chance_keys, events.chances,
        events.impact_ptr, events.impact_kind, stream_keys(0, events.impact_names), events.impact_felt, events.impact_size, events.sizes,
        events.target_ptr, events.target, first, made.happened, made.cost, made.running, made.longer, made.gate_weeks, made.people,
        made.ceiling,
    )  # fmt: skip
    return made
