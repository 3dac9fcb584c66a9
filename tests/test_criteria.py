"""Measures of initiatives on the tiny plan, by hand, and their common scale."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from group_samples import COMPETING, competing
from hypothesis import given
from hypothesis import strategies as st
from plan_samples import edge, project
from tiny_pack import with_changes

from egov_model.analysis.criteria import MEASURED, criterion_values, on_one_scale, unhindered
from egov_model.inputs.focus_group import JUDGED, MEASURES, Criterion, Group
from egov_model.model.plan import build_plan


def one_criterion(better: str = "more", measure: str = "services") -> Group:
    row = Criterion(id="k", title_id="K", title_en="K", measure=measure, better=better)
    return Group("fgd", {"k": row}, {}, {}, {}, {("alat-desa", "k"): 2.0, ("aplikasi", "k"): 5.0})


def measured(plan) -> dict[str, dict[str, float]]:
    free = unhindered(plan)
    return {name: dict(zip(plan.network.groups, of(plan, free).tolist(), strict=True)) for name, of in MEASURED.items()}


def test_every_measure_has_a_function():
    assert {*MEASURED, JUDGED} == set(MEASURES)


def test_measures_of_the_tiny_plan_by_hand():
    """Letters wait for the villages' equipment, three villages are linked by it, one service needs letters and one the internet.

    Index of 2028: equipment lifts half of it from 1 to 3 (all villages for a year since April 2027), letters a quarter from 2 to 3.
    """
    made = measured(edge("as it is"))
    assert made["cost"] == {"internet": 2 * 52e6, "alat-desa": 125_264_150, "aplikasi": 111e6}  # the plan's own: nothing is short in it
    assert made["weeks"] == {"internet": 0, "alat-desa": 14, "aplikasi": 27}
    assert made["villages"] == {"internet": 0, "alat-desa": 3, "aplikasi": 0}
    assert made["sites"] == {"internet": 2, "alat-desa": 3, "aplikasi": 0}
    assert made["services"] == {"internet": 1, "alat-desa": 0, "aplikasi": 1}
    assert made["dependants"] == {"internet": 0, "alat-desa": 1, "aplikasi": 0}
    assert made["index"] == {"internet": 0, "alat-desa": 0.5 * 2, "aplikasi": 0.25}


def test_short_money_and_people_change_no_measure(tmp_path: Path):
    plain = measured(build_plan(with_changes(tmp_path / "a", COMPETING)))
    tight = COMPETING.replace("set:\n", "set:\n  settings.ceiling_factor: 0.5\n  roles.analis.on_board: 0\n", 1)
    (tmp_path / "a").mkdir(exist_ok=True)
    assert measured(build_plan(with_changes(tmp_path / "b", tight))) == plain


def test_waiting_goes_on_behind_what_waits():
    """if-desa-3 waits for if-desa-2, which waits for if-desa-1, as ly-surat-desa does."""
    plan = project()
    made = dict(zip(plan.network.groups, MEASURED["dependants"](plan, unhindered(plan)), strict=True))
    assert (made["if-desa-1"], made["if-desa-2"], made["if-desa-3"]) == (3, 1, 0)


def test_what_no_gate_lets_in_has_neither_cost_nor_date_and_counts_worst(tmp_path: Path):
    body = "set: {phases.beli.build.low: 60, phases.beli.build.mode: 60, phases.beli.build.high: 70}"  # longer than any year's gates
    plan = build_plan(with_changes(tmp_path, body))
    values = criterion_values(plan, unhindered(plan), one_criterion("less", "cost"), ("internet", "aplikasi"))
    assert values["k"].tolist()[0] == 104e6 and np.isnan(values["k"].tolist()[1])
    assert on_one_scale(pd.DataFrame({"k": [5.0, np.nan, 7.0]}), one_criterion("less"))["k"].tolist() == [1, 0, 0]


def test_scores_of_people_are_taken_as_given():
    plan = edge("as it is")
    values = criterion_values(plan, unhindered(plan), one_criterion(measure=JUDGED), ("aplikasi", "alat-desa"))
    assert values["k"].to_dict() == {"aplikasi": 5, "alat-desa": 2}


@pytest.mark.parametrize(("better", "expected"), [("more", [0, 0.25, 1]), ("less", [1, 0.75, 0])])
def test_the_scale_by_hand(better, expected):
    assert on_one_scale(pd.DataFrame({"k": [10.0, 20.0, 50.0]}), one_criterion(better))["k"].tolist() == expected


def test_what_does_not_differ_decides_nothing():
    assert on_one_scale(pd.DataFrame({"k": [3.0, 3.0]}), one_criterion())["k"].tolist() == [0, 0]
    assert on_one_scale(pd.DataFrame({"k": []}, dtype=float), one_criterion()).empty


@given(st.lists(st.integers(-(10**6), 10**6), min_size=2, max_size=9, unique=True), st.floats(0.001, 1000), st.integers(-1000, 1000))
def test_the_scale_does_not_depend_on_the_unit(numbers, factor, shift):
    plain = on_one_scale(pd.DataFrame({"k": np.array(numbers, dtype=float)}), one_criterion())["k"]
    assert (plain.min(), plain.max()) == (0, 1)
    assert np.argsort(plain.to_numpy()).tolist() == np.argsort(numbers).tolist()
    other = on_one_scale(pd.DataFrame({"k": np.array(numbers) * factor + shift}), one_criterion())["k"]
    assert other.to_numpy() == pytest.approx(plain.to_numpy(), abs=1e-6)


def test_values_stand_in_the_groups_order(tmp_path: Path):
    plan, group = competing(tmp_path)
    values = criterion_values(plan, unhindered(plan), group, ("lain", "alat-desa"))
    assert list(values.columns) == ["biaya", "desa"] and values.index.tolist() == ["lain", "alat-desa"]
    assert values.loc["lain"].tolist() == [111e6, 0] and values.loc["alat-desa", "desa"] == 3
