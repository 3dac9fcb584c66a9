"""Scenarios against a base: who is compared, differences that add up with the figures, years, and who is worse in everything."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from tiny_pack import HEAD, copy_of_tiny

from egov_model.analysis.compare import ANYWAY, headline
from egov_model.analysis.side_by_side import chosen, side_by_side
from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import load_scenarios
from egov_model.model.plan import build_plan

KNOWN = ["baseline", ANYWAY, "lean", "late"]
BODIES = {
    "baseline": "",
    "dear": "set: {prices.alat.mode: 15000000}",
    "few": "set: {settings.scope: mandatory}",
    ANYWAY: "set: {settings.scope: running}",
    "nothing": "set: {settings.ceiling_factor: 0}",
}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    pack = copy_of_tiny(tmp_path_factory.mktemp("pack"))
    for name, body in BODIES.items():
        (pack / "scenarios" / f"{name}.yaml").write_text(HEAD + body, encoding="utf-8")
    return side_by_side([build_plan(inputs) for inputs in load_scenarios(BODIES, pack)])


@pytest.mark.parametrize(
    ("asked", "base", "names"),
    [
        ([], "", KNOWN),
        (["lean"], "", ["baseline", "lean", ANYWAY]),
        (["lean", "baseline"], "", ["baseline", "lean", ANYWAY]),
        (["lean", ANYWAY, "late"], "late", ["late", "lean", ANYWAY]),
        (["late"], ANYWAY, [ANYWAY, "late"]),
        (["late"], "late", ["late", ANYWAY]),
    ],
)
def test_the_base_comes_first_and_what_happens_anyway_is_always_there(asked, base, names):
    assert chosen(asked, base, KNOWN) == names


def test_a_pack_without_the_usual_names():
    assert chosen([], "", ["a", "b"]) == ["a", "b"]
    assert chosen(["b", "c"], "", ["a", "b", "c"]) == ["b", "c"]


@pytest.mark.parametrize(
    ("asked", "base", "says"),
    [
        (["leen"], "", "no scenario 'leen'; there are: baseline, do-minimum, lean, late. did you mean 'lean'?"),
        (["lean"], "basline", "no scenario 'basline'; there are: baseline, do-minimum, lean, late. did you mean 'baseline'?"),
        (["lean", "late", "lean"], "", "scenario 'lean' is named 2 times; name each once"),
        ([ANYWAY], ANYWAY, "nothing to compare: 'do-minimum' is the base itself; name another scenario, or another --base"),
    ],
)
def test_what_cannot_be_compared_is_said(asked, base, says):
    with pytest.raises(InputError) as error:
        chosen(asked, base, KNOWN)
    assert str(error.value) == says


def test_differences_are_those_of_the_figures(found):
    assert found.scenarios == tuple(BODIES) and found.base is found.plans[0]
    base = asdict(headline(found.base))
    for plan, row in zip(found.plans, found.differences.to_dict("records"), strict=True):
        mine = asdict(headline(plan))
        for name in ("total_idr", "placed", "peak_need_fte", "hires_missing"):
            assert row[name] == pytest.approx(mine[name] - base[name])
        if mine["finish"]:
            assert row["finish_days"] == (mine["finish"] - base["finish"]).days
    none = found.differences.set_index("scenario").loc["nothing"]
    assert none["total_idr"] == -base["total_idr"] and none.isna()["finish_days"]


def test_years_add_up_to_the_figures(found):
    for plan in found.plans:
        years = found.years[found.years["scenario"] == plan.inputs.scenario.name]
        h = headline(plan)
        assert years["year"].tolist() == [2027, 2028]
        assert (years["used_idr"].sum(), years["ceiling_idr"].sum()) == (h.total_idr, h.ceiling_idr)
        assert years["initiatives"].tolist()[-1] == h.placed and years["initiatives"].is_monotonic_increasing
        assert years["need_fte"].sum() * 12 == pytest.approx(h.person_months, abs=1.2)
        last = found.criteria.set_index("scenario").loc[plan.inputs.scenario.name]
        assert years[["services", "villages"]].iloc[-1].tolist() == last[["services", "villages"]].tolist()


def test_dearer_tools_and_nothing_else_are_dominated(found):
    assert ("dear", "baseline") in set(found.dominated.itertuples(index=False, name=None))
    assert "baseline" not in set(found.dominated["scenario"])


def test_one_bridge_for_every_scenario_but_the_base(found):
    assert [b.scenario for b in found.bridges] == list(BODIES)[1:]
    totals = dict(zip(found.scenarios, found.headlines["total_idr"], strict=True))
    for b in found.bridges:
        assert b.base == "baseline"
        assert b.base_total_idr + sum(step.total_idr for step in b.steps) == b.total_idr == totals[b.scenario]
