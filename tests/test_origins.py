"""Where transactions come from: the tiny regency's two districts, three villages and two offices."""

from __future__ import annotations

import numpy as np
import pytest
from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.origins import find_origins
from egov_model.model.reach import NOBODY, reach_sites


@pytest.fixture(scope="module")
def origins():
    inputs = load_scenario("baseline", TINY)
    return find_origins(inputs, reach_sites(inputs), (2023, 2027))


def test_villages_then_offices(origins):
    assert origins.groups == ("Pulau Besar", "Pulau Kecil")
    assert origins.group.tolist() == [0, 0, 1, 0, 1] and origins.homes == 3
    assert origins.by_sea.tolist() == [False, False, True, False, True]


def test_people_schools_and_health_centres_are_shared_among_villages(origins):
    assert origins.weight["population_thousands"][:, 0].tolist() == [5, 5, 1, 0, 0]
    assert origins.weight["schools"][:, 0].tolist() == [5, 5, 2, 0, 0]
    assert origins.weight["puskesmas"][:, 1].tolist() == [0.5, 0.5, 1, 0, 0]
    assert origins.weight["villages"][:, 0].tolist() == [1, 1, 1, 0, 0]


def test_offices_count_their_own(origins):
    for driver, units in (("users", [20, 5]), ("agencies", [1, 1]), ("offices", [1, 0]), ("district_offices", [0, 1])):
        assert origins.weight[driver][:, 0].tolist() == [0, 0, 0, *units]


def test_whose_connection_is_used(origins):
    """reach.csv: internet connects the offices, alat-desa the villages, nobody the health centres; Kota has no district office."""
    internet, villages = 0, 1
    assert origins.link["own"].tolist() == [villages, villages, villages, internet, internet]
    assert origins.link["district-office"].tolist() == [NOBODY, NOBODY, internet, internet, internet]
    assert origins.link["puskesmas"].tolist() == [NOBODY] * 3 + [internet, internet]


def test_distances_are_straight_lines(origins):
    assert origins.km["capital"][3] == 0 and origins.km["district"][4] == 0
    assert origins.km["capital"][4] == pytest.approx(64.77, abs=0.05)


def test_people_grow_by_the_rate_of_their_district(tmp_path):
    """Seberang with 900 people in 2020 and 1,000 in 2023."""
    inputs = with_changes(tmp_path, "set:\n  districts.99.01.02.population_2020: 900\n")
    made = find_origins(inputs, reach_sites(inputs), (2023, 2027))
    assert made.weight["population_thousands"][2].tolist() == pytest.approx([1, (1000 / 900) ** (4 / 3)])


def test_a_district_without_villages_keeps_its_people(tmp_path):
    inputs = with_changes(tmp_path, "drop:\n  villages: [99.01.02.2001]\n")
    made = find_origins(inputs, reach_sites(inputs), (2023,))
    assert made.weight["population_thousands"][:, 0].tolist() == [5, 5, 1, 0, 0]
    assert made.weight["villages"][:, 0].tolist() == [1, 1, 0, 0, 0]
    assert made.link["own"][2] == NOBODY and np.isclose(made.km["district"][2], 0)
