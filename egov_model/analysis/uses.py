"""Which rows of the data pack and which lines of the model and the analysis use one parameter."""

from __future__ import annotations

import linecache
import re
import sys
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import FrameType, MappingProxyType

from egov_model.analysis import (
    apbd,
    back_cast,
    crosscheck,
    evidence,
    index_levels,
    limits,
    operations,
    peers,
    published,
    reached,
    served,
    staff_calendar,
    staff_mix,
    summary,
)
from egov_model.analysis.compare import headline
from egov_model.analysis.sample import sampler
from egov_model.inputs.catalogue import TABLES
from egov_model.inputs.priced import PRICED
from egov_model.inputs.scenario import PlanInputs
from egov_model.model import duties, integration
from egov_model.model.plan import Plan, build_plan
from egov_model.model.prepare import Prepared

PACKAGE = Path(__file__).parents[1]
ROOMS = ("model", "analysis")
LOOKERS = ("analysis/explain.py", "analysis/uses.py")  # look at every table for a reader, and use none
# Everything that is worked out of a plan, so that what it reads is seen to be read.
LOOKS: tuple[Callable[[Plan], object], ...] = (
    headline, lambda plan: (plan.budget, plan.ceilings, plan.initiatives, plan.activities, plan.staffing),
    summary.cost_drivers, summary.staff_by_role, summary.procurement_by_year, crosscheck.software_by_initiative,
    operations.work_by_role, operations.desk_frame, operations.training_frame, operations.refresh_frame,
    reached.site_links, reached.subscriptions, apbd.burden, apbd.rka_table, limits.package_frame, limits.personnel, crosscheck.ratios,
    served.service_frame, served.yearly_frame, served.island_frame, index_levels.index_by_year, peers.fast_years,
    back_cast.back_cast,
    evidence.money, published.compared, integration.architectures, duties.duties, staff_mix.by_month, staff_calendar.staff_decisions,
    lambda plan: sampler(Prepared(plan.inputs, plan.timeline, plan.drivers, plan.network, plan.order)),
)  # fmt: skip


def data_uses(inputs: PlanInputs, table: str, row: str) -> list[str]:
    """Rows of other tables that name this one: `file: key (field)`."""
    made = []
    for other in TABLES.values():
        for field in _references(other.name, table):
            for key, record in inputs.rows[other.name].items():
                named = getattr(record, field)
                if row == named or (isinstance(named, tuple) and row in named):
                    made.append(f"{other.path}: {key} ({field})")
    return made


def _references(other: str, table: str) -> list[str]:
    fields = [f for f, target in TABLES[other].references() if target == table]
    if other in PRICED and table == "places":
        fields.append("place_basis")
    return fields


def code_uses(inputs: PlanInputs, table: str, row: str, field: str) -> list[str]:
    """Lines of the model and the analysis that read this parameter: `room/module.py:line  text`.

    A setting: every line that names it. Another row: the lines that read its field while this plan and its second looks are made,
    the line of the same module that asked for it, and lines there that name a part of the row's key.
    """
    if table == "settings":
        found = _naming(
            [file for file, _ in _sources() if file not in LOOKERS], rf'settings\.{re.escape(row)}\b|\["settings"\]\["{re.escape(row)}"\]'
        )
    else:
        found = _read(inputs, table, row, field)
        parts = [re.escape(part) for part in row.split(".") if part and not part.isdecimal()]
        if found and parts:
            found |= _naming({file for file, _ in found}, "|".join(f'"{part}"' for part in parts))
    lines = dict(_sources())
    return [f"{file}:{number}  {lines[file][number - 1].strip()}" for file, number in sorted(found, key=_model_first)]


def _model_first(place: tuple[str, int]) -> tuple[int, str, int]:
    return ROOMS.index(place[0].partition("/")[0]), *place


def _read(inputs: PlanInputs, table: str, row: str, field: str) -> set[tuple[str, int]]:
    """File and line of every reading of one field of one row."""
    seen: set[tuple[str, int]] = set()
    record = inputs.rows[table][row]

    class Watched(type(record)):
        """The same record, which notes who reads the field."""

        def __getattribute__(self, name: str) -> object:
            if name == field:
                seen.update(_readers(sys._getframe(1)))
            return super().__getattribute__(name)

    watched = Watched.model_construct(**{name: getattr(record, name) for name in type(record).model_fields})
    rows = MappingProxyType({**inputs.rows, table: MappingProxyType({**inputs.rows[table], row: watched})})
    plan = build_plan(replace(inputs, rows=rows))
    for look in LOOKS:
        look(plan)
    return seen


def _readers(frame: FrameType | None) -> set[tuple[str, int]]:
    """The line that reads, and the line of the same module that called for it, when both stand in a module of the two rooms."""
    file = _of_rooms(frame)
    if not file:
        return set()
    made = {(file, frame.f_lineno)}
    while frame.f_back is not None and frame.f_code.co_name.startswith("<"):  # a comprehension may be a function of its own
        frame = frame.f_back
    above = frame.f_back
    return made | {(file, above.f_lineno)} if _of_rooms(above) == file else made


def _of_rooms(frame: FrameType | None) -> str:
    """The module as `room/module.py`, or nothing for code from elsewhere."""
    path = Path(frame.f_code.co_filename) if frame else PACKAGE
    if path.parent.parent != PACKAGE or path.parent.name not in ROOMS:
        return ""
    file = f"{path.parent.name}/{path.name}"
    return "" if file in LOOKERS else file


def _naming(files: Collection[str], pattern: str) -> set[tuple[str, int]]:
    """File and line of every line of these modules that matches."""
    found = re.compile(pattern)
    return {(file, n) for file, lines in _sources() if file in files for n, line in enumerate(lines, 1) if found.search(line)}


@cache
def _sources() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """File and lines of every module of the two rooms."""
    paths = [path for room in ROOMS for path in sorted((PACKAGE / room).glob("*.py"))]
    return tuple((f"{p.parent.name}/{p.name}", tuple(linecache.getlines(str(p)))) for p in paths)
