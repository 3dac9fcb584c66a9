"""Gate two: what only the whole plan can know (references, cycles, codes and calendars that cover every year)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType

from egov_model.inputs.actuals import check_actuals
from egov_model.inputs.calendar import check_calendar
from egov_model.inputs.catalogue import TABLES
from egov_model.inputs.codes import check_codes
from egov_model.inputs.errors import Problems, did_you_mean, listed
from egov_model.inputs.index_gates import check_indices
from egov_model.inputs.integration import check_integration
from egov_model.inputs.money import overlapping, rate_column, taxed_years
from egov_model.inputs.priced import PRICED, check_items
from egov_model.inputs.reach import check_reach
from egov_model.inputs.record import Record
from egov_model.inputs.reference import check_reference
from egov_model.inputs.risks import check_risks
from egov_model.inputs.services import check_services
from egov_model.inputs.sizing import check_sizing
from egov_model.inputs.staffing import check_staffing
from egov_model.inputs.training import check_training
from egov_model.inputs.uncertainty import check_correlations
from egov_model.inputs.values import shown

Rows = Mapping[str, Mapping[str, Record]]
Place = Callable[[str, str], tuple[str, int]]  # (table, key) -> file and row; an unknown key: the table's file, row 0
Lost = Mapping[str, Collection[str]]  # by table: keys of rows that did not pass gate one; "" when not known which
NOTHING: Lost = MappingProxyType({})


def check_whole(rows: Rows, years: Iterable[int], place: Place, problems: Problems, lost: Lost = NOTHING, dropped: Lost = NOTHING) -> None:
    """Every problem between rows, each at the row that can be mended; what a `lost` row may explain is not a problem of its own.

    `dropped` holds, by table, the keys a scenario takes out.
    """
    years = tuple(years)
    _references(rows, place, problems, lost)
    _cycles(rows, place, problems)
    _phases(rows, place, problems, lost)
    _places(rows, place, problems, lost)
    check_codes(rows, years, place, problems, lost)
    _vat(rows, years, place, problems, lost)
    _ceilings(rows, years, place, problems, lost)
    check_calendar(rows, years, place, problems, lost)
    _procurement(rows, place, problems, lost)
    check_sizing(rows, place, problems, lost)
    check_integration(rows, place, problems, lost)
    check_items(rows, place, problems, lost)
    check_reach(rows, place, problems, lost)
    check_training(rows, place, problems, lost)
    check_services(rows, place, problems, lost)
    check_staffing(rows, place, problems, lost)
    check_indices(rows, place, problems, lost, dropped.get("initiatives", ()))
    check_reference(rows, place, problems, lost)
    check_risks(rows, place, problems, lost, dropped.get("initiatives", ()))
    check_correlations(rows, place, problems, lost)
    check_actuals(rows, years, place, problems, lost, dropped.get("initiatives", ()))


def _references(rows: Rows, place: Place, problems: Problems, lost: Lost) -> None:
    for table in TABLES.values():
        for field, target in table.refers.items():
            if "" in lost.get(target, ()):
                continue
            known = {**rows[target], **dict.fromkeys(lost.get(target, ()))}
            for key, row in rows[table.name].items():
                named = getattr(row, field)
                for name in named if isinstance(named, tuple) else (named,):
                    if name and name not in known:
                        file, number = place(table.name, key)
                        near, allowed = did_you_mean(name, known), f"the {TABLES[target].key[0]} of a row in {TABLES[target].path}"
                        problems.add(file, number, field, found=shown(name), allowed=allowed, advice=near)


def _cycles(rows: Rows, place: Place, problems: Problems) -> None:
    """One problem per cycle of `after`, naming the way round."""
    after = {key: [a for a in row.after if a in rows["initiatives"]] for key, row in rows["initiatives"].items()}
    state: dict[str, int] = {}  # 1: on the path, 2: done
    for root in after:
        path: list[str] = []
        stack = [(root, iter(after[root]))] if not state.get(root) else []
        if stack:
            state[root] = 1
            path.append(root)
        while stack:
            node, rest = stack[-1]
            nxt = next(rest, None)
            if nxt is None:
                state[node] = 2
                stack.pop()
                path.pop()
            elif state.get(nxt) == 1:
                ring = path[path.index(nxt) :]
                closers = [p for p in (place("initiatives", n) for n in ring) if not p[0].endswith(".csv")]
                file, number = closers[0] if closers else place("initiatives", node)  # a scenario that closes a ring is the one to mend
                way = " -> ".join([*ring, nxt])
                allowed = "initiatives that do not wait for each other"
                problems.add(file, number, "after", found=f"a cycle: {way}", allowed=allowed, advice="take one of these out of 'after'")
            elif not state.get(nxt):
                state[nxt] = 1
                path.append(nxt)
                stack.append((nxt, iter(after[nxt])))


def _phases(rows: Rows, place: Place, problems: Problems, lost: Lost) -> None:
    by_kind: dict[str, dict[str, Record]] = defaultdict(dict)
    orders: dict[tuple[str, int], str] = {}
    for key, phase in rows["phases"].items():
        by_kind[phase.kind][phase.phase] = phase
        if (other := orders.setdefault((phase.kind, phase.order), key)) != key:
            file, number = place("phases", key)
            found = f"{phase.order}, also the order of {other}"
            problems.add(file, number, "order", found=found, allowed="one phase at a time within a kind")
    if lost.get("phases"):
        return
    for key, role in rows["phase_roles"].items():
        known = list(by_kind[role.kind])
        if role.phase not in known:
            file, number = place("phase_roles", key)
            problems.add(file, number, "phase", found=shown(role.phase), allowed=listed(known), advice=did_you_mean(role.phase, known))
    for key, line in rows["cost_lines"].items():
        initiative = rows["initiatives"].get(line.initiative)
        if line.timing != "once" or initiative is None:
            continue
        phases = by_kind[initiative.kind]
        spending = [name for name, p in phases.items() if p.spends]
        if line.phase not in spending:
            file, number = place("cost_lines", key)
            allowed = f"a phase of kind {initiative.kind} that spends: {listed(spending) or 'none'}"
            problems.add(file, number, "phase", found=shown(line.phase), allowed=allowed, advice=did_you_mean(line.phase, spending))


def _places(rows: Rows, place: Place, problems: Problems, lost: Lost) -> None:
    if lost.get("places"):
        return
    zones = {d.zone for d in rows["districts"].values()}
    bases = {p.place_basis for p in rows["places"].values()}
    for table, key, price in ((name, *item) for name in PRICED for item in rows[name].items()):
        if price.place_basis and price.place_basis not in bases:
            file, number = place(table, key)
            near = did_you_mean(price.place_basis, sorted(bases))
            problems.add(file, number, "place_basis", found=shown(price.place_basis), allowed=listed(sorted(bases)), advice=near)
    for basis in sorted(bases):
        missing = sorted(z for z in zones if f"{basis}.{z}" not in rows["places"])
        if missing:
            found = f"no factor of {basis} for zone {listed(missing)}"
            problems.add(place("places", "")[0], field="zone", found=found, allowed="one row per place_basis and zone")


def _vat(rows: Rows, years: tuple[int, ...], place: Place, problems: Problems, lost: Lost) -> None:
    """Rates that do not overlap, and one for every year a taxed price was seen or is paid in."""
    if lost.get("vat") or not years:
        return
    rates = rows["vat"]
    for key in overlapping(rates):
        file, number = place("vat", key)
        found = f"{rates[key].valid_from} to {rates[key].valid_to}"
        problems.add(file, number, "valid_from", found=found, allowed="years that no other row covers")
    base = getattr(rows["settings"].get("base_price_year"), "value", "")
    paid = {"prices": years, "technologies": (*years, *([int(base)] if base.isdigit() else []))}
    missing: set[int] = set()
    for table, payment in paid.items():
        for key, row in rows[table].items():
            for year in taxed_years(row, payment):
                if rate_column(rates.values(), year) >= 0:
                    continue
                if year in payment:
                    missing.add(year)
                    continue
                file, number = place(table, key)
                found = f"{year}, a year without a rate in {TABLES['vat'].path}"
                problems.add(file, number, "price_year", found=found, allowed="a year with a rate, as this price includes VAT")
    for year in sorted(missing):
        problems.add(place("vat", "")[0], field="valid_from", found=f"no rate for {year}", allowed="a rate for every year of payment")


def _ceilings(rows: Rows, years: tuple[int, ...], place: Place, problems: Problems, lost: Lost) -> None:
    funds = {i.fund for i in rows["initiatives"].values() if i.fund in rows["funds"]}
    for year in years:
        for fund in sorted(funds) if not lost.get("ceilings") else ():
            if f"{year}.{fund}" not in rows["ceilings"]:
                found = f"no ceiling for {year} {fund}"
                problems.add(place("ceilings", "")[0], field="year, fund", found=found, allowed="one row per plan year and fund in use")


def _procurement(rows: Rows, place: Place, problems: Problems, lost: Lost) -> None:
    if lost.get("procurement"):
        return
    top: dict[str, int] = {}
    for method in rows["procurement"].values():
        top[method.category] = max(top.get(method.category, 0), method.max_value_idr)
    for key, kind in rows["kinds"].items():
        if top.get(kind.procurement, 0) < 10**12:
            file, number = place("kinds", key)
            allowed = "a method with max_value_idr of 1000000000000 or more in procurement.csv"
            problems.add(file, number, "procurement", found=f"no {kind.procurement} method for large contracts", allowed=allowed)
