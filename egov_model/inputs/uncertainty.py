"""Records of how uncertain inputs are drawn: which distribution three points stand for, and what moves together."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from egov_model.inputs.errors import Problems, did_you_mean, listed
from egov_model.inputs.record import Record, ThreePoint
from egov_model.inputs.values import shown, to_number, to_text, to_words

DISTRIBUTIONS = ("double-triangular", "pert", "lognormal")
CORRELATIONS = ("group", "independent", "half", "full")
COST_GROUPS = (
    "prices",  # unit prices
    "links",  # what links to the network cost: the region's providers
    "freight",  # factors of place
    "growth",  # growth of prices, VAT
    "quantities",
    "effort",  # work on software
    "durations",  # of phases
    "procurement",  # of methods
)
CEILINGS = "ceilings"
GROUPS = (*COST_GROUPS, CEILINGS)
Rho = Annotated[float, BeforeValidator(to_number), Field(ge=-1, le=1)]


class Correlation(ThreePoint):
    """Rank correlation (Spearman) of any two inputs of `group` and `other`, of two inputs of one group where both are the same.

    `mode` is what is drawn with; `low` and `high` say how well it is known.
    """

    group: Annotated[Literal[GROUPS], BeforeValidator(to_text)]
    other: Annotated[Literal[GROUPS], BeforeValidator(to_text)]
    low: Rho
    mode: Rho
    high: Rho

    @model_validator(mode="after")
    def _within_is_positive(self) -> Self:
        if self.group == self.other and self.mode < 0:
            raise ValueError(f"{self.mode:.15g} within {self.group}: inputs cannot all go against each other; allowed: 0 to 1")
        return self


def to_distributions(value: object) -> tuple[str, ...]:
    """Words such as `double-triangular prices=lognormal`: one for all inputs, then those of single groups."""
    words = to_words(value)
    if not words:
        raise ValueError(f"one of {listed(DISTRIBUTIONS)}")
    for n, word in enumerate(words):
        group, equals, name = word.rpartition("=")
        if name not in DISTRIBUTIONS or bool(equals) != bool(n) or (n and group not in GROUPS):
            near = did_you_mean(name if name not in DISTRIBUTIONS else group, (*DISTRIBUTIONS, *GROUPS))
            allowed = f"{' | '.join(DISTRIBUTIONS)}, then group=distribution for single groups ({listed(GROUPS)})"
            raise ValueError("; ".join(filter(None, (f"{allowed}; {word!r} is not", near))))
    return words


Distributions = Annotated[tuple[str, ...], BeforeValidator(to_distributions)]


def distribution_of(words: tuple[str, ...], group: str) -> str:
    """The distribution of a group's inputs under the setting `distribution`."""
    named = dict(word.split("=") for word in words[1:])
    return named.get(group, words[0])


def normal_correlation(rank: float) -> float:
    r"""Correlation of normal scores that gives a rank correlation: :math:`2 \sin(\pi \rho_S / 6)` (Pearson 1907)."""
    return 2 * math.sin(math.pi * rank / 6)


def group_matrix(rows: Mapping[str, Correlation], setting: str = "group") -> tuple[tuple[float, ...], ...]:
    """Correlations of normal scores of inputs by their groups, a row for each group in the order of `GROUPS`; the diagonal: within.

    `independent`: none; `half` and `full`: 0.5 and 1 for any two inputs, but the ceilings go with each other only.
    """
    made = [[0.0] * len(GROUPS) for _ in GROUPS]
    if setting in ("half", "full"):
        one = normal_correlation(0.5) if setting == "half" else 1.0
        made = [[one if (a == CEILINGS) == (b == CEILINGS) else 0.0 for b in GROUPS] for a in GROUPS]
    elif setting == "group":
        for row in rows.values():
            a, b = GROUPS.index(row.group), GROUPS.index(row.other)
            made[a][b] = made[b][a] = normal_correlation(row.mode)
    return tuple(map(tuple, made))


def definite(matrix: Sequence[Sequence[float]], members: Sequence[int]) -> bool:
    """Whether these rows and columns of a symmetric matrix can be correlations: positive semidefinite up to 1e-9, by elimination."""
    left = [[matrix[a][b] for b in members] for a in members]
    while left:
        pivot = left[0][0]
        if pivot < -1e-9 or (pivot < 1e-9 and any(abs(value) > 1e-9 for value in left[0])):
            return False
        first = left[0][1:]
        shares = [value / pivot if pivot >= 1e-9 else 0.0 for value in first]
        left = [[x - share * y for x, y in zip(row[1:], first, strict=True)] for share, row in zip(shares, left[1:], strict=True)]
    return True


def contradictory(matrix: Sequence[Sequence[float]]) -> list[int]:
    """Rows of a symmetric matrix that cannot be correlations together, as few as one at a time can be left out; none when all can."""
    members = list(range(len(matrix)))
    if definite(matrix, members):
        return []
    for one in list(members):
        fewer = [n for n in members if n != one]
        if not definite(matrix, fewer):
            members = fewer
    return members


def check_correlations(
    rows: Mapping[str, Mapping[str, Record]],
    place: Callable[[str, str], tuple[str, int]],
    problems: Problems,
    lost: Mapping[str, Collection[str]],
) -> None:
    """Note correlations that no set of inputs can have together, and a pair of groups that is named twice."""
    if lost.get("correlations"):
        return
    table = rows["correlations"]
    matrix, seen = group_matrix(table), {}
    for key, row in table.items():
        file, number = place("correlations", key)
        pair = tuple(sorted((row.group, row.other)))
        if seen.setdefault(pair, key) != key:
            problems.add(file, number, "other", found=f"{row.group} with {row.other}, also in the row {seen[pair]}", allowed="a pair once")
        a, b = GROUPS.index(row.group), GROUPS.index(row.other)
        most = math.sqrt(matrix[a][a] * matrix[b][b])
        if a != b and abs(matrix[a][b]) > most + 1e-12:
            rank = 6 / math.pi * math.asin(most / 2)
            allowed = f"at most {rank:.2f} either way, as inputs within {row.group} and within {row.other} go together no more than they do"
            problems.add(file, number, "mode", found=shown(f"{row.mode:.15g}"), allowed=allowed)
            return
    if named := [GROUPS[n] for n in contradictory(matrix)]:
        found = f"correlations of {listed(named)} that contradict each other (not positive definite)"
        allowed = "correlations that hold together: two groups that go with a third as strongly must go with each other too"
        advice = "bring one of them nearer to 0, or add the pair that is missing"
        problems.add(place("correlations", "")[0], 0, "mode", found=found, allowed=allowed, advice=advice)
