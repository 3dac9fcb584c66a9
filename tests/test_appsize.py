"""Sizes of applications: counted functions, own points, class."""

from __future__ import annotations

from tiny_pack import TINY, with_changes

from egov_model.inputs.scenario import load_scenario
from egov_model.model.appsize import application_sizes


def test_own_points_and_counts():
    """`warga`: one simple logical file (7) and three average inputs (4 each) by IFPUG: 7 + 12 = 19."""
    assert application_sizes(load_scenario("baseline", TINY)).tolist() == [[50, 100, 150], [19, 19, 19]]


def test_a_class_gives_its_range(tmp_path):
    body = "set: {applications.surat.size_class: small, applications.surat.size_fp_low: 0, applications.surat.size_fp: 0, "
    inputs = with_changes(tmp_path, body + "applications.surat.size_fp_high: 0}")
    small = inputs.rows["size_classes"]["small"]
    assert application_sizes(inputs)[0].tolist() == [small.low, small.mode, small.high]
