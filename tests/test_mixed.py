"""Inputs between two scenarios: all of the differences give the second, none the first, and whatever is chosen holds together."""

from __future__ import annotations

from itertools import chain, combinations
from pathlib import Path

import pytest
from tiny_pack import TINY, with_changes

from egov_model.inputs.errors import InputError
from egov_model.inputs.mixed import Difference, differences, mix
from egov_model.inputs.scenario import PlanInputs, load_scenario

BODY = """
set: {settings.ceiling_factor: 0.9, settings.dpa_delay_weeks: 2, prices.alat.mode: 9000000, prices.alat.low: 7000000,
      initiatives.aplikasi.priority: 5}
drop: {initiatives: [alat-desa]}
add:
  formations:
    - {role: analis, year: 2027, arrives_month: 7, hires: 1, unit: orang, source: uji, evidence: assumption}
"""


def base() -> PlanInputs:
    return load_scenario("baseline", TINY)


def same(one: PlanInputs, other: PlanInputs) -> bool:
    return one.settings == other.settings and all(list(one.rows[t].items()) == list(other.rows[t].items()) for t in other.rows)


def test_what_differs_is_told_by_theme_and_what_hangs_on_a_row_goes_with_it(tmp_path: Path):
    found = {d.theme: d.cells for d in differences(base(), with_changes(tmp_path, BODY))}
    assert list(found) == [
        "formations.analis.2027", "initiatives.alat-desa.dropped", "initiatives.aplikasi.priority",
        "prices.alat", "settings.ceiling_factor", "settings.dpa_delay_weeks",
    ]  # fmt: skip
    assert found["prices.alat"] == (("prices", "alat", "low"), ("prices", "alat", "mode"))
    gone = found["initiatives.alat-desa.dropped"]
    assert {("initiatives", "alat-desa", ""), ("initiatives", "aplikasi", "after"), ("cost_lines", "alat-desa-alat", "")} <= set(gone)
    few = [d.theme for d in differences(base(), with_changes(tmp_path / "x", BODY), most=5)]
    assert "formations" in few and "initiatives.dropped" in few and "settings.ceiling_factor" in few


def test_every_choice_of_differences_holds_together(tmp_path: Path):
    first, second = base(), with_changes(tmp_path, BODY)
    themes = differences(first, second)
    assert same(mix(first, second, []), first) and same(mix(first, second, themes), second)
    assert same(mix(second, first, differences(second, first)), first)
    for chosen in chain.from_iterable(combinations(themes, n) for n in range(len(themes) + 1)):
        made = mix(first, second, chosen)
        left = {d.theme for d in differences(made, second)}
        assert left == {d.theme for d in themes} - {d.theme for d in chosen}


def test_scenarios_that_are_the_same_do_not_differ():
    assert differences(base(), base()) == ()


def test_rows_keep_the_order_of_both(tmp_path: Path):
    second = with_changes(tmp_path, "drop: {initiatives: [internet]}")
    (gone,) = differences(base(), second)
    assert list(mix(second, base(), [gone]).rows["initiatives"]) == list(base().rows["initiatives"])
    assert list(mix(second, base(), []).rows["initiatives"]) == ["alat-desa", "aplikasi"]


def test_a_choice_that_cannot_be_is_refused(tmp_path: Path):
    """One more year needs its ceiling: the year alone is no plan."""
    body = """
set: {settings.last_year: 2027}
drop: {ceilings: [2028.dau]}
"""
    second = with_changes(tmp_path, body)
    year, ceiling = sorted(differences(base(), second), key=lambda d: d.theme, reverse=True)
    assert (year.theme, ceiling.theme) == ("settings.last_year", "ceilings.2028.dau")
    assert mix(base(), second, [year]).settings.last_year == 2027
    with pytest.raises(InputError, match="no ceiling for 2028 dau"):
        mix(base(), second, [ceiling])


def test_a_row_that_cannot_be_is_refused(tmp_path: Path):
    second = with_changes(tmp_path, "set: {prices.alat.low: 16000000, prices.alat.mode: 17000000, prices.alat.high: 18000000}")
    with pytest.raises(InputError, match="low 16000000, mode 10000000"):
        mix(base(), second, [Difference("low alone", (("prices", "alat", "low"),))])
