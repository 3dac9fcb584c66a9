"""Hours and rupiah that services save: the tiny regency by hand, and what must hold for any dates and any values."""

from __future__ import annotations

import math
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.adoption import mean_adopted_share
from egov_model.model.benefits import WEEKS_PER_YEAR, Benefits, ServiceFactors, benefits, likely_service_factors, worth
from egov_model.model.linkcost import distance_km
from egov_model.model.reach import reach_sites

INPUTS = load_scenario("baseline", TINY)
REACH = reach_sites(INPUTS)
KEYS = ("internet", "alat-desa", "aplikasi")
LIKELY = likely_service_factors(INPUTS)
PARTS = [f.name for f in fields(Benefits)][3:]
KM = float(distance_km(-1.2, 127.6, -0.63, 127.48))  # district office of Seberang to the capital: about 64.8 km
FIRST, LAST = 53 * 7 / 365.25, 105 * 7 / 365.25  # ends of 2027 (53 weeks) and 2028 in years
LETTERS, OFFICE = 0, 1
BIG, SMALL = 0, 1
WEEK = st.integers(-1, 130)
FACTOR = st.floats(0.1, 3)


def live(*weeks: int) -> np.ndarray:
    return np.array([weeks])


def found(*weeks: int, factors: ServiceFactors = LIKELY, years_after: int = 0) -> Benefits:
    return benefits(INPUTS, REACH, KEYS, live(*weeks), factors, years_after)


def test_office_letters_by_hand():
    """Two agencies x 100 letters, a fifth digital already, nobody imitates (p 0.5): the mean share is 1 - (1 - e^-0.5T) / 0.5T."""
    made = found(0, -1, -1)
    mean = 1 - (1 - math.exp(-0.5 * FIRST)) / (0.5 * FIRST)
    assert mean == pytest.approx(0.2159, abs=1e-4)
    assert made.volume[0, OFFICE].tolist() == [[100, 100], [100, 100]]
    assert made.digital[0, OFFICE, :, 0] == pytest.approx([80 * mean, 80 * mean])
    assert made.user_hours[0, OFFICE, :, 0] == pytest.approx([40 * mean, 40 * mean])  # half an hour each
    assert not made.handling_hours[0, OFFICE].any()


def test_a_trip_of_an_officer_by_hand():
    """From Seberang 2 x (64.8 km / 20 km/h + 1 h) = 8.5 h: longer than a day's 8, so two daily allowances. Half of the trip is for the
    letter, half of the letters need one. Who sits in the capital does not travel."""
    made = found(0, -1, -1)
    moved = made.digital[0, OFFICE, SMALL, 0]
    assert made.travel_hours[0, OFFICE, :, 0] == pytest.approx([0, moved * 0.5 * 0.5 * 2 * (KM / 20 + 1)])
    assert made.travel_idr[0, OFFICE, :, 0] == pytest.approx([0, moved * 0.5 * 0.5 * (2 * KM * 1000 + 2 * 200_000)])


def test_letters_of_citizens_by_hand():
    """Application live in week 10, villages connected in week 20: people of both districts are offered it in week 20. 10,000 and 1,000
    people send 1,000 and 100 letters; of the ceiling of 0.8 the 75 % come who can do it or are helped."""
    made = found(-1, 20, 10)
    assert made.volume[0, LETTERS, BIG].tolist() == pytest.approx([1000, 1000])
    assert made.volume[0, LETTERS, SMALL].tolist() == pytest.approx([100, 100])
    p, q = np.array(0.05), np.array(0.4)
    share = [mean_adopted_share(np.array(20 / WEEKS_PER_YEAR), *map(np.array, ends), p, q) for ends in ((0.0, FIRST), (FIRST, LAST))]
    assert made.digital[0, LETTERS] == pytest.approx(made.volume[0, LETTERS] * 0.8 * 0.75 * np.array(share))
    assert made.user_hours[0, LETTERS] == pytest.approx(made.digital[0, LETTERS])  # an hour each
    assert made.handling_hours[0, LETTERS] == pytest.approx(made.digital[0, LETTERS] / 4)


def test_a_trip_of_a_citizen_by_hand():
    """Tiga goes by boat, without an allowance; the half of a night's Rp100,000 that is for the letter is saved with the fare."""
    made = found(-1, 0, 0)
    km = float(distance_km(-1.21, 127.61, -0.63, 127.48))
    assert 2 * (km / 20 + 1) > 8
    moved = made.digital[0, LETTERS, SMALL]
    assert made.travel_hours[0, LETTERS, SMALL] == pytest.approx(moved * 0.5 * 2 * (km / 20 + 1))
    assert made.travel_idr[0, LETTERS, SMALL] == pytest.approx(moved * 0.5 * (2 * km * 1000 + 100_000))
    by_land = [float(distance_km(lat, lon, -0.63, 127.48)) for lat, lon in ((-0.6, 127.4), (-0.61, 127.41))]  # half the people each
    hours = 2 * np.mean(by_land) / 30
    assert made.travel_hours[0, LETTERS, BIG] == pytest.approx(made.digital[0, LETTERS, BIG] * 0.5 * hours)


def test_a_shorter_trip_that_is_left_is_taken_off(tmp_path):
    """Two trips to the capital become half a trip to the district's centre, which costs its own wait, detour and fare: from Tiga by boat
    1.6 km, from Satu and Dua by land. A detour takes time, not fare."""
    body = (
        "set:\n  services.surat-warga.place_digital: district\n  service_values.surat-warga.trips_today.mode: 2\n"
        "  service_values.surat-warga.trips_digital.mode: 0.5\n  service_values.surat-warga.trips_digital.high: 1\n"
        "  benefit_values.sea.detour_factor.mode: 1.5\n  benefit_values.land.detour_factor.mode: 1.25\n"
        "  benefit_values.land.wait_hours.mode: 0.5\n"
    )
    inputs = with_changes(tmp_path, body)
    made = benefits(inputs, REACH, KEYS, live(-1, 0, 0), likely_service_factors(inputs))
    moved = made.digital[0, LETTERS, :, 1]
    away, near = float(distance_km(-1.21, 127.61, -0.63, 127.48)), float(distance_km(-1.21, 127.61, -1.2, 127.6))
    hours = 2 * 2 * (away * 1.5 / 20 + 1) - 0.5 * 2 * (near * 1.5 / 20 + 1)
    money = 2 * (2 * away * 1000 + 100_000) - 0.5 * 2 * near * 1000
    assert made.travel_hours[0, LETTERS, SMALL, 1] == pytest.approx(moved[SMALL] * 0.5 * hours)
    assert made.travel_idr[0, LETTERS, SMALL, 1] == pytest.approx(moved[SMALL] * 0.5 * money)
    by_land = np.mean([float(distance_km(lat, lon, -0.63, 127.48)) for lat, lon in ((-0.6, 127.4), (-0.61, 127.41))])
    hours = (2 - 0.5) * 2 * (by_land * 1.25 / 30 + 0.5)  # the centre of Kota is the capital
    assert made.travel_hours[0, LETTERS, BIG, 1] == pytest.approx(moved[BIG] * 0.5 * hours)
    assert made.travel_idr[0, LETTERS, BIG, 1] == pytest.approx(moved[BIG] * 0.5 * (2 - 0.5) * 2 * by_land * 2000)


def test_a_trip_that_an_officer_still_makes_costs_its_allowances(tmp_path):
    """Half of the letters need a trip to the capital today, a quarter still do: a quarter of a trip with its two days is saved."""
    digital = "".join(f"  service_values.naskah.trips_digital.{point}: 0.25\n" for point in ("low", "mode", "high"))
    inputs = with_changes(tmp_path, f"set:\n  services.naskah.place_digital: capital\n{digital}")
    made = benefits(inputs, REACH, KEYS, live(0, -1, -1), likely_service_factors(inputs))
    moved = made.digital[0, OFFICE, SMALL, 0]
    assert made.travel_idr[0, OFFICE, SMALL, 0] == pytest.approx(moved * 0.5 * 0.25 * (2 * KM * 1000 + 2 * 200_000))


def valued(**changes: float) -> ServiceFactors:
    """Likely factors with other benefit values, a double underscore for the point of a name."""
    value, keys = LIKELY.value.copy(), list(INPUTS.rows["benefit_values"])
    for key, amount in changes.items():
        value[0, keys.index(key.replace("__", "."))] = amount
    return replace(LIKELY, value=value)


def test_a_trip_of_just_a_day_needs_no_night():
    """Four hours of waiting each way and a boat that takes no time: eight hours, which is what a day allows."""
    made = found(-1, 0, 0, factors=valued(sea__detour_factor=0, sea__wait_hours=4))
    km = float(distance_km(-1.21, 127.61, -0.63, 127.48))
    moved = made.digital[0, LETTERS, SMALL]
    assert made.travel_hours[0, LETTERS, SMALL] == pytest.approx(moved * 0.5 * 8)
    assert made.travel_idr[0, LETTERS, SMALL] == pytest.approx(moved * 0.5 * 2 * km * 1000)


def test_who_lives_half_a_kilometre_away_waits_as_well(tmp_path):
    """Satu and Dua both beside the capital: a quarter of an hour of waiting each way and the ride."""
    near = "".join(f"  villages.99.01.01.200{n}.lat: -0.63\n  villages.99.01.01.200{n}.lon: 127.485\n" for n in (1, 2))
    inputs = with_changes(tmp_path, f"set:\n{near}")
    km = float(distance_km(-0.63, 127.485, -0.63, 127.48))
    assert 0.5 < km < 0.6
    made = benefits(inputs, reach_sites(inputs), KEYS, live(-1, 0, 0), valued(land__wait_hours=0.25))
    assert made.travel_hours[0, LETTERS, BIG] == pytest.approx(made.digital[0, LETTERS, BIG] * 0.5 * 2 * (km / 30 + 0.25))


def test_what_is_found_says_whose_it_is():
    made = found(0, 0, 0)
    assert (made.services, made.groups, made.years) == (("surat-warga", "naskah"), ("Pulau Besar", "Pulau Kecil"), (2027, 2028))


def test_more_people_than_estimated_in_one_district():
    """Half as many again in Seberang: all that its citizens do grows by half, the letters of offices stay."""
    once, more = found(0, 0, 0), found(0, 0, 0, factors=replace(LIKELY, population=np.array([[1.0, 1.5]])))
    for name in PARTS:
        assert getattr(more, name)[0, LETTERS, SMALL] == pytest.approx(1.5 * getattr(once, name)[0, LETTERS, SMALL])
        assert getattr(more, name)[0, LETTERS, BIG] == pytest.approx(getattr(once, name)[0, LETTERS, BIG])
        assert getattr(more, name)[0, OFFICE] == pytest.approx(getattr(once, name)[0, OFFICE])


def test_access_says_whose_connection_counts(tmp_path):
    """District office: only Seberang has one, connected with the offices. Health centre: nobody. No need of a connection: all."""
    for access, served in (("district-office", [False, True]), ("puskesmas", [False, False]), ("none", [True, True])):
        inputs = with_changes(tmp_path / access, f"set:\n  services.surat-warga.access: {access}\n")
        for villages in (-1, 0):  # whose connection is another's
            made = benefits(inputs, REACH, KEYS, live(0, villages, 0), LIKELY)
            assert (made.digital[0, LETTERS, :, 1] > 0).tolist() == served, access


def test_worth_by_hand():
    """Citizens: 2,000,000 / 200 h x 0.5 = Rp5,000 an hour. Staff: 5,000,000 / (1,250/12 h) = Rp48,000 an hour. Kept apart."""
    made = found(0, 0, 0)
    valued = worth(INPUTS, made, LIKELY)
    assert valued.citizen_time_idr[0, LETTERS] == pytest.approx((made.user_hours + made.travel_hours)[0, LETTERS] * 5000)
    assert valued.staff_time_idr[0, LETTERS] == pytest.approx(made.handling_hours[0, LETTERS] * 48_000)
    assert valued.citizen_travel_idr[0, LETTERS] == pytest.approx(made.travel_idr[0, LETTERS])
    assert not valued.citizen_time_idr[0, OFFICE].any() and not valued.citizen_travel_idr[0, OFFICE].any()
    assert valued.staff_time_idr[0, OFFICE] == pytest.approx((made.user_hours + made.travel_hours)[0, OFFICE] * 48_000)
    assert valued.staff_travel_idr[0, OFFICE] == pytest.approx(made.travel_idr[0, OFFICE])


def test_old_prices_are_brought_to_the_base_year(tmp_path):
    """A fare of 2025 at 5 % inflation is 1.1025 times as much in 2027."""
    nights = "".join(f"  benefit_values.trip.night_idr.{point}: 0\n" for point in ("low", "mode", "high"))
    older = with_changes(tmp_path, f"set:\n  benefit_values.sea.idr_per_km.price_year: 2025\n{nights}")
    made = benefits(older, REACH, KEYS, live(-1, 0, 0), likely_service_factors(older))
    km = float(distance_km(-1.21, 127.61, -0.63, 127.48))
    assert made.travel_idr[0, LETTERS, SMALL] == pytest.approx(made.digital[0, LETTERS, SMALL] * 0.5 * 2 * km * 1000 * 1.1025)


def test_nobody_is_served_before_the_network_comes():
    assert not found(0, -1, 0).digital[0, LETTERS].any()  # the application without the villages' connection
    assert not found(0, 0, -1).digital[0, LETTERS].any()  # and the other way round
    late = found(0, 60, 0).digital[0, LETTERS]
    assert not late[:, 0].any() and (late[:, 1] > 0).all()


def test_years_after_the_plan_go_on():
    longer, plan = found(0, 0, 0, years_after=2), found(0, 0, 0)
    assert longer.years == (2027, 2028, 2029, 2030)
    for name in PARTS:
        assert getattr(longer, name)[..., :2] == pytest.approx(getattr(plan, name))
    assert (np.diff(longer.digital[0], axis=-1) > 0).all()


def test_a_service_that_needs_two_initiatives_counts_once_and_from_the_later(tmp_path):
    """A second initiative adds no benefit of its own: the transaction is the same one."""
    both = with_changes(tmp_path, "set:\n  services.surat-warga.initiatives: [aplikasi, internet]\n")
    made = benefits(both, REACH, KEYS, live(30, 0, 10), LIKELY)
    alone = found(30, 0, 30)
    for name in PARTS:
        assert getattr(made, name) == pytest.approx(getattr(alone, name))


def test_a_service_of_a_dropped_initiative_is_gone(tmp_path):
    dropped = with_changes(tmp_path, "drop:\n  initiatives: [aplikasi]\n")
    assert list(dropped.rows["services"]) == ["naskah"]
    assert {row.service for row in dropped.rows["service_values"].values()} == {"naskah"}


def test_draws_are_each_their_own():
    """Three draws at once are the three taken one by one."""
    rng = np.random.default_rng(5)
    many = ServiceFactors(
        **{f.name: np.repeat(getattr(LIKELY, f.name), 3, axis=0) * rng.uniform(0.5, 0.9, (3, *getattr(LIKELY, f.name).shape[1:]))
           for f in fields(ServiceFactors)}
    )  # fmt: skip
    weeks = np.array([[0, 5, 9], [3, 40, 1], [0, -1, 70]])
    together = benefits(INPUTS, REACH, KEYS, weeks, many)
    valued = worth(INPUTS, together, many)
    for d in range(3):
        one = ServiceFactors(**{f.name: getattr(many, f.name)[d : d + 1] for f in fields(ServiceFactors)})
        alone = benefits(INPUTS, REACH, KEYS, weeks[d : d + 1], one)
        for name in PARTS:
            assert getattr(together, name)[d] == pytest.approx(getattr(alone, name)[0])
        assert valued.total_idr[d] == pytest.approx(worth(INPUTS, alone, one).total_idr[0])


@given(WEEK, WEEK, WEEK)
@settings(max_examples=30)
def test_without_adoption_nothing_is_gained(internet, villages, application):
    none = replace(LIKELY, adoption=np.array([[0.0 if key.endswith("ceiling_share") else row.mode
                                               for key, row in INPUTS.rows["adoption"].items()]]))  # fmt: skip
    made = found(internet, villages, application, factors=none)
    assert not any(getattr(made, name).any() for name in PARTS if name != "volume")


@given(WEEK, WEEK, WEEK)
@settings(max_examples=30)
def test_twice_the_volume_is_twice_the_benefit(internet, villages, application):
    once, twice = (found(internet, villages, application, factors=replace(LIKELY, rate=LIKELY.rate * times)) for times in (1, 2))
    for name in PARTS:
        assert getattr(twice, name) == pytest.approx(2 * getattr(once, name))


@given(st.tuples(WEEK, WEEK, WEEK), st.integers(0, 2), st.integers(0, 60))
@settings(max_examples=60)
def test_an_earlier_go_live_never_lowers_a_benefit(weeks, which, sooner):
    early = list(weeks)
    early[which] = max(0, weeks[which] - sooner) if weeks[which] >= 0 else 60
    late, soon = found(*weeks), found(*early)
    for name in PARTS:
        assert (getattr(soon, name) >= getattr(late, name) - 1e-9).all()


@given(WEEK, WEEK, WEEK, FACTOR, FACTOR)
@settings(max_examples=30)
def test_parts_shown_apart_add_up_and_no_more_moves_than_there_is(internet, villages, application, people, wait):
    value = LIKELY.value.copy()
    value[0, list(INPUTS.rows["benefit_values"]).index("sea.wait_hours")] = wait
    factors = replace(LIKELY, population=LIKELY.population * people, value=value)
    made = found(internet, villages, application, factors=factors)
    valued = worth(INPUTS, made, factors)
    citizens = valued.citizen_time_idr + valued.citizen_travel_idr
    administration = valued.staff_time_idr + valued.staff_travel_idr
    assert citizens + administration == pytest.approx(valued.total_idr)
    hours = (made.user_hours + made.travel_hours + made.handling_hours).sum()
    by_audience = valued.citizen_time_idr.sum() / 5000 + valued.staff_time_idr.sum() / 48_000
    assert by_audience == pytest.approx(hours)
    assert (made.digital <= made.volume + 1e-9).all()
