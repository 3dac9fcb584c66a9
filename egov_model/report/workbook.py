"""The budget of a plan as a workbook for planners: the report's figures in cells, its totals as formulas that agree with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from egov_model.analysis import summary
from egov_model.analysis.compare import headline
from egov_model.analysis.quantities import paid_units
from egov_model.inputs.priced import priced_items
from egov_model.model.plan import Plan
from egov_model.report.rka_sheet import subtotals, write_rka, year_columns
from egov_model.report.spreadsheet import CODE, DAY, MONEY, PARTS, TEXT, YEAR, Book, CellValue, Column, Formula, Sheet
from egov_model.report.wording import Say, marked
from egov_model.report.words import EVIDENCE, SECTIONS, named, why_not_placed

TIMING = {"once": marked("once"), "yearly": marked("every year"), "refresh": marked("replacement")}
VAT = {"included": marked("included"), "excluded": marked("added"), "exempt": marked("exempt")}
RKA = "RKA"  # the same word in both languages


def write_workbook(plan: Plan, say: Say, path: Path) -> None:
    """Writes the workbook of one plan in the voice's language; the same plan gives the same bytes. Raises `EgovModelError`.

    Sheets: summary, RKA (agency, programme code, account), initiatives, every budget cell, ceilings, sources of the prices.
    """
    make_book(plan, say).save(path)


def make_book(plan: Plan, say: Say) -> Book:
    """The workbook of one plan, not yet written."""
    region, local = plan.inputs.region, say.language == "id"
    name = region.plan_title(say.language, plan.inputs.settings.years)
    scenario = plan.inputs.scenario.title if local else plan.inputs.scenario.title_en
    book = Book(f"{region.name}: {name}", plan.inputs.settings.issued_on)
    issued = say("Scenario {scenario} · issued {day}", scenario=scenario, day=say.day(plan.inputs.settings.issued_on))
    money = say("All amounts are rupiah of the year in which they are paid, most likely values, VAT and transport included.")
    first = book.sheet(say("Summary"), f"{region.name}: {name}", f"{issued}. {money}")
    rka = book.sheet(RKA, say("Budget by programme code and account"), f"{issued}. {money}")
    by_initiative = book.sheet(say("Initiatives"), say("Budget by initiative"), f"{issued}. {money}")
    cells = book.sheet(say("Details"), say("Every cell of the budget"), f"{issued}. {money}")
    pagu = book.sheet(say("Ceilings"), say("Plan and ceiling by source of funds"), issued)
    sources = book.sheet(say("Sources"), say("Unit prices and where they come from"), issued)
    exact, rounded = _details(cells, plan, say)
    initiatives, exact_years = _initiatives(by_initiative, plan, say)
    rka_total = write_rka(rka, plan, say, exact_years)
    total = f"SUM({exact})"
    checks = {
        say("Budget cells less the sum of all initiatives"): f"={total}-SUM({initiatives})",
        say("RKA less the sum of all rounded cells"): f"={rka_total}-SUM({rounded})",
    }
    ceilings = _ceilings(pagu, plan, say)
    _sources(sources, plan, say)
    _summary(first, plan, say, total, checks, pagu, ceilings)
    for sheet in (first, rka, by_initiative, cells, pagu, sources):
        sheet.set_up_print(say("Page"), say("of"))
    return book


def _initiatives(sheet: Sheet, plan: Plan, say: Say) -> tuple[str, list[str]]:
    """Every initiative in scope by year, with its dates or why it has none; gives the cells of the totals, and the total of each year
    and of all."""
    years, rows = list(plan.timeline.years), plan.inputs.rows
    money = summary.budget_by(plan, "initiative")[years]
    texts = [Column(say("Section"), TEXT, 16), Column(say("Initiative"), TEXT, 46), Column(say("Agency"), TEXT, 16),
             Column(say("Source of funds"), TEXT, 18), Column(say("Start"), DAY, 12), Column(say("Finish"), DAY, 12)]  # fmt: skip
    sheet.heads([*texts, *year_columns(years, say), Column(say("Why without a place"), TEXT, 40)], fixed=2)
    first, frame = sheet.next_row, plan.initiatives
    order = frame.assign(place=[list(SECTIONS).index(s) for s in frame["section"]]).sort_values("place", kind="stable")
    for _, r in order.iterrows():
        values = [int(v) for v in money.loc[r["initiative"]]] if r["initiative"] in money.index else [0] * len(years)
        placed, at = r["status"] == "placed", sheet.next_row
        cells: list[CellValue] = [named(say, SECTIONS, r["section"]), say.title(r), rows["agencies"][r["owner"]].short_name]
        cells += [say.title(rows["funds"][r["fund"]]), r["start"] if placed else None, r["finish"] if r["works"] else None]
        total = Formula(f"=SUM({sheet.across(at, 7, 6 + len(years))})", sum(values))
        sheet.row([*cells, *values, total, "" if placed else why_not_placed(say, plan, r)])
    last, sums = max(first, sheet.next_row - 1), [int(money[year].sum()) for year in years]
    at = sheet.row([say("Total"), "", "", "", None, None, *subtotals(sheet, [*sums, sum(sums)], 7, first), ""], "total")
    return sheet.range(7 + len(years), first, last, away=True), [_of(sheet, 7 + n, at) for n in range(len(years) + 1)]


def _details(sheet: Sheet, plan: Plan, say: Say) -> tuple[str, str]:
    """Every budget cell with quantity, price and codes, to filter; gives the cells of the exact and of the rounded amounts."""
    rows, units, items = plan.inputs.rows, paid_units(plan), priced_items(plan.inputs.rows)
    columns = [
        Column(say("Initiative"), TEXT, 30), Column(say("Line"), CODE, 24), Column(say("Item"), TEXT, 30), Column(say("Agency"), TEXT, 17),
        Column(say("Source of funds"), TEXT, 16), Column(say("Programme code"), CODE, 18), Column(say("Account code"), CODE, 18),
        Column(say("Payment"), TEXT, 13), Column(say("Year"), YEAR, 7), Column(say("Quantity"), PARTS, 11), Column(say("Unit"), TEXT, 16),
        Column(say("Price in the list"), MONEY, 14), Column(say("Price year"), YEAR, 7), Column(say("Unit price paid"), MONEY, 14),
        Column(say("Amount"), MONEY, 16), Column(say("RKA amount"), MONEY, 16),
    ]  # fmt: skip
    sheet.heads(columns, fixed=3)
    first = sheet.next_row
    for r, quantity in zip(plan.budget.itertuples(), units, strict=True):
        price, at, amount = items[r.item], sheet.next_row, int(r.amount_idr)
        paid = Formula(f"={sheet.range(15, at, at)}/{sheet.range(10, at, at)}", amount / quantity)
        sheet.row([
            say.title(rows["initiatives"][r.initiative]), r.line, r.item_name, rows["agencies"][r.agency].short_name,
            say.title(rows["funds"][r.fund]), r.sub_kegiatan_code, r.account_code, named(say, TIMING, r.timing), int(r.year),
            float(quantity), price.unit.removeprefix("rupiah per "), price.mode, price.price_year, paid, amount, int(r.rka_idr),
        ])  # fmt: skip
    last = max(first, sheet.next_row - 1)
    seen = [
        Formula(f"=SUBTOTAL(9,{sheet.range(column, first, last)})", int(plan.budget[field].sum()))
        for column, field in ((15, "amount_idr"), (16, "rka_idr"))
    ]
    sheet.fill(first - 2, [*[None] * 13, say("Sum of the rows shown"), *seen], "total")
    sheet.filter(last)
    return sheet.range(15, first, last, away=True), sheet.range(16, first, last, away=True)


def _ceilings(sheet: Sheet, plan: Plan, say: Say) -> Mapping[int, int]:
    """Ceiling, used and left by year and fund with a subtotal by year; gives the row of each year's subtotal, and of all under 0."""
    funds, frame, where = plan.inputs.rows["funds"], plan.ceilings, {}
    money = [Column(say(head), MONEY, 22) for head in (marked("Ceiling"), marked("Plan"), marked("Left"))]
    sheet.heads([Column(say("Year"), YEAR, 16), Column(say("Source of funds"), TEXT, 34), *money])
    first = sheet.next_row

    def total(label: CellValue, part: pd.DataFrame, top: int, kind: str) -> int:
        sums = [int(part["ceiling_idr"].sum()), int(part["used_idr"].sum())]
        return sheet.row([label, "", *subtotals(sheet, sums, 3, top), _left(sheet, *sums)], kind)

    for year, part in frame.groupby("year"):
        top = sheet.next_row
        for r in part.itertuples():
            values = int(r.ceiling_idr), int(r.used_idr)
            sheet.row([int(r.year), say.title(funds[r.fund]), *values, _left(sheet, *values)])
        where[int(year)] = total(say("Total {year}", year=year), part, top, "group")
    where[0] = total(say("Total"), frame, first, "total")
    return where


def _of(sheet: Sheet, column: int, row: int) -> str:
    return sheet.range(column, row, row, away=True)


def _left(sheet: Sheet, ceiling: int, used: int) -> Formula:
    at = sheet.next_row
    return Formula(f"={sheet.range(3, at, at)}-{sheet.range(4, at, at)}", ceiling - used)


def _sources(sheet: Sheet, plan: Plan, say: Say) -> None:
    """Every price the plan uses with its range, source and evidence, the dearest first."""
    columns = [
        Column(say("Item"), TEXT, 40), Column(say("Unit"), TEXT, 26), Column(say("Low (P10)"), MONEY, 16),
        Column(say("Most likely"), MONEY, 16), Column(say("High (P90)"), MONEY, 16),
        Column(say("Price year"), YEAR, 8), Column(say("VAT"), TEXT, 16), Column(say("Cost over the plan"), MONEY, 20),
        Column(say("Evidence"), TEXT, 12), Column(say("Source"), TEXT, 80),
    ]  # fmt: skip
    sheet.heads(columns, fixed=1)
    first, frame, items = sheet.next_row, summary.cost_drivers(plan), priced_items(plan.inputs.rows)
    for r in frame.itertuples():
        price = items[r.item]
        told = named(say, VAT, price.vat), int(r.total_idr), named(say, EVIDENCE, price.evidence), price.source
        sheet.row([price.name, price.unit, price.low, price.mode, price.high, price.price_year, *told])
    total = subtotals(sheet, [int(frame["total_idr"].sum())], 8, first)
    sheet.row([say("Total"), "", None, None, None, None, "", *total, "", ""], "total")


def _summary(sheet: Sheet, plan: Plan, say: Say, total: str, checks: Mapping[str, str], pagu: Sheet, ceilings: Mapping[int, int]) -> None:
    """What leadership asks first, the years, and that the sheets agree."""
    h, frame, years = headline(plan), summary.ceilings_by_year(plan), list(plan.timeline.years)
    sheet.heads([Column(say("Key figures"), TEXT, 52), *(Column(head, MONEY, 24) for head in (say("Value"), "", ""))])
    figures: list[tuple[str, CellValue, str]] = [
        (say("Cost of the plan (Rp)"), Formula(f"={total}", h.total_idr), MONEY),
        (say("of which new (Rp)"), h.new_money_idr, MONEY),
        (say("of which already running (Rp)"), h.running_idr, MONEY),
        (say("Ceiling (Rp)"), Formula(f"={_of(pagu, 3, ceilings[0])}", h.ceiling_idr), MONEY),
        (say("Left under the ceiling (Rp)"), Formula(f"={_of(pagu, 5, ceilings[0])}", h.ceiling_idr - h.total_idr), MONEY),
        (say("Pay of own staff, not in the cost (Rp)"), h.own_staff_pay_idr, MONEY),
        (say("Initiatives placed"), h.placed, MONEY),
        (say("Initiatives without a place"), h.not_placed, MONEY),
        (say("Finished"), say.month(h.finish) if h.finish else say("running only"), TEXT),
        (say("Planned posts"), h.hires_planned, MONEY),
        (say("Peak need (FTE)"), h.peak_need_fte, PARTS),
    ]
    for label, value, number_format in figures:
        sheet.row([label, value], formats=[TEXT, number_format])
    sheet.next_row += 1
    sheet.head_line([say("Year"), say("Plan"), say("Ceiling"), say("Left")], sheet.next_row)
    sheet.next_row += 1
    first = sheet.next_row
    for year in years:
        values = ((4, "used_idr"), (3, "ceiling_idr"), (5, "left_idr"))
        told = [Formula(f"={_of(pagu, column, ceilings[year])}", int(frame.loc[year, field])) for column, field in values]
        sheet.row([year, *told], formats=[YEAR, MONEY, MONEY, MONEY])
    sums = [int(frame[c].sum()) for c in ("used_idr", "ceiling_idr", "left_idr")]
    own = [Formula(f"=SUM({sheet.range(2 + n, first, first + len(years) - 1)})", value) for n, value in enumerate(sums)]
    at = sheet.row([say("Total"), *own], "total")
    sheet.next_row += 1
    sheet.head_line([say("Checks: every difference must be 0"), say("Rupiah"), "", ""], sheet.next_row)
    sheet.next_row += 1
    for label, difference in checks.items():
        sheet.row([label, Formula(difference, 0)])
    sheet.row([say("Budget cells less what the ceilings bear"), Formula(f"={total}-B{at}", 0)])
