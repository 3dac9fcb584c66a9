"""What the plan waits for: the made-up regency counted on the calendar, and what must hold of any plan."""

from __future__ import annotations

import numpy as np
import pytest
from plan_samples import EDGES, edge, plan_of
from tiny_pack import with_changes

from egov_model.analysis.critical_chain import (
    ARRIVAL,
    CEILING,
    EARLIEST,
    GATE,
    ORDER,
    PEOPLE,
    PREDECESSOR,
    START,
    activity_links,
    chain_to,
    gate_misses,
    window_at,
)  # fmt: skip
from egov_model.model.plan import build_plan

PLANS = (*EDGES, "baseline")


def of(frame, initiative: str, phase: str):
    return frame[(frame["initiative"] == initiative) & (frame["phase"] == phase)].iloc[0]


def test_the_links_of_a_late_plan_by_hand():
    """Adopted after the RKPD of 2027: the revised budget opens on Friday 1 October 2027 (week 39). A contract of 8 weeks must be signed by
    week 42 to end before payments close on 17 December (week 50); the second initiative is ready in week 52, ten weeks too late, and waits
    for 11 February 2028 (week 58)."""
    links = activity_links(edge("late"))
    build = of(links, "alat-desa", "build")
    assert (build["cause"], build["ready_week"], build["start_week"], build["gate_weeks"]) == (GATE, 5, 39, 34)
    assert build["from_initiative"] == "" and build["late_weeks"] == 0  # no window before it: being ready sooner would not help
    second = of(links, "aplikasi", "build")
    assert (second["cause"], second["ready_week"], second["start_week"], second["gate_weeks"]) == (GATE, 52, 58, 6)
    assert (second["from_initiative"], second["from_phase"], second["late_weeks"]) == ("aplikasi", "procure", 10)
    assert of(links, "aplikasi", "prepare")["cause"] == PREDECESSOR
    assert of(links, "alat-desa", "prepare")["cause"] == START


def test_the_chain_of_a_late_plan_begins_with_the_gate():
    chain = chain_to(activity_links(edge("late")))
    assert list(zip(chain["initiative"], chain["phase"], strict=True)) == [
        ("alat-desa", "build"), ("aplikasi", "prepare"), ("aplikasi", "procure"), ("aplikasi", "build"),
    ]  # fmt: skip


def test_floats_of_a_late_plan_by_hand():
    """The first procurement may slip 34 weeks until its contract; that 3 weeks (to week 42), as what follows has 6 weeks until 2028."""
    links = activity_links(edge("late"))
    assert of(links, "alat-desa", "procure")["float_weeks"] == 34
    assert of(links, "alat-desa", "build")[["float_weeks", "plan_float_weeks"]].tolist() == [0, 3]
    assert of(links, "aplikasi", "procure")[["float_weeks", "plan_float_weeks"]].tolist() == [6, 6]
    assert of(links, "aplikasi", "build")[["float_weeks", "plan_float_weeks"]].tolist() == [0, 0]


def test_gate_misses_of_a_late_plan_by_hand():
    plan = edge("late")
    frame = gate_misses(plan, activity_links(plan))
    assert frame["initiative"].tolist() == ["alat-desa", "aplikasi"]
    assert frame["cause"].tolist() == [GATE, PREDECESSOR] and frame["late_weeks"].tolist() == [0, 10]
    assert (
        frame["gate_weeks"].tolist() == [34, 6]
        and frame["gate_year"].tolist() == [2027, 2028]
        and frame["revised"].tolist() == [True, False]
    )
    assert [str(d) for d in frame["ready"]] == ["2027-02-05", "2027-12-31"]
    assert [str(d) for d in frame["start"]] == ["2027-10-01", "2028-02-11"]


def test_an_own_earliest_date_is_no_gate(tmp_path):
    plan = build_plan(with_changes(tmp_path, "set: {initiatives.alat-desa.earliest: 2027-03-05}"))
    first = of(activity_links(plan), "alat-desa", "prepare")
    assert (first["cause"], first["start_week"], first["ready_week"], first["gate_weeks"]) == (EARLIEST, 9, 9, 0)


def test_people_who_come_and_people_who_get_free(tmp_path):
    """Two need one analyst each for four weeks: the second follows the first; work for two waits for the post of 2028 (week 53)."""
    rows = ", ".join(
        f"{{id: {key}, title_id: X, title_en: X, section: manajemen, owner: kominfo, kind: rapat, sub_activity: internet, fund: dau, "
        f"earliest: 2027-01-01, mandatory: y, budget_status: new, contract: single, priority: {n}, milestone: n, target: 1, "
        "unit: x, source: uji, evidence: assumption}"
        for n, key in enumerate(("satu", "dua"))
    )
    body = f"drop: {{initiatives: [alat-desa, aplikasi]}}\nadd: {{initiatives: [{rows}]}}\n"
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    links = activity_links(build_plan(with_changes(tmp_path / "one", body)))
    second = of(links, "dua", "prepare")
    assert (second["cause"], second["role"], second["from_initiative"], second["start_week"]) == (PEOPLE, "analis", "satu", 4)
    links = activity_links(build_plan(with_changes(tmp_path / "two", body + "set: {phase_roles.rapat.prepare.analis.fte: 2}")))
    assert of(links, "satu", "prepare")[["cause", "role", "start_week", "wait_weeks"]].tolist() == [ARRIVAL, "analis", 53, 53]


def test_a_ceiling_that_comes_a_year_later(tmp_path):
    """What 2027 cannot pay waits for the DPA of 2028 (week 58)."""
    plan = build_plan(with_changes(tmp_path, "drop: {initiatives: [internet]}\nset: {ceilings.2027.dau.low: 0, ceilings.2027.dau.mode: 1}"))
    build = of(activity_links(plan), "alat-desa", "build")
    assert build[["cause", "fund", "year", "start_week"]].tolist() == [CEILING, "dau", 2027, 58]
    assert gate_misses(plan, activity_links(plan)).loc[0, "cause"] == CEILING


@pytest.mark.parametrize("name", PLANS)
def test_what_holds_of_any_plan(name: str):
    plan = plan_of(name)
    links = activity_links(plan)
    placed = np.flatnonzero(plan.schedule.start[0] >= 0)
    own = links[links["phase"] != ""]
    assert len(own) == len(placed) and own["start_week"].tolist() == plan.schedule.start[0, placed].tolist()
    assert (own["gate_weeks"].to_numpy() >= plan.schedule.waited_gate[0, placed]).all()  # closed when ready, or closed by then
    assert (links["start_week"] >= links["ready_week"]).all() and (links["plan_float_weeks"] >= 0).all()
    ends = {(r.initiative, r.phase): r.finish_week for r in links.itertuples()}
    for r in links.itertuples():
        if r.from_initiative:
            assert r.start_week == ends[r.from_initiative, r.from_phase] + r.wait_weeks
        assert (r.cause in (PEOPLE, ARRIVAL)) == bool(r.role) and (r.cause == CEILING) == bool(r.fund)
    chain = chain_to(links)
    if chain.empty:
        assert not plan.initiatives["works"].any()
        return
    assert chain["finish_week"].max() == links["finish_week"].max() and chain.iloc[-1]["plan_float_weeks"] == 0
    assert chain.iloc[0]["from_initiative"] == "" and chain.iloc[0]["cause"] not in (PREDECESSOR, PEOPLE)
    assert chain["from_initiative"].tolist()[1:] == chain["initiative"].tolist()[:-1]
    last = chain.iloc[-1]["initiative"]
    assert chain_to(links, last).equals(chain)


@pytest.mark.parametrize("name", PLANS)
def test_gate_misses_hold_the_window_they_got(name: str):
    plan = plan_of(name)
    links = activity_links(plan)
    frame = gate_misses(plan, links)
    assert frame["gate_weeks"].sum() == links["gate_weeks"].sum()
    assert ((frame["late_weeks"] > 0) == (frame["cause"] == PREDECESSOR)).all()
    assert not frame["cause"].isin([START, EARLIEST, ORDER]).any()


def test_a_week_outside_every_window_is_refused():
    with pytest.raises(ValueError, match="alat-desa: no window holds week 0"):
        window_at(edge("as it is"), 1, 0)
