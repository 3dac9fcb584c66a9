"""Tables: complete rows, captions and scopes, and totals that are the sums of what is printed above them."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from plan_samples import EDGES, LANGUAGES, PAGES, PROJECT, edge, plan_of, project, rupiah

from egov_model.analysis import apbd, summary
from egov_model.analysis.compare import headline
from egov_model.inputs.priced import priced_items
from egov_model.report import apbd_view, fragments, tables_view
from egov_model.report.contents import TABLES
from egov_model.report.wording import speak

every_plan = pytest.mark.parametrize("name", [*EDGES, *PROJECT])
both_languages = pytest.mark.parametrize("language", LANGUAGES)
MONEY_BY_YEAR = ("by_section", "by_agency", "by_account_group", "by_initiative")
TOTALLED = (*MONEY_BY_YEAR, "ceilings", "own_staff")


def money_columns(view: fragments.Table) -> list[int]:
    return [n for n in range(1, len(view.columns)) if any("Rp" in row[n] for row in view.rows)]


@every_plan
@both_languages
def test_every_table_is_complete_and_tells_what_it_is(name, language):
    plan, say = plan_of(name), speak(language)
    for key, make in TABLES.items():
        view = make(say, plan)
        assert view.caption and all(view.columns), key
        assert all(len(row) == len(view.columns) for row in view.rows), key
        assert all(isinstance(cell, str) and cell.strip() for row in view.rows for cell in row), key
        assert all(0 < n < len(view.columns) for n in view.numeric), key


@pytest.mark.parametrize(("name", "language"), [page for page in PAGES if page[0] in ("as it is", *PROJECT)])  # rows are rows
def test_every_table_is_written_as_it_is(name, language):
    plan, say = plan_of(name), speak(language)
    for make in TABLES.values():
        view = make(say, plan)
        soup = BeautifulSoup(str(fragments.table(view)), "html.parser")
        assert len(soup.find_all("table")) == 1
        assert soup.caption.get_text() == view.caption
        assert [th["scope"] for th in soup.thead.find_all("th")] == ["col"] * len(view.columns)
        rows = [tr for tr in soup.select("tbody tr") if "group" not in tr.get("class", [])]
        assert len(rows) == len(view.rows)
        for tr, row in zip(rows, view.rows, strict=True):
            assert [cell.get_text() for cell in tr.find_all(["th", "td"])] == list(row)
            assert [th["scope"] for th in tr.find_all("th")] == ["row"]
        for th in soup.select("tr.group th"):
            assert (th["scope"], th["colspan"]) == ("rowgroup", str(len(view.columns)))


@every_plan
@both_languages
def test_totals_are_the_sums_of_the_printed_rows(name, language):
    plan, say = plan_of(name), speak(language)
    for key in TOTALLED:
        view = TABLES[key](say, plan)
        if not view.rows:
            assert plan.budget.empty
            continue
        *rows, total = view.rows
        assert view.totals == {len(rows)} and total[0] == say("Total")
        assert money_columns(view)
        for n in money_columns(view):
            assert sum(rupiah(row[n], language) for row in rows) == rupiah(total[n], language), (key, view.columns[n])


@every_plan
@both_languages
def test_every_budget_table_ends_in_the_same_total(name, language):
    plan, say = plan_of(name), speak(language)
    years, seen = [str(y) for y in plan.timeline.years], set()
    for key in MONEY_BY_YEAR:
        view = TABLES[key](say, plan)
        assert list(view.columns[-len(years) - 1 :]) == [*years, say("Total")]
        for row in view.rows:
            cells = [rupiah(cell, language) for cell in row[-len(years) - 1 :]]
            assert sum(cells[:-1]) == cells[-1]
        if view.rows:
            seen.add(view.rows[-1][-len(years) - 1 :])
    assert len(seen) == (0 if plan.budget.empty else 1)
    if seen:
        assert rupiah(seen.pop()[-1], language) == headline(plan).total_idr


@every_plan
@both_languages
def test_ceilings_and_funds_agree_and_leave_what_is_left(name, language):
    plan, say = plan_of(name), speak(language)
    funds = [[*row[:2], *(rupiah(cell, language) for cell in row[2:])] for row in tables_view.funds(say, plan).rows]
    assert len(funds) == len(plan.ceilings)
    for year, *cells in tables_view.ceilings(say, plan).rows[:-1]:
        used, ceiling, left = (rupiah(cell, language) for cell in cells)
        assert ceiling - used == left
        assert [sum(row[n] for row in funds if row[1] == year) for n in (2, 3, 4)] == [used, ceiling, left]


@both_languages
def test_cost_drivers_show_price_range_and_evidence(language):
    plan, say = project(), speak(language)
    rows = tables_view.cost_drivers(say, plan, most=5).rows
    frame = summary.cost_drivers(plan).head(5)
    assert [row[0] for row in rows] == frame["item_name"].tolist()
    assert [rupiah(row[1], language) for row in rows] == frame["total_idr"].tolist()
    for row, item in zip(rows, frame["item"], strict=True):
        price = priced_items(plan.inputs.rows)[item]
        low, _, high = row[4].partition(" \N{EN DASH} ")
        assert [rupiah(cell, language) for cell in (low, row[3], high)] == [int(price.low), int(price.mode), int(price.high)]


@both_languages
def test_milestones_stand_in_order_of_date_and_what_has_no_place_last(language):
    say = speak(language)
    for plan in (project(), project("lean"), edge("new work does not fit")):
        frame = plan.initiatives[plan.initiatives["milestone"]].to_dict("records")
        order = sorted((r for r in frame if r["works"]), key=lambda r: r["finish"])
        rows = tables_view.milestones(say, plan).rows
        assert len(rows) == len(frame)
        assert [row[1] for row in rows[: len(order)]] == [say.month(r["finish"]).replace(" ", "\N{NO-BREAK SPACE}") for r in order]
        assert {row[1] for row in rows[len(order) :]} <= {say("running"), say("not within the plan")}


@both_languages
def test_what_has_no_place_is_listed_with_its_reason(language):
    say = speak(language)
    rows = {row[0]: row[1:] for row in tables_view.not_placed(say, edge("new work does not fit")).rows}
    titles = {key: say.title(i) for key, i in edge("as it is").inputs.rows["initiatives"].items()}
    assert set(rows) == {titles["alat-desa"], titles["aplikasi"]}
    assert rows[titles["alat-desa"]][0] == say("yes") and rows[titles["aplikasi"]][0] == say("no")
    assert rows[titles["aplikasi"]][1] == say("Waits for {initiative}, which has no place", initiative=titles["alat-desa"])
    assert tables_view.not_placed(say, edge("as it is")).rows == ()


@every_plan
@both_languages
def test_dates_list_every_initiative_once(name, language):
    plan, say = plan_of(name), speak(language)
    rows = tables_view.dates(say, plan).rows
    frame = plan.initiatives
    assert sorted(row[0] for row in rows) == sorted(say.title(r) for r in frame.to_dict("records"))
    for n, column in ((4, "waited_gate"), (5, "waited_people"), (6, "waited_money")):
        assert sum(int(row[n]) for row in rows) == frame[column].sum()


@both_languages
def test_apbd_rows_stand_under_their_agency_and_code(language):
    plan, say = project(), speak(language)
    view, frame = apbd_view.by_code(say, plan), apbd.rka_table(plan)
    starts = [number for number, _ in view.groups]
    assert starts == sorted(set(starts)) and starts[0] == 0 and starts[-1] == len(frame)
    over = dict(view.groups)
    title = ""
    for number, (agency, code, _, account, name) in enumerate(frame.index):
        title = over.get(number, title)
        assert code in title and plan.inputs.rows["agencies"][agency].short_name in title
        assert view.rows[number][0] == f"{account} {name}"


@both_languages
def test_roles(language):
    plan, say = edge("as it is"), speak(language)
    ((title, employment, on_board, posts, *_),) = tables_view.roles(say, plan).rows
    assert (title, employment) == (say.title(plan.inputs.rows["roles"]["analis"]), say("Civil servant (PNS)"))
    assert (on_board, posts) == ("1", "1")


@both_languages
def test_scenarios_side_by_side(language):
    say, plans = speak(language), [edge("as it is"), edge("only what runs")]
    view = tables_view.scenarios(say, [(str(n), headline(plan)) for n, plan in enumerate(plans)])
    assert [rupiah(row[1], language) for row in view.rows] == [headline(plan).total_idr for plan in plans]
    assert [rupiah(row[2], language) for row in view.rows] == [headline(plan).new_money_idr for plan in plans]
    assert [row[3] for row in view.rows] == ["3 / 3", "1 / 1"]
    assert view.rows[1][4] == say("running only")
