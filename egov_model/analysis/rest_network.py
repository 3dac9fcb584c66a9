"""What is left of a plan as a network of its own: what is done is taken out, what is under way is cut where it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from egov_model.analysis.standing import IN_WORK, LIVE, Standing
from egov_model.model.network import Network
from egov_model.model.plan import Plan


@dataclass(frozen=True)
class Rest:
    """The network of what is left, whose groups are parts of those of the plan.

    - `parent` (groups,): the plan's group of each; `final` (plan's groups,): the part that goes live, -1 for what is live or not promised
    - `under_way` (groups,), bool: the one activity that is being done; no money of it, as its contract is signed
    - `activity` and `line`: of each activity and line the plan's; `order`: what is placed, what is under way first
    """

    network: Network
    parent: np.ndarray
    final: np.ndarray
    under_way: np.ndarray
    activity: np.ndarray
    line: np.ndarray
    order: np.ndarray


def rest_of(plan: Plan, further: Network, earliest: np.ndarray, reached: Standing, now: int) -> Rest:
    """The rest of a plan from week `now` on; `further` is its network that goes on, `earliest` (groups,) when its budget lets each begin.

    Parts keep the plan's order, so that with everything done as planned the rest is placed as the plan has it. What waits for something
    that is live waits no more; work that has begun waits for its own part alone.
    """
    promised = plan.schedule.live[0] >= 0
    names: list[str] = []
    parent: list[int] = []
    chains: list[list[int]] = []
    under_way: list[bool] = []
    own_after: list[int] = []  # the part that is under way, or -1
    final = np.full(len(plan.network.groups), -1, dtype=np.int64)

    def add(group: int, chain: list[int], name: str, busy: bool, after: int) -> int:
        names.append(name)
        parent.append(group)
        chains.append(chain)
        under_way.append(busy)
        own_after.append(after)
        return len(names) - 1

    placed = [int(g) for g in plan.order if promised[g] and reached.stage[g] != LIVE]
    for g in placed:
        if reached.stage[g] == IN_WORK and reached.fraction[g] > 0:
            final[g] = add(g, [int(reached.activity[g])], f"{plan.network.groups[g]} under way", True, -1)
    for g in placed:
        chain = [a for a in plan.network.chains[g] if reached.stage[g] != IN_WORK or a >= reached.activity[g]]
        if final[g] >= 0:
            final[g] = add(g, chain[1:], plan.network.groups[g], False, int(final[g]))
        else:
            final[g] = add(g, chain, plan.network.groups[g], False, -1)
    activity = [a for chain in chains for a in chain]
    group_of = [n for n, chain in enumerate(chains) for _ in chain]
    at = {a: n for n, a in enumerate(activity) if not under_way[group_of[n]]}
    line = [
        n
        for n, (g, a) in enumerate(zip(further.line_group.tolist(), further.line_activity.tolist(), strict=True))
        if final[g] >= 0 and (a in at or a < 0)
    ]
    begun = [bool(reached.stage[g] == IN_WORK) for g in parent]
    network = replace(
        further,
        groups=tuple(names),
        after=tuple(_after(further, final, n, parent[n], own_after[n], begun[n]) for n in range(len(names))),
        earliest=np.array([now if busy else max(now, int(earliest[g])) for g, busy in zip(parent, begun, strict=True)], dtype=np.int64),
        priority=further.priority[parent],
        multi_year=further.multi_year[parent],
        fund=further.fund[parent],
        windows=tuple(further.windows[g] for g in parent),
        activities=tuple((n, further.activities[a][1]) for n, a in zip(group_of, activity, strict=True)),
        spends=np.array([further.spends[a] and not under_way[n] for n, a in zip(group_of, activity, strict=True)], dtype=bool),
        role_demand=further.role_demand[activity],
        lines=tuple(further.lines[n] for n in line),
        line_group=np.array([final[further.line_group[n]] for n in line], dtype=np.int64),
        line_activity=np.array([at.get(int(further.line_activity[n]), -1) for n in line], dtype=np.int64),
        line_every=further.line_every[line],
    )
    whole = [np.array(part, dtype=np.int64) for part in (parent, activity, line)]
    return Rest(network, whole[0], final, np.array(under_way, dtype=bool), whole[1], whole[2], np.arange(len(names), dtype=np.int64))


def _after(further: Network, final: np.ndarray, part: int, group: int, own: int, begun: bool) -> tuple[int, ...]:
    """The parts a part must follow."""
    if own >= 0:
        return (own,)
    return () if begun else tuple(int(final[h]) for h in further.after[group] if final[h] >= 0 and final[h] != part)
