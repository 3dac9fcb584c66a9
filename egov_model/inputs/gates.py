"""Gate two: what only the whole plan can know (references, cycles, codes and calendars that cover every year)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from egov_model.inputs.catalogue import TABLES
from egov_model.inputs.errors import Problems, did_you_mean, listed
from egov_model.inputs.record import Record
from egov_model.inputs.values import shown

Rows = Mapping[str, Mapping[str, Record]]
Place = Callable[[str, str], tuple[str, int]]  # (table, key) -> file and row


def check_whole(rows: Rows, years: Iterable[int], place: Place, problems: Problems) -> None:
    """Every problem between rows, each at the row that can be mended."""
    years = tuple(years)
    _references(rows, place, problems)
    _cycles(rows, place, problems)
    _phases(rows, place, problems)
    _places(rows, place, problems)
    _codes(rows, years, place, problems)
    _money_and_calendar(rows, years, place, problems)
    _procurement(rows, place, problems)


def _references(rows: Rows, place: Place, problems: Problems) -> None:
    for table in TABLES.values():
        for field, target in table.refers.items():
            known = rows[target]
            for key, row in rows[table.name].items():
                named = getattr(row, field)
                for name in named if isinstance(named, tuple) else (named,):
                    if name and name not in known:
                        file, number = place(table.name, key)
                        near = did_you_mean(name, known)
                        problems.add(file, number, field, found=shown(name), allowed=f"a {TABLES[target].key[0]} in {TABLES[target].path}", advice=near)


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
                file, number = place("initiatives", node)
                way = " -> ".join([*path[path.index(nxt) :], nxt])
                problems.add(file, number, "after", found=f"a cycle: {way}", allowed="initiatives that do not wait for each other", advice="take one of these out of 'after'")
            elif not state.get(nxt):
                state[nxt] = 1
                path.append(nxt)
                stack.append((nxt, iter(after[nxt])))


def _phases(rows: Rows, place: Place, problems: Problems) -> None:
    by_kind: dict[str, dict[str, Record]] = defaultdict(dict)
    orders: dict[tuple[str, int], str] = {}
    for key, phase in rows["phases"].items():
        by_kind[phase.kind][phase.phase] = phase
        if (other := orders.setdefault((phase.kind, phase.order), key)) != key:
            file, number = place("phases", key)
            problems.add(file, number, "order", found=f"{phase.order}, also the order of {other}", allowed="one phase at a time within a kind")
    for key, role in rows["phase_roles"].items():
        if role.phase != "operate" and role.phase not in by_kind[role.kind]:
            file, number = place("phase_roles", key)
            problems.add(file, number, "phase", found=shown(role.phase), allowed=listed([*by_kind[role.kind], "operate"]), advice=did_you_mean(role.phase, by_kind[role.kind]))
    for key, line in rows["cost_lines"].items():
        initiative = rows["initiatives"].get(line.initiative)
        if line.timing != "once" or initiative is None:
            continue
        phases = by_kind[initiative.kind]
        spending = [name for name, p in phases.items() if p.spends]
        if line.phase not in spending:
            file, number = place("cost_lines", key)
            problems.add(file, number, "phase", found=shown(line.phase), allowed=f"a phase of kind {initiative.kind} that spends: {listed(spending) or 'none'}", advice=did_you_mean(line.phase, spending))


def _places(rows: Rows, place: Place, problems: Problems) -> None:
    zones = {d.zone for d in rows["districts"].values()}
    bases = {p.place_basis for p in rows["places"].values()}
    for key, price in rows["prices"].items():
        if price.place_basis not in bases:
            file, number = place("prices", key)
            problems.add(file, number, "place_basis", found=shown(price.place_basis), allowed=listed(sorted(bases)), advice=did_you_mean(price.place_basis, bases))
    for basis in sorted(bases):
        missing = sorted(z for z in zones if f"{basis}.{z}" not in rows["places"])
        if missing:
            problems.add(TABLES["places"].path, found=f"no factor of {basis} for zone {listed(missing)}", allowed="one row per place_basis and zone")


def _codes(rows: Rows, years: tuple[int, ...], place: Place, problems: Problems) -> None:
    for table, users, field in (("sub_activities", "initiatives", "sub_activity"), ("accounts", "cost_lines", "account")):
        spans: dict[str, list[Record]] = defaultdict(list)
        for row in rows[table].values():
            spans[row.key].append(row)
        for key, row in rows[table].items():
            if row.valid_from > row.valid_to or any(o is not row and o.valid_from <= row.valid_to and row.valid_from <= o.valid_to for o in spans[row.key]):
                file, number = place(table, key)
                problems.add(file, number, "valid_from", found=f"{row.valid_from} to {row.valid_to}", allowed="validity years in order that do not overlap for one key")
        for key, user in rows[users].items():
            name = getattr(user, field)
            file, number = place(users, key)
            if name not in spans:
                problems.add(file, number, field, found=shown(name), allowed=f"a key in {TABLES[table].path}", advice=did_you_mean(name, spans))
                continue
            bare = [str(y) for y in years if not any(s.valid_from <= y <= s.valid_to for s in spans[name])]
            if bare:
                problems.add(file, number, field, found=f"{name!r}, which has no valid code in {listed(bare)}", allowed=f"a key with a code for every year of the plan in {TABLES[table].path}")


def _money_and_calendar(rows: Rows, years: tuple[int, ...], place: Place, problems: Problems) -> None:
    funds = {i.fund for i in rows["initiatives"].values() if i.fund in rows["funds"]}
    for year in years:
        for fund in sorted(funds):
            if f"{year}.{fund}" not in rows["ceilings"]:
                problems.add(TABLES["ceilings"].path, field="year, fund", found=f"no ceiling for {year} {fund}", allowed="one row per plan year and fund in use")
        if str(year) not in rows["fiscal_years"]:
            problems.add(TABLES["fiscal_years"].path, field="fiscal_years", found=f"no dates for {year}", allowed="every year of the plan")
    for key, day in rows["holidays"].items():
        if day.first > day.last:
            file, number = place("holidays", key)
            problems.add(file, number, "first", found=f"{day.first} after last {day.last}", allowed="first on or before last")


def _procurement(rows: Rows, place: Place, problems: Problems) -> None:
    top: dict[str, int] = {}
    for method in rows["procurement"].values():
        top[method.category] = max(top.get(method.category, 0), method.max_value_idr)
    for key, kind in rows["kinds"].items():
        if top.get(kind.procurement, 0) < 10**12:
            file, number = place("kinds", key)
            problems.add(file, number, "procurement", found=f"no {kind.procurement} method for large contracts", allowed="a method with max_value_idr of 1000000000000 or more in procurement.csv")
