"""What a plan leaves out and puts off against the base, by hand on the made-up regency."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from plan_samples import edge, project
from tiny_pack import with_changes

from egov_model.analysis.measures import MEASURES, measure
from egov_model.analysis.omitted import BY_SCENARIO, KEPT, LATER, OUT, omitted
from egov_model.model.plan import Plan, build_plan


@cache
def changed(body: str) -> Plan:
    return build_plan(with_changes(Path(mkdtemp()), body))


def test_nothing_out_and_nothing_later_is_nothing():
    assert omitted(edge("as it is"), edge("as it is")) is None
    assert omitted(edge("only what runs"), edge("as it is")) is None  # another scope: the two cannot be compared
    assert omitted(edge("one year"), edge("as it is")) is None


def test_what_the_scenario_drops_costs_what_needs_it():
    """Without the application no letters are digital, and its indicator stays where it was: the base's own difference."""
    base = edge("as it is")
    found = omitted(changed("drop: {initiatives: [aplikasi]}"), base)
    frame = found.frame.set_index("initiative")
    assert frame["verdict"].to_dict() == {"internet": KEPT, "alat-desa": KEPT, "aplikasi": OUT}
    assert frame.loc["aplikasi", ["cause", "go_live"]].tolist() == [BY_SCENARIO, None] and frame.loc["aplikasi", "base_go_live"] is not None
    live = base.schedule.live[0].copy()
    without = live.copy()
    without[2] = -1
    by_hand = measure(base, np.array([live, without]), found.year)
    for name in MEASURES:
        assert frame.loc["aplikasi", name] == pytest.approx(by_hand[name].iloc[0] - by_hand[name].iloc[1])
    assert frame.loc["aplikasi", "services"] == 1 and frame.loc["internet", "services"] == 0
    assert found.together == {name: frame.loc["aplikasi", name] for name in MEASURES}
    assert found.in_base == by_hand.iloc[0][list(MEASURES)].to_dict() and found.here == by_hand.iloc[1][list(MEASURES)].to_dict()


def test_what_goes_live_a_year_later_costs_its_delay():
    found = omitted(changed("set: {initiatives.aplikasi.earliest: 2028-01-03}"), edge("as it is"))
    row = found.frame.set_index("initiative").loc["aplikasi"]
    assert row["verdict"] == LATER and row["go_live"].year == 2028 and row["base_go_live"].year == 2027
    assert row["services"] == 0 and row["benefit_idr"] > 0 and row["cause"] == ""
    assert found.together == dict.fromkeys(MEASURES, 0.0)


def test_what_follows_something_that_is_out_comes_back_with_it():
    """The application follows the equipment: put back alone it needs both, and only then the villages are connected as well."""
    found = omitted(edge("new work does not fit"), edge("as it is"))
    frame = found.frame.set_index("initiative")
    assert frame.loc[["alat-desa", "aplikasi"], "verdict"].tolist() == [OUT, OUT]
    assert frame.loc["aplikasi", "villages"] == frame.loc["alat-desa", "villages"] == 3
    assert frame.loc["aplikasi", "services"] == 1 and frame.loc["alat-desa", "services"] == 0
    assert frame.loc["aplikasi", "cause"] in ("waits_for", "no_money", "no_upkeep") and frame.loc["aplikasi", "fund"] == "dau"


def test_lean_loses_villages_that_no_choice_of_initiatives_can_keep():
    found = omitted(project("lean"), project())
    out = found.frame[found.frame["verdict"] == OUT].set_index("initiative")
    assert "if-desa-3" in out.index and found.together["villages"] == out.loc["if-desa-3", "villages"] > 50
    assert found.together["index"] >= 0 and found.year == 2031
