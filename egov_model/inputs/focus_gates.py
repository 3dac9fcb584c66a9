"""What must hold within a focus group's files: criteria that differ, judgements that are whole and do not contradict themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from egov_model.inputs.errors import Problems, did_you_mean, listed
from egov_model.inputs.values import shown

FEWEST, MOST = 2, 15  # criteria: random indices were published up to 15 (see analysis.weights)
ALL_POINTS, NEAR = 100, 1e-9
Places = Mapping[tuple[str, str], tuple[str, int]]


def check_criteria(criteria: Mapping[str, Any], judged: str, places: Places, file: str, problems: Problems) -> None:
    """Note too few or too many criteria, and two that measure the same, which would count it twice."""
    if criteria and not FEWEST <= len(criteria) <= MOST:
        problems.add(file, field="id", found=f"{len(criteria)} criteria", allowed=f"{FEWEST} to {MOST}")
    first: dict[str, str] = {}
    for key, row in criteria.items():
        other = first.setdefault(row.measure, key)
        if other != key and row.measure != judged:
            number = places["fgd_criteria", key][1]
            problems.add(file, number, "measure", found=f"{row.measure!r}, which {other} measures too", allowed="each measure once")


def check_scores(
    scores: Mapping[str, Any], judged: Sequence[str], criteria: Mapping[str, Any], initiatives: Collection[str], needed: Sequence[str],
    places: Places, file: str, problems: Problems,
) -> None:  # fmt: skip
    """Note scores of unknown initiatives or criteria, and initiatives of `needed` that lack one."""
    for key, row in scores.items():
        number = places["fgd_scores", key][1]
        if row.initiative not in initiatives:
            near, allowed = did_you_mean(row.initiative, initiatives), "the id of a row in initiatives.csv"
            problems.add(file, number, "initiative", found=shown(row.initiative), allowed=allowed, advice=near)
        if row.criterion not in criteria:
            near = did_you_mean(row.criterion, criteria)
            problems.add(file, number, "criterion", found=shown(row.criterion), allowed=listed(criteria), advice=near)
        elif row.criterion not in judged:
            found = f"{row.criterion!r}, which the model measures ({criteria[row.criterion].measure})"
            problems.add(file, number, "criterion", found=found, allowed=f"a criterion whose measure is judged: {listed(judged) or 'none'}")
    given = {(row.initiative, row.criterion) for row in scores.values()}
    for criterion in judged:
        missing = [key for key in needed if (key, criterion) not in given]
        if missing:
            found = f"no score by {criterion} for {listed(missing)}"
            problems.add(file, field="initiative, criterion", found=found, allowed="a score for every initiative that is not mandatory")


@dataclass(frozen=True)
class Sheet:
    """A participant's file: rows by key, where each stands, and whether all its rows passed gate one."""

    file: str
    rows: Mapping[str, Any]
    at: Mapping[str, int]
    whole: bool


def check_pairs(sheet: Sheet, criteria: Sequence[str], problems: Problems) -> None:
    """Note unknown criteria, pairs that are missing, and judgements that are not reciprocal."""
    whole = _all_known(sheet, ("criterion_a", "criterion_b"), criteria, problems) and sheet.whole
    given: dict[frozenset[str], str] = {}
    for key, row in sheet.rows.items():
        if row.criterion_a == row.criterion_b:
            found = f"{row.criterion_a!r}, compared with itself"
            problems.add(sheet.file, sheet.at[key], "criterion_b", found=found, allowed="two different criteria")
            continue
        first = given.setdefault(frozenset((row.criterion_a, row.criterion_b)), key)
        other = sheet.rows[first]
        if first != key and abs(other.value * row.value - 1) > NEAR:
            pair = f"{other.criterion_a} against {other.criterion_b}"
            found = f"{_ratio(row.value)}, but row {sheet.at[first]} says {_ratio(other.value)} for {pair}"
            allowed = f"its reciprocal {_ratio(1 / other.value)}, or only one of the two rows"
            problems.add(sheet.file, sheet.at[key], "value", found=found, allowed=allowed)
    every = list(combinations(criteria, 2))
    missing = [f"{a} against {b}" for a, b in every if frozenset((a, b)) not in given]
    if whole and missing:
        found, allowed = f"no row for {listed(missing, 6)}", f"one row for each of the {len(every)} pairs of criteria"
        problems.add(sheet.file, field="criterion_a, criterion_b", found=found, allowed=allowed)


def check_points(sheet: Sheet, criteria: Sequence[str], problems: Problems) -> None:
    """Note unknown or missing criteria, and points that are not 100 in all."""
    whole = _all_known(sheet, ("criterion",), criteria, problems) and sheet.whole
    missing = [key for key in criteria if key not in sheet.rows]
    if whole and missing:
        found, allowed = f"no row for {listed(missing)}", "one row each; 0 points for what does not count"
        problems.add(sheet.file, field="criterion", found=found, allowed=allowed)
    total = sum(row.points for row in sheet.rows.values())
    if whole and not missing and abs(total - ALL_POINTS) > NEAR * ALL_POINTS:
        left = ALL_POINTS - total
        advice = f"{abs(left):.10g} {'are left to give' if left > 0 else 'too many'}"
        problems.add(sheet.file, field="points", found=f"{total:.10g} in all", allowed=str(ALL_POINTS), advice=advice)


def check_pedigree(file: str, rows: Mapping[str, Any], problems: Problems) -> None:
    """Note rows without unit, source or evidence."""
    for key, row in rows.items():
        for name in ("unit", "source", "evidence"):
            if not getattr(row, name).strip():
                problems.add(file, field=f"{key} {name}", found="an empty cell", allowed="a value in every row (--strict)")


def _all_known(sheet: Sheet, fields: Sequence[str], criteria: Sequence[str], problems: Problems) -> bool:
    """Whether every criterion named is one; notes those that are not."""
    before = len(problems.found)
    for key, row in sheet.rows.items():
        for field in fields:
            name = getattr(row, field)
            if name not in criteria:
                allowed, near = listed(criteria), did_you_mean(name, criteria)
                problems.add(sheet.file, sheet.at[key], field, found=shown(name), allowed=allowed, advice=near)
    return len(problems.found) == before


def _ratio(value: float) -> str:
    """A ratio as a person writes it: 3, 1/3, 2.5."""
    near = Fraction(value).limit_denominator(99)
    return str(near) if near.numerator == 1 or near.denominator == 1 else f"{value:.6g}"
