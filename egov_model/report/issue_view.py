"""What changed since the last issue of the report, in a few words, a table and a list; formats, never computes."""

from __future__ import annotations

from datetime import date

from egov_model.analysis.issued import Since
from egov_model.inputs.issues import TableChange
from egov_model.inputs.scenario import PlanInputs
from egov_model.report.fragments import Table
from egov_model.report.input_names import input_name
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say, marked
from egov_model.report.words import TABLES, named

MOST, WEIGHTIEST = 3, 2  # figures and tables that the short form names
NAMES = 6  # rows of a table that are named one by one
COUNTS = {
    "placed": marked("Initiatives reached"),
    "villages": marked("Villages connected"),
    "services": marked("Digital services"),
    "hires": marked("People to hire"),
}


def short(say: Say, since: Since | None) -> str:
    """What moved most and which tables changed, for the decision page."""
    if since is None:
        return say("This is the first issue; there is none to compare with.")
    day = say.short_day(since.issue.issued_on)
    if since.same:
        return say("Nothing moved since the issue of {day}.", day=day)
    moves = ", ".join(_moves(say, since)[:MOST])
    told = say("No figure moved (against {day}).", day=day)
    if moves:
        told = say("{moves} (against {day}).", day=day, moves=moves[0].upper() + moves[1:])
    return f"{told} {_tables(say, since)}"


def figures(say: Say, since: Since) -> Table:
    """The published figures that moved, then and now."""
    then, now = since.issue.figures, since.now
    rows = [
        _money(say, say("Cost"), then.total_idr, now.total_idr),
        _money(say, say("Cost, P50"), then.total_p50_idr, now.total_p50_idr),
        _money(say, say("Cost, P80"), then.total_p80_idr, now.total_p80_idr),
        _end(say, say("Finished"), then.finish, now.finish),
        _end(say, say("Finished, P80"), then.finish_p80, now.finish_p80),
        _chance(say, then.ceilings_hold_share, now.ceilings_hold_share),
        (say("Maturity index"), _index(say, then.index), _index(say, now.index), _rise(say, then.index, now.index)),
        *(_count(say, say(label), getattr(then, field), getattr(now, field)) for field, label in COUNTS.items()),
    ]
    heads = (say("Figure"), say("On {day}", day=say.short_day(since.issue.issued_on)), say("Now"), say("Difference"))
    caption = say("Published figures that moved: on {day} and now", day=say.day(since.issue.issued_on))
    return Table(caption, heads, tuple(row for row in rows if row[1] != row[2]), frozenset({1, 2, 3}), cards=True)


def causes(say: Say, inputs: PlanInputs, since: Since) -> Table:
    """The inputs that changed, table by table."""
    rows = []
    for change in since.changes:
        for keys, what in ((change.changed, say("changed")), (change.new, say("new")), (change.gone, say("gone"))):
            if keys:
                counted, which = f"{say.number(len(keys))} {what}", _named(say, inputs, change, keys)
                rows.append((named(say, TABLES, change.table), counted, which))
    return Table(say("Inputs that changed since then"), (say("Table"), say("Rows"), say("Which")), tuple(rows), cards=True)


def _named(say: Say, inputs: PlanInputs, change: TableChange, keys: tuple[str, ...]) -> str:
    """The first of these rows by name; what is gone, or has no name, by its key."""
    rows = inputs.rows.get(change.table, {})

    def name(key: str) -> str:
        try:
            return input_name(say, inputs, change.table, key) if key in rows else key
        except AttributeError:  # rows of this table have no name
            return getattr(rows[key], f"title_{say.language}", key)

    shown = [name(key) for key in keys[:NAMES]]
    more = len(keys) - len(shown)
    return "; ".join(shown) + (say(" and {n} more", n=say.number(more)) if more else "")


def _moves(say: Say, since: Since) -> list[str]:
    """What moved, the weightiest first."""
    then, now = since.issue.figures, since.now
    made = []
    if now.total_idr != then.total_idr:
        made.append(say("cost {difference}", difference=_signed(say.money, now.total_idr - then.total_idr)))
    if now.total_p80_idr != then.total_p80_idr:
        made.append(say("its P80 {difference}", difference=_signed(say.money, now.total_p80_idr - then.total_p80_idr)))
    made += [shift] if (shift := _shift(say, then.finish, now.finish)) else []
    if then.index is not None and now.index is not None and then.index != now.index:
        made.append(say("index {difference}", difference=_rise(say, then.index, now.index)))
    for field, label in COUNTS.items():
        if difference := getattr(now, field) - getattr(then, field):
            made.append(f"{say(label).lower()} {_signed(say.number, difference)}")
    return made


def _tables(say: Say, since: Since) -> str:
    if not since.changes:
        return say("No input changed: the model itself did.")
    weighty = sorted(since.changes, key=lambda change: -change.count)
    parts = [f"{named(say, TABLES, c.table).lower()} ({say.number(c.count)})" for c in weighty[:WEIGHTIEST]]
    more = len(weighty) - len(parts)
    return say("Changed: {tables}.", tables=", ".join(parts) + (say(" and {n} more", n=say.number(more)) if more else ""))


def _shift(say: Say, then: date | None, now: date | None) -> str:
    """By how many months an end moved; nothing when it did not, or when one of them has no date."""
    if then is None or now is None:
        return ""
    months = (now.year - then.year) * 12 + now.month - then.month
    if months == 0:
        return ""
    if months > 0:
        return say.plural("{n} month later", "{n} months later", months)
    return say.plural("{n} month sooner", "{n} months sooner", -months)


def _money(say: Say, label: str, then: int, now: int) -> tuple[str, ...]:
    return label, say.rupiah(then), say.rupiah(now), _signed(say.rupiah, now - then)


def _count(say: Say, label: str, then: int, now: int) -> tuple[str, ...]:
    return label, say.number(then), say.number(now), _signed(say.number, now - then)


def _end(say: Say, label: str, then: date | None, now: date | None) -> tuple[str, ...]:
    return label, _month(say, then), _month(say, now), _shift(say, then, now) or DASH


def _chance(say: Say, then: float, now: float) -> tuple[str, ...]:
    points = _signed(lambda n: say("{n} points", n=say.number(n)), round(now * 100) - round(then * 100))
    return say("Chance that ceilings hold"), say.percent(then), say.percent(now), points


def _month(say: Say, day: date | None) -> str:
    return say.month(day) if day else DASH


def _index(say: Say, value: float | None) -> str:
    return DASH if value is None else say.number(value, 2)


def _rise(say: Say, then: float | None, now: float | None) -> str:
    return DASH if then is None or now is None else _signed(lambda value: say.number(value, 2), now - then)


def _signed(write, difference: float) -> str:
    shown = write(difference)
    return f"+{shown}" if difference > 0 and any(c in "123456789" for c in shown) else shown
