"""Compiled money of one draw by year of payment, to the rupiah: what activities are paid, and what runs once a group is live."""

from __future__ import annotations

from egov_model.model.machine_code import borrowing


@borrowing
def spread(amount, lines, first, stop, start, length, multi_year, week_year, year_ends, due):
    """Add the money of lines[first:stop] by year to `due` (years,): all in the year of the contract, or by weeks over a multi-year one.

    A multi-year contract keeps the prices of its first year; whole rupiah by cumulative shares, so the parts add up exactly.
    """
    signed = week_year[min(start, len(week_year) - 1)]
    for n in range(first, stop):
        year, whole, before = signed, amount[lines[n], signed], 0
        while multi_year and year_ends[year] - start < length:
            by_then = whole * (year_ends[year] - start) // length
            due[year] += by_then - before
            before = by_then
            year += 1
        due[year] += whole - before


@borrowing
def upkeep(amount, lines, first, stop, every, live, week_year, year_ends, year_weeks, due):
    """Add the running costs of lines[first:stop] by year to `due` (years,) when their group goes live in week `live`: yearly ones by weeks,
    refreshes every n years."""
    if live >= len(week_year):
        return
    begins = week_year[live]
    weeks_live, all_weeks = year_ends[begins] - live, year_weeks[begins]
    for n in range(first, stop):
        line = lines[n]
        if every[line]:
            for y in range(begins + every[line], len(due), every[line]):
                due[y] += amount[line, y]
            continue
        due[begins] += amount[line, begins] if weeks_live == all_weeks else amount[line, begins] * weeks_live // all_weeks
        for y in range(begins + 1, len(due)):
            due[y] += amount[line, y]


@borrowing
def price_activities(at, lines, spends, amount, price, costs):
    """Fill `price` (activities, years) with the sum of each activity's lines, and mark in `costs` those that spend and have a price."""
    for a in range(len(costs)):
        whole = price[a]
        for y in range(len(whole)):
            whole[y] = 0
        for n in range(at[a], at[a + 1]):
            part = amount[lines[n]]
            for y in range(len(whole)):
                whole[y] += part[y]
        most = 0
        if spends[a]:
            for y in range(len(whole)):
                most = max(most, whole[y])
        costs[a] = most > 0
