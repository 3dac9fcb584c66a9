"""Scenario files written for a person: only differences, each explained; read back they mean the same; nothing is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_pack import TINY, copy_of_tiny

from egov_model.inputs.errors import InputError
from egov_model.inputs.letters import one_line
from egov_model.inputs.parameters import parameter
from egov_model.inputs.scenario import load_scenario, load_text
from egov_model.inputs.scenario_text import Head, save_scenario, scenario_text

HEAD = Head("Coba", "Trial", "Sekadar uji", "Only a test", "Bappeda")


@pytest.fixture(scope="module")
def base():
    return load_scenario("baseline", TINY)


def first_initiative(base) -> str:
    return next(iter(base.rows["initiatives"]))


def test_a_parameter_has_title_range_unit_and_source(base):
    found = parameter(base.rows, "settings.ceiling_factor")
    assert (found.key, found.title_id, found.title_en, found.value) == ("settings.ceiling_factor", "Faktor pagu", "Ceiling factor", "1")
    assert (found.low, found.high, found.unit, found.source, found.evidence) == ("0.5", "1.5", "faktor", "uji", "assumption")


def test_a_row_without_a_title_is_called_by_what_its_key_names(base):
    row = next(iter(base.rows["ceilings"].values()))
    found = parameter(base.rows, f"ceilings.{row.year}.{row.fund}.mode")
    assert found.title_id == f"Pagu {row.year}, {base.rows['funds'][row.fund].title_id}"
    assert found.low == f"{row.low:.15g}"


def test_a_field_that_is_not_the_value_is_named(base):
    key = first_initiative(base)
    found = parameter(base.rows, f"initiatives.{key}.earliest")
    assert found.title_id == f"{base.rows['initiatives'][key].title_id}: paling awal mulai"
    assert (found.low, found.high, found.unit) == ("", "", "")


def test_an_unknown_parameter_is_refused_with_the_nearest_one(base):
    with pytest.raises(InputError, match="did you mean 'settings.ceiling_factor'"):
        parameter(base.rows, "settings.ceiling_facto")


def test_the_text_holds_only_the_differences_each_explained(base):
    text = scenario_text(base, HEAD, {"settings.ceiling_factor": "0.8"}, notes=["Ditulis untuk uji"])
    assert text == (
        "# yaml-language-server: $schema=../scenario.schema.json\n"
        "# Ditulis untuk uji\n"
        'title: "Coba"\n'
        'title_en: "Trial"\n'
        'description: "Sekadar uji"\n'
        'description_en: "Only a test"\n'
        'owner: "Bappeda"\n'
        "extends: [baseline]\n"
        "set:\n"
        "  # Faktor pagu (faktor; semula 1; rentang 0.5 sampai 1.5)\n"
        "  # Sumber nilai semula: uji\n"
        "  settings.ceiling_factor: 0.8\n"
    )


def test_every_kind_of_value_is_read_back_as_it_was(base):
    key, line = first_initiative(base), next(iter(base.rows["cost_lines"]))
    overrides = {
        "settings.scheduling": "priority",
        "settings.revised_budget_held": "n",
        f"initiatives.{key}.earliest": "2028-01-01",
        f"initiatives.{key}.priority": "7",
        f"initiatives.{key}.mandatory": "y",
        f"cost_lines.{line}.high": "1e+15",
    }
    read = load_text("coba", scenario_text(base, HEAD, overrides), TINY)
    direct = load_scenario("baseline", TINY, overrides)
    assert read.rows == direct.rows
    assert read.settings == direct.settings
    assert {c.key for c in read.changes} == {c.key for c in direct.changes}


def test_rows_are_dropped_by_name_with_their_title(base):
    key = first_initiative(base)
    text = scenario_text(base, HEAD, {}, {"initiatives": [key]})
    assert f'    - "{key}"  # {base.rows["initiatives"][key].title_id}' in text.splitlines()
    assert key not in load_text("coba", text, TINY).rows["initiatives"]


def test_keys_that_belong_together_share_a_sentence(base):
    keys = list(base.rows["initiatives"])[:2]
    overrides = {f"initiatives.{key}.priority": str(n) for n, key in enumerate(keys)}
    text = scenario_text(base, HEAD, overrides, together={"Urutan di layar": overrides})
    assert text.count("# Urutan di layar") == 1
    assert "Sumber" not in text


def test_the_same_file_without_differences_is_the_base(base):
    read = load_text("coba", scenario_text(base, HEAD, {}), TINY)
    assert read.rows == base.rows
    assert read.scenario.extends == ("baseline",)


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=40).filter(lambda title: title and one_line(title) == title))
def test_any_title_is_read_back_to_the_letter(base, title):
    text = scenario_text(base, Head(title, title, title, title, title), {}, notes=[title])
    scenario = load_text("coba", text, TINY).scenario
    assert (scenario.title, scenario.owner) == (title, title)


def test_a_row_that_the_base_adds_cannot_be_named(tmp_path: Path):
    pack = copy_of_tiny(tmp_path)
    role = next(iter(load_scenario("baseline", pack).rows["roles"]))
    body = f'add:\n  formations:\n    - role: "{role}"\n      year: 2027\n      arrives_month: 7\n      hires: 1\n'
    body += '      unit: "orang"\n      source: "uji"\n      evidence: "assumption"\n'
    rows = load_scenario("baseline", pack).rows["formations"]
    body = body.replace("2027", "2028") if f"{role}.2027" in rows else body
    year = 2028 if f"{role}.2027" in rows else 2027
    head = "title: A\ntitle_en: A\ndescription: A\ndescription_en: A\nowner: A\n"
    (pack / "scenarios" / "tambah.yaml").write_text(head + body, encoding="utf-8")
    more = load_scenario("tambah", pack)
    with pytest.raises(InputError, match="a row that tambah adds"):
        scenario_text(more, HEAD, {f"formations.{role}.{year}.hires": "2"})
    with pytest.raises(InputError, match="a row that tambah adds"):
        scenario_text(more, HEAD, {}, {"formations": [f"{role}.{year}"]})


# saving


def test_a_saved_scenario_is_there_whole(base, tmp_path: Path):
    pack = copy_of_tiny(tmp_path)
    path = save_scenario("coba", scenario_text(base, HEAD, {"settings.ceiling_factor": "0.8"}), pack)
    assert path == pack / "scenarios" / "coba.yaml"
    assert load_scenario("coba", pack).settings.ceiling_factor == 0.8
    assert sorted(p.name for p in path.parent.iterdir()) == ["baseline.yaml", "coba.yaml"]


def test_what_the_loader_refuses_is_not_written(base, tmp_path: Path):
    pack = copy_of_tiny(tmp_path)
    with pytest.raises(InputError, match="ceiling_factor: found '11'; allowed: 10 or less"):
        save_scenario("coba", scenario_text(base, HEAD, {"settings.ceiling_factor": "11"}), pack)
    assert [p.name for p in (pack / "scenarios").iterdir()] == ["baseline.yaml"]


def test_a_file_that_is_there_is_kept_until_it_may_be_replaced(base, tmp_path: Path):
    pack = copy_of_tiny(tmp_path)
    first, second = (scenario_text(base, HEAD, {"settings.ceiling_factor": value}) for value in ("0.8", "0.9"))
    path = save_scenario("coba", first, pack)
    with pytest.raises(InputError, match="is there already"):
        save_scenario("coba", second, pack)
    assert path.read_text(encoding="utf-8") == first
    save_scenario("coba", second, pack, replace=True)
    assert path.read_text(encoding="utf-8") == second


def test_a_file_that_cannot_be_put_in_its_place_leaves_none(base, tmp_path: Path, monkeypatch):
    """On Windows another program may hold it."""
    pack = copy_of_tiny(tmp_path)

    def refuse(path, target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(InputError, match="coba.yaml cannot be written: Permission denied"):
        save_scenario("coba", scenario_text(base, HEAD, {}), pack)
    assert [p.name for p in (pack / "scenarios").iterdir()] == ["baseline.yaml"]


@pytest.mark.parametrize("name", ["", "Hemat Sekali", "../x", "a/b"])
def test_a_name_that_cannot_be_one_is_refused(base, tmp_path: Path, name):
    with pytest.raises(InputError, match="short name"):
        save_scenario(name, scenario_text(base, HEAD, {}), copy_of_tiny(tmp_path))


def test_a_base_cannot_be_replaced_by_what_builds_on_it(base, tmp_path: Path):
    pack = copy_of_tiny(tmp_path)
    with pytest.raises(InputError, match="do not extend each other"):
        save_scenario("baseline", scenario_text(base, HEAD, {}), pack, replace=True)


def test_what_builds_on_a_replaced_scenario_has_to_load_still(base, tmp_path: Path):
    pack, key = copy_of_tiny(tmp_path), first_initiative(base)
    path = save_scenario("coba", scenario_text(base, HEAD, {}), pack)
    below = scenario_text(load_scenario("coba", pack), HEAD, {"settings.first_year": "2028"})
    save_scenario("lanjut", below, pack)
    earlier = scenario_text(base, HEAD, {"settings.last_year": "2027"})
    with pytest.raises(InputError, match="first_year 2028, last_year 2027"):
        save_scenario("coba", earlier, pack, replace=True)
    assert path.read_text(encoding="utf-8") == scenario_text(base, HEAD, {})
    save_scenario("coba", scenario_text(base, HEAD, {}, {"initiatives": [key]}), pack, replace=True)
