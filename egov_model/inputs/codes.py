"""Programme and account codes: valid in every year of the plan, and what succeeds one that is not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping

from egov_model.inputs.errors import Problems, did_you_mean, listed
from egov_model.inputs.record import Record
from egov_model.inputs.values import UNKNOWN_CODE, shown

Rows = Mapping[str, Mapping[str, Record]]
Spans = Mapping[str, list[Record]]  # by key: its codes in order of years
USES = (  # table of codes, its file, table of users, their field
    ("sub_activities", "codes/sub_activities.csv", "initiatives", "sub_activity"),
    ("accounts", "codes/accounts.csv", "cost_lines", "account"),
)


def check_codes(
    rows: Rows,
    years: tuple[int, ...],
    place: Callable[[str, str], tuple[str, int]],
    problems: Problems,
    lost: Mapping[str, Collection[str]],
) -> None:
    """Every problem with codes: overlapping years, unknown successors, and users whose key has no code in a year of the plan.

    A user that names a code instead of a key, or a key that has run out, is told until when it is valid and what to write instead. A code
    may be unknown only in an assumption about years before the reports are issued: nobody can budget under it.
    """
    issued = getattr(rows["settings"].get("issued_on"), "value", "")[:4]
    for table, path, users, field in USES:
        spans = by_key(rows[table].values())
        _check_table(rows[table], spans, table, path, place, problems)
        _check_unknown(rows[table], int(issued) if issued.isdigit() else 0, table, place, problems)
        for key, user in rows[users].items() if not lost.get(table) else ():
            _check_user(getattr(user, field), spans, years, path, (*place(users, key), field), problems)


def by_key(codes: Collection[Record]) -> Spans:
    """The rows of each key in order of years."""
    spans: dict[str, list[Record]] = defaultdict(list)
    for row in sorted(codes, key=lambda r: r.valid_from):
        spans[row.key].append(row)
    return dict(spans)


def _check_table(codes: Mapping[str, Record], spans: Spans, table: str, path: str, place: Callable, problems: Problems) -> None:
    for key, row in codes.items():
        others = (o for o in spans[row.key] if o is not row)
        if row.valid_from > row.valid_to or any(o.valid_from <= row.valid_to and row.valid_from <= o.valid_to for o in others):
            file, number = place(table, key)
            found = f"{row.valid_from} to {row.valid_to} of {row.key!r}"
            problems.add(file, number, "valid_from", found=found, allowed="validity years in order that do not overlap for one key")
        if row.successor and (row.successor not in spans or row.successor == row.key):
            file, number = place(table, key)
            near = did_you_mean(row.successor, [k for k in spans if k != row.key])
            problems.add(file, number, "successor", found=shown(row.successor), allowed=f"the key of another row in {path}", advice=near)


def _check_unknown(codes: Mapping[str, Record], issued: int, table: str, place: Callable, problems: Problems) -> None:
    for key, row in codes.items():
        if row.code == UNKNOWN_CODE and (row.evidence != "assumption" or row.valid_to >= issued > 0):
            file, number = place(table, key)
            found = f"{UNKNOWN_CODE!r} until {row.valid_to} ({row.evidence or 'no evidence'})"
            allowed = f"a code, or an assumption about years before {issued}" if issued else "a code, or an assumption"
            problems.add(file, number, "code", found=found, allowed=allowed)


def _check_user(name: str, spans: Spans, years: tuple[int, ...], path: str, where: tuple[str, int, str], problems: Problems) -> None:
    file, number, field = where
    if name not in spans:
        meant = [row for row in _rows_with_code(name, spans) if row.key]
        if meant:
            found, advice = f"{name!r}, a code and not a key ({_validity(meant[-1])})", _instead(meant[-1], spans, years)
        else:
            found, advice = shown(name), did_you_mean(name, spans)
        problems.add(file, number, field, found=found, allowed=f"the key of a row in {path}", advice=advice)
        return
    bare = [y for y in years if not any(s.valid_from <= y <= s.valid_to for s in spans[name])]
    if not bare:
        return
    allowed = f"a key with a code for every year of the plan in {path}"
    found = f"{name!r}, which has no valid code in {listed([str(y) for y in bare])}"
    before = [row for row in spans[name] if row.valid_to < bare[0]]
    if before:  # the key ran out: say since when and what follows
        found += f" ({_validity(before[-1])})"
    after = successor(before[-1], spans, bare[0]) if before else None
    problems.add(file, number, field, found=found, allowed=allowed, advice=f"its successor is {_named(after)}" if after else "")


def successor(row: Record, spans: Spans, year: int) -> Record | None:
    """The row that stands for `row` in a year: a later one of its own key, else along the named successors; None where there is none."""
    seen: set[str] = set()
    key = row.key
    while key in spans and key not in seen:
        seen.add(key)
        found = next((r for r in spans[key] if r.valid_from <= year <= r.valid_to), None)
        if found is not None:
            return found
        key = next((r.successor for r in reversed(spans[key]) if r.successor), "")
    return None


def _rows_with_code(name: str, spans: Spans) -> list[Record]:
    """Rows whose code this is, in order of years; X stands for any digit (the owner's urusan)."""
    found = [r for rows in spans.values() for r in rows if re.fullmatch(re.escape(r.code).replace("X", r"\d"), name)]
    return sorted(found, key=lambda r: r.valid_from)


def _instead(row: Record, spans: Spans, years: tuple[int, ...]) -> str:
    """What to write for a code: its key when that has a code in the plan's last year, else the key that succeeds it."""
    after = successor(row, spans, max(years, default=row.valid_to))
    if after is None:
        return f"its key is {row.key!r}, and no successor is named"
    if after.code == row.code:
        return f"write its key {after.key!r}"
    return f"its successor is {_named(after)}"


def _validity(row: Record) -> str:
    return f"{row.code} is valid until {row.valid_to}"


def _named(row: Record) -> str:
    return f"{row.key!r}, code {row.code} from {row.valid_from}"
