"""How fast real regencies rose: the published summary of the found rises, and the flag."""

from __future__ import annotations

import pytest
from plan_samples import project
from tiny_pack import TINY, with_changes

from egov_model.analysis.peers import fast_years, peer_rises, speed
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan


def test_the_tiny_rises_by_hand():
    inputs = load_scenario("baseline", TINY)
    assert peer_rises(inputs)[["region", "year", "rise"]].values.tolist() == [
        ["Kab. Satu", 2022, 0.2],
        ["Kab. Satu", 2023, 0.4],
        ["Kota Dua", 2023, 1],
    ]
    known = speed(inputs)
    assert (known.limit, known.limit_reported) == pytest.approx((0.2 + 0.9 * 0.2, 0.4 + 0.8 * 0.6))  # ninth tenth between sorted rises
    assert (known.rises, known.regions, known.rises_reported, known.regions_reported) == (2, 1, 3, 2)
    assert (known.first_year, known.last_year) == (2021, 2023)


def test_a_fast_year_is_flagged():
    plan = build_plan(load_scenario("baseline", TINY))  # rises 0.75 and 0.5, above 0.38
    assert list(fast_years(plan)["year"]) == [2027, 2028]


@pytest.mark.parametrize(
    "body",
    [
        "drop: {peer_indices: [Kab. Satu.2021, Kab. Satu.2022, Kab. Satu.2023]}\n",  # no province reported whole
        "set: {peer_indices.Kab. Satu.2022.evidence: low}\n",
        "set: {index_schemes.lama.valid_to: 2021}\n",  # nobody has two scores under one scheme
    ],
)
def test_nothing_to_compare_with_flags_nothing(tmp_path, body):
    plan = build_plan(with_changes(tmp_path, body))
    assert speed(plan.inputs) is None and fast_years(plan).empty


def test_rises_across_a_change_of_scheme_are_none(tmp_path):
    frame = peer_rises(with_changes(tmp_path, "set: {index_schemes.lama.valid_from: 2022}\n"))
    assert frame["year"].tolist() == [2023, 2023]


def test_averages_and_provinces_are_no_regencies(tmp_path):
    frame = peer_rises(with_changes(tmp_path, "set: {peer_indices.Kota Dua.2023.kind: province}\n"))
    assert set(frame["region"]) == {"Kab. Satu"}


def test_the_found_rises_are_those_summed_up_when_they_were_collected():
    """Counts and means of a hand-made summary of the same articles: 2022 n 6 mean 0.34, 2023 n 19 mean 0.69 median 0.61; NTB n 9 each."""
    frame = peer_rises(project().inputs)
    by_year = frame.groupby("year")["rise"].agg(["size", "mean", "median"]).round(2)
    assert by_year.loc[2022, ["size", "mean", "median"]].tolist() == [6, 0.34, 0.28]
    assert by_year.loc[2023, ["size", "mean", "median"]].tolist() == [19, 0.69, 0.61]
    whole = frame[frame["sample"] == "census"].groupby("year")["rise"].agg(["size", "mean", "median"]).round(2)
    assert whole.to_numpy().tolist() == [[9, 0.43, 0.52], [9, 0.39, 0.32]]
