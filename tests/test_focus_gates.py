"""A focus group's files: what is refused, said so that the person at the table can mend it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from broken_packs import TINY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from egov_model.inputs.errors import InputError
from egov_model.inputs.focus_group import GROUP_TABLES, PAIRS, POINTS, group_hash, group_problems, load_group, undecided
from egov_model.inputs.pack import PROJECT_DATA
from egov_model.inputs.scenario import PlanInputs, load_scenario

JUDGED = "siap,Kesiapan,Readiness,judged,more,nilai,uji,assumption\n"
REST = "biaya,cepat,3\ndesa,cepat,1\n"
RATIO = "allowed: a number from 1/9 to 9, such as 3 or 1/3"
CRITERIA_HEAD = "id,title_id,title_en,measure,better,unit,source,evidence\n"
SCORE_HEAD = "initiative,criterion,score,unit,source,evidence\n"


@pytest.fixture(scope="module")
def inputs() -> PlanInputs:
    return load_scenario("baseline", TINY)


@pytest.fixture
def group(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY / "fgd", tmp_path / "fgd"))


def write(folder: Path, file: str, text: str) -> None:
    (folder / file).write_text(text, encoding="utf-8")


def said(folder: Path, inputs: PlanInputs, strict: bool = False) -> list[str]:
    return sorted(f"{p.file}: {p}" for p in group_problems(folder, inputs, strict))


def three(folder: Path, pairs: str) -> None:
    """Three criteria, and one participant who compares them in pairs."""
    write(
        folder,
        "criteria.csv",
        (folder / "criteria.csv").read_text(encoding="utf-8") + "cepat,Cepat,Soon,weeks,less,minggu,uji,assumption\n",
    )
    write(folder, "participants.csv", "id,title_id,title_en,example,unit,source,evidence\ndesa,D,D,n,suara,uji,low\n")
    (folder / "participants" / "hemat.csv").unlink()
    (folder / "participants" / "imbang.csv").unlink()
    write(folder, "participants/desa.csv", "criterion_a,criterion_b,value\n" + pairs)


def test_the_good_group_as_it_is(group: Path, inputs: PlanInputs):
    made = load_group(group, inputs)
    assert list(made.criteria) == ["biaya", "desa"] and list(made.participants) == ["hemat", "desa", "imbang"]
    assert made.pairs == {"desa": {("desa", "biaya"): 3.0}}
    assert made.points == {"hemat": {"biaya": 100.0, "desa": 0.0}, "imbang": {"desa": 50.0, "biaya": 50.0}}
    assert made.example  # two of the three are made up
    assert said(group, inputs, strict=True) == []


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ("biaya,desa,3\n" + REST, []),
        ("biaya,desa,3\n" + REST + "desa,biaya,1/3\n", []),
        (
            "biaya,desa,3\n" + REST + "desa,biaya,1/2\n",
            ["row 5, field value: found 1/2, but row 2 says 3 for biaya against desa; "
                "allowed: its reciprocal 1/3, or only one of the two rows"],
        ),
        (
            "biaya,desa,2.5\n" + REST + "desa,biaya,2.5\n",
            ["row 5, field value: found 2.5, but row 2 says 2.5 for biaya against desa; "
                "allowed: its reciprocal 0.4, or only one of the two rows"],
        ),
        ("biaya,desa,3\nbiaya,desa,3\n" + REST, ["row 3, field criterion_a, criterion_b: found 'biaya.desa', already in row 2; "
            "allowed: each key once"]),
        ("biaya,desa,3\nbiaya,biaya,1\n" + REST, ["row 3, field criterion_b: found 'biaya', compared with itself; "
            "allowed: two different criteria"]),
        (
            "biaya,desa,3\n",
            ["field criterion_a, criterion_b: found no row for biaya against cepat, desa against cepat; "
                "allowed: one row for each of the 3 pairs of criteria"],
        ),
        ("biaya,dessa,3\n" + REST, ["row 2, field criterion_b: found 'dessa'; allowed: biaya, desa, cepat; did you mean 'desa'?"]),
        ("biaya,desa,\n" + REST, [f"row 2, field value: found an empty cell; {RATIO}"]),
        ("biaya,desa,10\n" + REST, [f"row 2, field value: found '10'; {RATIO}"]),
        ("biaya,desa,1/10\n" + REST, [f"row 2, field value: found '1/10'; {RATIO}"]),
        ("biaya,desa,1/0\n" + REST, [f"row 2, field value: found '1/0'; {RATIO}"]),
        ("biaya,desa,-3\n" + REST, [f"row 2, field value: found '-3'; {RATIO}"]),
        (
            "biaya,desa,01-Mar\n" + REST,
            [
                "row 2, field value: found '01-Mar'; allowed: a number from 1/9 to 9, such as 3 or 1/3 "
                "(a date: Excel made it of 1/3; make the column Text, or swap the two criteria)"
            ],
        ),
    ],
)  # fmt: skip
def test_pairs(group: Path, inputs: PlanInputs, pairs: str, expected: list[str]):
    three(group, pairs)
    assert said(group, inputs) == [f"fgd/participants/desa.csv: {line}" for line in expected]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ("biaya,60\ndesa,37\n", ["field points: found 97 in all; allowed: 100; 3 are left to give"]),
        ("biaya,60\ndesa,42.5\n", ["field points: found 102.5 in all; allowed: 100; 2.5 too many"]),
        ("biaya,120\ndesa,-20\n", ["row 3, field points: found '-20'; allowed: 0 or more"]),
        ("biaya,100\n", ["field criterion: found no row for desa; allowed: one row each; 0 points for what does not count"]),
        ("biaya,100\ndesa,\n", ["row 3, field points: found an empty cell; "
            "allowed: a number such as 1250000 or 0.35 (no thousands separators, a point for decimals, no Rp)"]),
        ("biaya,60\ndesa,30\ndessa,10\n", ["row 4, field criterion: found 'dessa'; allowed: biaya, desa; did you mean 'desa'?"]),
        ("biaya,60\ndesa,20\ndesa,20\n", ["row 4, field criterion: found 'desa', already in row 3; allowed: each key once"]),
        ("biaya,33.3\ndesa,66.7\n", []),
    ],
)  # fmt: skip
def test_points(group: Path, inputs: PlanInputs, points: str, expected: list[str]):
    write(group, "participants/hemat.csv", "criterion,points\n" + points)
    assert said(group, inputs) == [f"fgd/participants/hemat.csv: {line}" for line in expected]


def test_files_without_participants_and_participants_without_files(group: Path, inputs: PlanInputs):
    (group / "participants" / "imbang.csv").rename(group / "participants" / "imbangg.csv")
    assert said(group, inputs) == [
        "fgd/participants/imbang.csv: found no such file; "
        "allowed: a readable file at fgd/participants/imbang.csv; did you mean 'imbangg.csv'?",
        "fgd/participants/imbangg.csv: found a file of nobody; "
        "allowed: an id of participants.csv: hemat, desa, imbang; did you mean 'imbang'?",
    ]


def test_a_file_of_neither_kind(group: Path, inputs: PlanInputs):
    write(group, "participants/hemat.csv", "kriteria,nilai\nbiaya,100\n")
    assert {line.split(": ")[1] for line in said(group, inputs)} >= {"row 1, field kriteria", "row 1, field nilai"}
    write(group, "participants/hemat.csv", "criterion;points\nbiaya;100\n")
    assert "columns separated by semicolons" in said(group, inputs)[0]


def test_criteria_that_cannot_be_weighed(group: Path, inputs: PlanInputs):
    write(
        group,
        "criteria.csv",
        CRITERIA_HEAD + "biaya,B,C,cost,less,rupiah,uji,low\nmahal,M,D,cost,more,rupiah,uji,low\n",
    )
    assert any(
        "row 3, field measure: found 'cost', which biaya measures too; allowed: each measure once" in line for line in said(group, inputs)
    )
    write(group, "criteria.csv", CRITERIA_HEAD + "biaya,B,C,cots,less,rupiah,uji,low\n")
    problems = said(group, inputs)
    assert problems[0].startswith("fgd/criteria.csv: row 2, field measure: found 'cots'; allowed: cost | ") and len(problems) == 1
    write(group, "criteria.csv", CRITERIA_HEAD + "biaya,B,C,cost,less,rupiah,uji,low\n")
    assert "fgd/criteria.csv: field id: found 1 criteria; allowed: 2 to 15" in said(group, inputs)


def test_scores(group: Path, inputs: PlanInputs):
    write(group, "criteria.csv", (group / "criteria.csv").read_text(encoding="utf-8") + JUDGED)
    for name in ("hemat", "imbang"):
        path = f"participants/{name}.csv"
        write(group, path, (group / path).read_text(encoding="utf-8") + "siap,0\n")
    write(group, "participants/desa.csv", "criterion_a,criterion_b,value\ndesa,biaya,3\nbiaya,siap,1\ndesa,siap,3\n")
    write(group, "scores.csv", SCORE_HEAD + "aplikasi,siap,4,nilai,uji,low\n")
    assert said(group, inputs, strict=True) == [] and load_group(group, inputs).scores == {("aplikasi", "siap"): 4.0}
    (group / "scores.csv").unlink()
    assert any(line.startswith("fgd/scores.csv: found no such file; ") for line in said(group, inputs))
    write(group, "scores.csv", SCORE_HEAD + "aplikasii,siap,4,nilai,uji,low\ninternet,biaya,4,nilai,uji,low\ninternet,siaap,4,nilai,,low\n")
    assert said(group, inputs, strict=True) == [
        "fgd/scores.csv: field initiative, criterion: found no score by siap for aplikasi; "
        "allowed: a score for every initiative that is not mandatory",
        "fgd/scores.csv: field internet.siaap source: found an empty cell; allowed: a value in every row (--strict)",
        "fgd/scores.csv: row 2, field initiative: found 'aplikasii'; allowed: the id of a row in initiatives.csv; did you mean 'aplikasi'?",
        "fgd/scores.csv: row 3, field criterion: found 'biaya', which the model measures (cost); "
        "allowed: a criterion whose measure is judged: siap",
        "fgd/scores.csv: row 4, field criterion: found 'siaap'; allowed: biaya, desa, siap; did you mean 'siap'?",
    ]
    for score in ("0", "6", "nan", ""):
        write(group, "scores.csv", SCORE_HEAD + f"aplikasi,siap,{score},nilai,uji,low\n")
        assert len(said(group, inputs)) == 1 and "row 2, field score" in said(group, inputs)[0]


def test_everything_wrong_is_said_at_once(group: Path, inputs: PlanInputs):
    write(group, "participants/hemat.csv", "criterion,points\nbiaya,1\ndesa,1\n")
    write(group, "participants/desa.csv", "criterion_a,criterion_b,value\ndesa,biaya,30\n")
    with pytest.raises(InputError) as caught:
        load_group(group, inputs)
    assert {p.file for p in caught.value.problems} == {"fgd/participants/hemat.csv", "fgd/participants/desa.csv"}


def test_every_file_broken_is_every_file_named(group: Path, inputs: PlanInputs):
    files = [path for path in group.rglob("*.csv") if path.name != "participants.csv"]  # nobody reads the files of unknown participants
    for path in files:
        path.write_bytes(b"\xff")
    assert {p.file for p in group_problems(group, inputs)} == {f"fgd/{p.relative_to(group).as_posix()}" for p in files}
    (group / "participants.csv").write_bytes(b"\xff")
    assert {p.file for p in group_problems(group, inputs)} == {"fgd/criteria.csv", "fgd/participants.csv"}


def test_a_folder_that_is_not_there(tmp_path: Path, inputs: PlanInputs):
    (tmp_path / "fgd").mkdir()
    expected = "fdg: found no such folder; allowed: a folder with criteria.csv and participants.csv; did you mean 'fgd'?"
    assert said(tmp_path / "fdg", inputs) == [expected]
    assert group_hash(tmp_path / "fdg") == group_hash(tmp_path / "fgd")  # nothing in it either


def test_the_hash_follows_every_file(group: Path):
    before = group_hash(group)
    write(group, "participants/hemat.csv", "criterion,points\nbiaya,99\ndesa,1\n")
    assert group_hash(group) != before == group_hash(TINY / "fgd")


def test_what_is_open_is_neither_mandatory_nor_needed_by_what_is(tmp_path: Path, inputs: PlanInputs):
    assert undecided(inputs) == ("aplikasi",)
    rows = load_scenario("baseline").rows["initiatives"]
    open_ones = undecided(load_scenario("baseline"))
    assert open_ones == tuple(key for key, row in rows.items() if not row.mandatory)  # nothing mandatory waits for an optional one
    turned = load_scenario("baseline", TINY, {"initiatives.alat-desa.mandatory": "n", "initiatives.aplikasi.mandatory": "y"})
    assert undecided(turned) == ()  # aplikasi waits for alat-desa


def test_the_worked_example_is_good_and_says_that_it_is_one():
    made = load_group(PROJECT_DATA / "fgd", load_scenario("baseline"))
    assert all(p.example and "contoh" in p.title_id and "example" in p.title_en for p in made.participants.values())
    rows = (*made.criteria.values(), *made.participants.values())
    assert {row.evidence for row in rows} == {"assumption"} and all("rekaan" in row.source for row in rows)
    assert made.pairs and made.points  # both ways of judging are shown
    text = (PROJECT_DATA / "fgd" / "scores.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert all("rekaan" in line and line.endswith("assumption") for line in text)


def test_headers_stand_in_the_declared_order():
    for folder in (PROJECT_DATA, TINY):
        for table in GROUP_TABLES.values():
            path = folder / table.path
            if path.is_file():
                assert path.read_text(encoding="utf-8").splitlines()[0].split(",") == list(table.columns())
        for path in (folder / "fgd" / "participants").glob("*.csv"):
            assert path.read_text(encoding="utf-8").splitlines()[0].split(",") in (list(PAIRS.columns()), list(POINTS.columns()))


wild_cells = st.sampled_from(
    [
        "",
        "0",
        "1/3",
        "1/0",
        "3/",
        "-1",
        "9",
        "1e9",
        "nan",
        "01-Mar",
        "biaya",
        "desa",
        "cost",
        "judged",
        "a,b",
        "=1+1",
        "\u0661/3",
        "y",
        "x" * 99,
    ]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 4), st.integers(0, 3), st.integers(0, 7), wild_cells)
def test_whatever_stands_in_a_cell_the_answer_is_a_group_or_a_list_of_problems(tmp_path_factory, inputs, file, row, column, cell):
    folder = Path(shutil.copytree(TINY / "fgd", tmp_path_factory.mktemp("wild") / "fgd"))
    path = sorted(folder.rglob("*.csv"))[file]
    lines = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    cells = lines[row % len(lines)]
    cells[column % len(cells)] = cell
    path.write_text("\n".join(map(",".join, lines)) + "\n", encoding="utf-8")
    if not group_problems(folder, inputs, strict=True):
        made = load_group(folder, inputs)
        assert set(made.participants) == {*made.pairs, *made.points} and len(made.criteria) == 2
