"""Who builds, how long and with whom: worked by hand on the tiny pack's one application."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.delivery import WEEKS_PER_MONTH, deliver, effort_share
from egov_model.model.drivers import count_drivers
from egov_model.model.estimate import estimate
from egov_model.model.factors import most_likely
from egov_model.model.network import durations_weeks, make_network
from egov_model.model.software import software_effort
from egov_model.model.timeline import make_timeline

BUILT = "set: {applications.surat.treatment: build%s}"
LINE = """
add:
  cost_lines:
    - {id: aplikasi-bangun, initiative: aplikasi, item: barang-ppn, driver: linked_vendor_person_months, timing: once, every_years: 0,
       phase: build, account: jaringan, low: 1, mode: 1, high: 1, unit: unit, source: uji, evidence: assumption}
"""


def test_a_vendor_works_all_of_it_and_own_staff_follow(tmp_path):
    inputs = with_changes(tmp_path, BUILT % "")
    made, build = software_effort(inputs), deliver(inputs)["aplikasi"]
    effort = float(made.effort.mode[0])
    assert (build.delivery, build.person_months, build.vendor_person_months) == ("vendor", pytest.approx(effort), pytest.approx(effort))
    assert build.own_person_months == pytest.approx(0.08 * effort)  # oversight
    own = 0.08 * effort * 152 * 12 / 1250  # months of a civil servant
    time = max(float(made.months[0]), own / 1.2)
    assert build.weeks == pytest.approx(time * WEEKS_PER_MONTH) and build.own_fte == pytest.approx(own / time)
    assert time > own / 1.2 and build.weeks_power == made.months_power < 0.5  # the vendor's time decides, and grows as COCOMO's does


def test_own_staff_work_all_of_it_and_take_as_long_as_their_number_allows(tmp_path):
    inputs = with_changes(tmp_path, BUILT % ", settings.delivery.value: in_house")
    build, effort = deliver(inputs)["aplikasi"], float(software_effort(inputs).effort.mode[0])
    own = effort * 152 * 12 / 1250
    assert (build.vendor_person_months, build.own_person_months) == (0.0, pytest.approx(effort))
    assert own / 1.2 > software_effort(inputs).months[0]
    assert build.weeks == pytest.approx(own / 1.2 * WEEKS_PER_MONTH) and build.own_fte == pytest.approx(1.2)
    assert build.weeks_power == 1.0  # twice the work of the same people takes twice the time


def test_an_initiative_may_choose_for_itself(tmp_path):
    inputs = with_changes(tmp_path, BUILT % ", initiatives.aplikasi.delivery: mixed")
    build, effort = deliver(inputs)["aplikasi"], float(software_effort(inputs).effort.mode[0])
    assert build.vendor_person_months == pytest.approx(0.6 * effort)
    assert build.own_person_months == pytest.approx((0.4 + 0.6 * 0.08) * effort)


def test_fewer_effective_hours_a_year_take_more_people_months(tmp_path):
    inputs = with_changes(tmp_path, BUILT % ", settings.delivery.value: in_house, settings.asn_hours_per_year.value: 1200")
    effort = float(software_effort(inputs).effort.mode[0])
    assert deliver(inputs)["aplikasi"].weeks == pytest.approx(effort * 152 * 12 / 1200 / 1.2 * WEEKS_PER_MONTH)


def test_an_interface_is_paid_as_such_and_not_by_person_month():
    build = deliver(load_scenario("baseline", TINY))["aplikasi"]  # `integrate`
    assert build.own_person_months > 0 and (build.person_months, build.vendor_person_months) == (0.0, 0.0)
    assert build.paid_shares.tolist() == [0.0]


def test_effort_moves_the_money_and_the_weeks(tmp_path):
    """Twice the effort: twice the vendor's months, and TDEV longer by 2 to the power D + 0.2 (E - B)."""
    inputs = with_changes(tmp_path, BUILT % ", phases.beli.build.builds: y, phases.beli.build.low: 0, phases.beli.build.mode: 1" + LINE)
    factors, drivers, timeline = most_likely(inputs), count_drivers(inputs), make_timeline(inputs.settings)
    costs = estimate(inputs, drivers, factors)
    build = drivers.builds["aplikasi"]
    at = costs.lines.index("aplikasi-bangun")
    assert costs.units[0, at, 0] == pytest.approx(build.vendor_person_months)
    network = make_network(inputs, timeline, drivers, factors)
    assert durations_weeks(inputs, drivers, network, costs, factors)[0, 5] == round(build.weeks)
    for name in ("productivity", "effort"):
        doubled = estimate(inputs, drivers, factors.__class__(**{**vars(factors), name: getattr(factors, name) * 2}))
        assert doubled.units[0, at, 0] == pytest.approx(2 * costs.units[0, at, 0])
        others = [n for n in range(len(costs.lines)) if n != at]
        assert (doubled.amount_idr[:, others] == costs.amount_idr[:, others]).all()
    twice = factors.__class__(**{**vars(factors), "productivity": np.array([2.0])})
    weeks = durations_weeks(inputs, drivers, network, costs, twice)[0, 5]
    assert weeks == round(build.weeks * 2**build.weeks_power) > round(build.weeks)


def test_own_people_of_a_build_are_asked_of_the_roles_that_share_it(tmp_path):
    inputs = with_changes(tmp_path, BUILT % ", phases.beli.build.builds: y, phase_roles.beli.build.analis.build_share: 0.5")
    drivers, factors = count_drivers(inputs), most_likely(inputs)
    network = make_network(inputs, make_timeline(inputs.settings), drivers, factors)
    assert network.role_demand[5, 0] == round(drivers.builds["aplikasi"].own_fte * 0.5 * 1000)
    assert network.role_demand[2, 0] == 500  # an initiative without software keeps the people of its phase


def test_shares_of_the_effort_add_up_draw_by_draw():
    build = deliver(load_scenario("baseline", TINY))["aplikasi"]
    assert effort_share(build, np.array([[1.0, 5.0], [3.0, 5.0]])).tolist() == [1.0, 3.0]
    assert effort_share(build, np.array([[1.0, 5.0], [3.0, 5.0]]), np.array([0.5])).tolist() == [0.5, 1.5]  # of half the work


def test_whatever_a_vendor_builds_in_the_regency_is_paid_once_and_kept_up():
    inputs = load_scenario("baseline")
    lines = inputs.rows["cost_lines"].values()
    paid = [line.initiative for line in lines if line.driver == "linked_vendor_person_months" and line.timing == "once"]
    builds = deliver(inputs)
    vendors = {key for key, build in builds.items() if build.vendor_person_months > 0}
    assert len(paid) == len(set(paid)) and vendors - set(paid) == {"if-pusat-kendali"}  # whose package price holds its software
    kept = {line.initiative for line in lines if line.driver == "linked_person_months" and line.timing == "yearly"}
    assert set(paid) <= kept
    kinds = {phase.kind for phase in inputs.rows["phases"].values() if phase.builds}
    assert {inputs.rows["initiatives"][key].kind for key in builds} <= kinds  # own work has a phase to be done in


def test_only_work_paid_by_the_month_moves_the_vendors_money(tmp_path):
    """surat (100 function points) is integrated and paid by interface, warga built by the vendor: only warga's effort moves the line."""
    inputs = with_changes(tmp_path, "set: {applications.warga.treatment: build, applications.warga.initiative: aplikasi, "
        "applications.warga.size_fp_low: 50, applications.warga.size_fp: 100, applications.warga.size_fp_high: 200}"
        + LINE.replace("low: 1, mode: 1, high: 1", "low: 2, mode: 2, high: 2"))  # fmt: skip
    factors, drivers = most_likely(inputs), count_drivers(inputs)
    build = drivers.builds["aplikasi"]
    assert build.paid_shares.tolist() == [0.0, 1.0] and 0 < build.shares[0] < 1
    many = factors.__class__(**{name: np.repeat(value, 3, axis=0) for name, value in vars(factors).items()})
    many.effort[1:] = [[2.0, 1.0], [1.0, 2.0]]
    costs = estimate(inputs, drivers, many)
    units = costs.units[:, costs.lines.index("aplikasi-bangun"), 0]
    assert units == pytest.approx(2 * build.vendor_person_months * np.array([1, 1, 2]))


def test_effort_of_two_applications_is_weighed_by_their_shares():
    """A quarter of 4 and three quarters of 8."""
    build = replace(deliver(load_scenario("baseline", TINY))["aplikasi"], parts=np.array([0, 2]), shares=np.array([0.25, 0.75]))
    assert effort_share(build, np.array([[4.0, 5.0, 8.0]])).tolist() == [7.0]
