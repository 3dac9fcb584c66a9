"""Inputs between two scenarios: some of what differs between them, applied to the first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pydantic import ValidationError

from egov_model.inputs.catalogue import TABLES
from egov_model.inputs.errors import InputError, Problems
from egov_model.inputs.gates import check_whole
from egov_model.inputs.record import Record
from egov_model.inputs.rules import Settings
from egov_model.inputs.scenario import PlanInputs

Cell = tuple[str, str, str]  # table, key, field; field "": the whole row, which only one of the two scenarios has
APART = ("settings", "initiatives")  # tables whose themes are told by row and by field


@dataclass(frozen=True)
class Difference:
    """Cells that differ between two scenarios and count as one: `theme` is a table, `settings.<key>`, `initiatives.<field>`,
    `initiatives.added`, `initiatives.dropped`, or `table.key` of a single row."""

    theme: str
    cells: tuple[Cell, ...]


def differences(first: PlanInputs, second: PlanInputs, most: int = 7) -> tuple[Difference, ...]:
    """What differs between the rows of two scenarios, by theme; row by row when that makes no more than `most`.

    A row that only one of them has takes along every row and field that names it, so that any choice of differences holds together.
    """
    groups = _joined(first, second, list(_cells(first.rows, second.rows)))
    for fine in (True, False):
        themes: dict[str, list[Cell]] = {}
        for cells in groups:
            themes.setdefault(_theme(first, _root(first, second, cells), fine), []).extend(cells)
        if len(themes) <= most:
            break
    return tuple(Difference(theme, tuple(sorted(themes[theme]))) for theme in sorted(themes))


def mix(first: PlanInputs, second: PlanInputs, chosen: Collection[Difference]) -> PlanInputs:
    """The first scenario's inputs with these differences to the second; hashes are empty.

    Raises InputError when such a plan is not possible, as a row or the plan as a whole does not hold together.
    """
    wanted = {cell for difference in chosen for cell in difference.cells}
    touched = {table for table, _, _ in wanted}
    rows = {name: dict(_mixed(name, old, second.rows[name], wanted)) if name in touched else old for name, old in first.rows.items()}
    settings = _made(Settings, {key: row.value for key, row in rows["settings"].items()})
    problems = Problems()
    named = {name for inputs in (first, second) for row in inputs.rows["effects"].values() for name in row.initiatives}
    check_whole(rows, settings.years, lambda table, key: (table, 0), problems, dropped={"initiatives": named})
    problems.stop()
    frozen = MappingProxyType({name: MappingProxyType(dict(records)) for name, records in rows.items()})
    return PlanInputs(second.scenario, first.region, settings, frozen, (), {}, "")


def _cells(first: Mapping[str, Mapping[str, Record]], second: Mapping[str, Mapping[str, Record]]) -> Iterator[Cell]:
    for table in first:
        one, other = first[table], second[table]
        for key in dict.fromkeys([*one, *other]):
            if key not in one or key not in other:
                yield table, key, ""
            elif one[key] != other[key]:
                yield from ((table, key, f) for f in type(one[key]).model_fields if getattr(one[key], f) != getattr(other[key], f))


def _joined(first: PlanInputs, second: PlanInputs, cells: list[Cell]) -> list[list[Cell]]:
    """Cells in groups that only make sense together: those of one row, and those that name a row which is only in one scenario."""
    parent = {cell: cell for cell in cells}

    def find(cell: Cell) -> Cell:
        while parent[cell] != cell:
            cell = parent[cell]
        return cell

    rows: dict[tuple[str, str, str], Cell] = {}
    for cell in cells:
        table, key, field = cell
        same = rows.setdefault((table, key, field if table in APART else ""), cell)
        parent[find(cell)] = find(same)
        for named in _names(first, second, cell):
            if named in parent:
                parent[find(cell)] = find(named)
    groups: dict[Cell, list[Cell]] = {}
    for cell in cells:
        groups.setdefault(find(cell), []).append(cell)
    return list(groups.values())


def _names(first: PlanInputs, second: PlanInputs, cell: Cell) -> Iterator[Cell]:
    """Whole rows that a cell names, in either scenario."""
    table, key, field = cell
    for name, target in TABLES[table].references():
        for inputs in (first, second):
            row = inputs.rows[table].get(key)
            if row is not None and field in ("", name):
                value = getattr(row, name)
                yield from ((target, one, "") for one in (value if isinstance(value, tuple) else (value,)))


def _root(first: PlanInputs, second: PlanInputs, cells: list[Cell]) -> Cell:
    """The cell that the others of its group follow from: one that names none of them, the first in the order of the tables."""
    mine, order = set(cells), list(TABLES)
    free = [cell for cell in cells if not mine & set(_names(first, second, cell))] or cells
    return min(free, key=lambda cell: (cell[2] != "", order.index(cell[0]), cell))


def _theme(first: PlanInputs, cell: Cell, fine: bool) -> str:
    table, key, field = cell
    if table == "settings":
        return f"{table}.{key}"
    if table == "initiatives":
        what = field or ("dropped" if key in first.rows[table] else "added")
        return f"{table}.{key}.{what}" if fine else f"{table}.{what}"
    return f"{table}.{key}" if fine else table


def _mixed(table: str, one: Mapping[str, Record], other: Mapping[str, Record], wanted: set[Cell]) -> Iterator[tuple[str, Record]]:
    for key in _merged(list(one), list(other)):
        whole = (table, key, "") in wanted
        if key not in one or key not in other:
            if (key in other) == whole:
                yield key, (other if whole else one)[key]
            continue
        new = {f: getattr(other[key], f) for f in type(one[key]).model_fields if (table, key, f) in wanted}
        yield key, one[key] if not new else _made(type(one[key]), {**one[key].model_dump(), **new})


def _merged(one: list[str], other: list[str]) -> list[str]:
    """Keys of both, in the order of the second, those of the first alone behind what they stand behind there."""
    made, known, last = list(other), set(other), -1
    for key in one:
        if key in known:
            last = made.index(key)
        else:
            last += 1
            made.insert(last, key)
    return made


def _made(kind: type[Record], cells: Mapping[str, object]) -> Record:
    try:
        return kind.model_validate(dict(cells))
    except ValidationError as error:
        raise InputError(f"{kind.__name__}: {error.errors()[0]['msg']}") from None
