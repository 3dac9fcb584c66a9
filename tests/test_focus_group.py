"""A focus group on a plan whose money is enough for one of three initiatives, by hand; and what holds for any group."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from group_samples import COMPETING, competing, competing_outcome
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_samples import edge, project
from tiny_pack import TINY, copy_of_tiny, with_changes

from egov_model.analysis.focus_group import Outcome, consistent_only, focus_group, hear
from egov_model.inputs.errors import InputError
from egov_model.inputs.focus_group import Group, Participant, load_group
from egov_model.inputs.scenario import load_scenario
from egov_model.model.plan import build_plan


@cache
def sample():
    with TemporaryDirectory() as folder:
        return competing(Path(folder))


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return hear(*sample())


def of(outcome: Outcome, column: str) -> dict[str, object]:
    return dict(zip(outcome.ranking["initiative"], outcome.ranking[column], strict=True))


def test_weights_by_hand(outcome: Outcome):
    frame = outcome.weight_frame.set_index("criterion")
    assert frame["hemat"].tolist() == [1, 0] and frame["desa"].tolist() == [0.25, 0.75] and frame["imbang"].tolist() == [0.5, 0.5]
    assert frame.loc["biaya", ["weight", "low", "high"]].tolist() == pytest.approx([1.75 / 3, 0.25, 1])


def test_ranks_by_hand(outcome: Outcome):
    """Cost: both applications 1, equipment 0; villages: equipment 1, applications 0. Ties go by priority: equipment, other, letters."""
    assert dict(zip(outcome.initiatives, outcome.ranks.T.tolist(), strict=True)) == {
        "alat-desa": [3, 1, 1], "aplikasi": [2, 3, 3], "lain": [1, 2, 2],
    }  # fmt: skip
    assert outcome.ranking["initiative"].tolist() == ["lain", "aplikasi", "alat-desa"]
    assert outcome.ranking["worth"].tolist() == pytest.approx([1.75 / 3, 1.75 / 3, 1.25 / 3])
    spread = outcome.ranking.set_index("initiative")[["rank_min", "rank_q1", "rank_median", "rank_q3", "rank_max"]]
    assert spread.loc["alat-desa"].tolist() == [1, 1, 1, 2, 3] and spread.loc["lain"].tolist() == [1, 1.5, 2, 2, 2]


def test_what_fits_by_hand(outcome: Outcome):
    """Money is enough for the first of each ranking."""
    assert of(outcome, "in_for") == {"lain": 1, "aplikasi": 0, "alat-desa": 2}
    assert of(outcome, "verdict") == {"lain": "some", "aplikasi": "none", "alat-desa": "most"}
    assert of(outcome, "in_group") == {"lain": True, "aplikasi": False, "alat-desa": False}
    assert outcome.placed[:, 0].all()  # the internet is mandatory
    frame = outcome.judgement_frame.set_index("participant")
    assert frame["placed"].tolist() == [1, 1, 1] and frame["method"].tolist() == ["points", "pairs", "points"]
    assert frame.loc["hemat", "total_idr"] == 104e6 + 111e6
    assert frame["example"].tolist() == [True, True, False]


def test_what_is_mandatory_comes_first_whatever_anyone_wants(tmp_path: Path):
    body = COMPETING.replace("  initiatives.alat-desa.mandatory: n\n", "")  # now mandatory, and it takes the money
    inputs = with_changes(tmp_path, body)
    made = hear(build_plan(inputs), load_group(TINY / "fgd", inputs))
    assert made.initiatives == ("aplikasi", "lain")
    assert of(made, "verdict") == {"aplikasi": "none", "lain": "none"} and made.placed[:, 1].all()


def test_an_urgent_one_takes_along_what_it_waits_for(tmp_path: Path):
    """Letters wait for equipment again: whoever puts them first gives the money to the equipment."""
    inputs = with_changes(tmp_path, COMPETING.replace("  initiatives.aplikasi.after: []\n", "").replace("priority: 15", "priority: 25"))
    made = hear(build_plan(inputs), load_group(TINY / "fgd", inputs))
    assert made.ranks[0].tolist() == [3, 1, 2]  # alat-desa, aplikasi, lain for the thrifty one
    groups = made.plan.network.groups
    assert [groups[g] for g in np.flatnonzero(made.placed[0])] == ["internet", "alat-desa"]


def test_a_plan_without_open_initiatives():
    made = hear(edge("only what runs"), load_group(TINY / "fgd", load_scenario("baseline", TINY)))
    assert made.ranking.empty and made.alike == () and made.judgement_frame["placed"].tolist() == [0, 0, 0]


def test_a_criterion_by_which_nothing_differs_is_named(outcome: Outcome):
    assert outcome.alike == ()
    assert hear(edge("as it is"), outcome.group).alike == ("biaya", "desa")  # a single initiative is open


def test_the_packs_own_group(tmp_path: Path):
    plan, pack = edge("as it is"), copy_of_tiny(tmp_path)
    assert focus_group(plan, pack).group.name == "fgd"
    (pack / "fgd" / "participants" / "hemat.csv").unlink()
    with pytest.raises(InputError):
        focus_group(plan, pack)
    for path in sorted((pack / "fgd").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (pack / "fgd").rmdir()
    assert focus_group(plan, pack) is None


def with_people(group: Group, points: list[tuple[int, int]]) -> Group:
    """The same criteria judged by people who share points out."""
    person = Participant(id="x", title_id="X", title_en="X", example=True)
    names = [f"p{n}" for n in range(len(points))]
    shares = {name: {"biaya": float(b), "desa": float(d)} for name, (b, d) in zip(names, points, strict=True)}
    return replace(group, participants=dict.fromkeys(names, person), pairs={}, points=shares)


people = st.lists(st.tuples(st.integers(0, 100), st.integers(1, 100)), min_size=1, max_size=5)


@settings(max_examples=40)
@given(people, st.randoms(use_true_random=False))
def test_neither_the_order_of_participants_nor_of_criteria_changes_anything(points, random):
    plan, group = sample()
    first = hear(plan, with_people(group, points))
    shuffled = list(points)
    random.shuffle(shuffled)
    assert hear(plan, with_people(group, shuffled)).ranking.equals(first.ranking)
    turned = replace(with_people(group, points), criteria=dict(reversed(group.criteria.items())))
    again = hear(plan, turned)
    assert again.ranking.drop(columns="worth").equals(first.ranking.drop(columns="worth"))
    assert again.ranking["worth"].tolist() == pytest.approx(first.ranking["worth"].tolist())


@settings(max_examples=30)
@given(people, st.integers(2, 9))
def test_scaling_points_changes_nothing(points, factor):
    plan, group = sample()
    scaled = [(b * factor, d * factor) for b, d in points]
    assert hear(plan, with_people(group, scaled)).ranking.equals(hear(plan, with_people(group, points)).ranking)


@settings(max_examples=30)
@given(st.integers(0, 100), st.integers(1, 6))
def test_identical_participants_have_no_spread(biaya, count):
    plan, group = sample()
    made = hear(plan, with_people(group, [(biaya, 100 - biaya)] * count)).ranking
    assert (made["rank_min"] == made["rank_max"]).all() and (made["rank_q1"] == made["rank_q3"]).all()
    assert (made["rank"] == made["rank_min"]).all()
    assert made["verdict"].isin(["all", "none"]).all() and (made["in_group"] == (made["verdict"] == "all")).all()


@settings(max_examples=30)
@given(people)
def test_every_participant_ranks_every_initiative_once_and_the_ceilings_hold(points):
    plan, group = sample()
    made = hear(plan, with_people(group, points))
    assert (np.sort(made.ranks, axis=1) == [1, 2, 3]).all()
    assert (made.paid_idr <= plan.ceilings["ceiling_idr"].sum()).all()
    assert made.shared.sum() == pytest.approx(1)


def test_half_is_not_most():
    """Of two, one puts equipment first and one an application."""
    plan, group = sample()
    made = hear(plan, with_people(group, [(0, 100), (100, 0)]))
    assert of(made, "in_for") == {"alat-desa": 1, "lain": 1, "aplikasi": 0}
    assert of(made, "verdict") == {"alat-desa": "some", "lain": "some", "aplikasi": "none"}


def test_those_who_contradict_themselves_can_be_left_out():
    plan = project()
    made = focus_group(plan)
    frame = made.judgement_frame.set_index("participant")
    doubted = frame.index[~frame["consistent"]].tolist()
    assert doubted == ["dinas-kesehatan"]
    kept = consistent_only(made)
    assert list(kept.weights) == [key for key in made.weights if key not in doubted]
    everybody = consistent_only(kept)
    assert everybody.ranking.equals(kept.ranking)
    alone = replace(made.group, participants={doubted[0]: made.group.participants[doubted[0]]})
    assert consistent_only(hear(plan, alone)) is None


def test_the_worked_example_under_the_projects_plan():
    made = focus_group(project())
    assert set(made.initiatives) == set(made.ranking["initiative"]) and math.isclose(made.shared.sum(), 1)
    groups = list(made.plan.network.groups)
    mandatory = [groups.index(key) for key, row in made.plan.inputs.rows["initiatives"].items() if row.mandatory]
    assert (made.placed[:, mandatory] == made.placed[0, mandatory]).all()  # nobody's weights touch what is mandatory
    assert set(made.ranking["verdict"]) >= {"all", "most", "some"}


def test_the_same_twice(tmp_path: Path, outcome: Outcome):
    assert competing_outcome(tmp_path).ranking.equals(outcome.ranking)
