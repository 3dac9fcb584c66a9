"""The RKA sheet of the workbook: agency, programme code and account in whole thousands, reconciled with the exact totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from egov_model.analysis import apbd
from egov_model.model.plan import Plan
from egov_model.report.spreadsheet import CODE, MATRIX, MONEY, TEXT, CellValue, Column, Formula, Sheet
from egov_model.report.wording import Say


def subtotals(sheet: Sheet, values: Iterable[int], column: int, first: int) -> list[CellValue]:
    """Sums from row `first` down to the last row written, from `column` on; SUBTOTAL leaves out other subtotals: nothing counts twice."""
    last = sheet.next_row - 1
    return [Formula(f"=SUBTOTAL(9,{sheet.range(column + n, first, last)})", int(v)) if last >= first else 0 for n, v in enumerate(values)]


def write_rka(sheet: Sheet, plan: Plan, say: Say, exact_years: Sequence[str]) -> str:
    """Agency, programme and sub-activity with their subtotals, accounts below, in whole thousands; then the exact totals, which stand at
    `exact_years`, and the difference. Gives the address of the grand total."""
    years, agencies, frame = list(plan.timeline.years), plan.inputs.rows["agencies"], apbd.rka_table(plan)
    texts = [Column(say("Agency"), TEXT, 16), Column(say("Programme code"), CODE, 20), Column(say("Account code"), CODE, 20)]
    sheet.heads([*texts, Column(say("Description"), TEXT, 52), *year_columns(years, say)], fixed=4)
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
            below = subtotals(sheet, [*sums, sum(sums)], 5, at + 1)
            sheet.fill(at, [*told(members[0][0]), *below], ("total", "group", "bold")[level])

    write(rows, 0)
    sums = [int(frame[year].sum()) for year in years]
    at = sheet.row([say("Total"), "", "", say("All agencies"), *subtotals(sheet, [*sums, sum(sums)], 5, first)], "total")
    frame = apbd.reconciliation(plan)
    exact = [int(v) for v in [*frame["exact_idr"], frame["exact_idr"].sum()]]
    told = [Formula(f"={cell}", value) for cell, value in zip(exact_years, exact, strict=True)]
    below = sheet.row(["", "", "", say("Exact total"), *told])
    columns = range(5, 6 + len(years))
    differences = [value - before for value, before in zip([*sums, sum(sums)], exact, strict=True)]
    apart = [Formula(f"={sheet.range(c, at, at)}-{sheet.range(c, below, below)}", d) for c, d in zip(columns, differences, strict=True)]
    sheet.row(["", "", "", say("Difference by rounding"), *apart], formats=[TEXT, CODE, CODE, TEXT, *[MONEY] * len(apart)])
    return sheet.range(5 + len(years), at, at, away=True)


def _programme(code: str) -> str:
    """Urusan, bidang and programme: the first three parts of a code."""
    return ".".join(code.split(".")[:3])


def year_columns(years: Iterable[int], say: Say) -> list[Column]:
    return [*(Column(year, MATRIX, 18) for year in years), Column(say("Total"), MATRIX, 20)]
