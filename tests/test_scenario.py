"""The complete input of a scenario: settings with types, frozen rows, a content hash, and the strict check."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from broken_packs import TINY, copy_of_tiny, edit, loaded, said, scenario

from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import load_scenario, load_scenarios, parse_assignment, scenario_names, strict_problems


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return copy_of_tiny(tmp_path)


def test_settings_have_types():
    made = load_scenario("baseline", TINY).settings
    assert (made.first_year, made.years, made.start) == (2027, (2027, 2028), date(2027, 1, 1))
    assert (made.adopted_on, made.escalation_shift, made.scope, made.revised_budget_held) == (date(2026, 5, 1), 0.0, "all", True)


def test_the_input_names_its_scenario_and_region():
    inputs = load_scenario("baseline", TINY)
    assert (inputs.scenario.name, inputs.scenario.title, inputs.scenario.owner) == ("baseline", "Dasar", "uji")
    assert inputs.region.capital == "Kota Contoh"
    assert inputs.changes == ()


def test_the_folder_may_be_given_as_text():
    assert load_scenario("baseline", str(TINY)) == load_scenario("baseline", TINY)


def test_the_input_cannot_be_changed():
    inputs = load_scenario("baseline", TINY)
    with pytest.raises(TypeError):
        inputs.rows["funds"] = {}
    with pytest.raises(TypeError):
        inputs.table("funds")["x"] = None
    with pytest.raises(AttributeError):
        inputs.changes = ()


def test_baseline_is_named_first(pack: Path):
    for name in ("zeta", "alfa"):
        scenario(pack, name, "")
    assert scenario_names(pack) == ["baseline", "alfa", "zeta"]
    assert scenario_names(pack / "nowhere") == []


def test_several_scenarios_share_one_reading_and_keep_their_order(pack: Path):
    scenario(pack, "coba", "set:\n  settings.ceiling_factor: 0.8\n")
    assert [i.settings.ceiling_factor for i in load_scenarios(["coba", "baseline"], pack)] == [0.8, 1]


def test_a_problem_that_all_scenarios_share_is_said_once(pack: Path):
    scenario(pack, "coba", "set:\n  settings.scope: x\n")
    edit(pack, "initiatives.csv", "aplikasi,kec-seberang", "aplikasi,kec-sebrang")
    with pytest.raises(InputError) as caught:
        load_scenarios(["baseline", "coba", "tiada"], pack)
    assert [p.file for p in caught.value.problems] == ["tiny/initiatives.csv", "tiny/scenarios/coba.yaml", "tiny/scenarios/tiada.yaml"]


# settings


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "ceiling_factor,Faktor",
            "ceiling_facto,Faktor",
            "row 8, field key: found 'ceiling_facto'; allowed: a setting of the model; did you mean 'ceiling_factor'?",
        ),
        ("scope,Cakupan", "scop,Cakupan", "field settings.scope: found nothing; allowed: a value"),
        ("Scope,all", "Scope,runing", "row 9, field value: found 'runing'; allowed: all | mandatory | running; did you mean 'running'?"),
        ("Adopted on,2026-05-01", "Adopted on,1 Mei 2026", "row 5, field value: found '1 Mei 2026'; allowed: a date such as 2027-02-15"),
        ("Extra growth,0", "Extra growth,11", "row 7, field value: found '11'; allowed: 0.2 or less"),
        ("Late DPA,0", "Late DPA,1.5", "row 10, field value: found '1.5'; allowed: a whole number"),
        ("Revised budget,y", "Revised budget,mungkin", "row 11, field value: found 'mungkin'; allowed: y or n"),
        ("Last year,2028", "Last year,2026", "field settings: first_year 2027, last_year 2026: a plan of 1 to 10 years"),
        ("Last year,2028", "Last year,2037", "field settings: first_year 2027, last_year 2037: a plan of 1 to 10 years"),
    ],
)
def test_a_setting_that_does_not_fit(pack: Path, old: str, new: str, expected: str):
    edit(pack, "settings.csv", old, new)
    assert f"tiny/settings.csv: {expected}" in said(pack)


def test_words_of_a_setting_may_stand_in_a_list(pack: Path):
    scenario(pack, "coba", "set:\n  settings.connectivity_policy: [satellite-first, office=vsat]\n")
    assert load_scenario("coba", pack).settings.connectivity_policy == ("satellite-first", "office=vsat")


# content hash


def test_the_same_content_has_the_same_hash_wherever_it_lies(pack: Path):
    assert loaded(pack).content_hash == load_scenario("baseline", TINY).content_hash


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("scenarios/baseline.yaml", "title: Dasar\n", "# a comment\ntitle:   Dasar   # another\n\n"),
        ("scenarios/baseline.yaml", "title: Dasar\n", "title: 'Dasar'\n"),
        ("region.yaml", "# Kabupaten rekaan", "# Kabupaten contoh"),
        ("prices.csv", "8000000,10000000", "8000000.0,1e7"),
        ("prices.csv", "\n", "\r\n"),
        ("funds.csv", "dau,Dana", " dau , Dana"),
        ("initiatives.csv", "2027-01-01,y,new", "2027-01-01,ya,new"),
    ],
)
def test_comments_and_spelling_do_not_change_the_hash(pack: Path, file: str, old: str, new: str):
    before = loaded(pack).content_hash
    edit(pack, file, old, new, times=(pack / file).read_text(encoding="utf-8").count(old))
    assert loaded(pack).content_hash == before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("scenarios/baseline.yaml", "title: Dasar", "title: Lain"),
        ("region.yaml", "capital: Kota Contoh", "capital: Kota Lain"),
        ("prices.csv", "exempt,umum,8000000", "exempt,umum,8000001"),
        ("settings.csv", "Scope,all", "Scope,running"),
        ("calendar.yaml", "capacity: 1,", "capacity: 0.9,"),
        ("funds.csv", "uji,assumption", "sumber lain,assumption"),
        ("codes/accounts.csv", "5.2.02.10.02.0004", "5.2.02.10.02.0005"),
    ],
)
def test_every_value_changes_the_hash(pack: Path, file: str, old: str, new: str):
    before = loaded(pack).content_hash
    edit(pack, file, old, new)
    assert loaded(pack).content_hash != before


def test_overrides_change_the_hash_and_scenarios_differ(pack: Path):
    scenario(pack, "coba", "")
    hashes = {
        loaded(pack).content_hash,
        loaded(pack, "coba").content_hash,
        loaded(pack, overrides={"settings.ceiling_factor": "0.8"}).content_hash,
        loaded(pack, overrides={"settings.ceiling_factor": "0.9"}).content_hash,
    }
    assert len(hashes) == 4


# strict


def test_the_tiny_pack_is_strict():
    assert strict_problems(load_scenario("baseline", TINY), "tiny") == []


@pytest.mark.parametrize(
    ("column", "old", "new"), [("unit", "dana,uji", ",uji"), ("source", "dana,uji", "dana,"), ("evidence", "uji,assumption", "uji,")]
)
def test_strict_asks_for_unit_source_and_evidence(pack: Path, column: str, old: str, new: str):
    edit(pack, "funds.csv", old, new)
    (problem,) = strict_problems(loaded(pack), "tiny")
    assert problem.file == "tiny/funds.csv"
    assert str(problem) == f"field dau {column}: found an empty cell; allowed: a value in every row (--strict)"


def test_strict_asks_it_of_added_rows_too(pack: Path):
    scenario(pack, "coba", "add:\n  funds:\n    - {id: dak, title_id: A, title_en: A, unit: dana, evidence: low}\n")
    assert [p.field for p in strict_problems(loaded(pack, "coba"))] == ["dak source"]


# --set


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.b=1", ("a.b", "1")),
        (" a.b = 1 ", ("a.b", "1")),
        ("a.b=", ("a.b", "")),
        ("a.b=x = y", ("a.b", "x = y")),
    ],
)
def test_an_assignment_is_key_equals_value(text: str, expected: tuple[str, str]):
    assert parse_assignment(text) == expected


@pytest.mark.parametrize("text", ["a.b", "=1", "", "a b=1"])
def test_another_assignment_is_refused_with_an_example(text: str):
    with pytest.raises(InputError) as caught:
        parse_assignment(text)
    assert str(caught.value) == f"--set {text!r}: expected key=value, such as --set settings.ceiling_factor=0.8"
