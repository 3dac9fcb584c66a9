"""The network built from the tiny plan."""

from __future__ import annotations

import numpy as np
import pytest
from tiny_pack import with_changes

from egov_model.model.drivers import count_drivers
from egov_model.model.estimate import estimate
from egov_model.model.factors import most_likely
from egov_model.model.network import ONCE, YEARLY, durations_weeks, make_network
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
    assert network.groups == ("internet", "alat-desa", "aplikasi")
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
