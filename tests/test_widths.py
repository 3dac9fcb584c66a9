"""An assumption admits how little is known, or says why it is narrow."""

from __future__ import annotations

import pytest
from broken_packs import copy_of_tiny, edit, loaded
from hypothesis import given
from hypothesis import strategies as st

from egov_model.inputs.norms import Norm
from egov_model.inputs.programme import Place
from egov_model.inputs.scenario import strict_problems
from egov_model.inputs.widths import ALLOWED, narrow_points, width_share

numbers = st.floats(0.01, 1e9)


def place(low, mode, high, source="Asumsi: perkiraan", evidence="assumption") -> Place:
    return Place(place_basis="jawa", zone="jauh", low=low, mode=mode, high=high, unit="pengali", source=source, evidence=evidence)


def test_width_by_hand():
    assert width_share(90, 100, 110) == pytest.approx(0.2)
    assert width_share(5, 5, 5) == 0
    assert width_share(0, 0, 1) == float("inf")
    assert width_share(0, 0, 0) == 0


@pytest.mark.parametrize("points", [(90, 100, 110), (80, 100, 100), (0, 0, 1), (0, 0, 0)])
def test_wide_enough(points):
    assert narrow_points(place(*points)) == []


@pytest.mark.parametrize("points", [(95, 100, 105), (91, 100, 110), (100, 100, 100)])
def test_too_narrow(points):
    assert narrow_points(place(*points)) == [(("low", "mode", "high"), points)]


@pytest.mark.parametrize(
    "source", ["Menurut arti satu per kantor", "Asumsi: 1; menurut aturan PP 11/2017", "Asumsi: sempit karena hanya ongkos kapal"]
)
def test_a_reason_excuses(source):
    assert narrow_points(place(1, 1, 1, source)) == []


@pytest.mark.parametrize("source", ["Asumsi: satu", "sempit", "Menurut perkiraan", "berarti"])
def test_other_words_do_not_excuse(source):
    assert narrow_points(place(1, 1, 1, source)) != []


@pytest.mark.parametrize("evidence", ["high", "medium", "low"])
def test_what_is_no_assumption_may_be_one_figure(evidence):
    assert narrow_points(place(1, 1, 1, evidence=evidence)) == []


def test_minutes_are_looked_at_too():
    row = Norm(
        id="a", title_id="a", title_en="a", role="r", driver="one", initiative="", periods_year=1, minutes_low=29, minutes=30,
        minutes_high=31, low=1, mode=2, high=3, unit="u", source="Asumsi", evidence="assumption",
    )  # fmt: skip
    assert narrow_points(row) == [(("minutes_low", "minutes", "minutes_high"), (29, 30, 31))]


@given(st.tuples(numbers, numbers, numbers).map(sorted), st.sampled_from([0.5, 2.0, 1024.0]))
def test_the_scale_does_not_matter(points, factor):
    low, mode, high = points
    assert width_share(low * factor, mode * factor, high * factor) == pytest.approx(width_share(low, mode, high))


def test_strict_names_the_row_what_was_found_and_what_is_allowed(tmp_path):
    pack = copy_of_tiny(tmp_path)
    edit(pack, "prices.csv", "90000000,100000000,120000000", "95000000,100000000,105000000")
    (problem,) = strict_problems(loaded(pack), "tiny")
    assert problem.file == "tiny/prices.csv"
    assert (
        str(problem) == f"field barang-ppn low, mode, high: found 95000000, 100000000, 105000000 (10% wide); allowed: {ALLOWED} (--strict)"
    )
