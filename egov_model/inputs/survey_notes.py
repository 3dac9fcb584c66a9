"""What is wrong in a survey form, cell by cell: English sentences with their values, so that reports can say them in another language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from egov_model.inputs.errors import Problem
from egov_model.inputs.letters import printable


@dataclass(frozen=True)
class Note:
    """One remark on a form: where (empty: the form as a whole), and a sentence with its values."""

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)
    sheet: str = ""
    cell: str = ""

    def problem(self, file: str) -> Problem:
        """The same as a problem of the command line."""
        place = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return Problem(file, 0, place, advice=self.sentence.format(**self.values))


class Refused(Exception):
    """A cell or a whole file that cannot be taken over, with what to say about it."""

    def __init__(self, sentence: str, values: Mapping[str, object]):
        super().__init__(sentence.format(**values))
        self.sentence, self.values = sentence, values

    def at(self, sheet: str = "", cell: str = "") -> Note:
        return Note(self.sentence, self.values, sheet, cell)


def text(sentence: str, /, **values: object) -> Refused:
    """A refusal to raise; values that came from the form are shown without characters that would steer a screen."""
    return Refused(sentence, {name: printable(value) if isinstance(value, str) else value for name, value in values.items()})
