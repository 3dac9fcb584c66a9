"""A regency's own finished initiatives: how far ranges were right, and a class once there are enough."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from actuals_samples import following, with_actuals
from plan_samples import edge

from egov_model.analysis.followed import follow
from egov_model.analysis.local_class import LOCAL, ranges_held, with_local_class
from egov_model.analysis.risk import simulate
from egov_model.analysis.standing import standing
from egov_model.inputs.actuals import last_day
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan

RATIOS = [0.9, 1.0, 1.0, 1.1, 1.2, 1.2, 1.3, 1.4, 1.6, 2.0]


def done(count, kind="beli"):
    named = {"initiative": [f"i{n}" for n in range(count)], "kind": kind}
    return pd.DataFrame(named | {"weeks_ratio": RATIOS[:count], "cost_ratio": RATIOS[:count]})


def test_ten_finished_initiatives_make_a_class_by_their_quantiles():
    inputs = edge("as it is").inputs
    made = with_local_class(inputs, done(10)).rows["reference_classes"]
    local = made[LOCAL]
    # by hand, linear between order statistics: P50 between 1.2 and 1.2, P90 = 1.6 + 0.1 x 0.4, P10 = 0.9 + 0.9 x 0.1, P80 = 1.4 + 0.2 x 0.2
    assert local.quantiles("weeks") == pytest.approx((0.99, 1.2, 1.44, 1.64)) and local.projects == 10
    assert all("beli" not in row.kinds for key, row in made.items() if key != LOCAL)


@pytest.mark.parametrize("found", [done(9), done(10, "rapat")])
def test_too_few_or_of_kinds_without_a_class_change_nothing(found):
    inputs = edge("as it is").inputs
    assert with_local_class(inputs, found) is inputs


def test_alike_ratios_still_rise():
    same = done(10).assign(weeks_ratio=1.0, cost_ratio=1.0)
    values = with_local_class(edge("as it is").inputs, same).rows["reference_classes"][LOCAL].quantiles("weeks")
    assert list(values) == sorted(set(values)) and values[-1] < 1.01


def test_what_was_finished_as_planned_has_ratios_of_one(tmp_path):
    plan = edge("as it is")
    found = follow(build_plan(load_scenario("baseline", with_actuals(tmp_path, **following(plan, "2027-12")))), date(2027, 12, 31))
    assert found.closed["initiative"].tolist() == [
        key for key, _, ended in following(plan, "2027-12")["dates"] if ended
    ] and not found.local  # fmt: skip
    assert found.closed["weeks_ratio"].tolist() == pytest.approx([1.0] * len(found.closed))
    assert found.closed["cost_ratio"].tolist() == pytest.approx([1.0] * len(found.closed), abs=1e-6)


def test_ranges_held_by_the_draws_of_the_plan(tmp_path):
    plan = edge("as it is")
    drawn = simulate(plan, 100)
    middle = int(np.quantile(drawn.live[:, drawn.groups.index("alat-desa")], 0.5, method="inverted_cdf"))
    for ended, within in ((date(2027, 1, 20), False), (plan.timeline.last_day(middle), True)):
        month = ended.isoformat()[:7]
        rows = {"progress": [(month, "alat-desa", 1, 1)], "dates": [("alat-desa", "2027-01-05", ended)]}
        made = build_plan(load_scenario("baseline", with_actuals(tmp_path / month, **rows)))
        frame = ranges_held(made, standing(made, last_day(month)), drawn)
        assert frame["initiative"].tolist() == ["alat-desa"] and frame["within"].tolist() == [within]
