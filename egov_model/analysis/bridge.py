"""The bridge from one plan to another: which change moved the total, the finish and the index by how much, whatever their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from egov_model.analysis.shapley import shapley, whole_numbers
from egov_model.inputs.errors import InputError
from egov_model.inputs.mixed import Cell, Difference, differences, mix
from egov_model.inputs.overrides import as_text
from egov_model.inputs.scenario import PlanInputs
from egov_model.model.factors import most_likely
from egov_model.model.maturity import published
from egov_model.model.plan import Plan, evaluate
from egov_model.model.prepare import prepare
from egov_model.model.scope import in_scope

ORDER, TOGETHER = "order", "together"  # themes of steps: the order of placing looked for again; changes that only hold all at once
SEARCHED = "optimised"  # the setting `scheduling` under which an order is looked for
NONE = -1  # finish of a plan in which nothing is finished


@dataclass(frozen=True)
class Step:
    """What one change moves: `theme` as in `Difference`, or ORDER, or TOGETHER; `cells` (key, before, after) as text, "" for a row that is
    not there. `total_idr` is whole and adds up over the steps; `finish_days` and `index` do so too, None where either plan has none.
    `error_idr`: standard error of the total's share, 0 when exact."""

    theme: str
    cells: tuple[tuple[str, str, str], ...]
    total_idr: int
    finish_days: float | None
    index: float | None
    error_idr: float


@dataclass(frozen=True)
class Bridge:
    """From `base` to `scenario`, names of scenarios, in steps by size; `exact`: over all subsets of the changes, else sampled."""

    base: str
    scenario: str
    base_total_idr: int
    total_idr: int
    steps: tuple[Step, ...]
    exact: bool


def bridge(base: Plan, plan: Plan) -> Bridge:
    """Shares of each change in what a scenario's plan costs more than the base's: Shapley values, which add up to the rupiah.

    Every difference between the resolved inputs counts, whoever set it. Where the order of placing is looked for, that search is a change
    of its own: all others are measured under a known order, that of the base or that of the scenario. Changes that do not hold together
    in every choice of them count as one.
    """
    themes = differences(base.inputs, plan.inputs)
    searched = SEARCHED in {p.inputs.settings.scheduling for p in (base, plan)}
    ways = tuple(d for d in themes if searched and d.theme == "settings.scheduling")
    players = [(d.theme, (d,)) for d in themes if d not in ways]
    if ways or (searched and _order(base) != _order(plan)):
        players.append((ORDER, ways))
    game = _Game(base, plan, players)
    try:
        found = shapley(game.worth, len(players))
    except InputError:
        players = [(TOGETHER, themes)]
        game = _Game(base, plan, players)
        found = shapley(game.worth, 1)
    totals = whole_numbers(tuple(row[0] for row in found.shares))
    steps = [
        Step(
            theme,
            tuple(_told(base.inputs, plan.inputs, cell) for d in made for cell in d.cells),
            totals[n],
            None if game.unfinished else float(found.shares[n][1]),
            None if game.unscored else float(found.shares[n][2]) / 100,
            float(found.error[n, 0]),
        )
        for n, (theme, made) in enumerate(players)
    ]
    steps.sort(key=lambda step: (-abs(step.total_idr), step.theme))
    ends = worth_of(base)[0], worth_of(plan)[0]
    return Bridge(base.inputs.scenario.name, plan.inputs.scenario.name, *ends, tuple(steps), found.exact)


def worth_of(plan: Plan) -> tuple[int, int, int]:
    """Total in rupiah, last day of work as a day's number, and index of the last scored year in hundredths; NONE for a missing one."""
    last = int(plan.schedule.finish[0].max(initial=NONE))
    finish = plan.timeline.last_day(last).toordinal() if last > 0 else NONE
    index = round(published(float(plan.maturity[-1].index[0, -1])) * 100) if plan.maturity else NONE
    return int(plan.schedule.paid_idr.sum()), finish, index


class _Game:
    """What every choice of changes is worth; remembers whether any of them finishes nothing or has no index."""

    def __init__(self, base: Plan, plan: Plan, players: Sequence[tuple[str, tuple[Difference, ...]]]):
        self.base, self.plan, self.players = base, plan, players
        self.unfinished = self.unscored = False

    def worth(self, subset: int) -> tuple[int, int, int]:
        value = worth_of(self._plan(subset))
        self.unfinished |= value[1] == NONE
        self.unscored |= value[2] == NONE
        return value

    def _plan(self, subset: int) -> Plan:
        if subset in (0, (1 << len(self.players)) - 1):
            return self.plan if subset else self.base
        chosen = [player for n, player in enumerate(self.players) if subset >> n & 1]
        inputs = mix(self.base.inputs, self.plan.inputs, [d for _, made in chosen for d in made])
        known = self.plan, self.base
        if ORDER not in {theme for theme, _ in chosen}:
            known = self.base, self.plan
        searched = SEARCHED in {p.inputs.settings.scheduling for p in known}
        prepared = prepare(inputs, known_order(inputs, *map(_order, known)) if searched else None)
        return evaluate(prepared, most_likely(inputs))


def known_order(inputs: PlanInputs, order: tuple[str, ...], other: tuple[str, ...]) -> np.ndarray:
    """The initiatives in scope in a known order (groups,): those that it lacks right behind what they stand behind in the `other` one, and
    all behind those they follow."""
    scope = in_scope(inputs)
    at = {key: n for n, key in enumerate(scope)}
    made = [key for key in order if key in at]
    last = -1
    for key in (*other, *scope):
        if key in at and key not in made:
            made.insert(last + 1, key)
        if key in at:
            last = made.index(key)
    placed: dict[str, None] = {}

    def place(key: str) -> None:
        for before in inputs.rows["initiatives"][key].after:
            if before in at and before not in placed:
                place(before)
        placed[key] = None

    for key in made:
        if key not in placed:
            place(key)
    return np.array([at[key] for key in placed], dtype=np.int64)


def _order(plan: Plan) -> tuple[str, ...]:
    return tuple(plan.network.groups[g] for g in plan.order.tolist())


def _told(first: PlanInputs, second: PlanInputs, cell: Cell) -> tuple[str, str, str]:
    table, key, field = cell
    rows = [inputs.rows[table].get(key) for inputs in (first, second)]
    texts = [("" if row is None else "y") if not field else as_text(getattr(row, field)) for row in rows]
    return ".".join(filter(None, cell)), *texts
