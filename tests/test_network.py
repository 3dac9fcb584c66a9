"""The network built from the tiny plan."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from tiny_pack import with_changes

from egov_model.model.delivery import Build
from egov_model.model.drivers import count_drivers
from egov_model.model.estimate import estimate
from egov_model.model.factors import most_likely
from egov_model.model.network import ONCE, YEARLY, durations_weeks, make_network, packages, with_ceilings
from egov_model.model.timeline import make_timeline


def parts(tmp_path, body=""):
    inputs = with_changes(tmp_path, body)
    factors = most_likely(inputs)
    drivers = count_drivers(inputs)
    costs = estimate(inputs, drivers, factors)
    network = make_network(inputs, make_timeline(inputs.settings), drivers, factors)
    return inputs, drivers, factors, costs, network


def test_chains_demands_and_lines(tmp_path):
    *_, network = parts(tmp_path)
    assert network.groups == ("internet", "alat-desa", "aplikasi") and (network.roles, network.funds) == (("analis",), ("dau",))
    assert len(network.week_year) == 105  # 53 weeks begin in 2027, 52 in 2028
    assert network.after == ((), (), (1,))
    assert network.chains == ((), (0, 1, 2), (3, 4, 5))
    assert network.role_demand[:, 0].tolist() == [500, 0, 500, 500, 0, 500]
    assert network.spends.tolist() == [False, False, True] * 2
    assert network.line_every.tolist() == [YEARLY, ONCE, YEARLY, ONCE]
    assert network.line_activity.tolist() == [-1, 2, -1, 5]
    assert network.ceiling_idr.tolist() == [[[10**9, 10**9]]]


def test_what_runs_comes_first_then_what_is_mandatory(tmp_path):
    *_, network = parts(tmp_path)
    assert np.argsort(network.priority).tolist() == [0, 1, 2]


def test_weights_of_priority(tmp_path):
    *_, network = parts(tmp_path)
    assert network.priority.tolist() == [1, 1_000_010, 1_100_020]  # runs; new and mandatory; new and optional


def test_what_runs_keeps_its_start_and_its_window_and_new_work_waits_for_adoption(tmp_path):
    earlier = "initiatives.internet.earliest: 2027-02-05, initiatives.aplikasi.earliest: 2027-05-07"
    *_, network = parts(tmp_path, f"set: {{settings.adopted_on: 2027-03-05, {earlier}}}")
    assert network.earliest.tolist() == [5, 9, 18]  # 5 February; 5 March, the day of adoption; 7 May, later than adoption
    assert [[w.opens for w in windows] for windows in network.windows] == [[6, 58], [39, 58], [39, 58]]  # 2028 was still open on 5 March


def test_timing_of_lines(tmp_path):
    refresh = "cost_lines.alat-desa-langganan.timing: refresh, cost_lines.alat-desa-langganan.every_years: 3"
    body = f"set: {{{refresh}, cost_lines.internet-langganan.every_years: 5}}"  # what is paid yearly is, whatever that cell says
    *_, network = parts(tmp_path, body)
    assert network.lines == ("internet-langganan", "alat-desa-alat", "alat-desa-langganan", "aplikasi-barang")
    assert network.line_every.tolist() == [YEARLY, ONCE, 3, ONCE] and network.line_group.tolist() == [0, 1, 1, 2]


@pytest.mark.parametrize("body", ["", "drop: {initiatives: [internet, alat-desa, aplikasi]}"])
def test_counts_are_whole_and_flags_are_flags_even_of_nothing(tmp_path, body):
    *_, network = parts(tmp_path, body)
    whole = ("earliest", "priority", "fund", "role_demand", "capacity", "ceiling_idr", "line_group", "line_activity", "line_every")
    assert {name: str(getattr(network, name).dtype) for name in whole} == dict.fromkeys(whole, "int64")
    assert str(network.spends.dtype) == str(network.multi_year.dtype) == "bool"


def test_ceilings_by_fund_year_and_draw(tmp_path):
    inputs, _, factors, _, network = parts(tmp_path, "set: {settings.last_year: 2027, ceilings.2027.dau.mode: 900000000}")
    two = replace(factors, **{f.name: np.repeat(getattr(factors, f.name), 2, axis=0) for f in fields(factors)})
    two.ceiling_idr[:] = [[7.5, 1.0], [8.4, 1.0]]
    assert network.ceiling_idr.tolist() == [[[900_000_000]]]  # 2028 is no year of this plan
    assert with_ceilings(network, inputs, make_timeline(inputs.settings), two).ceiling_idr.tolist() == [[[8]], [[8]]]


def test_dependencies_out_of_scope_fall_away(tmp_path):
    *_, network = parts(
        tmp_path, "set: {settings.scope.value: mandatory, initiatives.aplikasi.mandatory: y, initiatives.alat-desa.mandatory: n}"
    )
    assert network.groups == ("internet", "aplikasi") and network.after == ((), ())


def test_procurement_lasts_as_long_as_its_method(tmp_path):
    inputs, drivers, factors, costs, network = parts(tmp_path)
    assert durations_weeks(inputs, drivers, network, costs, factors).tolist() == [[2, 3, 8, 2, 3, 8]]  # 35 m and 111 m: both direct


@pytest.mark.parametrize(("limit", "weeks"), [(111_000_000, 3), (110_999_999, 8)])
def test_the_limit_itself_is_still_direct_and_one_rupiah_more_is_a_tender(tmp_path, limit, weeks):
    inputs, drivers, factors, costs, network = parts(tmp_path, f"set: {{procurement.langsung-barang.max_value_idr: {limit}}}")
    assert durations_weeks(inputs, drivers, network, costs, factors)[0, 4] == weeks


@pytest.mark.parametrize(("mode", "weeks"), [(1, 3), (0, 0)])  # 1 rupiah and 11 % VAT are 1.11, hence 1 rupiah: still a contract
def test_the_smallest_contract_is_procured_and_none_is_not(tmp_path, mode, weeks):
    prices = ", ".join(f"prices.barang-ppn.{name}: {mode}" for name in ("low", "mode", "high"))
    inputs, drivers, factors, costs, network = parts(tmp_path, f"set: {{{prices}}}")
    assert durations_weeks(inputs, drivers, network, costs, factors)[0, 4] == weeks


def test_above_every_limit_the_heaviest_method_serves(tmp_path):
    dear = "prices.alat.mode: 300000000000, prices.alat.high: 300000000000"  # 3.5 times 300 billion, a tender covers 1,000 billion
    inputs, drivers, factors, costs, network = parts(tmp_path, f"set: {{{dear}}}")
    assert durations_weeks(inputs, drivers, network, costs, factors).tolist() == [[2, 8, 8, 2, 3, 8]]


def test_the_value_is_that_of_the_first_year_in_each_draw(tmp_path):
    inputs, drivers, factors, costs, network = parts(tmp_path, "set: {procurement.langsung-barang.max_value_idr: 36000000}")
    two = replace(factors, **{f.name: np.repeat(getattr(factors, f.name), 2, axis=0) for f in fields(factors)})
    equipment = network.lines.index("alat-desa-alat")
    amounts = np.zeros((2, len(network.lines), 2), dtype=np.int64)
    amounts[:, equipment] = [[36_000_000, 99_000_000], [36_000_001, 0]]
    assert durations_weeks(inputs, drivers, network, replace(costs, amount_idr=amounts), two)[:, 1].tolist() == [3, 8]


def phase(name, order, *, spends="n", procures="n"):
    numbers = "low: 1, mode: 1, high: 1, unit: minggu, source: uji, evidence: assumption"
    return f"{{kind: beli, phase: {name}, order: {order}, spends: {spends}, procures: {procures}, {numbers}}}"


def test_each_procurement_buys_for_the_work_up_to_the_next(tmp_path):
    more = ", ".join([phase("install", 4, spends="y"), phase("procure2", 5, procures="y"), phase("train", 6, spends="y")])
    inputs, *_, network = parts(tmp_path, f"add: {{phases: [{more}]}}")
    assert [name for group, name in network.activities if group == 1] == ["prepare", "procure", "build", "install", "procure2", "train"]
    assert packages(inputs, network) == ((1, (2, 3)), (4, (5,)), (7, (8, 9)), (10, (11,)))


def test_a_procurement_right_before_another_buys_nothing(tmp_path):
    body = f"set: {{phases.beli.build.order: 4}}\nadd: {{phases: [{phase('again', 3, procures='y')}]}}"
    inputs, *_, network = parts(tmp_path, body)
    assert packages(inputs, network) == ((1, ()), (2, (3,)), (5, ()), (6, (7,)))


def test_software_sets_the_people_and_the_weeks_of_its_build(tmp_path):
    """20 weeks at most likely, growing with the root of the effort: four times the effort twice, a quarter half as long."""
    body = "set: {phases.beli.build.builds: y, phase_roles.beli.build.analis.build_share: 0.5}"
    inputs, drivers, factors, costs, _ = parts(tmp_path, body)
    build = Build("vendor", 3.0, 3.0, 0.0, 20.0, 1.5, np.array([0]), np.array([1.0]), np.array([1.0]), 0.5)
    drivers = replace(drivers, builds={"alat-desa": build})
    network = make_network(inputs, make_timeline(inputs.settings), drivers, factors)
    assert network.role_demand[:, 0].tolist() == [500, 0, 750, 500, 0, 500]  # half of 1.5 people; what builds nothing keeps its row
    two = replace(factors, **{f.name: np.repeat(getattr(factors, f.name), 2, axis=0) for f in fields(factors)})
    two.productivity[:], two.effort[:, 0], two.phase_weeks[0, list(inputs.rows["phases"]).index("beli.build")] = (2, 0.5), (2, 0.5), 16
    two_costs = estimate(inputs, drivers, two)
    weeks = durations_weeks(inputs, drivers, network, two_costs, two)
    assert weeks[:, 2].tolist() == [80, 10]  # the first draw has the phase itself twice as long as its 8 weeks
    assert weeks[:, 5].tolist() == [16, 8]


def test_a_contract_of_several_years_and_a_technology_renewed_at_the_end_of_its_life(tmp_path):
    line = (
        "{id: piringan, initiative: alat-desa, item: leo.capex_idr, driver: one, timing: refresh, every_years: 0, phase: '', "
        "account: jaringan, low: 1, mode: 1, high: 1, unit: unit, source: uji, evidence: assumption}"
    )
    *_, network = parts(tmp_path, f"set: {{initiatives.alat-desa.contract: multi}}\nadd: {{cost_lines: [{line}]}}")
    assert network.multi_year.tolist() == [False, True, False]
    assert network.line_every.tolist()[-1] == 10  # life_years of leo
