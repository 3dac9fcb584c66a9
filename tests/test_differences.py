"""What one scenario has otherwise than another."""

from __future__ import annotations

import pytest
from tiny_pack import TINY, with_changes

from egov_model.inputs.differences import ADDED, CHANGED, DROPPED, differences
from egov_model.inputs.scenario import load_scenario


@pytest.fixture(scope="module")
def base():
    return load_scenario("baseline", TINY)


def test_a_scenario_does_not_differ_from_itself(base):
    assert differences(base, base) == ()


def test_a_changed_value_has_both_values_its_unit_and_its_title(base, tmp_path):
    other = with_changes(tmp_path, "set: {settings.ceiling_factor: 0.5, initiatives.internet.earliest: 2027-03-01}")
    found = {d.key: d for d in differences(base, other)}
    assert set(found) == {"settings.ceiling_factor", "initiatives.internet.earliest"}
    factor, start = found["settings.ceiling_factor"], found["initiatives.internet.earliest"]
    row = base.rows["settings"]["ceiling_factor"]
    assert (factor.what, factor.before, factor.after, factor.unit) == (CHANGED, "1", "0.5", row.unit)
    assert (factor.title_id, factor.title_en) == (row.title_id, row.title_en)
    assert start.after == "2027-03-01" and start.title_id.endswith("paling awal mulai")


def test_turned_round_it_tells_the_opposite(base, tmp_path):
    other = with_changes(tmp_path, "set: {settings.ceiling_factor: 0.5}\ndrop: {initiatives: [internet]}")
    there, back = differences(base, other), differences(other, base)
    assert [(d.key, d.before, d.after) for d in there] == [(d.key, d.after, d.before) for d in back]
    assert {d.what for d in there} == {CHANGED, DROPPED} and {d.what for d in back} == {CHANGED, ADDED}
    gone = [d for d in there if d.what == DROPPED]
    assert "initiatives.internet" in {d.key for d in gone}
    assert next(d for d in gone if d.key == "initiatives.internet").title_id == base.rows["initiatives"]["internet"].title_id
