"""Scenario files: what they may say, and what they are told when they say something else."""

from __future__ import annotations

from pathlib import Path

import pytest
from broken_packs import HEAD, copy_of_tiny, loaded, said, scenario
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from egov_model.inputs.catalogue import TABLES
from egov_model.inputs.chain import KNOWN_KEY
from egov_model.inputs.errors import InputError
from egov_model.inputs.scenario import load_scenario

TABLE_NAMES = ", ".join(TABLES)
HEAD_KEYS = "title, title_en, description, description_en, owner, extends, set, add, drop"
FUZZ = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return copy_of_tiny(tmp_path)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # the head
        ("sets:\n  settings.scope: all\n", f"line 6, field sets: found an unknown key; allowed: {HEAD_KEYS}; did you mean 'set'?"),
        ("extend: [baseline]\n", f"line 6, field extend: found an unknown key; allowed: {HEAD_KEYS}; did you mean 'extends'?"),
        ("name: lain\n", f"line 6, field name: found an unknown key; allowed: {HEAD_KEYS}"),
        ("owner: lain\n", "line 6, field owner: found the same key twice; allowed: each key once; keep one of them"),
        (
            "extends: [baselin]\n",
            "field extends: found no scenario 'baselin'; allowed: baseline, coba; did you mean 'baseline'?",
        ),
        ("extends: [coba]\n", "field extends: found coba -> coba; allowed: bases that do not extend each other"),
        ("extends: {a: b}\n", "field extends: found \"{'a': 'b'}\"; allowed: a short name of small letters, digits, '-', '_' and '.'"),
        # set
        (
            "set:\n  price.alat.low: 1\n",
            f"line 7, field price.alat.low: found unknown table 'price'; allowed: {KNOWN_KEY}; tables: {TABLE_NAMES}; "
            "did you mean 'prices'?",
        ),
        (
            "set:\n  prices.alatt.low: 1\n",
            "line 7, field prices.alatt.low: found no row 'alatt' in prices.csv; "
            f"allowed: {KNOWN_KEY}, here prices.<item>.<field>; did you mean 'prices.alat.low'?",
        ),
        (
            "set:\n  prices.alat.lo: 1\n",
            f"line 7, field prices.alat.lo: found unknown field 'lo'; allowed: {KNOWN_KEY}; "
            "fields: unit, source, evidence, low, mode, high, name, price_year, place_basis, vat, price_class; "
            "did you mean 'prices.alat.low'?",
        ),
        (
            "set:\n  settings.ceiling_facto: 1\n",
            f"line 7, field settings.ceiling_facto: found no row 'ceiling_facto' in settings.csv; allowed: {KNOWN_KEY}, "
            "here settings.<key>.<field>; "
            "did you mean 'settings.ceiling_factor'?",
        ),
        (
            "set:\n  ceilings.2027.dua.mode: 1\n",
            f"line 7, field ceilings.2027.dua.mode: found no row '2027.dua' in ceilings.csv; allowed: {KNOWN_KEY}, "
            "here ceilings.<year.fund>.<field>; "
            "did you mean 'ceilings.2027.dau.mode'?",
        ),
        (
            "set:\n  settings:\n    ceiling_factor: 0.8\n",
            f"line 7, field settings: found a table without a row and a field; allowed: {KNOWN_KEY}, here settings.<key>.<field>",
        ),
        ("set: 3\n", "line 6, field set: found '3'; allowed: keys and values"),
        ("set:\n  - settings.scope: all\n", "field set: found \"[{'settings.scope': 'all'}]\"; allowed: keys and values"),
        (
            "set:\n  prices.alat.low: 1\n  prices.alat.low: 2\n",
            "line 8, field prices.alat.low: found the same key twice; allowed: each key once; keep one of them",
        ),
        # values
        (
            "set:\n  settings.scope: runing\n",
            "line 7, field settings.scope: found 'runing'; allowed: all | mandatory | running; did you mean 'running'?",
        ),
        (
            "set:\n  prices.alat.vat: exemt\n",
            "line 7, field prices.alat.vat: found 'exemt'; allowed: included | excluded | exempt; did you mean 'exempt'?",
        ),
        (
            "set:\n  prices.alat.low: 8.000.000\n",
            "line 7, field prices.alat.low: found '8.000.000'; allowed: a number such as 1250000 or 0.35 "
            "(no thousands separators, a point for decimals, no Rp)",
        ),
        ("set:\n  prices.alat.low: '8'\n", "line 7, field prices.alat.low: found '8'; allowed: a number, without quotes"),
        (
            "set:\n  prices.alat.low: 20000000\n",
            "line 7, field prices.alat: low 20000000, mode 10000000, high 15000000: expected low <= mode <= high",
        ),
        ("set:\n  roles.analis.attrition: 2\n", "line 7, field roles.analis.attrition: found '2'; allowed: 1 or less"),
        (
            "set:\n  initiatives.aplikasi.earliest: besok\n",
            "line 7, field initiatives.aplikasi.earliest: found 'besok'; allowed: a date such as 2027-02-15",
        ),
        (
            "set:\n  initiatives.aplikasi.after: [alat-dessa]\n",
            "line 7, field after: found 'alat-dessa'; allowed: the id of a row in initiatives.csv; did you mean 'alat-desa'?",
        ),
        (
            "set:\n  initiatives.alat-desa.after: [aplikasi]\n",
            "line 7, field after: found a cycle: alat-desa -> aplikasi -> alat-desa; "
            "allowed: initiatives that do not wait for each other; take one of these out of 'after'",
        ),
        ("set:\n  settings.last_year: 2026\n", "line 7, field settings: first_year 2027, last_year 2026: a plan of 1 to 10 years"),
        # add and drop
        (
            "add:\n  formasi:\n    - {a: b}\n",
            f"line 7, field add formasi: found an unknown table; allowed: {TABLE_NAMES}; did you mean 'formations'?",
        ),
        (
            "drop:\n  initiative: [aplikasi]\n",
            f"line 7, field drop initiative: found an unknown table; allowed: {TABLE_NAMES}; did you mean 'initiatives'?",
        ),
        (
            "drop:\n  initiatives: [aplikas]\n",
            "line 7, field drop initiatives: found 'aplikas'; allowed: a row of initiatives.csv; did you mean 'aplikasi'?",
        ),
        ("drop: aplikasi\n", "line 6, field drop: found 'aplikasi'; allowed: table: [rows]"),
        ("add:\n  funds: [dak]\n", "line 7, field add funds: found 'dak'; allowed: a row written as keys and values"),
        (
            "add:\n  funds:\n    - {id: dau, title_id: A, title_en: A}\n",
            "line 8, field add funds: found 'dau', which exists; allowed: a new key; use set to change it",
        ),
        ("add:\n  funds:\n    - {id: dak, title_id: A, titel_en: A}\n", "line 8, field title_en: found nothing; allowed: a value"),
        (
            "add:\n  funds:\n    - {id: dak, title_id: A, titel_en: A}\n",
            "line 8, field titel_en: found an unknown key; "
            "allowed: unit, source, evidence, id, title_id, title_en; did you mean 'title_en'?",
        ),
        (
            "add:\n  sub_activities:\n    - {key: baru, code: 2.10, name: Baru, level: kegiatan, valid_from: 2024, valid_to: 2031}\n",
            "line 8, field code: found '2.10'; allowed: text in quotes: '2.10'; unquoted, YAML reads it as a number and may change it",
        ),
        (
            "add:\n  sub_activities:\n    - key: baru\n      kode: 2.10\n",
            "line 9, field kode: found an unknown key; "
            "allowed: unit, source, evidence, key, code, name, level, valid_from, valid_to, successor; did you mean 'code'?",
        ),
    ],
)
def test_a_scenario_that_says_something_wrong(pack: Path, body: str, expected: str):
    scenario(pack, "coba", body)
    assert f"tiny/scenarios/coba.yaml: {expected}" in said(pack, "coba")


def test_a_head_that_lacks_keys(pack: Path):
    scenario(pack, "coba", "", head="title: Coba\n")
    missing = [
        f"tiny/scenarios/coba.yaml: field {key}: found nothing; allowed: a value"
        for key in ("description", "description_en", "owner", "title_en")
    ]
    assert said(pack, "coba") == missing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "found an empty file; allowed: at least one key"),
        ("{}\n", "found no keys; allowed: key: value lines"),
        ("- title: a\n", "found a list or a single value; allowed: key: value lines"),
        ("title: [a\n", "line 2: found text that is not YAML (expected ',' or ']', but got '<stream end>'); allowed: key: value lines"),
    ],
)
def test_a_scenario_that_is_no_mapping(pack: Path, text: str, expected: str):
    scenario(pack, "coba", "", head=text)
    assert said(pack, "coba") == [f"tiny/scenarios/coba.yaml: {expected}"]


def test_an_unknown_scenario_is_answered_with_the_nearest_name(pack: Path):
    assert said(pack, "baselin") == [
        "tiny/scenarios/baselin.yaml: found no scenario 'baselin'; allowed: baseline; did you mean 'baseline'?"
    ]


def test_every_problem_of_a_scenario_and_of_the_pack_comes_at_once(pack: Path):
    scenario(pack, "coba", "set:\n  prices.alatt.low: 1\n  settings.skope: all\ndrop:\n  initiatives: [x]\n")
    (pack / "funds.csv").write_bytes(b"")
    assert [line.partition(": found")[0] for line in said(pack, "coba")] == [
        "tiny/funds.csv",
        "tiny/scenarios/coba.yaml: line 7, field prices.alatt.low",
        "tiny/scenarios/coba.yaml: line 8, field settings.skope",
        "tiny/scenarios/coba.yaml: line 10, field drop initiatives",
    ]


def test_a_scenario_is_not_blamed_for_a_row_that_is_broken_in_the_pack(pack: Path):
    scenario(pack, "coba", "set:\n  prices.alat.low: 1\n  settings.scope: all\ndrop:\n  initiatives: [alat-desa]\n")
    for file, old, new in [
        ("prices.csv", "alat,Alat,2027", "alat,Alat,x"),
        ("settings.csv", "all,,,pilihan,uji,assumption", "all,,,pilihan,uji,x"),
        ("initiatives.csv", "Equipment for villages,infrastruktur", "Equipment for villages,x"),
    ]:
        path = pack / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8", newline="\n")
    assert {line.split(":")[0] for line in said(pack, "coba")} == {"tiny/prices.csv", "tiny/settings.csv", "tiny/initiatives.csv"}


# extends


def test_a_long_cycle_of_bases_names_the_way_round(pack: Path):
    scenario(pack, "a", "extends: [b]\n")
    scenario(pack, "b", "extends: [c]\n")
    scenario(pack, "c", "extends: [a]\n")
    assert said(pack, "a") == ["tiny/scenarios/c.yaml: field extends: found a -> b -> c -> a; allowed: bases that do not extend each other"]


def test_two_siblings_may_not_set_one_key(pack: Path):
    scenario(pack, "a", "set:\n  settings.ceiling_factor: 0.8\n")
    scenario(pack, "b", "set:\n  settings.ceiling_factor: 0.9\n")
    scenario(pack, "coba", "extends: [a, b]\n")
    expected = "field extends: found settings.ceiling_factor.value set by both 'a' and 'b'; allowed: one of them"
    assert said(pack, "coba") == [f"tiny/scenarios/coba.yaml: {expected}"]


def test_two_siblings_with_one_base_do_not_clash_over_it(pack: Path):
    scenario(pack, "dasar", "set:\n  settings.ceiling_factor: 0.8\n")
    scenario(pack, "a", "extends: [dasar]\nset:\n  settings.personnel_limit_share: 0.25\n")
    scenario(pack, "b", "extends: [dasar]\nset:\n  settings.escalation_shift: 0.05\n")
    scenario(pack, "coba", "extends: [a, b]\n")
    made = loaded(pack, "coba").settings
    assert (made.ceiling_factor, made.personnel_limit_share, made.escalation_shift) == (0.8, 0.25, 0.05)


def test_a_grandchild_may_extend_a_child_that_overrides_its_parent(pack: Path):
    scenario(pack, "a", "set:\n  settings.ceiling_factor: 0.8\n")
    scenario(pack, "b", "extends: [a]\nset:\n  settings.ceiling_factor: 0.9\n")
    scenario(pack, "c", "extends: [b]\n")
    assert loaded(pack, "c").settings.ceiling_factor == 0.9


def test_extends_may_be_one_name(pack: Path):
    scenario(pack, "a", "set:\n  settings.ceiling_factor: 0.8\n")
    scenario(pack, "b", "extends: a\n")
    assert loaded(pack, "b").settings.ceiling_factor == 0.8


# Whatever stands in a scenario, the answer is a plan's input or a list of problems

values = st.one_of(
    st.text(max_size=12), st.sampled_from(["1", "-1", "2.10", ".inf", "~", "[a]", "{a: b}", "'x'", "2027-01-01", "&x [*x]", "!t x", "NO"])
)
keys = st.sampled_from(
    [
        "settings.scope",
        "settings.first_year.value",
        "prices.alat.low",
        "initiatives.aplikasi.after",
        "roles..x",
        "settings",
        "",
        "...",
        "title",
    ]
)
lines = st.one_of(
    st.builds("{}: {}".format, st.sampled_from(["set", "add", "drop", "extends", "x"]), values),
    st.builds("set:\n  {}: {}".format, keys, values),
    st.builds(
        "add:\n  {}: [{}]".format, st.sampled_from(list(TABLES)), st.sampled_from(["{}", "{id: a}", "{key: scope, value: all}", "[]", "x"])
    ),
    st.builds("drop:\n  {}: {}".format, st.sampled_from(list(TABLES)), values),
)


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_tiny(tmp_path_factory.mktemp("fuzz"))


@given(text=st.text(max_size=120))
@FUZZ
def test_any_text_is_answered_with_problems(fuzzed: Path, text: str):
    _answered(fuzzed, text)


@given(parts=st.lists(lines, max_size=3))
@FUZZ
def test_any_differences_are_answered_with_an_input_or_problems(fuzzed: Path, parts: list[str]):
    _answered(fuzzed, HEAD + "\n".join(parts))


@given(table=st.sampled_from(list(TABLES)))
@settings(max_examples=len(TABLES))
def test_dropping_every_row_of_a_table_is_answered_with_an_input_or_problems(fuzzed: Path, table: str):
    rows = load_scenario("baseline", fuzzed).table(table)
    _answered(fuzzed, HEAD + f"drop:\n  {table}: {list(rows)!r}\n")


def _answered(pack: Path, text: str) -> None:
    (pack / "scenarios" / "liar.yaml").write_text(text, encoding="utf-8", newline="\n")
    try:
        load_scenario("liar", pack)
    except InputError as error:
        assert all(p.file and (p.found or p.allowed or p.advice) for p in error.problems)
        str(error).encode()
