"""Services and what they bring, as tables, sentences and a figure; formats, never computes."""

from __future__ import annotations

from egov_model.analysis import served
from egov_model.analysis.kept import kept
from egov_model.model.plan import Plan
from egov_model.report.figures import INK, PLAN, RANGE, drawing, svg
from egov_model.report.fragments import Figure, Table
from egov_model.report.tables_view import DASH
from egov_model.report.wording import Say, marked
from egov_model.report.words import named, why_not_placed

CATEGORIES = {"administration": marked("Services within the administration"), "public": marked("Public services")}
THOUSAND = 1000


def services(say: Say, plan: Plan) -> Table:
    """Every service that becomes digital: since when, how many use it, what it saves in the last year, the money of its initiatives."""
    frame, year = kept(plan, served.service_frame), plan.timeline.years[-1]
    rows, groups = [], []
    for category in CATEGORIES:
        mine = frame[(frame["category"] == category) & frame["go_live"].notna()]
        groups += [(len(rows), named(say, CATEGORIES, category))] if len(mine) else []
        for r in mine.to_dict("records"):
            used = f"{say.number(r['digital'])} ({say.percent(r['digital_share'])})" if r["digital"] >= 0.5 else DASH
            saved = (_count(say, r["user_hours"] + r["travel_hours"]), _count(say, r["handling_hours"]))
            since, volume = say.short_month(r["go_live"]), say.number(r["transactions"])
            rows.append((say.title(r), since, volume, used, *saved, _money(say, r["cost_idr"])))
    heads = (
        say("Service"), say("Digital since"), say("Transactions a year"), say("Made digitally in {year}", year=year),
        say("Hours users save"), say("Hours of handling saved"), say("Money of its initiatives"),
    )  # fmt: skip
    caption = say("Services: since when digital, how many use it, what it saves in {year}", year=year)
    return Table(caption, heads, tuple(rows), frozenset({2, 3, 4, 5, 6}), cards=True, groups=tuple(groups))


def services_left(say: Say, plan: Plan) -> Table:
    """Services that do not become digital, and why."""
    frame, status = kept(plan, served.service_frame), plan.initiatives.set_index("initiative")
    rows = []
    for r in frame[frame["go_live"].isna()].to_dict("records"):
        held = r["held_by"]
        why = why_not_placed(say, plan, status.loc[held]) if held in status.index else say("Not in this scenario")
        rows.append((say.title(r), say("{initiative}: {why}", initiative=say.title(plan.inputs.rows["initiatives"][held]), why=why)))
    return Table(say("Services that do not become digital"), (say("Service"), say("What holds it")), tuple(rows))


def services_finding(say: Say, plan: Plan) -> str:
    """How many services become digital, and how much of their transactions."""
    frame, year = kept(plan, served.service_frame), plan.timeline.years[-1]
    moved, volume = float(frame["digital"].sum()), float(frame["transactions"].sum())
    if moved < 0.5:
        return say("Nobody uses a new digital service in this scenario")
    return say(
        "{n} of {all} services are digital by {year}; {moved} transactions move that year, {share} of all that are counted",
        n=say.number(int(frame["go_live"].notna().sum())), all=say.number(len(frame)), year=year, moved=say.number(moved),
        share=say.percent(moved / volume),
    )  # fmt: skip


def digital_figure(plan: Plan, say: Say) -> Figure:
    """Transactions that became digital by year: citizens on top of the administration."""
    frame = served.yearly_frame(plan)
    with drawing("digital-transactions", 2.5) as canvas:
        axes = canvas.add_subplot()
        places = list(range(len(frame)))
        staff, citizens = frame["staff_digital"] / THOUSAND, frame["citizen_digital"] / THOUSAND
        axes.bar(places, staff, width=0.62, color=RANGE, linewidth=0, label=say("in the administration"))
        axes.bar(places, citizens, bottom=staff, width=0.62, color=PLAN, linewidth=0, label=say("of citizens"))
        whole = (staff + citizens).to_numpy()
        top = max(float(whole.max()), 1e-6)
        for p, value in zip(places, whole, strict=True):
            axes.text(p, value + top / 50, say.number(value, 1), ha="center", va="bottom", fontweight="bold", color=INK)
        axes.set_xticks(places, [str(y) for y in frame.index])
        axes.tick_params(axis="x", length=0)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_ylim(0, top * 1.12)
        canvas.legend(
            loc="outside upper left", ncols=2, frameon=False, title=say("Thousand digital transactions a year"), alignment="left",
            title_fontsize=9,
        )  # fmt: skip
        finding = services_finding(say, plan)
        data = _digital_table(say, plan)
        spoken = "; ".join(f"{row[0]}: {row[-1]}" for row in data.rows)
        drawn = svg(canvas, f"{finding}. {spoken}.")
    told = say(
        "Only what moves because of an initiative is counted, not what was digital before. A village takes part from the day it is "
        "connected, and people follow one another with delay."
    )
    return Figure(finding, drawn, told, data)


def _digital_table(say: Say, plan: Plan) -> Table:
    frame = served.yearly_frame(plan)
    rows = tuple(
        (str(year), say.number(r.citizen_digital), say.number(r.staff_digital), say.number(r.citizen_digital + r.staff_digital))
        for year, r in frame.iterrows()
    )
    heads = (say("Year"), say("Of citizens"), say("In the administration"), say("Total"))
    return Table(say("Digital transactions by year"), heads, rows, frozenset({1, 2, 3}))


def gains(say: Say, plan: Plan) -> Table:
    """Hours and rupiah by year, citizens and administration apart."""
    frame = served.yearly_frame(plan)
    hours, money = ("citizen_hours", "staff_hours"), ("citizen_travel_idr", "citizen_time_idr", "staff_travel_idr", "staff_time_idr")
    cells = [
        (hours[0], say("Citizens: hours")), (money[0], say("Citizens: travel money")), (money[1], say("Citizens: worth of the hours")),
        (hours[1], say("Administration: hours")), (money[2], say("Administration: travel money")),
        (money[3], say("Administration: worth of the hours")),
    ]  # fmt: skip
    rows = [(str(y), *(_cell(say, name, r[name]) for name, _ in cells)) for y, r in frame.iterrows()]
    rows.append((say("Total"), *(_cell(say, name, frame[name].sum()) for name, _ in cells)))
    caption = say("What is saved by year (prices of {year})", year=plan.inputs.settings.base_price_year)
    heads = (say("Year"), *(head for _, head in cells))
    return Table(caption, heads, tuple(rows), frozenset(range(1, 7)), frozenset([len(rows) - 1]), cards=True)


def gains_finding(say: Say, plan: Plan) -> str:
    """What citizens and the administration save in the last year, each apart."""
    last, made, year = served.yearly_frame(plan).iloc[-1], served.purpose(plan), plan.timeline.years[-1]
    if last["citizen_hours"] < 0.5:
        citizens = say("In {year} citizens save nothing yet.", year=year)
    else:
        citizens = say(
            "In {year} citizens save {hours} hours of waiting and travelling and {money} of fares and nights away.",
            year=year, hours=say.number(last["citizen_hours"]), money=say.money(int(last["citizen_travel_idr"])),
        )  # fmt: skip
    if last["staff_hours"] < 0.5:
        return citizens + " " + say("The administration saves nothing.")
    return citizens + " " + say(
        "The administration saves {hours} hours, as much as {fte} full-time civil servants work, and {money} of official travel.",
        hours=say.number(last["staff_hours"]), fte=say.number(made.staff_fte, 1), money=say.money(int(last["staff_travel_idr"])),
    )  # fmt: skip


def unpriced(say: Say, plan: Plan) -> Table:
    """What services that become digital bring besides, without a price."""
    frame, services_ = kept(plan, served.service_frame), plan.inputs.rows["services"]
    rows = tuple(
        (say.title(services_[key]), text)
        for key in frame.loc[frame["go_live"].notna(), "service"]
        if (text := getattr(services_[key], f"unpriced_{say.language}"))
    )
    return Table(say("What has no price and is not counted"), (say("Service"), say("What it brings")), rows)


def purpose_points(say: Say, plan: Plan) -> list[str]:
    """What of the purpose of 2017 comes, and what does not, one sentence or two for each part of it."""
    made, year = served.purpose(plan), plan.timeline.years[-1]
    if made.handling_hours == 0 or made.moved + made.staff_hours < 1:
        return [say("Nothing of that purpose comes in this scenario.")]
    habits = say(
        "An end to idle working habits does not come from this plan: no initiative measures attendance or idle time, and the freed hours, "
        "as much as {fte} people work, are a gain only when leadership gives them other work.",
        fte=say.number(made.staff_fte, 1),
    )  # fmt: skip
    row = kept(plan, served.service_frame).set_index("service").reindex(["kinerja-pegawai"]).iloc[0]
    if isinstance(row["held_by"], str) and row["go_live"] is not None:
        habits += " " + say("Digital performance reports from {month} only make performance visible.", month=say.month(row["go_live"]))
    return [
        say("Better: not shown, as nobody has measured how satisfied people are today."),
        say(
            "More effective: {moved} of {all} transactions of citizens ({part}) are made the new way in {year}.",
            moved=say.number(made.moved), all=say.number(made.transactions), year=year,
            part=say.percent(made.moved / made.transactions if made.transactions else 0.0, 1),
        ),
        say(
            "More efficient: in {year} handling takes {saved} hours less, {share} of what all counted transactions take today.",
            year=year, saved=say.number(made.saved_hours), share=say.percent(made.saved_hours / made.handling_hours, 1),
        ),
        habits,
    ]  # fmt: skip


def reached(say: Say, plan: Plan) -> str:
    """Villages and services reached, in one sentence."""
    islands, frame = served.island_frame(plan), kept(plan, served.service_frame)
    last = served.yearly_frame(plan).iloc[-1]
    return say(
        "By the end of {year} {villages} of {all} villages are connected and {n} of {services} services are digital; that year citizens "
        "save {hours} hours",
        year=plan.timeline.years[-1], villages=say.number(int(islands["connected"].sum())), all=say.number(int(islands["villages"].sum())),
        n=say.number(int(frame["go_live"].notna().sum())), services=say.number(len(frame)), hours=say.number(last["citizen_hours"]),
    )  # fmt: skip


def _cell(say: Say, name: str, value: float) -> str:
    return _money(say, int(value)) if name.endswith("_idr") else _count(say, value)


def _count(say: Say, value: float) -> str:
    return say.number(value) if abs(value) >= 0.5 else DASH


def _money(say: Say, amount_idr: int) -> str:
    return say.money(amount_idr) if amount_idr else DASH
