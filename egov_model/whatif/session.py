"""A what-if without a screen: moves, undo, search, comparison and saving; every state it holds is its own."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from egov_model.inputs.chain import Chain
from egov_model.inputs.errors import InputError
from egov_model.inputs.parameters import parameter
from egov_model.inputs.place import PROJECT_DATA
from egov_model.inputs.scenario import BASE, PlanInputs, chain_of, compose, load_text, open_pack, scenario_names
from egov_model.inputs.scenario_text import Head, refuse_added, save_scenario, scenario_text
from egov_model.model.factors import most_likely
from egov_model.model.network import Network
from egov_model.model.plan import Plan, evaluate
from egov_model.model.prepare import prepare
from egov_model.model.schedule import priority_order
from egov_model.report.answers import build_plan
from egov_model.whatif.result import Result, measure

MOST_STEPS = 500  # that can be undone
NOTE = "Ditulis oleh bagaimana-jika (make what-if). Hanya perbedaan dari skenario awal; ubah sesukanya, lalu: egov check"
KEPT_ORDER = "Urutan penempatan seperti di layar: yang lebih kecil lebih dulu mendapat uang dan orang"


@dataclass(frozen=True)
class State:
    """What is asked: a scenario, values set (key, as typed), initiatives dropped; `order` of placing, empty for the scenario's own.

    `searched`: the order is the one that would be looked for, so that whoever builds this scenario gets the same dates.
    """

    scenario: str
    overrides: tuple[tuple[str, str], ...] = ()
    drop: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    searched: bool = True

    @property
    def changes(self) -> int:
        """How many things differ from the scenario."""
        return len(self.overrides) + len(self.drop)


class Session:
    """One planner's what-if over one data pack.

    A move keeps the order in which the scenario places its initiatives and calculates everything else anew: estimate, dates, people, index.
    `search` looks for the order again. What the loader refuses raises `InputError` and leaves all as it was.
    """

    def __init__(self, scenario: str = BASE, data: Path | str = ""):
        self.data = Path(data).resolve() if data else PROJECT_DATA
        self._pack = open_pack(self.data)
        self._chains: dict[str, Chain] = {}  # files read once: what they say holds until they are saved anew
        self._bases: dict[str, Result] = {}
        self._past: list[State] = []
        self._future: list[State] = []
        self.state = State(scenario)
        self.result = self.base

    @property
    def names(self) -> list[str]:
        """Scenarios of the pack."""
        return scenario_names(self.data)

    def titles(self, language: str) -> dict[str, str]:
        """What each scenario of the pack is called; its name where its file cannot be read."""
        made = {}
        for name in self.names:
            made[name] = name
            with contextlib.suppress(InputError):
                made[name] = getattr(self._chain(name).scenario, "title" if language == "id" else "title_en")
        return made

    @property
    def base(self) -> Result:
        """The scenario that the what-if starts from, as it stands in its file."""
        return self.scenario(self.state.scenario)

    @property
    def inputs(self) -> PlanInputs:
        """What the current result was made from."""
        return self.result.plan.inputs

    @property
    def undoable(self) -> int:
        """Steps that can be taken back."""
        return len(self._past)

    @property
    def redoable(self) -> int:
        """Steps that can be taken again."""
        return len(self._future)

    def scenario(self, name: str) -> Result:
        """Any scenario of the pack, measured once."""
        if name not in self._bases:
            self._bases[name] = measure(build_plan(compose(self._pack, self._chain(name), {}, hashed=True)))
        return self._bases[name]

    def start_from(self, name: str) -> Result:
        """Leave all changes and begin with another scenario (undone like any other step)."""
        self.scenario(name)
        return self._go(State(name))

    def move(self, key: str, value: str, merge: bool = False) -> Result:
        """Set a parameter (dotted key) to a value as typed in a file; the scenario's own value takes the change back.

        `merge`: the step before was a part of this one, and is taken back with it.
        """
        return self._go(self._with_value(key, value), merge)

    def value(self, key: str) -> str:
        """A parameter's value now, as it is typed."""
        return parameter(self.inputs.rows, key).value

    def reset(self, key: str) -> Result:
        """Take back what was set for a key."""
        return self._go(self._asked(overrides=tuple(pair for pair in self.state.overrides if pair[0] != key)))

    def reset_all(self) -> Result:
        """Back to the scenario as it is."""
        return self._go(State(self.state.scenario))

    def switch(self, initiative: str, on: bool) -> Result:
        """Take an initiative out, or back in."""
        base, drop = self.base.plan.inputs, tuple(key for key in self.state.drop if key != initiative)
        if initiative not in base.rows["initiatives"]:
            raise InputError(f"initiatives.{initiative}: not in scenario {self.state.scenario}; begin with one that has it")
        refuse_added(base, [("initiatives", initiative, f"initiatives.{initiative}")])
        return self._go(self._asked(drop=drop if on else (*drop, initiative)))

    def choose(self, initiatives: Mapping[str, bool]) -> Result:
        """Switch several initiatives on and off in one step."""
        drop = tuple(key for key in self.state.drop if not initiatives.get(key, False))
        return self._go(self._asked(drop=drop + tuple(key for key, on in initiatives.items() if not on and key not in drop)))

    def begin(self, initiative: str, year: int) -> Result:
        """Have an initiative begin no sooner than a year: on its first day, or on the scenario's own day when that is in it."""
        key = f"initiatives.{initiative}.earliest"
        own = parameter(self.base.plan.inputs.rows, key).value
        return self.move(key, own if date.fromisoformat(own).year == year else f"{year}-01-01")

    def undo(self) -> Result:
        """Take back the last step; nothing when there is none."""
        if self._past:
            self._future.append(self.state)
            self._set(self._past.pop())
        return self.result

    def redo(self) -> Result:
        """Take the step again that was taken back; nothing when there is none."""
        if self._future:
            self._past.append(self.state)
            self._set(self._future.pop())
        return self.result

    def search(self) -> Result:
        """Look for the best order of initiatives under what is set now; takes seconds."""
        if not self.state.searched:
            plan = build_plan(self._composed(self.state, hashed=True))  # orders are kept by the hash of the inputs
            self._step(replace(self.state, order=_names(plan), searched=True), measure(plan))
        return self.result

    def text(self, head: Head, keep_order: bool = False) -> str:
        """The scenario file of what is set now; with `keep_order` it also holds the order of initiatives on the screen."""
        overrides, together = dict(self.state.overrides), {}
        if keep_order and not self.state.searched:
            overrides |= {"settings.scheduling": "listed"}
            ranks = {f"initiatives.{key}.priority": str(n) for n, key in enumerate(_names(self.result.plan), start=1)}
            overrides |= ranks
            together = {KEPT_ORDER: ["settings.scheduling", *ranks]}
        drop = {"initiatives": self.state.drop} if self.state.drop else {}
        return scenario_text(self.base.plan.inputs, head, overrides, drop, [NOTE], together)

    def save(self, name: str, head: Head, keep_order: bool = False, replace: bool = False) -> Path:
        """Write what is set now as a scenario; afterwards the result is what anyone gets who builds that file.

        Unless the order is kept it is looked for first, as it will be in every report. Raises `InputError`, with nothing written, for what
        `save_scenario` refuses.
        """
        text = self.text(head, keep_order)
        path = save_scenario(name, text, self.data, replace)
        if not keep_order:
            self.search()
        self._chains, self._bases = {}, {}  # another file may build on this one
        return path

    def _chain(self, name: str) -> Chain:
        if name not in self._chains:
            self._chains[name] = chain_of(self._pack, name)
        return self._chains[name]

    def _with_value(self, key: str, value: str) -> State:
        base = self.base.plan.inputs
        known = parameter(base.rows, key)
        kept = {k: v for k, v in self.state.overrides if k != known.key}
        if _same(value, known.value):
            return self._asked(overrides=tuple(kept.items()))
        return self._asked(overrides=((*kept.items(), (known.key, value))))

    def _asked(self, **changes: object) -> State:
        """The current state changed, the order kept: that of what was dropped too, so that it can come back to its place."""
        made = replace(self.state, order=self.state.order or _names(self.base.plan), searched=False, **changes)
        return made if made.changes else State(made.scenario)

    def _go(self, state: State, merge: bool = False) -> Result:
        if state != self.state:
            state, result = self._answer(state)
            if merge and self._past:
                self.state, self.result, self._future = state, result, []
            else:
                self._step(state, result)
        return self.result

    def _step(self, state: State, result: Result) -> None:
        self._past = [*self._past, self.state][-MOST_STEPS:]
        self.state, self.result, self._future = state, result, []

    def _set(self, state: State) -> None:
        self.state, self.result = self._answer(state)

    def _answer(self, state: State) -> tuple[State, Result]:
        """The result of a state; nothing of the session changes when it is refused."""
        if not state.changes and not state.order:
            return state, self.scenario(state.scenario)
        inputs = self._composed(state)
        if inputs.settings.scheduling != "optimised":
            return replace(state, order=(), searched=True), measure(build_plan(inputs))
        prepared = prepare(inputs, np.zeros(0, dtype=np.int64))  # its own order comes next
        order = _in_order(prepared.network, state.order)
        return state, measure(evaluate(replace(prepared, order=order), most_likely(inputs)))

    def _composed(self, state: State, hashed: bool = False) -> PlanInputs:
        return compose(self._pack, self._chain(state.scenario), dict(state.overrides), {"initiatives": state.drop}, hashed)


def saved(text: str, name: str, data: Path) -> Result:
    """What anyone gets who builds this scenario file."""
    return measure(build_plan(load_text(name, text, data)))


def _same(one: str, other: str) -> bool:
    """Whether two values as typed are one."""
    try:
        return one == other or float(one) == float(other)
    except ValueError:
        return False


def _names(plan: Plan) -> tuple[str, ...]:
    return tuple(plan.network.groups[g] for g in plan.order.tolist())


def _in_order(network: Network, names: tuple[str, ...]) -> np.ndarray:
    """Groups in the order of names, those without one last by their priority, each behind those it must follow, shape (groups,)."""
    turn = {name: n for n, name in enumerate(names)}
    ranks = np.array([turn.get(key, len(names) + int(p)) for key, p in zip(network.groups, network.priority, strict=True)], dtype=np.int64)
    return priority_order(replace(network, priority=ranks))
