"""Plans are looked for once and read again; what cannot be read is looked for again."""

from __future__ import annotations

import json
import os
import time
from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pytest
from plan_samples import edge, project
from tiny_pack import HEAD, TINY, copy_of_tiny, with_changes

from egov_model.analysis.compare import headline
from egov_model.analysis.risk import simulate
from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import ANYWAY, load_scenario
from egov_model.model import plan as model
from egov_model.model import prepare as preparing
from egov_model.report import answers
from egov_model.report.answers import anyway, build_outlook, build_plan, unchanged
from egov_model.report.outlook_file import read_outlook


@pytest.fixture
def searches(monkeypatch):
    """Counts how often an order is looked for."""
    made = []
    real = preparing._optimised

    def counted(*asked):
        made.append(1)
        return real(*asked)

    monkeypatch.setattr(preparing, "_optimised", counted)
    return made


def same(one, two) -> bool:
    pd.testing.assert_frame_equal(one.budget, two.budget)
    return one.order.tolist() == two.order.tolist()


def test_an_order_is_looked_for_once_for_the_same_inputs(tmp_path, searches):
    inputs = load_scenario("baseline", TINY)
    expected = model.build_plan(inputs)
    first, second = (build_plan(inputs, folder=tmp_path / "orders") for _ in range(2))
    assert len(searches) == 2  # expected and first
    assert same(first, expected) and same(second, expected)
    (file,) = (tmp_path / "orders").iterdir()
    assert json.loads(file.read_text()) == [expected.network.groups[g] for g in expected.order.tolist()]
    build_plan(with_changes(tmp_path, "set: {settings.ceiling_factor: 0.9}"), folder=tmp_path / "orders")
    assert len(searches) == 3 and len(list((tmp_path / "orders").iterdir())) == 2


@pytest.mark.parametrize("content", ["", "[", "null", "[1, 2]", '["internet"]', '["internet", "internet", "aplikasi"]', '{"a": 1}'])
def test_a_file_that_cannot_be_used_is_looked_for_again(tmp_path, searches, content):
    inputs, folder = load_scenario("baseline", TINY), tmp_path / "orders"
    expected = build_plan(inputs, folder=folder)
    (file,) = folder.iterdir()
    good = file.read_text()
    file.write_text(content)
    assert same(build_plan(inputs, folder=folder), expected) and len(searches) == 2
    assert file.read_text() == good


def test_other_code_is_another_key(tmp_path, searches, monkeypatch):
    inputs = load_scenario("baseline", TINY)
    build_plan(inputs, folder=tmp_path)
    monkeypatch.setattr(answers, "_code", lambda *rooms: {"model/schedule.py": b"other"})
    build_plan(inputs, folder=tmp_path)
    assert len(searches) == 2


def test_without_a_folder_to_write_the_plan_is_made_all_the_same(tmp_path):
    (tmp_path / "orders").write_text("a file where the folder should be")
    assert same(build_plan(load_scenario("baseline", TINY), folder=tmp_path / "orders"), edge("as it is"))


def test_by_priority_nothing_is_kept(tmp_path, searches):
    plan = build_plan(with_changes(tmp_path, "set: {settings.scheduling: priority}"), folder=tmp_path / "orders")
    assert not searches and not (tmp_path / "orders").exists() and np.array_equal(np.sort(plan.order), np.arange(3))


def test_what_happens_anyway_is_there_only_with_its_scenario(tmp_path):
    assert anyway(TINY) is None
    pack = copy_of_tiny(tmp_path)
    (pack / "scenarios" / f"{ANYWAY}.yaml").write_text(HEAD + "set: {settings.scope: running}\n", encoding="utf-8")
    assert headline(anyway(pack)).total_idr == 104_000_000
    assert headline(anyway()) == headline(project(ANYWAY))


def test_the_base_is_the_plan_of_the_base_scenario(tmp_path):
    assert headline(unchanged()) == headline(project("baseline"))
    pack = copy_of_tiny(tmp_path)
    assert headline(unchanged(pack)).total_idr == 340_264_150
    (pack / "scenarios" / "baseline.yaml").rename(pack / "scenarios" / "lain.yaml")
    assert unchanged(pack) is None


@pytest.fixture
def simulations(monkeypatch):
    """Counts how often draws are made."""
    made = []
    for name in ("simulate", "simulate_enough"):
        real = getattr(answers, name)
        monkeypatch.setattr(answers, name, lambda *asked, real=real, **more: made.append(1) or real(*asked, **more))
    return made


def alike(one, two) -> bool:
    pairs = [(getattr(one, f.name), getattr(two, f.name)) for f in fields(one)]
    return all(np.array_equal(a, b) and getattr(a, "dtype", 0) == getattr(b, "dtype", 0) and type(a) is type(b) for a, b in pairs)


def test_draws_are_made_once_for_the_same_plan(tmp_path, simulations):
    plan = edge("as it is")
    first, second = (build_outlook(plan, 30, 7, folder=tmp_path / "outlooks") for _ in range(2))
    assert len(simulations) == 1 and alike(first, second) and alike(first, simulate(plan, 30, 7))
    assert not alike(first, build_outlook(plan, 30, 8, folder=tmp_path / "outlooks")) and len(simulations) == 2
    assert build_outlook(plan, 40, 7, folder=tmp_path / "outlooks").draws == 40 and len(simulations) == 3
    assert len(list((tmp_path / "outlooks").iterdir())) == 3


def test_another_plan_has_other_draws_and_a_name_alone_has_not(tmp_path, simulations):
    plan = edge("as it is")
    build_outlook(plan, 30, 7, folder=tmp_path)
    named = replace(plan.inputs, scenario=plan.inputs.scenario.model_copy(update={"name": "other"}))
    assert build_outlook(replace(plan, inputs=named), 30, 7, folder=tmp_path).scenario == "other" and len(simulations) == 1
    build_outlook(replace(plan, order=plan.order[::-1]), 30, 7, folder=tmp_path)
    build_outlook(edge("one year"), 30, 7, folder=tmp_path)
    assert len(simulations) == 3


@pytest.mark.parametrize("kept", [slice(0, 0), slice(0, 200), slice(2, 300), slice(500, None)])
def test_draws_that_cannot_be_read_are_made_again(tmp_path, simulations, kept):
    plan = edge("as it is")
    first = build_outlook(plan, 30, 7, folder=tmp_path)
    (file,) = tmp_path.iterdir()
    good = file.read_bytes()
    file.write_bytes(good[kept])
    assert alike(build_outlook(plan, 30, 7, folder=tmp_path), first) and len(simulations) == 2
    assert file.read_bytes() == good


def test_a_file_of_objects_is_never_run(tmp_path, simulations):
    np.savez(tmp_path / "x.npz", total_idr=np.array([{}], dtype=object))
    assert read_outlook(tmp_path / "x.npz") is None


def test_without_a_folder_draws_are_made_all_the_same(tmp_path, simulations):
    (tmp_path / "outlooks").write_text("a file where the folder should be")
    assert build_outlook(edge("as it is"), 10, 7, folder=tmp_path / "outlooks").draws == 10


def test_without_a_number_there_are_as_many_draws_as_the_settings_ask(tmp_path):
    plan = edge("as it is")
    assert build_outlook(plan, folder=tmp_path).draws >= plan.inputs.settings.draws


def test_no_draws_are_refused(tmp_path):
    with pytest.raises(InputError, match="draws: found 0"):
        build_outlook(edge("as it is"), 0, folder=tmp_path)


def test_who_asks_for_what_another_works_out_waits_and_reads_it(tmp_path):
    file, ready = tmp_path / "made" / "x.json", os.pipe()
    child = os.fork()
    if not child:
        with answers.alone_with(file):
            os.write(ready[1], b"1")
            time.sleep(0.2)
            file.write_text("made", encoding="utf-8")
        os._exit(0)
    os.read(ready[0], 1)
    with answers.alone_with(tmp_path / "made" / "y.json"):
        assert not file.exists(), "another file is not waited for"
    with answers.alone_with(file):
        assert file.read_text(encoding="utf-8") == "made"
    os.waitpid(child, 0)
    for end in ready:
        os.close(end)
