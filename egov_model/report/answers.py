"""Plans of scenarios, each order of initiatives looked for once: what a process found, the next one reads."""

from __future__ import annotations

import contextlib
import functools
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from egov_model.analysis.drawn import Outlook
from egov_model.analysis.enough_draws import simulate_enough
from egov_model.analysis.risk import check_draws, simulate
from egov_model.analysis.side_by_side import Comparison, chosen, of_same_years, side_by_side
from egov_model.inputs.errors import EgovModelError
from egov_model.inputs.issues import Issue, past_issues
from egov_model.inputs.place import PROJECT_DATA, ROOT
from egov_model.inputs.scenario import ANYWAY, BASE, PlanInputs, load_scenario, load_scenarios, scenario_names
from egov_model.inputs.tables import content_hash
from egov_model.model.factors import Factors, most_likely
from egov_model.model.plan import Plan, evaluate
from egov_model.model.prepare import prepare
from egov_model.model.scope import in_scope
from egov_model.report.outlook_file import read_outlook, write_outlook
from egov_model.report.page import write_whole

ORDERS = ROOT / "build" / "orders"
OUTLOOKS = ROOT / "build" / "outlooks"
COMPARED_DRAWS = 2000  # that scenarios share in the report over all of them


def build_plan(inputs: PlanInputs, factors: Factors | None = None, folder: Path = ORDERS) -> Plan:
    """The answer of one scenario, as `model.plan.build_plan` gives it.

    The order found is kept in `folder` under a hash of what the model reads and of the code that reads and places it; a file that cannot
    be read, or does not hold these initiatives, is looked for again, and a folder that cannot be written is done without.
    """
    factors = factors or most_likely(inputs)
    if inputs.settings.scheduling != "optimised" or not inputs.hashes:  # inputs that are mixed of others have no name to be kept under
        return evaluate(prepare(inputs), factors)
    file, groups = folder / f"{_key(inputs)}.json", in_scope(inputs)
    order = _read(file, groups)
    prepared = prepare(inputs, order)
    if order is None:
        with contextlib.suppress(EgovModelError):
            write_whole(file, json.dumps([groups[g] for g in prepared.order.tolist()]) + "\n")
    return evaluate(prepared, factors)


def build_outlook(
    plan: Plan,
    draws: int | None = None,
    seed: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    folder: Path = OUTLOOKS,
) -> Outlook:
    """The outlook of a plan at most likely values, over so many draws of `seed`, drawn once for the same plan.

    Without `draws` they are as many as the settings ask for and the P80 needs (see `simulate_enough`). It is kept in `folder` under a hash
    of what the model reads, of the plan's order and dates, and of the code; a file that cannot be read is drawn again, and a folder that
    cannot be written is done without. `progress` is told while it draws. Raises InputError as `simulate` does.
    """
    settings = plan.inputs.settings
    known = settings.seed if seed is None else seed
    check_draws(settings.draws if draws is None else draws, known)
    file = folder / f"{drawn_key(plan, [draws, known])}.npz"
    with alone_with(file):
        made = read_outlook(file)
        if made is None:
            many = draws is None
            made = simulate_enough(plan, None, known, progress=progress) if many else simulate(plan, draws, known, progress=progress)
            with contextlib.suppress(OSError):
                write_outlook(file, made)
    return replace(made, scenario=plan.inputs.scenario.name)


@contextlib.contextmanager
def alone_with(file: Path) -> Iterator[None]:
    """Wait until no other process works out what a file is to hold, where the system can tell: the second reads what the first wrote.

    One byte of a common file stands for each; the system lets go of it when a process ends, however it ends.
    """
    try:
        import fcntl

        file.parent.mkdir(parents=True, exist_ok=True)
        held = os.open(file.parent.parent / ".lock", os.O_RDWR | os.O_CREAT, 0o666)
    except (ImportError, OSError):
        yield
        return
    try:
        with contextlib.suppress(OSError):
            fcntl.lockf(held, fcntl.LOCK_EX, 1, int(content_hash({"": file.name.encode()})[:12], 16))
        yield
    finally:
        os.close(held)


def drawn_key(plan: Plan, asked: Sequence[object]) -> str:
    """Hash of what draws follow from: inputs, the plan's order and dates, the settings, the code, and what is asked."""
    dated = (plan.order.tolist(), plan.schedule.start[0].tolist(), plan.schedule.live[0].tolist())
    settings = plan.inputs.settings.model_dump_json()  # settings may have been changed since they were read
    told = json.dumps([*asked, *dated, settings])
    return content_hash({"inputs": plan.inputs.model_hash.encode(), "asked": told.encode(), **_code(("inputs", "model", "analysis"))})[:32]


def anyway(data: Path | str = "") -> Plan | None:
    """The plan of what happens anyway, or None when the data pack has no such scenario."""
    return _of_scenario(ANYWAY, data)


def unchanged(data: Path | str = "") -> Plan | None:
    """The plan of the base scenario, or None when the data pack has no such scenario."""
    return _of_scenario(BASE, data)


def recorded_issues(scenario: str, data: Path | str = "") -> tuple[Issue, ...]:
    """Every issue of a scenario's reports that was recorded, the oldest first; raises `InputError` for files that are damaged."""
    return past_issues(scenario, Path(data).resolve() if data else PROJECT_DATA)


def compare_scenarios(
    names: Sequence[str] = (),
    base: str = "",
    data: Path | str = "",
    overrides: Mapping[str, str] | None = None,
    draws: int = 0,
    seed: int | None = None,
) -> Comparison:
    """Scenarios (all when none is named) against a base, over so many shared draws when there are some; see `side_by_side`.

    Raises InputError for names that cannot be compared and for draws that cannot be.
    """
    folder = (Path(data),) if data else ()
    loaded = load_scenarios(chosen(list(names), base, scenario_names(*folder)), data, overrides)
    inputs, left_out = of_same_years(loaded, names)
    plans = [build_plan(one) for one in inputs]
    return side_by_side(plans, [build_outlook(plan, draws, seed) for plan in plans] if draws else None, left_out=left_out)


def _of_scenario(name: str, data: Path | str) -> Plan | None:
    folder = (Path(data),) if data else ()
    return build_plan(load_scenario(name, data)) if name in scenario_names(*folder) else None


def _key(inputs: PlanInputs) -> str:
    return content_hash({"inputs": inputs.model_hash.encode(), **_code()})[:32]


@functools.cache
def _code(rooms: tuple[str, ...] = ("inputs", "model")) -> dict[str, bytes]:
    """Every module of these rooms; an order follows from the first two."""
    package = ROOT / "egov_model"
    modules = (path for room in rooms for path in (package / room).glob("*.py"))
    return {path.relative_to(package).as_posix(): path.read_bytes() for path in modules}


def _read(file: Path, groups: tuple[str, ...]) -> np.ndarray | None:
    try:
        names = json.loads(file.read_text(encoding="utf-8"))
        return np.array([groups.index(name) for name in names], dtype=np.int64) if sorted(names) == sorted(groups) else None
    except (OSError, ValueError, TypeError):
        return None
