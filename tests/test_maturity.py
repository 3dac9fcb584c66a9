"""Which scheme scores which year, and the word for an index at every edge."""

from __future__ import annotations

import numpy as np
import pytest
from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.conditions import MISSING
from egov_model.model.maturity import make_rules, predicate, scheme_of_years

EDGES = [
    # SPBE: transcription of the regulation, and the published North Maluku 2.69, Aceh Tengah 2.59, national 2.79 and 1.98
    ("spbe-2020", 1.0, "kurang"), ("spbe-2020", 1.79, "kurang"), ("spbe-2020", 1.8, "cukup"), ("spbe-2020", 2.59, "cukup"),
    ("spbe-2020", 2.6, "baik"), ("spbe-2020", 2.69, "baik"), ("spbe-2020", 3.49, "baik"), ("spbe-2020", 3.5, "sangat-baik"),
    ("spbe-2020", 4.19, "sangat-baik"), ("spbe-2020", 4.2, "memuaskan"), ("spbe-2020", 5, "memuaskan"),
    ("pemdi-2026", 1, "kurang"), ("pemdi-2026", 1.24, "kurang"), ("pemdi-2026", 1.49, "kurang"), ("pemdi-2026", 1.5, "cukup"),
    ("pemdi-2026", 2.49, "cukup"), ("pemdi-2026", 2.5, "baik"), ("pemdi-2026", 3.49, "baik"), ("pemdi-2026", 3.5, "sangat-baik"),
    ("pemdi-2026", 3.99, "sangat-baik"), ("pemdi-2026", 4, "memuaskan"), ("pemdi-2026", 5, "memuaskan"),
    ("spbe-2020", 2.594, "cukup"), ("spbe-2020", 2.595, "baik"), ("spbe-2020", 0.1 + 0.7 + 1.8, "baik"),  # published with two decimals
    ("pegi-2012", 3.37, "baik"),  # a ministry that was classed good
]  # fmt: skip


@pytest.fixture(scope="module")
def inputs():
    return load_scenario()


@pytest.mark.parametrize(("scheme", "index", "word"), EDGES)
def test_predicates_at_their_edges(inputs, scheme: str, index: float, word: str):
    assert predicate(inputs, scheme, index) == word


def test_the_scheme_in_force_scores_the_year(inputs):
    assert scheme_of_years(inputs) == dict.fromkeys(range(2027, 2032), "pemdi-2026")


def test_a_scenario_may_ask_for_another(tmp_path):
    assert scheme_of_years(with_changes(tmp_path, "set: {settings.index_scheme: lama}\n")) == {2027: "lama", 2028: "lama"}


def test_a_year_without_a_scheme_has_none(tmp_path):
    assert scheme_of_years(with_changes(tmp_path, "set: {index_schemes.baru.valid_from: 2028}\n")) == {2027: "", 2028: "baru"}


@pytest.mark.parametrize(("first_year", "level"), [(2019, 1), (2021, 1), (2024, 1), (2025, 2)])
def test_a_path_begins_at_the_latest_level_before_it(tmp_path, first_year: int, level: int):
    inputs = with_changes(tmp_path, "set: {start_levels.lama.I01.2024.mode: 2}\n")  # 1 in 2020
    assert make_rules(inputs, "lama", (), first_year).start.tolist() == [level]


def test_rules_are_the_rows_as_arrays():
    rules = make_rules(load_scenario("baseline", TINY), "baru", ("internet", "alat-desa"), 2027)
    assert (rules.low, rules.high, rules.indicators) == (1, 5, ("I01", "I02", "I03"))
    assert (
        rules.weight.tolist() == [0.5, 0.25, 0.25]
        and rules.start.tolist() == [1, 2, 1.5]
        and rules.outside.tolist() == [False, False, True]
    )
    assert [(n.effect, n.indicator, n.level, n.groups) for n in rules.needs] == [
        ("alat-2", 0, 2, (1,)), ("alat-3", 0, 3, (1,)), ("aplikasi-3", 1, 3, (MISSING,)),
    ]  # fmt: skip
    assert np.array_equal(rules.stay_years, [0, 1, 0])
