"""The budget of a plan as a workbook for planners: the report's figures in cells, its totals as formulas that agree with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

import pandas as pd

from egov_model.analysis import summary
from egov_model.analysis.compare import headline
from egov_model.analysis.quantities import paid_units
from egov_model.model.plan import Plan
from egov_model.report.spreadsheet import CODE, DAY, MATRIX, MONEY, PARTS, TEXT, YEAR, Book, CellValue, Column, Formula, Sheet
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
    name = region.plan_title_id if local else region.plan_title_en
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
    total = _rka(rka, plan, say)
    checks = {
        say("RKA less the sum of all budget cells"): _details(cells, plan, say),
        say("RKA less the sum of all initiatives"): _initiatives(by_initiative, plan, say),
    }
    ceilings = _ceilings(pagu, plan, say)
    _sources(sources, plan, say)
    _summary(first, plan, say, total, checks, pagu, ceilings)
    for sheet in (first, rka, by_initiative, cells, pagu, sources):
        sheet.set_up_print(say("Page"), say("of"))
    return book


def _subtotals(sheet: Sheet, values: Iterable[int], column: int, first: int) -> list[CellValue]:
    """Sums from row `first` down to the last row written, from `column` on; SUBTOTAL leaves out other subtotals: nothing counts twice."""
    last = sheet.next_row - 1
    return [Formula(f"=SUBTOTAL(9,{sheet.range(column + n, first, last)})", int(v)) if last >= first else 0 for n, v in enumerate(values)]


def _rka(sheet: Sheet, plan: Plan, say: Say) -> str:
    """Agency, programme and sub-activity with their subtotals, accounts below; gives the address of the grand total."""
    years, agencies, frame = list(plan.timeline.years), plan.inputs.rows["agencies"], summary.apbd_table(plan)
    texts = [Column(say("Agency"), TEXT, 16), Column(say("Programme code"), CODE, 20), Column(say("Account code"), CODE, 20)]
    sheet.heads([*texts, Column(say("Description"), TEXT, 52), *_year_columns(years, say)], fixed=4)
    sheet.folds_below(levels=3)
    first = sheet.next_row
    rows = [(key, [int(v) for v in values]) for key, values in zip(frame.index, frame[years].to_numpy().tolist(), strict=True)]
    levels = (  # what rows of a level share, and how the level is told
        (lambda key: key[0], lambda key: (agencies[key[0]].short_name, "", "", agencies[key[0]].name)),
        (lambda key: _programme(key[1]), lambda key: (agencies[key[0]].short_name, _programme(key[1]), "", say("Programme"))),
        (lambda key: key[1], lambda key: (agencies[key[0]].short_name, key[1], "", key[2])),
    )

    def write(part: list, level: int) -> None:
        if level == len(levels):
            for key, values in part:
                at = sheet.next_row
                total = Formula(f"=SUM({sheet.across(at, 5, 4 + len(years))})", sum(values))
                sheet.row([agencies[key[0]].short_name, key[1], key[3], key[4], *values, total], level=level)
            return
        same, told = levels[level]
        for _, run in groupby(part, lambda row: same(row[0])):
            members = list(run)
            at = sheet.row([], level=level)
            write(members, level + 1)
            sums = [sum(column) for column in zip(*(values for _, values in members), strict=True)]
            below = _subtotals(sheet, [*sums, sum(sums)], 5, at + 1)
            sheet.fill(at, [*told(members[0][0]), *below], ("total", "group", "bold")[level])

    write(rows, 0)
    sums = [int(frame[year].sum()) for year in years]
    at = sheet.row([say("Total"), "", "", say("All agencies"), *_subtotals(sheet, [*sums, sum(sums)], 5, first)], "total")
    return sheet.range(5 + len(years), at, at, away=True)


def _programme(code: str) -> str:
    """Urusan, bidang and programme: the first three parts of a code."""
    return ".".join(code.split(".")[:3])


def _year_columns(years: Iterable[int], say: Say) -> list[Column]:
    return [*(Column(year, MATRIX, 18) for year in years), Column(say("Total"), MATRIX, 20)]


def _initiatives(sheet: Sheet, plan: Plan, say: Say) -> str:
    """Every initiative in scope by year, with its dates or why it has none; gives the cells of the totals."""
    years, rows = list(plan.timeline.years), plan.inputs.rows
    money = summary.budget_by(plan, "initiative")[years]
    texts = [Column(say("Section"), TEXT, 16), Column(say("Initiative"), TEXT, 46), Column(say("Agency"), TEXT, 16),
             Column(say("Source of funds"), TEXT, 18), Column(say("Start"), DAY, 12), Column(say("Finish"), DAY, 12)]  # fmt: skip
    sheet.heads([*texts, *_year_columns(years, say), Column(say("Why without a place"), TEXT, 40)], fixed=2)
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
    sheet.row([say("Total"), "", "", "", None, None, *_subtotals(sheet, [*sums, sum(sums)], 7, first), ""], "total")
    return sheet.range(7 + len(years), first, last, away=True)


def _details(sheet: Sheet, plan: Plan, say: Say) -> str:
    """Every budget cell with quantity, price and codes, to filter; gives the cells of the amounts."""
    rows, units = plan.inputs.rows, paid_units(plan)
    columns = [
        Column(say("Initiative"), TEXT, 30), Column(say("Line"), CODE, 24), Column(say("Item"), TEXT, 30), Column(say("Agency"), TEXT, 17),
        Column(say("Source of funds"), TEXT, 16), Column(say("Programme code"), CODE, 18), Column(say("Account code"), CODE, 18),
        Column(say("Payment"), TEXT, 13), Column(say("Year"), YEAR, 7), Column(say("Quantity"), PARTS, 11), Column(say("Unit"), TEXT, 16),
        Column(say("Price in the list"), MONEY, 14), Column(say("Price year"), YEAR, 7), Column(say("Unit price paid"), MONEY, 14),
        Column(say("Amount"), MONEY, 16),
    ]  # fmt: skip
    sheet.heads(columns, fixed=3)
    first = sheet.next_row
    for r, quantity in zip(plan.budget.itertuples(), units, strict=True):
        price, at, amount = rows["prices"][r.item], sheet.next_row, int(r.amount_idr)
        paid = Formula(f"={sheet.range(15, at, at)}/{sheet.range(10, at, at)}", amount / quantity)
        sheet.row([
            say.title(rows["initiatives"][r.initiative]), r.line, r.item_name, rows["agencies"][r.agency].short_name,
            say.title(rows["funds"][r.fund]), r.sub_kegiatan_code, r.account_code, named(say, TIMING, r.timing), int(r.year),
            float(quantity), price.unit.removeprefix("rupiah per "), price.mode, price.price_year, paid, amount,
        ])  # fmt: skip
    last = max(first, sheet.next_row - 1)
    seen = Formula(f"=SUBTOTAL(9,{sheet.range(15, first, last)})", int(plan.budget["amount_idr"].sum()))
    sheet.fill(first - 2, [*[None] * 13, say("Sum of the rows shown"), seen], "total")
    sheet.filter(last)
    return sheet.range(15, first, last, away=True)


def _ceilings(sheet: Sheet, plan: Plan, say: Say) -> Mapping[int, int]:
    """Ceiling, used and left by year and fund with a subtotal by year; gives the row of each year's subtotal, and of all under 0."""
    funds, frame, where = plan.inputs.rows["funds"], plan.ceilings, {}
    money = [Column(say(head), MONEY, 22) for head in (marked("Ceiling"), marked("Plan"), marked("Left"))]
    sheet.heads([Column(say("Year"), YEAR, 16), Column(say("Source of funds"), TEXT, 34), *money])
    first = sheet.next_row

    def total(label: CellValue, part: pd.DataFrame, top: int, kind: str) -> int:
        sums = [int(part["ceiling_idr"].sum()), int(part["used_idr"].sum())]
        return sheet.row([label, "", *_subtotals(sheet, sums, 3, top), _left(sheet, *sums)], kind)

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
    first, frame = sheet.next_row, summary.cost_drivers(plan)
    for r in frame.itertuples():
        price = plan.inputs.rows["prices"][r.item]
        told = named(say, VAT, price.vat), int(r.total_idr), named(say, EVIDENCE, price.evidence), price.source
        sheet.row([price.name, price.unit, price.low, price.mode, price.high, price.price_year, *told])
    total = _subtotals(sheet, [int(frame["total_idr"].sum())], 8, first)
    sheet.row([say("Total"), "", None, None, None, None, "", *total, "", ""], "total")


def _summary(sheet: Sheet, plan: Plan, say: Say, total: str, checks: Mapping[str, str], pagu: Sheet, ceilings: Mapping[int, int]) -> None:
    """What leadership asks first, the years, and that the sheets agree."""
    h, frame, years = headline(plan), summary.ceilings_by_year(plan), list(plan.timeline.years)
    sheet.heads([Column(say("Key figures"), TEXT, 52), *(Column(head, MONEY, 24) for head in (say("Value"), "", ""))])
    figures: list[tuple[str, CellValue, str]] = [
        (say("Cost of the plan (Rp)"), Formula(f"={total}", h.total_idr), MONEY),
        (say("of it new (Rp)"), h.new_money_idr, MONEY),
        (say("of it already running (Rp)"), h.running_idr, MONEY),
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
    for label, cells in checks.items():
        sheet.row([label, Formula(f"={total}-SUM({cells})", 0)])
    sheet.row([say("RKA less what the ceilings bear"), Formula(f"={total}-B{at}", 0)])
