"""What answered forms change in a pack: old and new value with its source; rows that changed meanwhile or are told twice are noted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from egov_model.inputs.catalogue import TABLES, make_record
from egov_model.inputs.errors import Problems
from egov_model.inputs.record import Record
from egov_model.inputs.survey_answer import Answer, AnsweredRow
from egov_model.inputs.survey_notes import Refused, text
from egov_model.inputs.survey_scope import BEFORE, FORM_TABLES, STAMP, Rows, plain
from egov_model.inputs.widths import TRIPLES

STAMP_START = STAMP.split(" {")[0]
FAR_OFF = 10  # times: a number that much larger or smaller than before is pointed out


@dataclass(frozen=True)
class Change:
    """One cell of one file that an answer changes."""

    table: str
    key: str
    field: str
    old: str
    new: str
    source: str
    file: str  # of the form

    @property
    def far_off(self) -> bool:
        """Whether a number is ten times what it was, or a tenth."""
        try:
            old, new = float(self.old), float(self.new)
        except ValueError:
            return False
        return old > 0 and (new >= FAR_OFF * old or new <= old / FAR_OFF)


def find_changes(answers: Iterable[Answer], rows: Rows) -> list[Change]:
    """Every cell that the answers change, in the order of the catalogue; what cannot be is noted in the answer it stands in."""
    answers = sorted(answers, key=lambda a: (a.day or date.min, str(a.path)))
    told: dict[tuple[str, str], list[tuple[Answer, AnsweredRow]]] = {}
    for answer in answers:
        for row in answer.rows:
            told.setdefault((row.table, row.key), []).append((answer, row))
    for same in told.values():
        for answer, row in same:
            if against := next((other for other, its in same if its.values != row.values), None):
                answer.notes.append(_contradicts(row, against).at(row.sheet, row.cells["key"]))
    refused = {(a.path, note.sheet, note.cell) for a in answers for note in a.notes}
    made: list[Change] = []
    for table in TABLES:
        for key, same in told.items():
            answer, row = same[-1]  # of those that agree the last one is the source
            if key[0] == table and (answer.path, row.sheet, row.cells["key"]) not in refused and answer.day and answer.filler:
                try:
                    made += _changes(answer, row, rows[table][row.key])
                except Refused as wrong:
                    answer.notes.append(wrong.at(row.sheet, _where(row, wrong)))
    return made


def _contradicts(row: AnsweredRow, against: Answer) -> Refused:
    return text(
        "{key}: {file} says something else of the same row: ask which is right and leave the other out",
        key=row.key, file=against.path.name,
    )  # fmt: skip


def stamp(answer: Answer) -> str:
    """What a row's source says of a form."""
    return STAMP.format(agency=answer.facts.agency, day=answer.day.isoformat(), filler=answer.filler)


def _changes(answer: Answer, row: AnsweredRow, record: Record) -> list[Change]:
    """Changes of one row; raises `Refused` when the data changed meanwhile, or the row as a whole cannot be."""
    names = [f.name for f in FORM_TABLES[row.table].fields if f.name in row.values]
    now = {name: plain(getattr(record, name)) for name in names}
    was = {name: answer.facts.values[row.table, row.key, name] for name in names}
    source = stamp(answer)
    arrived = now == dict(row.values)
    if arrived and record.evidence == row.basis and record.source.startswith(f"{STAMP_START} {answer.facts.agency}, "):
        return []  # this form, or its copy with fewer mistakes, was taken over before
    was_evidence = answer.facts.values.get((row.table, row.key, "evidence"), "")
    if (now != was and not arrived) or record.evidence != was_evidence:
        moved = [f"{name} {was[name]} -> {now[name]}" for name in names if now[name] != was[name]]
        moved = moved or [f"evidence {was_evidence} -> {record.evidence}"]
        raise text("{key} changed in the data since this form was made ({moved}): export it again", key=row.key, moved="; ".join(moved))
    new = {**row.values, "source": f"{source}{BEFORE}{_origin(record.source)}" if record.source else source, "evidence": row.basis}
    _check(row, record, new)
    return [
        Change(row.table, row.key, name, plain(getattr(record, name)), value, source, answer.path.name)
        for name, value in new.items()
        if plain(getattr(record, name)) != value
    ]


def _origin(source: str) -> str:
    """The source as it was before any form answered."""
    return source.partition(BEFORE)[2] or source if source.startswith(STAMP_START) else source


def _check(row: AnsweredRow, record: Record, new: dict[str, str]) -> None:
    """Gate one, with the rule that people break most said in their words."""
    for names in TRIPLES:
        if set(names) <= set(row.values):
            said = [row.values[name] for name in names]
            low, mode, high = map(float, said)
            if not low <= mode <= high:
                raise text("low {low}, most likely {mode} and high {high} must rise", low=said[0], mode=said[1], high=said[2])
    cells = {name: plain(getattr(record, name)) for name in type(record).model_fields} | new
    problems = Problems()
    if make_record(type(record), cells, "", 0, problems) is None:
        raise text("{what}", what="; ".join(str(p) for p in problems.found))


def _where(row: AnsweredRow, wrong: Refused) -> str:
    """The cell to mark: the most likely value where the three do not rise, else the row's key."""
    return row.cells.get("mode", row.cells["key"]) if "mode" in wrong.values else row.cells["key"]
