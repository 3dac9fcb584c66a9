"""A focus group's folder: criteria, participants, one file of judgements for each of them, and scores only people can give.

A participant's file compares criteria in pairs (criterion_a, criterion_b, value) or shares 100 points out (criterion, points).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from egov_model.inputs import focus_gates as gates
from egov_model.inputs.catalogue import Table
from egov_model.inputs.errors import Problem, Problems, did_you_mean, listed
from egov_model.inputs.pack import records_of
from egov_model.inputs.record import Record, Sourced
from egov_model.inputs.scenario import PlanInputs
from egov_model.inputs.tables import content_hash, data_files, file_bytes, read_csv, read_header
from egov_model.inputs.values import Flag, Name, Positive, Slug, to_number, to_ratio, to_text

FOLDER = "fgd"  # of a data pack
JUDGED = "judged"  # a criterion that scores.csv measures; all other measures follow from the plan
MEASURES = (
    "cost",  # rupiah over the plan's years
    "weeks",  # from the plan's start to go-live
    "index",  # points of the last maturity index that are lost without it
    "villages",  # that it connects or gives power
    "sites",  # offices, health centres and villages that it connects or gives power
    "services",  # that cannot be offered without it
    "dependants",  # initiatives that wait for it
    JUDGED,
)
LEAST_SCORE, MOST_SCORE = 1, 5


class Criterion(Sourced):
    """What initiatives are compared by: a measure of the plan, or scores that people give; `better` says which way is good."""

    id: Slug
    title_id: Name
    title_en: Name
    measure: Annotated[Literal[MEASURES], BeforeValidator(to_text)]
    better: Annotated[Literal["more", "less"], BeforeValidator(to_text)]


class Participant(Sourced):
    """Someone whose judgements stand in participants/<id>.csv; `example`: made up, to show how it works."""

    id: Slug
    title_id: Name
    title_en: Name
    example: Flag


class Score(Sourced):
    """What the group judges of an initiative by a criterion, 1 (worst) to 5 (best)."""

    initiative: Slug
    criterion: Slug
    score: Annotated[float, BeforeValidator(to_number), Field(ge=LEAST_SCORE, le=MOST_SCORE)]


class Pair(Record):
    """How many times criterion_a matters as much as criterion_b: from 1/9 (far less) over 1 (equal) to 9 (far more)."""

    criterion_a: Slug
    criterion_b: Slug
    value: Annotated[float, BeforeValidator(to_ratio)]


class Points(Record):
    """How many of a participant's 100 points a criterion gets."""

    criterion: Slug
    points: Positive


GROUP_TABLES: Mapping[str, Table] = MappingProxyType(
    {
        t.name: t
        for t in (
            Table("fgd_criteria", f"{FOLDER}/criteria.csv", Criterion, ("id",)),
            Table("fgd_participants", f"{FOLDER}/participants.csv", Participant, ("id",)),
            Table(
                "fgd_scores",
                f"{FOLDER}/scores.csv",
                Score,
                ("initiative", "criterion"),
                {"initiative": "initiatives", "criterion": "fgd_criteria"},
            ),
        )
    }
)
PAIRS = Table("fgd_pairs", f"{FOLDER}/participants/*.csv", Pair, ("criterion_a", "criterion_b"))
POINTS = Table("fgd_points", f"{FOLDER}/participants/*.csv", Points, ("criterion",))


@dataclass(frozen=True)
class Group:
    """What a focus group said: each participant either in `pairs`, ratios by (criterion, criterion), or in `points` by criterion.

    `scores` by (initiative, criterion).
    """

    name: str
    criteria: Mapping[str, Criterion]
    participants: Mapping[str, Participant]
    pairs: Mapping[str, Mapping[tuple[str, str], float]]
    points: Mapping[str, Mapping[str, float]]
    scores: Mapping[tuple[str, str], float]

    @property
    def example(self) -> bool:
        """Whether a participant is made up."""
        return any(p.example for p in self.participants.values())


def undecided(inputs: PlanInputs) -> tuple[str, ...]:
    """Initiatives a group may choose among: neither mandatory nor needed by one that is, in file order."""
    rows = inputs.rows["initiatives"]
    settled: set[str] = set()
    waiting = [key for key, row in rows.items() if row.mandatory]
    while waiting:
        key = waiting.pop()
        if key in rows and key not in settled:
            settled.add(key)
            waiting += rows[key].after
    return tuple(key for key in rows if key not in settled)


def load_group(folder: Path, inputs: PlanInputs) -> Group:
    """The group of a folder, checked against the plan's initiatives; raises `InputError` with every problem of every file."""
    problems = Problems()
    group = _read(folder, inputs, problems)
    problems.stop()
    return group


def group_problems(folder: Path, inputs: PlanInputs, strict: bool = False) -> list[Problem]:
    """Everything wrong with a group's folder; `strict` also asks for unit, source and evidence on every row."""
    problems = Problems()
    _read(folder, inputs, problems, strict)
    return problems.found


def group_hash(folder: Path) -> str:
    """Hash of every file of the folder; of nothing when there is none."""
    return content_hash({p.relative_to(folder).as_posix(): file_bytes(p) for p in data_files(folder)} if folder.is_dir() else {})


def _file(table: str) -> str:
    return GROUP_TABLES[table].path.removeprefix(f"{FOLDER}/")


def _read(folder: Path, inputs: PlanInputs, problems: Problems, strict: bool = False) -> Group:
    if not folder.is_dir():
        advice = did_you_mean(folder.name, (p.name for p in folder.parent.glob("*"))) if folder.parent.is_dir() else ""
        problems.add(folder.name, found="no such folder", allowed="a folder with criteria.csv and participants.csv", advice=advice)
        return Group(folder.name, {}, {}, {}, {}, {})
    places: dict[tuple[str, str], tuple[str, int]] = {}
    tables = {}
    for name in GROUP_TABLES:
        before, here = len(problems.found), (folder / _file(name)).is_file()
        wanted = name != "fgd_scores" or here or any(row.measure == JUDGED for row in tables["fgd_criteria"][0].values())
        rows = _rows(folder, GROUP_TABLES[name], _file(name), places, problems) if wanted else {}
        tables[name] = rows, len(problems.found) == before
        if strict:
            gates.check_pedigree(f"{folder.name}/{_file(name)}", rows, problems)
    (criteria, known), (participants, listed_all), (scores, scored) = tables.values()
    gates.check_criteria(criteria, JUDGED, places, f"{folder.name}/{_file('fgd_criteria')}", problems)
    judged = [key for key, row in criteria.items() if row.measure == JUDGED]
    initiatives, needed = [*inputs.rows["initiatives"], *_dropped(inputs)], undecided(inputs) if scored else ()
    if known:
        gates.check_scores(scores, judged, criteria, initiatives, needed, places, f"{folder.name}/{_file('fgd_scores')}", problems)
    pairs, points = {}, {}
    for key in participants:
        _judgements(folder, key, tuple(criteria) if known else (), pairs, points, problems)
    if listed_all:
        _files_of_nobody(folder, participants, problems)
    marks = {(row.initiative, row.criterion): row.score for row in scores.values()}
    return Group(folder.name, criteria, participants, pairs, points, marks)


def _rows(folder: Path, table: Table, file: str, places: dict, problems: Problems) -> dict:
    raw = read_csv(folder / file, f"{folder.name}/{file}", table.columns(), problems)
    return records_of(table, raw, places, problems)[0]


def _judgements(folder: Path, participant: str, criteria: tuple[str, ...], pairs: dict, points: dict, problems: Problems) -> None:
    """One participant's file, whichever of the two kinds its header says."""
    file = f"participants/{participant}.csv"
    shown, before = f"{folder.name}/{file}", len(problems.found)
    header = read_header(folder / file, shown, problems)
    if header is None:
        return
    table = max((PAIRS, POINTS), key=lambda t: len(header & set(t.columns())))
    places: dict[tuple[str, str], tuple[str, int]] = {}
    made = _rows(folder, table, file, places, problems)
    sheet = gates.Sheet(shown, made, {key: number for (_, key), (_, number) in places.items()}, len(problems.found) == before)
    if table is PAIRS:
        pairs[participant] = {(row.criterion_a, row.criterion_b): row.value for row in made.values()}
    else:
        points[participant] = {row.criterion: row.points for row in made.values()}
    if criteria:
        (gates.check_pairs if table is PAIRS else gates.check_points)(sheet, criteria, problems)


def _files_of_nobody(folder: Path, participants: Mapping[str, Participant], problems: Problems) -> None:
    """A file that no row of participants.csv asks for was meant to count."""
    for path in sorted((folder / "participants").glob("*.csv")):
        if path.stem not in participants:
            allowed, near = f"an id of participants.csv: {listed(participants)}", did_you_mean(path.stem, participants)
            problems.add(f"{folder.name}/participants/{path.name}", found="a file of nobody", allowed=allowed, advice=near)


def _dropped(inputs: PlanInputs) -> list[str]:
    """Initiatives that the scenario left out: scores for them are no mistake."""
    gone = [c.key for c in inputs.changes if (c.base, c.value) == ("y", "n")]
    return [key.removeprefix("initiatives.") for key in gone if key.startswith("initiatives.")]
