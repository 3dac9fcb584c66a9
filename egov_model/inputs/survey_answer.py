"""What a form that came back answers: rows corrected or confirmed, by whom and when, and what cannot be taken over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from egov_model.inputs.survey_notes import Note
from egov_model.inputs.survey_scope import FormFacts


@dataclass(frozen=True)
class AnsweredRow:
    """A row that a form corrects (`edited` fields) or confirms (`basis` alone): all its asked values as text."""

    table: str
    key: str
    values: Mapping[str, str]
    edited: frozenset[str]
    basis: str  # evidence: high, medium or low
    sheet: str
    cells: Mapping[str, str]  # where each field stands


@dataclass
class Answer:
    """One form as it came back; `notes` say what is refused, `said` (sheet, row's key, text) what people remarked and proposed."""

    path: Path
    facts: FormFacts
    filler: str = ""
    day: date | None = None
    rows: list[AnsweredRow] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    said: list[tuple[str, str, str]] = field(default_factory=list)
