"""The bridge between two plans: adds up to the rupiah, whatever differs; by hand where one can."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from plan_samples import project
from tiny_pack import HEAD, TINY, copy_of_tiny

from egov_model.analysis import bridge as module
from egov_model.analysis.bridge import ORDER, TOGETHER, Bridge, bridge, known_order, worth_of
from egov_model.analysis.compare import headline
from egov_model.analysis.shapley import EXACT
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import Plan, build_plan

SETS = {
    "settings.ceiling_factor": ["0.4", "0.8", "1.2"],
    "settings.dpa_delay_weeks": ["3", "20"],
    "settings.escalation_shift": ["0.05", "-0.1"],
    "settings.scope": ["mandatory", "running"],
    "settings.revised_budget_held": ["n"],
    "settings.hiring_delay_years": ["1"],
    "settings.scheduling": ["priority", "listed"],
    "prices.alat.mode": ["9000000", "15000000"],
    "roles.analis.on_board": ["0", "3"],
    "initiatives.aplikasi.after": ["[]"],
    "initiatives.aplikasi.earliest": ["2027-09-01", "2028-03-01"],
    "initiatives.alat-desa.priority": ["30"],
    "initiatives.aplikasi.title_en": ["Letters"],
    "ceilings.2028.dau.mode": ["850000000"],
    "phases.beli.build.mode": ["12"],
}
DROPS = ["{initiatives: [alat-desa]}", "{initiatives: [aplikasi]}", "{formations: [analis.2028]}", "{cost_lines: [aplikasi-barang]}"]
ADD = "{formations: [{role: analis, year: 2027, arrives_month: 7, hires: 2, unit: orang, source: uji, evidence: assumption}]}"


class Desk:
    """A pack whose one scenario is written anew for each example."""

    def __init__(self, folder: Path):
        self.pack = copy_of_tiny(folder)
        self.count = 0

    def plan(self, sets: dict[str, str], drop: str = "", add: str = "") -> Plan:
        self.count += 1
        name = f"s{self.count}"
        lines = ["set:", *(f"  {key}: {value}" for key, value in sets.items())] if sets else []
        lines += [f"drop: {drop}"] if drop else []
        lines += [f"add: {add}"] if add else []
        path = self.pack / "scenarios" / f"{name}.yaml"
        path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
        try:
            return build_plan(load_scenario(name, self.pack))
        finally:
            path.unlink()


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Desk:
    return Desk(tmp_path_factory.mktemp("pack"))


def told(found: Bridge) -> set[tuple]:
    return {(s.theme, s.total_idr, s.finish_days, s.index, s.cells) for s in found.steps}


def scenarios(most: int):
    """What a scenario file sets (so many keys at most), drops and adds."""
    keys = st.lists(st.sampled_from(sorted(SETS)), unique=True, max_size=most)
    sets = keys.flatmap(lambda keys: st.fixed_dictionaries({key: st.sampled_from(SETS[key]) for key in keys}))
    return st.tuples(sets, st.sampled_from(["", "", *DROPS]), st.sampled_from(["", ADD]))


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(scenarios(2), scenarios(3), st.randoms(use_true_random=False))
def test_every_bridge_adds_up_and_does_not_depend_on_the_order_of_a_file(desk, one, other, random):
    base, plan = desk.plan(*one), desk.plan(*other)
    found = bridge(base, plan)
    assert sum(step.total_idr for step in found.steps) == found.total_idr - found.base_total_idr
    assert (found.base_total_idr, found.total_idr) == tuple(headline(p).total_idr for p in (base, plan))
    if all(step.finish_days is not None for step in found.steps) and found.steps:
        days = (headline(plan).finish - headline(base).finish).days
        assert sum(step.finish_days for step in found.steps) == pytest.approx(days, abs=1e-6)
    assert found.exact == (len(found.steps) <= EXACT) and (not found.exact or all(step.error_idr == 0 for step in found.steps))
    assert all(step.total_idr == 0 for step in found.steps if step.theme == "initiatives.aplikasi.title_en")
    turned = dict(random.sample(sorted(other[0].items()), len(other[0])))
    assert told(bridge(base, desk.plan(turned, *other[1:]))) == told(found)
    back = {step.theme.replace("added", "dropped"): step.total_idr for step in bridge(plan, base).steps}
    for step in found.steps if found.exact else ():
        name = step.theme.replace("added", "dropped")
        assert back[name] == pytest.approx(-step.total_idr, abs=1), "the way back is the same way"


def test_one_change_is_the_whole_bridge(desk):
    """Tools for two villages near and one far, where they cost half as much again: 3.5 x (9 - 10) million, no VAT, in the price year."""
    base, plan = desk.plan({}), desk.plan({"prices.alat.mode": "9000000"})
    found = bridge(base, plan)
    (step,) = found.steps
    assert (step.theme, step.total_idr, step.finish_days) == ("prices.alat", -3_500_000, 0)
    assert step.cells == (("prices.alat.mode", "10000000", "9000000"),)


def test_two_changes_that_only_add_get_their_own(desk):
    """A dearer tool (3.5 x 5 million) and no software, which cost what the base's budget says."""
    base = desk.plan({})
    software = int(base.budget.loc[base.budget["line"] == "aplikasi-barang", "amount_idr"].sum())
    found = bridge(base, desk.plan({"prices.alat.mode": "15000000"}, "{cost_lines: [aplikasi-barang]}"))
    assert {s.theme: s.total_idr for s in found.steps} == {"prices.alat": 17_500_000, "cost_lines.aplikasi-barang": -software}


def test_a_plan_and_itself_have_no_steps(desk):
    assert bridge(desk.plan({}), desk.plan({})).steps == ()


def test_changes_that_only_hold_all_at_once_count_as_one(desk):
    found = bridge(desk.plan({}), desk.plan({"settings.last_year": "2027"}, "{ceilings: [2028.dau]}"))
    assert [step.theme for step in found.steps] == [TOGETHER]
    assert found.steps[0].total_idr == found.total_idr - found.base_total_idr != 0


def test_nothing_finished_leaves_no_bridge_of_the_finish(desk):
    found = bridge(desk.plan({}), desk.plan({"settings.scope": "running", "settings.dpa_delay_weeks": "3"}))
    assert all(step.finish_days is None for step in found.steps)
    assert sum(step.total_idr for step in found.steps) == found.total_idr - found.base_total_idr


def test_more_than_eight_changes_are_sampled_and_still_add_up(desk, monkeypatch):
    sets = {"settings.dpa_delay_weeks": "3", "settings.escalation_shift": "0.05", "settings.ceiling_factor": "0.8"}
    sets |= {"prices.alat.mode": "12000000", "roles.analis.on_board": "3", "phases.beli.build.mode": "12", "kinds.beli.title_en": "Buy"}
    sets |= {"initiatives.aplikasi.earliest": "2027-09-01", "initiatives.aplikasi.priority": "5"}
    base, plan = desk.plan({}), desk.plan(sets)
    monkeypatch.setattr("egov_model.analysis.shapley.ORDERS", 8)
    found, again = bridge(base, plan), bridge(base, plan)
    assert len(found.steps) > EXACT and not found.exact and found == again
    assert sum(step.total_idr for step in found.steps) == found.total_idr - found.base_total_idr
    assert {s.theme for s in found.steps if s.total_idr == s.error_idr == 0} >= {"kinds"}


def test_a_known_order_takes_in_what_it_lacks_and_keeps_what_follows_behind():
    inputs = load_scenario("baseline", TINY)  # internet, alat-desa, aplikasi after alat-desa
    names = lambda order, other: [list(inputs.rows["initiatives"])[g] for g in known_order(inputs, order, other)]  # noqa: E731
    assert names(("alat-desa", "aplikasi", "internet"), ()) == ["alat-desa", "aplikasi", "internet"]
    assert names(("internet", "gone"), ("alat-desa", "aplikasi", "internet")) == ["alat-desa", "aplikasi", "internet"]
    assert names(("aplikasi", "internet"), ("internet", "alat-desa", "aplikasi")) == ["alat-desa", "aplikasi", "internet"]
    assert names((), ()) == ["internet", "alat-desa", "aplikasi"]


@pytest.mark.parametrize("name", ["lean", "late-dpa"])
def test_the_projects_bridges_start_and_end_at_the_plans_as_published(name):
    base, plan = project("baseline"), project(name)
    found = bridge(base, plan)
    for p in (base, plan):
        h = headline(p)
        assert worth_of(p) == (h.total_idr, h.finish.toordinal(), round(h.index * 100))
    assert sum(step.total_idr for step in found.steps) == headline(plan).total_idr - headline(base).total_idr
    assert sum(step.finish_days for step in found.steps) == pytest.approx((headline(plan).finish - headline(base).finish).days)
    assert sum(step.index for step in found.steps) == pytest.approx(headline(plan).index - headline(base).index)
    assert ORDER in {step.theme for step in found.steps}
    game = module._Game(base, plan, [("none", ()), ("nobody", ())])
    assert worth_of(game._plan(1)) == worth_of(base), "no change under the base's order is the base's plan"
