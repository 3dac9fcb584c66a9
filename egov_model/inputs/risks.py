"""Records of the risk register: events that may come true in a year, what each then does to the plan, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from egov_model.inputs.errors import Problems, did_you_mean, listed
from egov_model.inputs.programme import SECTIONS
from egov_model.inputs.record import Record, ThreePoint
from egov_model.inputs.values import Count, Flag, Ids, Name, Positive, Share, Slug, shown, to_text, to_words

IMPACTS = {  # what an impact's three points are
    "cost": "share added to the money that an initiative pays once in the year",
    "running": "share added to its running costs in the year",
    "weeks": "weeks added to the named phases of an initiative that start in the year",
    "gate_weeks": "weeks by which the year's budget documents come later",
    "people": "share of the named roles' people that is missing in the year",
    "ceiling": "share of the named funds' ceilings that is lost in the year",
}
SHARES_LOST = ("people", "ceiling")
ALL, NONE = "all", "none"


class Risk(ThreePoint):
    """An event; `low, mode, high`: probability that it comes true within one year.

    It threatens the plan's years from `first_year` to `last_year` (0: all) and the initiatives named one by one, by kind or by section (all
    three empty: every initiative). `each`: it befalls every initiative by itself, else all of them together. The `owner` answers for it.
    The response costs `response_idr` in every year under threat, paid from `response_fund`, and leaves `residual_probability` and
    `residual_impact` of what there was.
    """

    id: Slug
    title_id: Name
    title_en: Name
    owner: Slug
    each: Flag
    first_year: Count = 0
    last_year: Count = 0
    initiatives: Ids = ()
    kinds: Ids = ()
    sections: Ids = ()
    response_id: Name
    response_en: Name
    response_idr: Count
    response_fund: Slug
    residual_probability: Share
    residual_impact: Share
    low: Share
    mode: Share
    high: Share

    def threatens(self, year: int) -> bool:
        """Whether the event can come true in a year."""
        return (not self.first_year or year >= self.first_year) and (not self.last_year or year <= self.last_year)

    @model_validator(mode="after")
    def _years_in_order(self) -> Self:
        if self.first_year and self.last_year and self.first_year > self.last_year:
            raise ValueError(f"first_year {self.first_year} is after last_year {self.last_year}")
        return self


class RiskImpact(ThreePoint):
    """What an event does when it comes true: `impact` as in `IMPACTS`, on `targets` (roles of people, funds of a ceiling; empty: all).

    `phases` that take `weeks` longer. It is felt in the year of the event and, in all, for `felt_years`.
    """

    id: Slug
    risk: Slug
    impact: Annotated[Literal[tuple(IMPACTS)], BeforeValidator(to_text)]
    targets: Ids = ()
    phases: Ids = ()
    felt_years: Annotated[Count, Field(ge=1, le=10)]
    low: Positive
    mode: Positive
    high: Positive

    @model_validator(mode="after")
    def _fits_its_impact(self) -> Self:
        if self.impact in SHARES_LOST and self.high > 1:
            raise ValueError(f"high {self.high:.15g}: of {self.impact} at most 1 can be lost")
        if bool(self.phases) != (self.impact == "weeks"):
            raise ValueError("phases are named by an impact of weeks" + ("" if self.phases else ", and there must be at least one"))
        if self.targets and self.impact not in SHARES_LOST:
            raise ValueError(f"targets: only people and ceiling have them, not {self.impact}")
        return self


def to_responses(value: object) -> tuple[str, ...]:
    """none, all, or ids of risks."""
    words = to_words(value)
    if not words or (len(words) > 1 and {ALL, NONE} & set(words)):
        raise ValueError(f"{NONE}, {ALL}, or ids of risks.csv with spaces between")
    return words


Responses = Annotated[tuple[str, ...], BeforeValidator(to_responses)]


def answered(rows: Mapping[str, Risk], words: Iterable[str]) -> tuple[str, ...]:
    """Risks whose response is switched on under the setting `risk_responses`."""
    words = tuple(words)
    return tuple(key for key in rows if words == (ALL,) or key in words)


def check_risks(
    rows: Mapping[str, Mapping[str, Record]],
    place: Callable[[str, str], tuple[str, int]],
    problems: Problems,
    lost: Mapping[str, Collection[str]],
    dropped: Collection[str] = (),
) -> None:
    """Note every name that is not there (`dropped` initiatives may still be named), and a risk that does nothing."""

    def unknown(table: str, key: str, field: str, words: Iterable[str], known: Collection[str], allowed: str) -> None:
        for word in words:
            if word not in known:
                file, number = place(table, key)
                problems.add(file, number, field, found=shown(word), allowed=allowed, advice=did_you_mean(word, sorted(known)))

    initiatives = {*rows["initiatives"], *lost.get("initiatives", ()), *dropped}
    with_impact = {row.risk for row in rows["risk_impacts"].values()}
    for key, row in rows["risks"].items():
        unknown("risks", key, "sections", row.sections, SECTIONS, listed(SECTIONS))
        if "" not in initiatives:
            unknown("risks", key, "initiatives", row.initiatives, initiatives, "the id of a row in initiatives.csv")
        if key not in with_impact and not lost.get("risk_impacts"):
            file, number = place("risks", key)
            problems.add(file, number, "id", found=f"{key}, which no row of risk_impacts.csv names", allowed="a risk that does something")
    phases = sorted({phase.phase for phase in rows["phases"].values()})
    for key, row in rows["risk_impacts"].items():
        table = {"people": "roles", "ceiling": "funds"}.get(row.impact, "")
        if table and not lost.get(table):
            unknown("risk_impacts", key, "targets", row.targets, rows[table], f"the id of a row in {table}.csv")
        if not lost.get("phases"):
            unknown("risk_impacts", key, "phases", row.phases, phases, listed(phases, 30))
    known = {*rows["risks"], *lost.get("risks", ())}
    for setting, more in (("risk_responses", (ALL, NONE)), ("risks_off", ())):
        if "" not in known and setting in rows["settings"]:
            field = "value" if place("settings", setting)[0].endswith(".csv") else f"settings.{setting}"
            allowed = " | ".join((*more, "ids of risks.csv with spaces between"))
            unknown("settings", setting, field, str(rows["settings"][setting].value).split(), {*known, *more}, allowed)
