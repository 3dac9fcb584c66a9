"""Which inputs of a scenario are uncertain, and where they stand in the factors."""

from __future__ import annotations

from tiny_pack import TINY, with_changes

from egov_model.analysis.uncertain import PRODUCTIVITY, columns_of, uncertain
from egov_model.inputs.scenario import load_scenario
from egov_model.inputs.uncertainty import GROUPS


def points_of(found, name):
    at = found.names.index(name)
    return float(found.low[at]), float(found.mode[at]), float(found.high[at])


def test_inputs_with_equal_points_are_certain():
    found = uncertain(load_scenario("baseline", TINY))
    assert "phases.beli.procure.mode" not in found.names  # 0, 0, 0
    assert points_of(found, "phases.beli.build.mode") == (6, 8, 12)
    assert (found.low < found.high).all()


def test_each_input_has_its_group_and_place():
    found = uncertain(load_scenario("baseline", TINY))
    at = found.names.index("ceilings.2028.dau.mode")
    assert (GROUPS[found.group[at]], found.field[at], found.column[at]) == ("ceilings", "ceiling_idr", 1)
    assert len(set(found.names)) == len(found.names)
    assert (at, 1) in columns_of(found, "ceiling_idr")


def test_levers_of_the_scenario_move_the_points(tmp_path):
    found = uncertain(with_changes(tmp_path, "set: {settings.ceiling_factor: 0.5, settings.escalation_shift: 0.01}"))
    assert points_of(found, "ceilings.2027.dau.mode") == (4e8, 5e8, 5.5e8)


def test_effort_counts_by_its_most_likely_value():
    found = uncertain(load_scenario())
    low, mode, high = points_of(found, PRODUCTIVITY)
    assert low < mode == 1.0 < high
    assert {GROUPS[g] for g, name in zip(found.group, found.names, strict=True) if name.startswith("applications.")} == {"effort"}
    assert (found.low <= found.mode).all() and (found.mode <= found.high).all()
