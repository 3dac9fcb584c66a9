"""A folder of tables is read as a whole: every problem at once, and nothing when all is well."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from broken_packs import TINY, copy_of_tiny, edit, refused, said
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from egov_model.inputs.catalogue import TABLES
from egov_model.inputs.errors import InputError, Problems
from egov_model.inputs.pack import copy_of, read_pack
from egov_model.inputs.scenario import load_scenario

CSV_FILES = sorted(t.path for t in TABLES.values() if t.path.endswith(".csv"))
FUZZ = settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return copy_of_tiny(tmp_path)


def test_the_copy_of_a_pack_that_cannot_be_written_can(pack: Path, tmp_path: Path):
    inner = [pack, *pack.rglob("*")]
    for path in inner:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        copy = copy_of(pack, tmp_path / "elsewhere")
    finally:
        for path in inner:
            path.chmod(0o755)
    assert copy == tmp_path / "elsewhere" / "tiny"
    made = [copy, *copy.rglob("*")]
    assert {p.relative_to(copy) for p in made} == {p.relative_to(pack) for p in inner}
    assert all(path.stat().st_mode & 0o200 for path in made)


def test_the_good_pack_has_no_problem_and_every_row_has_its_place():
    problems = Problems()
    read = read_pack(TINY, problems)
    assert problems.found == []
    assert set(read.rows) == set(TABLES)
    assert all(rows for name, rows in read.rows.items() if not TABLES[name].may_be_empty)
    assert set(read.places) == {(table, key) for table, rows in read.rows.items() for key in rows}
    assert read.places["villages", "99.01.02.2001"] == ("tiny/villages.csv", 4)
    assert read.places["fiscal_years", "2028"] == ("tiny/calendar.yaml", 3)
    assert not any(read.lost.values())
    assert read.region is not None
    assert read.region.name == "Kabupaten Contoh"


def test_a_key_that_stands_twice_is_named_with_its_first_row(pack: Path):
    edit(pack, "kinds.csv", "rapat,", "beli,")
    assert said(pack) == ["tiny/kinds.csv: row 3, field id: found 'beli', already in row 2; allowed: each key once"]


def test_a_key_of_two_fields_that_stands_twice(pack: Path):
    edit(pack, "ceilings.csv", "2028,dau", "2027,dau")
    assert said(pack) == ["tiny/ceilings.csv: row 3, field year, fund: found '2027.dau', already in row 2; allowed: each key once"]


def test_a_year_that_stands_twice_in_the_calendar(pack: Path):
    edit(pack, "calendar.yaml", "{year: 2028", "{year: 2027")
    assert "tiny/calendar.yaml: line 3, field year: found '2027', already in line 2; allowed: each key once" in said(pack)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "holidays:\n",
            "holiday:\n",
            "line 4, field holiday: found an unknown key; allowed: fiscal_years, holidays; did you mean 'holidays'?",
        ),
        ("holidays:\n", "holiday:\n", "field holidays: found no such list; allowed: a list called holidays"),
        ("holidays:\n  -", "holidays:\n   ", "field holidays: found something that is not a list; allowed: entries that begin with '- '"),
        ("holidays:\n", "holidays:\n  - besok\n", "line 5, field holidays: found an entry without keys; allowed: - key: value"),
    ],
)
def test_the_lists_of_the_calendar(pack: Path, old: str, new: str, expected: str):
    edit(pack, "calendar.yaml", old, new)
    assert f"tiny/calendar.yaml: {expected}" in said(pack)


def test_region_keys_are_checked(pack: Path):
    edit(pack, "region.yaml", "capital:", "captal:")
    allowed = "name, short_name, capital, province, plan_title_id, plan_title_en"
    assert said(pack) == [
        "tiny/region.yaml: field capital: found nothing; allowed: a value",
        f"tiny/region.yaml: line 4, field captal: found an unknown key; allowed: {allowed}; did you mean 'capital'?",
    ]


def test_a_folder_that_is_not_there_is_one_problem(tmp_path: Path):
    assert said(tmp_path / "dta") == ["dta: found no such folder; allowed: a folder with a data pack; give it with --data"]


def test_problems_of_several_files_come_in_one_message(pack: Path):
    edit(pack, "region.yaml", "capital: Kota Contoh\n", "")
    edit(pack, "settings.csv", "scope,Cakupan,Scope,all", "scope,Cakupan,Scope,semua")
    edit(pack, "kinds.csv", "Own work,services", "Own work,servces")
    edit(pack, "initiatives.csv", "penunjang,dau,alat-desa", "penunjang,dau,aplikasi")
    edit(pack, "ceilings.csv", "2028,dau", "2029,dau")
    edit(pack, "scenarios/baseline.yaml", "owner:", "ower:")
    with pytest.raises(InputError) as caught:
        load_scenario("baseline", pack)
    assert str(caught.value).split("\n") == [
        "tiny/initiatives.csv",
        "  - row 4, field after: found a cycle: aplikasi -> aplikasi; allowed: initiatives that do not wait for each other; "
        "take one of these out of 'after'",
        "tiny/kinds.csv",
        "  - row 3, field procurement: found 'servces'; allowed: goods | services | consultancy; did you mean 'services'?",
        "tiny/region.yaml",
        "  - field capital: found nothing; allowed: a value",
        "tiny/scenarios/baseline.yaml",
        "  - field owner: found nothing; allowed: a value",
        "  - line 5, field ower: found an unknown key; "
        "allowed: title, title_en, description, description_en, owner, extends, set, add, drop; "
        "did you mean 'owner'?",
        "tiny/settings.csv",
        "  - row 9, field value: found 'semua'; allowed: all | mandatory | running",
    ]


def test_every_file_broken_is_every_file_named(pack: Path):
    shutil.rmtree(pack / "fgd")  # a focus group's folder is read for itself, see test_focus_gates
    for path in pack.rglob("*.*"):
        path.write_bytes(b"\xff")
    expected = {f"tiny/{p.relative_to(pack).as_posix()}" for p in pack.rglob("*.*")}
    assert {p.file for p in refused(pack)} == expected


# Whatever stands in a file, the answer is a plan or a list of problems, never another error

wild_cells = st.sampled_from(
    ["", '"', ",", ";", "\n", "\r", "\x00", "\ufeff", "nan", "-1", "1e999", "9" * 400, "٣", "=1+1", "a" * 300, "é", "2027-01-01"]
)


@given(path=st.sampled_from(CSV_FILES), content=st.binary(max_size=200))
@FUZZ
def test_any_bytes_in_a_table_are_answered_with_problems(fuzzed: Path, path: str, content: bytes):
    _answered(fuzzed, path, content)


@given(path=st.sampled_from([*CSV_FILES, "calendar.yaml", "region.yaml"]), at=st.floats(0, 1), cut=st.integers(0, 12), wild=wild_cells)
@FUZZ
def test_any_slip_of_the_pen_is_answered_with_a_plan_or_problems(fuzzed: Path, path: str, at: float, cut: int, wild: str):
    good = (TINY / path).read_bytes()
    start = int(at * len(good))
    _answered(fuzzed, path, good[:start] + wild.encode() + good[start + cut :])


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_tiny(tmp_path_factory.mktemp("fuzz"))


def _answered(pack: Path, path: str, content: bytes) -> None:
    good = (pack / path).read_bytes()
    try:
        (pack / path).write_bytes(content)
        load_scenario("baseline", pack)
    except InputError as error:
        assert all(p.file and (p.found or p.allowed or p.advice) for p in error.problems)
    finally:
        (pack / path).write_bytes(good)
