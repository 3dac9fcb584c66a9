"""Schemes of the project as data: their sizes and weights as the regulations give them, and rows that make no sense refused."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from pydantic import ValidationError

from egov_model.inputs.indices import CONDITIONS, Effect, IndexScheme
from egov_model.inputs.scenario import load_scenario

SIZES = {"pemdi-2026": (7, 0, 20), "spbe-2020": (4, 8, 47), "pegi-2012": (5, 0, 5)}  # at the top, inside a domain, indicators
PEMDI = {"A1": 10, "A2": 10, "A3": 15, "A4": 15, "A5": 10, "A6": 15, "A7": 25}
SPBE = {"D1": 13, "D2": 25, "D3": 16.5, "D4": 45.5, "A1": 13, "A2": 10, "A3": 10, "A4": 5, "A5": 12, "A6": 4.5, "A7": 27.5, "A8": 18}
SPBE_INDICATORS = {
    "A1": (10, 1.3),
    "A2": (4, 2.5),
    "A3": (4, 2.5),
    "A4": (2, 2.5),
    "A5": (8, 1.5),
    "A6": (3, 1.5),
    "A7": (10, 2.75),
    "A8": (6, 3),
}
EFFECT = {"id": "a", "scheme": "s", "indicator": "I01", "level": "2", "asks_id": "x", "asks_en": "x", "low": "0", "mode": "0", "high": "0"}
SCHEME = {
    "id": "s", "title_id": "x", "title_en": "x", "valid_from": "2021", "valid_to": "2025", "scale_low": "1", "scale_high": "5",
    "scored_by_id": "x", "scored_by_en": "x",
}  # fmt: skip


@pytest.fixture(scope="module")
def rows():
    return load_scenario().rows


def of(rows, table: str, scheme: str) -> list:
    return [row for row in rows[table].values() if row.scheme == scheme]


@pytest.mark.parametrize("scheme", SIZES)
def test_every_scheme_has_the_parts_of_its_regulation(rows, scheme: str):
    parts = of(rows, "index_parts", scheme)
    assert (sum(not p.within for p in parts), sum(bool(p.within) for p in parts), len(of(rows, "indicators", scheme))) == SIZES[scheme]


@pytest.mark.parametrize("scheme", SIZES)
def test_weights_add_to_a_hundred_at_every_level(rows, scheme: str):
    parts, indicators = of(rows, "index_parts", scheme), of(rows, "indicators", scheme)
    inner = {p.within for p in parts if p.within}
    levels = [[p for p in parts if not p.within], [p for p in parts if p.code not in inner], indicators]
    assert [round(math.fsum(x.weight_pct for x in level), 9) for level in levels] == [100, 100, 100]


def test_weights_of_pemdi_and_spbe_are_those_of_the_regulations(rows):
    assert {p.code: p.weight_pct for p in of(rows, "index_parts", "pemdi-2026")} == PEMDI
    assert {p.code: p.weight_pct for p in of(rows, "index_parts", "spbe-2020")} == SPBE
    found = Counter((i.part, i.weight_pct) for i in of(rows, "indicators", "spbe-2020"))
    assert found == {(part, weight): n for part, (n, weight) in SPBE_INDICATORS.items()}


def test_four_pemdi_indicators_are_scored_by_others(rows):
    found = {i.code: i.scored_by for i in of(rows, "indicators", "pemdi-2026") if i.scored_by}
    assert found == {"I05": "Bappenas", "I06": "BIG", "I07": "BPS", "I18": "Bappenas"}


def test_schemes_follow_each_other(rows):
    assert {s.id: (s.valid_from, s.valid_to) for s in rows["index_schemes"].values()}["spbe-2020"] == (2021, 2025)
    assert rows["index_schemes"]["pemdi-2026"].valid_from == 2026


def test_the_start_is_where_the_regency_is_known_or_thought_to_be(rows):
    def at(end: str, scheme: str) -> float:
        starts = {s.indicator: getattr(s, end) for s in of(rows, "start_levels", scheme) if s.year >= 2024}
        return sum(i.weight_pct * starts[i.code] for i in of(rows, "indicators", scheme)) / 100

    assert 1.8 <= at("mode", "spbe-2020") < 2.6  # Cukup in 2024, by elimination
    assert at("low", "spbe-2020") < 1.8 and at("high", "spbe-2020") > 2.3
    assert 1 <= at("mode", "pemdi-2026") <= 1.24  # a regency that had more under SPBE got 1.24


def test_times_that_the_regulation_asks_for(rows):
    effects = rows["effects"]
    assert (effects["spbe-i12-4"].low, effects["spbe-i12-4"].mode, effects["spbe-i12-4"].high) == (3, 3, 3)  # three years of budgets
    assert effects["spbe-i12-4"].initiatives == ("tk-peta-rencana",)
    assert (effects["spbe-i13-3"].condition, effects["spbe-i13-3"].at_least) == ("agencies_covered", 1)  # all agencies consulted
    assert effects["spbe-i25-3"].condition == "roles_on_board"  # all six competences
    assert effects["pemdi-i01-3"].mode == effects["pemdi-i02-3"].mode == 2  # more than two years


def test_conditions_are_all_used(rows):
    assert {e.condition for e in rows["effects"].values()} == {"", *CONDITIONS}


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({}, "initiatives must be named"),
        ({"condition": "agencies_covered", "at_least": "1"}, "condition agencies_covered: initiatives must be named"),
        ({"condition": "roles_on_board"}, "a condition needs a share above 0, a share one"),
        ({"initiatives": "a", "at_least": "0.5"}, "a condition needs a share above 0, a share one"),
        ({"initiatives": "a", "low": "2"}, "expected low <= mode <= high"),
    ],
)
def test_an_effect_that_says_too_little_is_refused(more, message):
    with pytest.raises(ValidationError, match=message):
        Effect.model_validate(EFFECT | more)


def test_an_effect_may_ask_for_a_share_alone():
    assert Effect.model_validate(EFFECT | {"condition": "roles_on_board", "at_least": "1"}).initiatives == ()


@pytest.mark.parametrize(
    ("more", "message"), [({"valid_to": "2020"}, "valid_from 2021 is after"), ({"scale_high": "1"}, "scale_low 1 is not below")]
)
def test_a_scheme_out_of_order_is_refused(more, message):
    with pytest.raises(ValidationError, match=message):
        IndexScheme.model_validate(SCHEME | more)
