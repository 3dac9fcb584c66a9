"""Counts of the tiny regency, by zone (dekat, jauh) and year."""

from __future__ import annotations

import numpy as np
import pytest
from tiny_pack import TINY, with_changes

from egov_model.inputs.programme import DRIVERS
from egov_model.inputs.scenario import load_scenario
from egov_model.model.drivers import count_drivers


@pytest.fixture(scope="module")
def drivers():
    return count_drivers(load_scenario("baseline", TINY))


@pytest.mark.parametrize(
    ("driver", "dekat", "jauh"),
    [
        ("one", 1, 0), ("agencies", 1, 1), ("offices", 1, 0), ("district_offices", 0, 1), ("villages", 2, 1), ("users", 20, 5),
        ("puskesmas", 1, 1), ("schools", 10, 2), ("applications", 1, 1), ("linked_applications", 1, 0), ("linked_function_points", 100, 0),
        ("linked_interfaces", 1, 0), ("linked_agencies", 1, 0), ("target", 1, 0), ("population_thousands", 10, 1),
        ("training_days_once", 10, 2), ("training_days_yearly", 2, 1),
    ],
)  # fmt: skip
def test_counts(drivers, driver, dekat, jauh):
    assert drivers.zones == ("dekat", "jauh")
    assert drivers.counts(driver, "aplikasi").tolist() == [[dekat, dekat], [jauh, jauh]]


def test_every_driver_a_cost_line_may_name_is_counted(drivers):
    assert set(DRIVERS) == set(drivers.regency) | {d for d, _ in drivers.linked}


def test_what_an_initiative_does_not_have_counts_zero(drivers):
    assert not drivers.counts("linked_interfaces", "internet").any()


def test_population_grows_at_its_own_rate():
    project = load_scenario("baseline")
    counts = count_drivers(project).regency["population_thousands"].sum(axis=0)
    assert np.all(np.diff(counts) > 0)
    grown = sum(d.population_2023 * (d.population_2023 / d.population_2020) ** (4 / 3) for d in project.rows["districts"].values()) / 1000
    assert counts[0] == pytest.approx(grown)  # 2027 is four years on, growth was seen over three


@pytest.mark.parametrize(("in_2020", "in_2023", "counted"), [(0, 10_000, 10), (8_000, 0, 0)])
def test_population_that_was_not_counted_twice_holds_still(tmp_path, in_2020, in_2023, counted):
    town = f"set: {{districts.99.01.01.population_2020: {in_2020}, districts.99.01.01.population_2023: {in_2023}}}"
    assert count_drivers(with_changes(tmp_path, town)).regency["population_thousands"][0].tolist() == [counted] * 2


def test_work_is_counted_at_the_capital_and_sites_are_kept(drivers, tmp_path):
    built = count_drivers(with_changes(tmp_path, "set: {applications.surat.treatment: build}"))
    months = built.builds["aplikasi"].person_months
    assert months > 0 and built.counts("linked_person_months", "aplikasi").tolist() == [[months] * 2, [0, 0]]
    assert drivers.reach.initiatives == ("internet", "alat-desa")
