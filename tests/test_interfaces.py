"""The graph of interfaces, by hand: five pairs of four applications, one of them named from both ends; bus is the hub."""

from __future__ import annotations

import pytest
from joined_pack import joined
from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.drivers import count_drivers
from egov_model.model.interfaces import (
    applications_joined,
    connectors_by_initiative,
    hub_applications,
    interface_pairs,
    pairs_by_initiative,
    payers,
)
from egov_model.model.plan import build_plan

DIRECT = "settings.integration: point-to-point"
PAIRS = (("izin", "pajak"), ("izin", "surat"), ("pajak", "surat"), ("pajak", "warga"), ("surat", "warga"))


def test_a_pair_counts_once_whichever_end_names_the_other_and_the_hub_is_no_end(tmp_path):
    inputs = joined(tmp_path)
    assert hub_applications(inputs) == {"bus"}
    assert interface_pairs(inputs) == PAIRS
    assert applications_joined(PAIRS) == ("izin", "pajak", "surat", "warga")


def test_without_a_hub_line_no_application_is_the_hub():
    inputs = load_scenario("baseline", TINY)
    assert hub_applications(inputs) == frozenset() and interface_pairs(inputs) == (("surat", "warga"),)


def test_every_application_that_takes_part_has_one_connector(tmp_path):
    made = connectors_by_initiative(joined(tmp_path), PAIRS)
    assert made == {"aplikasi": ("izin", "surat"), "internet": ("pajak",), "": ("warga",)}


def test_a_pair_belongs_to_the_payer_that_comes_first(tmp_path):
    inputs = joined(tmp_path)
    assert payers(inputs) == ("internet", "aplikasi")  # priorities 1 and 20
    made = pairs_by_initiative(inputs, PAIRS)
    assert made["internet"] == (("izin", "pajak"), ("pajak", "surat"), ("pajak", "warga"))
    assert made["aplikasi"] == (("izin", "surat"), ("surat", "warga"))
    assert sum(map(len, made.values())) == len(PAIRS)


def test_a_payer_outside_the_scope_leaves_its_pairs_to_no_one(tmp_path):
    inputs = joined(tmp_path, "settings.scope: running")  # only internet runs
    made = pairs_by_initiative(inputs, PAIRS)
    assert payers(inputs) == ("internet",) and {k: len(v) for k, v in made.items()} == {"internet": 3, "": 2}


def test_a_payer_comes_before_a_more_urgent_initiative_that_does_not_pay():
    inputs = load_scenario("baseline", TINY)  # nobody pays: the initiative of surat still owns the pair
    assert payers(inputs) == () and pairs_by_initiative(inputs, (("surat", "warga"),)) == {"aplikasi": (("surat", "warga"),)}


def test_where_nobody_pays_the_most_urgent_initiative_owns_the_pair(tmp_path):
    inputs = with_changes(tmp_path, "set: {applications.warga.initiative: internet, applications.warga.treatment: integrate}")
    assert payers(inputs) == ()
    assert pairs_by_initiative(inputs, (("surat", "warga"),)) == {"internet": (("surat", "warga"),)}  # priority 1; aplikasi has 20


@pytest.mark.parametrize(
    ("settings", "aplikasi", "internet", "hub"),
    [("", 2 * 0.5, 1 * 0.5, 1), (DIRECT, 2, 3, 0)],  # a connector is half the work of an interface in the tiny pack
)
def test_the_driver_counts_connectors_or_pairs(tmp_path, settings, aplikasi, internet, hub):
    drivers = count_drivers(joined(tmp_path, settings))
    assert drivers.counts("linked_connectors", "aplikasi").tolist() == [[aplikasi] * 2, [0, 0]]
    assert drivers.counts("linked_connectors", "internet").tolist() == [[internet] * 2, [0, 0]]
    assert drivers.counts("hub", "alat-desa").tolist() == [[hub] * 2, [0, 0]]


def test_point_to_point_pays_for_pairs_and_for_no_hub(tmp_path):
    hub, direct = (build_plan(joined(tmp_path / name, s)).budget for name, s in (("a", ""), ("b", DIRECT)))
    paid = [f.groupby("line")["amount_idr"].sum() for f in (hub, direct)]
    assert [p["aplikasi-sambung"] for p in paid] == [10_000_000, 20_000_000]  # two connectors of half an interface; two interfaces
    assert [p["internet-sambung"] for p in paid] == [10_000_000, 60_000_000]  # half an interface, or three, in each of two years
    assert [p.get("alat-desa-bus", 0) for p in paid] == [111_000_000, 0]
    assert "alat-desa-bus-jalan" in paid[0] and "alat-desa-bus-jalan" not in paid[1]
