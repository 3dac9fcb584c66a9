"""What a what-if shows beside its levers, as HTML: figures with what they were, pictures, what falls out, a comparison. Formats only."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import escape

from egov_model.inputs.errors import InputError
from egov_model.inputs.parameters import parameter
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say, marked
from egov_model.report.words import why_not_placed
from egov_model.whatif import drawn
from egov_model.whatif.ranges import Ranges
from egov_model.whatif.result import Result
from egov_model.whatif.session import Session

NAMED = 5  # initiatives without a place that are named before the rest is counted
SAME, MORE, LESS = "=", "\N{BLACK UP-POINTING TRIANGLE}", "\N{BLACK DOWN-POINTING TRIANGLE}"
ROWS = {  # of the comparison: figure of the headline
    "total_idr": marked("Total cost"),
    "new_money_idr": marked("New money"),
    "ceiling_idr": marked("Ceilings"),
    "tightest_left_idr": marked("Left in the tightest year"),
    "placed": marked("Initiatives with a place"),
    "not_placed_mandatory": marked("Mandatory ones without a place"),
    "finish": marked("Last initiative finished"),
    "peak_need_fte": marked("Most people needed at once (FTE)"),
    "peak_gap_fte": marked("Most people missing at once (FTE)"),
    "own_staff_pay_idr": marked("Pay of own staff"),
    "index": marked("Index of the last year"),
}
DECIMALS = {"peak_need_fte": 1, "peak_gap_fte": 1, "index": 2}


def board(say: Say, result: Result, other: Result, sure: Ranges | None, waiting: bool) -> str:
    """Everything that follows a move: six figures and four pictures."""
    pictures = (
        (say("Cost by year (Rp billion)"), drawn.cost(say, result, other, sure)),
        (say("People by month (FTE)"), drawn.people(say, result, other)),
        (say("Index by year"), drawn.index(say, result, other, sure)),
        (say("Sites by year of connection"), drawn.islands(say, result)),
    )
    figures = "".join(f"<figure><figcaption>{escape(title)}</figcaption>{picture}</figure>" for title, picture in pictures)
    return f'{_cards(say, result, other, sure, waiting)}<div class="wi-figures">{figures}</div>{_lost(say, result)}'


def _cards(say: Say, result: Result, other: Result, sure: Ranges | None, waiting: bool) -> str:
    h, was = result.headline, other.headline
    told = ranges_told(say, result, sure, waiting)
    left = say("{money} left in {year}, the tightest year", money=say.money(h.tightest_left_idr), year=h.tightest_year)
    people = say("at most {need} needed at once", need=say.number(h.peak_need_fte, 1))
    mandatory = say.plural("{n} mandatory without a place", "{n} mandatory without a place", h.not_placed_mandatory)
    cards = (
        (say("Total cost"), say.money(h.total_idr), _moved(say, "total_idr", h, was), told["total"]),
        (say("Ceilings"), say.money(h.ceiling_idr), _moved(say, "ceiling_idr", h, was), told["holds"] or left),
        (say("Finished"), say.short_month(h.finish) if h.finish else DASH, _moved(say, "finish", h, was), told["finish"]),
        (say("Initiatives"), say("{placed} of {all}", placed=say.number(h.placed), all=say.number(h.initiatives)),
         _moved(say, "placed", h, was), mandatory),
        (say("People missing (FTE)"), say.number(h.peak_gap_fte, 1), _moved(say, "peak_gap_fte", h, was), people),
        (say("Index {year}", year=h.index_year or ""), DASH if h.index is None else say.number(h.index, 2),
         _moved(say, "index", h, was), told["index"]),
    )  # fmt: skip
    made = (
        f'<div class="wi-card" role="listitem"><div class="wi-label">{escape(label)}</div><div class="wi-value">{escape(value)}</div>'
        f'<div class="wi-moved">{escape(moved)}</div><div class="wi-note">{escape(note)}</div></div>'
        for label, value, moved, note in cards
    )
    return f'<div class="wi-cards" role="list">{"".join(made)}</div>'


def ranges_told(say: Say, result: Result, sure: Ranges | None, waiting: bool) -> dict[str, str]:
    """The ranges in words, each where it belongs; that they are on their way while they are."""
    if sure is None:
        return {"total": say("range follows ...") if waiting else "", "holds": "", "finish": "", "index": ""}
    timeline = result.plan.timeline
    low, high = (say.money(int(sure.total_idr[k])) for k in (0, 3))
    week = int(sure.finish_week[2])
    late = week > timeline.weeks
    finish = say("P80: after the plan") if late else say("P80: {month}", month=say.short_month(timeline.last_day(max(week, 1))))
    told = {"total": say("{low} to {high} (P10\N{EN DASH}P90)", low=low, high=high), "finish": finish, "index": ""}
    told["holds"] = say("all hold in {share} of {n} draws", share=say.percent(sure.holds_share), n=say.number(sure.draws))
    if sure.index is not None:
        low, high = (say.number(float(sure.index[k]), 2) for k in (0, 3))
        told["index"] = say("{low} to {high} (P10\N{EN DASH}P90)", low=low, high=high)
    return told


def _moved(say: Say, name: str, now: object, was: object) -> str:
    """How a figure differs from the one compared with, by sign and number."""
    one, other = getattr(now, name), getattr(was, name)
    if one is None or other is None or one == other:
        return SAME if one == other else ""
    if name == "finish":
        days = (one - other).days
        told = say.plural("{n} week later", "{n} weeks later", round(days / 7)) if days > 0 else ""
        return f"{MORE} {told}" if days > 0 else f"{LESS} " + say.plural("{n} week earlier", "{n} weeks earlier", round(-days / 7))
    size = say.money(abs(int(one - other))) if name.endswith("_idr") else say.number(abs(one - other), DECIMALS.get(name, 0))
    return f"{MORE if one > other else LESS} {size}"


def _lost(say: Say, result: Result) -> str:
    frame = result.lost
    if frame.empty:
        return f'<p class="wi-lost">{escape(say("Every initiative in scope has a place."))}</p>'
    rows = [
        f"<li><b>{escape(say.title(row))}</b>: {escape(why_not_placed(say, result.plan, row))}</li>"
        for _, row in frame.sort_values("mandatory", ascending=False, kind="stable").iterrows()
    ]
    head = say.plural("{n} initiative has no place", "{n} initiatives have no place", len(rows))
    return f'<details class="wi-lost"><summary>{escape(head)}</summary><ul>{"".join(rows)}</ul></details>'


def comparison(say: Say, results: Sequence[tuple[str, Result]]) -> str:
    """Headline figures side by side (name of the column, result) and cost by year below."""
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name, _ in results)
    lines = []
    for name, label in ROWS.items():
        cells = "".join(f"<td>{escape(_figure(say, name, getattr(result.headline, name)))}</td>" for _, result in results)
        lines.append(f'<tr><th scope="row">{escape(say(label))}</th>{cells}</tr>')
    for year in results[0][1].years["year"]:
        amounts = (result.years.set_index("year")["used_idr"].get(year) for _, result in results)
        cells = "".join(f"<td>{DASH if a is None else escape(say.money(int(a)))}</td>" for a in amounts)
        lines.append(f'<tr><th scope="row">{escape(say("Cost of {year}", year=year))}</th>{cells}</tr>')
    caption = escape(say("This what-if beside its beginning and another scenario"))
    body = f"<thead><tr><th></th>{heads}</tr></thead><tbody>{''.join(lines)}</tbody>"
    return f'<table class="wi-table"><caption>{caption}</caption>{body}</table>'


def search_told(say: Say, before: Result, after: Result) -> str:
    """What another order changes: a search weighs when initiatives are live, so it may find fewer places or less index than there were."""
    if before.same_figures(after):
        return say("The search finds the same dates.")
    one, other = before.headline, after.headline
    places = say("{now} instead of {was} initiatives have a place", now=say.number(other.placed), was=say.number(one.placed))
    money = say("{now} instead of {was}", now=say.money(other.total_idr), was=say.money(one.total_idr))
    parts = [places if one.placed != other.placed else say("as many initiatives have a place"), money]
    if one.index is not None and other.index is not None:
        parts.append(say("index {now} instead of {was}", now=say.number(other.index, 2), was=say.number(one.index, 2)))
    return say("The order was looked for again: {what}. Undo brings the other one back.", what="; ".join(parts))


def refused(error: InputError) -> str:
    """Why something was not done, in the words of the check."""
    lines = "\n".join(str(problem) for problem in error.problems)
    return f'<div class="wi-refused" role="alert">{escape(lines)}</div>'


def _figure(say: Say, name: str, value: object) -> str:
    if value is None:
        return DASH
    if name == "finish":
        return say.month(value)
    return say.money(int(value)) if name.endswith("_idr") else say.number(value, DECIMALS.get(name, 0))


def changes(say: Say, session: Session) -> str:
    """What differs from the scenario, in words."""
    base = session.base.plan.inputs
    lines = []
    for key, value in session.state.overrides:
        known = parameter(base.rows, key)
        title = known.title_id if say.language == "id" else known.title_en
        lines.append(say("{title}: {value} instead of {was}", title=title, value=value or DASH, was=known.value or DASH))
    rows = base.rows["initiatives"]
    lines += [say("taken out: {title}", title=say.title(rows[key])) for key in session.state.drop]
    if not lines:
        return f"<p>{escape(say('Nothing is changed yet.'))}</p>"
    order = say("Initiatives keep the order of the scenario; a search may find a better one.")
    order = say("The order of initiatives is the one that was looked for.") if session.state.searched else order
    return f"<ol>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ol><p>{escape(order)}</p>"
