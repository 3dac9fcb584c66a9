"""What reports say of gaps and measures: every number is that of the results, in both languages."""

from __future__ import annotations

import pytest
from plan_samples import LANGUAGES, edge, project, read, rupiah, says
from test_measures import made
from test_posts import TECHNICIAN, TRAINED

from egov_model.analysis import staff_calendar, staff_mix
from egov_model.report import staffing_view as view
from egov_model.report.wording import speak

BUY = ", norms.meja.contractable: y, roles.analis.contract_item: antarmuka"
NOBODY = "Beyond {posts} nobody has to be hired, trained or contracted"


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    """Enough people; a gap nothing closes; one that services close; one that training helps."""
    retrain = f"add: {{roles: [{TECHNICIAN}], retraining: [{TRAINED}]}}"
    return {
        "open": made(tmp_path_factory.mktemp("open")),
        "buy": made(tmp_path_factory.mktemp("buy"), BUY),
        "train": made(tmp_path_factory.mktemp("train"), "", retrain),
        "enough": edge("as it is"),
        "project": project(),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_counts_what_is_done_and_names_the_next_closing(plans, language):
    say = speak(language)
    told = view.answer(say, plans["enough"])
    start = say(NOBODY, posts=say.plural("{n} planned post", "{n} planned posts", 1))
    assert told == start + say("; propose new posts by {day}", day=say.day(staff_calendar.staff_decisions(plans["enough"])["date"].iloc[0]))
    told = view.answer(say, plans["open"])
    opened = staff_mix.still_open(plans["open"])["person_months"].sum()
    assert say.plural("hire {n} person", "hire {n} people", 1) in told
    assert say("; {n} person-months stay open", n=say.number(opened, 1)) in told
    told = view.answer(say, plans["buy"])
    months = int(staff_mix.taken(plans["buy"])["months"].sum())
    assert months > 36 and say.plural("buy {n} month of service", "buy {n} months of service", months) in told
    assert say.plural("train {n} person", "train {n} people", 2) in view.answer(say, plans["train"])


def test_a_proposal_that_is_overdue_is_not_the_next_closing():
    say = speak("en")
    frame = staff_calendar.staff_decisions(project())
    asked = frame[(frame["kind"] == "propose") & ~frame["overdue"]]["date"].min()
    assert frame["overdue"].any() and view.answer(say, project()).endswith(f"propose new posts by {say.day(asked)}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_cost_is_that_of_the_mix_without_the_price_of_waiting(plans, language):
    say = speak(language)
    plan = plans["project"]
    cost = staff_mix.cost_by_kind(plan)["total_idr"]
    found = read(
        view.cost_finding(say, plan),
        language,
        "The cheapest mix that closes what can be closed costs {total} to the end of {year}: {hire} for pay, {train} for training and "
        "{contract} for services. It is not in the plan's budget yet.",
    )
    assert says(found["total"], language, cost["hire"] + cost["train"] + cost["contract"])
    assert all(says(found[kind], language, cost[kind]) for kind in ("hire", "train", "contract"))
    assert say.money(int(cost["wait"])) in found["_more"]
    nothing = say("Nothing more has to be paid for people than the plan already counts.")
    assert view.cost_finding(say, plans["enough"]) == nothing


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stays_open_is_said_with_its_reason(plans, language):
    say = speak(language)
    told = view.open_finding(say, plans["open"])
    assert say("nobody can be there by then") in told and say("every measure that could help is used up") in told
    assert view.open_finding(say, plans["enough"]) == say("With these measures no gap is left that is larger than a twentieth of a person.")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["open", "buy", "train", "project"])
def test_the_mix_table_adds_up(plans, name, language):
    say, plan = speak(language), plans[name]
    table, cost = view.mix(say, plan), view.mix_cost(say, plan)
    paid = sum(rupiah(row[3], language) for row in table.rows)
    assert paid == staff_mix.taken(plan)["idr"].sum()
    assert rupiah(cost.rows[-1][-1], language) == paid
    kinds = [text for _, text in table.groups]
    assert len(kinds) == len(set(kinds)) and set(kinds) <= {say(text) for text in view.MEASURES.values()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["open", "buy", "train", "project"])
def test_every_decision_stands_in_the_calendar_in_order(plans, name, language):
    say, plan = speak(language), plans[name]
    frame, table = staff_calendar.staff_decisions(plan), view.decisions(say, plan)
    days = [row[0] for row in table.rows]
    assert [say.day(d) for d in sorted(set(frame["date"]))] == list(dict.fromkeys(days))
    for row in frame.itertuples():
        head = say(view.DECISIONS[row.kind], year=row.fiscal_year)
        (items,) = [r[2] for r in table.rows if r[0] == say.day(row.date) and r[1] == head]
        assert "{" not in head + items and view.short_title(say, plan.inputs.rows["roles"][row.role]) in items
    late = say("{items}. This should be under way before the plan is adopted: check.", items="")
    assert sum(row[2].endswith(late) for row in table.rows) == frame[frame["overdue"]].groupby(["date", "kind"]).ngroups


def test_a_decision_to_train_names_both_posts(plans):
    items = next(row[2] for row in view.decisions(speak("en"), plans["train"]).rows if row[1] == "Start training")
    assert items == "1 Technician as Systems analyst, fully at work from Jun\N{NO-BREAK SPACE}2027"


@pytest.mark.parametrize("language", LANGUAGES)
def test_gaps_by_quarter_are_those_of_the_months(plans, language):
    say, plan = speak(language), plans["project"]
    table, gaps = view.gaps(say, plan), staff_mix.gaps(plan)
    assert sum(cell != "\N{EN DASH}" for row in table.rows for cell in row[1:]) == int((gaps > 0).to_numpy().sum())
    after = view.gaps(say, plans["open"])
    assert any("\N{RIGHTWARDS ARROW}" in cell for row in after.rows for cell in row[1:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_share_and_desk_say_their_numbers(plans, language):
    say, plan = speak(language), plans["project"]
    frame = staff_mix.personnel(plan)
    assert say.percent(frame["share_with"].max(), 2) in view.share_finding(say, plan) and len(view.share(say, plan).rows) == len(frame)
    assert view.share_finding(say, plans["open"]) == say(
        "The share of personnel in the regency's spending is not in the data; the limit is {limit}.", limit=say.percent(0.3)
    )
    desk = staff_mix.desk_by_quarter(plan)
    told = view.procurement_finding(say, plan)
    assert say.number(int(desk["packages"].max())) in told and len(view.procurement_desk(say, plan).rows) == len(desk)
    assert view.procurement_finding(say, edge("only what runs")) == say("The plan buys no package by procurement.")
