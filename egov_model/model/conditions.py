"""When a share of agencies, applications, sites or roles is reached, as the week in which it first is, for any number of draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from egov_model.inputs.reach import LINK
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.drivers import Drivers
from egov_model.model.interfaces import applications_joined, interface_pairs
from egov_model.model.people import supply_fte
from egov_model.model.reach import NOBODY
from egov_model.model.timeline import Timeline
from egov_model.model.treatments import KEEP, duty_of

NEVER = 10**6  # a week that does not come
MISSING = -1  # a group that the plan has not
HALF_A_PERSON_FTE = 0.5
SITES = {"offices_connected": ("office", "district-office"), "villages_connected": ("village",)}


@dataclass(frozen=True)
class Things:
    """Kinds of things that a condition counts: `count` of each, done when all its `groups` are live (none: done from the start)."""

    groups: tuple[tuple[int, ...], ...]
    count: np.ndarray


@dataclass(frozen=True)
class Conditions:
    """What decides the conditions of an index: things that initiatives finish, and `staffed`, the share of roles by week (weeks,)."""

    things: Mapping[str, Things]
    staffed: np.ndarray
    covered: Mapping[str, float]  # target of each initiative as a share of the agencies


def make_conditions(inputs: PlanInputs, timeline: Timeline, drivers: Drivers, groups: tuple[str, ...]) -> Conditions:
    """Count what the inventory, the network and the posts give; an initiative outside `groups` never finishes anything."""
    index = {key: n for n, key in enumerate(groups)}
    joined = set(applications_joined(interface_pairs(inputs)))
    owed = [a for a in inputs.rows["applications"].values() if duty_of(a.treatment, a.id in joined) != KEEP]
    of_agency: dict[str, set[int]] = {key: set() for key in inputs.rows["agencies"]}
    for a in owed:
        of_agency.setdefault(a.agency, set()).add(index.get(a.initiative, MISSING))
    things = {
        "applications_treated": _things((index.get(a.initiative, MISSING),) for a in owed),
        "agencies_integrated": _things(tuple(sorted(found)) for found in of_agency.values()),
    }
    reach = drivers.reach
    holder = [MISSING if n == NOBODY else index.get(reach.initiatives[n], MISSING) for n in reach.given[LINK].tolist()]
    for name, kinds in SITES.items():
        things[name] = _things((at,) for at, kind in zip(holder, reach.links.sites.kind, strict=True) if kind in kinds)
    staffed = (supply_fte(inputs, timeline) >= HALF_A_PERSON_FTE).mean(axis=0)
    agencies = max(1, len(inputs.rows["agencies"]))
    return Conditions(things, staffed, {key: i.target / agencies for key, i in inputs.rows["initiatives"].items()})


def _things(needs: Iterable[tuple[int, ...]]) -> Things:
    counts = Counter(needs)
    return Things(tuple(counts), np.array(list(counts.values()), dtype=np.int64))


def live_weeks(live: np.ndarray) -> np.ndarray:
    """Go-live weeks with NEVER where there is no place, and a last column of NEVER for groups the plan has not, (draws, groups + 1)."""
    return np.concatenate([np.where(live < 0, NEVER, live), np.full((len(live), 1), NEVER)], axis=1)


def done_week(weeks: np.ndarray, needs: tuple[int, ...]) -> np.ndarray:
    """Week in which the last of some groups goes live, shape (draws,); `weeks` as `live_weeks` gives them."""
    if not needs:
        return np.zeros(len(weeks), dtype=weeks.dtype)
    return reduce(np.maximum, [weeks[:, n] for n in needs])  # a few columns: faster than a maximum by row


def share_week(weeks: np.ndarray, things: Things, at_least: float) -> np.ndarray:
    """First week in which `at_least` of the things are done, shape (draws,); things that are not there at all are done."""
    if not things.groups:
        return np.zeros(len(weeks), dtype=weeks.dtype)
    done = np.stack([done_week(weeks, needs) for needs in things.groups], axis=1)
    order = np.argsort(done, axis=1, kind="stable")
    reached = np.cumsum(things.count[order], axis=1) >= at_least * things.count.sum() - 1e-9
    return np.take_along_axis(done, np.take_along_axis(order, reached.argmax(axis=1)[:, None], axis=1), axis=1)[:, 0]


def share_at(weeks: np.ndarray, things: Things, week: float) -> np.ndarray:
    """Share of the things done by a week, shape (draws,)."""
    if not things.groups:
        return np.ones(len(weeks))
    done = np.stack([done_week(weeks, needs) for needs in things.groups], axis=1) <= week
    return done @ things.count / things.count.sum()
