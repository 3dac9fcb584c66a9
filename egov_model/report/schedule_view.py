"""What holds the schedule, as sentences and tables: chain, gates, quarters, procurement; formats, never computes."""

from __future__ import annotations

import pandas as pd

from egov_model.analysis.budget_calendar import DATES, MAIN, REVISED, budget_years
from egov_model.analysis.critical_chain import GATE, PREDECESSOR, activity_links, chain_to, gate_misses
from egov_model.analysis.kept import kept
from egov_model.analysis.rollout import live_by_quarter, packages_by_method
from egov_model.model.plan import Plan
from egov_model.report.fragments import Html, Table, details, join, paragraph, table
from egov_model.report.held_by import held_by, work
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say
from egov_model.report.words import PHASES, SECTIONS, named

ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}  # quarters, as budgets write them


def timetable_answer(say: Say, plan: Plan) -> str:
    """When the work is done, what sets that date, and what closed APBD gates cost."""
    links = kept(plan, activity_links)
    steps = _steps(chain_to(links))
    if not steps:
        return say("Nothing new is scheduled")
    last = steps[-1][-1]
    return say(
        "The work ends in {month}, set by {last}; {weeks} are lost before closed budget gates",
        month=say.month(plan.timeline.last_day(last.finish_week)), last=work(say, plan, last.initiative),
        weeks=say.plural("{n} week", "{n} weeks", int(plan.initiatives["waited_gate"].sum())),
    )  # fmt: skip


def chain_sentence(say: Say, plan: Plan) -> str:
    """The initiatives on the critical chain, first to last, and the longest wait on it."""
    steps = _steps(chain_to(kept(plan, activity_links)))
    if not steps:
        return say("Nothing new is scheduled.")
    names: list[str] = []
    for step in steps:
        title = work(say, plan, step[0].initiative)
        if title not in names[-1:]:
            names.append(title)
    told = say("What sets the finish, first to last: {steps}.", steps=" \N{RIGHTWARDS ARROW} ".join(names))
    held = max((step[0] for step in steps), key=lambda r: r.start_week - r.ready_week)
    if held.start_week == held.ready_week:
        return told
    return told + " " + say(
        "The longest wait on it: {work}, {weeks}; {cause}.",
        work=work(say, plan, held.initiative, held.phase), cause=held_by(say, plan, held),
        weeks=say.plural("{n} week", "{n} weeks", int(held.start_week - held.ready_week)),
    )  # fmt: skip


def critical_chain(say: Say, plan: Plan) -> Table:
    """The links that lead to the plan's finish."""
    rows = []
    for step in _steps(chain_to(kept(plan, activity_links))):
        first, last = step[0], step[-1]
        phases = say.listing([named(say, PHASES, r.phase).lower() for r in step])
        rows.append((
            work(say, plan, first.initiative), phases, _day(say, plan, first.start_week),
            say.short_day(plan.timeline.last_day(last.finish_week)),
            held_by(say, plan, first), say.number(first.start_week - first.ready_week), say.number(step[-1].plan_float_weeks),
        ))  # fmt: skip
    heads = (
        say("Initiative"), say("Phases"), say("Start"), say("Finish"), say("What holds its start"), say("Weeks waited"),
        say("Weeks of slack until the plan's end"),
    )  # fmt: skip
    return Table(say("The chain that sets the finish"), heads, tuple(rows), frozenset({5, 6}), cards=True)


def _steps(chain: pd.DataFrame) -> list[list]:
    """The rows of a chain, phases that follow each other without a wait taken together."""
    steps: list[list] = []
    for r in chain.itertuples():
        goes_on = r.cause == PREDECESSOR and r.from_initiative == r.initiative and r.start_week == r.ready_week
        if goes_on and steps:
            steps[-1].append(r)
        elif r.phase:
            steps.append([r])
    return steps


def gates_sentence(say: Say, plan: Plan) -> str:
    """How much work stood before closed windows, and what brought it there."""
    frame = gate_misses(plan, kept(plan, activity_links))
    if frame.empty:
        return say("No contract stood before a closed budget gate.")
    weeks, first = int(frame["gate_weeks"].sum()), int(plan.initiatives["waited_gate"].sum())
    told = say.plural(
        "{n} contract stood {weeks} before a closed budget gate", "{n} contracts stood {weeks} before a closed budget gate", len(frame),
        weeks=say.plural("{n} week", "{n} weeks", weeks),
    )  # fmt: skip
    told += say(
        ": {first} because it was closed when they were ready, {rest} because people or a ceiling had held them until it was (these weeks "
        "are counted with people and ceilings elsewhere).",
        first=say.number(first), rest=say.number(weeks - first),
    )  # fmt: skip
    near = frame[frame["late_weeks"] > 0].sort_values(["late_weeks", "gate_weeks"], ascending=[True, False], kind="stable")
    if near.empty:
        return told
    r = near.iloc[0]
    return told + " " + say(
        "The nearest miss: {work} was ready {late} too late and lost {weeks}.",
        work=work(say, plan, r["initiative"]), late=say.plural("{n} week", "{n} weeks", int(r["late_weeks"])),
        weeks=say.plural("{n} week", "{n} weeks", int(r["gate_weeks"])),
    )  # fmt: skip


def gate_table(say: Say, plan: Plan) -> Table:
    """Every contract that waited for a APBD gate, and why it missed the one before."""
    links = kept(plan, activity_links)
    at = {(r.initiative, r.phase): r for r in links.itertuples()}
    rows = []
    for r in gate_misses(plan, links).itertuples():
        got = say("revised budget {year}", year=r.gate_year) if r.revised else say("main budget {year}", year=r.gate_year)
        why = _why(say, plan, at[r.initiative, r.phase])
        rows.append(
            (work(say, plan, r.initiative, r.phase), say.short_day(r.ready), say.short_day(r.start), got, say.number(r.gate_weeks), why)
        )
    heads = (say("Contract"), say("Ready"), say("Start"), say("Paid from"), say("Weeks before a closed gate"), say("Why"))
    return Table(say("Budget gates missed, and what each cost"), heads, tuple(rows), frozenset({4}), cards=True)


def _why(say: Say, plan: Plan, row) -> str:
    if row.cause == GATE and row.late_weeks:
        return say("ready {late} too late", late=say.plural("{n} week", "{n} weeks", int(row.late_weeks)))
    return say("no earlier gate is open to it") if row.cause == GATE else held_by(say, plan, row._replace(gate_weeks=0))


def quarters(say: Say, plan: Plan) -> Table:
    """What is live by the end of each quarter."""
    titles, rows = plan.inputs.rows["initiatives"], []
    for r in live_by_quarter(plan).itertuples():
        names = "; ".join(say.title(titles[key]) for key in r.initiatives) or DASH
        quarter = say("Quarter {quarter} {year}", quarter=ROMAN[r.quarter], year=r.year)
        rows.append((quarter, say.number(r.live), say.number(r.live_sum), names))
    heads = (say("Quarter"), say("Goes live"), say("Live in all"), say("Initiatives"))
    return Table(say("What is live by the end of each quarter"), heads, tuple(rows), frozenset({1, 2}), cards=True)


def methods(say: Say, plan: Plan) -> Table:
    """Packages by procurement method and year."""
    frame, names = packages_by_method(plan), plan.inputs.rows["procurement"]
    if frame.empty:
        return Table(say("Packages by procurement method"), (say("Method by value"), say("Total")), ())
    rows = [
        (say.title(names[key]), *(say.number(n) for n in row), say.number(sum(row)))
        for key, row in zip(frame.index, frame.to_numpy().tolist(), strict=True)
    ]
    total = (say("Total"), *(say.number(int(n)) for n in frame.sum()), say.number(int(frame.to_numpy().sum())))
    heads = (say("Method by value"), *(str(y) for y in frame.columns), say("Total"))
    numeric = frozenset(range(1, len(heads)))
    return Table(say("Packages by procurement method"), heads, (*rows, total), numeric, frozenset({len(rows)}))


def years(say: Say, plan: Plan) -> Table:
    """Dates of the APBD year that contracts must keep, and the working year that is left."""
    budgets, rows = {MAIN: say("the main budget"), REVISED: say("the revised budget")}, []
    for year, r in budget_years(plan).iterrows():
        new = say("nothing")
        if r["new_by"] in budgets:
            weeks = say.plural("{n} week", "{n} weeks", r["new_weeks"])
            new = say("{budget}, {weeks} to sign", budget=budgets[r["new_by"]], weeks=weeks)
        dates = (say.short_day(r[name]) if r[name] else say("not held") for name in DATES)
        off = say("{days} of {all}", days=say.number(r["days_off"], 1), all=say.number(r["working_days"]))
        rows.append((str(year), *dates, new, off))
    heads = (
        say("Year"), say("Work plan (RKPD) closed"), say("Budget document (DPA) available"), say("Last contract"), say("Revised budget"),
        say("Last contract of the revised budget"), say("Payments close"), say("Evidence cut-off"), say("New work is paid by"),
        say("Working days lost to holidays"),
    )  # fmt: skip
    return Table(say("The budget year (APBD) and its gates"), heads, tuple(rows), cards=True)


def initiative_details(say: Say, plan: Plan, links: pd.DataFrame, section: str) -> Html:
    """A folded element with one for every initiative of a section with work: dates, what held each phase, slack."""
    frame = plan.initiatives[(plan.initiatives["section"] == section) & plan.initiatives["works"]]
    made = []
    for _, r in frame.iterrows():
        own = links[links["initiative"] == r["initiative"]]
        phases = [_phase(say, plan, a) for a in own.itertuples()]
        heads = (
            say("Phase"), say("Start"), say("Finish"), say("What holds its start"), say("Weeks waited"), say("Weeks of slack"),
            say("Weeks of slack until the plan's end"),
        )  # fmt: skip
        title, owner = say.title(r), plan.inputs.rows["agencies"][r["owner"]].short_name
        view = Table(say("Phases: {initiative}", initiative=title), heads, tuple(phases), frozenset({4, 5, 6}), cards=True)
        mark = say("on the chain that sets the finish") if own["critical"].any() else say("not on the chain that sets the finish")
        about = say("{owner}, {start} to {finish}; {mark}.", owner=owner, start=say.day(r["start"]), finish=say.day(r["finish"]), mark=mark)
        made.append(details(title, join([paragraph(about), table(view)])))
    return details(say("Initiative by initiative: {section}", section=named(say, SECTIONS, section)), join(made))


def _phase(say: Say, plan: Plan, a) -> tuple[str, ...]:
    begin, end = _day(say, plan, a.start_week), say.short_day(plan.timeline.last_day(max(a.finish_week, a.start_week + 1)))
    numbers = (a.start_week - a.ready_week, a.float_weeks, a.plan_float_weeks)
    return named(say, PHASES, a.phase), begin, end, held_by(say, plan, a), *(say.number(n) for n in numbers)


def _day(say: Say, plan: Plan, week: int) -> str:
    return say.short_day(plan.timeline.day(week))
